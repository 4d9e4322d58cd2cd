//! A facts file in TOML: a table for each document.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Cell, Fact, Written};
use crate::error::Mistake;
use crate::rules::RuleFile;
use crate::span::Span;

/// The rows of a file; what is wrong with its form goes to `mistakes`.
pub(super) fn rows(file: &RuleFile, mistakes: &mut Vec<Mistake>) -> Vec<Written> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        mistakes.push(Mistake::new(file, Span::new(at.start, at.end), error.message()));
    }
    let table = table.into_inner();
    let mut rows = Vec::new();
    for (key, value) in &table {
        let at = place(key);
        let Some(inner) = value.get_ref().as_table() else {
            let message = "a facts file has a table for each document: [\"letter.pdf\"] and its facts below";
            mistakes.push(Mistake::new(file, at, message));
            continue;
        };
        let mut cells = Vec::new();
        for (key, value) in inner {
            let column = key.get_ref().to_string();
            match value.get_ref().as_table() {
                Some(areas) if column == Fact::Judgements.name() => {
                    for (area, value) in areas {
                        cells.extend(cell(
                            file,
                            format!("{column}.{}", area.get_ref()),
                            value,
                            mistakes,
                        ));
                    }
                }
                _ => cells.extend(cell(file, column, value, mistakes)),
            }
        }
        rows.push(Written {
            document: key.get_ref().to_string(),
            at,
            cells,
        });
    }
    rows.sort_by_key(|row| row.at.start);
    rows
}

fn place<T>(value: &Spanned<T>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn cell(
    file: &RuleFile,
    column: String,
    value: &Spanned<DeValue<'_>>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Cell> {
    let (text, json) = match value.get_ref() {
        DeValue::String(text) => (text.to_string(), Value::from(text.as_ref())),
        DeValue::Integer(number) => {
            let text = number.as_str().replace('_', "");
            let json = text
                .parse::<i64>()
                .map_or_else(|_| Value::from(text.clone()), Value::from);
            (text, json)
        }
        DeValue::Float(number) => {
            let text = number.as_str().replace('_', "");
            let json = text
                .parse::<f64>()
                .map_or_else(|_| Value::from(text.clone()), Value::from);
            (text, json)
        }
        DeValue::Boolean(yes) => (yes.to_string(), Value::from(*yes)),
        DeValue::Datetime(date) => (date.to_string(), Value::from(date.to_string())),
        DeValue::Array(_) | DeValue::Table(_) => {
            let message = format!("`{column}` has to be one value: a text, a number, a date, true or false");
            mistakes.push(Mistake::new(file, place(value), message));
            return None;
        }
    };
    Some(Cell {
        column,
        text,
        value: json,
        at: place(value),
    })
}
