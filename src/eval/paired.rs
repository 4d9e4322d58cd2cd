//! What a change of the labels does to each figure: both sides on the same documents.
//!
//! Each draw takes the same documents for both sides, so what makes one letter harder than another falls out of the
//! difference: the paired bootstrap (Efron and Tibshirani 1993, chapter 10; for comparing two systems on one test set
//! Berg-Kirkpatrick, Burkett and Klein 2012, "An empirical investigation of statistical significance in NLP").

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::figures::{FIGURES, values};
use super::{Given, Options, document, nothing_matches};
use crate::bootstrap::{Additive, Estimate, Intervals, Over, estimates};
use crate::error::Error;
use crate::gold::{Gold, align};

/// The figures of two sets of labels on the same gold sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paired {
    /// Gold sentences.
    pub sentences: usize,
    /// Documents of the gold sentences.
    pub documents: usize,
    /// How the intervals were made.
    pub intervals: Intervals,
    /// Each figure on either side.
    pub figures: Vec<FigureChange>,
}

/// One figure on either side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FigureChange {
    /// Its name, as `findings eval` has it.
    pub name: String,
    /// Before, with its interval.
    pub old: Estimate,
    /// After, with its interval.
    pub new: Estimate,
    /// After less before, with the interval of the difference.
    pub difference: Estimate,
}

/// What one group adds to both sides.
#[derive(Clone, Debug, Default)]
struct Both {
    old: Counts,
    new: Counts,
}

impl Additive for Both {
    fn add(&mut self, other: &Self, times: u32) {
        self.old.add(&other.old, times);
        self.new.add(&other.new, times);
    }

    fn nothing(&self) -> Self {
        Self::default()
    }
}

/// Sets two sets of labels of the same sentences side by side.
///
/// # Errors
/// [`Error::NothingMatches`] where no gold sentence is found on one of the sides.
pub fn paired(gold: &[Gold], old: &Given, new: &Given, options: &Options) -> Result<Paired, Error> {
    let sides = [old, new].map(|given| (given, align(gold, &given.sentences)));
    for (given, alignment) in &sides {
        if alignment.sentences.iter().all(|one| one.given.is_none()) {
            return Err(nothing_matches(gold, given, alignment.by));
        }
    }
    let [(_, old), (_, new)] = sides;
    let mut documents: BTreeMap<&str, Both> = BTreeMap::new();
    let mut sentences = Vec::with_capacity(gold.len());
    for (old, new) in old.sentences.iter().zip(&new.sentences) {
        let both = Both {
            old: Counts::new(old, &options.core),
            new: Counts::new(new, &options.core),
        };
        documents.entry(document(old)).or_default().add(&both, 1);
        sentences.push(both);
    }
    let number = documents.len();
    let (over, groups) = if number > 1 {
        (Over::Documents, documents.into_values().collect())
    } else {
        (Over::Sentences, sentences)
    };
    let difference = |both: &Both| {
        let (old, new) = (values(&both.old), values(&both.new));
        let change = |(old, new): (&Option<f64>, &Option<f64>)| Some((*new)? - (*old)?);
        let differences: Vec<Option<f64>> = old.iter().zip(&new).map(change).collect();
        [old, new, differences].concat()
    };
    let all = estimates(&groups, options.draws, difference);
    let of = |n: usize| all.get(n).copied().unwrap_or_default();
    let name = |(n, name): (usize, &&str)| FigureChange {
        name: (*name).to_owned(),
        old: of(n),
        new: of(FIGURES.len() + n),
        difference: of(2 * FIGURES.len() + n),
    };
    Ok(Paired {
        sentences: gold.len(),
        documents: number,
        intervals: options.draws.intervals(over, groups.len()),
        figures: FIGURES.iter().enumerate().map(name).collect(),
    })
}
