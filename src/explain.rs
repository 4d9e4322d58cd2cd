//! Why a sentence has its labels, and why not others: every cue that stands in it and what became of it.
//!
//! In: [`Rules`] and a [`Reading`] made by them. Out: [`Explanation`]s. Decides nothing: it runs the labelling step again
//! and takes notes, so reading itself pays nothing.

use serde::Serialize;

use crate::clause::Clause;
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::label::{self, Context, Fate, Note, Trace};
use crate::reading::Reading;
use crate::row::{self, Row};
use crate::rules::{Act, Role, Rules};
use crate::section;
use crate::span::Span;

/// A sentence and what became of every cue in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The sentence with its labels and their evidence.
    pub sentence: Row,
    /// What decided its polarity.
    pub decided_by: Decided,
    /// The stretches with one bearing into which it is cut.
    pub clauses: Vec<ClauseSeen>,
    /// Every cue that stands in it, in the order of the words.
    pub cues: Vec<CueSeen>,
}

/// What decided the polarity of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Words of praise or criticism.
    Words,
    /// The heading above: a list of strengths or of what must improve, or a plain statement among findings.
    Section,
    /// Words that say that nothing is judged, or only a plan is told.
    NothingJudged,
    /// The section tells what was looked at.
    Method,
    /// No word of praise or criticism speaks.
    NoWords,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseSeen {
    /// Its words.
    pub text: String,
    /// It stands in contrast to the clause before.
    pub contrast: bool,
}

/// A cue that stands in the sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CueSeen {
    /// Its id.
    pub rule: String,
    /// What it does: `theme`, `strength`, `negate` ...
    pub does: String,
    /// The words of the document.
    pub text: String,
    /// First character of them.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Its clause, from 1.
    pub clause: usize,
    /// What became of it.
    pub fate: Fate,
    /// The cue that brought that about.
    pub by: Option<String>,
    /// For one out of reach: words to the nearest thing on which it could act; `None` where there is none.
    pub words_away: Option<usize>,
    /// For one that acts on other words: how many words far.
    pub reach: Option<u8>,
}

/// Explains every sentence of a reading, in order.
///
/// The reading has to be made by the same rules.
pub fn explain(rules: &Rules, reading: &Reading) -> Vec<Explanation> {
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
    let notes = context.trace.notes();
    let mut last: Vec<Option<Note>> = vec![None; reading.matches.len()];
    for note in notes {
        last[note.cue] = Some(note);
    }
    let view = View { rules, reading, last };
    row::rows(rules, reading)
        .into_iter()
        .enumerate()
        .map(|(n, row)| view.sentence(n, row))
        .collect()
}

struct View<'a> {
    rules: &'a Rules,
    reading: &'a Reading,
    /// The last note on each match.
    last: Vec<Option<Note>>,
}

