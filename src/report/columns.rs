//! The columns of tables of labels: one row a label, and one row for a sentence without labels.
//!
//! In: a row and one of its labels. Out: cells, with their type. CSV and workbooks share them, so that a column means the
//! same in both. Decides which columns there are, not how a cell is written.

use crate::row::{Evidence, Label, Row};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, of a document or of ours.
    Text(String),
    /// A whole number.
    Number(u64),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn number(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<Cell> for String {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Empty => Self::new(),
            Cell::Text(text) => text,
            Cell::Number(number) => number.to_string(),
        }
    }
}

/// Between the pieces of evidence of one label, in each of the three columns of evidence.
const BETWEEN: &str = " | ";

/// What begins the names of columns that are taken out of `extra`: `extra.region`, `extra.facts.authority`.
const EXTRA: &str = "extra.";

type Of = fn(&Row, Option<&Label>) -> Cell;

/// Every column, in the order of CSV. New ones come at the end.
#[rustfmt::skip]
const ALL: &[(&str, Of)] = &[
    ("schema", |row, _| Cell::Number(row.schema.into())),
    ("rules", |row, _| Cell::text(&row.rules)),
    ("id", |row, _| Cell::text(&row.id)),
    ("document", |row, _| Cell::text(&row.document)),
    ("sentence", |row, _| Cell::Number(row.sentence.into())),
    ("section", |row, _| Cell::maybe(row.section.as_deref())),
    ("section_role", |row, _| Cell::text(row.section_role.name())),
    ("section_grade", |row, _| Cell::maybe(row.section_grade.map(|grade| grade.name()))),
    ("page", |row, _| row.page.map_or(Cell::Empty, |page| Cell::Number(page.into()))),
    ("paragraph", |row, _| Cell::maybe(row.paragraph.as_deref())),
    ("start", |row, _| Cell::number(row.start)),
    ("end", |row, _| Cell::number(row.end)),
    ("text", |row, _| Cell::text(&row.text)),
    ("polarity", |row, _| Cell::text(row.polarity.name())),
    ("theme", |_, label| Cell::maybe(label.map(|label| label.theme.as_str()))),
    ("theme_polarity", |_, label| Cell::maybe(label.map(|label| label.polarity.name()))),
    ("evidence", |_, label| evidence(label, |piece| &piece.text)),
    ("evidence_rules", |_, label| evidence(label, |piece| &piece.rule)),
    ("evidence_via", |_, label| evidence(label, |piece| piece.via.name())),
    ("source", |row, _| Cell::text(row.source.name())),
    ("time", |row, _| Cell::text(row.time.name())),
    ("change", |row, _| Cell::text(row.change.name())),
    ("extra", |row, _| Cell::maybe(row.extra.as_ref().map(|extra| serde_json::Value::from(extra.clone()).to_string()))),
];

/// Names of all columns, in the order of CSV.
pub(super) const NAMES: &[&str] = &{
    let mut names = [""; ALL.len()];
    let mut n = 0;
    while n < ALL.len() {
        names[n] = ALL[n].0;
        n += 1;
    }
    names
};

/// Columns that say something of a label rather than of its sentence.
const OF_LABEL: [&str; 5] = [
    "theme",
    "theme_polarity",
    "evidence",
    "evidence_rules",
    "evidence_via",
];

fn evidence(label: Option<&Label>, field: fn(&Evidence) -> &str) -> Cell {
    let pieces = label.map(|label| label.evidence.iter().map(field).collect::<Vec<_>>());
    Cell::text(pieces.unwrap_or_default().join(BETWEEN))
}

/// The columns of one table.
#[derive(Clone)]
pub(super) struct Columns(Vec<Column>);

#[derive(Clone)]
enum Column {
    Own(&'static str, Of),
    /// Its name, and the keys that lead to it.
    Extra(String, Vec<String>),
}

impl Columns {
    /// The columns of those names, in their order; names that [`check`] refuses are passed over.
    pub(super) fn of<S: AsRef<str>>(names: &[S]) -> Self {
        let column = |name: &str| match name.strip_prefix(EXTRA) {
            Some(path) => Some(Column::Extra(
                name.to_owned(),
                path.split('.').map(str::to_owned).collect(),
            )),
            None => ALL
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(name, of)| Column::Own(name, *of)),
        };
        Self(names.iter().filter_map(|name| column(name.as_ref())).collect())
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| match column {
            Column::Own(name, _) => *name,
            Column::Extra(name, _) => name,
        })
    }

    /// The rows of the table that a sentence gives: one for each label, and one where it has none or no column asks for
    /// a label.
    pub(super) fn rows(&self, row: &Row) -> Vec<Vec<Cell>> {
        let of_labels = self.names().any(|name| OF_LABEL.contains(&name));
        let line = |label| self.0.iter().map(|column| column.cell(row, label)).collect();
        if of_labels && !row.labels.is_empty() {
            row.labels.iter().map(|label| line(Some(label))).collect()
        } else {
            vec![line(None)]
        }
    }
}

impl Column {
    fn cell(&self, row: &Row, label: Option<&Label>) -> Cell {
        match self {
            Self::Own(_, of) => of(row, label),
            Self::Extra(_, path) => within(row, path).map_or(Cell::Empty, value),
        }
    }
}

/// A value of a row's `extra`.
pub(super) fn within<'r>(row: &'r Row, path: &[String]) -> Option<&'r serde_json::Value> {
    let (first, rest) = path.split_first()?;
    let first = row.extra.as_ref()?.get(first)?;
    rest.iter().try_fold(first, |value, key| value.get(key))
}

/// The keys of a column that is taken out of `extra`, if it is one.
pub(super) fn in_extra(name: &str) -> Option<Vec<String>> {
    let path = name.strip_prefix(EXTRA)?;
    Some(path.split('.').map(str::to_owned).collect())
}

/// What a value says in a cell.
fn value(value: &serde_json::Value) -> Cell {
    match value {
        serde_json::Value::Null => Cell::Empty,
        serde_json::Value::String(text) => Cell::text(text),
        other => match other.as_u64() {
            Some(number) => Cell::Number(number),
            None => Cell::text(other.to_string()),
        },
    }
}

/// Whether columns can be chosen by these names from `known`; where there is a field `extra`, a name that begins with
/// `extra.` leads into it.
pub(super) fn check(known: &[&str], names: &[String]) -> Result<(), String> {
    let extra = known.contains(&"extra");
    for (n, name) in names.iter().enumerate() {
        let leads = extra && in_extra(name).is_some_and(|path| path.iter().all(|key| !key.is_empty()));
        if !leads && !known.contains(&name.as_str()) {
            let further = if extra {
                ", and extra.NAME for a field that came with the document"
            } else {
                ""
            };
            return Err(format!(
                "no column '{name}'; columns: {}{further}",
                known.join(", ")
            ));
        }
        if names[..n].contains(name) {
            return Err(format!("column '{name}' stands twice"));
        }
    }
    Ok(())
}
