//! The examples that rule files carry, run through the whole pipeline.
//!
//! In: [`Rules`]. Out: what each example has shown, [`Tried`], with the explanation of those that do not hold. Each
//! example is read as a small document of its own: its heading, the sentence before it and itself, so that a rule that
//! never fires cannot look like cover. Not decided here: whose examples count, and how a failure looks.

mod compare;
mod sum;

use std::fmt;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::codebook::values;
use crate::error::Mistake;
use crate::explain::{Explanation, explain};
use crate::reading::Reading;
use crate::row::rows;
use crate::rules::{Example, Rules};
use crate::source::Source;

pub use sum::{SCHEMA, Tested};

use compare::{compare, differs_by, fault};

values! {
    /// How an example ends.
    State {
        /// It holds.
        Held = "held",
        /// It does not.
        Failed = "failed",
        /// It does not, and is marked `state = "todo"`.
        Todo = "todo",
        /// It holds, though it is marked `state = "todo"`: the mark can go.
        TodoHeld = "todo_held",
    }
}

values! {
    /// In what way an example does not hold.
    Kind {
        /// A label that it must get is not there.
        Missing = "missing",
        /// A label is there that it must not get.
        Noisy = "noisy",
        /// Polarity, source, time or change of the sentence is another.
        Differs = "differs",
        /// It is not read as the sentences that are meant: cut in other places, or not read at all.
        Span = "span",
    }
}

/// An example and what became of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tried {
    /// Its file, in an overlay with the folder before it.
    pub file: String,
    /// Line of its text, from 1.
    pub line: usize,
    /// Column of its text in characters, from 1.
    pub column: usize,
    /// The overlay that it stands in, from 1; null in a full set.
    pub overlay: Option<usize>,
    /// The heading above it.
    pub section: Option<String>,
    /// The sentence before it.
    pub before: Option<String>,
    /// The sentence.
    pub text: String,
    /// How it ends.
    pub state: State,
    /// What is wrong with it; empty where it holds.
    pub faults: Vec<Fault>,
    /// How its sentence was read, and why; null where it holds, or is not read as one sentence.
    pub explanation: Option<Explanation>,
    /// Its place in the file, as messages show it.
    #[serde(skip)]
    pub place: Mistake,
}

/// One thing in which an example does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// In what way.
    pub kind: Kind,
    /// The theme in question; null where it is about the sentence.
    pub theme: Option<String>,
    /// What differs: `polarity`, `source`, `time` or `change` of the sentence; null where it is about a label.
    pub field: Option<&'static str>,
    /// What is wrong, to be read behind "the example".
    pub message: String,
    /// The words that made it so.
    pub made_by: Vec<MadeBy>,
}

/// Words of an example and the rule that read them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeBy {
    /// First character, counted from the beginning of the sentence.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Id of the cue.
    pub rule: String,
}

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where it stands, with what was wanted and what was found.
    pub mistake: Mistake,
    /// It is marked `state = "todo"`: known not to hold yet.
    pub todo: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mistake.fmt(f)
    }
}

/// Runs every example and gives those that do not hold, in the order of files and lines.
pub fn failures(rules: &Rules) -> Vec<Failure> {
    let failed = try_all(rules)
        .into_iter()
        .filter(|tried| !tried.faults.is_empty());
    failed
        .map(|tried| Failure {
            todo: tried.state == State::Todo,
            mistake: tried.place,
        })
        .collect()
}

/// Runs every example, on all processors, and tells what became of each, in the order of files and lines.
pub fn try_all(rules: &Rules) -> Vec<Tried> {
    let mut all: Vec<Tried> = rules
        .examples()
        .par_iter()
        .map(|example| tried(rules, example))
        .collect();
    all.sort_by(|a, b| (a.overlay, &a.file, a.line).cmp(&(b.overlay, &b.file, b.line)));
    all
}

/// How an example is read: as a document of its own. The sentence in question is the last.
///
/// # Errors
/// Where it is not read as one sentence, or one behind its `before`; the message can be read behind "the example".
pub fn read(rules: &Rules, example: &Example) -> Result<Reading, String> {
    let reading = rules
        .read(&document(example))
        .map_err(|error| format!("cannot be read: {error}"))?;
    let (found, meant) = (reading.sentences.len(), 1 + usize::from(example.before.is_some()));
    if found == meant {
        Ok(reading)
    } else {
        let cut: Vec<String> = reading
            .sentences
            .iter()
            .map(|sentence| format!("“{}”", sentence.span.of(&reading.text.read)))
            .collect();
        Err(format!(
            "must be read as {} but is read as {found}: {}",
            if meant == 1 {
                "one sentence"
            } else {
                "two sentences"
            },
            if cut.is_empty() {
                "a heading, or words that give no row".to_owned()
            } else {
                cut.join(", ")
            }
        ))
    }
}

/// The document as which an example is read.
pub(crate) fn document(example: &Example) -> Source {
    let before = example
        .before
        .as_deref()
        .map(|text| format!("{text} "))
        .unwrap_or_default();
    let document = match &example.section {
        Some(section) => format!("{section}\n\n{before}{}\n", example.text),
        None => format!("{before}{}\n", example.text),
    };
    Source::from_text("example", document)
}

/// The theme that all faults are about: what concerns others says nothing of them.
pub(crate) fn only_theme(faults: &[Fault]) -> Option<&str> {
    let first = faults.first()?.theme.as_deref();
    faults
        .iter()
        .all(|fault| fault.theme.as_deref() == first)
        .then_some(first)
        .flatten()
}

fn tried(rules: &Rules, example: &Example) -> Tried {
    let (faults, explanation) = match read(rules, example) {
        Ok(reading) => {
            let row = rows(rules, &reading).pop();
            let mut faults = row.as_ref().map_or_else(Vec::new, |row| compare(example, row));
            // Explaining costs more than reading: only where there is something to explain.
            let explanation = (!faults.is_empty())
                .then(|| explain(rules, &reading, only_theme(&faults)).pop())
                .flatten();
            if let Some(explanation) = &explanation {
                for fault in &mut faults {
                    if let Some(field) = fault.field {
                        fault.made_by = differs_by(example, explanation, field);
                    }
                }
            }
            (faults, explanation)
        }
        Err(message) => (vec![fault(Kind::Span, None, message)], None),
    };
    let file = &rules.files()[example.file];
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    let place = Mistake::new(
        file,
        example.at,
        format!("the example {}", messages.join("; it ")),
    );
    Tried {
        file: place.file.clone(),
        line: place.line,
        column: place.column,
        overlay: file.overlay.as_ref().map(|overlay| overlay.nth),
        section: example.section.clone(),
        before: example.before.clone(),
        text: example.text.clone(),
        state: match (faults.is_empty(), example.todo) {
            (true, false) => State::Held,
            (true, true) => State::TodoHeld,
            (false, false) => State::Failed,
            (false, true) => State::Todo,
        },
        faults,
        explanation,
        place,
    }
}
