//! Who says it, when it holds, and whether it has moved.

use super::{Context, Part};
use crate::codebook::{Change, Speaker, Time};
use crate::rules::{Act, Role};

/// What surrounds a sentence's judgement.
pub(super) struct Frame {
    pub(super) source: Speaker,
    pub(super) time: Time,
    pub(super) change: Change,
}

/// Reads the frame off the sentence's cues: the first of each kind decides, a speaker named outright above the usual.
pub(super) fn frame(context: &Context<'_>, parts: &[Part<'_>]) -> Frame {
    let roles = || {
        parts.iter().flat_map(|part| &part.matches).filter_map(|m| match context.rules.lexicon.cues[m.cue as usize].act {
            Act::Word(role) => Some(role),
            _ => None,
        })
    };
    let source = roles()
        .find_map(|role| match role {
            Role::Inspector => Some(Speaker::Inspector),
            Role::Authority => Some(Speaker::Authority),
            Role::Other => Some(Speaker::Other),
            _ => None,
        })
        .unwrap_or(context.speaker);
    let time = roles()
        .find_map(|role| match role {
            Role::Past => Some(Time::Past),
            Role::Future => Some(Time::Future),
            _ => None,
        })
        .unwrap_or(Time::Current);
    let change = roles()
        .find_map(|role| match role {
            Role::Improved => Some(Change::Improved),
            Role::Declined => Some(Change::Declined),
            Role::Unchanged => Some(Change::Unchanged),
            _ => None,
        })
        .unwrap_or(Change::None);
    Frame { source, time, change }
}
