//! Changes of inputs, the same on every run.

use super::seeds::WORDS;

/// Longer inputs take long in a build without optimisation.
const LONGEST: usize = 20_000;

/// Numbers by SplitMix64 (Sebastiano Vigna), and inputs to change.
pub(super) struct Changes<'i> {
    state: u64,
    inputs: &'i [Vec<u8>],
}

impl<'i> Changes<'i> {
    /// Changes of these inputs; the name decides which.
    pub(super) fn new(name: &str, inputs: &'i [Vec<u8>]) -> Self {
        let state = name.bytes().fold(7, |state, byte| state * 31 + u64::from(byte));
        Self { state, inputs }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap()
    }

    /// A stretch of at most so many bytes.
    fn stretch(&mut self, bytes: &[u8], most: usize) -> (usize, usize) {
        let start = self.below(bytes.len() + 1);
        (start, (start + self.below(most)).min(bytes.len()))
    }

    /// The next input.
    pub(super) fn next(&mut self) -> Vec<u8> {
        let mut input = self.inputs[self.below(self.inputs.len())].clone();
        input.truncate(LONGEST);
        for _ in 0..=self.below(6) {
            self.change(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (start, end) = self.stretch(input, 200);
        match self.below(8) {
            0 if start < input.len() => input[start] ^= 1 << self.below(8),
            1 if start < input.len() => input[start] = u8::try_from(self.below(256)).unwrap(),
            2 => {
                input.drain(start..end);
            }
            3 => {
                let copy = input[start..end].repeat(1 + self.below(4));
                input.splice(start..start, copy);
            }
            4 => input.truncate(start),
            5 => {
                let other = &self.inputs[self.below(self.inputs.len())];
                let (from, to) = self.stretch(other, 400);
                input.splice(start..end, other[from..to].iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(start..start, word.bytes());
            }
        }
    }
}
