//! Who says it, when it holds, and whether it has moved.
//!
//! Where several cues speak, the higher rank, then the longer, decides. What the sentence says of the service limits
//! what they can mean: a movement for the better is told only by praise, a plan only by a sentence that judges nothing.

use super::{Context, Fate, Part};
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::matches::Match;
use crate::rules::{Act, Acts, Role};
use crate::sentence::Sentence;

/// What surrounds a sentence's judgement.
pub(super) struct Frame {
    pub(super) source: Speaker,
    pub(super) time: Time,
    pub(super) change: Change,
}

/// Who speaks while quotation marks are open.
///
/// "Councillor Hale said: “Practice has improved. Caseloads are down.”" names its speaker once for both sentences; a
/// quotation that goes on in the next paragraph opens again there.
#[derive(Debug, Default)]
pub(super) struct Speech {
    open: bool,
    paragraph: usize,
    speaker: Option<Speaker>,
}

impl Speech {
    /// The speaker of a sentence: named by it, else whose quotation it goes on with.
    fn speaker(&mut self, sentence: &Sentence, words: &str, named: Option<Speaker>) -> Option<Speaker> {
        if sentence.paragraph != self.paragraph {
            self.open &= words.starts_with('“');
            self.paragraph = sentence.paragraph;
        }
        let speaker = named.or(if self.open { self.speaker } else { None });
        // Most sentences have neither, and many nothing but ASCII.
        if !words.is_ascii()
            && let Some(last) = words.rfind(['“', '”'])
        {
            self.open = words[last..].starts_with('“');
        }
        self.speaker = speaker;
        speaker
    }
}

const SPEAKERS: &[Role] = &[Role::Inspector, Role::Authority, Role::Other];
const TIMES: &[Role] = &[Role::Past, Role::Future];
const MOVEMENTS: &[Role] = &[Role::Improved, Role::Declined, Role::Unchanged];

/// Notes whether a cue of the frame decides, agrees with the one that does, or is ruled out.
fn note(context: &Context<'_>, m: &Match, role: Role, winner: Option<(Role, &Match)>) {
    let agrees = winner.is_some_and(|(best, _)| best == role);
    let fate = if agrees { Fate::Framed } else { Fate::FrameRuledOut };
    let by = winner.map(|(_, by)| by).filter(|by| !std::ptr::eq(*by, m));
    context.note(m, fate, by);
}

/// Reads the frame off the sentence's cues.
pub(super) fn frame(
    context: &Context<'_>,
    sentence: &Sentence,
    parts: &[Part<'_>],
    polarity: Polarity,
    speech: &mut Speech,
) -> Frame {
    let mut found: Vec<(Role, (u8, usize), &Match)> = Vec::new();
    let frame = const {
        Acts::roles(SPEAKERS)
            .and(Acts::roles(TIMES))
            .and(Acts::roles(MOVEMENTS))
    };
    for m in context.among(parts, frame) {
        if let Act::Word(role) = context.rules.act(m.cue) {
            found.push((role, (context.rules.cue(m.cue).rank, m.span.len()), m));
        }
    }
    let improved = found.iter().any(|(role, _, _)| *role == Role::Improved);
    let praised = matches!(polarity, Polarity::Strength | Polarity::Mixed);
    let blamed = matches!(polarity, Polarity::Concern | Polarity::Mixed);
    let best = |group: &[Role], order: &dyn Fn(Role) -> Option<u8>| {
        let weighed = found
            .iter()
            .filter_map(|(role, weight, m)| order(*role).map(|order| ((order, *weight), *role, *m)));
        let best = weighed.max_by_key(|(weight, role, _)| (*weight, *role));
        let winner = best.map(|(_, role, m)| (role, m));
        if context.trace.is_on() {
            let own = found.iter().filter(|(role, _, _)| group.contains(role));
            own.for_each(|(role, _, m)| note(context, m, *role, winner));
        }
        winner.map(|(role, _)| role)
    };
    let source = best(SPEAKERS, &|role| SPEAKERS.contains(&role).then_some(0));
    let time = best(TIMES, &|role| match role {
        Role::Past if !(polarity == Polarity::Strength && improved) => Some(0),
        Role::Future if polarity == Polarity::Neutral => Some(0),
        _ => None,
    });
    let change = best(MOVEMENTS, &|role| match role {
        Role::Declined if blamed => Some(2),
        Role::Improved if praised => Some(1),
        Role::Unchanged if polarity == Polarity::Concern => Some(1),
        Role::Unchanged if polarity != Polarity::Neutral => Some(0),
        _ => None,
    });
    let named = source.map(|role| match role {
        Role::Authority => Speaker::Authority,
        Role::Other => Speaker::Other,
        _ => Speaker::Inspector,
    });
    let words = sentence.span.of(&context.text.read);
    Frame {
        source: speech.speaker(sentence, words, named).unwrap_or(context.speaker),
        time: match time {
            Some(Role::Past) => Time::Past,
            Some(Role::Future) => Time::Future,
            _ => Time::Current,
        },
        change: match change {
            Some(Role::Improved) => Change::Improved,
            Some(Role::Declined) => Change::Declined,
            Some(Role::Unchanged) => Change::Unchanged,
            _ => Change::None,
        },
    }
}
