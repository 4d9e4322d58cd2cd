//! JSON: all sentences in one list, for programs that read a file as a whole.

use std::io::{self, Write};

use super::jsonl::{KEYS, object};
use super::{Format, Report, Run};
use crate::row::Row;

pub(super) const FORMAT: Format = Format {
    name: "json",
    endings: &["json"],
    about: "one list with a sentence an object, every field",
    coloured: false,
    binary: false,
    bom: false,
    raw: false,
    columns: KEYS,
    begin: |run: &Run<'_>| {
        Box::new(Json {
            keys: run.columns.to_vec(),
            any: false,
        })
    },
};

struct Json {
    keys: Vec<String>,
    /// A sentence has been written.
    any: bool,
}

impl Report for Json {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            out.write_all(if self.any { b",\n" } else { b"\n" })?;
            object(row, &self.keys, out)?;
            self.any = true;
        }
        Ok(())
    }

    fn foot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
