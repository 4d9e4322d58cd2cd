//! What a change of the rules changes: every sentence whose labels differ, the cue that made the difference, and the figures
//! that move.
//!
//! In: two sets of [`Rules`], documents, and gold labels where there are any. Out: a [`Diff`]. Not decided here: whether
//! a difference is for the better, but where gold says so; how it looks.
//!
//! A document's text is taken out of its format once and read by both sets. What is kept of a document is what differs
//! (and, with gold, its labels), so memory is bounded by the differences.

mod blame;
mod figures;
mod form;
mod moves;
mod sums;

use std::collections::BTreeMap;

use crate::error::Error;
use crate::eval::{Given, Options, paired};
use crate::extract::Extract;
use crate::gold::{Alignment, Gold, align};
use crate::rules::Rules;
use crate::source::Source;

pub use figures::{Figures, FiguresMoved};
pub use form::{Changed, Diff, Kind, Move, OnGold, SCHEMA, Said, SaidByGold, SeenBy};
pub use sums::{DocumentSum, RuleSum, Sums, ThemeSum};

/// What differs in one document.
#[derive(Clone, Debug)]
pub struct DocumentDiff {
    /// The document, as rows name it.
    pub document: String,
    /// Things that whoever uses the labels should know.
    pub warnings: Vec<String>,
    sentences: usize,
    changed: Vec<Changed>,
    figures: Vec<FiguresMoved>,
    /// The labels of either side, where they are kept for gold.
    kept: [Vec<Gold>; 2],
}

/// Reads a document, whose text has been taken out of its format already, by both sets of rules. `keep` says that gold has
/// labels of it.
pub fn document(old: &Rules, new: &Rules, source: &Source, extract: Extract, keep: bool) -> DocumentDiff {
    let readings = [
        old.read_extract(source, extract.clone()),
        new.read_extract(source, extract),
    ];
    let sides = [
        moves::Side::new(old, &readings[0]),
        moves::Side::new(new, &readings[1]),
    ];
    let changed = moves::changed(&sides);
    let figures = figures::moved(new, &sides);
    let [_, reading] = readings;
    let [old, new] = sides.map(|side| side.rows);
    DocumentDiff {
        document: reading.document,
        warnings: reading.warnings,
        sentences: new.len(),
        changed,
        figures,
        kept: [old, new].map(|rows| {
            let rows = rows.into_iter().filter(|_| keep);
            rows.map(Gold::from).collect()
        }),
    }
}

/// Adds documents up, in the order in which they come.
#[derive(Debug)]
pub struct Collector<'r> {
    old: &'r Rules,
    new: &'r Rules,
    documents: Vec<DocumentDiff>,
}

impl<'r> Collector<'r> {
    /// Nothing yet.
    pub fn new(old: &'r Rules, new: &'r Rules) -> Self {
        Self {
            old,
            new,
            documents: Vec::new(),
        }
    }

    /// Adds a document.
    pub fn add(&mut self, document: DocumentDiff) {
        self.documents.push(document);
    }

    /// The whole, with what `gold` says of it where there is gold.
    ///
    /// # Errors
    /// [`Error::NothingMatches`] where no gold sentence is found in the documents.
    pub fn finish(self, gold: Option<(&[Gold], &Options)>) -> Result<Diff, Error> {
        let (documents, sentences) = (
            self.documents.len(),
            self.documents.iter().map(|document| document.sentences).sum(),
        );
        let [mut old, mut new] = [self.old, self.new].map(|rules| Given {
            rules: Some(rules.fingerprint().to_owned()),
            ..Given::default()
        });
        let (mut changed, mut figures) = (Vec::new(), Vec::new());
        for document in self.documents {
            let [before, after] = document.kept;
            old.sentences.extend(before);
            new.sentences.extend(after);
            changed.extend(document.changed);
            figures.extend(document.figures);
        }
        let paired = match gold {
            Some((gold, options)) => {
                for given in [&old, &new] {
                    judge(&mut changed, &align(gold, &given.sentences));
                }
                Some(paired(gold, &old, &new, options)?)
            }
            None => None,
        };
        Ok(Diff {
            schema: SCHEMA,
            old_rules: self.old.fingerprint().to_owned(),
            new_rules: self.new.fingerprint().to_owned(),
            documents,
            sentences,
            sums: sums::all(&changed),
            rules: sums::by_rule(&changed),
            themes: sums::by_theme(&changed, self.new),
            by_document: sums::by_document(&changed),
            figures,
            gold: paired,
            changed,
        })
    }
}

/// Notes what gold says of each changed sentence and what its moves come to.
fn judge(changed: &mut [Changed], alignment: &Alignment<'_>) {
    let mut known: BTreeMap<(&str, &str), &Gold> = BTreeMap::new();
    for one in &alignment.sentences {
        for part in one.given.iter().chain(&one.parts) {
            known.entry((&part.doc, &part.id)).or_insert(one.gold);
        }
    }
    for one in changed.iter_mut().filter(|one| one.gold.is_none()) {
        let doc = crate::gold::stem(&one.document);
        let said = one.new.iter().chain(&one.old);
        let Some(gold) = said
            .filter_map(|said| known.get(&(doc.as_str(), said.id.as_str())))
            .next()
        else {
            continue;
        };
        one.gold = Some(SaidByGold {
            id: gold.id.clone(),
            polarity: gold.polarity,
            labels: gold
                .pairs()
                .iter()
                .map(|(theme, tone)| format!("{theme}:{tone}"))
                .collect(),
            source: gold.source,
            time: gold.time,
            change: gold.change,
        });
        for one in &mut one.moves {
            one.on_gold = moves::on_gold(one, gold);
        }
    }
}

#[cfg(test)]
mod tests;
