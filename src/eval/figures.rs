//! From counts to figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Options;
use super::counts::{Counts, GIVEN, Tally, findings, share};
use crate::bootstrap::{Estimate, rounded};
use crate::codebook::{Polarity, Tone};
use crate::gold::{Alignment, MatchedBy, Pair};

/// The figures, each from 0 to 1; null where there is nothing to measure on either side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figures {
    /// Micro F1 over sentence, theme and strength or concern.
    pub finding_f1: Estimate,
    /// The same over core themes alone.
    pub finding_core_f1: Estimate,
    /// Micro F1 over sentence and theme, whatever is said of it.
    pub theme_f1: Estimate,
    /// Share of sentences with the right polarity.
    pub polarity_accuracy: Estimate,
    /// Mean of the F1 of strength, concern, mixed and neutral.
    pub polarity_macro_f1: Estimate,
    /// Micro F1 over sentence and source, where it is not `inspector`.
    pub source_f1: Estimate,
    /// Micro F1 over sentence and time, where it is not `current`.
    pub time_f1: Estimate,
    /// Micro F1 over sentence and change, where it is not `none`.
    pub change_f1: Estimate,
    /// Share of gold sentences found with exactly their bounds; null where sentences were matched by id.
    pub boundary_recall: Estimate,
}

/// The names of the figures, in the order of outputs.
pub const FIGURES: [&str; 9] = [
    "finding_f1",
    "finding_core_f1",
    "theme_f1",
    "polarity_accuracy",
    "polarity_macro_f1",
    "source_f1",
    "time_f1",
    "change_f1",
    "boundary_recall",
];

/// The figures of a sum, in the order of [`FIGURES`].
pub(super) fn values(counts: &Counts) -> Vec<Option<f64>> {
    let right: u64 = (0..Polarity::ALL.len()).map(|n| counts.polarity[n][n]).sum();
    let of_polarity = |n: usize| {
        let hits = counts.polarity[n][n];
        Tally {
            hits,
            extra: counts.polarity.iter().map(|row| row[n]).sum::<u64>() - hits,
            missing: counts.polarity[n].iter().sum::<u64>() - hits,
        }
        .f1()
    };
    let all = Polarity::ALL.len();
    vec![
        counts.finding.f1_of_any(),
        counts.core.f1_of_any(),
        counts.theme.f1_of_any(),
        share(right, counts.sentences),
        Some((0..all).map(of_polarity).sum::<f64>() / all as f64),
        counts.source.f1_of_any(),
        counts.time.f1_of_any(),
        counts.change.f1_of_any(),
        share(counts.exact, counts.sentences),
    ]
}

impl Figures {
    pub(super) fn new(estimates: &[Estimate], by: MatchedBy) -> Self {
        let figure = |n: usize| estimates.get(n).copied().unwrap_or_default();
        Self {
            finding_f1: figure(0),
            finding_core_f1: figure(1),
            theme_f1: figure(2),
            polarity_accuracy: figure(3),
            polarity_macro_f1: figure(4),
            source_f1: figure(5),
            time_f1: figure(6),
            change_f1: figure(7),
            boundary_recall: match by {
                MatchedBy::Place => figure(8),
                MatchedBy::Id => Estimate::default(),
            },
        }
    }

    /// Each figure with its name in JSON, in the order of outputs.
    pub fn each(&self) -> [(&'static str, Estimate); 9] {
        let estimates = [
            self.finding_f1,
            self.finding_core_f1,
            self.theme_f1,
            self.polarity_accuracy,
            self.polarity_macro_f1,
            self.source_f1,
            self.time_f1,
            self.change_f1,
            self.boundary_recall,
        ];
        std::array::from_fn(|n| (FIGURES[n], estimates[n]))
    }
}

/// Strength and concern of one theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeFigures {
    /// Id of the theme.
    pub theme: String,
    /// Labels of strength or concern in gold.
    pub gold: u64,
    /// Labels of strength or concern given.
    pub given: u64,
    /// Share of the given labels that are right; null where none is given.
    pub precision: Option<f64>,
    /// Share of the gold labels that are given; null where gold has none.
    pub recall: Option<f64>,
    /// F1 of the two; null where gold has none and none is given.
    pub f1: Option<f64>,
}

/// Every theme that either side names.
pub(super) fn themes(alignment: &Alignment<'_>, options: &Options) -> Vec<ThemeFigures> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for one in &alignment.sentences {
        let (gold, given) = (one.gold.pairs(), one.pairs());
        let (wanted, found) = (findings(&gold), findings(&given));
        let of = |pairs: &BTreeSet<Pair<'_>>, theme: &str| -> BTreeSet<Tone> {
            pairs
                .iter()
                .filter(|(named, _)| *named == theme)
                .map(|(_, tone)| *tone)
                .collect()
        };
        let named: BTreeSet<&str> = gold.iter().chain(&given).map(|(theme, _)| *theme).collect();
        for theme in named {
            tallies
                .entry(theme)
                .or_default()
                .sum(Tally::new(&of(&wanted, theme), &of(&found, theme)), 1);
        }
    }
    let mut themes: Vec<(&str, Tally)> = tallies.into_iter().collect();
    themes.sort_by_key(|(theme, _)| options.rank(theme));
    themes
        .into_iter()
        .map(|(theme, tally)| ThemeFigures {
            theme: theme.to_owned(),
            gold: tally.hits + tally.missing,
            given: tally.hits + tally.extra,
            precision: tally.precision().map(rounded),
            recall: tally.recall().map(rounded),
            f1: tally.f1_of_any().map(rounded),
        })
        .collect()
}

