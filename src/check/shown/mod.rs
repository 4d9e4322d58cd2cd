//! What examples show of the rules, and examples that cannot hold.

mod stands;
mod twice;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cues::{Item, Items};
use super::finding::Found;
use crate::examples;
use crate::rules::{Example, Lenient, Rules};
use crate::span::Span;

use stands::{advice, stands};
use twice::{contradictions, twice};

/// Looks at every file and its examples; with `each_cue` also for cues that no example shows.
pub(super) fn shown(lenient: &Lenient, items: &Items, asked: &[bool], each_cue: bool) -> Vec<Found> {
    let rules = &lenient.rules;
    let (own, others): (Vec<&Example>, Vec<&Example>) = rules
        .examples()
        .iter()
        .partition(|example| asked.get(example.file).copied().unwrap_or_default());
    let mut seen = seen_in(rules, &own);
    // Reading the examples of all rules below an overlay takes long, and mostly its own show all there is to show.
    let unshown = |seen: &BTreeSet<u32>| {
        let mut lists = lists(lenient, items, seen).into_iter();
        lists.any(|list| asked.get(list.file).copied().unwrap_or_default())
            || (each_cue
                && items
                    .all
                    .iter()
                    .any(|item| item.asked && item.is_found() && !seen.contains(&item.number)))
    };
    if !others.is_empty() && unshown(&seen) {
        seen.extend(seen_in(rules, &others));
    }
    let mut all = Vec::new();
    all.extend(themes(lenient));
    all.extend(words(lenient));
    all.extend(lists(lenient, items, &seen));
    all.extend(contradictions(rules));
    all.extend(twice(rules));
    if each_cue {
        all.extend(
            items
                .all
                .iter()
                .filter(|item| item.asked && item.is_found() && !seen.contains(&item.number))
                .map(|item| {
                    let message =
                        "no example shows the cue: add a sentence that holds it under `[[example]]`";
                    Found::new("W418", item.file, item.at, message).cue(&item.text)
                }),
        );
    }
    all
}

/// The cues that examples hold.
fn seen_in(rules: &Rules, examples: &[&Example]) -> BTreeSet<u32> {
    examples
        .par_iter()
        .flat_map_iter(|example| cues(rules, example))
        .collect()
}

/// The cues that an example holds.
fn cues(rules: &Rules, example: &Example) -> Vec<u32> {
    rules
        .read(&examples::document(example))
        .map(|reading| reading.matches.iter().map(|m| m.cue).collect())
        .unwrap_or_default()
}

/// Themes without an example for, or against. An overlay that goes on with a theme leaves that to the file below it.
fn themes(lenient: &Lenient) -> Vec<Found> {
    let mut all = Vec::new();
    for theme in lenient
        .written
        .themes
        .iter()
        .filter(|theme| theme.place.below.is_none())
    {
        let file = theme.place.file;
        let own = || {
            lenient
                .rules
                .examples()
                .iter()
                .filter(|example| example.file == file)
        };
        if own().next().is_none() {
            continue;
        }
        let id = &theme.id;
        if !own().any(|example| example.labels.iter().any(|(named, _)| named == id)) {
            all.push(
                Found::new(
                    "W410",
                    file,
                    Span::default(),
                    format!("no example of the file gets the theme `{id}`: add one with `labels = [\"{id}:concern\"]`"),
                )
                .note("an example for a rule is a sentence that it must label; without one nobody notices when it stops working"),
            );
        }
        if !own().any(|example| {
            example
                .not
                .iter()
                .any(|(named, tone)| named == id && tone.is_none())
        }) {
            all.push(
                Found::new(
                    "W411",
                    file,
                    Span::default(),
                    format!("no example of the file must stay without the theme `{id}`: add one with `not = [\"{id}\"]`"),
                )
                .note("an example against a rule is a sentence that looks like the theme but is about something else"),
            );
        }
    }
    all
}

/// Files of words without an example for, or against.
fn words(lenient: &Lenient) -> Vec<Found> {
    let mut all = Vec::new();
    for words in lenient
        .written
        .words
        .iter()
        .filter(|words| words.place.below.is_none())
    {
        let file = words.place.file;
        let Some(does) = words.does else { continue };
        let own: Vec<&Example> = lenient
            .rules
            .examples()
            .iter()
            .filter(|example| example.file == file)
            .collect();
        if own.is_empty() {
            continue;
        }
        let shows: Vec<(bool, bool)> = own.iter().map(|example| stands(does.role, example)).collect();
        let (wanted, other) = advice(does.role);
        if !shows.iter().any(|(is_for, _)| *is_for) {
            all.push(Found::new(
                "W410",
                file,
                Span::default(),
                format!("no example shows what these words do: add one with {wanted}"),
            ));
        }
        if !shows.iter().any(|(_, against)| *against) {
            all.push(
                Found::new(
                    "W411",
                    file,
                    Span::default(),
                    format!("no example shows where these words do nothing: add one with {other}"),
                )
                .note("an example against a rule is a sentence that holds similar words, or the same in another sense"),
            );
        }
    }
    all
}

/// Lists none of whose cues stands in any example.
fn lists(lenient: &Lenient, items: &Items, seen: &BTreeSet<u32>) -> Vec<Found> {
    let mut lists: BTreeMap<(usize, &str), (bool, Span, usize)> = BTreeMap::new();
    // Files of letters and of English carry no examples.
    let carries = |item: &&Item| lenient.rules.files()[item.file].name.contains('/');
    for item in items.all.iter().filter(carries) {
        let list = lists.entry((item.file, item.list)).or_insert((false, item.at, 0));
        list.0 |= seen.contains(&item.number);
        list.2 += 1;
    }
    lists
        .into_iter()
        .filter(|(_, (seen, _, _))| !seen)
        .map(|((file, list), (_, at, count))| {
            let of = if count == 1 {
                "its cue".to_owned()
            } else {
                format!("one of its {count} cues")
            };
            let message = format!(
                "no example shows the list `{list}`: add a sentence that holds {of} under `[[example]]`"
            );
            Found::new("W412", file, at, message)
        })
        .collect()
}
