//! What can go wrong: what failed, on which file and where, and what to do.

use std::fmt;
use std::path::PathBuf;

/// An error of the library.
///
/// Messages are in lower case without a full stop, name the file, and say what to do where something can be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A document was opened, but no text can be had from it.
    #[error("cannot read {document}: {reason}")]
    Document {
        /// The document's path, or its id where it has no path.
        document: String,
        /// Why, and what to do about it.
        reason: Reason,
    },
    /// Rule files hold mistakes: all of them, not the first only.
    #[error("{} in the rule files:\n{}", count(mistakes.len()), list(mistakes))]
    Rules {
        /// Every mistake found, in the order of files and lines.
        mistakes: Vec<Mistake>,
    },
    /// Bytes hold no rules that this version can use.
    #[error("cannot unpack rules: {reason}")]
    Packed {
        /// Why, and what to do about it.
        reason: String,
    },
    /// A template of a report cannot be used.
    #[error("the template cannot be used: {mistake}")]
    Template {
        /// The first mistake: what is wrong, where, and what to do.
        mistake: Box<Mistake>,
    },
    /// A facts file holds mistakes: all of them, not the first only.
    #[error("{} in the facts file:\n{}", count(mistakes.len()), list(mistakes))]
    Given {
        /// Every mistake found, in the order of lines.
        mistakes: Vec<Mistake>,
    },
    /// A file of labels holds mistakes: all of them, not the first only.
    #[error("{} in a file of labels:\n{}", count(mistakes.len()), list(mistakes))]
    Labels {
        /// Every mistake found, in the order of lines.
        mistakes: Vec<LabelMistake>,
    },
    /// Labels were to be compared, but no sentence of one side is found on the other.
    #[error(
        "nothing matches: no sentence is the same by {by}; {what} on one side: {left}; on the other: {right}; \
         check that both are of the same documents, named alike, and that their offsets count in the same text"
    )]
    NothingMatches {
        /// By what sentences were matched.
        by: &'static str,
        /// What the two lists name.
        what: &'static str,
        /// Some of them on the one side, gold's where there is one.
        left: String,
        /// Some of them on the other.
        right: String,
    },
}

/// Why no text can be had from a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// No bytes, or nothing but white space.
    #[error("it is empty")]
    Empty,
    /// A PDF whose pages carry pictures but no text.
    #[error(
        "its {pages} page(s) hold no text: it is probably a scan; run it through text recognition (OCR) first"
    )]
    NoText {
        /// Pages in the file.
        pages: usize,
    },
    /// A password is needed.
    #[error("it is encrypted; save a copy without a password first")]
    Encrypted,
    /// A format that is known but not read.
    #[error("{format} files are not read; {advice}")]
    Unsupported {
        /// What the file is.
        format: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// A format whose reader was left out of this build.
    #[error("this build has no reader for {format}; build with the feature `{feature}`")]
    NotBuilt {
        /// What the file is.
        format: &'static str,
        /// The cargo feature that brings the reader.
        feature: &'static str,
    },
    /// The bytes are of no known kind of document.
    #[error("it is not a document that can be read (PDF, DOCX, ODT, HTML or text)")]
    NotADocument,
    /// The file begins like a document of its format but is damaged.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// A stated limit was passed.
    #[error("it is larger than the limit: {message}")]
    TooLarge {
        /// Which one.
        limit: Limit,
        /// How much it may hold, and what of.
        message: String,
    },
}

/// What is limited in a document; see [`crate::extract::Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the file, or of a part unpacked from it.
    Bytes,
    /// Pages.
    Pages,
    /// Elements open at once.
    Depth,
    /// Characters of a PDF, which no option sets.
    Characters,
}

/// A mistake in a rule file: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its kind: a code that stays, such as `E102`, which `findings rules help` explains.
    pub code: &'static str,
    /// The file, by its path below the rules folder.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// The place, in bytes of the file.
    pub at: crate::span::Span,
    /// What is wrong and what to do.
    pub message: String,
    /// The line of the file, and under it a caret below the place.
    pub snippet: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if !self.code.is_empty() {
            write!(f, " [{}]", self.code)?;
        }
        write!(f, "\n{}", self.snippet)
    }
}

/// A mistake in a file of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMistake {
    /// The file, by its path as given.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for LabelMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 {
        "1 mistake".to_owned()
    } else {
        format!("{mistakes} mistakes")
    }
}

fn list(mistakes: &[impl fmt::Display]) -> String {
    mistakes
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}
