//! Suggestions as outputs show them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Options;
use super::candidate::{Candidate, List};
use super::choose::Chosen;
use super::documents::Ground;
use super::faults::Fault;
use super::phrase::stands_in;
use super::trial::{Effect, Errors};
use crate::bootstrap::rounded;
use crate::eval::Paired;

/// Phrases that would mend most errors, and what came of looking for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suggestions {
    /// Version of this form, [`super::SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// Documents with gold labels.
    pub documents: usize,
    /// Gold sentences in them.
    pub sentences: usize,
    /// Errors of the rules as they are: labels missing and labels too many, and wrong polarity, source, time and change.
    pub errors: usize,
    /// All documents read, in which phrases were counted.
    pub corpus: Corpus,
    /// Candidates found by counting on all documents, at most as many as were to be tried.
    pub found: usize,
    /// Candidates tried, with those that were found without one of the folds.
    pub tried: usize,
    /// The suggestions, the best first.
    pub suggestions: Vec<Suggestion>,
    /// The figures with all of them together, on the documents from which they were made: better than they will be elsewhere.
    pub together: Paired,
    /// The same on documents left out of the search; null where there are too few documents.
    pub held_out: Option<HeldOut>,
}

/// How much there is of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Corpus {
    /// Documents.
    pub documents: usize,
    /// Sentences.
    pub sentences: usize,
}

/// The whole search again without each part of the documents in turn, measured on that part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeldOut {
    /// Parts.
    pub folds: usize,
    /// How many phrases were chosen without each.
    pub chosen: Vec<usize>,
    /// The figures: each document by the rules with the phrases that were chosen without it.
    pub figures: Paired,
}

/// A line for a rule file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suggestion {
    /// The rule file, by its path below a rules folder.
    pub file: String,
    /// The list in it; `demote` takes a name out of the names and adds its words to the hints.
    pub list: List,
    /// The phrase to be added; for `off` and `demote`, the id of the cue.
    pub phrase: String,
    /// For `demote`, the words of the cue.
    pub words: Option<String>,
    /// Errors that are gone with it.
    pub mended: usize,
    /// Errors that are there with it only.
    pub broken: usize,
    /// Errors that it mends and no suggestion before it does.
    pub own: usize,
    /// The least net gain to be expected, in documents made better less documents made worse, after the penalty for small
    /// numbers.
    pub surplus: f64,
    /// Documents in which it mends.
    pub documents: usize,
    /// What it does on documents left out of the search.
    pub held_out: HeldOutPhrase,
    /// Where the phrase stands in all documents read; null for `off` and `demote`.
    pub stands_in: Option<Corpus>,
    /// Sentences that it mends, the first in the order of documents.
    pub mends: Vec<Sample>,
    /// Sentences that it breaks.
    pub breaks: Vec<Sample>,
    /// Phrases that mend mostly the same, as `list phrase`, best first.
    pub instead: Vec<String>,
}

/// What a phrase does on parts of the documents without which it was chosen too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeldOutPhrase {
    /// Parts without which it was chosen.
    pub folds: usize,
    /// Errors mended in those parts.
    pub mended: usize,
    /// Errors made in those parts.
    pub broken: usize,
}

/// A sentence that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sample {
    /// The document, as gold names it.
    pub document: String,
    /// Id of the gold sentence.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The errors that go or come.
    pub errors: Vec<String>,
}

impl Suggestion {
    /// The line alone.
    pub fn candidate(&self) -> Candidate {
        Candidate {
            file: self.file.clone(),
            list: self.list,
            phrase: self.phrase.clone(),
            words: self.words.clone(),
        }
    }
}

pub(super) fn suggestions(
    ground: &Ground<'_>,
    candidates: &[Candidate],
    effects: &[Effect],
    chosen: &[Chosen],
    by_fold: &[(BTreeSet<usize>, Vec<Chosen>)],
    options: &Options,
) -> Vec<Suggestion> {
    let document = |sentence: usize| ground.sentences[sentence].document;
    let make = |chosen: &Chosen| {
        let (candidate, effect) = (&candidates[chosen.candidate], &effects[chosen.candidate]);
        let documents: BTreeSet<usize> = effect
            .mended
            .iter()
            .map(|(sentence, _)| document(*sentence))
            .collect();
        let mut held_out = HeldOutPhrase::default();
        for (fold, _) in by_fold
            .iter()
            .filter(|(_, other)| other.iter().any(|other| other.candidate == chosen.candidate))
        {
            let inside = |errors: &Errors| {
                errors
                    .iter()
                    .filter(|(sentence, _)| fold.contains(&document(*sentence)))
                    .count()
            };
            held_out.folds += 1;
            held_out.mended += inside(&effect.mended);
            held_out.broken += inside(&effect.broken);
        }
        let names = chosen.instead.iter().map(|&other| {
            let other = &candidates[other];
            format!("{} {} {}", other.file, other.list.key(), other.phrase)
        });
        Suggestion {
            file: candidate.file.clone(),
            list: candidate.list,
            phrase: candidate.phrase.clone(),
            words: candidate.words.clone(),
            mended: effect.mended.len(),
            broken: effect.broken.len(),
            own: chosen.own,
            surplus: rounded(chosen.surplus),
            documents: documents.len(),
            held_out,
            stands_in: counted(ground, candidate),
            mends: samples(ground, &effect.mended, options.samples),
            breaks: samples(ground, &effect.broken, options.samples),
            instead: names.collect(),
        }
    };
    chosen.iter().map(make).collect()
}

/// Where a phrase stands in the corpus.
fn counted(ground: &Ground<'_>, candidate: &Candidate) -> Option<Corpus> {
    if matches!(candidate.list, List::Off | List::Demote) {
        return None;
    }
    let mut corpus = Corpus::default();
    for texts in &ground.texts {
        let found = texts
            .iter()
            .filter(|text| stands_in(&candidate.phrase, text))
            .count();
        corpus.sentences += found;
        corpus.documents += usize::from(found > 0);
    }
    Some(corpus)
}

fn samples(ground: &Ground<'_>, errors: &Errors, most: usize) -> Vec<Sample> {
    let mut sentences: BTreeMap<usize, Vec<&Fault>> = BTreeMap::new();
    for (sentence, fault) in errors {
        sentences.entry(*sentence).or_default().push(fault);
    }
    let sample = |(sentence, faults): (usize, Vec<&Fault>)| {
        let aligned = &ground.sentences[sentence].aligned;
        let text = match aligned.given {
            Some(given) if aligned.gold.text.is_empty() => &given.text,
            _ => &aligned.gold.text,
        };
        Sample {
            document: aligned.gold.doc.clone(),
            id: aligned.gold.id.clone(),
            text: text.clone(),
            errors: faults.into_iter().map(Fault::name).collect(),
        }
    };
    sentences.into_iter().take(most).map(sample).collect()
}
