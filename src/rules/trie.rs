//! Phrases by their beginnings: all phrases that begin at one place of a text, found by walking it once from there.
//!
//! In: phrases, each with a number. Out: a [`Trie`] that is one list of numbers, so that it can be stored when the program is
//! built and is ready when read back. Not decided here: where in a text a phrase may begin or end.
//!
//! A double array (Aoe 1989) whose child is found by exclusive or instead of a sum, as in darts-clone and daachorse: the
//! node behind byte `b` of a node stands at `base ^ b`, where its own byte has to stand. No two nodes share a base, so a
//! slot that holds the right byte is the right child.

/// A slot: the base of its children, whether a phrase ends here, and the byte that leads to it.
type Unit = u32;

/// The byte of slots that no byte of a text leads to: it never stands in UTF-8.
const NONE: u8 = 0xFF;
/// Set where a phrase ends: its number stands at `base ^ NONE`, in place of a base and this flag.
const ENDS: u32 = 1 << 8;
const BASE: u32 = 9;
const NUMBER: u32 = 8;
/// Slots that bases of 23 bits reach.
const MOST_SLOTS: usize = 1 << (32 - BASE);

/// Phrases by their beginnings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trie {
    units: Vec<Unit>,
}

impl Trie {
    /// The trie of phrases, each with its number; the last number where a phrase stands twice. Empty phrases are never
    /// found. `None` where the phrases have more than some eight million bytes beyond what they share.
    pub(crate) fn new(mut phrases: Vec<(&[u8], u32)>) -> Option<Self> {
        phrases.retain(|(phrase, _)| !phrase.is_empty() && !phrase.contains(&NONE));
        phrases.sort_by_key(|(phrase, _)| *phrase);
        Builder::default().build(&phrases)
    }

    /// A trie as [`Trie::units`] gave it.
    pub(crate) fn from_units(units: Vec<Unit>) -> Self {
        Self { units }
    }

    /// What is to be stored.
    pub(crate) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The phrases with which a text, in UTF-8, begins, shortest first: how many bytes each has, and its number.
    #[inline]
    pub(crate) fn walk<'t>(&'t self, text: &'t [u8]) -> Walk<'t> {
        Walk {
            units: &self.units,
            text,
            at: 0,
            unit: self.units.first().copied().unwrap_or(u32::from(NONE)),
        }
    }

    /// Gives the same to `found`: most of a long text is walked so.
    #[inline]
    pub(crate) fn each(&self, text: &[u8], mut found: impl FnMut(usize, u32)) {
        let units = self.units.as_slice();
        let Some(mut unit) = units.first().copied() else {
            return;
        };
        for (at, byte) in text.iter().enumerate() {
            match units.get(((unit >> BASE) ^ u32::from(*byte)) as usize) {
                Some(next) if *next as u8 == *byte => unit = *next,
                _ => return,
            }
            if unit & ENDS != 0
                && let Some(number) = units.get(((unit >> BASE) ^ u32::from(NONE)) as usize)
            {
                found(at + 1, number >> NUMBER);
            }
        }
    }

    /// The number of a phrase.
    #[inline]
    pub(crate) fn get(&self, phrase: &[u8]) -> Option<u32> {
        self.start().go(phrase)?.number()
    }

    /// Every phrase, in the order of its bytes.
    pub(crate) fn phrases(&self) -> Vec<Vec<u8>> {
        let mut phrases = Vec::new();
        let mut steps = vec![(self.start(), Vec::new())];
        while let Some((step, phrase)) = steps.pop() {
            for byte in (0..NONE).rev() {
                if let Some(next) = step.go(&[byte]) {
                    let longer = [phrase.as_slice(), &[byte]].concat();
                    steps.push((next, longer));
                }
            }
            if step.number().is_some() {
                phrases.push(phrase);
            }
        }
        phrases
    }

    /// Where nothing has been read yet.
    #[inline]
    pub(crate) fn start(&self) -> Step<'_> {
        Step {
            units: &self.units,
            unit: self.units.first().copied().unwrap_or(u32::from(NONE)),
        }
    }
}

/// Some bytes with which phrases begin.
#[derive(Clone, Copy)]
pub(crate) struct Step<'t> {
    units: &'t [Unit],
    unit: Unit,
}

