//! How results look: one file for each format, all behind one trait and in one list.
//!
//! In: the rows of one document after another. Out: bytes. Not decided here: which rows there are, in which order, and
//! where the bytes go. A report never needs more than one document at a time, so a run of any length fits in memory.
//!
//! To add a format, write one file with a `FORMAT` and add one line to [`FORMATS`].

mod bundle;
mod columns;
mod compare;
mod csv;
pub mod exchange;
mod facts;
mod explained;
mod groups;
mod json;
mod jsonl;
mod markdown;
pub mod page;
mod parquet;
mod place;
pub mod template;
mod tested;
mod text;
mod visible;
mod visits;
mod whole;
mod wording;
#[cfg(feature = "xlsx")]
mod workbook;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};

use crate::row::Row;
use crate::rules::Rules;

pub use bundle::{BUNDLE_FORMATS, Bundle, BundleFormat, BundleJson};
pub use compare::COMPARISON_FORMATS;
pub use csv::pick_columns;
pub(crate) use csv::write_lines;
pub use explained::explained;
pub use facts::{FACTS_FORMATS, FactsFormat, WriteFacts};
pub use groups::GROUP_FORMATS;
pub use tested::tested;
pub use visible::{visible_line, visible_text};
pub use visits::VISIT_FORMATS;
pub use whole::WholeFormat;

/// Every format of `findings tag`, in the order in which help lists them.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    json::FORMAT,
    csv::FORMAT,
    parquet::FORMAT,
    text::FORMAT,
    #[cfg(feature = "xlsx")]
    xlsx::FORMAT,
];

/// A format: its name, how its files are called, and how a report in it is begun.
#[derive(Clone, Copy)]
pub struct Format {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Endings of file names that stand for it, in lower case without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its bytes hold ANSI escape sequences for colour, which the one who writes them has to take out where
    /// no colour is wanted.
    pub coloured: bool,
    /// Whether its bytes are no text, so that nobody wants them on a terminal.
    pub binary: bool,
    /// Whether it may begin with a byte order mark, [`Run::bom`].
    pub bom: bool,
    /// Whether its cells are changed where a spreadsheet would take them for formulas, and can be had as they are,
    /// [`Run::raw`].
    pub raw: bool,
    /// The columns (for JSON: keys) that can be chosen, [`Run::columns`]; empty where they cannot.
    pub columns: &'static [&'static str],
    /// Begins a report.
    pub begin: fn(&Run<'_>) -> Box<dyn Report>,
}

/// What a report needs to know of the run before the first document.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The rules that made the rows.
    pub rules: &'a Rules,
    /// Begin with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Leave cells as they are, though a spreadsheet would take some for formulas.
    pub raw: bool,
    /// The columns to write, in this order, as [`Format::check_columns`] knows them; all where it is empty.
    pub columns: &'a [String],
    /// How the output is made, for formats that say so.
    pub made: &'a Made,
}

/// How an output is made: what it says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The command line, as one could type it.
    pub command: String,
    /// When; `None` for outputs that are the same whenever they are made.
    pub date: Option<jiff::Timestamp>,
    /// What stands before the path of a document to lead to it from where the output will stand, such as `../`; `None`
    /// where that is not known, and then nothing is linked.
    pub to_documents: Option<String>,
}

/// Makes the bytes of one document from its rows.
pub type Render = Box<dyn Fn(&[Row]) -> io::Result<Vec<u8>> + Send + Sync>;

/// A report being written: `head` once, then `document` for each document, then `foot` once.
pub trait Report {
    /// What stands before the first document.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    fn head(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// The rows of one document, in their order; none where nothing was kept of it.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()>;

    /// What makes the bytes of a document in whichever thread has read it; `None` where they depend on the documents
    /// before. What it made goes to `rendered` in the place of `document`, with the same bytes in the end.
    fn render(&self) -> Option<Render> {
        None
    }

    /// A document that [`Report::render`] has made bytes of.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    fn rendered(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(bytes)
    }

    /// What stands after the last document.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    fn foot(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// After `foot`: what of the rows is not in the report as it was, since the format has no room for it; one sentence
    /// each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether it has all columns of these names; a name that begins with `extra.` leads into the fields that came with the
    /// document.
    ///
    /// # Errors
    /// Which name is unknown, and the names that are known.
    pub fn check_columns(&self, names: &[String]) -> Result<(), String> {
        if self.columns.is_empty() && !names.is_empty() {
            return Err(format!("{} has no columns to choose", self.name));
        }
        columns::check(self.columns, names)
    }

    /// The format that a file name's ending (without the dot, in any case) stands for.
    pub fn for_ending(ending: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| {
            format
                .endings
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        })
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Format")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_formats_share_a_name_or_an_ending() {
        let names: std::collections::BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        let endings: Vec<_> = FORMATS.iter().flat_map(|format| format.endings).collect();
        let distinct: std::collections::BTreeSet<_> = endings.iter().collect();
        assert_eq!(distinct.len(), endings.len());
    }

    #[test]
    fn endings_are_known_in_any_case() {
        assert_eq!(Format::for_ending("CSV").map(|format| format.name), Some("csv"));
        assert_eq!(
            Format::for_ending("ndjson").map(|format| format.name),
            Some("jsonl")
        );
        assert!(Format::for_ending("pdf").is_none());
    }
}
