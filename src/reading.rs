//! One document through all steps.
//!
//! In: [`Rules`] and a [`Source`]. Out: a [`Reading`]. Decides nothing: it calls the steps in turn.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clause::{self, Clause};
use crate::error::Error;
use crate::extract::{self, Extract};
use crate::label::{self, Context, Trace, Verdict};
use crate::matches::{self, Match};
use crate::rules::Rules;
use crate::scan;
use crate::section::{self, Section};
use crate::sentence::{self, Sentence};
use crate::source::Source;
use crate::text::{self, Text};

/// A document as read: every step's result, from words to verdicts.
///
/// It owns all that it holds, so it can be kept, sent to another thread and written as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The document: its path as given, or its id.
    pub document: String,
    /// Fingerprint of the rules that it was read by.
    pub rules: String,
    /// Things that whoever uses the reading should know, such as pages without text.
    pub warnings: Vec<String>,
    /// Fields that came with the document.
    pub extra: Option<Map<String, Value>>,
    /// The words.
    pub text: Text,
    /// Parts under headings.
    pub sections: Vec<Section>,
    /// Sentences and list items of the sections that give rows.
    pub sentences: Vec<Sentence>,
    /// Clauses of the sentences.
    pub clauses: Vec<Clause>,
    /// Cues seen in the clauses, with those that were silenced.
    pub matches: Vec<Match>,
    /// What each sentence says, one for each of `sentences`.
    pub verdicts: Vec<Verdict>,
}

impl Rules {
    /// Reads a document.
    ///
    /// A pure function of the rules and the bytes: the same on every run, thread and machine.
    ///
    /// # Errors
    /// [`Error::Document`] where no text can be had from the document.
    pub fn read(&self, source: &Source) -> Result<Reading, Error> {
        Ok(self.read_extract(source, extract::extract(source)?))
    }

    /// The same of a document whose text has been taken out of its format already, which is most of the work for a PDF:
    /// for whoever reads one document by several sets of rules.
    pub fn read_extract(&self, source: &Source, extract: Extract) -> Reading {
        let warnings = extract.warnings.clone();
        let text = text::text(self, extract);
        let sections = section::sections(self, &text);
        let sentences = sentence::sentences(self, &text, &sections);
        let seen = scan::scan(self, &text, &sentences);
        let clauses = clause::clauses(self, &text, &sentences, &seen);
        let matches = matches::matches(self, &text.normal.text, &clauses, &seen);
        let verdicts = label::verdicts(&Context {
            rules: self,
            text: &text,
            sections: &sections,
            sentences: &sentences,
            clauses: &clauses,
            matches: &matches,
            speaker: section::speaker(self, &text),
            trace: Trace::default(),
        });
        Reading {
            document: source.name.clone(),
            rules: self.fingerprint().to_owned(),
            warnings,
            extra: source.extra.clone(),
            text,
            sections,
            sentences,
            clauses,
            matches,
            verdicts,
        }
    }
}
