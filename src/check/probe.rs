//! What the whole program sees where the words of a cue stand alone in a sentence.
//!
//! In: rules and words. Out: the cues found over exactly these words. The program itself is asked, so no lint can be of
//! another mind than the labels are.

use crate::matches::Match;
use crate::rules::{Act, Rules};
use crate::source::Source;

/// A word of no language, that stands before and behind: clauses are cut only where words stand on both sides.
const WORD: &str = "xyzzy";

/// The matches in a sentence of a few words.
pub(super) struct Probe {
    matches: Vec<Match>,
    start: usize,
    end: usize,
}

/// Reads a sentence that holds these words.
pub(super) fn probe(rules: &Rules, words: &str) -> Probe {
    let text = format!("{WORD} {words} {WORD}.\n");
    let (start, end) = (WORD.len() + 1, WORD.len() + 1 + words.len());
    let matches = rules
        .read(&Source::from_text("probe", text))
        .map(|reading| reading.matches)
        .unwrap_or_default();
    Probe { matches, start, end }
}

impl Probe {
    /// The match of a cue over all of the words.
    pub(super) fn of(&self, cue: u32) -> Option<&Match> {
        self.matches
            .iter()
            .find(|m| m.cue == cue && m.span.start == self.start && m.span.end == self.end)
    }

    /// The cue that silences a match, where it is an exemption.
    pub(super) fn exempt_by(&self, rules: &Rules, of: &Match) -> Option<u32> {
        let by = self.matches.get(of.silenced_by?)?.cue;
        matches!(rules.cue(by).act, Act::Exempt(_)).then_some(by)
    }

    /// Whether a cue speaks over all of the words.
    pub(super) fn speaks(&self, cue: u32) -> bool {
        self.of(cue).is_some_and(|m| m.silenced_by.is_none())
    }

    /// All cues that are found anywhere in the words, with the place of their first byte among them.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, usize, usize)> {
        self.matches
            .iter()
            .filter(|m| m.span.start >= self.start)
            .map(|m| (m.cue, m.span.start - self.start, m.span.end - self.start))
    }
}
