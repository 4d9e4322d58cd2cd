//! A document as it came: its name and its bytes, and which format they are in.
//!
//! In: a path, bytes, or text. Out: a [`Source`]. Decides the format, by content first and by name only where content
//! says nothing; nothing about meaning.

use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Reason};

/// A document to be read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given, or the document's id.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Which format they are in.
    pub format: Format,
    /// Further fields that came with the document (JSON Lines input) and go out with every row.
    pub extra: Option<Map<String, Value>>,
}

/// A format that documents come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, also Markdown.
    Text,
    /// HTML.
    Html,
    /// Portable Document Format.
    Pdf,
    /// Word (Office Open XML).
    Docx,
    /// OpenDocument text.
    Odt,
}

impl Source {
    /// A text that is already in memory.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), bytes: text.into().into_bytes(), format: Format::Text, extra: None }
    }

    /// Bytes whose format is told from their content, and from the name's ending where the content says nothing.
    ///
    /// # Errors
    /// [`Error::Document`] where the bytes are empty or of a kind that is not read.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        let name = name.into();
        if bytes.is_empty() {
            return Err(Error::Document { document: name, reason: Reason::Empty });
        }
        Ok(Self { name, bytes, format: Format::Text, extra: None })
    }

    /// A file.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be opened or read, and as [`Source::from_bytes`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Self::from_bytes(path.to_string_lossy(), bytes)
    }
}