impl View<'_> {
    fn sentence(&self, n: usize, sentence: Row) -> Explanation {
        let of_sentence = |clause: &Clause| clause.sentence == n;
        let first = self.reading.clauses.partition_point(|clause| clause.sentence < n);
        let clauses = self.reading.clauses[first..]
            .iter()
            .take_while(|clause| of_sentence(clause));
        let clauses: Vec<ClauseSeen> = clauses
            .map(|clause| ClauseSeen {
                text: self.words(clause.span).trim().to_owned(),
                contrast: clause.contrast,
            })
            .collect();
        let from = self.reading.matches.partition_point(|m| m.clause < first);
        let upto = self
            .reading
            .matches
            .partition_point(|m| m.clause < first + clauses.len());
        let cues: Vec<CueSeen> = (from..upto).map(|m| self.cue(m, first, n, &sentence)).collect();
        let decided_by = self.decided(&sentence, &cues);
        Explanation {
            sentence,
            decided_by,
            clauses,
            cues,
        }
    }

    fn words(&self, span: Span) -> &str {
        self.reading
            .text
            .normal
            .span_to_text(span)
            .of(&self.reading.text.read)
    }

    /// Characters of a stretch of the sentence in the printed text, as rows count them.
    fn characters(&self, span: Span, n: usize, row: &Row) -> (usize, usize) {
        let text = &self.reading.text;
        let sentence = text.span_to_printed(self.reading.sentences[n].span);
        let span = text.span_to_printed(text.normal.span_to_text(span));
        let upto = |byte: usize| {
            let before = text.printed.get(sentence.start..byte);
            row.start + before.map_or(0, |before| before.chars().count())
        };
        (upto(span.start), upto(span.end))
    }

    fn cue(&self, place: usize, first_clause: usize, n: usize, row: &Row) -> CueSeen {
        let m = &self.reading.matches[place];
        let (start, end) = self.characters(m.span, n, row);
        let cue = self.rules.cue(m.cue);
        let id = |place: usize| self.rules.cue(self.reading.matches[place].cue).id.clone();
        let note = self.last[place];
        let (fate, by) = match (m.silenced_by, note) {
            (Some(by), _) if matches!(self.rules.cue(self.reading.matches[by].cue).act, Act::Exempt(_)) => {
                (Fate::Exempt, Some(by))
            }
            (Some(by), _) => (Fate::Longer, Some(by)),
            (None, Some(note)) => (note.fate, note.by),
            (None, None) => (unnoted(cue.act, row), None),
        };
        let reach = matches!(
            cue.act,
            Act::Word(Role::Negate | Role::Less | Role::More | Role::Tackle | Role::Few)
        );
        CueSeen {
            rule: cue.id.clone(),
            does: cue.act.name().to_owned(),
            text: self.words(m.span).to_owned(),
            start,
            end,
            clause: m.clause - first_clause + 1,
            fate,
            by: by.map(id),
            words_away: note.and_then(|note| note.words),
            reach: reach.then_some(cue.reach),
        }
    }

    fn decided(&self, row: &Row, cues: &[CueSeen]) -> Decided {
        let by_section = row
            .labels
            .iter()
            .flat_map(|label| &label.evidence)
            .any(|evidence| evidence.rule.starts_with("section/") && evidence.rule != "section/heading");
        let has = |fates: &[Fate]| cues.iter().any(|cue| fates.contains(&cue.fate));
        let judging = |cue: &CueSeen| {
            matches!(cue.fate, Fate::Spoke | Fate::Turned) && !matches!(cue.does.as_str(), "theme" | "hint")
        };
        match row.polarity {
            Polarity::Neutral if row.section_role == crate::codebook::SectionRole::Method => Decided::Method,
            Polarity::Neutral
                if has(&[Fate::BesideNeutral, Fate::Plan])
                    || cues.iter().any(|cue| cue.does == "neutral") =>
            {
                Decided::NothingJudged
            }
            Polarity::Neutral => Decided::NoWords,
            _ if by_section || !cues.iter().any(judging) => Decided::Section,
            _ => Decided::Words,
        }
    }
}

/// What became of a cue of which no step had anything to note.
fn unnoted(act: Act, row: &Row) -> Fate {
    let framed = |is: bool| if is { Fate::Framed } else { Fate::FrameRuledOut };
    match act {
        Act::Word(role) => match role {
            Role::Past => framed(row.time == Time::Past),
            Role::Future => framed(row.time == Time::Future),
            Role::Improved => framed(row.change == Change::Improved),
            Role::Declined => framed(row.change == Change::Declined),
            Role::Unchanged => framed(row.change == Change::Unchanged),
            Role::Inspector => framed(row.source == Speaker::Inspector),
            Role::Authority => framed(row.source == Speaker::Authority),
            Role::Other => framed(row.source == Speaker::Other),
            Role::Most => Fate::Structure,
            Role::Neutral if row.polarity != Polarity::Neutral => Fate::Outranked,
            _ => Fate::Spoke,
        },
        Act::Name { .. } | Act::Judge { .. } | Act::Near { .. } => Fate::Spoke,
        Act::Exempt(_)
        | Act::Stop
        | Act::Content
        | Act::Circumstance
        | Act::OpeningCircumstance
        | Act::Relative
        | Act::GoingOn => Fate::Structure,
    }
}
