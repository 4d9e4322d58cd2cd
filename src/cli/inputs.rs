//! From the paths of the call to the documents to be read, one after another.
//!
//! In: paths as given. Out: [`Input`]s, in the order of the call; inside a folder in bytewise order of paths. Nothing is
//! opened here but folders and JSON Lines files: what a document is, the library decides.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use findings::Source;
use serde::{Deserialize, Serialize};

use super::contained;
use super::lines::{Line, Lines};

/// Endings of names that are taken from folders. A file named in the call is read whatever its name.
const DOCUMENTS: [&str; 7] = ["pdf", "docx", "odt", "html", "htm", "txt", "md"];
const LINES: [&str; 2] = ["jsonl", "ndjson"];

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One document a file: PDF, DOCX, ODT, HTML or text, told by its content
    Auto,
    /// One document a line: {"id": ..., "text": ...}; further fields come back under "extra"
    Jsonl,
}

/// One document to be read, or what stands in its place.
#[derive(Debug)]
pub(crate) enum Input {
    /// A file.
    File(PathBuf),
    /// All of standard input.
    Standard,
    /// A line of a JSON Lines file.
    Line(Line),
    /// Something that could not be opened: why, in words.
    Failed {
        /// Its name.
        name: String,
        /// The whole message.
        message: String,
    },
}

/// A document that could not be read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Unread {
    /// Its name, for the summary.
    pub(crate) name: String,
    /// What to say of it.
    pub(crate) message: String,
}

impl Input {
    /// How many bytes it holds, or will hold once it is read.
    pub(crate) fn weight(&self) -> u64 {
        match self {
            Self::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
            Self::Line(Line { bytes: Ok(bytes), .. }) => bytes.len() as u64,
            Self::Standard | Self::Line(_) | Self::Failed { .. } => 0,
        }
    }

    /// The name by which messages call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Standard => "-".to_owned(),
            Self::Line(line) => line.place.clone(),
            Self::Failed { name, .. } => name.clone(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Where it cannot be opened, or is of a kind that is not read.
    pub(crate) fn open(self) -> Result<Source, Unread> {
        let name = self.name();
        match self {
            Self::File(path) => contained::open(&path),
            Self::Standard => standard(),
            Self::Line(line) => line.source().map_err(|message| Unread { name, message }),
            Self::Failed { message, .. } => Err(Unread { name, message }),
        }
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        if path == Path::new("-") {
            Self::Standard
        } else {
            Self::File(path)
        }
    }
}

fn standard() -> Result<Source, Unread> {
    let failed = |source| findings::Error::Read {
        path: PathBuf::from("-"),
        source,
    };
    Source::read_within("-", io::stdin().lock(), contained::most_bytes(), failed)
        .map_err(|error| contained::unread("-", &error))
}

/// All documents of a call.
pub(crate) struct Inputs {
    waiting: VecDeque<PathBuf>,
    failed: VecDeque<Input>,
    lines: Option<Lines>,
    format: InputFormat,
    skipped: usize,
}

impl Inputs {
    pub(crate) fn new(paths: &[PathBuf], format: InputFormat) -> Self {
        let waiting = paths.iter().cloned().collect();
        Self {
            waiting,
            failed: VecDeque::new(),
            lines: None,
            format,
            skipped: 0,
        }
    }

    /// Files and links in folders that were passed over so far.
    pub(crate) fn skipped(&self) -> usize {
        self.skipped
    }

    /// How many documents are still to come, as far as that is known; `None` where nobody can know.
    pub(crate) fn left(&self) -> Option<usize> {
        (self.format == InputFormat::Auto).then_some(self.waiting.len() + self.failed.len())
    }

    fn wanted(&self, path: &Path) -> bool {
        let endings: &[&str] = if self.format == InputFormat::Auto {
            &DOCUMENTS
        } else {
            &LINES
        };
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
    }

    /// Puts the files of a folder in front of what is waiting.
    fn walk(&mut self, folder: PathBuf) {
        let mut files = Vec::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            if let Err(error) = self.list(&folder, &mut files, &mut folders) {
                self.failed.push_back(failed(&folder, &error));
            }
        }
        files.sort_by_cached_key(|path| path_bytes(path));
        for path in files.into_iter().rev() {
            self.waiting.push_front(path);
        }
    }

    fn list(
        &mut self,
        folder: &Path,
        files: &mut Vec<PathBuf>,
        folders: &mut Vec<PathBuf>,
    ) -> io::Result<()> {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && self.wanted(&path) {
                files.push(path);
            } else {
                self.skipped += 1;
            }
        }
        Ok(())
    }

    fn lines(path: &Path) -> Result<Lines, Input> {
        if path == Path::new("-") {
            return Ok(Lines::new("-".to_owned(), Box::new(BufReader::new(io::stdin()))));
        }
        let file = File::open(path).map_err(|error| failed(path, &error))?;
        Ok(Lines::new(
            path.to_string_lossy().into_owned(),
            Box::new(BufReader::new(file)),
        ))
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(failed) = self.failed.pop_front() {
                return Some(failed);
            }
            if let Some(line) = self.lines.as_mut().and_then(Lines::next) {
                return Some(Input::Line(line));
            }
            let path = self.waiting.pop_front()?;
            if path.is_dir() {
                self.walk(path);
            } else if self.format == InputFormat::Jsonl {
                match Self::lines(&path) {
                    Ok(lines) => self.lines = Some(lines),
                    Err(failed) => return Some(failed),
                }
            } else {
                return Some(Input::from(path));
            }
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> Input {
    let name = path.to_string_lossy().into_owned();
    Input::Failed {
        message: format!("cannot read {name}: {error}"),
        name,
    }
}

/// The bytes by which paths are put in order: the same on every system, also where `\` parts folders.
fn path_bytes(path: &Path) -> Vec<u8> {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().as_encoded_bytes())
        .collect();
    parts.join(&b'/')
}
