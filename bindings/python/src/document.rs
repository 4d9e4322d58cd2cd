//! Where documents come from: rows of a table that somebody gives, or files.
//!
//! In: an Arrow batch and the names of its columns, or paths. Out: one [`Source`] after another, or why there is none.

use std::path::{Path, PathBuf};

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::Schema;
use findings::extract::Limits;
use findings::{Error, Source};
use serde_json::{Map, Value as Json};

use crate::values::{Value, is_bytes, is_known, is_text, value};

/// Which columns hold what.
#[derive(Clone)]
pub(crate) struct Columns {
    /// Names of documents: texts or whole numbers.
    pub(crate) id: String,
    /// What they say: texts, or the bytes of files.
    pub(crate) text: String,
    /// Columns that go along under `extra`.
    pub(crate) extra: Vec<String>,
}

impl Columns {
    /// Whether a table has them, of types that serve.
    ///
    /// # Errors
    /// What is wrong with which column, in words.
    pub(crate) fn check(&self, schema: &Schema) -> Result<(), String> {
        let kind = |name: &str| match schema.field_with_name(name) {
            Ok(field) => Ok(field.data_type()),
            Err(_) => {
                let names: Vec<&str> = schema
                    .fields()
                    .iter()
                    .map(|field| field.name().as_str())
                    .collect();
                Err(format!(
                    "there is no column '{name}'; the table has: {}",
                    names.join(", ")
                ))
            }
        };
        let (id, text) = (kind(&self.id)?, kind(&self.text)?);
        if !(is_text(id) || id.is_integer()) {
            return Err(format!(
                "column '{}' is {id}; names of documents are texts or whole numbers",
                self.id
            ));
        }
        if !(is_text(text) || is_bytes(text)) {
            return Err(format!(
                "column '{}' is {text}; it has to hold texts, or the bytes of files",
                self.text
            ));
        }
        for name in &self.extra {
            let kind = kind(name)?;
            if !is_known(kind) || is_bytes(kind) {
                return Err(format!(
                    "column '{name}' is {kind}; texts, numbers and true or false go along with rows: cast it to text first"
                ));
            }
        }
        Ok(())
    }
}

/// A file, if it is no larger than documents may be.
///
/// # Errors
/// Where it cannot be opened, is too large, or of a kind that is not read.
pub(crate) fn open(path: &Path) -> Result<Source, Error> {
    Source::open_within(path, Limits::default().bytes)
}

/// Documents that can be read in any order, by any thread.
pub(crate) enum Documents {
    /// Rows of a batch.
    Rows(Rows),
    /// Files.
    Files(Vec<PathBuf>),
}

/// The columns of one batch.
pub(crate) struct Rows {
    id: ArrayRef,
    text: ArrayRef,
    extra: Vec<(String, ArrayRef)>,
}

/// A document that is not there to be read.
pub(crate) struct Missing {
    pub(crate) document: Option<String>,
    pub(crate) error: String,
}

impl Rows {
    /// The columns of a batch.
    ///
    /// # Errors
    /// As [`Columns::check`].
    pub(crate) fn of(batch: &RecordBatch, columns: &Columns) -> Result<Self, String> {
        columns.check(&batch.schema())?;
        let column = |name: &str| {
            let column = batch.column_by_name(name);
            column
                .cloned()
                .ok_or_else(|| format!("there is no column '{name}'"))
        };
        let extra = columns.extra.iter().map(|name| Ok((name.clone(), column(name)?)));
        Ok(Self {
            id: column(&columns.id)?,
            text: column(&columns.text)?,
            extra: extra.collect::<Result<_, String>>()?,
        })
    }

    fn get(&self, at: usize) -> Result<Source, Missing> {
        let name = match value(&self.id, at) {
            Value::Text(name) => name.to_owned(),
            Value::Other(Json::Number(number)) => number.to_string(),
            _ => {
                return Err(Missing {
                    document: None,
                    error: "cannot read a document without a name: its id is null".to_owned(),
                });
            }
        };
        let mut source = match value(&self.text, at) {
            Value::Text(text) => Source::from_text(name, text),
            Value::Bytes(bytes) => {
                Source::from_bytes(name.clone(), bytes.to_owned()).map_err(|error| Missing {
                    document: Some(name),
                    error: error.to_string(),
                })?
            }
            Value::Null | Value::Other(_) => {
                return Err(Missing {
                    error: format!("cannot read {name}: its text is null"),
                    document: Some(name),
                });
            }
        };
        let extra: Map<String, Json> = self
            .extra
            .iter()
            .map(|(name, column)| (name.clone(), json(value(column, at))))
            .collect();
        source.extra = Some(extra).filter(|extra| !extra.is_empty());
        Ok(source)
    }
}

fn json(value: Value<'_>) -> Json {
    match value {
        Value::Text(text) => Json::String(text.to_owned()),
        Value::Other(value) => value,
        Value::Null | Value::Bytes(_) => Json::Null,
    }
}

impl Documents {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.id.len(),
            Self::Files(paths) => paths.len(),
        }
    }

    /// One of them, by its place.
    ///
    /// # Errors
    /// Why it is not there to be read.
    pub(crate) fn get(&self, at: usize) -> Result<Source, Missing> {
        match self {
            Self::Rows(rows) => rows.get(at),
            Self::Files(paths) => open(&paths[at]).map_err(|error| Missing {
                document: Some(paths[at].to_string_lossy().into_owned()),
                error: error.to_string(),
            }),
        }
    }
}
