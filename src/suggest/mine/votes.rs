//! Votes added up: how many sentences and documents a line would mend and break, and the candidate that it makes.
//!
//! In: sentences in which a phrase or a cue stands. Out: candidates with a score. Not decided here: which phrases are counted.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Options;
use super::super::candidate::{Candidate, List, Lists};
use super::super::choose::surplus;
use super::facts::{Facts, Kind};
use crate::codebook::Tone;
use crate::rules::Rules;

/// How many sentences a phrase would mend and break.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    pub(super) mended: usize,
    pub(super) broken: usize,
    documents: BTreeSet<usize>,
    spoilt: BTreeSet<usize>,
}

impl Count {
    /// How good it looks, in documents as the choice counts them.
    fn score(&self) -> f64 {
        surplus(self.documents.len(), self.spoilt.len())
    }
}

pub(super) fn count(kind: &Kind<'_>, facts: &[Facts<'_>], sentences: &[usize]) -> Count {
    let mut count = Count::default();
    for &sentence in sentences {
        match facts[sentence].vote(kind) {
            Some(true) => {
                count.mended += 1;
                count.documents.insert(facts[sentence].sentence.document);
            }
            Some(false) => {
                count.broken += 1;
                count.spoilt.insert(facts[sentence].sentence.document);
            }
            None => {}
        }
    }
    count
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of one loop, written once for two kinds of phrases"
)]
pub(super) fn keep(
    kind: &Kind<'_>,
    phrase: &str,
    count: &Count,
    facts: &[Facts<'_>],
    sentences: &[usize],
    lists: &Lists,
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    if count.documents.len() < options.documents || count.mended <= count.broken {
        return;
    }
    let theme = |theme: &str, list: List| Some((lists.themes.get(theme)?.clone(), list));
    let place = match kind {
        Kind::Name(id) => theme(id, List::Names),
        Kind::Hint(id) => theme(id, List::Hints),
        Kind::Exempt(id) => {
            // It has to hold the words that name the theme, and more.
            let holds = |n: &usize| {
                let named = facts[*n].named.get(id);
                named.is_some_and(|named| {
                    named
                        .iter()
                        .any(|words| phrase.len() > words.len() && phrase.contains(words.as_str()))
                })
            };
            sentences
                .iter()
                .any(holds)
                .then(|| theme(id, List::Exempt))
                .flatten()
        }
        Kind::Judge(id, Tone::Strength) => theme(id, List::Strength),
        Kind::Judge(id, _) => theme(id, List::Concern),
        Kind::Near(id, Tone::Strength) => theme(id, List::NearStrength),
        Kind::Near(id, _) => theme(id, List::NearConcern),
        Kind::Word(word) => lists.words.get(word).map(|file| (file.clone(), List::Cues)),
    };
    if let Some((file, list)) = place {
        let candidate = Candidate {
            file,
            list,
            phrase: phrase.to_owned(),
            words: None,
        };
        found.push((count.score(), candidate));
    }
}

/// Cues that stand behind more wrong labels than right ones are worth a trial without them.
pub(super) fn of_cues(
    rules: &Rules,
    lists: &Lists,
    facts: &[Facts<'_>],
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    let known: BTreeSet<&str> = rules.cues().collect();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for one in facts {
        let labels = one.sentence.aligned.parts.iter().flat_map(|part| &part.labels);
        let (mut right, mut wrong) = (BTreeSet::new(), BTreeSet::new());
        for label in labels {
            let is_right = one.gold.contains(&(label.theme.as_str(), label.polarity));
            let rules = label.evidence.iter().map(|piece| piece.rule.as_str());
            if is_right { &mut right } else { &mut wrong }.extend(rules);
        }
        for rule in wrong.difference(&right) {
            let count = counts.entry(rule).or_default();
            count.mended += 1;
            count.documents.insert(one.sentence.document);
        }
        for rule in right.difference(&wrong) {
            let count = counts.entry(rule).or_default();
            count.broken += 1;
            count.spoilt.insert(one.sentence.document);
        }
    }
    for (rule, count) in counts {
        // Another cue may give the right labels too, so that a cue with as many right as wrong is worth a trial.
        if !known.contains(rule) || count.documents.len() < options.documents || count.mended < count.broken {
            continue;
        }
        let score = count.score();
        if let Some(file) = lists.files.get(rule) {
            let list = List::Off;
            found.push((
                score,
                Candidate {
                    file: file.clone(),
                    list,
                    phrase: rule.to_owned(),
                    words: None,
                },
            ));
        }
        if let Some((file, words)) = lists.names.get(rule) {
            found.push((
                score,
                Candidate {
                    file: file.clone(),
                    list: List::Demote,
                    phrase: rule.to_owned(),
                    words: Some(words.clone()),
                },
            ));
        }
    }
}
