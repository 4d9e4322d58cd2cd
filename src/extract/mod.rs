//! From bytes to words in reading order: one reader for each format.
//!
//! In: a [`Source`]. Out: an [`Extract`]: the text as `findings text` prints it, cut into blocks.
//! Not decided here: which blocks are page furniture by repetition, which belong together across pages, what is a
//! sentence. See [`crate::text`].

#[cfg(feature = "docx")]
mod docx;
#[cfg(any(feature = "docx", feature = "html"))]
mod flow;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "docx", feature = "html"))]
mod numeral;
#[cfg(feature = "docx")]
mod odt;
#[cfg(feature = "docx")]
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Limit, Reason};
use crate::source::{Format, Source, megabytes};
use crate::span::Span;

/// What a document may hold at most. Beyond it, it is not read, and the error says which limit was passed.
///
/// These are checked as a reader goes. They do not bound time or memory: a hostile PDF of a few kilobytes can take
/// minutes and gigabytes inside its reader. The program therefore reads such formats in a process of their own; a caller
/// of the library that reads documents from strangers has to do the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file, and of each part that is unpacked from it. An HTML page may have a quarter of it, since its tree takes some
    /// twenty times as much memory.
    pub bytes: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// Elements of HTML or XML that may be open at once. Pages made by hand and by programs stay below a hundred; unclosed
    /// `font` elements of old pages may seem to be some thousands.
    pub depth: usize,
}

impl Default for Limits {
    /// 128 MiB, 2,000 pages, 10,000 elements: some fifty times the largest letters known.
    fn default() -> Self {
        Self {
            bytes: 128 << 20,
            pages: 2_000,
            depth: 10_000,
        }
    }
}

/// Reads a document's text in the way of its format, within the limits that are set by default.
///
/// # Errors
/// As [`extract_within`].
pub fn extract(source: &Source) -> Result<Extract, Error> {
    extract_within(source, &Limits::default())
}

/// Reads a document's text in the way of its format.
///
/// # Errors
/// [`Error::Document`] where the document is empty, encrypted, damaged, beyond a limit, or of a format whose reader is not
/// part of this build.
pub fn extract_within(source: &Source, limits: &Limits) -> Result<Extract, Error> {
    let read = match source.format {
        _ if source.bytes.len() > limits.bytes => Err(Reason::TooLarge {
            limit: Limit::Bytes,
            message: format!(
                "a document may have {}, this one has {}",
                megabytes(limits.bytes),
                megabytes(source.bytes.len())
            ),
        }),
        Format::Text => Ok(plain::read(&source.bytes)),
        #[cfg(feature = "html")]
        Format::Html => html::read(&source.bytes, limits),
        #[cfg(not(feature = "html"))]
        Format::Html => Err(Reason::NotBuilt {
            format: "HTML",
            feature: "html",
        }),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::read(&source.bytes, limits),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(Reason::NotBuilt {
            format: "PDF",
            feature: "pdf",
        }),
        #[cfg(feature = "docx")]
        Format::Docx => docx::read(&source.bytes, limits),
        #[cfg(feature = "docx")]
        Format::Odt => odt::read(&source.bytes, limits),
        #[cfg(not(feature = "docx"))]
        Format::Docx => Err(Reason::NotBuilt {
            format: "DOCX",
            feature: "docx",
        }),
        #[cfg(not(feature = "docx"))]
        Format::Odt => Err(Reason::NotBuilt {
            format: "ODT",
            feature: "docx",
        }),
    };
    match read {
        Ok(extract) if extract.blocks.is_empty() => Err(Reason::Empty),
        read => read,
    }
    .map_err(|reason| Error::Document {
        document: source.name.clone(),
        reason,
    })
}

/// What a reader gives: text and its blocks, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    /// The whole text. For plain text the decoded file itself; for every other format what `findings text` prints:
    /// one line a block, an empty line between blocks, cells of one table row on neighbouring lines.
    pub text: String,
    /// The blocks, in order, not overlapping; spans are bytes into `text`.
    pub blocks: Vec<Block>,
    /// Things that a reader of the output should know ("2 of 14 pages hold no text").
    pub warnings: Vec<String>,
}

/// A stretch that the layout sets apart: a paragraph, a heading, a bullet, a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the text, without space at either end. Line breaks inside are possible in plain text only.
    pub span: Span,
    /// What the format says it is.
    pub kind: BlockKind,
    /// Physical page from 1, where the format has pages.
    pub page: Option<u32>,
    /// All its letters are bold.
    pub bold: bool,
    /// Size of its letters in points, 0 where the format has none.
    pub size: f32,
}

/// What a format says a block is. Formats that say little say [`BlockKind::Paragraph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text; also headings that nothing marks as such.
    Paragraph,
    /// A heading marked as such, level from 1.
    Heading(u8),
    /// An item of a list. Its bullet or number may stand in the text or be left out.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote or endnote.
    Note,
    /// An entry of a table of contents.
    Contents,
}

impl Extract {
    /// Adds a block at the end, an empty line (for neighbouring cells a line break) after the one before it.
    /// White space inside `text` becomes single spaces. A block without text is left out.
    pub fn push(&mut self, text: &str, kind: BlockKind, page: Option<u32>, bold: bool, size: f32) {
        let mut words = text.split_whitespace();
        let Some(first) = words.next() else { return };
        if let Some(last) = self.blocks.last() {
            let same_table = kind == BlockKind::Cell && last.kind == BlockKind::Cell;
            self.text.push_str(if same_table { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.text.push_str(first);
        for word in words {
            self.text.push(' ');
            self.text.push_str(word);
        }
        self.blocks.push(Block {
            span: Span::new(start, self.text.len()),
            kind,
            page,
            bold,
            size,
        });
    }
}

#[cfg(test)]
mod tests;
