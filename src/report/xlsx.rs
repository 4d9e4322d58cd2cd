//! A workbook of labels: findings one label a row, the facts of their documents where rows carry them, and what made it.

use std::io::{self, Write};

use super::columns::NAMES;
use super::workbook::{Book, Findings, Limits, about, facts};
use super::{Format, Made, Report, Run};
use crate::facts::Facts;
use crate::row::Row;

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    endings: &["xlsx"],
    about: "a workbook: one label a row, with filters, and what made it",
    coloured: false,
    binary: true,
    bom: false,
    raw: false,
    columns: NAMES,
    begin: |run: &Run<'_>| {
        Box::new(Xlsx {
            rules: run.rules.fingerprint().to_owned(),
            made: run.made.clone(),
            columns: run.columns.to_vec(),
            writing: None,
            facts: Vec::new(),
            notes: Vec::new(),
        })
    },
};

struct Xlsx {
    /// Their fingerprint.
    rules: String,
    made: Made,
    columns: Vec<String>,
    writing: Option<(Book, Findings)>,
    facts: Vec<Facts>,
    notes: Vec<String>,
}

impl Xlsx {
    fn writing(&mut self) -> io::Result<&mut (Book, Findings)> {
        if self.writing.is_none() {
            let mut book = Book::new(&self.made, "Findings", Limits::EXCEL)?;
            let findings = Findings::new(&mut book, &self.made, &self.columns, &[])?;
            self.writing = Some((book, findings));
        }
        self.writing
            .as_mut()
            .ok_or_else(|| io::Error::other("the workbook has been written"))
    }
}

impl Report for Xlsx {
    fn document(&mut self, rows: &[Row], _out: &mut dyn Write) -> io::Result<()> {
        let (book, findings) = self.writing()?;
        for row in rows {
            findings.add(book, row, &[])?;
        }
        let facts = rows.first().and_then(|row| {
            let extra = row.extra.as_ref()?;
            Facts::from_extra(&row.document, &row.rules, extra)
        });
        self.facts.extend(facts);
        Ok(())
    }

    fn foot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.writing()?;
        let Some((mut book, findings)) = self.writing.take() else {
            return Ok(());
        };
        findings.finish(&mut book)?;
        facts(&mut book, &self.facts)?;
        self.notes = book.notes();
        let mut read = vec![(
            "Findings",
            "One row for each label; a sentence with two themes has two rows, one without a theme has one. Count distinct ids to count sentences.",
        )];
        if !self.facts.is_empty() {
            read.push((
                "Facts",
                "One row for each document: what it is and which inspection it tells of.",
            ));
        }
        about(&mut book, &self.rules, &self.made, &read)?;
        book.write(out)
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}
