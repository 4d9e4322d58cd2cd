//! Every literal of every cue, seen in one pass over the text.
//!
//! In: the text in normal form. Out: [`Hit`]s in order. Not decided here: which hits make a cue, since gaps and
//! clauses are not known yet. This stands before clauses, since words of contrast are seen by the same pass.

use crate::rules::Rules;

/// A literal that stands in the text as whole words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// First byte in the normal form.
    pub(crate) start: usize,
    /// One past the literal's last byte.
    pub(crate) end: usize,
    /// One past the last byte of the word in which it ends; the same as `end` where it ends a word.
    pub(crate) word_end: usize,
    /// The literal's number.
    pub(crate) literal: u32,
}

/// Finds all literals, in the order of their beginnings.
pub(crate) fn scan(rules: &Rules, normal: &str) -> Vec<Hit> {
    let bytes = normal.as_bytes();
    let mut hits = Vec::new();
    for found in rules.lexicon.automaton.find_overlapping_iter(normal) {
        let (start, end) = (found.start(), found.end());
        if goes_on(bytes[..start].last(), || normal[..start].chars().next_back()) {
            continue;
        }
        let mut word_end = end;
        while goes_on(bytes.get(word_end), || normal[word_end..].chars().next()) {
            word_end += normal[word_end..].chars().next().map_or(1, char::len_utf8);
        }
        let literal = found.pattern().as_usize();
        if word_end > end && !rules.lexicon.entries[literal].open {
            continue;
        }
        hits.push(Hit {
            start,
            end,
            word_end,
            literal: u32::try_from(literal).unwrap_or(u32::MAX),
        });
    }
    hits.sort_unstable();
    hits
}

/// Whether a word goes on with the character that begins or ends at a byte. The character is looked at only where the
/// byte does not tell: "plans—which" is two words, "naïve" is one.
fn goes_on(byte: Option<&u8>, character: impl FnOnce() -> Option<char>) -> bool {
    byte.is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || (!byte.is_ascii() && character().is_some_and(char::is_alphanumeric))
    })
}
