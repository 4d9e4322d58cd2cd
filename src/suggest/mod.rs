//! Phrases that would mend most errors: from hand labels and documents to lines for a rule file.
//!
//! In: [`Rules`], [`Document`]s, and gold labels of some of them. Out: [`Suggestions`], with what each mends and breaks. Not
//! decided here: whether a phrase is good English or good policy; a person reads the sentences and writes the examples.
//!
//! Candidates are found by counting and judged by trial: every figure of a suggestion comes from running the rules with
//! the phrase laid over them. A phrase that mends three errors may do so by chance, the more so as thousands are looked at, so
//! candidates are ranked by the lower end of an interval, none may rest on a single document, and the whole procedure is
//! run again without each part of the documents in turn and measured there. `docs/rules-diff.md` tells the method.

mod candidate;
mod choose;
mod documents;
mod faults;
mod mine;
mod overlay;
mod phrase;
mod result;
mod trial;

use std::collections::BTreeSet;

use crate::error::Error;
use crate::eval::{self, Given, paired};
use crate::gold::Gold;
use crate::rules::Rules;

pub use candidate::{Candidate, List};
pub use documents::Document;
pub use overlay::overlay;
pub use result::{Corpus, HeldOut, HeldOutPhrase, Sample, Suggestion, Suggestions};

use choose::{Chosen, choose};
use documents::Ground;
use trial::{try_all, with_all};

/// Version of the JSON form of [`Suggestions`]. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// At most so many suggestions.
    pub most: usize,
    /// So many candidates are tried, for all documents and for each fold.
    pub tries: usize,
    /// A phrase has to mend errors in so many documents.
    pub documents: usize,
    /// Into so many parts the documents are divided for the check on documents left out.
    pub folds: usize,
    /// Only candidates for this theme's file.
    pub theme: Option<String>,
    /// Sentences kept on either side of a suggestion.
    pub samples: usize,
    /// For the figures on gold.
    pub eval: eval::Options,
}

/// Suggests phrases. Documents that gold has no labels of are the corpus in which phrases are counted.
///
/// # Errors
/// [`Error::NothingMatches`] where no gold sentence is found in the documents.
pub fn suggest(
    rules: &Rules,
    documents: &[Document],
    gold: &[Gold],
    options: &Options,
) -> Result<Suggestions, Error> {
    let ground = Ground::new(documents, gold)?;
    let all: BTreeSet<usize> = (0..ground.documents.len()).collect();
    let folds = folds(all.len(), options.folds);
    let lists = candidate::Lists::new(rules);
    let mut candidates = mine::mine(rules, &lists, &ground, &all, options);
    let found = candidates.len();
    for fold in &folds {
        let rest = all.difference(fold).copied().collect();
        candidates.extend(mine::mine(rules, &lists, &ground, &rest, options));
    }
    let candidates: Vec<Candidate> = candidates
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let effects = try_all(rules, &ground, &candidates);
    let chosen = choose(&ground, &candidates, &effects, &all, options);
    let by_fold: Vec<(BTreeSet<usize>, Vec<Chosen>)> = folds
        .into_iter()
        .map(|fold| {
            let rest = all.difference(&fold).copied().collect();
            let chosen = choose(&ground, &candidates, &effects, &rest, options);
            (fold, chosen)
        })
        .collect();
    let before = ground.given(rules);
    let together = phrases(&candidates, &chosen);
    let after = with_all(rules, &ground, &together, &all);
    let held_out = held_out(rules, &ground, &candidates, &by_fold);
    let measure = |after: &Given| paired(&ground.gold, &before, after, &options.eval);
    Ok(Suggestions {
        schema: SCHEMA,
        rules: rules.fingerprint().to_owned(),
        documents: all.len(),
        sentences: ground.sentences.len(),
        errors: ground.sentences.iter().map(|one| one.faults.len()).sum(),
        corpus: ground.corpus(),
        found,
        tried: candidates.len(),
        suggestions: result::suggestions(&ground, &candidates, &effects, &chosen, &by_fold, options),
        together: measure(&after)?,
        held_out: (by_fold.len() > 1)
            .then(|| -> Result<HeldOut, Error> {
                Ok(HeldOut {
                    folds: by_fold.len(),
                    chosen: by_fold.iter().map(|(_, chosen)| chosen.len()).collect(),
                    figures: measure(&held_out)?,
                })
            })
            .transpose()?,
    })
}

/// Neighbours in the order of names stay together: letters on one authority resemble each other.
fn folds(documents: usize, folds: usize) -> Vec<BTreeSet<usize>> {
    let folds = folds.min(documents);
    if folds < 2 {
        return Vec::new();
    }
    let first = |fold: usize| fold * documents / folds;
    (0..folds)
        .map(|fold| (first(fold)..first(fold + 1)).collect())
        .collect()
}

fn phrases<'c>(candidates: &'c [Candidate], chosen: &[Chosen]) -> Vec<&'c Candidate> {
    chosen
        .iter()
        .map(|chosen| &candidates[chosen.candidate])
        .collect()
}

/// The labels of each part of the documents by the phrases that were chosen without it.
fn held_out(
    rules: &Rules,
    ground: &Ground<'_>,
    candidates: &[Candidate],
    by_fold: &[(BTreeSet<usize>, Vec<Chosen>)],
) -> Given {
    let mut all = Given::default();
    for (fold, chosen) in by_fold {
        let part = with_all(rules, ground, &phrases(candidates, chosen), fold);
        all.rules = part.rules;
        all.sentences.extend(part.sentences);
    }
    all
}

#[cfg(test)]
#[cfg(feature = "cli")]
mod tests;
