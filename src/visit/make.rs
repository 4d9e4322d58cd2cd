//! From labelled documents to visits.

use std::collections::BTreeSet;

use super::count::{Counter, Seen, length};
use super::evidence::{Finding, Weights, strongest};
use super::interval::{balance, rounded};
use super::join::{Joined, authority_key, inspectors, join};
use super::notes::notes;
use super::tally::{Counts, Mention, Moves, ThemeFindings, polarity_of};
use super::{Basis, CountsAs, Document, Labelled, LeftOut, Length, Options, SCHEMA, Visit};
use crate::codebook::Polarity;
use crate::facts::{Facts, Kind};
use crate::rules::Rules;

/// The visits that the documents tell of, in order of date; those whose dates are unknown behind, in the order given.
///
/// `rules` give the themes and their order, the standing text, and which evidence is strong. Labels that name a theme
/// which these rules do not have are counted as well, behind the others.
pub fn visits(rules: &Rules, documents: Vec<Labelled>, options: &Options) -> Vec<Visit> {
    let themes = themes(rules, &documents);
    let weights = Weights::new(rules);
    let maker = Maker {
        counter: Counter {
            rules,
            options,
            themes: &themes,
        },
        weights,
        options,
    };
    let joined = join(documents.iter().map(|document| &document.facts));
    let mut documents: Vec<Option<Labelled>> = documents.into_iter().map(Some).collect();
    let mut visits: Vec<Visit> = joined
        .iter()
        .map(|joined| {
            let own = joined.documents.iter().filter_map(|&n| documents[n].take());
            maker.visit(own.collect(), joined)
        })
        .collect();
    visits.sort_by(|a, b| {
        let key = |visit: &Visit| (visit.start.is_none(), visit.start.clone(), visit.end.clone());
        key(a).cmp(&key(b)).then_with(|| match a.start {
            Some(_) => a.authority.cmp(&b.authority),
            None => std::cmp::Ordering::Equal,
        })
    });
    name_apart(&mut visits);
    visits
}

/// Id and name of every theme: those of the rules, then any others that labels name.
fn themes(rules: &Rules, documents: &[Labelled]) -> Vec<(String, String)> {
    let mut themes: Vec<(String, String)> = rules
        .themes()
        .map(|theme| (theme.id.clone(), theme.name.clone()))
        .collect();
    let rows = documents.iter().flat_map(|document| &document.rows);
    let named: BTreeSet<&str> = rows
        .flat_map(|row| &row.labels)
        .map(|label| label.theme.as_str())
        .collect();
    for id in named {
        if !themes.iter().any(|(known, _)| known == id) {
            themes.push((id.to_owned(), id.to_owned()));
        }
    }
    themes
}

/// Gives a number to visits whose ids are the same.
fn name_apart(visits: &mut [Visit]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for visit in visits {
        let mut id = visit.id.clone();
        let mut number = 2;
        while !taken.insert(id.clone()) {
            id = format!("{}-{number}", visit.id);
            number += 1;
        }
        visit.id = id;
    }
}

struct Maker<'a> {
    counter: Counter<'a>,
    weights: Weights<'a>,
    options: &'a Options,
}

