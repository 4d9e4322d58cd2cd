//! JSON Lines: one sentence a line, every field. The contract that other programs read; see `docs/output.md`.

use std::io::{self, Write};

use super::columns::{in_extra, within};
use super::{Format, Render, Report, Run};
use crate::row::Row;

/// The keys of a line, in their order.
pub(super) const KEYS: &[&str] = &[
    "schema",
    "rules",
    "id",
    "document",
    "sentence",
    "section",
    "section_role",
    "section_grade",
    "page",
    "paragraph",
    "start",
    "end",
    "text",
    "polarity",
    "labels",
    "source",
    "time",
    "change",
    "extra",
];

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "one sentence a line as JSON, every field",
    coloured: false,
    binary: false,
    bom: false,
    raw: false,
    columns: KEYS,
    begin: |run: &Run<'_>| {
        Box::new(Jsonl {
            keys: run.columns.to_vec(),
        })
    },
};

struct Jsonl {
    keys: Vec<String>,
}

impl Report for Jsonl {
    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        lines(rows, &self.keys, out)
    }

    fn render(&self) -> Option<Render> {
        let keys = self.keys.clone();
        Some(Box::new(move |rows| {
            let mut out = Vec::new();
            lines(rows, &keys, &mut out)?;
            Ok(out)
        }))
    }
}

fn lines(rows: &[Row], keys: &[String], out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        object(row, keys, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A row with all its keys, or with those chosen, in the order in which they were named; null for what it does not have.
pub(super) fn object(row: &Row, keys: &[String], out: &mut dyn Write) -> io::Result<()> {
    if keys.is_empty() {
        return Ok(serde_json::to_writer(out, row)?);
    }
    for (n, key) in keys.iter().enumerate() {
        out.write_all(if n == 0 { b"{" } else { b"," })?;
        serde_json::to_writer(&mut *out, key)?;
        out.write_all(b":")?;
        value(row, key, out)?;
    }
    out.write_all(b"}")
}

/// The value of a key, with the bytes that it has in a whole row.
fn value(row: &Row, key: &str, out: &mut dyn Write) -> serde_json::Result<()> {
    use serde_json::to_writer;
    match key {
        "schema" => to_writer(out, &row.schema),
        "rules" => to_writer(out, &row.rules),
        "id" => to_writer(out, &row.id),
        "document" => to_writer(out, &row.document),
        "sentence" => to_writer(out, &row.sentence),
        "section" => to_writer(out, &row.section),
        "section_role" => to_writer(out, &row.section_role),
        "section_grade" => to_writer(out, &row.section_grade),
        "page" => to_writer(out, &row.page),
        "paragraph" => to_writer(out, &row.paragraph),
        "start" => to_writer(out, &row.start),
        "end" => to_writer(out, &row.end),
        "text" => to_writer(out, &row.text),
        "polarity" => to_writer(out, &row.polarity),
        "labels" => to_writer(out, &row.labels),
        "source" => to_writer(out, &row.source),
        "time" => to_writer(out, &row.time),
        "change" => to_writer(out, &row.change),
        "extra" => to_writer(out, &row.extra),
        other => to_writer(out, &in_extra(other).and_then(|path| within(row, &path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use crate::source::Source;

    #[test]
    fn keys_are_those_of_a_row() {
        let rules = Rules::built_in();
        let source = Source::from_text("letter", "Caseloads are too high.");
        let mut row = crate::row::rows(&rules, &rules.read(&source).unwrap()).remove(0);
        row.extra = Some(serde_json::Map::new());
        let mut out = Vec::new();
        object(&row, &[], &mut out).unwrap();
        let named: Vec<String> = KEYS.iter().map(|key| (*key).to_owned()).collect();
        let mut chosen = Vec::new();
        object(&row, &named, &mut chosen).unwrap();
        // All chosen in their order is a whole row, byte for byte.
        assert_eq!(
            String::from_utf8(chosen).unwrap(),
            String::from_utf8(out).unwrap()
        );
    }
}
