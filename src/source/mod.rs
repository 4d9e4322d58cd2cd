//! A document as it came: its name and its bytes, and which format they are in.
//!
//! In: a path, bytes, or text. Out: a [`Source`]. Decides the format, by content first and by name only where content
//! says nothing; nothing about meaning.

pub(crate) mod encoding;
mod zip;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Limit, Reason};

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
        Self {
            name: name.into(),
            bytes: text.into().into_bytes(),
            format: Format::Text,
            extra: None,
        }
    }

    /// Bytes whose format is told from their content, and from the name's ending where the content says nothing.
    ///
    /// # Errors
    /// [`Error::Document`] where the bytes are empty or of a kind that is not read.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        let name = name.into();
        match detect(&name, &bytes) {
            Ok(format) => Ok(Self {
                name,
                bytes,
                format,
                extra: None,
            }),
            Err(reason) => Err(Error::Document {
                document: name,
                reason,
            }),
        }
    }

    /// A file, of whatever size.
    ///
    /// # Errors
    /// As [`Source::open_within`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_within(path, usize::MAX)
    }

    /// A file of at most so many bytes. Of a larger one no more is read than it takes to see that.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be opened or read, [`Error::Document`] where it is larger, and as
    /// [`Source::from_bytes`].
    pub fn open_within(path: &Path, most: usize) -> Result<Self, Error> {
        let failed = |source| Error::Read {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        Self::read_within(path.to_string_lossy(), file, most, failed)
    }

    /// At most so many bytes of a stream.
    ///
    /// # Errors
    /// As [`Source::open_within`]; `failed` says what a stream that cannot be read is called.
    pub fn read_within(
        name: impl Into<String>,
        stream: impl Read,
        most: usize,
        failed: impl FnOnce(io::Error) -> Error,
    ) -> Result<Self, Error> {
        let name = name.into();
        let mut bytes = Vec::new();
        let ample = (most as u64).saturating_add(1);
        stream.take(ample).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() > most {
            let reason = Reason::TooLarge {
                limit: Limit::Bytes,
                message: format!("a document may have {}", megabytes(most)),
            };
            return Err(Error::Document {
                document: name,
                reason,
            });
        }
        Self::from_bytes(name, bytes)
    }
}

/// Bytes in words: "128 MB", and "1.5 MB" where whole ones would not tell two sizes apart.
pub(crate) fn megabytes(bytes: usize) -> String {
    let tenths = (bytes as u64).saturating_mul(10).div_ceil(1 << 20);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} MB"),
        (whole, tenth) => format!("{whole}.{tenth} MB"),
    }
}

/// How far into a file its kind is looked for, in bytes. The PDF standard allows `%PDF` anywhere in the first 1024.
const HEAD: usize = 1024;

/// HTML may begin with a long comment or with scripts.
const HTML_HEAD: usize = 4096;

fn detect(name: &str, bytes: &[u8]) -> Result<Format, Reason> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Reason::Empty);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(old_office(bytes));
    }
    let named = named(name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip::format(bytes, named);
    }
    let head = &bytes[..bytes.len().min(HTML_HEAD)];
    let marked_up = encoding::decode(head, None);
    let marked_up = marked_up.trim_start();
    if marked_up.starts_with("{\\rtf") {
        return Err(Reason::Unsupported {
            format: "RTF",
            advice: SAVE_AS,
        });
    }
    if marked_up.starts_with('<')
        && let Some(format) = markup(&marked_up.to_ascii_lowercase())?
    {
        return Ok(format);
    }
    if find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    if encoding::is_text(&encoding::decode(bytes, None)) {
        return Ok(if named == Some(Format::Html) {
            Format::Html
        } else {
            Format::Text
        });
    }
    Err(match named {
        Some(Format::Pdf) => {
            Reason::Damaged("its name ends in .pdf, its content does not begin like a PDF".into())
        }
        Some(Format::Docx | Format::Odt) => {
            Reason::Damaged("its name is that of a DOCX or ODT file, its content is not a zip archive".into())
        }
        _ => Reason::NotADocument,
    })
}

const SAVE_AS: &str = "save it as .docx first";

/// The format that a name's ending promises.
fn named(name: &str) -> Option<Format> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "txt" | "md" | "markdown" => Some(Format::Text),
        "pdf" => Some(Format::Pdf),
        "docx" | "docm" | "dotx" | "dotm" => Some(Format::Docx),
        "odt" | "ott" => Some(Format::Odt),
        _ => None,
    }
}

/// What a file that begins with `<` is; `None` where it is text that only happens to begin so.
fn markup(head: &str) -> Result<Option<Format>, Reason> {
    const HTML: [&str; 10] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<main",
        "<article",
        "<section",
        "<div",
        "<p>",
        "<h1",
    ];
    if HTML.iter().any(|tag| head.contains(tag)) {
        return Ok(Some(Format::Html));
    }
    if !head.starts_with("<?xml") {
        return Ok(None);
    }
    Err(if head.contains("office:document") {
        Reason::Unsupported {
            format: "flat OpenDocument",
            advice: "save it as .odt or .docx first",
        }
    } else if head.contains("worddocument") || head.contains("pkg:package") {
        Reason::Unsupported {
            format: "Word XML",
            advice: SAVE_AS,
        }
    } else {
        Reason::Unsupported {
            format: "XML",
            advice: "save it as .docx, .html or .txt first",
        }
    })
}

/// A compound file: Office before 2007, or a newer Office file under a password. Names of streams in it are UTF-16.
fn old_office(bytes: &[u8]) -> Reason {
    let has = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Reason::Encrypted
    } else if has("WordDocument") {
        Reason::Unsupported {
            format: ".doc",
            advice: SAVE_AS,
        }
    } else {
        Reason::Unsupported {
            format: "older Office",
            advice: "save the text as .docx or .txt first",
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests;
