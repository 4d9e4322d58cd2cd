//! Examples that cannot hold, and examples that stand twice.

use std::collections::BTreeMap;

use super::super::finding::Found;
use super::super::fix::without_table;
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::rules::{Example, Rules};

/// Examples that ask for what they forbid.
pub(super) fn contradictions(rules: &Rules) -> Vec<Found> {
    rules
        .examples()
        .iter()
        .filter_map(|example| {
            let (theme, _) = example.labels.iter().find(|(theme, tone)| {
                example
                    .not
                    .iter()
                    .any(|(other, ban)| theme == other && (ban.is_none() || ban == tone))
            })?;
            let message = format!(
                "the example can never hold: it asks for `{theme}` under `labels` and forbids it under `not`; take one of the two out"
            );
            Some(Found::new("W414", example.file, example.at, message))
        })
        .collect()
}

/// Examples that stand twice in their file.
pub(super) fn twice(rules: &Rules) -> Vec<Found> {
    let mut met = BTreeMap::new();
    let mut all = Vec::new();
    for example in rules.examples() {
        let key = (
            example.file,
            example.text.as_str(),
            example.before.as_deref(),
            example.section.as_deref(),
        );
        let Some(first) = met.insert(key, example) else {
            continue;
        };
        let message = "the same sentence is an example of this file already: put what both ask for into one";
        let mut found =
            Found::new("W413", example.file, example.at, message).also(first.file, first.at, "the first");
        if asks(first) == asks(example)
            && let Some(edits) = without_table(&rules.files()[example.file].text, example.at)
        {
            found = found.fix("take the second one out", edits);
        }
        all.push(found);
    }
    all
}

pub(super) type Asks<'a> = (
    &'a [(String, Option<crate::codebook::Tone>)],
    &'a [(String, Option<crate::codebook::Tone>)],
    (
        Option<Polarity>,
        Option<Speaker>,
        Option<Time>,
        Option<Change>,
        bool,
    ),
);

pub(super) fn asks(example: &Example) -> Asks<'_> {
    (
        &example.labels,
        &example.not,
        (
            example.polarity,
            example.source,
            example.time,
            example.change,
            example.todo,
        ),
    )
}
