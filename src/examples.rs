//! The examples that rule files carry, run through the whole pipeline.
//!
//! In: [`Rules`]. Out: [`Failure`]s. Each example is read as a small document of its own: its heading, the sentence
//! before it and itself, so that a rule that never fires cannot look like cover.

use std::fmt;

use crate::codebook::Tone;
use crate::error::Mistake;
use crate::row::{Row, rows};
use crate::rules::{Example, Rules};
use crate::source::Source;

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where it stands, with what was wanted and what was found.
    pub mistake: Mistake,
    /// It is marked `state = "todo"`: known not to hold yet.
    pub todo: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mistake.fmt(f)
    }
}

/// Runs every example and gives those that do not hold, in the order of files and lines.
pub fn failures(rules: &Rules) -> Vec<Failure> {
    let mut failures: Vec<Failure> = rules
        .examples()
        .iter()
        .filter_map(|example| {
            let faults = faults(rules, example);
            let file = &rules.files()[example.file];
            (!faults.is_empty()).then(|| Failure {
                mistake: Mistake::new(file, example.at, format!("the example {}", faults.join("; it "))),
                todo: example.todo,
            })
        })
        .collect();
    failures.sort_by(|a, b| (&a.mistake.file, a.mistake.line).cmp(&(&b.mistake.file, b.mistake.line)));
    failures
}

/// What is wrong with the labels that an example gets.
fn faults(rules: &Rules, example: &Example) -> Vec<String> {
    let before = example
        .before
        .as_deref()
        .map(|text| format!("{text} "))
        .unwrap_or_default();
    let document = match &example.section {
        Some(section) => format!("{section}\n\n{before}{}\n", example.text),
        None => format!("{before}{}\n", example.text),
    };
    let found = match rules.read(&Source::from_text("example", document)) {
        Ok(reading) => rows(rules, &reading),
        Err(error) => return vec![format!("cannot be read: {error}")],
    };
    let skip = if example.before.is_some() { 1 } else { 0 };
    let Some(row) = found
        .get(skip..)
        .and_then(|rest| if rest.len() == 1 { rest.first() } else { None })
    else {
        return vec![format!(
            "is read as {} sentences where {} are meant",
            found.len(),
            skip + 1
        )];
    };
    compare(example, row)
}

fn compare(example: &Example, row: &Row) -> Vec<String> {
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
    let has = |(theme, tone): &(String, Option<Tone>)| {
        row.labels
            .iter()
            .any(|label| &label.theme == theme && tone.is_none_or(|tone| tone == label.polarity))
    };
    let show = |(theme, tone): &(String, Option<Tone>)| match tone {
        Some(tone) => format!("{theme}:{tone}"),
        None => theme.clone(),
    };
    for want in example.labels.iter().filter(|want| !has(want)) {
        faults.push(format!("must get {} but gets {}", show(want), got()));
    }
    for ban in example.not.iter().filter(|ban| has(ban)) {
        faults.push(format!("must not get {} but gets {}", show(ban), got()));
    }
    let mut differs = |name: &str, want: Option<String>, found: String| {
        if let Some(want) = want.filter(|want| *want != found) {
            faults.push(format!("must have the {name} {want} but has {found}"));
        }
    };
    differs(
        "polarity",
        example.polarity.map(|v| v.to_string()),
        row.polarity.to_string(),
    );
    differs(
        "source",
        example.source.map(|v| v.to_string()),
        row.source.to_string(),
    );
    differs("time", example.time.map(|v| v.to_string()), row.time.to_string());
    differs(
        "change",
        example.change.map(|v| v.to_string()),
        row.change.to_string(),
    );
    faults
}