impl Step<'_> {
    /// The same bytes and these; `None` where no phrase goes on so.
    #[inline]
    pub(crate) fn go(mut self, bytes: &[u8]) -> Option<Self> {
        for byte in bytes {
            self.unit = *self
                .units
                .get(((self.unit >> BASE) ^ u32::from(*byte)) as usize)?;
            if self.unit as u8 != *byte || *byte == NONE {
                return None;
            }
        }
        Some(self)
    }

    /// The number of the phrase that is just these bytes.
    #[inline]
    pub(crate) fn number(self) -> Option<u32> {
        let number = self.units.get(((self.unit >> BASE) ^ u32::from(NONE)) as usize)?;
        (self.unit & ENDS != 0).then_some(number >> NUMBER)
    }
}

/// A walk from one place of a text; see [`Trie::walk`].
pub(crate) struct Walk<'t> {
    units: &'t [Unit],
    text: &'t [u8],
    at: usize,
    unit: Unit,
}

impl Iterator for Walk<'_> {
    type Item = (usize, u32);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let mut unit = self.unit;
        let mut at = self.at;
        while let Some(byte) = self.text.get(at) {
            unit = *self.units.get(((unit >> BASE) ^ u32::from(*byte)) as usize)?;
            if unit as u8 != *byte {
                break;
            }
            at += 1;
            if unit & ENDS != 0 {
                (self.unit, self.at) = (unit, at);
                let number = *self.units.get(((unit >> BASE) ^ u32::from(NONE)) as usize)?;
                return Some((at, number >> NUMBER));
            }
        }
        self.at = self.text.len();
        None
    }
}

/// Lays nodes out.
#[derive(Default)]
struct Builder {
    units: Vec<Unit>,
    /// Of each slot, the free ones before and behind it: slots are looked through from one free slot to the next.
    free: Vec<(u32, u32)>,
    /// The first free slot that is looked at.
    first: u32,
    /// The last free slot.
    last: u32,
    /// Whether a node has this base already.
    bases: Vec<bool>,
}

/// Stands in both places of a slot that is taken.
const TAKEN: (u32, u32) = (u32::MAX, u32::MAX);
/// No slot.
const NOWHERE: u32 = u32::MAX - 1;

/// Slots are looked through no further back from the end than this: near the end there is always room, and what lies far behind
/// is nearly full.
const WINDOW: u32 = 16 * 256;

impl Builder {
    fn build(mut self, phrases: &[(&[u8], u32)]) -> Option<Trie> {
        (self.first, self.last) = (NOWHERE, NOWHERE);
        self.grow()?;
        self.put(0, u32::from(NONE));
        // A node: its slot, the phrases that begin with it, and how many bytes they share.
        let mut nodes = vec![(0_u32, phrases, 0_usize)];
        while let Some((slot, phrases, depth)) = nodes.pop() {
            let number = phrases
                .iter()
                .rev()
                .find(|(phrase, _)| phrase.len() == depth)
                .map(|(_, number)| *number);
            let longer = &phrases[phrases.partition_point(|(phrase, _)| phrase.len() == depth)..];
            let children: Vec<&[(&[u8], u32)]> =
                longer.chunk_by(|(a, _), (b, _)| a[depth] == b[depth]).collect();
            let mut bytes: Vec<u8> = children.iter().map(|child| child[0].0[depth]).collect();
            bytes.extend(number.map(|_| NONE));
            if bytes.is_empty() {
                continue;
            }
            let base = self.base(&bytes)?;
            self.units[slot as usize] |= base << BASE;
            if let Some(number) = number {
                self.units[slot as usize] |= ENDS;
                let number = number.checked_mul(1 << NUMBER)?;
                self.put(base ^ u32::from(NONE), number | u32::from(NONE));
            }
            // The first child is looked at first, so that what follows one another in a text lies near in memory.
            for child in children.iter().rev() {
                let byte = u32::from(child[0].0[depth]);
                self.put(base ^ byte, byte);
                nodes.push((base ^ byte, child, depth + 1));
            }
        }
        Some(Trie { units: self.units })
    }

    /// A base no other node has, with a free slot for each of these bytes.
    fn base(&mut self, bytes: &[u8]) -> Option<u32> {
        let first = u32::from(bytes[0]);
        let mut slot = self.first;
        loop {
            if slot == NOWHERE {
                slot = self.grow()?;
            }
            let base = slot ^ first;
            let is_free = |byte: &u8| self.free[(base ^ u32::from(*byte)) as usize] != TAKEN;
            if !self.bases[base as usize] && bytes.iter().all(is_free) {
                self.bases[base as usize] = true;
                return Some(base);
            }
            slot = self.free[slot as usize].1;
        }
    }

