//! A facts file in CSV: a row for each document, the names of the columns in the first.

use serde_json::Value;

use super::{Cell, Written};
use crate::error::Mistake;
use crate::rules::RuleFile;
use crate::span::Span;

/// The column that names the document.
const DOCUMENT: &str = "document";

/// The rows of a file; what is wrong with its form goes to `mistakes`.
pub(super) fn rows(file: &RuleFile, mistakes: &mut Vec<Mistake>) -> Vec<Written> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(::csv::Trim::All)
        .from_reader(file.text.as_bytes());
    let mut columns: Option<(usize, Vec<String>)> = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |position| byte(position.byte()));
                mistakes.push(Mistake::new(
                    file,
                    line(file, at),
                    format!("this row cannot be read: {error}"),
                ));
                continue;
            }
        };
        let at = line(
            file,
            record.position().map_or(0, |position| byte(position.byte())),
        );
        let Some((document, columns)) = &columns else {
            let names: Vec<String> = record.iter().map(str::to_owned).collect();
            let Some(document) = names.iter().position(|name| name == DOCUMENT) else {
                let message = "the first row has to name the columns, one of them `document`";
                mistakes.push(Mistake::new(file, at, message));
                return Vec::new();
            };
            if let Some((nth, name)) = names
                .iter()
                .enumerate()
                .find(|(nth, name)| !name.is_empty() && names[..*nth].contains(*name))
            {
                let message = format!("column {} is called `{name}` as one before it is", nth + 1);
                mistakes.push(Mistake::new(file, at, message));
            }
            columns = Some((document, names));
            continue;
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > columns.len() {
            let message = format!(
                "the row has {} cells, the first row names {}",
                record.len(),
                columns.len()
            );
            mistakes.push(Mistake::new(file, at, message));
        }
        let name = record.get(*document).unwrap_or_default();
        if name.is_empty() {
            mistakes.push(Mistake::new(file, at, "the row names no document"));
            continue;
        }
        let cells = columns
            .iter()
            .zip(record.iter())
            .enumerate()
            .filter(|(nth, (column, cell))| nth != document && !cell.is_empty() && !column.is_empty())
            .map(|(_, (column, cell))| Cell {
                column: column.clone(),
                text: cell.to_owned(),
                value: Value::from(cell),
                at,
            })
            .collect();
        rows.push(Written {
            document: name.to_owned(),
            at,
            cells,
        });
    }
    rows
}

fn byte(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// The line that begins at a byte; a reader may stand at the line break before it.
fn line(file: &RuleFile, at: usize) -> Span {
    let at = at.min(file.text.len());
    let rest = &file.text[at..];
    let start = at + (rest.len() - rest.trim_start_matches(['\n', '\r']).len());
    let length = file.text[start..].find('\n').unwrap_or(file.text.len() - start);
    Span::new(start, start + length)
}
