//! Standard output on a terminal: what JSON leaves as it is and some terminals obey.
//!
//! JSON escapes the controls below the space and no others. DEL and those from U+0080 on stay in it as they stood in the document,
//! and U+009B begins an escape sequence for terminals of the old school. Files and pipes get the bytes as they are; people
//! get a picture.

use std::io::{self, Write};

/// What a DEL is shown as, and what the others are, which have no pictures.
const DEL: &[u8] = "\u{2421}".as_bytes();
const OTHERS: &[u8] = "\u{fffd}".as_bytes();

/// The first byte of U+0080 to U+00BF in UTF-8.
const LEAD: u8 = 0xc2;

/// Writes UTF-8 on, with controls above the space made visible.
pub(crate) struct Shown<W> {
    out: W,
    /// The last byte was [`LEAD`], and waits for the next.
    lead: bool,
}

impl<W: Write> Shown<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, lead: false }
    }
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut shown = Vec::with_capacity(bytes.len() + 1);
        for &byte in bytes {
            match (std::mem::take(&mut self.lead), byte) {
                (false, LEAD) => self.lead = true,
                (false, 0x7f) => shown.extend_from_slice(DEL),
                (true, 0x80..=0x9f) => shown.extend_from_slice(OTHERS),
                (true, other) => shown.extend_from_slice(&[LEAD, other]),
                (false, other) => shown.push(other),
            }
        }
        self.out.write_all(&shown)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut shown = Shown::new(&mut out);
        for piece in pieces {
            shown.write_all(piece).unwrap();
        }
        shown.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn controls_are_shown_and_all_else_stays() {
        assert_eq!(
            shown(&["a\u{9b}2Jb\u{7f}c\u{85}".as_bytes()]),
            "a\u{fffd}2Jb␡c\u{fffd}"
        );
        let sound = "{\"text\": \"children’s £ \u{a0} é 😀\"}\n";
        assert_eq!(shown(&[sound.as_bytes()]), sound);
    }

    #[test]
    fn a_character_may_be_cut_between_two_writes() {
        assert_eq!(shown(&[b"a\xc2", b"\x9bb\xc2", b"\xa3"]), "a\u{fffd}b£");
    }
}
