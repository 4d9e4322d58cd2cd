//! What examples show of the rules, and examples that cannot hold.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cues::{Item, Items};
use super::finding::Found;
use super::fix::without_table;
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::rules::{Example, Lenient, Role, Rules};
use crate::source::Source;
use crate::span::Span;

/// Looks at every file and its examples; with `each_cue` also for cues that no example shows.
pub(super) fn shown(lenient: &Lenient, items: &Items, each_cue: bool) -> Vec<Found> {
    let rules = &lenient.rules;
    let seen: BTreeSet<u32> = rules
        .examples()
        .par_iter()
        .flat_map_iter(|example| cues(rules, example))
        .collect();
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
                .filter(|item| item.is_found() && !seen.contains(&item.number))
                .map(|item| {
                    let message =
                        "no example shows the cue: add a sentence that holds it under `[[example]]`";
                    Found::new("W418", item.file, item.at, message).cue(&item.text)
                }),
        );
    }
    all
}

/// The cues that an example holds.
fn cues(rules: &Rules, example: &Example) -> Vec<u32> {
    let before = example
        .before
        .iter()
        .map(|text| format!("{text} "))
        .collect::<String>();
    let section = example
        .section
        .iter()
        .map(|text| format!("{text}\n\n"))
        .collect::<String>();
    let document = format!("{section}{before}{}\n", example.text);
    rules
        .read(&Source::from_text("example", document))
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

/// Whether an example stands for what a role does, and whether against it.
fn stands(role: Role, example: &Example) -> (bool, bool) {
    let against = !example.not.is_empty();
    let tells = |wanted: bool, other: bool| (wanted, against || other);
    match role {
        Role::Past => tells(
            example.time == Some(Time::Past),
            example.time.is_some_and(|time| time != Time::Past),
        ),
        Role::Future => tells(
            example.time == Some(Time::Future),
            example.time.is_some_and(|time| time != Time::Future),
        ),
        Role::Improved => change(example, Change::Improved, against),
        Role::Declined => change(example, Change::Declined, against),
        Role::Unchanged => change(example, Change::Unchanged, against),
        Role::Inspector => speaker(example, Speaker::Inspector, against),
        Role::Authority => speaker(example, Speaker::Authority, against),
        Role::Other => speaker(example, Speaker::Other, against),
        Role::Neutral => tells(
            example.polarity == Some(Polarity::Neutral) || against,
            example
                .polarity
                .is_some_and(|polarity| polarity != Polarity::Neutral),
        ),
        Role::Strength => tells(
            positive(example),
            example.polarity.is_some_and(|p| p != Polarity::Strength),
        ),
        Role::Concern => tells(
            positive(example),
            example.polarity.is_some_and(|p| p != Polarity::Concern),
        ),
        _ => (positive(example), against || both(example)),
    }
}

fn change(example: &Example, wanted: Change, against: bool) -> (bool, bool) {
    let own = example.change;
    (
        own == Some(wanted),
        against || own.is_some_and(|own| own != wanted),
    )
}

fn speaker(example: &Example, wanted: Speaker, against: bool) -> (bool, bool) {
    let own = example.source;
    (
        own == Some(wanted),
        against || own.is_some_and(|own| own != wanted),
    )
}

fn positive(example: &Example) -> bool {
    example.polarity.is_some() || !example.labels.is_empty()
}

/// An operator's examples show it from both sides where it turns praise in one and criticism in another.
fn both(example: &Example) -> bool {
    matches!(example.polarity, Some(Polarity::Neutral | Polarity::Mixed))
}

/// What an example for and one against have to say, by role.
fn advice(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Past => ("`time = \"past\"`", "another `time`, or `not`"),
        Role::Future => ("`time = \"future\"`", "another `time`, or `not`"),
        Role::Improved => ("`change = \"improved\"`", "another `change`, or `not`"),
        Role::Declined => ("`change = \"declined\"`", "another `change`, or `not`"),
        Role::Unchanged => ("`change = \"unchanged\"`", "another `change`, or `not`"),
        Role::Inspector => ("`source = \"inspector\"`", "another `source`, or `not`"),
        Role::Authority => ("`source = \"authority\"`", "another `source`, or `not`"),
        Role::Other => ("`source = \"other\"`", "another `source`, or `not`"),
        Role::Neutral => ("`polarity = \"neutral\"`", "another `polarity`"),
        Role::Strength => ("`polarity = \"strength\"`", "another `polarity`, or `not`"),
        Role::Concern => ("`polarity = \"concern\"`", "another `polarity`, or `not`"),
        _ => ("`polarity` or `labels`", "`polarity = \"neutral\"`, or `not`"),
    }
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

/// Examples that ask for what they forbid.
fn contradictions(rules: &Rules) -> Vec<Found> {
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
fn twice(rules: &Rules) -> Vec<Found> {
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

type Asks<'a> = (
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

fn asks(example: &Example) -> Asks<'_> {
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
