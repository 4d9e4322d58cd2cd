//! Examples that rule files carry.

use super::super::walk::{Table, Walk};
use super::Place;
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::span::Span;

/// A sentence with the labels that it must and must not get.
#[derive(Clone, Debug)]
pub struct Example {
    /// Which file it stands in, by its place in the set.
    pub(crate) file: usize,
    /// Where its text stands there.
    pub(crate) at: Span,
    /// The sentence.
    pub text: String,
    /// The sentence before it in the same paragraph.
    pub before: Option<String>,
    /// The heading above it.
    pub section: Option<String>,
    /// The sentence's polarity.
    pub polarity: Option<Polarity>,
    /// Labels that it must get.
    pub labels: Vec<(String, Option<Tone>)>,
    /// Themes, or themes with a polarity, that it must not get.
    pub not: Vec<(String, Option<Tone>)>,
    /// Who says it.
    pub source: Option<Speaker>,
    /// When it holds.
    pub time: Option<Time>,
    /// Whether it has moved.
    pub change: Option<Change>,
    /// Known not to hold yet: reported, does not fail.
    pub todo: bool,
}

/// Reads the examples of a file.
pub(super) fn examples(walk: &mut Walk<'_>, place: Place, table: &Table<'_>, all: &mut Vec<Example>) {
    for (at, inner) in walk.tables(table, "example") {
        walk.keys(
            inner,
            &[
                "text", "before", "section", "polarity", "labels", "not", "source", "time", "change", "state",
            ],
        );
        let Some(text) = walk.string(inner, "text") else {
            if inner.get("text").is_none() {
                walk.mistake("E108", at, "the example has no `text`: write the sentence");
            }
            continue;
        };
        let state = walk.string(inner, "state");
        if let Some(state) = state.as_ref().filter(|state| state.value != "todo") {
            walk.mistake(
                "E105",
                state.at,
                format!("unknown state `{}`: leave it out or write \"todo\"", state.value),
            );
        }
        let example = Example {
            file: place.file,
            at: text.at,
            text: text.value,
            before: walk.string(inner, "before").map(|text| text.value),
            section: walk.string(inner, "section").map(|text| text.value),
            polarity: value(walk, inner, "polarity", Polarity::from_name, Polarity::ALL),
            labels: pairs(walk, inner, "labels"),
            not: pairs(walk, inner, "not"),
            source: value(walk, inner, "source", Speaker::from_name, Speaker::ALL),
            time: value(walk, inner, "time", Time::from_name, Time::ALL),
            change: value(walk, inner, "change", Change::from_name, Change::ALL),
            todo: state.is_some(),
        };
        // A key with a value that there is not asks for something, and has been told of.
        let asks = ["polarity", "labels", "not", "source", "time", "change"];
        if asks.iter().all(|key| walk.lacks(inner, key)) {
            walk.mistake(
                "E108",
                example.at,
                "the example asks for nothing: add `polarity`, `labels` or `not`",
            );
        }
        all.push(example);
    }
    // What only switches cues off shows nothing of its own.
    let adds = place.below.is_none()
        || table
            .keys()
            .any(|key| !matches!(key.get_ref().as_ref(), "off" | "about"));
    if table.get("example").is_none() && adds {
        walk.mistake(
            "E107",
            Span::default(),
            "the file has no examples: add at least one under a line `[[example]]`",
        );
    }
}

fn value<T: Copy + std::fmt::Display>(
    walk: &mut Walk<'_>,
    table: &Table<'_>,
    key: &str,
    from_name: fn(&str) -> Option<T>,
    all: &[T],
) -> Option<T> {
    let text = walk.string(table, key)?;
    let value = from_name(&text.value);
    if value.is_none() {
        let known: Vec<String> = all.iter().map(ToString::to_string).collect();
        walk.mistake(
            "E105",
            text.at,
            format!(
                "unknown {key} `{}`: it has to be one of {}",
                text.value,
                known.join(", ")
            ),
        );
    }
    value
}

fn pairs(walk: &mut Walk<'_>, table: &Table<'_>, key: &str) -> Vec<(String, Option<Tone>)> {
    let mut all = Vec::new();
    for entry in walk.strings(table, key) {
        let (theme, tone) = match entry.value.split_once(':') {
            Some((theme, tone)) => (theme, Some(tone)),
            None => (entry.value.as_str(), None),
        };
        let known = tone.and_then(Tone::from_name);
        if tone.is_some() && known.is_none() {
            walk.mistake(
                "E105",
                entry.at,
                format!(
                    "`{}` is no label: write `{theme}:strength`, `{theme}:concern`, `{theme}:neutral`, or `{theme}` alone where either will do",
                    entry.value
                ),
            );
        }
        all.push((theme.to_owned(), known));
    }
    all
}
