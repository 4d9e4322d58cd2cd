//! Visits: which documents tell of the same visit, and what was found there, theme by theme.
//!
//! In: documents, each with its rows and with what is known of it. Out: [`Visit`]s in order of date. Decides which
//! documents are about the same visit, from which of them the counts come, and which sentences count once or not at
//! all; every sentence says why it counts or does not. Not decided here: what a sentence says (see [`crate::label`])
//! and what has changed between visits (see [`crate::comparison`]).
//!
//! A visit is an authority and the dates of the inspection. The definitions and methods are told in `docs/visits.md`.

mod correct;
mod count;
pub(crate) mod evidence;
pub(crate) mod interval;
mod join;
mod make;
mod notes;
pub(crate) mod tally;
mod when;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::facts::{Facts, Judgement, Kind};
use crate::row::Row;

pub use correct::{Corrected, Corrections};
pub(crate) use join::authority_key;
pub(crate) use make::findings;
pub use make::visits;
pub use tally::{Balance, Counts, Mention, Moves, Quote, ThemeFindings};

/// Version of the form of visits, comparisons and groups. It rises when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// A document with its labels, as [`visits`] take it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// What is known of it. `document` names it in every output.
    pub facts: Facts,
    /// Its sentences, in their order.
    pub rows: Vec<Row>,
    /// Ids of the sentences whose labels a person has corrected.
    pub corrected: BTreeSet<String>,
}

/// What counts, and how much is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Sentences that count though by default they do not: of [`CountsAs::Authority`], [`CountsAs::Other`],
    /// [`CountsAs::Past`] and [`CountsAs::Future`]. Standing text and repeats never count.
    pub with: Vec<CountsAs>,
    /// Most sentences to quote for each theme as strengths, and as concerns.
    pub quotes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            with: Vec::new(),
            quotes: 3,
        }
    }
}

/// A visit: an authority, the dates of the inspection, and what was found there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visit {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Names the visit among others: `wexcombe-2023-09-12`, or made from the document's name where the authority or
    /// the dates are unknown. No two visits of one run share it.
    pub id: String,
    /// The authority; null where no document says.
    pub authority: Option<String>,
    /// First day of the inspection, ISO 8601; null where it is unknown. Where only the month is known, the first day of
    /// the month, and `end` its last.
    pub start: Option<String>,
    /// Last day of the inspection, ISO 8601; null where it is unknown.
    pub end: Option<String>,
    /// Kind of the document that the counts come from; null where it is unknown.
    pub kind: Option<Kind>,
    /// Ordinal of the visit in its series, as the inspectors count.
    pub visit_number: Option<u32>,
    /// Judgements given at the visit, by area; `overall` is the overall effectiveness.
    pub judgements: BTreeMap<String, Judgement>,
    /// Further columns of a facts file, such as an ONS code or a region, by their names.
    pub further: Map<String, Value>,
    /// Where the counts come from.
    pub basis: Basis,
    /// Fingerprints of the rules that labelled the documents, in order; more than one means that the counts of this
    /// visit mix rules.
    pub rules: Vec<String>,
    /// The documents about the visit: first those that the counts come from, then those shown beside.
    pub documents: Vec<Document>,
    /// How much text the counts come from.
    pub length: Length,
    /// Sentences that count, by what each says as a whole.
    pub counts: Counts,
    /// Sentences that do not count, by the reason.
    pub left_out: LeftOut,
    /// Every theme of the rules, in their order, mentioned or not.
    pub themes: Vec<ThemeFindings>,
    /// What whoever uses the counts should know, and how to mend it; one sentence each.
    pub notes: Vec<String>,
}

/// Where the counts of a visit come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The inspectors' own letter or report.
    Inspectors,
    /// An article, a statement or minutes, since no document of the inspectors was given.
    Reported,
    /// A document of which it is not known whose it is.
    Unknown,
}

/// A document about a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// Its path as given, or its id.
    pub document: String,
    /// Its kind; null where it is unknown.
    pub kind: Option<Kind>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// Fingerprint of the rules that labelled it.
    pub rules: String,
    /// The counts of the visit come from it; else it is shown beside them and added to nothing.
    pub counted: bool,
    /// How much text of it counts.
    pub length: Length,
    /// Its sentences that count, by what each says as a whole.
    pub counts: Counts,
    /// Its sentences that do not count, by the reason.
    pub left_out: LeftOut,
    /// Themes that its sentences mention, in the order of the rules.
    pub themes: Vec<DocumentTheme>,
    /// What became of each of its sentences, in their order.
    pub sentences: Vec<Use>,
    /// The sentences themselves with their labels as corrected, one for each of `sentences`. Not written as JSON: there
    /// they stand in the output of `tag`, under the same document and id. A visit that is read back has none.
    #[serde(skip)]
    pub rows: Vec<Row>,
}

/// A theme in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentTheme {
    /// Id of the theme.
    pub theme: String,
    /// Its sentences that count.
    pub counts: Counts,
}

/// How much text there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Length {
    /// Sentences.
    pub sentences: usize,
    /// Words: stretches between spaces.
    pub words: usize,
}

/// What became of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Use {
    /// Id of the sentence, as its row has it.
    pub id: String,
    /// Ordinal of the sentence in its document, from 1.
    pub sentence: u32,
    /// Whether it counts, and if not, why.
    pub counts_as: CountsAs,
    /// For a repeat, document and id of the sentence that counts; for standing text, the rule that knows it.
    pub because: Option<String>,
    /// A person has corrected its labels.
    pub corrected: bool,
}

/// Whether a sentence counts, and if not, why. The first reason that holds is given, in the order of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountsAs {
    /// Standing text: words that recur in letters of any authority and find nothing.
    Standing,
    /// The same words stood before in the documents that the counts come from.
    Repeat,
    /// Said by the authority about itself.
    Authority,
    /// Said by anyone else who is no inspector.
    Other,
    /// A finding of an earlier visit, told as background.
    Past,
    /// An intention or a plan.
    Future,
    /// A current finding of the inspectors: it counts.
    Finding,
}

/// Sentences that do not count, by the reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// Standing text, whatever its labels.
    pub standing: usize,
    /// Sentences whose words stood before.
    pub repeats: usize,
    /// What the authority says of itself.
    pub authority: Counts,
    /// What others say.
    pub other: Counts,
    /// What was found at earlier visits.
    pub past: Counts,
    /// Intentions and plans.
    pub future: Counts,
}
