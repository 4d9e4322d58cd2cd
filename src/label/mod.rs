//! Theme and polarity of each sentence, with the words that made them; who says it; when it holds; what has moved.
//!
//! In: [`Match`]es by clause. Out: one [`Verdict`] a sentence. Not decided here: which rows are written and how.
//!
//! The unit is the clause. Two models: ConText (Harkema et al. 2009: a cue acts on targets in a direction, inside a
//! scope that stops end) and sentiment composition (Moilanen and Pulman 2007: the polarity of a phrase is computed
//! from its parts: *reduce* + bad is good, *not* + good is bad).

mod aside;
mod compose;
mod frame;
mod join;
mod theme;
mod tone;
mod trace;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::clause::Clause;
use crate::codebook::{Change, Polarity, Speaker, Time, Tone, Via};
use crate::matches::Match;
use crate::rules::{Acts, Rules};
use crate::section::Section;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::text::Text;
pub use trace::Fate;
pub(crate) use trace::{Held, Note, Notes, Trace};

/// What a sentence says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Of the sentence as a whole.
    pub polarity: Polarity,
    /// Themes and what is said of each, in the order of themes.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

/// A theme and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// The theme, by its place in [`Rules::themes`].
    pub theme: u16,
    /// What is said of it.
    pub tone: Tone,
    /// The words that made it so.
    pub evidence: Vec<Evidence>,
}

/// Words that made a label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Bytes of the text in normal form.
    pub span: Span,
    /// The rule: a cue's id, or `section/ROLE` for the heading of a list.
    pub rule: Cow<'static, str>,
    /// Where the words stand, seen from the sentence.
    pub via: Via,
}

/// What the steps of this module look at.
pub(crate) struct Context<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) text: &'a Text,
    pub(crate) sections: &'a [Section],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) clauses: &'a [Clause],
    pub(crate) matches: &'a [Match],
    /// Who speaks where nothing says otherwise.
    pub(crate) speaker: Speaker,
    /// Where what becomes of each cue is noted, if anybody asks.
    pub(crate) trace: Trace,
}

/// A clause of the sentence in hand, with its matches that nothing silences.
pub(crate) struct Part<'a> {
    pub(crate) span: Span,
    pub(crate) matches: &'a [&'a Match],
    /// What they do.
    pub(crate) acts: Acts,
    /// It stands in contrast to the clause before.
    pub(crate) contrast: bool,
}

impl Context<'_> {
    /// Matches of a sentence whose cues do one of these; clauses in which none does are not looked through.
    pub(crate) fn among<'p>(&self, parts: &[Part<'p>], acts: Acts) -> impl Iterator<Item = &'p Match> {
        let parts = parts.iter().filter(move |part| part.acts.any(acts));
        let all = parts.flat_map(|part| part.matches.iter().copied());
        all.filter(move |m| Acts::of(self.rules.act(m.cue)).any(acts))
    }
}

/// What the sentence before, in the same paragraph, leaves to the next.
#[derive(Debug, Default)]
pub(crate) struct Before {
    paragraph: Option<usize>,
    /// What it says, where it says one thing.
    pub(crate) bearing: Option<Tone>,
}

/// Gives every sentence its verdict.
pub(crate) fn verdicts(context: &Context<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(context.sentences.len());
    let mut clause = 0;
    // Matches stand in the order of their beginnings, so those of a clause stand together.
    let alive: Vec<&Match> = context
        .matches
        .iter()
        .filter(|m| m.silenced_by.is_none())
        .collect();
    let mut rest = alive.as_slice();
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut topics = theme::Topics::default();
    let mut speech = frame::Speech::default();
    let mut before = Before::default();
    for (n, sentence) in context.sentences.iter().enumerate() {
        parts.clear();
        while let Some(found) = context.clauses.get(clause).filter(|found| found.sentence == n) {
            let mut acts = Acts::default();
            let own = rest.iter().take_while(|m| m.clause == clause);
            let own = own.inspect(|m| acts = acts.and(Acts::of(context.rules.act(m.cue))));
            let (matches, behind) = rest.split_at(own.count());
            rest = behind;
            parts.push(Part {
                span: found.span,
                matches,
                acts,
                contrast: found.contrast,
            });
            clause += 1;
        }
        if before.paragraph != Some(sentence.paragraph) {
            before = Before::default();
        }
        let verdict = verdict(context, sentence, &parts, &before, &mut topics, &mut speech);
        before = Before {
            paragraph: Some(sentence.paragraph),
            bearing: match verdict.polarity {
                Polarity::Strength => Some(Tone::Strength),
                Polarity::Concern => Some(Tone::Concern),
                Polarity::Mixed | Polarity::Neutral => None,
            },
        };
        verdicts.push(verdict);
    }
    verdicts
}

fn verdict(
    context: &Context<'_>,
    sentence: &Sentence,
    parts: &[Part<'_>],
    before: &Before,
    topics: &mut theme::Topics,
    speech: &mut frame::Speech,
) -> Verdict {
    let themes = theme::themes(context, sentence, parts, topics);
    let judged = tone::judge(context, sentence, parts, &themes, before);
    let frame = frame::frame(context, sentence, parts, judged.polarity, speech);
    let labels = join::labels(&themes, &judged);
    Verdict {
        polarity: judged.polarity,
        labels,
        source: frame.source,
        time: frame.time,
        change: frame.change,
    }
}
