//! A rule file as it lies on disk, and a lenient walk through it that reports every mistake with its place.
//!
//! In: TOML. Out: typed values, each with its place, and [`Mistake`]s. Not decided here: which keys a file may have.
//!
//! serde would stop at the first mistake; an author wants to hear of all of them in one run.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// One file being walked.
pub(crate) struct Walk<'a> {
    pub(crate) file: &'a RuleFile,
    pub(crate) mistakes: &'a mut Vec<Mistake>,
}

pub(crate) type Table<'i> = DeTable<'i>;

impl<'a> Walk<'a> {
    /// Parses the file; mistakes of TOML itself are reported and what could be read is given.
    pub(crate) fn parse(&mut self) -> Table<'a> {
        let (table, errors) = DeTable::parse_recoverable(&self.file.text);
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            let message = format!("this is not TOML: {}", error.message());
            self.mistake("E101", Span::new(at.start, at.end), message);
        }
        table.into_inner()
    }

    pub(crate) fn mistake(&mut self, code: &'static str, at: Span, message: impl Into<String>) {
        self.mistakes
            .push(Mistake::new(self.file, at, message).coded(code));
    }

    /// Reports keys that the table may not have.
    pub(crate) fn keys(&mut self, table: &Table<'_>, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = known.iter().find(|other| near(other, name));
                let advice = match near {
                    Some(other) => format!("did you mean `{other}`?"),
                    None => format!("known keys: {}", known.join(", ")),
                };
                self.mistake("E102", span(key), format!("unknown key `{name}`: {advice}"));
            }
        }
    }

    pub(crate) fn string(&mut self, table: &Table<'_>, key: &str) -> Option<Placed<String>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Placed {
                value: text.to_string(),
                at: span(value),
            }),
            _ => self.wrong(value, key, "a text in quotation marks"),
        }
    }

    pub(crate) fn number(&mut self, table: &Table<'_>, key: &str, from: u8, to: u8) -> Option<u8> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| n.as_str().parse::<u8>().ok());
        match number.filter(|n| (from..=to).contains(n)) {
            Some(number) => Some(number),
            None => self.wrong(value, key, &format!("a whole number from {from} to {to}")),
        }
    }

    pub(crate) fn boolean(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        match value.get_ref().as_bool() {
            Some(value) => Some(value),
            None => self.wrong(value, key, "`true` or `false`"),
        }
    }

    pub(crate) fn strings(&mut self, table: &Table<'_>, key: &str) -> Vec<Placed<String>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong::<()>(value, key, "a list of texts: [\"one\", \"other\"]");
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => all.push(Placed {
                    value: text.to_owned(),
                    at: span(item),
                }),
                None => {
                    self.wrong::<()>(item, key, "a list of texts: [\"one\", \"other\"]");
                }
            }
        }
        all
    }

    /// The tables of `[[key]]`, each with its place.
    pub(crate) fn tables<'t, 'i>(&mut self, table: &'t Table<'i>, key: &str) -> Vec<(Span, &'t Table<'i>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong::<()>(value, key, &format!("tables, each under a line `[[{key}]]`"));
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(inner) => all.push((span(item), inner)),
                None => {
                    self.wrong::<()>(item, key, &format!("tables, each under a line `[[{key}]]`"));
                }
            }
        }
        all
    }

    fn wrong<T>(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) -> Option<T> {
        let message = format!("`{key}` is {}: it has to be {wanted}", value.get_ref().type_str());
        self.mistake("E103", span(value), message);
        None
    }
}

pub(crate) fn span<T>(value: &Spanned<T>) -> Span {
    Span::new(value.span().start, value.span().end)
}

/// Whether two keys differ by one slip: a letter more, less, other, or two changed about.
pub(crate) fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[same_start..], &b[same_start..]);
    let same_end = ra
        .iter()
        .rev()
        .zip(rb.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (ra, rb) = (&ra[..ra.len() - same_end], &rb[..rb.len() - same_end]);
    (ra.len() <= 1 && rb.len() <= 1) || (ra.len() == 2 && rb.len() == 2 && ra[0] == rb[1] && ra[1] == rb[0])
}
