//! Words counted in the text in normal form, which is how far gaps reach.
//!
//! In: the text and places in it. Out: numbers. Not decided here: how many are too many.

/// Counts words between a place and others behind it: stretches between spaces that hold a letter or figure.
pub(super) struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
    count: u32,
    /// The stretch in hand is counted already.
    counted: bool,
}

impl<'a> Words<'a> {
    pub(super) fn from(text: &'a str, at: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at,
            count: 0,
            counted: false,
        }
    }

    /// Words from the place to another, which is never before the last one asked for.
    pub(super) fn upto(&mut self, end: usize) -> u32 {
        for byte in &self.bytes[self.at..end] {
            if *byte == b' ' {
                self.counted = false;
            } else if !self.counted && byte.is_ascii_alphanumeric() {
                self.counted = true;
                self.count += 1;
            }
        }
        self.at = end;
        self.count
    }
}
