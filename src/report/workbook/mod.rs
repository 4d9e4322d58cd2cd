//! Workbooks for spreadsheets: what every sheet shares.
//!
//! In: names of sheets and typed cells. Out: the bytes of an .xlsx file, the same for the same cells. Decides how cells
//! look, and what becomes of what Excel has no room for; which sheets and columns there are, the formats decide.
//!
//! Nothing of a document acts: text is always written as text, never as a formula or a link, and where Excel would make a
//! formula of it as soon as somebody edits the cell, the cell is marked as quoted. Links lead to files that were named in
//! the call, by paths that are encoded, and nowhere else.

mod about;
mod charts;
mod facts;
mod findings;
mod links;
mod looks;
mod places;
mod table;
mod themes;
mod value;
mod visits;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::csv::is_formula;
use super::{Made, visible_text};
use looks::Looks;
use value::{day, fitting};

pub(super) use about::about;
#[cfg(feature = "word")]
pub(super) use charts::chart_alone;
use charts::{chart_of_themes, data_of_themes, height_of_chart};
pub(super) use facts::facts;
pub(super) use findings::Findings;
pub(super) use places::names;
#[cfg(feature = "word")]
pub(super) use themes::said;
pub(super) use themes::themes;
pub(super) use value::Value;
pub(super) use visits::{long, visits};

/// What stands for an authority that no document names.
pub(super) const UNKNOWN: &str = "Unknown authority";
/// Most UTF-16 units in a cell.
const LETTERS: usize = 32_767;

/// What Excel has room for; tests make it smaller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows of a sheet.
    pub(super) rows: u32,
    /// Links of a sheet.
    pub(super) links: usize,
    /// Sheets that are made for authorities.
    pub(super) authorities: usize,
}

impl Limits {
    pub(super) const EXCEL: Self = Self {
        rows: 1_048_576,
        links: 65_530,
        // Excel has no limit but memory; a workbook of more cannot be found one's way in.
        authorities: 200,
    };
}

/// What had no room.
#[derive(Clone, Copy, Debug, Default)]
struct Short {
    cut: usize,
    unlinked: usize,
    further: usize,
    authorities: usize,
}

/// A workbook being made.
pub(super) struct Book {
    workbook: Workbook,
    looks: Looks,
    limits: Limits,
    short: Short,
}

impl Book {
    pub(super) fn new(made: &Made, title: &str, limits: Limits) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // The field has to hold a time. Without one that was given it is that of the files in the archive.
        let time = match made.date {
            Some(date) => ExcelDateTime::from_timestamp(date.as_second()),
            None => ExcelDateTime::from_ymd(1980, 1, 1),
        };
        let properties = DocProperties::new()
            .set_title(visible_text(title))
            .set_author(format!("findings {}", env!("CARGO_PKG_VERSION")))
            .set_creation_datetime(&time.map_err(failed)?);
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            looks: Looks::new(),
            limits,
            short: Short::default(),
        })
    }

    /// Writes one cell.
    fn put(&mut self, sheet: &mut Worksheet, at: (u32, u16), value: &Value, wrap: bool) -> io::Result<()> {
        let Self { looks, short, .. } = self;
        let (row, column) = at;
        match value {
            Value::Empty => return Ok(()),
            Value::Whole(number) => sheet.write_number_with_format(row, column, *number as f64, &looks.whole),
            Value::Decimal(number) => sheet.write_number_with_format(row, column, *number, &looks.decimal),
            Value::Percent(number) => sheet.write_number_with_format(row, column, *number, &looks.percent),
            Value::Date(date) => match day(date) {
                Some(day) => sheet.write_datetime_with_format(row, column, &day, &looks.date),
                None => return words(short, sheet, at, date, &looks.text),
            },
            Value::Text(text) => {
                let look = if wrap { &looks.wrapped } else { &looks.text };
                return words(short, sheet, at, text, look);
            }
            Value::Link(text, to) => {
                let shown = visible_text(text);
                let url = rust_xlsxwriter::Url::new(to).set_text(fitting(&shown, LETTERS).0);
                if is_formula(&shown) {
                    sheet.write_url_with_format(row, column, url, &looks.link.clone().set_quote_prefix())
                } else {
                    sheet.write_url_with_format(row, column, url, &looks.link)
                }
            }
        }
        .map(|_| ())
        .map_err(failed)
    }

    /// Writes words of one of these looks.
    fn say(
        &mut self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        text: &str,
        look: fn(&Looks) -> &Format,
    ) -> io::Result<()> {
        words(&mut self.short, sheet, at, text, look(&self.looks))
    }

    /// Adds a finished sheet.
    fn push(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
    }

    /// Notes that so many authorities have no sheet.
    pub(super) fn leave_out(&mut self, authorities: usize) {
        self.short.authorities = authorities;
    }

    /// What of the findings is not in the workbook as it was; one sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        let Short {
            cut,
            unlinked,
            further,
            authorities,
        } = self.short;
        let Limits { rows, links, .. } = self.limits;
        [
            (
                cut,
                format!("{cut} cells hold only the first {LETTERS} characters of their text, which is as much as Excel keeps"),
            ),
            (
                unlinked,
                format!("{unlinked} rows do not link to their document, since Excel keeps {links} links a sheet"),
            ),
            (
                further,
                format!("rows go on in {further} further sheets, since Excel keeps {rows} rows a sheet"),
            ),
            (
                authorities,
                format!("{authorities} authorities have no sheet of their own; their visits stand in the sheets of all"),
            ),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, note)| note)
        .collect()
    }

    /// The file.
    pub(super) fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        // In memory first: the writer below wants to go back and forth, and to be sent between threads.
        let bytes = self.workbook.save_to_buffer().map_err(failed)?;
        out.write_all(&bytes)
    }
}

/// Writes words as words, whatever they look like.
fn words(
    short: &mut Short,
    sheet: &mut Worksheet,
    at: (u32, u16),
    text: &str,
    look: &Format,
) -> io::Result<()> {
    let shown = visible_text(text);
    let (fits, cut) = fitting(&shown, LETTERS);
    short.cut += usize::from(cut);
    let (row, column) = at;
    let written = if is_formula(fits) {
        sheet.write_string_with_format(row, column, fits, &look.clone().set_quote_prefix())
    } else {
        sheet.write_string_with_format(row, column, fits, look)
    };
    written.map(|_| ()).map_err(failed)
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
