//! What each kind of cue does, in a sentence.

use crate::codebook::Tone;
use crate::rules::{Act, Role};

/// What a cue does, in a sentence.
pub(super) fn meaning(act: Act) -> &'static str {
    match act {
        Act::Name { hint: false, .. } => "names the theme wherever it stands",
        Act::Name { hint: true, .. } => "names the theme where nothing else in the sentence names one",
        Act::Judge {
            tone: Tone::Strength, ..
        } => "names the theme and praises it",
        Act::Judge { .. } => "names the theme and criticises it",
        Act::Near {
            tone: Tone::Strength, ..
        } => "praises where its theme is named in the same clause",
        Act::Near { .. } => "criticises where its theme is named in the same clause",
        Act::Exempt(None) => "looks like a cue of its file but is none: silences the names that it overlaps",
        Act::Exempt(Some(_)) => "looks like a cue but is none: silences those of its role inside it",
        Act::Stop => "begins a clause in contrast to the one before",
        Act::Content => "ends a clause; what follows stands in contrast to it",
        Act::Circumstance => "what stands from here to the next comma tells a circumstance, not a finding",
        Act::OpeningCircumstance => {
            "where it opens a sentence, what stands up to the next comma tells a circumstance, not a finding"
        }
        Act::Relative => "what stands from here to the main verb tells a circumstance, not a finding",
        Act::GoingOn => {
            "where it opens a sentence that judges nothing, that goes on with the judgement before"
        }
        Act::Word(role) => match role {
            Role::Strength => "says that something works",
            Role::Concern => "says that something does not work",
            Role::Asset => "a thing of which more is good and less is bad; says nothing by itself",
            Role::Burden => "a thing of which more is bad and less is good; says nothing by itself",
            Role::Negate => "turns the next praise, criticism or burden after it",
            Role::Less => "fall of an asset, a burden or a concern behind it, or else before it",
            Role::More => "rise of an asset, a burden or a concern behind it, or else before it",
            Role::Need => "what follows has to improve: a concern that governs praise behind it",
            Role::Tackle => "dealing with or spotting the burden or concern behind it is good",
            Role::Few => "too small a share: praise after it turns into a concern; alone a mild concern",
            Role::Most => "a large share: leaves praise and criticism as they are",
            Role::Withhold => "credit withheld: a concern that outweighs praise after it",
            Role::Neutral => "nothing is judged; mild words say nothing beside it",
            Role::Past => "tells of what was before the visit",
            Role::Future => "tells of an intention or a plan",
            Role::Improved => "says that something is better than before",
            Role::Declined => "says that something is worse than before",
            Role::Unchanged => "says that something has not moved, or too little",
            Role::Inspector => "the inspectors speak",
            Role::Authority => "the council, trust, a leader or staff speak for themselves",
            Role::Other => "somebody else speaks",
        },
    }
}
