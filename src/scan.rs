//! Every literal of every cue, seen in one pass over the text.
//!
//! In: the sentences of a text, in normal form. Out: [`Hit`]s in order. Not decided here: which hits make a cue, since gaps and
//! clauses are not known yet. This stands before clauses, since words of contrast are seen by the same pass.

use crate::rules::{Rules, Uses};
use crate::sentence::Sentence;
use crate::text::Text;

/// A literal that stands in the text as whole words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// First byte in the normal form.
    pub(crate) start: usize,
    /// One past the literal's last byte.
    pub(crate) end: usize,
    /// One past the last byte of the word in which it ends; the same as `end` where it ends a word.
    pub(crate) word_end: usize,
    /// The literal's number.
    pub(crate) literal: u32,
    /// What it is in chains.
    pub(crate) uses: Uses,
}

/// Finds all literals in the sentences of a text, in the order of their beginnings, shorter ones first.
pub(crate) fn scan(rules: &Rules, text: &Text, sentences: &[Sentence]) -> Vec<Hit> {
    let normal = &text.normal.text;
    let lexicon = &rules.lexicon;
    let bytes = normal.as_bytes();
    let mut hits = Vec::new();
    for sentence in sentences {
        let stretch = text.normal.span_from_text(sentence.span);
        // A literal begins where no word goes on.
        let mut start = match normal[..stretch.start].chars().next_back() {
            Some(before) if before.is_alphanumeric() => word_end(normal, stretch.start, stretch.end),
            _ => stretch.start,
        };
        while start < stretch.end {
            for (length, literal) in lexicon.trie.walk(&bytes[start..stretch.end]) {
                let end = start + length;
                let uses = lexicon.uses[literal as usize];
                let word_end = word_end(normal, end, stretch.end);
                if word_end == end || uses.any(Uses::OPEN) {
                    hits.push(Hit {
                        start,
                        end,
                        word_end,
                        literal,
                        uses,
                    });
                }
            }
            let end = word_end(normal, start, stretch.end);
            start = match end > start {
                true => end,
                false => start + normal[start..].chars().next().map_or(1, char::len_utf8),
            };
        }
    }
    hits
}

/// Where the word in which a place lies ends; the place itself where no word goes on there. Of a word that goes on beyond `most`
/// it is only told that it does, since a stretch may be cut out of one of a million letters.
#[inline]
fn word_end(text: &str, mut at: usize, most: usize) -> usize {
    let bytes = text.as_bytes();
    while at <= most {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
            // "plans—which" is two words, "naïve" is one.
            Some(byte) if !byte.is_ascii() => match text[at..].chars().next() {
                Some(character) if character.is_alphanumeric() => at += character.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
    at
}
