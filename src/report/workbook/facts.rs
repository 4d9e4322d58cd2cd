//! The sheet of facts: one row a document.

use std::io;

use super::table::{Head, Table};
use super::{Book, Value};
use crate::facts::Facts;
use crate::report::facts::table;

/// Adds the sheet; none where there are no facts.
pub(in crate::report) fn facts(book: &mut Book, all: &[Facts]) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let (head, lines) = table(all);
    let heads = head.iter().map(|name| match name.as_str() {
        "document" => Head::new(name, 34.0),
        "kind" | "authority" | "lead_inspector" | "rules" => Head::new(name, 22.0),
        _ => Head::new(name, 16.0),
    });
    let mut sheet = Table::new(book, "Facts", heads.collect())?;
    for line in lines {
        let values = head.iter().zip(line).map(|(name, cell)| match name.as_str() {
            "inspection_start" | "inspection_end" | "published" if !cell.is_empty() => Value::Date(cell),
            "visit_number" => cell.parse().map_or_else(|_| Value::text(cell), Value::Whole),
            _ => Value::text(cell),
        });
        sheet.row(book, values.collect())?;
    }
    sheet.finish(book)
}
