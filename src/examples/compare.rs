//! What an example asks for against what it gets.
//!
//! In: an [`Example`] and the [`Row`] of its sentence. Out: [`Fault`]s with the words that made them. Not decided here: how the example is read.

use std::fmt;

use super::{Fault, Kind, MadeBy};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::explain::Explanation;
use crate::label::Fate;
use crate::row::{Label, Row};
use crate::rules::Example;

pub(super) fn fault(kind: Kind, theme: Option<&str>, message: String) -> Fault {
    Fault {
        kind,
        theme: theme.map(str::to_owned),
        field: None,
        message,
        made_by: Vec::new(),
    }
}

/// What is wrong with the labels that an example gets.
pub(super) fn compare(example: &Example, row: &Row) -> Vec<Fault> {
    type Wanted = (String, Option<Tone>);
    let mut faults = Vec::new();
    let got = || {
        let labels: Vec<String> = row
            .labels
            .iter()
            .map(|label| format!("{}:{}", label.theme, label.polarity))
            .collect();
        if labels.is_empty() {
            "no label".to_owned()
        } else {
            labels.join(", ")
        }
    };
    let meets = |label: &Label, (theme, tone): &Wanted| {
        &label.theme == theme && tone.is_none_or(|tone| tone == label.polarity)
    };
    let has = |want: &Wanted| row.labels.iter().any(|label| meets(label, want));
    let show = |(theme, tone): &Wanted| match tone {
        Some(tone) => format!("{theme}:{tone}"),
        None => theme.clone(),
    };
    for want in example.labels.iter().filter(|want| !has(want)) {
        let mut missing = fault(
            Kind::Missing,
            Some(&want.0),
            format!("must get {} but gets {}", show(want), got()),
        );
        missing.made_by = made_by(row, |label| label.theme == want.0);
        faults.push(missing);
    }
    for ban in example.not.iter().filter(|ban| has(ban)) {
        let mut noisy = fault(
            Kind::Noisy,
            Some(&ban.0),
            format!("must not get {} but gets {}", show(ban), got()),
        );
        noisy.made_by = made_by(row, |label| meets(label, ban));
        faults.push(noisy);
    }
    let mut differs = |field: &'static str, want: Option<String>, found: String| {
        if let Some(want) = want.filter(|want| *want != found) {
            let message = format!("must have the {field} {want} but has {found}");
            faults.push(Fault {
                field: Some(field),
                ..fault(Kind::Differs, None, message)
            });
        }
    };
    let text = |value: Option<&dyn fmt::Display>| value.map(ToString::to_string);
    differs(
        "polarity",
        text(example.polarity.as_ref().map(|v| v as _)),
        row.polarity.to_string(),
    );
    differs(
        "source",
        text(example.source.as_ref().map(|v| v as _)),
        row.source.to_string(),
    );
    differs(
        "time",
        text(example.time.as_ref().map(|v| v as _)),
        row.time.to_string(),
    );
    differs(
        "change",
        text(example.change.as_ref().map(|v| v as _)),
        row.change.to_string(),
    );
    faults
}

/// The words of the sentence behind what differs.
pub(super) fn differs_by(example: &Example, explanation: &Explanation, field: &str) -> Vec<MadeBy> {
    let row = &explanation.sentence;
    if field == "polarity" {
        let wanted = example.polarity.map(Polarity::name);
        return made_by(row, |label| Some(label.polarity.name()) != wanted);
    }
    let frames = explanation
        .cues
        .iter()
        .filter(|cue| cue.fate == Fate::Framed && frame(&cue.does) == Some(field));
    frames
        .map(|cue| MadeBy {
            start: cue.start.saturating_sub(row.start),
            end: cue.end.saturating_sub(row.start),
            rule: cue.rule.clone(),
        })
        .collect()
}

/// Which field of a sentence the cues of a role decide.
pub(super) fn frame(role: &str) -> Option<&'static str> {
    if Speaker::from_name(role).is_some() {
        Some("source")
    } else if Time::from_name(role).is_some() {
        Some("time")
    } else if Change::from_name(role).is_some() {
        Some("change")
    } else {
        None
    }
}

/// The words of the sentence behind the labels in question.
pub(super) fn made_by(row: &Row, of: impl Fn(&Label) -> bool) -> Vec<MadeBy> {
    let labels = row.labels.iter().filter(|label| of(label));
    let mut made_by: Vec<MadeBy> = labels
        .flat_map(|label| &label.evidence)
        .filter(|evidence| evidence.start >= row.start && evidence.end <= row.end)
        .map(|evidence| MadeBy {
            start: evidence.start - row.start,
            end: evidence.end - row.start,
            rule: evidence.rule.clone(),
        })
        .collect();
    made_by.sort();
    made_by.dedup();
    made_by
}
