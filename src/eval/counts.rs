//! What one sentence, one document or all of them add to the figures: numbers that can be added up.

use std::collections::BTreeSet;

use crate::bootstrap::Additive;
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::gold::{Aligned, Pair};

/// Right, too many and too few members of sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) hits: u64,
    pub(super) extra: u64,
    pub(super) missing: u64,
}

impl Tally {
    pub(super) fn new<T: Ord>(gold: &BTreeSet<T>, given: &BTreeSet<T>) -> Self {
        let hits = gold.intersection(given).count() as u64;
        Self {
            hits,
            extra: given.len() as u64 - hits,
            missing: gold.len() as u64 - hits,
        }
    }

    pub(super) fn sum(&mut self, other: Self, times: u32) {
        let times = u64::from(times);
        self.hits += other.hits * times;
        self.extra += other.extra * times;
        self.missing += other.missing * times;
    }

    /// 0 where nothing is right, also where nothing is wanted and nothing given.
    pub(super) fn f1(self) -> f64 {
        if self.hits == 0 {
            return 0.0;
        }
        2.0 * self.hits as f64 / (2 * self.hits + self.extra + self.missing) as f64
    }

    /// `None` where nothing is wanted and nothing given.
    pub(super) fn f1_of_any(self) -> Option<f64> {
        (self != Self::default()).then(|| self.f1())
    }

    pub(super) fn precision(self) -> Option<f64> {
        share(self.hits, self.hits + self.extra)
    }

    pub(super) fn recall(self) -> Option<f64> {
        share(self.hits, self.hits + self.missing)
    }
}

/// A share of a number; `None` of nothing.
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Polarities, and none given.
pub(super) const GIVEN: usize = Polarity::ALL.len() + 1;

#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) sentences: u64,
    /// Sentences found with their exact bounds.
    pub(super) exact: u64,
    pub(super) finding: Tally,
    pub(super) core: Tally,
    pub(super) theme: Tally,
    pub(super) source: Tally,
    pub(super) time: Tally,
    pub(super) change: Tally,
    /// Gold down, given across, in the order of [`Polarity::ALL`]; the last column is for sentences not given.
    pub(super) polarity: [[u64; GIVEN]; Polarity::ALL.len()],
}

/// The pairs that say strength or concern.
pub(super) fn findings<'a>(pairs: &BTreeSet<Pair<'a>>) -> BTreeSet<Pair<'a>> {
    pairs
        .iter()
        .filter(|(_, tone)| *tone != Tone::Neutral)
        .copied()
        .collect()
}

impl Counts {
    pub(super) fn new(one: &Aligned<'_>, core: &BTreeSet<String>) -> Self {
        let (gold, given) = (one.gold.pairs(), one.pairs());
        let (wanted, found) = (findings(&gold), findings(&given));
        let of_core = |pairs: &BTreeSet<_>| -> BTreeSet<_> {
            pairs
                .iter()
                .filter(|(theme, _): &&Pair<'_>| core.contains(*theme))
                .copied()
                .collect()
        };
        let themes = |pairs: &BTreeSet<_>| -> BTreeSet<_> {
            pairs.iter().map(|(theme, _): &Pair<'_>| *theme).collect()
        };
        let other = one.given;
        let mut polarity = [[0; GIVEN]; Polarity::ALL.len()];
        polarity[one.gold.polarity as usize][other.map_or(GIVEN - 1, |given| given.polarity as usize)] = 1;
        Self {
            sentences: 1,
            exact: u64::from(one.exact == Some(true)),
            finding: Tally::new(&wanted, &found),
            core: Tally::new(&of_core(&wanted), &of_core(&found)),
            theme: Tally::new(&themes(&gold), &themes(&given)),
            source: unusual(
                one.gold.source,
                other.map(|given| given.source),
                Speaker::Inspector,
            ),
            time: unusual(one.gold.time, other.map(|given| given.time), Time::Current),
            change: unusual(one.gold.change, other.map(|given| given.change), Change::None),
            polarity,
        }
    }

    /// Adds others, so many times.
    pub(super) fn sum(&mut self, other: &Self, times: u32) {
        let by = u64::from(times);
        self.sentences += other.sentences * by;
        self.exact += other.exact * by;
        self.finding.sum(other.finding, times);
        self.core.sum(other.core, times);
        self.theme.sum(other.theme, times);
        self.source.sum(other.source, times);
        self.time.sum(other.time, times);
        self.change.sum(other.change, times);
        for (sums, counts) in self.polarity.iter_mut().zip(&other.polarity) {
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count * by;
            }
        }
    }
}

/// A value counts only where it is not the usual one, which a sentence that is not given has.
fn unusual<T: Ord + Copy>(gold: T, given: Option<T>, usual: T) -> Tally {
    let set = |value: T| -> BTreeSet<T> { Some(value).filter(|value| *value != usual).into_iter().collect() };
    Tally::new(&set(gold), &set(given.unwrap_or(usual)))
}

impl Additive for Counts {
    fn add(&mut self, other: &Self, times: u32) {
        self.sum(other, times);
    }

    fn nothing(&self) -> Self {
        Self::default()
    }
}
