//! With which letters the words of a list begin: it says no at once of most words of a text, and of none that is in the list.
//!
//! In: words, or beginnings of words. Out: [`Openings`]. Not decided here: which list it is, and whether a word is in it.

/// With which letters the words of a list begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Openings {
    /// A bit for each hash of a word's opening; none where any word may be in the list.
    pub(super) bits: Vec<u32>,
}

impl Openings {
    /// Bytes of a word that count as its opening.
    const LENGTH: usize = 4;
    /// Bits of a hash.
    const HASH: u32 = 12;

    /// Of whole words and of beginnings of words. One beginning that is shorter than an opening lets any word through.
    pub(super) fn new<'w>(
        whole: impl Iterator<Item = &'w [u8]>,
        beginnings: impl Iterator<Item = &'w [u8]>,
    ) -> Self {
        let mut bits = vec![0; 1 << (Self::HASH - u32::BITS.ilog2())];
        let mut note = |word: &[u8]| {
            let (at, bit) = Self::place(word);
            bits[at] |= bit;
        };
        whole.for_each(&mut note);
        for word in beginnings {
            if word.len() < Self::LENGTH {
                return Self::default();
            }
            note(word);
        }
        Self { bits }
    }

    /// Where the bit of a word stands, and the bit.
    #[inline]
    fn place(word: &[u8]) -> (usize, u32) {
        let opening = match word.first_chunk() {
            Some(first) => u32::from_le_bytes(*first),
            None => word.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte)),
        };
        let hash = opening.wrapping_mul(0x9E37_79B1) >> (u32::BITS - Self::HASH);
        ((hash >> u32::BITS.ilog2()) as usize, 1 << (hash % u32::BITS))
    }

    /// Whether a word may be in the list.
    #[inline]
    pub(super) fn may(&self, word: &[u8]) -> bool {
        let (at, bit) = Self::place(word);
        self.bits.get(at).is_none_or(|bits| bits & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_every_word_of_the_list_through_and_few_others() {
        let whole = ["is", "are", "have", "was", "shows"];
        let openings = |stems: &[&'static str]| {
            let stems: Vec<&[u8]> = stems.iter().map(|stem| stem.as_bytes()).collect();
            Openings::new(whole.iter().map(|word| word.as_bytes()), stems.into_iter())
        };
        let own = openings(&["provid", "need"]);
        for word in ["is", "are", "have", "was", "shows", "provides", "needs", "need"] {
            assert!(own.may(word.as_bytes()), "{word}");
        }
        let others = [
            "i", "ar", "plans", "children", "the", "of", "", "social", "workers", "é",
        ];
        let through =
            |openings: &Openings| others.iter().filter(|word| openings.may(word.as_bytes())).count();
        assert_eq!(through(&own), 0);
        assert_eq!(through(&openings(&["pr"])), others.len());
        assert_eq!(through(&Openings::default()), others.len());
    }
}
