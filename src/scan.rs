//! Every literal of every cue, seen in one pass over the text.
//!
//! In: the sentences of a text, in normal form. Out: a [`Scan`]: [`Hit`]s in order, and where words begin. Not decided here: which
//! hits make a cue, since gaps and clauses are not known yet. This stands before clauses, since words of contrast are seen by
//! the same pass.

use std::cmp::Ordering;

use crate::rules::{Lexicon, Rules, Uses};
use crate::sentence::Sentence;
use crate::text::Text;

/// What the pass saw.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// In the order of their beginnings, longer ones first.
    pub(crate) hits: Vec<Hit>,
    /// Where words begin as gaps count them: the first letter or figure of each stretch between spaces that has one, as a byte of
    /// the normal form.
    pub(crate) words: Vec<usize>,
    /// Where spaces and commas stand, bytes of the normal form.
    pub(crate) breaks: Vec<usize>,
}

/// A literal that stands in the text as whole words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// First byte in the normal form.
    pub(crate) start: usize,
    /// One past the literal's last byte.
    pub(crate) end: usize,
    /// One past the last byte of the word in which it ends; the same as `end` where it ends a word.
    pub(crate) word_end: usize,
    /// How many of [`Scan::words`] begin before it.
    pub(crate) words: usize,
    /// The literal's number.
    pub(crate) literal: u32,
    /// What it is in chains.
    pub(crate) uses: Uses,
}

/// How many of these hits, which stand in their order, begin before a place.
#[inline]
pub(crate) fn begun(hits: &[Hit], before: usize) -> usize {
    hits.iter().take_while(|hit| hit.start < before).count()
}

/// Finds all literals in the sentences of a text.
pub(crate) fn scan(rules: &Rules, text: &Text, sentences: &[Sentence]) -> Scan {
    let normal = &text.normal.text;
    let lexicon = &rules.lexicon;
    let bytes = normal.as_bytes();
    // Most of what stands between words is one space, with which hardly any set of rules lets a literal begin.
    let space_begins = lexicon.trie.start().go(b" ").is_some();
    let mut hits = Vec::with_capacity((bytes.len() / 4).min(AMPLE));
    let mut words = Vec::with_capacity((bytes.len() / 6).min(AMPLE));
    let mut breaks = Vec::with_capacity((bytes.len() / 6).min(AMPLE));
    for sentence in sentences {
        let stretch = text.normal.span_from_text(sentence.span);
        // A literal begins where no word goes on.
        let mut start = match normal[..stretch.start].chars().next_back() {
            Some(before) if before.is_alphanumeric() => word_end(normal, stretch.start, stretch.end),
            _ => stretch.start,
        };
        let mut counted = false;
        while start < stretch.end {
            let first = bytes[start];
            if first == b' ' {
                breaks.push(start);
                counted = false;
                if !space_begins {
                    start += 1;
                    continue;
                }
            }
            let place = Beginning {
                start,
                end: word_end(normal, start, stretch.end),
                words: words.len(),
            };
            begin(lexicon, normal, stretch.end, &place, &mut hits);
            if place.end > start {
                let plain = |byte: &u8| byte.is_ascii_alphanumeric();
                if !counted && let Some(at) = bytes[start..place.end].iter().position(plain) {
                    words.push(start + at);
                    counted = true;
                }
                start = place.end;
            } else if first.is_ascii() {
                if first == b',' {
                    breaks.push(start);
                }
                start += 1;
            } else {
                start += normal[start..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }
    Scan { hits, words, breaks }
}

/// A place where a literal may begin.
struct Beginning {
    start: usize,
    /// Where its first word ends.
    end: usize,
    /// How many words begin before it.
    words: usize,
}

/// Adds the literals that begin at a place, up to one where the sentence ends. A function of its own, so that its loop keeps
/// all that it needs in registers.
#[inline(never)]
fn begin(lexicon: &Lexicon, text: &str, most: usize, place: &Beginning, hits: &mut Vec<Hit>) {
    let from = hits.len();
    lexicon
        .trie
        .each(&text.as_bytes()[place.start..most], |length, literal| {
            let end = place.start + length;
            let word_end = match end.cmp(&place.end) {
                Ordering::Less => place.end,
                Ordering::Equal => end,
                Ordering::Greater => word_end(text, end, most),
            };
            let uses = lexicon.uses[literal as usize];
            if word_end == end || uses.any(Uses::OPEN) {
                hits.push(Hit {
                    start: place.start,
                    end,
                    word_end,
                    words: place.words,
                    literal,
                    uses,
                });
            }
        });
    hits[from..].reverse();
}

/// So many things there is room for from the beginning; a long text gets more as they are found.
const AMPLE: usize = 1 << 14;

/// For each byte whether it is a letter or figure of ASCII: most of a text is asked, one byte after another.
const PLAIN: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        all[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    all
};

/// Where the word in which a place lies ends; the place itself where no word goes on there. Of a word that goes on beyond `most`
/// it is only told that it does, since a stretch may be cut out of one of a million letters.
#[inline]
fn word_end(text: &str, mut at: usize, most: usize) -> usize {
    let bytes = &text.as_bytes()[..text.len().min(most + 1)];
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk() {
            let letters = letters(*eight);
            at += letters;
            if letters == eight.len() {
                continue;
            }
        }
        if PLAIN[usize::from(bytes[at])] {
            at += 1;
        } else if bytes[at].is_ascii() {
            return at;
        } else {
            // "plans—which" is two words, "naïve" is one.
            match text[at..].chars().next() {
                Some(character) if character.is_alphanumeric() => at += character.len_utf8(),
                _ => return at,
            }
        }
    }
    at
}

/// How many of eight bytes, from the first on, are small letters of ASCII: all of most words, told without a look at each.
#[inline]
fn letters(eight: [u8; 8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let bytes = u64::from_le_bytes(eight);
    let low = bytes & !HIGH;
    // The highest bit of each byte says whether it is as high as a letter, and whether it is higher than all of them.
    let from_a = low + ONES * (0x80 - 0x61);
    let beyond_z = low + ONES * (0x80 - 0x7B);
    let others = !(from_a & !beyond_z & !bytes) & HIGH;
    others.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_counted_one_by_one() {
        let counted = |eight: &[u8; 8]| eight.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        assert_eq!(letters(*b"children"), 8);
        for at in 0..8 {
            for byte in 0..=255 {
                for around in [*b"abcxyzab", [0xFF; 8], [0; 8], *b"zzzzz{{{"] {
                    let mut eight = around;
                    eight[at] = byte;
                    assert_eq!(letters(eight), counted(&eight), "{eight:?}");
                }
            }
        }
    }

    #[test]
    fn a_word_ends_where_no_letter_or_figure_goes_on() {
        for (text, end) in [
            ("plans are", 5),
            ("assessments, and", 11),
            ("safeguarding2024 plans", 16),
            ("naïve’s plans are", 6),
            ("plans—which", 5),
            (" plans", 0),
            ("", 0),
            ("multidisciplinary", 17),
        ] {
            assert_eq!(word_end(text, 0, text.len()), end, "{text}");
        }
        // Of what goes on beyond a place it is only told that it does.
        assert_eq!(word_end("multidisciplinary", 0, 5), 6);
        assert_eq!(word_end("plan of", 0, 4), 4);
    }
}
