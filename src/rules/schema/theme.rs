//! Keys of themes and of files of words, and what both carry: examples and silences.

use serde_json::{Value, json};

use super::super::written::Role;
use super::{cues, flag, list, number, object, one_of, text};
use crate::codebook::{Change, Polarity, Speaker, Time};

pub(super) fn off() -> Value {
    list(
        "Cues of the file of the same name that are switched off, by the ids that evidence shows.",
        json!({ "type": "string", "pattern": "^[^/]+/.+$" }),
    )
}

pub(super) fn theme() -> Vec<(&'static str, Value)> {
    vec![
        ("name", text("The theme's name for people.")),
        ("about", text("What the theme covers, in a line.")),
        (
            "core",
            flag("Reports put it first; among each other core themes stand by `order`."),
        ),
        (
            "group",
            flag("A group of children: where a paragraph opens with it, later sentences are about it too."),
        ),
        (
            "order",
            number("Its place among the themes of reports; then by id.", 1, 255),
        ),
        ("names", cues("Words that name the theme wherever they stand.")),
        (
            "hints",
            cues("Words that name it only where nothing else in the sentence names a theme."),
        ),
        (
            "exempt",
            cues("Looks like a name or hint but is not: silences the names that it overlaps."),
        ),
        (
            "strength",
            cues("Words that name the theme and praise it at once, wherever they stand."),
        ),
        (
            "concern",
            cues("Words that name the theme and criticise it at once, wherever they stand."),
        ),
        (
            "near_strength",
            cues("Words that praise only where this theme is named in the same clause."),
        ),
        (
            "near_concern",
            cues("Words that criticise only where this theme is named in the same clause."),
        ),
        (
            "headings",
            cues("Headings that make this theme the topic of sentences below that name none."),
        ),
        (
            "yields",
            list(
                "Ids of themes before which this one gives way where a sentence names both.",
                json!({ "type": "string", "minLength": 1 }),
            ),
        ),
        ("example", examples()),
        ("allow", allow()),
    ]
}

pub(super) fn words() -> Vec<(&'static str, Value)> {
    vec![
        (
            "role",
            one_of("What the cues do, see rules/README.md.", Role::names().collect()),
        ),
        ("about", text("What the words have in common, in a line.")),
        (
            "reach",
            number(
                "How many words far they act inside their clause, where the role acts on other words.",
                1,
                40,
            ),
        ),
        (
            "rank",
            number(
                "Strength and concern: 1 speaks only where nothing of rank 2 or 3 does; 3 outweighs 2.",
                1,
                3,
            ),
        ),
        ("cues", cues("The words.")),
        (
            "exempt",
            cues("Looks like one of the cues but is not: silences those of this role inside it."),
        ),
        ("example", examples()),
        ("allow", allow()),
    ]
}

pub(super) fn examples() -> Value {
    let label = json!({ "type": "string", "pattern": "^[^:]+(:(strength|concern|neutral))?$" });
    let properties = object(vec![
        ("text", text("The sentence.")),
        ("before", text("The sentence before it in the same paragraph.")),
        ("section", text("The heading above it.")),
        (
            "polarity",
            one_of("Polarity of the sentence.", names(Polarity::ALL, |v| v.name())),
        ),
        (
            "labels",
            list(
                "Labels that it must get: a theme, or a theme with what is said of it.",
                label.clone(),
            ),
        ),
        ("not", list("Labels that it must not get.", label)),
        (
            "source",
            one_of("Who says it.", names(Speaker::ALL, |v| v.name())),
        ),
        ("time", one_of("When it holds.", names(Time::ALL, |v| v.name()))),
        (
            "change",
            one_of("Whether it has moved.", names(Change::ALL, |v| v.name())),
        ),
        (
            "state",
            one_of("Known not to hold yet: reported, does not fail.", vec!["todo"]),
        ),
    ]);
    let asks = ["polarity", "labels", "not", "source", "time", "change"];
    let asks = asks.map(|key| json!({ "required": [key] }));
    let example = json!({
        "type": "object",
        "properties": properties,
        "required": ["text"],
        "additionalProperties": false,
        "anyOf": asks,
    });
    let mut examples = list("Sentences that show what the file does.", example);
    examples["minItems"] = json!(1);
    examples
}

pub(super) fn allow() -> Value {
    let silence = json!({
        "type": "object",
        "properties": {
            "code": { "description": "The warning's code.", "type": "string", "pattern": "^[EW][0-9]{3}$" },
            "cue": text("The cue, as written, of which it is silenced; else the whole file."),
            "reason": text("Why, so that whoever reads the file can judge it."),
        },
        "required": ["code", "reason"],
        "additionalProperties": false,
    });
    list(
        "Warnings of `findings rules check` that this file silences.",
        silence,
    )
}

pub(super) fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| name(*value)).collect()
}
