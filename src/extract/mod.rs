//! From bytes to words in reading order: one reader for each format.
//!
//! In: a [`Source`](crate::source::Source). Out: an [`Extract`]: the text as `findings text` prints it, cut into blocks.
//! Not decided here: which blocks are page furniture by repetition, which belong together across pages, what is a
//! sentence. See [`crate::text`].

#[cfg(feature = "pdf")]
pub(crate) mod pdf;

use crate::span::Span;

/// What a reader gives: text and its blocks, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind, page, bold, size });
    }
}
