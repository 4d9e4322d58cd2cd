//! Facts that a person supplies or corrects, in a small TOML or CSV file.
//!
//! In: the file. Out: [`Given`], which overrides the facts of the documents that it names and adds its further columns.
//! Every mistake in it is reported with its line. Not decided here: which documents a run has.

#[cfg(feature = "cli")]
mod csv;
mod read;
mod toml;

use std::path::Path;

use serde_json::Value;

use super::{Fact, Facts, Judgement, Kind, judgement};
use crate::error::{Error, Mistake};
use crate::rules::RuleFile;
use crate::span::Span;

/// What a facts file says, document by document.
///
/// TOML has a table for each document, CSV a row with the column `document`. A document is named by its path, its file
/// name, its file name without ending, or its id; where several name the same document, the fullest one counts. Columns are
/// those of [`Facts`] (`kind` to `lead_inspector`, and `judgements.AREA`); any other comes back as
/// [`Facts::extra`]. The value `none` empties a fact, an empty cell leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    rows: Vec<Row>,
}

/// What the file says of one document.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    document: String,
    line: usize,
    changes: Vec<Change>,
}

/// A value for a fact, `None` where it is to be empty.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    Kind(Option<Kind>),
    Authority(Option<String>),
    Start(Option<jiff::civil::Date>),
    End(Option<jiff::civil::Date>),
    Published(Option<jiff::civil::Date>),
    VisitNumber(Option<u32>),
    LeadInspector(Option<String>),
    Judgement(String, Option<Judgement>),
    Extra(String, Value),
}

/// A row as a reader of a format gives it.
struct Written {
    document: String,
    at: Span,
    cells: Vec<Cell>,
}

/// A value of a row.
struct Cell {
    column: String,
    /// As text.
    text: String,
    /// With the type that the file gives it, for further columns.
    value: Value,
    at: Span,
}

/// Columns of the program's own CSV that say nothing when it comes back, edited, as a facts file.
const OUTPUTS: [&str; 2] = ["corrected", "rules"];

impl Given {
    /// Reads a facts file, TOML or CSV by its ending.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be read, [`Error::Given`] with every mistake in it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let read = |source| Error::Read {
            path: path.to_owned(),
            source,
        };
        let text = std::fs::read_to_string(path).map_err(read)?;
        let name = path.to_string_lossy();
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Self::from_toml(&name, &text),
            #[cfg(feature = "cli")]
            "csv" => Self::from_csv(&name, &text),
            _ => Err(read(std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                "a facts file is TOML or CSV, and its name ends in .toml or .csv",
            ))),
        }
    }

    /// Takes TOML; `name` is what messages call the file.
    ///
    /// # Errors
    /// [`Error::Given`] with every mistake in it.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        Self::checked(name, text, toml::rows)
    }

    /// Takes CSV, the first row with the names of the columns; `name` is what messages call the file.
    ///
    /// # Errors
    /// [`Error::Given`] with every mistake in it.
    #[cfg(feature = "cli")]
    pub fn from_csv(name: &str, text: &str) -> Result<Self, Error> {
        Self::checked(name, text, csv::rows)
    }

    fn checked(
        name: &str,
        text: &str,
        read: fn(&RuleFile, &mut Vec<Mistake>) -> Vec<Written>,
    ) -> Result<Self, Error> {
        let file = RuleFile::new(name, text.strip_prefix('\u{feff}').unwrap_or(text));
        let mut mistakes = Vec::new();
        let written = read(&file, &mut mistakes);
        let mut rows: Vec<Row> = Vec::with_capacity(written.len());
        for one in written {
            let line = file.text[..one.at.start.min(file.text.len())]
                .matches('\n')
                .count()
                + 1;
            if let Some(other) = rows.iter().find(|row| row.document == one.document) {
                let message = format!(
                    "`{}` stands in line {} already: keep one of the two",
                    one.document, other.line
                );
                mistakes.push(Mistake::new(&file, one.at, message));
                continue;
            }
            let mut changes = Vec::new();
            for cell in one.cells {
                if OUTPUTS.contains(&cell.column.as_str()) {
                    continue;
                }
                let at = cell.at;
                match read::change(cell) {
                    Ok(change) => changes.push(change),
                    Err(message) => mistakes.push(Mistake::new(&file, at, message)),
                }
            }
            if let Some(message) = out_of_order(&changes) {
                mistakes.push(Mistake::new(&file, one.at, message));
            }
            rows.push(Row {
                document: one.document,
                line,
                changes,
            });
        }
        if mistakes.is_empty() {
            return Ok(Self { rows });
        }
        mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        Err(Error::Given { mistakes })
    }

    /// Puts what the file says of a document in place of what the document says, and marks it as a person's.
    pub fn correct(&self, facts: &mut Facts) {
        let rank = |row: &&Row| match_rank(&row.document, &facts.document);
        let Some(row) = self
            .rows
            .iter()
            .filter(|row| rank(row) > 0)
            .max_by_key(|row| (rank(row), row.document.len()))
        else {
            return;
        };
        for change in &row.changes {
            if let Some(name) = put(facts, change.clone()) {
                facts.words.remove(&name);
                facts.corrected.push(name);
            }
        }
        close_range(facts);
        facts.corrected.sort();
        facts.corrected.dedup();
    }

    /// Rows that name none of these documents, with their lines.
    pub fn unknown<'g>(&'g self, documents: &[&str]) -> Vec<(&'g str, usize)> {
        let known = |row: &&Row| {
            documents
                .iter()
                .any(|document| match_rank(&row.document, document) > 0)
        };
        let rows = self.rows.iter().filter(|row| !known(row));
        rows.map(|row| (row.document.as_str(), row.line)).collect()
    }
}

