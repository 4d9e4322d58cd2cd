//! The output of documents with their labels, as far as it is written.
//!
//! In: rows, or what a thread has rendered of them, one document after another. Out: bytes. Not decided here: how a format looks.

use std::io;
use std::path::Path;

use findings::report::{Format, Render, Report, Run};
use findings::row::Row;

use super::journal::Document;
use super::messages;
use super::outcome::Stop;
use super::output::Output;

/// What is left to do for the output when a document's turn comes: as little as can be, since the threads that read wait for it.
pub(crate) enum Rest {
    /// To write what the report has rendered.
    Bytes(Vec<u8>),
    /// To give the rows to the report.
    Rows(Vec<Row>),
}

impl Rest {
    /// # Errors
    /// Where the rows cannot be told in the format.
    pub(crate) fn of(rows: Vec<Row>, render: Option<&Render>) -> io::Result<Self> {
        match render {
            Some(render) => render(&rows).map(Self::Bytes),
            None => Ok(Self::Rows(rows)),
        }
    }
}

/// The output as far as it is written.
pub(crate) struct Written {
    report: Box<dyn Report>,
    render: Option<Render>,
    output: Output,
    documents: usize,
}

impl Written {
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn begin(format: &Format, run: &Run<'_>, target: Option<&Path>) -> Result<Self, Stop> {
        let report = (format.begin)(run);
        Ok(Self {
            render: report.render(),
            report,
            output: Output::open(target, format.coloured)?,
            documents: 0,
        })
    }

    /// What threads render documents by, where they can.
    pub(crate) fn render(&self) -> Option<&Render> {
        self.render.as_ref()
    }

    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn document(&mut self, document: Document) -> Result<(), Stop> {
        self.add(Ok(Rest::Rows(document.rows)))
    }

    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn add(&mut self, rest: io::Result<Rest>) -> Result<(), Stop> {
        // Not before something has been read: where nothing can be, nothing is written.
        if self.documents == 0 {
            self.output.write(|out| self.report.head(out))?;
        }
        self.documents += 1;
        self.output.write(|out| match rest? {
            Rest::Bytes(bytes) => self.report.rendered(&bytes, out),
            Rest::Rows(rows) => self.report.document(&rows, out),
        })
    }

    /// Sends out what is held back.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        self.output.flush()
    }

    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        if self.documents > 0 {
            self.output.write(|out| self.report.foot(out))?;
            let name = self.output.name().to_owned();
            self.output.finish()?;
            for note in self.report.notes() {
                messages::warning(&name, &note);
            }
        }
        Ok(())
    }
}
