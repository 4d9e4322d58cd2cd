//! From bytes to characters.
//!
//! In: bytes, and the encoding that the document names where it names one. Out: the text without its byte order mark,
//! otherwise unchanged, so that offsets into it are offsets into the file. Does not decide what the text is.
//!
//! In order: byte order mark; UTF-16 without a mark; UTF-8; the named encoding; Mac OS Roman; a guess by chardetng.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE};

/// How far into a file to look for the pattern of UTF-16, in bytes.
const HEAD: usize = 4096;

/// Good characters of several bytes to each bad stretch, from which on a file counts as UTF-8 with damage (a download
/// cut off in the middle of a character) rather than as another encoding.
const GOOD_PER_BAD: usize = 8;

/// The text of `bytes`. Never fails: what cannot be decoded becomes U+FFFD.
///
/// `declared` is what the document says of itself, as in `<meta charset>`. It comes after UTF-8, since a text that is
/// UTF-8 throughout is nothing else, whatever a page saved and saved again still claims.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = guess_utf16(bytes) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return text.to_owned();
    }
    if is_nearly_utf8(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let encoding = declared.unwrap_or_else(|| {
        if is_mac_roman(bytes) {
            MACINTOSH
        } else {
            guess(bytes)
        }
    });
    decode_as(encoding, bytes)
}

/// Whether a decoded text reads like text: no NUL, few control characters, few characters that could not be decoded.
pub(crate) fn is_text(text: &str) -> bool {
    let (mut all, mut odd) = (0_usize, 0_usize);
    let mut rest = text;
    loop {
        let plain = |byte: &&u8| matches!(byte, b' '..=b'~' | b'\n');
        let run = rest.as_bytes().iter().take_while(plain).count();
        all += run;
        rest = &rest[run..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        all += 1;
        match c {
            '\0' => return false,
            // Ctrl-Z ends some old DOS files; what a terminal printed holds escapes and bells, and is text.
            '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1a' | '\x1b' | '\x07' | '\u{85}' => {}
            '\u{fffd}' => odd += 1,
            _ if c.is_control() => odd += 1,
            _ => {}
        }
    }
    odd * 50 <= all
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// English in UTF-16 has a zero in nearly every second byte, and always on the same side.
fn guess_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let units = head.len() / 2;
    if units < 2 {
        return None;
    }
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = units * 3 / 5;
    let few = units / 50;
    if odd > most && even <= few {
        Some(UTF_16LE)
    } else if even > most && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= bad * GOOD_PER_BAD
}

/// "children's" with the apostrophe of Mac OS Roman (0xD5), which chardetng reads as the letter of Windows-1252.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let apostrophes = |mark: u8| {
        let between = |w: &&[u8]| w[1] == mark && w[0].is_ascii_lowercase() && w[2].is_ascii_lowercase();
        bytes.windows(3).filter(between).count()
    };
    apostrophes(0xd5) > apostrophes(0x92)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"uk"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::{decode, is_text};

    const TEXT: &str = "Children’s plans – all of them – are “good”.";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn marks_are_read_and_left_out() {
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend(TEXT.as_bytes());
        assert_eq!(decode(&bytes, None), TEXT);
        for (little, mark) in [(true, [0xff, 0xfe]), (false, [0xfe, 0xff])] {
            let mut bytes = mark.to_vec();
            bytes.extend(utf16(TEXT, little));
            assert_eq!(decode(&bytes, None), TEXT);
        }
    }

    #[test]
    fn utf16_needs_no_mark() {
        assert_eq!(decode(&utf16(TEXT, true), None), TEXT);
        assert_eq!(decode(&utf16(TEXT, false), None), TEXT);
    }

    #[test]
    fn windows_and_mac_apostrophes() {
        assert_eq!(
            decode(b"Children\x92s plans are \x93good\x94.", None),
            "Children’s plans are “good”."
        );
        assert_eq!(
            decode(b"Children\xd5s plans are \xd2good\xd3.", None),
            "Children’s plans are “good”."
        );
    }

    #[test]
    fn a_cut_character_does_not_spoil_the_rest() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        bytes.extend(b"\xe2\x80");
        assert_eq!(decode(&bytes, None), format!("{}\u{fffd}", TEXT.repeat(3)));
    }

    #[test]
    fn the_declared_encoding_speaks_only_where_utf8_does_not_fit() {
        assert_eq!(decode(b"caf\xe9", Some(encoding_rs::WINDOWS_1252)), "café");
        assert_eq!(decode("café".as_bytes(), Some(encoding_rs::WINDOWS_1252)), "café");
    }

    #[test]
    fn line_ends_stay() {
        assert_eq!(decode(b"One.\r\nTwo.\r", None), "One.\r\nTwo.\r");
    }

    #[test]
    fn text_and_not_text() {
        assert!(is_text(TEXT));
        assert!(is_text("1\x0c2\r\n\t3\x1a"));
        assert!(!is_text("a\0b"));
        assert!(!is_text("\x01\x02abc"));
    }
}
