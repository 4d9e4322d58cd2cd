//! Standard output on a terminal: what JSON and CSV leave as it is and some terminals obey.
//!
//! JSON escapes the controls below the space and no others. DEL, those from U+0080 on and marks that turn the direction of text stay
//! in it as they stood in the document. Files and pipes get the bytes as they are; people get what
//! [`visible_text`] makes of them.

use std::io::{self, Write};

use findings::report::visible_text;

/// Writes UTF-8 on, with what a terminal would obey made visible.
pub(crate) struct Shown<W> {
    out: W,
    /// The first bytes of a character whose last have not come yet.
    begun: Vec<u8>,
}

impl<W: Write> Shown<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out,
            begun: Vec::new(),
        }
    }
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = std::mem::take(&mut self.begun);
        text.extend_from_slice(bytes);
        let mut read = 0;
        for chunk in text.utf8_chunks() {
            read += chunk.valid().len() + chunk.invalid().len();
            self.out.write_all(visible_text(chunk.valid()).as_bytes())?;
            match chunk.invalid() {
                [] => {}
                begun if read == text.len() && is_begun(begun) => self.begun = begun.to_vec(),
                _ => self.out.write_all("\u{fffd}".as_bytes())?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether these bytes are no character yet, but may become one.
fn is_begun(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
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
    fn controls_and_marks_of_direction_are_shown_and_all_else_stays() {
        assert_eq!(
            shown(&["a\u{9b}2Jb\u{7f}c\u{85}\u{202e}d".as_bytes()]),
            "a\u{fffd}2Jb␡c\u{fffd}\u{fffd}d"
        );
        let sound = "{\"text\": \"children’s £ \u{a0} é 😀\"}\n";
        assert_eq!(shown(&[sound.as_bytes()]), sound);
    }

    #[test]
    fn a_character_may_be_cut_between_two_writes() {
        assert_eq!(shown(&[b"a\xc2", b"\x9bb\xc2", b"\xa3"]), "a\u{fffd}b£");
        let (one, other) = "😀\u{202e}".as_bytes().split_at(6);
        assert_eq!(shown(&[one, other]), "😀\u{fffd}");
        assert_eq!(shown(&[b"\xf0", b"\x9f", b"\x98", b"\x80"]), "😀");
    }

    #[test]
    fn what_is_no_text_does_no_harm() {
        assert_eq!(shown(&[b"a\xff\xe2b\xe2", b"c"]), "a\u{fffd}\u{fffd}b\u{fffd}c");
    }
}
