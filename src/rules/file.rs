//! A rule file as it lies on disk, and the places of what stands in it.
//!
//! In: a name and a text. Out: [`RuleFile`], and [`Mistake`]s with the line that they concern. Not decided here: what a file
//! may hold.

use crate::error::Mistake;
use crate::span::Span;

/// A rule file: its name as the user would name it, and its text.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Path below the rules folder, with `/`: `themes/caseloads.toml`.
    pub name: String,
    /// TOML.
    pub text: String,
    /// The overlay that it belongs to; `None` in a full set.
    pub overlay: Option<Overlay>,
    /// Where it lies on disk; `None` where it came from memory.
    pub path: Option<std::path::PathBuf>,
}

/// A folder of rules laid over others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlay {
    /// From 1, in the order in which overlays lie one on another.
    pub nth: usize,
    /// The folder, as the user named it; messages show it, the fingerprint leaves it out.
    pub folder: String,
}

impl RuleFile {
    /// A file of a full set.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            overlay: None,
            path: None,
        }
    }

    /// The name as messages show it: in an overlay with the folder before it.
    pub fn shown(&self) -> String {
        match &self.overlay {
            Some(overlay) => format!("{}/{}", overlay.folder.trim_end_matches('/'), self.name),
            None => self.name.clone(),
        }
    }

    /// The file's name without folder and ending: the id of what it describes.
    pub fn id(&self) -> &str {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// The folder that it lies in, empty for the rules folder itself.
    pub(crate) fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Mistake {
    /// A mistake at a span of bytes of the file.
    pub fn new(file: &RuleFile, at: Span, message: impl Into<String>) -> Self {
        let text = &file.text;
        let start = floor(text, at.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[..start].matches('\n').count() + 1;
        let source = text[line_start..line_end].trim_end_matches('\r');
        let column = text[line_start..start].chars().count();
        let end = floor(text, at.end.min(line_start + source.len()).max(start));
        let marks = text[start..end].chars().count().max(1);
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let snippet = format!(
            "{margin} |\n{number} | {source}\n{margin} | {}{}",
            " ".repeat(column),
            "^".repeat(marks)
        );
        Self {
            code: "",
            file: file.shown(),
            line,
            column: column + 1,
            at,
            message: message.into(),
            snippet,
        }
    }

    /// The same with the code of its kind.
    pub fn coded(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A value with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) at: Span,
}

impl Placed<String> {
    /// The place in the file of a piece of the text; `None` where the file writes the text with escapes.
    pub(crate) fn inside(&self, file: &RuleFile, piece: Span) -> Option<Span> {
        let written = file.text.get(self.at.start..self.at.end)?;
        let start = self.at.start + written.find(self.value.as_str())?;
        Some(Span::new(start + piece.start, start + piece.end))
    }
}