/// Gold sentences of one polarity by the polarity that is given for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confusion {
    /// The polarity in gold.
    pub gold: Polarity,
    /// Given as strength.
    pub strength: u64,
    /// Given as concern.
    pub concern: u64,
    /// Given as mixed.
    pub mixed: u64,
    /// Given as neutral.
    pub neutral: u64,
    /// Not given.
    pub none: u64,
}

pub(super) fn confusion(counts: &Counts) -> Vec<Confusion> {
    let rows = Polarity::ALL.iter().zip(&counts.polarity);
    rows.map(|(gold, row)| Confusion {
        gold: *gold,
        strength: row[Polarity::Strength as usize],
        concern: row[Polarity::Concern as usize],
        mixed: row[Polarity::Mixed as usize],
        neutral: row[Polarity::Neutral as usize],
        none: row[GIVEN - 1],
    })
    .collect()
}

/// Labels (theme with strength, concern or neutral) in the manner of the Message Understanding Conferences.
///
/// Correct: theme and polarity are right. Partial: the theme is right, the polarity wrong. Missing: gold has the theme,
/// nothing given has. Spurious: the other way about. Precision and recall count a partial label half (Chinchor and Sundheim 1993,
/// "MUC-5 evaluation metrics").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LabelCounts {
    /// Theme and polarity right.
    pub correct: u64,
    /// Theme right, polarity wrong.
    pub partial: u64,
    /// In gold only.
    pub missing: u64,
    /// Given only.
    pub spurious: u64,
    /// (correct + partial / 2) / (correct + partial + spurious); null where no label is given.
    pub precision: Option<f64>,
    /// (correct + partial / 2) / (correct + partial + missing); null where gold has no label.
    pub recall: Option<f64>,
    /// 2 × precision × recall / (precision + recall); null where either is, 0 where both are 0.
    pub f1: Option<f64>,
}

/// What the labels of one theme in one sentence come to.
pub(super) struct Outcome {
    pub(super) correct: BTreeSet<Tone>,
    /// In gold, and something else is given in its place.
    pub(super) partial: Vec<(Tone, Tone)>,
    pub(super) missing: Vec<Tone>,
    pub(super) spurious: Vec<Tone>,
}

/// Sets the polarities of one theme in one sentence against each other: those that differ are paired as far as they go.
pub(super) fn outcome(gold: &BTreeSet<Tone>, given: &BTreeSet<Tone>) -> Outcome {
    let mut missing: Vec<Tone> = gold.difference(given).copied().collect();
    let mut spurious: Vec<Tone> = given.difference(gold).copied().collect();
    let both = missing.len().min(spurious.len());
    let partial = missing.drain(..both).zip(spurious.drain(..both)).collect();
    Outcome {
        correct: gold.intersection(given).copied().collect(),
        partial,
        missing,
        spurious,
    }
}

/// The polarities of each theme of a sentence, in gold and as given.
pub(super) fn by_theme<'a>(
    gold: &BTreeSet<Pair<'a>>,
    given: &BTreeSet<Pair<'a>>,
) -> BTreeMap<&'a str, (BTreeSet<Tone>, BTreeSet<Tone>)> {
    let mut themes: BTreeMap<&str, (BTreeSet<Tone>, BTreeSet<Tone>)> = BTreeMap::new();
    for (theme, tone) in gold {
        themes.entry(theme).or_default().0.insert(*tone);
    }
    for (theme, tone) in given {
        themes.entry(theme).or_default().1.insert(*tone);
    }
    themes
}

pub(super) fn labels(alignment: &Alignment<'_>) -> LabelCounts {
    let mut counts = LabelCounts::default();
    for one in &alignment.sentences {
        for (gold, given) in by_theme(&one.gold.pairs(), &one.pairs()).values() {
            let outcome = outcome(gold, given);
            counts.correct += outcome.correct.len() as u64;
            counts.partial += outcome.partial.len() as u64;
            counts.missing += outcome.missing.len() as u64;
            counts.spurious += outcome.spurious.len() as u64;
        }
    }
    let both = counts.correct + counts.partial;
    let twice = 2 * counts.correct + counts.partial;
    let precision = share(twice, 2 * (both + counts.spurious));
    let recall = share(twice, 2 * (both + counts.missing));
    let mean = |(p, r): (f64, f64)| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    counts.f1 = precision.zip(recall).map(mean).map(rounded);
    counts.precision = precision.map(rounded);
    counts.recall = recall.map(rounded);
    counts
}
