//! What a PDF reader hands to the layout: pages of letters with their place, size and weight.
//!
//! The layout knows nothing of PDF objects and fonts; whatever implements [`Glyphs`] can take the present reader's place.

use crate::extract::BlockKind;

/// A PDF file opened for reading, one page at a time.
pub(crate) trait Glyphs {
    /// Number of pages.
    fn pages(&self) -> usize;

    /// The letters of a page (from 0), in the order in which the file draws them.
    fn page(&mut self, index: usize) -> Page;
}

/// What stands on one page. Measures are points (1/72 inch) from the page's upper left corner, y downwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Height of the page.
    pub(crate) height: f32,
    /// Its letters, in the order in which they are drawn.
    pub(crate) glyphs: Vec<Glyph>,
    /// Fonts that could not be read; what they draw is lost.
    pub(crate) lost_fonts: usize,
}

/// One drawn letter. A ligature, or a passage with a text of its own (`ActualText`), may hold several characters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// What it stands for; U+FFFD where the font does not say.
    pub(crate) text: String,
    /// Where it begins.
    pub(crate) x: f32,
    /// Where it ends by the width of the font, without the space between letters.
    pub(crate) end: f32,
    /// Its baseline.
    pub(crate) y: f32,
    /// Size of the font.
    pub(crate) size: f32,
    /// Whether the font is bold.
    pub(crate) bold: bool,
    /// Number of the drawing instruction that it came with. Inside one instruction gaps are spacing more often than
    /// between two.
    pub(crate) run: u32,
    /// Where the file's tags place it; nothing in files without tags.
    pub(crate) place: Option<Place>,
    /// Marked as page furniture: running headers, page numbers, rules.
    pub(crate) artifact: bool,
}

/// The element of the file's structure that a letter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Number of the paragraph, cell or list item; the same for all its letters, also across pages.
    pub(crate) element: u32,
    /// What the tags say it is.
    pub(crate) kind: BlockKind,
}
