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

/// Finds all literals, in the order of their beginnings, shorter ones first.
pub(crate) fn scan(rules: &Rules, normal: &str) -> Vec<Hit> {
    let lexicon = &rules.lexicon;
    let bytes = normal.as_bytes();
    let mut hits = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        for (length, literal) in lexicon.trie.walk(&bytes[start..]) {
            let end = start + length;
            let mut word_end = end;
            if let Some(more) = word_character(normal, end) {
                if !lexicon.entries[literal as usize].open {
                    continue;
                }
                word_end += more;
                while let Some(more) = word_character(normal, word_end) {
                    word_end += more;
                }
            }
            hits.push(Hit {
                start,
                end,
                word_end,
                literal,
            });
        }
        // A literal begins where no word goes on.
        match word_character(normal, start) {
            Some(more) => {
                start += more;
                while let Some(more) = word_character(normal, start) {
                    start += more;
                }
            }
            None => start += normal[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    hits
}

/// How many bytes the character at a place takes, if a word goes on with it. The character is looked at only where the
/// byte does not tell: "plans—which" is two words, "naïve" is one.
#[inline]
fn word_character(text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return byte.is_ascii_alphanumeric().then_some(1);
    }
    let character = text[at..].chars().next()?;
    character.is_alphanumeric().then_some(character.len_utf8())
}
