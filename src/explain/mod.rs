//! Why a sentence has its labels, and why not others: every cue that stands in it and what became of it.
//!
//! In: [`Rules`] and a [`Reading`] made by them. Out: [`Explanation`]s. Decides nothing: it runs the labelling step again
//! and takes notes, so reading itself pays nothing.

mod decisive;
mod frame;
mod left_out;
mod near_miss;
mod reason;
mod seen;
mod theme;

use serde::Serialize;

use crate::codebook::{Tone, Via};
use crate::label::{self, Context, Fate, Held, Note, Notes, Trace};
use crate::reading::Reading;
use crate::row::{self, Row};
use crate::rules::Rules;
use crate::scan::{self, Hit};
use crate::section;

pub use frame::{FrameSeen, Framed};
pub use left_out::{LeftOut, left_out};
pub use reason::Reason;

/// Version of the form of an [`Explanation`]. It rises when a field changes its meaning or goes; new fields may come
/// without, and new values of [`Reason`] and [`Fate`] too.
pub const SCHEMA: u32 = 1;

/// A sentence, what decided its labels, and what became of every cue in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// The sentence with its labels and their evidence.
    pub sentence: Row,
    /// What decided its polarity.
    pub decisive: Decisive,
    /// What decided each of its labels, and why themes that its words name have none.
    pub themes: Vec<ThemeSeen>,
    /// What decided who says it, when it holds and whether it has moved.
    pub frame: FrameSeen,
    /// The stretches with one bearing into which it is cut.
    pub clauses: Vec<ClauseSeen>,
    /// Every cue that stands in it, in the order of the words.
    pub cues: Vec<CueSeen>,
}

/// The reason that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decisive {
    /// Which of the closed list it is.
    pub reason: Reason,
    /// The same for this sentence, in plain words. Not for programs: the wording may change in any release.
    pub words: String,
    /// Ids of the cues that bring it about, the one that decides first.
    pub cues: Vec<String>,
}

/// A theme in the light of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeSeen {
    /// Its id.
    pub theme: String,
    /// What its label says; null where the sentence has no label of the theme.
    pub polarity: Option<Tone>,
    /// The words that name it; null where none does.
    pub named: Option<Named>,
    /// Why it has this label, or none.
    pub decisive: Decisive,
}

/// Words that name a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Named {
    /// The words.
    pub text: String,
    /// Id of the cue, or `section/heading`.
    pub rule: String,
    /// Where they stand, seen from the sentence.
    pub via: Via,
    /// The sentence in which they stand, by its number; null where that is the heading.
    pub sentence: Option<u32>,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseSeen {
    /// Its words.
    pub text: String,
    /// It stands in contrast to the clause before.
    pub contrast: bool,
}

/// A cue that stands in the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CueSeen {
    /// Its id.
    pub rule: String,
    /// What it does: `theme`, `strength`, `negate` ...
    pub does: String,
    /// The theme that it names, hints at or judges.
    pub theme: Option<String>,
    /// First character, counted as that of the sentence.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The words of the document.
    pub text: String,
    /// Its clause, from 1.
    pub clause: usize,
    /// What became of it in the end.
    pub fate: Fate,
    /// The cue that brought that about.
    pub by: Option<String>,
    /// For one that found nothing to act on: words to the nearest thing on which it could; null where there is none.
    pub words_away: Option<usize>,
    /// For one that acts on other words: how many words far.
    pub reach: Option<u8>,
    /// What befell it before the end, in order.
    pub before: Vec<Step>,
}

/// What befell a cue on the way to its fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// What.
    pub fate: Fate,
    /// The cue that brought it about.
    pub by: Option<String>,
}

/// Explains every sentence of a reading, in order.
///
/// With a theme, [`Explanation::themes`] tells of that one only, also where no word of it stands in the sentence; without,
/// of every theme that has a label or is named. The reading has to be made by the same rules.
pub fn explain(rules: &Rules, reading: &Reading, theme: Option<&str>) -> Vec<Explanation> {
    let context = Context {
        rules,
        text: &reading.text,
        sections: &reading.sections,
        sentences: &reading.sentences,
        clauses: &reading.clauses,
        matches: &reading.matches,
        speaker: section::speaker(rules, &reading.text),
        trace: Trace::on(),
    };
    label::verdicts(&context);
    let (by_council, Notes { cues, held }) = (
        context.speaker == crate::codebook::Speaker::Authority,
        context.trace.notes(),
    );
    let mut notes: Vec<Vec<Note>> = vec![Vec::new(); reading.matches.len()];
    for note in cues {
        notes[note.cue].push(note);
    }
    let view = View {
        rules,
        reading,
        notes,
        held,
        rows: row::rows(rules, reading),
        hits: scan::scan(rules, &reading.text, &reading.sentences).hits,
        themes: rules.themes().map(|theme| theme.id.as_str()).collect(),
        by_council,
    };
    let mut speaker = None;
    (0..view.rows.len())
        .map(|n| {
            let (clauses, cues) = (view.clauses(n), view.cues(n));
            let sentence = decisive::Sentence {
                view: &view,
                n,
                cues: &cues,
            };
            Explanation {
                schema: SCHEMA,
                decisive: sentence.polarity(),
                themes: sentence.themes(theme),
                frame: frame::frame(&view, n, &cues, &mut speaker),
                sentence: view.rows[n].clone(),
                clauses,
                cues,
            }
        })
        .collect()
}

/// A reading and all that was noted of it.
struct View<'a> {
    rules: &'a Rules,
    reading: &'a Reading,
    /// The notes on each match, in order.
    notes: Vec<Vec<Note>>,
    /// What holds, in the order of sentences.
    held: Vec<Held>,
    rows: Vec<Row>,
    hits: Vec<Hit>,
    /// Ids of the themes, by their numbers.
    themes: Vec<&'a str>,
    /// It is a council's own document.
    by_council: bool,
}
