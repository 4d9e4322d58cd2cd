//! What stands on the board of a clause: words of judgement, and the operators that act on them.

use super::super::{Context, Fate};
use crate::matches::Match;
use crate::rules::Role;
use crate::span::Span;

/// What a word of judgement says before or after something turns it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Good,
    Bad,
    Asset,
    Burden,
    /// Governed by another: says nothing any more.
    Gone,
}

pub(super) struct Item<'a> {
    pub(super) value: Value,
    pub(super) rank: u8,
    pub(super) theme: Option<u16>,
    pub(super) span: Span,
    pub(super) made_by: Cues<'a>,
    /// Made by need or withheld credit: negation does not turn it.
    pub(super) fixed: bool,
}

/// The cues that made something: mostly one.
pub(super) struct Cues<'a> {
    first: &'a Match,
    more: Vec<&'a Match>,
}

impl<'a> Cues<'a> {
    pub(super) fn new(first: &'a Match) -> Self {
        Self {
            first,
            more: Vec::new(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a Match> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }
}

impl<'a> Item<'a> {
    /// A concern that an operator makes by itself.
    pub(super) fn concern(cue: &'a Match, rank: u8, fixed: bool) -> Self {
        Self {
            value: Value::Bad,
            rank,
            theme: None,
            span: cue.span,
            made_by: Cues::new(cue),
            fixed,
        }
    }

    /// Whether less of it is good, or it criticises.
    pub(super) fn is_bad(&self) -> bool {
        matches!(self.value, Value::Burden | Value::Bad)
    }

    /// Notes what became of it.
    pub(super) fn note(&self, context: &Context<'_>, fate: Fate, by: &Match) {
        if !context.trace.is_on() {
            return;
        }
        for m in self.made_by.iter().filter(|m| !std::ptr::eq(*m, by)) {
            context.note(m, fate, Some(by));
        }
    }

    pub(super) fn turn(&mut self, cue: &'a Match, value: Value, rank: u8) {
        (self.value, self.rank) = (value, rank);
        self.made_by.more.push(cue);
        self.span = Span::new(
            self.span.start.min(cue.span.start),
            self.span.end.max(cue.span.end),
        );
    }
}

pub(super) struct Operator<'a> {
    pub(super) cue: &'a Match,
    pub(super) role: Role,
    pub(super) reach: usize,
}
