//! How sure a figure is: percentile bootstrap over groups of sentences.
//!
//! In: what each group (a document) adds to the figures. Out: [`Estimate`]s with an interval. Not decided here: what the
//! figures are.
//!
//! Sentences of one letter resemble one another, so documents are drawn, not sentences (the cluster bootstrap; Efron and
//! Tibshirani 1993, *An Introduction to the Bootstrap*, chapters 8 and 13, for drawing whole units and for the percentile interval).
//! Draws come from a generator of our own with a stated seed, so an interval is the same on every run and machine.

use serde::{Deserialize, Serialize};

/// A figure with its 95 % interval, to six decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The figure over all sentences; null where it is not defined.
    pub value: Option<f64>,
    /// Lower end of the interval; null where there is none.
    pub low: Option<f64>,
    /// Upper end of the interval; null where there is none.
    pub high: Option<f64>,
}

/// How intervals were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Intervals {
    /// The method, in words. Draws in which a figure is undefined are left out of its interval.
    pub method: String,
    /// What is drawn.
    pub over: Over,
    /// How many of them there are.
    pub groups: usize,
    /// How often they are drawn.
    pub draws: u32,
    /// Seed of the generator.
    pub seed: u64,
}

/// What the bootstrap draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Whole documents.
    Documents,
    /// Sentences: there is one document only.
    Sentences,
}

/// How often and with which seed to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// How often.
    pub draws: u32,
    /// Seed of the generator.
    pub seed: u64,
}

impl Default for Draws {
    fn default() -> Self {
        Self { draws: 1000, seed: 1 }
    }
}

impl Draws {
    /// How the intervals are made, for the output.
    pub fn intervals(self, over: Over, groups: usize) -> Intervals {
        Intervals {
            method: "95 % percentile bootstrap".to_owned(),
            over,
            groups,
            draws: self.draws,
            seed: self.seed,
        }
    }
}

/// What a group adds to the figures, such that what two groups add can be added up.
pub trait Additive: Clone {
    /// Adds what another group adds, so many times.
    fn add(&mut self, other: &Self, times: u32);
    /// Nothing yet, of the same shape.
    fn nothing(&self) -> Self;
}

/// The figures of all groups together, each with its interval; `None` where a figure is undefined.
///
/// `figures` gives the same figures in the same order for any sum. With fewer than two groups there is no interval.
pub fn estimates<A: Additive>(
    groups: &[A],
    draws: Draws,
    figures: impl Fn(&A) -> Vec<Option<f64>>,
) -> Vec<Estimate> {
    let Some(first) = groups.first() else {
        return Vec::new();
    };
    let mut all = first.nothing();
    groups.iter().for_each(|group| all.add(group, 1));
    let values = figures(&all);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); values.len()];
    if groups.len() > 1 {
        let mut generator = SplitMix64(draws.seed);
        let mut times = vec![0; groups.len()];
        for _ in 0..draws.draws {
            times.fill(0);
            for _ in 0..groups.len() {
                times[generator.below(groups.len())] += 1;
            }
            let mut sum = first.nothing();
            for (group, &times) in groups.iter().zip(&times).filter(|(_, times)| **times > 0) {
                sum.add(group, times);
            }
            for (drawn, value) in drawn.iter_mut().zip(figures(&sum)) {
                drawn.extend(value);
            }
        }
    }
    let intervals = drawn.into_iter().map(interval);
    values
        .into_iter()
        .zip(intervals)
        .map(|(value, interval)| Estimate {
            value: value.map(rounded),
            low: interval.filter(|_| value.is_some()).map(|(low, _)| rounded(low)),
            high: interval
                .filter(|_| value.is_some())
                .map(|(_, high)| rounded(high)),
        })
        .collect()
}

/// Six decimals: more say nothing, and are not read back by every reader of JSON as they were written.
pub(crate) fn rounded(figure: f64) -> f64 {
    (figure * 1e6).round() / 1e6
}

/// The values with 2.5 % of all below and above them.
fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let below = values.len() / 40;
    Some((*values.get(below)?, *values.get(values.len() - 1 - below)?))
}

/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`: the upper half of a product, even but for one part in 2^64 / `limit`.
    fn below(&mut self, limit: usize) -> usize {
        let product = u128::from(self.next()) * limit as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sum and count.
    #[derive(Clone)]
    struct Mean(f64, f64);

    impl Additive for Mean {
        fn add(&mut self, other: &Self, times: u32) {
            self.0 += other.0 * f64::from(times);
            self.1 += other.1 * f64::from(times);
        }
        fn nothing(&self) -> Self {
            Self(0.0, 0.0)
        }
    }

    fn mean(all: &Mean) -> Vec<Option<f64>> {
        vec![(all.1 > 0.0).then(|| all.0 / all.1)]
    }

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // The first numbers for the seed 1234567 as Rosetta Code lists them ("Pseudo-random numbers/Splitmix64").
        let mut generator = SplitMix64(1_234_567);
        let first = [generator.next(), generator.next(), generator.next()];
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_distribution() {
        // 400 groups of 0 and 1, evenly: the standard error is 0.5 / 20, the interval 1.96 of it to either side.
        let groups: Vec<Mean> = (0..400).map(|n| Mean(f64::from(n % 2), 1.0)).collect();
        let found = estimates(&groups, Draws { draws: 4000, seed: 7 }, mean)[0];
        assert_eq!(found.value, Some(0.5));
        assert!((found.low.unwrap() - 0.451).abs() < 0.006, "{found:?}");
        assert!((found.high.unwrap() - 0.549).abs() < 0.006, "{found:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_and_another_seed_another() {
        let groups: Vec<Mean> = (0..30).map(|n| Mean(f64::from(n * n % 17), 1.0)).collect();
        let with = |seed| estimates(&groups, Draws { draws: 200, seed }, mean);
        assert_eq!(with(3), with(3));
        assert_ne!(with(3), with(4));
    }

    #[test]
    fn one_group_has_no_interval_and_no_group_no_figure() {
        let one = estimates(&[Mean(1.0, 2.0)], Draws::default(), mean);
        assert_eq!((one[0].value, one[0].low, one[0].high), (Some(0.5), None, None));
        assert!(estimates(&[], Draws::default(), mean).is_empty());
    }
}
