//! JSON: all sentences in one list, for programs that read a file as a whole.

use std::io::{self, Write};

use super::jsonl::{KEYS, object};
use super::{Format, Render, Report, Run};
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
        self.rendered(&items(rows, &self.keys)?, out)
    }

    fn render(&self) -> Option<Render> {
        let keys = self.keys.clone();
        Some(Box::new(move |rows| items(rows, &keys)))
    }

    fn rendered(&mut self, items: &[u8], out: &mut dyn Write) -> io::Result<()> {
        // The first of all has no comma before it.
        let comma = usize::from(!self.any && !items.is_empty());
        self.any |= !items.is_empty();
        out.write_all(&items[comma..])
    }

    fn foot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}

/// Each row with what parts it from one before.
fn items(rows: &[Row], keys: &[String]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for row in rows {
        out.extend_from_slice(b",\n");
        object(row, keys, &mut out)?;
    }
    Ok(out)
}
