//! Blocks as a word processor or a page gives them, before it is known which tables are tables.
//!
//! In: blocks, and where tables, rows and cells begin and end. Out: an [`Extract`]. Decides which tables only lay out
//! a page: those with one cell a row (a box around "What needs to improve") and those with a table inside. Blocks in
//! them keep their kind, those in all other tables become [`BlockKind::Cell`].

use std::collections::BTreeMap;

use super::{BlockKind, Extract};

/// A block on its way.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: BlockKind,
    pub(super) page: Option<u32>,
    pub(super) bold: bool,
    pub(super) size: f32,
}

/// The blocks so far.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pieces: Vec<Piece>,
    notes: Vec<Piece>,
    tables: Vec<Table>,
}

/// A table that is open.
#[derive(Debug)]
struct Table {
    /// Index of its first piece.
    first: usize,
    /// Cells so far in the row, and in the longest row.
    cells: usize,
    most: usize,
    holds_table: bool,
}

impl Flow {
    /// Adds a block; a note goes to the end of the text, so that it cuts no paragraph in two.
    pub(super) fn add(&mut self, mut piece: Piece) {
        // A soft hyphen shows only where a line breaks; zero-width characters show nowhere.
        piece
            .text
            .retain(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}'));
        if piece.text.trim().is_empty() {
            return;
        }
        if piece.text.contains('\u{2011}') {
            piece.text = piece.text.replace('\u{2011}', "-");
        }
        if piece.kind == BlockKind::Note {
            self.notes.push(piece)
        } else {
            self.pieces.push(piece)
        }
    }

    /// Whether no block has been added yet.
    #[cfg(feature = "docx")]
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn table(&mut self) {
        if let Some(outer) = self.tables.last_mut() {
            outer.holds_table = true;
        }
        self.tables.push(Table {
            first: self.pieces.len(),
            cells: 0,
            most: 0,
            holds_table: false,
        });
    }

    pub(super) fn row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells = 0;
        }
    }

    pub(super) fn cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells += 1;
            table.most = table.most.max(table.cells);
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        if table.most > 1 && !table.holds_table {
            for piece in &mut self.pieces[table.first..] {
                piece.kind = BlockKind::Cell;
            }
        }
    }

    /// The text; without pages where the document did not say where they end.
    pub(super) fn finish(mut self, paged: bool) -> Extract {
        while !self.tables.is_empty() {
            self.end_table();
        }
        let mut extract = Extract::default();
        for piece in self.pieces.into_iter().chain(self.notes) {
            extract.push(
                &piece.text,
                piece.kind,
                piece.page.filter(|_| paged),
                piece.bold,
                piece.size,
            );
        }
        extract
    }
}

/// The type of a block's letters, counted while its text is written.
#[derive(Debug, Default)]
pub(super) struct Letters {
    all: usize,
    bold: usize,
    /// Letters of each size, by its bits: sizes are positive, so their bits stand in the same order.
    sizes: BTreeMap<u32, usize>,
}

impl Letters {
    /// Counts the letters of `text`, set in a size of so many points.
    pub(super) fn add(&mut self, text: &str, bold: bool, size: f32) {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.all += letters;
        self.bold += if bold { letters } else { 0 };
        *self.sizes.entry(size.to_bits()).or_default() += letters;
    }

    /// Counts the letters of `other` too.
    #[cfg(feature = "docx")]
    pub(super) fn join(&mut self, other: Self) {
        self.all += other.all;
        self.bold += other.bold;
        for (size, letters) in other.sizes {
            *self.sizes.entry(size).or_default() += letters;
        }
    }

    /// Whether there are letters and all are bold.
    pub(super) fn all_bold(&self) -> bool {
        self.all > 0 && self.bold == self.all
    }

    /// The size of most letters in points.
    #[cfg(feature = "docx")]
    pub(super) fn size(&self) -> f32 {
        let most = self.sizes.iter().max_by_key(|(_, letters)| **letters);
        most.map_or(0.0, |(size, _)| f32::from_bits(*size))
    }
}
