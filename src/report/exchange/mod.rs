//! Labelled documents for other programs that work on texts: qualitative analysis, annotation, corpora.
//!
//! In: an [`Exchange`]: documents with their text and rows. Out: [`File`]s. Decides nothing about labels; each format's file
//! says what its readers keep.
//!
//! All of them count Unicode characters in a text of their own, which is the text that `findings text` prints but for what
//! other programs change when they open it: see [`Plain`].
//!
//! To add a format, write one file with a `FORMAT` and add one line to [`EXCHANGE_FORMATS`].

mod brat;
mod conll;
mod guid;
mod label_studio;
mod names;
mod plain;
mod qda;

use std::io;

use super::visible_line;
use crate::codebook::{Polarity, Tone};
use crate::facts::Facts;
use crate::row::Row;
use crate::rules::Rules;

pub use plain::Plain;

/// Every format of `findings export`, in the order in which help lists them.
pub const EXCHANGE_FORMATS: &[ExchangeFormat] = &[
    qda::PROJECT,
    qda::CODEBOOK,
    brat::FORMAT,
    label_studio::FORMAT,
    conll::FORMAT,
];

/// A format for other programs.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeFormat {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Endings of file names that stand for it, in lower case without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether it is a folder of files; else it is one file.
    pub folder: bool,
    /// Whether it holds documents; a codebook holds themes alone.
    pub documents: bool,
    /// Makes its files: of a format that is one file that file alone.
    ///
    /// # Errors
    /// Where a file cannot be put together.
    pub files: fn(&Exchange<'_>) -> io::Result<Vec<File>>,
}

/// What is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The rules that made the labels; they give themes their names.
    pub rules: &'a Rules,
    /// The documents, in the order of the call.
    pub documents: &'a [Document<'a>],
    /// What the whole is called.
    pub name: &'a str,
    /// When it is made, as ISO 8601 with `Z`; `None` for an output that is the same whenever it is made.
    pub date: Option<&'a str>,
}

/// A document that is handed over.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its path as given, or its id.
    pub name: &'a str,
    /// The text in which its rows count, the one that `findings text` prints.
    pub text: &'a str,
    /// Its sentences with their labels, in their order.
    pub rows: &'a [Row],
    /// What is known of it.
    pub facts: &'a Facts,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name inside the folder; empty where it is the only one.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The id under which a judgement stands that names no theme.
const NO_THEME: &str = "no_theme";

/// What a sentence is coded with: theme and what is said of it. A sentence that judges and names no theme has
/// [`NO_THEME`]; one that does neither has nothing.
fn codes(row: &Row) -> Vec<(&str, Tone)> {
    if row.labels.is_empty() {
        let tones: &[Tone] = match row.polarity {
            Polarity::Strength => &[Tone::Strength],
            Polarity::Concern => &[Tone::Concern],
            Polarity::Mixed => &[Tone::Strength, Tone::Concern],
            Polarity::Neutral => &[],
        };
        return tones.iter().map(|tone| (NO_THEME, *tone)).collect();
    }
    row.labels
        .iter()
        .map(|label| (label.theme.as_str(), label.polarity))
        .collect()
}

/// Every theme with its name, the rules' own and then [`NO_THEME`], and what it covers.
fn themes(rules: &Rules) -> Vec<(&str, &str, &str)> {
    rules
        .themes()
        .map(|theme| (theme.id.as_str(), theme.name.as_str(), theme.about.as_str()))
        .chain([(
            NO_THEME,
            "No theme named",
            "Judgements that name no theme of the rules.",
        )])
        .collect()
}

/// The words and rules behind a row's label, in one line: `too high (caseloads/too-high)`.
fn grounds(row: &Row, theme: &str, tone: Tone) -> String {
    let labels = row.labels.iter();
    let evidence = labels
        .filter(|label| label.theme == theme && label.polarity == tone)
        .flat_map(|label| &label.evidence)
        .map(|evidence| format!("{} ({})", visible_line(&evidence.text), evidence.rule));
    evidence.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
