//! PDF: letters by way of a library, everything from letters upwards by a layout of our own.
//!
//! In: bytes. Out: an [`Extract`]. Nearly all letters are tagged by Word: there the tags say what is a paragraph and
//! what is page furniture. Where tags are missing, position and repetition have to say it.
//!
//! ```text
//! reader (hayro) ──> glyphs ──> lines ──> furniture ──> paragraphs ──> layout
//!      └── tags ───────┘
//! ```

mod furniture;
mod glyphs;
mod labels;
mod layout;
mod lines;
mod paragraphs;
mod reader;
mod tags;

use std::panic::{AssertUnwindSafe, catch_unwind};

use self::furniture::Sheet;
use self::glyphs::Glyphs;
use crate::error::{Limit, Reason};
use crate::extract::{Extract, Limits};

/// Most characters that are read.
pub(crate) const MAX_CHARACTERS: usize = 20_000_000;
const CUT_OFF: &str = "the file stops short of its end; text may be missing";
/// Above this share of undecodable characters the text is worth nothing.
const MAX_UNDECODABLE: f64 = 0.3;

/// Reads a PDF file.
///
/// # Errors
/// [`Reason::Encrypted`] where a password is needed, [`Reason::NoText`] for scans, [`Reason::TooLarge`] beyond a
/// limit, [`Reason::Damaged`] where no page can be found or the reader fails.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Extract, Reason> {
    let read = || {
        let pdf = reader::open(bytes)?;
        extract(&mut reader::Reader::new(&pdf), limits)
    };
    // No file is known to make the library panic, but it is young and reads whatever comes. Nothing of it outlives
    // the call, so no broken state can be seen.
    let failed = || Reason::Damaged("the PDF reader failed on it; save it again as PDF".to_owned());
    let mut extract = match catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(failed())) {
        Err(Reason::NoText { .. }) if !ends_well(bytes) => {
            return Err(Reason::Damaged(
                "it stops short of its end, before any text".to_owned(),
            ));
        }
        read => read?,
    };
    if !ends_well(bytes) {
        extract.warnings.push(CUT_OFF.to_owned());
    }
    Ok(extract)
}

fn extract(reader: &mut impl Glyphs, limits: &Limits) -> Result<Extract, Reason> {
    let pages = reader.pages();
    if pages > limits.pages {
        return Err(Reason::TooLarge {
            limit: Limit::Pages,
            message: format!("a PDF may have {} pages, this one has {pages}", limits.pages),
        });
    }
    let (mut sheets, mut empty, mut characters, mut undecodable, mut lost_fonts) = (Vec::new(), 0, 0, 0, 0);
    for index in 0..pages {
        let page = reader.page(index);
        empty += usize::from(page.glyphs.is_empty());
        lost_fonts += page.lost_fonts;
        for c in page
            .glyphs
            .iter()
            .flat_map(|glyph| glyph.text.chars())
            .filter(|c| !c.is_whitespace())
        {
            characters += 1;
            undecodable += usize::from(c == char::REPLACEMENT_CHARACTER);
        }
        if characters > MAX_CHARACTERS {
            return Err(Reason::TooLarge {
                limit: Limit::Characters,
                message: format!("{MAX_CHARACTERS} characters in a PDF"),
            });
        }
        sheets.push(Sheet {
            height: page.height,
            lines: lines::lines(&page.glyphs),
        });
    }
    let mut extract = layout::lay_out(sheets);
    if extract.blocks.is_empty() {
        return Err(Reason::NoText { pages });
    }
    if undecodable as f64 > MAX_UNDECODABLE * characters as f64 {
        let why = "its fonts do not say which letters they draw; run it through text recognition (OCR) first";
        return Err(Reason::Damaged(why.to_owned()));
    }
    let mut warn = |count: usize, words: String| {
        if count > 0 {
            extract.warnings.push(words);
        }
    };
    warn(empty, format!("{empty} of {pages} page(s) hold no text"));
    warn(
        undecodable,
        format!("{undecodable} of {characters} characters cannot be decoded"),
    );
    warn(
        lost_fonts,
        format!("{lost_fonts} font(s) cannot be read; what they print is missing"),
    );
    Ok(extract)
}

/// The mark that ends a whole file. Some programs add a little behind it.
fn ends_well(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(5).any(|window| window == b"%%EOF")
}

#[cfg(test)]
mod tests;
