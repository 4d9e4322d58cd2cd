//! Clauses and cues of a sentence, as an explanation shows them.

use super::{ClauseSeen, CueSeen, Step, View};
use crate::codebook::Polarity;
use crate::label::{Fate, Held, Note};
use crate::rules::{Act, Role};
use crate::span::Span;

impl View<'_> {
    /// The first clause of a sentence, and one past its last.
    pub(super) fn clause_range(&self, n: usize) -> (usize, usize) {
        let clauses = &self.reading.clauses;
        (
            clauses.partition_point(|clause| clause.sentence < n),
            clauses.partition_point(|clause| clause.sentence <= n),
        )
    }

    /// The first match of a sentence, and one past its last.
    pub(super) fn match_range(&self, n: usize) -> (usize, usize) {
        let (first, upto) = self.clause_range(n);
        let matches = &self.reading.matches;
        (
            matches.partition_point(|m| m.clause < first),
            matches.partition_point(|m| m.clause < upto),
        )
    }

    pub(super) fn clauses(&self, n: usize) -> Vec<ClauseSeen> {
        let (first, upto) = self.clause_range(n);
        let clauses = self.reading.clauses[first..upto].iter();
        clauses
            .map(|clause| ClauseSeen {
                text: self.words(clause.span).trim().to_owned(),
                contrast: clause.contrast,
            })
            .collect()
    }

    pub(super) fn cues(&self, n: usize) -> Vec<CueSeen> {
        let (from, upto) = self.match_range(n);
        let mut cues: Vec<CueSeen> = (from..upto).map(|place| self.cue(n, place)).collect();
        // Which word opened the circumstance is seen from the words before.
        let mut opened: Option<String> = None;
        for cue in &mut cues {
            if cue.does == Act::Relative.name() {
                opened = Some(cue.rule.clone());
            } else if cue.fate == Fate::Circumstance {
                cue.by.clone_from(&opened);
            }
        }
        cues
    }

    /// The judgements of a sentence that hold.
    pub(super) fn held_of(&self, n: usize) -> &[Held] {
        let from = self.held.partition_point(|held| held.sentence < n);
        &self.held[from..self.held.partition_point(|held| held.sentence <= n)]
    }

    /// Words of the document.
    pub(super) fn words(&self, span: Span) -> &str {
        let text = &self.reading.text;
        text.normal.span_to_text(span).of(&text.read)
    }

    fn id(&self, place: usize) -> String {
        self.rules.cue(self.reading.matches[place].cue).id.to_string()
    }

    fn cue(&self, n: usize, place: usize) -> CueSeen {
        let (row, m) = (&self.rows[n], &self.reading.matches[place]);
        let cue = self.rules.cue(m.cue);
        let mut notes: Vec<Note> = self.notes[place].clone();
        // What is used up may still be weighed as if it were not; that is no part of the story.
        if let Some(used) = notes.iter().position(|note| note.fate == Fate::TakenAlong) {
            notes.truncate(used + 1);
        }
        let last = notes.pop();
        let (fate, by) = match (m.silenced_by, last) {
            (Some(by), _) if matches!(self.rules.cue(self.reading.matches[by].cue).act, Act::Exempt(_)) => {
                (Fate::Exempt, Some(by))
            }
            (Some(by), _) => (Fate::Longer, Some(by)),
            (None, Some(note)) => (note.fate, note.by),
            (None, None) if self.held_of(n).iter().any(|held| held.cues.contains(&place)) => {
                (Fate::Spoke, None)
            }
            (None, None) => (unnoted(cue.act, row.polarity), None),
        };
        let acts = matches!(
            cue.act,
            Act::Word(Role::Negate | Role::Less | Role::More | Role::Tackle | Role::Few)
        );
        let theme = match cue.act {
            Act::Name { theme, .. } | Act::Judge { theme, .. } | Act::Near { theme, .. } => Some(theme),
            _ => None,
        };
        let text = &self.reading.text;
        let printed = text.span_to_printed(text.normal.span_to_text(m.span));
        let sentence = text.span_to_printed(self.reading.sentences[n].span);
        let before = |at: usize| {
            let stretch = text.printed.get(sentence.start..at);
            row.start + stretch.map_or(0, |stretch| stretch.chars().count())
        };
        CueSeen {
            rule: cue.id.to_string(),
            does: cue.act.name().to_owned(),
            theme: theme.and_then(|theme| self.themes.get(usize::from(theme)).map(|id| (*id).to_owned())),
            start: before(printed.start),
            end: before(printed.end),
            text: self.words(m.span).to_owned(),
            clause: m.clause - self.clause_range(n).0 + 1,
            fate,
            by: by.map(|by| self.id(by)),
            words_away: last
                .into_iter()
                .chain(notes.iter().copied())
                .find_map(|note| note.words),
            reach: acts.then_some(cue.reach),
            before: notes
                .into_iter()
                .map(|note| Step {
                    fate: note.fate,
                    by: note.by.map(|by| self.id(by)),
                })
                .collect(),
        }
    }
}

/// What became of a cue of which no step had anything to note.
fn unnoted(act: Act, polarity: Polarity) -> Fate {
    match act {
        Act::Word(Role::Most) => Fate::Structure,
        Act::Word(Role::Neutral) if polarity != Polarity::Neutral => Fate::Outranked,
        Act::Word(_) | Act::Name { .. } | Act::Judge { .. } | Act::Near { .. } => Fate::Spoke,
        Act::Exempt(_)
        | Act::Stop
        | Act::Content
        | Act::Circumstance
        | Act::OpeningCircumstance
        | Act::Relative
        | Act::GoingOn => Fate::Structure,
    }
}
