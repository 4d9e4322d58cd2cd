//! The last sheet: what made the workbook, and how to read it.

use std::io;

use rust_xlsxwriter::Worksheet;

use super::{Book, Value, failed};
use crate::report::Made;

/// Adds the sheet. `read` says how the sheets before it are read: the name of each and what it holds.
pub(in crate::report) fn about(
    book: &mut Book,
    rules: &str,
    made: &Made,
    read: &[(&str, &str)],
) -> io::Result<()> {
    let mut sheet = Worksheet::new();
    sheet.set_name("About").map_err(failed)?;
    sheet.set_column_width(0, 22).map_err(failed)?;
    sheet.set_column_width(1, 100).map_err(failed)?;
    book.say(&mut sheet, (0, 0), "About this workbook", |looks| &looks.title)?;
    let mut row = 2;
    let mut line = |book: &mut Book, name: &str, value: &Value| -> io::Result<()> {
        book.say(&mut sheet, (row, 0), name, |looks| &looks.strong)?;
        book.put(&mut sheet, (row, 1), value, true)?;
        row += 1;
        Ok(())
    };
    line(
        book,
        "Program",
        &Value::text(concat!("findings ", env!("CARGO_PKG_VERSION"))),
    )?;
    line(book, "Rules", &Value::text(rules))?;
    line(book, "Command", &Value::text(&made.command))?;
    if let Some(date) = made.date {
        line(book, "Made", &Value::text(date.to_string()))?;
    }
    for (name, holds) in read {
        line(book, name, &Value::text(*holds))?;
    }
    for note in book.notes() {
        line(book, "Note", &Value::text(note))?;
    }
    line(
        book,
        "Source",
        &Value::text(
            "Labels are made by rules, which can be wrong; every label names the words and the rule that made it. This \
             workbook quotes inspection letters: treat it as you treat them.",
        ),
    )?;
    book.push(sheet);
    Ok(())
}