impl Maker<'_> {
    fn visit(&self, documents: Vec<Labelled>, joined: &Joined) -> Visit {
        let basis = basis(&documents);
        let (counted, beside) = part(documents, basis);
        let facts: Vec<Facts> = counted
            .iter()
            .chain(&beside)
            .map(|one| one.facts.clone())
            .collect();
        let mut seen = Seen::new();
        let mut documents: Vec<Document> = counted
            .into_iter()
            .map(|document| self.counter.document(document, true, &mut seen))
            .collect();
        let beside = beside
            .into_iter()
            .map(|document| self.counter.document(document, false, &mut Seen::new()));
        documents.extend(beside);
        let (mut counts, mut left_out) = (Counts::default(), LeftOut::default());
        for document in documents.iter().filter(|document| document.counted) {
            counts.add_all(&document.counts);
            left_out.add_all(&document.left_out);
        }
        let length = length(findings(&documents).map(|(row, _)| row));
        let themes = self
            .counter
            .themes
            .iter()
            .map(|(theme, name)| self.theme(theme, name, &documents, length));
        let mut visit = Visit {
            schema: SCHEMA,
            id: String::new(),
            authority: facts.iter().find_map(|facts| facts.authority.clone()),
            start: None,
            end: None,
            kind: facts.first().and_then(|facts| facts.kind),
            visit_number: facts.iter().find_map(|facts| facts.visit_number),
            judgements: facts
                .iter()
                .map(|facts| facts.judgements.clone())
                .find(|judgements| !judgements.is_empty())
                .unwrap_or_default(),
            further: serde_json::Map::new(),
            basis,
            rules: documents
                .iter()
                .filter(|document| document.counted && !document.rules.is_empty())
                .map(|document| document.rules.clone())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            length,
            counts,
            left_out,
            themes: themes.collect(),
            notes: Vec::new(),
            documents,
        };
        if let Some(facts) = facts.first() {
            let start = facts.inspection_start.or(facts.inspection_end);
            visit.start = start.map(|date| date.to_string());
            visit.end = facts.inspection_end.map(|date| date.to_string());
        }
        for (key, value) in facts.iter().flat_map(|facts| &facts.extra) {
            visit.further.entry(key).or_insert_with(|| value.clone());
        }
        visit.id = id(&visit);
        visit.notes = notes(&visit, joined.unsure);
        visit
    }

    fn theme(&self, theme: &str, name: &str, documents: &[Document], length: Length) -> ThemeFindings {
        let (mut counts, mut moves) = (Counts::default(), Moves::default());
        for (row, _) in findings(documents) {
            if let Some(polarity) = polarity_of(row, theme) {
                counts.add(polarity);
                moves.add(row.change);
            }
        }
        let apart = |reason| {
            let mut counts = Counts::default();
            uses(documents)
                .filter(|(_, _, counts_as)| *counts_as == reason)
                .filter_map(|(row, _, _)| polarity_of(row, theme))
                .for_each(|polarity| counts.add(polarity));
            counts
        };
        let quotes = |wanted: fn(Polarity) -> bool| {
            let wanted = |polarity, _| wanted(polarity);
            strongest(
                &self.weights,
                findings(documents),
                theme,
                wanted,
                self.options.quotes,
            )
        };
        ThemeFindings {
            theme: theme.to_owned(),
            name: name.to_owned(),
            mention: match (counts.all(), counts.judged()) {
                (0, _) => Mention::NotMentioned,
                (_, 0) => Mention::NotJudged,
                _ => Mention::Judged,
            },
            balance: balance(&counts, 1.0),
            share: share(counts.all(), length.sentences),
            counts,
            moves,
            authority: apart(CountsAs::Authority),
            other: apart(CountsAs::Other),
            past: apart(CountsAs::Past),
            future: apart(CountsAs::Future),
            strengths: quotes(|polarity| polarity == Polarity::Strength),
            concerns: quotes(|polarity| matches!(polarity, Polarity::Concern | Polarity::Mixed)),
        }
    }
}

/// A part of a whole, from 0 to 1; 0 of nothing.
fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if whole == 0 {
        0.0
    } else {
        rounded(number(part) / number(whole))
    }
}

/// Every sentence of the documents that the counts come from.
fn uses(documents: &[Document]) -> impl Iterator<Item = (&crate::row::Row, bool, CountsAs)> {
    let counted = documents.iter().filter(|document| document.counted);
    counted.flat_map(|document| {
        let uses = document.rows.iter().zip(&document.sentences);
        uses.map(|(row, used)| (row, used.corrected, used.counts_as))
    })
}

/// Those of them that count.
pub(crate) fn findings(documents: &[Document]) -> impl Iterator<Item = Finding<'_>> {
    uses(documents)
        .filter(|(_, _, counts_as)| *counts_as == CountsAs::Finding)
        .map(|(row, corrected, _)| (row, corrected))
}

fn basis(documents: &[Labelled]) -> Basis {
    let whose = || documents.iter().map(|document| inspectors(document.facts.kind));
    if whose().any(|own| own == Some(true)) {
        Basis::Inspectors
    } else if whose().any(|own| own.is_none()) {
        Basis::Unknown
    } else {
        Basis::Reported
    }
}

/// The documents that the counts come from, and those beside them: all of the inspectors' own; where there is none, the
/// one that is likely to hold most of what they said.
fn part(documents: Vec<Labelled>, basis: Basis) -> (Vec<Labelled>, Vec<Labelled>) {
    if basis == Basis::Inspectors {
        return documents
            .into_iter()
            .partition(|document| inspectors(document.facts.kind) == Some(true));
    }
    let mut documents = documents;
    documents.sort_by_cached_key(|document| {
        let order = match document.facts.kind {
            None => 0,
            Some(Kind::PressArticle) => 1,
            Some(Kind::CouncilStatement) => 2,
            _ => 3,
        };
        (order, usize::MAX - document.rows.len())
    });
    let beside = documents.split_off(documents.len().min(1));
    (documents, beside)
}

fn id(visit: &Visit) -> String {
    let document = visit.documents.first().map_or("", |document| &document.document);
    let file = document.rsplit(['/', '\\']).next().unwrap_or(document);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match (&visit.authority, &visit.start) {
        (Some(authority), Some(start)) => format!("{}-{start}", slug(authority)),
        _ => match slug(stem) {
            stem if stem.is_empty() => "visit".to_owned(),
            stem => stem,
        },
    }
}

fn slug(text: &str) -> String {
    authority_key(text).replace(' ', "-")
}