/// How fully a name in the file names a document; 0 where it does not.
fn match_rank(name: &str, document: &str) -> u8 {
    let (name, document) = (name.replace('\\', "/"), document.replace('\\', "/"));
    let file = document.rsplit('/').next().unwrap_or(&document);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let below = document
        .strip_suffix(name.trim_start_matches("./"))
        .is_some_and(|rest| rest.ends_with('/'));
    if name.is_empty() {
        0
    } else if name == document {
        4
    } else if name.contains('/') && below {
        3
    } else if name == file {
        2
    } else {
        u8::from(name == stem)
    }
}

fn put(facts: &mut Facts, change: Change) -> Option<String> {
    let fact = match change {
        Change::Kind(value) => {
            facts.kind = value;
            Fact::Kind
        }
        Change::Authority(value) => {
            facts.authority = value;
            Fact::Authority
        }
        Change::Start(value) => {
            facts.inspection_start = value;
            Fact::InspectionStart
        }
        Change::End(value) => {
            facts.inspection_end = value;
            Fact::InspectionEnd
        }
        Change::Published(value) => {
            facts.published = value;
            Fact::Published
        }
        Change::VisitNumber(value) => {
            facts.visit_number = value;
            Fact::VisitNumber
        }
        Change::LeadInspector(value) => {
            facts.lead_inspector = value;
            Fact::LeadInspector
        }
        Change::Judgement(area, value) => {
            let name = judgement(&area);
            match value {
                Some(value) => facts.judgements.insert(area, value),
                None => facts.judgements.remove(&area),
            };
            return Some(name);
        }
        Change::Extra(name, value) => {
            facts.extra.insert(name, value);
            return None;
        }
    };
    Some(fact.name().to_owned())
}

/// One day alone is first and last day; a range that a correction has turned about keeps the day that a person gave.
fn close_range(facts: &mut Facts) {
    let given = |fact: Fact| facts.corrected.iter().any(|name| name == fact.name());
    let (start, end) = (given(Fact::InspectionStart), given(Fact::InspectionEnd));
    let turned = match (facts.inspection_start, facts.inspection_end) {
        (Some(first), Some(last)) => last < first,
        (first, last) => first.is_some() || last.is_some(),
    };
    if !turned || start == end {
        return;
    }
    let other = if start {
        facts.inspection_end = facts.inspection_start;
        Fact::InspectionEnd
    } else {
        facts.inspection_start = facts.inspection_end;
        Fact::InspectionStart
    };
    facts.words.remove(other.name());
    facts.corrected.push(other.name().to_owned());
}

fn out_of_order(changes: &[Change]) -> Option<&'static str> {
    let start = changes.iter().find_map(|change| match change {
        Change::Start(date) => *date,
        _ => None,
    })?;
    let end = changes.iter().find_map(|change| match change {
        Change::End(date) => *date,
        _ => None,
    })?;
    (end < start).then_some("the inspection ends before it starts: change one of the two days about")
}

#[cfg(test)]
mod tests;
