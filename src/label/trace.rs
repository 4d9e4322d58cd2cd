//! What became of each cue, and which judgements hold: kept only where somebody asks, so that reading pays nothing for it.
//!
//! In: remarks of the steps of this module. Out: [`Notes`]. Decides nothing.

use std::cell::RefCell;
use std::ptr;

use serde::{Deserialize, Serialize};

use super::tone::Judgement;
use super::{Context, Evidence, Part};
use crate::codebook::{Tone, values};
use crate::matches::Match;
use crate::sentence::Sentence;

values! {
    /// What became of a cue that stands in a sentence. The list is closed.
    Fate {
        /// It stands in the evidence of a label, or made the sentence's polarity.
        Spoke = "spoke",
        /// It decides who says it, when it holds or whether it has moved.
        Framed = "framed",
        /// It is turned by another cue, and speaks with it.
        Turned = "turned",
        /// It turns other words, and none stands inside its reach and clause: by itself it is a mild concern.
        Alone = "alone",
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
        /// What turned its neighbour has used it up.
        TakenAlong = "taken_along",
        /// It tells the circumstances of a child or a case ("when ...", "who ...").
        Circumstance = "circumstance",
        /// A mild word beside words that say that nothing is judged, or in a section of background.
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

impl Fate {
    /// What it means, for people.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Spoke => "it stands in the evidence of a label, or made the sentence's polarity",
            Self::Framed => "it decides who says it, when it holds or whether it has moved",
            Self::Turned => "another cue turns it, and it speaks with that one",
            Self::Alone => {
                "it turns other words, but none stands inside its reach and clause: by itself a mild concern"
            }
            Self::Longer => "a longer cue of its kind stands over it",
            Self::Exempt => "it only looks like the cue: an exemption stands over it",
            Self::NotNear => "it judges only near its theme, which its clause does not name",
            Self::Hint => "it only hints at its theme, and the sentence names another",
            Self::Yields => "its theme gives way to another that the sentence names",
            Self::OutOfReach => "it acts on other words, and none stands inside its reach and clause",
            Self::NeedsMovement => "it says nothing by itself, and no rise or fall acts on it",
            Self::Governed => "a need or withheld credit before it governs it: what needs to be is not",
            Self::TakenAlong => "what turned its neighbour has used it up",
            Self::Circumstance => {
                "it tells the circumstances of a child or a case (\"when ...\", \"who ...\")"
            }
            Self::BesideNeutral => {
                "a mild word beside words that say that nothing is judged, or in a section of background"
            }
            Self::Plan => "only a plan is told",
            Self::Outranked => "stronger words of the same stretch decide, or a concern of the same strength",
            Self::Section => "the section decides, whatever the words",
            Self::FrameRuledOut => {
                "it tells of time, movement or speaker; a stronger word or the sentence's polarity rules it out"
            }
            Self::Structure => "it cuts sentences into clauses, or leaves judgements as they are",
        }
    }
}

/// What became of one cue of a sentence, as one step saw it: later notes come on top of earlier ones.
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

/// Praise or criticism that holds at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The sentence, by its place among the reading's.
    pub(crate) sentence: usize,
    pub(crate) tone: Tone,
    pub(crate) rank: u8,
    /// The theme of which alone it speaks.
    pub(crate) theme: Option<u16>,
    /// The cues that made it, by their places among the reading's matches; none where the section speaks.
    pub(crate) cues: Vec<usize>,
    /// `section/ROLE` where the section speaks.
    pub(crate) section: Option<String>,
}

/// All that was noted, in the order in which it was.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) cues: Vec<Note>,
    pub(crate) held: Vec<Held>,
}

/// Takes notes, or none.
#[derive(Debug, Default)]
pub(crate) struct Trace(Option<RefCell<Notes>>);

impl Trace {
    /// One that keeps notes.
    pub(crate) fn on() -> Self {
        Self(Some(RefCell::default()))
    }

    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// The notes.
    pub(crate) fn notes(self) -> Notes {
        self.0.map(RefCell::into_inner).unwrap_or_default()
    }
}