    /// Takes a slot, which is free.
    fn put(&mut self, slot: u32, unit: Unit) {
        self.units[slot as usize] = unit;
        let (before, behind) = std::mem::replace(&mut self.free[slot as usize], TAKEN);
        if let Some(before) = self.free.get_mut(before as usize) {
            before.1 = behind;
        }
        if let Some(behind) = self.free.get_mut(behind as usize) {
            behind.0 = before;
        }
        if self.first == slot {
            self.first = behind;
        }
        if self.last == slot {
            self.last = before;
        }
    }

    /// Another block: a node's children all lie in one. Its first slot; `None` where bases do not reach so far.
    fn grow(&mut self) -> Option<u32> {
        let start = u32::try_from(self.units.len()).ok()?;
        if start as usize >= MOST_SLOTS {
            return None;
        }
        let end = start + 256;
        self.units.resize(end as usize, u32::from(NONE));
        self.bases.resize(end as usize, false);
        let slots = start..end;
        self.free
            .extend(slots.map(|slot| (slot.wrapping_sub(1), slot + 1)));
        self.free[start as usize].0 = self.last;
        self.free[end as usize - 1].1 = NOWHERE;
        match self.free.get_mut(self.last as usize) {
            Some(last) => last.1 = start,
            None => self.first = start,
        }
        self.last = end - 1;
        while self.first + WINDOW < end {
            self.first = self.free[self.first as usize].1;
        }
        Some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trie(phrases: &[&str]) -> Trie {
        let numbered = phrases.iter().zip(0..).map(|(phrase, n)| (phrase.as_bytes(), n));
        Trie::new(numbered.collect()).expect("they are few")
    }

    #[test]
    fn finds_every_phrase_with_which_a_text_begins() {
        let trie = trie(&["plan", "plans", "plan of", "care", "", "é", "\0"]);
        let found = |text: &str| trie.walk(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(found("plans of"), [(4, 0), (5, 1)]);
        assert_eq!(found("plan of care"), [(4, 0), (7, 2)]);
        assert_eq!(found("pla"), []);
        assert_eq!(found("éa"), [(2, 5)]);
        assert_eq!(found("\0"), [(1, 6)]);
        assert_eq!(trie.get(b"care"), Some(3));
        assert_eq!(trie.get(b"car"), None);
        assert_eq!(trie.get(b"cares"), None);
        assert_eq!(trie.get(b""), None);
    }

    #[test]
    fn an_empty_trie_finds_nothing() {
        for trie in [Trie::default(), trie(&[])] {
            assert_eq!(trie.walk(b"plans\xff").next(), None);
            assert_eq!(trie.get(b"plans"), None);
            assert_eq!(trie.get(b""), None);
        }
    }

    #[test]
    fn agrees_with_a_search_one_by_one() {
        // All words of one to five letters out of four, but for every third.
        let mut phrases = vec![String::new()];
        let mut from = 0;
        for _ in 0..5 {
            let upto = phrases.len();
            for n in from..upto {
                for letter in ["a", "b", "é", " "] {
                    phrases.push(format!("{}{letter}", phrases[n]));
                }
            }
            from = upto;
        }
        let kept: Vec<&str> = phrases
            .iter()
            .enumerate()
            .filter(|(n, phrase)| n % 3 > 0 && !phrase.is_empty())
            .map(|(_, phrase)| phrase.as_str())
            .collect();
        let trie = trie(&kept);
        for text in &phrases {
            let mut expected: Vec<(usize, u32)> = (0..)
                .zip(&kept)
                .filter(|(_, phrase)| text.starts_with(**phrase))
                .map(|(n, phrase)| (phrase.len(), n))
                .collect();
            expected.sort_unstable();
            assert_eq!(trie.walk(text.as_bytes()).collect::<Vec<_>>(), expected, "{text}");
            let mut each = Vec::new();
            trie.each(text.as_bytes(), |length, number| each.push((length, number)));
            assert_eq!(each, expected, "{text}");
        }
        let mut sorted: Vec<Vec<u8>> = kept.iter().map(|phrase| phrase.as_bytes().to_vec()).collect();
        sorted.sort();
        assert_eq!(trie.phrases(), sorted);
        assert_eq!(Trie::from_units(trie.units().to_vec()), trie);
    }
}
