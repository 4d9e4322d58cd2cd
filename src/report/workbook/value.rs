//! What stands in a cell, and what of it Excel can take.

use rust_xlsxwriter::ExcelDateTime;

use crate::report::columns;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum Value {
    Empty,
    Text(String),
    Whole(u64),
    /// A balance or a share, shown with so many digits behind the point.
    Decimal(f64),
    Percent(f64),
    /// A date, ISO 8601; what is none is written as text.
    Date(String),
    /// Text that leads to a file.
    Link(String, String),
}

impl Value {
    pub(in crate::report) fn text(text: impl Into<String>) -> Self {
        columns::Cell::text(text).into()
    }

    pub(in crate::report) fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(in crate::report) fn count(count: usize) -> Self {
        Self::Whole(count as u64)
    }

    /// How many lines it takes in a column of so many characters, about.
    pub(super) fn lines(&self, width: f64) -> u32 {
        let Self::Text(text) = self else {
            return 1;
        };
        let lines = text
            .split('\n')
            .map(|line| (line.chars().count() as f64 / width).ceil().max(1.0));
        lines.sum::<f64>() as u32
    }

    pub(in crate::report) fn date(date: Option<&String>) -> Self {
        date.map_or(Self::Empty, |date| Self::Date(date.clone()))
    }
}

impl From<columns::Cell> for Value {
    fn from(cell: columns::Cell) -> Self {
        match cell {
            columns::Cell::Empty => Self::Empty,
            columns::Cell::Text(text) => Self::Text(text),
            columns::Cell::Number(number) => Self::Whole(number),
        }
    }
}
/// As much of a text as has so many UTF-16 units at most, and whether that is less than all.
pub(super) fn fitting(text: &str, most: usize) -> (&str, bool) {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > most {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// A day that Excel can count: not before 1900.
pub(super) fn day(text: &str) -> Option<ExcelDateTime> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let year = u16::try_from(date.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, date.month().cast_unsigned(), date.day().cast_unsigned()).ok()
}
