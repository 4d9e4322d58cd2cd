//! Tables of any length: a head that stays in sight, filters, rows one after another.

use std::io;

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, Worksheet};

use super::looks::{BAD_TINT, BOTH_TINT, GOOD_TINT};
use super::{Book, Value, failed};

/// Height of a line of text, in points, and the most of them that Excel gives a row.
const LINE: f64 = 15.0;
const TALLEST: u32 = 27;

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) name: String,
    /// In characters.
    pub(super) width: f64,
    /// Long text is broken into lines.
    pub(super) wrap: bool,
    /// Cells are tinted by what they say of strength and concern.
    pub(super) tinted: bool,
}

impl Head {
    pub(super) fn new(name: &str, width: f64) -> Self {
        Self {
            name: name.to_owned(),
            width,
            wrap: false,
            tinted: false,
        }
    }

    pub(super) fn wrapped(name: &str, width: f64) -> Self {
        Self {
            wrap: true,
            ..Self::new(name, width)
        }
    }

    pub(super) fn tinted(name: &str, width: f64) -> Self {
        Self {
            tinted: true,
            ..Self::new(name, width)
        }
    }
}

/// A table being written. Rows are on disk as soon as they are done; a table that is longer than a sheet goes on in
/// further ones.
pub(super) struct Table {
    name: &'static str,
    heads: Vec<Head>,
    full: Vec<Worksheet>,
    sheet: Worksheet,
    /// The next row of the sheet.
    row: u32,
    links: usize,
    /// How many columns are printed; the others are for programs.
    printed: usize,
}

impl Table {
    pub(super) fn new(book: &mut Book, name: &'static str, heads: Vec<Head>) -> io::Result<Self> {
        let sheet = begin(book, name, &heads)?;
        Ok(Self {
            printed: heads.len(),
            name,
            heads,
            full: Vec::new(),
            sheet,
            row: 1,
            links: 0,
        })
    }

    /// Prints the first columns only.
    pub(super) fn print(mut self, columns: usize) -> Self {
        self.printed = columns;
        self
    }

    /// Writes one row.
    pub(super) fn row(&mut self, book: &mut Book, values: Vec<Value>) -> io::Result<()> {
        if self.row == book.limits.rows {
            let name = format!("{} {}", self.name, self.full.len() + 2);
            let next = begin(book, &name, &self.heads)?;
            let mut full = std::mem::replace(&mut self.sheet, next);
            self.end(&mut full)?;
            self.full.push(full);
            (self.row, self.links) = (1, 0);
            book.short.further += 1;
        }
        let lines = self
            .heads
            .iter()
            .zip(&values)
            .filter(|(head, _)| head.wrap)
            .map(|(head, value)| value.lines(head.width))
            .max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            // LibreOffice does not make room by itself.
            let height = LINE * f64::from(lines.min(TALLEST));
            self.sheet.set_row_height(self.row, height).map_err(failed)?;
        }
        for ((column, head), mut value) in (0_u16..).zip(&self.heads).zip(values) {
            if let Value::Link(text, _) = &value {
                if self.links == book.limits.links {
                    book.short.unlinked += 1;
                    value = Value::text(text);
                } else {
                    self.links += 1;
                }
            }
            book.put(&mut self.sheet, (self.row, column), &value, head.wrap)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Adds the table to the workbook.
    pub(super) fn finish(mut self, book: &mut Book) -> io::Result<()> {
        let mut last = std::mem::take(&mut self.sheet);
        self.end(&mut last)?;
        for sheet in self.full.into_iter().chain([last]) {
            book.push(sheet);
        }
        Ok(())
    }

    fn end(&self, sheet: &mut Worksheet) -> io::Result<()> {
        let last = (self.row - 1).max(1);
        let columns = u16::try_from(self.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, self.row - 1, columns).map_err(failed)?;
        if self.printed < self.heads.len() {
            let printed = u16::try_from(self.printed.saturating_sub(1)).unwrap_or(u16::MAX);
            sheet
                .set_print_area(0, 0, self.row - 1, printed)
                .map_err(failed)?;
        }
        for (column, head) in (0_u16..).zip(&self.heads) {
            if !head.tinted {
                continue;
            }
            for (says, tint) in [
                ("strength", GOOD_TINT),
                ("concern", BAD_TINT),
                ("mixed", BOTH_TINT),
            ] {
                let tint = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(says))
                    .set_format(Format::new().set_background_color(tint));
                sheet
                    .add_conditional_format(1, column, last, column, &tint)
                    .map_err(failed)?;
            }
        }
        Ok(())
    }
}

fn begin(book: &mut Book, name: &str, heads: &[Head]) -> io::Result<Worksheet> {
    let mut sheet = book
        .workbook
        .new_worksheet_with_constant_memory()
        .map_err(failed)?;
    sheet.set_name(name).map_err(failed)?;
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0).map_err(failed)?;
    for (column, head) in (0_u16..).zip(heads) {
        sheet.set_column_width(column, head.width).map_err(failed)?;
        book.say(&mut sheet, (0, column), &head.name, |looks| &looks.head)?;
    }
    Ok(sheet)
}
