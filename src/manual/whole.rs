//! All that can be said of a file and of a cue.
//!
//! In: [`Rules`] and a place in them. Out: [`FileShown`] and [`CueShown`]. Not decided here: which of them are asked for.

use toml::de::DeValue;

use super::entry::{entry, file, texts, written};
use super::{CueShown, ExampleSeen, FileShown, layers, table};
use crate::error::Mistake;
use crate::examples;
use crate::explain::explain;
use crate::rules::{Cue, Rules, readings};
use crate::span::Span;

/// Readings of a cue that are written out.
pub(super) const READINGS: usize = 24;

pub(super) fn whole(rules: &Rules, base: usize) -> FileShown {
    let places: Vec<usize> = layers(rules, base).map(|(place, _)| place).collect();
    let mut cues: Vec<&Cue> = rules
        .lexicon
        .cues
        .iter()
        .filter(|cue| places.contains(&cue.written.0))
        .collect();
    cues.sort_by_key(|cue| cue.written);
    let mut sentences: Vec<(usize, Span, &str)> = rules
        .examples()
        .iter()
        .filter(|example| places.contains(&example.file))
        .map(|example| (example.file, example.at, example.text.as_str()))
        .collect();
    sentences.sort_unstable();
    let is_cue = |value: &DeValue<'_>, file: usize| {
        value.as_array().is_some_and(|array| {
            array.iter().any(|item| {
                let start = item.span().start;
                cues.iter()
                    .any(|cue| cue.written.0 == file && cue.written.1.start == start)
            })
        })
    };
    let mut lists = Vec::new();
    for (place, file) in layers(rules, base) {
        for (key, value) in &table(file) {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Array(_) if !is_cue(value.get_ref(), place) && !known_list(name) => {
                    lists.push((name.to_owned(), texts(value.get_ref())));
                }
                DeValue::Table(inner) => {
                    lists.extend(
                        inner.iter().map(|(key, value)| {
                            (format!("{name}.{}", key.get_ref()), texts(value.get_ref()))
                        }),
                    );
                }
                _ => {}
            }
        }
    }
    lists.retain(|(_, list)| !list.is_empty());
    FileShown {
        file: file(rules, base),
        entries: cues.into_iter().map(|cue| entry(rules, cue)).collect(),
        lists,
        sentences: sentences
            .into_iter()
            .map(|(file, at, text)| {
                let file = &rules.files()[file];
                (file.shown(), Mistake::new(file, at, "").line, text.to_owned())
            })
            .collect(),
    }
}

/// Lists that the entry of a file tells already.
pub(super) fn known_list(name: &str) -> bool {
    matches!(name, "yields" | "headings" | "off" | "example")
}

pub(super) fn shown(rules: &Rules, number: u32, cue: &Cue) -> CueShown {
    let phrase = written(rules, cue);
    let home = &rules.files()[usize::from(cue.file)].name;
    let mut examples = Vec::new();
    for example in rules.examples() {
        let file = &rules.files()[example.file];
        if file.name != *home {
            continue;
        }
        let Ok(reading) = examples::read(rules, example) else {
            continue;
        };
        if !reading.matches.iter().any(|m| m.cue == number) {
            continue;
        }
        let fates = explain(rules, &reading, None)
            .pop()
            .map_or_else(Vec::new, |explanation| {
                let own = explanation.cues.into_iter().filter(|seen| seen.rule == cue.id);
                own.map(|seen| seen.fate).collect()
            });
        examples.push(ExampleSeen {
            file: file.shown(),
            line: Mistake::new(file, example.at, "").line,
            text: example.text.clone(),
            fates,
        });
    }
    examples.retain(|example| !example.fates.is_empty());
    CueShown {
        cue: entry(rules, cue),
        // An alternative that is nothing leaves two spaces.
        readings: readings(&phrase)
            .take(READINGS)
            .map(|reading| reading.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect(),
        readings_in_all: readings(&phrase).size_hint().0,
        examples,
    }
}
