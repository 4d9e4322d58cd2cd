//! JSON Lines: one sentence a line, every field. The contract that other programs read; see `docs/output.md`.

use std::io::{self, Write};

use serde_json::Value;

use super::columns::{in_extra, within};
use super::{Format, Report, Run};
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
        for row in rows {
            object(row, &self.keys, out)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// A row with all its keys, or with those chosen, in the order in which they were named; null for what it does not have.
pub(super) fn object(row: &Row, keys: &[String], out: &mut dyn Write) -> io::Result<()> {
    if keys.is_empty() {
        return Ok(serde_json::to_writer(out, row)?);
    }
    let all = serde_json::to_value(row)?;
    for (n, key) in keys.iter().enumerate() {
        let value = match in_extra(key) {
            Some(path) => within(row, &path),
            None => all.get(key),
        };
        out.write_all(if n == 0 { b"{" } else { b"," })?;
        serde_json::to_writer(&mut *out, key)?;
        out.write_all(b":")?;
        serde_json::to_writer(&mut *out, value.unwrap_or(&Value::Null))?;
    }
    out.write_all(b"}")
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
        let all: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(all.as_object().unwrap().len(), KEYS.len());
        assert_eq!(serde_json::from_slice::<Value>(&chosen).unwrap(), all);
    }
}
