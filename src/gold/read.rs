//! From a file to sentences: which form it has, and its mistakes.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Gold, lines};
use crate::error::{Error, LabelMistake};

/// Sentences of a file of labels, in the order of the file.
///
/// The form is told by the content: JSON Lines where the first character is `{`, else CSV.
///
/// # Errors
/// [`Error::Read`] where the file cannot be read, [`Error::Labels`] with every mistake in it.
pub fn read(path: &Path) -> Result<Vec<Gold>, Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    from_bytes(&path.to_string_lossy(), &bytes)
}

/// The same from bytes; `name` is what messages call them.
///
/// # Errors
/// [`Error::Labels`] with every mistake.
pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Gold>, Error> {
    let mut mistakes = Mistakes::new(name);
    let found = match std::str::from_utf8(bytes) {
        Ok(text) => sentences(text.strip_prefix('\u{feff}').unwrap_or(text), &mut mistakes),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            mistakes.add(
                line,
                "this is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\")",
            );
            Vec::new()
        }
    };
    mistakes.twice(&found);
    mistakes.namesakes(&found);
    mistakes.end(found.into_iter().map(|found| found.gold).collect())
}

fn sentences(text: &str, mistakes: &mut Mistakes) -> Vec<Found> {
    let found = if text.trim_start().starts_with('{') {
        lines::sentences(text, mistakes)
    } else {
        table(text, mistakes)
    };
    if found.is_empty() && mistakes.all.is_empty() {
        mistakes.add(1, "there is no labelled sentence in this file");
    }
    found
}

#[cfg(feature = "cli")]
fn table(text: &str, mistakes: &mut Mistakes) -> Vec<Found> {
    super::table::sentences(text, mistakes)
}

#[cfg(not(feature = "cli"))]
fn table(_: &str, mistakes: &mut Mistakes) -> Vec<Found> {
    mistakes.add(
        1,
        "this is no JSON line, and this build reads no CSV; build with the feature `cli`",
    );
    Vec::new()
}

/// A sentence and where it was read.
pub(super) struct Found {
    pub(super) gold: Gold,
    /// Its document as the file has it: two documents of one name may share ids.
    pub(super) document: String,
    /// Line from 1.
    pub(super) line: usize,
}

/// The mistakes of a file, as they are found.
pub(super) struct Mistakes {
    file: String,
    all: Vec<LabelMistake>,
}

impl Mistakes {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            all: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, line: usize, message: impl Into<String>) {
        self.all.push(LabelMistake {
            file: self.file.clone(),
            line,
            message: message.into(),
        });
    }

    /// A sentence that stands twice would count twice on one side and once on the other.
    fn twice(&mut self, found: &[Found]) {
        let mut first: HashMap<(&str, &str), usize> = HashMap::new();
        for one in found {
            let key = (one.document.as_str(), one.gold.id.as_str());
            if let Some(line) = first.get(&key) {
                let message = format!("the id \"{}\" stands in line {line} already", one.gold.id);
                self.add(one.line, message);
            } else {
                first.insert(key, one.line);
            }
        }
    }

    /// Labels name a document without folder and ending: sentences of two documents of one name would be taken for one
    /// another.
    fn namesakes(&mut self, found: &[Found]) {
        let mut documents: HashMap<&str, &str> = HashMap::new();
        let mut told: HashSet<&str> = HashSet::new();
        for one in found {
            let first = *documents.entry(&one.gold.doc).or_insert(&one.document);
            if first != one.document && told.insert(&one.document) {
                self.add(
                    one.line,
                    format!(
                        "{} and {first} are both named \"{}\" without folder and ending; leave one of them out",
                        one.document, one.gold.doc
                    ),
                );
            }
        }
    }

    /// The result, where there was no mistake.
    fn end(mut self, sentences: Vec<Gold>) -> Result<Vec<Gold>, Error> {
        if self.all.is_empty() {
            return Ok(sentences);
        }
        self.all.sort_by_key(|mistake| mistake.line);
        Err(Error::Labels { mistakes: self.all })
    }
}
