//! A sentence as outputs show it: the stable contract of label files.
//!
//! In: a [`Reading`](crate::reading::Reading). Out: [`Row`]s, one a sentence. Here bytes become Unicode characters:
//! every `start` and `end` counts scalar values, end exclusive, into the text that `findings text` prints.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::codebook::{Change, Grade, Polarity, SectionRole, Speaker, Time, Tone, Via};

/// Version of the row's form. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// One sentence with its labels. Keys are always there, null where there is nothing to say; `extra` aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules that made the labels.
    pub rules: String,
    /// Id of the sentence, stable while its own words stay and edits happen elsewhere in the document.
    pub id: String,
    /// The document: its path as given, or its id.
    pub document: String,
    /// Ordinal of the sentence in the document, from 1.
    pub sentence: u32,
    /// The heading above, as printed, without its grade.
    pub section: Option<String>,
    /// What part of the document that heading opens.
    pub section_role: SectionRole,
    /// The grade that the heading carries.
    pub section_grade: Option<Grade>,
    /// Physical page from 1.
    pub page: Option<u32>,
    /// The document's own number of the paragraph, as printed without its full stop.
    pub paragraph: Option<String>,
    /// First character of the sentence.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The sentence as read: line breaks as spaces, page furniture left out.
    pub text: String,
    /// What the sentence as a whole says.
    pub polarity: Polarity,
    /// Themes with what is said of each; a theme judged both ways stands twice.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
    /// Fields that came with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Map<String, Value>>,
}

/// A theme in a sentence and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Label {
    /// Id of the theme.
    pub theme: String,
    /// What is said of it.
    pub polarity: Tone,
    /// The words that made the label, in the order in which they stand in the document.
    pub evidence: Vec<Evidence>,
}

/// Words of the document and the rule that read them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Id of the cue, `file/words`.
    pub rule: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words as they stand in the document.
    pub text: String,
    /// Where they stand, seen from the sentence.
    pub via: Via,
}
