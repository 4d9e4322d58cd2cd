//! JSON Lines: one sentence a line, every field. The contract that other programs read; see `docs/output.md`.

use std::io::{self, Write};

use super::{Format, Report};
use crate::row::Row;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "one sentence a line as JSON, every field",
    coloured: false,
    binary: false,
    bom: false,
    begin: |_| Box::new(Jsonl),
};

struct Jsonl;

impl Report for Jsonl {
    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            serde_json::to_writer(&mut *out, row)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