/// The place of one of a list's own things, by where it lies in memory: every note asks for it.
fn place<T>(list: &[T], one: &T) -> Option<usize> {
    let bytes = ptr::from_ref(one).addr().checked_sub(list.as_ptr().addr())?;
    let at = bytes / size_of::<T>().max(1);
    list.get(at).filter(|found| ptr::eq(*found, one)).map(|_| at)
}

/// The cue of a sentence that a piece of evidence names.
fn cue_of<'p>(context: &Context<'_>, parts: &[Part<'p>], evidence: &Evidence) -> Option<&'p Match> {
    let mut own = parts.iter().flat_map(|part| part.matches.iter().copied());
    own.find(|m| context.rules.cue(m.cue).id == evidence.rule && m.runs().contains(&evidence.span))
}

impl Context<'_> {
    /// Notes what became of a cue.
    pub(super) fn note(&self, cue: &Match, fate: Fate, by: Option<&Match>) {
        self.note_reach(cue, fate, by, None);
    }

    /// The same with the words that were missing.
    pub(super) fn note_reach(&self, cue: &Match, fate: Fate, by: Option<&Match>, words: Option<usize>) {
        let Some(notes) = &self.trace.0 else { return };
        let Some(cue) = place(self.matches, cue) else {
            return;
        };
        let by = by.and_then(|by| place(self.matches, by));
        notes.borrow_mut().cues.push(Note { cue, fate, by, words });
    }

    /// The first cue behind a judgement.
    pub(super) fn cue_behind<'p>(&self, parts: &[Part<'p>], judgement: &Judgement) -> Option<&'p Match> {
        cue_of(self, parts, judgement.evidence.first()?)
    }

    /// Notes the same of all cues behind a judgement that `by` has silenced.
    pub(super) fn note_lost(&self, parts: &[Part<'_>], lost: &Judgement, fate: Fate, by: Option<&Match>) {
        if !self.trace.is_on() {
            return;
        }
        for evidence in &lost.evidence {
            if let Some(m) = cue_of(self, parts, evidence) {
                self.note(m, fate, by);
            }
        }
    }

    /// Notes the judgements of a sentence that hold.
    pub(super) fn note_held(&self, sentence: &Sentence, parts: &[Part<'_>], judgements: &[Judgement]) {
        let Some(notes) = &self.trace.0 else { return };
        let Some(sentence) = place(self.sentences, sentence) else {
            return;
        };
        for judgement in judgements {
            let mut cues: Vec<usize> = judgement
                .evidence
                .iter()
                .filter_map(|evidence| place(self.matches, cue_of(self, parts, evidence)?))
                .collect();
            // The parts of a cue with a gap are each a piece of evidence.
            cues.dedup();
            let section = judgement.evidence.iter().map(|evidence| &evidence.rule);
            notes.borrow_mut().held.push(Held {
                sentence,
                tone: judgement.tone,
                rank: judgement.rank,
                theme: judgement.theme,
                section: section
                    .filter(|_| cues.is_empty())
                    .map(|rule| rule.to_string())
                    .next(),
                cues,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdicts;
    use super::*;
    use crate::codebook::Speaker;
    use crate::rules::Rules;
    use crate::source::Source;

    #[test]
    fn nothing_is_kept_unless_asked_and_the_verdicts_are_the_same() {
        let rules = Rules::built_in();
        let letter = "Findings\n\nPlans are not timely, but caseloads have reduced. Supervision needs to be regular.\n";
        let reading = rules
            .read(&Source::from_text("letter", letter))
            .expect("text can be read");
        let run = |trace: Trace| {
            let context = Context {
                rules: &rules,
                text: &reading.text,
                sections: &reading.sections,
                sentences: &reading.sentences,
                clauses: &reading.clauses,
                matches: &reading.matches,
                speaker: Speaker::Inspector,
                trace,
            };
            let verdicts = verdicts(&context);
            (verdicts, context.trace)
        };
        let (without, silent) = run(Trace::default());
        assert!(!silent.is_on() && silent.0.is_none());
        let notes = silent.notes();
        assert!(notes.cues.is_empty() && notes.held.is_empty());
        let (with, trace) = run(Trace::on());
        let notes = trace.notes();
        assert!(!notes.cues.is_empty() && !notes.held.is_empty());
        assert_eq!(without, with);
        assert_eq!(without, reading.verdicts);
    }
}
