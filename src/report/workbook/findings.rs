//! The sheet of findings: one row a label, one for a sentence without labels.

use std::io;

use super::links::link;
use super::table::{Head, Table};
use super::{Book, Value};
use crate::report::Made;
use crate::report::columns::Columns;
use crate::row::Row;

/// The columns of CSV in the order in which people read; `schema` and `extra` are for programs and have to be asked for.
const COLUMNS: [&str; 21] = [
    "document",
    "page",
    "paragraph",
    "section",
    "theme",
    "theme_polarity",
    "text",
    "polarity",
    "source",
    "time",
    "change",
    "evidence",
    "evidence_rules",
    "evidence_via",
    "section_role",
    "section_grade",
    "sentence",
    "start",
    "end",
    "id",
    "rules",
];

/// How many of them are printed: on paper the others would make the words too small to read.
const PRINTED: usize = 11;

/// The sheet being written.
pub(in crate::report) struct Findings {
    columns: Columns,
    made: Made,
    table: Table,
}

impl Findings {
    /// Begins the sheet with these columns, all that people read where it names none; `before` names columns of the
    /// caller's own, which stand in front.
    pub(in crate::report) fn new(
        book: &mut Book,
        made: &Made,
        columns: &[String],
        before: &[(&str, f64)],
    ) -> io::Result<Self> {
        let all = columns.is_empty();
        let columns = if all {
            Columns::of(&COLUMNS)
        } else {
            Columns::of(columns)
        };
        let heads: Vec<Head> = before
            .iter()
            .map(|(name, width)| Head::new(name, *width))
            .chain(columns.names().map(head))
            .collect();
        let printed = if all { before.len() + PRINTED } else { heads.len() };
        Ok(Self {
            table: Table::new(book, "Findings", heads)?.print(printed),
            made: made.clone(),
            columns,
        })
    }

    /// Writes the rows of a sentence, with `before` in front of each.
    pub(in crate::report) fn add(&mut self, book: &mut Book, row: &Row, before: &[Value]) -> io::Result<()> {
        let names: Vec<String> = self.columns.names().map(str::to_owned).collect();
        for cells in self.columns.rows(row) {
            let own = names.iter().zip(cells).map(|(name, cell)| match name.as_str() {
                "document" => match link(&self.made, &row.document, row.page) {
                    Some(to) => Value::Link(row.document.clone(), to),
                    None => cell.into(),
                },
                _ => cell.into(),
            });
            self.table
                .row(book, before.iter().cloned().chain(own).collect())?;
        }
        Ok(())
    }

    pub(in crate::report) fn finish(self, book: &mut Book) -> io::Result<()> {
        self.table.finish(book)
    }
}

fn head(name: &str) -> Head {
    match name {
        "text" => Head::wrapped(name, 80.0),
        "section" => Head::wrapped(name, 28.0),
        "evidence" | "evidence_rules" => Head::wrapped(name, 50.0),
        "extra" => Head::wrapped(name, 40.0),
        "theme_polarity" | "polarity" => Head::tinted(name, 15.0),
        "document" => Head::new(name, 34.0),
        "theme" | "evidence_via" | "id" | "rules" => Head::new(name, 19.0),
        "page" | "sentence" | "start" | "end" | "schema" | "paragraph" => Head::new(name, 10.0),
        _ => Head::new(name, 14.0),
    }
}
