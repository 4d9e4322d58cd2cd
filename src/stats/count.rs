//! What is counted of a cue or a list.

use std::collections::BTreeMap;

/// The numbers behind which sentences are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    Hits,
    Decided,
    Overlap,
    Conflict,
    Silenced,
    Wrong,
    Missed,
}

/// How many kinds of [`Behind`] there are.
const KINDS: usize = 7;

/// Counts of one cue or list.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) hits: u64,
    pub(super) sentences: u64,
    pub(super) silenced: u64,
    /// How often by which cue.
    pub(super) silencers: BTreeMap<usize, u64>,
    pub(super) silences: u64,
    pub(super) decided: u64,
    pub(super) overlap: u64,
    pub(super) conflict: u64,
    pub(super) gold: GoldCounts,
    /// First sentences of each kind, by number.
    behind: [Vec<usize>; KINDS],
}

/// What gold labels say of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GoldCounts {
    pub(super) decided: u64,
    pub(super) right: u64,
    pub(super) wrong_theme: u64,
    pub(super) wrong_polarity: u64,
    /// Wrong in what the cue itself decides.
    pub(super) wrong: u64,
    pub(super) wanted: u64,
    pub(super) found: u64,
    /// Sentences in which it speaks, by gold polarity in the order of the codebook.
    pub(super) polarity: [u64; 4],
}

impl GoldCounts {
    fn add(&mut self, other: &Self) {
        self.decided += other.decided;
        self.right += other.right;
        self.wrong_theme += other.wrong_theme;
        self.wrong_polarity += other.wrong_polarity;
        self.wrong += other.wrong;
        self.wanted += other.wanted;
        self.found += other.found;
        for (own, other) in self.polarity.iter_mut().zip(other.polarity) {
            *own += other;
        }
    }
}

impl Counts {
    /// Keeps a sentence behind a number, once, while fewer than `most` are kept.
    pub(super) fn keep(&mut self, behind: Behind, sentence: usize, most: usize) {
        let list = &mut self.behind[behind as usize];
        if list.len() < most && list.last() != Some(&sentence) {
            list.push(sentence);
        }
    }

    /// The sentences behind a number.
    pub(super) fn behind(&self, behind: Behind) -> &[usize] {
        &self.behind[behind as usize]
    }

    /// Adds the counts of a later document; `name` gives a sentence its number among all.
    pub(super) fn add(&mut self, other: &Self, most: usize, mut name: impl FnMut(usize) -> usize) {
        self.hits += other.hits;
        self.sentences += other.sentences;
        self.silenced += other.silenced;
        for (by, times) in &other.silencers {
            *self.silencers.entry(*by).or_default() += times;
        }
        self.silences += other.silences;
        self.decided += other.decided;
        self.overlap += other.overlap;
        self.conflict += other.conflict;
        self.gold.add(&other.gold);
        for (own, other) in self.behind.iter_mut().zip(&other.behind) {
            for sentence in other.iter().take(most.saturating_sub(own.len())) {
                own.push(name(*sentence));
            }
        }
    }
}
