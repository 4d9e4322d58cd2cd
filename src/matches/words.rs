//! Words counted in the text in normal form, which is how far gaps reach.
//!
//! In: where words begin, as the scan saw it, and places in the text. Out: numbers. Not decided here: how many are too many.

/// Counts words between places: stretches between spaces that hold a letter or figure.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a [u8],
    /// See [`crate::scan::Scan::words`].
    begin: &'a [usize],
}

/// A place from which words are counted.
#[derive(Clone, Copy)]
pub(super) struct Place {
    at: usize,
    /// The first space there or behind, or the place behind which nobody asks.
    space: usize,
    /// How many words begin before that space, without that in which the place lies where it goes on.
    before: usize,
}

impl Place {
    /// How many words begin, at most, before a place behind the first space that has no more than so many between.
    #[inline]
    pub(super) fn reach(&self, words: u8) -> usize {
        self.before.wrapping_add(usize::from(words))
    }
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, begin: &'a [usize]) -> Self {
        Self {
            text: text.as_bytes(),
            begin,
        }
    }

    /// A place to count from, behind one before which so many words begin, up to no place behind `most`.
    #[inline]
    pub(super) fn from(&self, at: usize, words: usize, most: usize) -> Place {
        if self.text.get(at) == Some(&b' ') {
            return Place {
                at,
                space: at,
                before: self.begun(words, at),
            };
        }
        self.inside(at, words, most)
    }

    /// The same of a place inside a stretch between spaces, where a hit seldom ends.
    #[inline(never)]
    fn inside(&self, at: usize, words: usize, most: usize) -> Place {
        let stretch = &self.text[at..most.clamp(at, self.text.len())];
        let on = stretch.iter().take_while(|byte| **byte != b' ').count();
        let words = self.begun(words, at + on);
        Place {
            at,
            space: at + on,
            before: words.wrapping_sub(usize::from(holds_word(&stretch[..on]))),
        }
    }

    /// How many words begin before a place, no fewer than so many.
    #[inline]
    fn begun(&self, mut words: usize, before: usize) -> usize {
        while self.begin.get(words).is_some_and(|begin| *begin < before) {
            words += 1;
        }
        words
    }

    /// Words from a place to one behind it, before which so many begin.
    #[inline]
    pub(super) fn between(&self, from: &Place, at: usize, words: usize) -> usize {
        if at > from.space {
            words.wrapping_sub(from.before)
        } else {
            // "and/or": inside of one stretch.
            usize::from(holds_word(&self.text[from.at..at]))
        }
    }
}

fn holds_word(stretch: &[u8]) -> bool {
    stretch.iter().any(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches between spaces that hold a letter or figure, one after the other.
    fn counted(stretch: &str) -> usize {
        stretch
            .split(' ')
            .filter(|word| holds_word(word.as_bytes()))
            .count()
    }

    #[test]
    fn words_are_counted_as_one_by_one() {
        for text in [
            "plans and/or reviews, – of 2 (or 3) teams",
            "  a  b–c ; / d",
            "éa e/é e",
            "a-b-c-d-e-f",
        ] {
            let places = || (0..=text.len()).filter(|at| text.is_char_boundary(*at));
            let bytes = text.as_bytes();
            let begins = |at: &usize| {
                let before = &bytes[..*at];
                let stretch = before
                    .iter()
                    .rposition(|byte| *byte == b' ')
                    .map_or(0, |at| at + 1);
                bytes[*at].is_ascii_alphanumeric() && !holds_word(&before[stretch..])
            };
            let begin: Vec<usize> = (0..text.len()).filter(begins).collect();
            let before = |at: usize| begin.iter().filter(|begin| **begin < at).count();
            let words = Words::new(text, &begin);
            for from in places() {
                // How many words begin before an earlier place is all that is known.
                for earlier in places().filter(|earlier| *earlier <= from) {
                    for most in places().filter(|most| *most >= from) {
                        let place = words.from(from, before(earlier), most);
                        for upto in places().filter(|upto| (from..=most).contains(upto)) {
                            let between = words.between(&place, upto, before(upto));
                            assert_eq!(between, counted(&text[from..upto]), "{text:?} {from}..{upto}");
                            let reached = (0..4).filter(|gap| before(upto) <= place.reach(*gap));
                            let near = (0..4).filter(|gap| between <= usize::from(*gap));
                            assert!(upto <= place.space || reached.eq(near), "{text:?} {from}..{upto}");
                        }
                    }
                }
            }
        }
    }
}
