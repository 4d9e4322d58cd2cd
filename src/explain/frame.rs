//! What decided who says a sentence, when it holds and whether it has moved.

use serde::Serialize;

use super::{CueSeen, View, decisive::quoted};
use crate::codebook::{Change, Speaker, Time};
use crate::label::Fate;

/// Who says it, when it holds, whether it has moved, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrameSeen {
    /// Why it has its `source`.
    pub source: Framed,
    /// Why it has its `time`.
    pub time: Framed,
    /// Why it has its `change`.
    pub change: Framed,
}

/// What decided one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Framed {
    /// Id of the cue; null where it is the usual case, or goes on from an earlier sentence.
    pub cue: Option<String>,
    /// In plain words; empty in the usual case. Not for programs.
    pub words: String,
}

const SPEAKERS: &[&str] = &["inspector", "authority", "other"];
const TIMES: &[&str] = &["past", "future"];
const MOVEMENTS: &[&str] = &["improved", "declined", "unchanged"];

/// Explains the frame of a sentence; `speaker` is the last sentence that named who speaks.
pub(super) fn frame(view: &View<'_>, n: usize, cues: &[CueSeen], speaker: &mut Option<u32>) -> FrameSeen {
    let row = &view.rows[n];
    let usual = if view.by_council {
        Speaker::Authority
    } else {
        Speaker::Inspector
    };
    let mut source = dimension(cues, SPEAKERS);
    if source.cue.is_some() {
        *speaker = Some(row.sentence);
    } else if row.source != usual
        && let Some(from) = speaker
    {
        source.words = format!("the quotation goes on from sentence {from}");
    } else if view.by_council {
        source.words = "it stands in a council's own minutes".to_owned();
    }
    let mut time = dimension(cues, TIMES);
    if row.time == Time::Current
        && let Some(out) = ruled_out(cues, TIMES)
    {
        time.words = match out.does.as_str() {
            "past" => format!(
                "though {} stands there: praise for what has improved is of now",
                quoted(out)
            ),
            _ => format!("though {} stands there: the sentence judges", quoted(out)),
        };
    }
    let mut change = dimension(cues, MOVEMENTS);
    if row.change == Change::None
        && let Some(out) = ruled_out(cues, MOVEMENTS)
    {
        let wants = match out.does.as_str() {
            "improved" => "only praise tells of what is better",
            "declined" => "only criticism tells of what is worse",
            _ => "the sentence judges nothing",
        };
        change.words = format!("though {} stands there: {wants}", quoted(out));
    }
    FrameSeen { source, time, change }
}

fn dimension(cues: &[CueSeen], does: &[&str]) -> Framed {
    let decides = |cue: &&CueSeen| does.contains(&cue.does.as_str()) && cue.fate == Fate::Framed;
    match cues.iter().filter(decides).find(|cue| cue.by.is_none()) {
        Some(cue) => Framed {
            cue: Some(cue.rule.clone()),
            words: format!("because of {}", quoted(cue)),
        },
        None => Framed {
            cue: None,
            words: String::new(),
        },
    }
}

fn ruled_out<'c>(cues: &'c [CueSeen], does: &[&str]) -> Option<&'c CueSeen> {
    let out = |cue: &&CueSeen| does.contains(&cue.does.as_str()) && cue.fate == Fate::FrameRuledOut;
    cues.iter().find(out)
}
