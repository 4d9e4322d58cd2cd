//! What became of each cue: kept only where somebody asks, so that reading pays nothing for it.
//!
//! In: remarks of the steps of this module. Out: [`Note`]s. Decides nothing.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{Context, Evidence};
use crate::codebook::values;
use crate::matches::Match;

values! {
    /// What became of a cue that stands in a sentence. The list is closed.
    Fate {
        /// It stands in the evidence of a label, or made the sentence's polarity.
        Spoke = "spoke",
        /// It decides who says it, when it holds or whether it has moved.
        Framed = "framed",
        /// It turns another cue, or is turned by one, and speaks with it.
        Turned = "turned",
        /// A longer cue of its kind stands over it.
        Longer = "longer",
        /// It looks like the cue but an exemption stands over it.
        Exempt = "exempt",
        /// It judges only near its theme, which its clause does not name.
        NotNear = "not_near",
        /// It only hints at its theme, and the sentence names another.
        Hint = "hint",
        /// Its theme gives way to another that the sentence names.
        Yields = "yields",
        /// It acts on other words, and none stands inside its reach and clause.
        OutOfReach = "out_of_reach",
        /// It says nothing by itself, and no rise or fall acts on it.
        NeedsMovement = "needs_movement",
        /// A need or withheld credit before it governs it.
        Governed = "governed",
        /// A negation before it has taken it along.
        TakenAlong = "taken_along",
        /// It tells the circumstances of a child or a case ("when ...", "who ...").
        Circumstance = "circumstance",
        /// A mild word beside words that say that nothing is judged.
        BesideNeutral = "beside_neutral",
        /// Only a plan is told.
        Plan = "plan",
        /// A higher rank in the same stretch decides, or a concern of the same rank.
        Outranked = "outranked",
        /// The section decides whatever the words: a list of what must improve, or what was looked at.
        Section = "section",
        /// It tells of time, movement or speaker, and something stronger or the sentence's polarity rules that out.
        FrameRuledOut = "frame_ruled_out",
        /// It cuts sentences into clauses, or leaves judgements as they are.
        Structure = "structure",
    }
}

/// What became of one cue of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The cue, by its place among the reading's matches.
    pub(crate) cue: usize,
    pub(crate) fate: Fate,
    /// The cue that brought it about.
    pub(crate) by: Option<usize>,
    /// For what is out of reach: words to the nearest thing on which it could act.
    pub(crate) words: Option<usize>,
}

/// Takes notes, or none.
#[derive(Debug, Default)]
pub(crate) struct Trace(Option<RefCell<Vec<Note>>>);

impl Trace {
    /// One that keeps notes.
    pub(crate) fn on() -> Self {
        Self(Some(RefCell::default()))
    }

    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// The notes, in the order in which they were taken.
    pub(crate) fn notes(self) -> Vec<Note> {
        self.0.map(RefCell::into_inner).unwrap_or_default()
    }
}

impl Context<'_> {
    fn place(&self, cue: &Match) -> Option<usize> {
        self.matches.iter().position(|other| std::ptr::eq(other, cue))
    }

    /// Notes what became of a cue.
    pub(super) fn note(&self, cue: &Match, fate: Fate, by: Option<&Match>) {
        self.note_reach(cue, fate, by, None);
    }

    /// The same with the words that were missing.
    pub(super) fn note_reach(&self, cue: &Match, fate: Fate, by: Option<&Match>, words: Option<usize>) {
        let Some(notes) = &self.trace.0 else { return };
        let Some(cue) = self.place(cue) else { return };
        let by = by.and_then(|by| self.place(by));
        notes.borrow_mut().push(Note { cue, fate, by, words });
    }

    /// Notes the same of all cues behind a judgement.
    pub(super) fn note_evidence(&self, evidence: &[Evidence], fate: Fate, by: Option<&Match>) {
        if !self.trace.is_on() {
            return;
        }
        for m in self.matches.iter().filter(|m| m.silenced_by.is_none()) {
            let id = &self.rules.cue(m.cue).id;
            if evidence
                .iter()
                .any(|e| e.rule == *id && m.runs().contains(&e.span))
            {
                self.note(m, fate, by);
            }
        }
    }
}
