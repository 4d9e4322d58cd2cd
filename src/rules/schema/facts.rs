//! Schemas of `facts/*.toml`: words and shapes that all families of documents share, names of authorities, one file a family.

use serde_json::{Value, json};

use super::super::written::Sought;
use super::{list, lists, names, number, one_of, text};
use crate::codebook::{Judgement, Kind};

pub(super) fn authorities() -> Vec<(&'static str, Value)> {
    vec![
        ("about", text("What the list holds, in a line.")),
        (
            "known",
            list(
                "Authorities: the name, and other names of it after a bar.",
                word(),
            ),
        ),
    ]
}

pub(super) fn common() -> Vec<(&'static str, Value)> {
    let mut shapes = json!({
        "description": "Regular expressions by name; in patterns they stand as {name}, and may use those above them.",
        "type": "object",
    });
    shapes["additionalProperties"] = pattern();
    let mut months = list("Twelve, other forms after a bar.", word());
    months["minItems"] = json!(12);
    months["maxItems"] = json!(12);
    let grades = Judgement::ALL.iter().map(|grade| {
        (
            grade.name(),
            list("Words that give it, in lower case without punctuation.", word()),
        )
    });
    vec![
        ("about", text("What the file holds, in a line.")),
        ("shapes", shapes),
        (
            "dates",
            lists(
                "Words of dates.",
                vec![
                    ("months", months),
                    ("weekdays", list("Names of days.", word())),
                    (
                        "ordinals",
                        list("From the first on, other forms after a bar.", word()),
                    ),
                ],
            ),
        ),
        ("grades", lists("Words of judgements.", grades.collect())),
        (
            "names",
            lists(
                "Taken off the name of an authority, whole words in lower case.",
                vec![
                    ("before", list("Before it.", word())),
                    ("behind", list("Behind it.", word())),
                    ("not", list("What is no name of an authority.", word())),
                ],
            ),
        ),
    ]
}

pub(super) fn family() -> Vec<(&'static str, Value)> {
    let signs = |about: &str| {
        lists(
            about,
            vec![
                ("sure", list("Settles it.", pattern())),
                ("strong", list("Speaks for the family.", pattern())),
                ("weak", list("Speaks a little for it.", pattern())),
                ("against", list("Speaks against it.", pattern())),
            ],
        )
    };
    let facts = Sought::ALL.iter().map(|(name, shape, _)| {
        let about = format!("Patterns that hold {{{shape}}}.");
        let inner = vec![
            (
                "opening",
                list("At the head of a document; the first match counts.", pattern()),
            ),
            (
                "anywhere",
                list("In all of it; all matches have to agree.", pattern()),
            ),
            ("unless", list("What a match may not hold.", pattern())),
        ];
        (*name, lists(&about, inner))
    });
    vec![
        (
            "kind",
            one_of("The kind of document.", names(Kind::ALL, |kind| kind.name())),
        ),
        (
            "order",
            number(
                "Where two families fit equally well the lower one has it.",
                1,
                255,
            ),
        ),
        ("about", text("Which documents it is about, in a line.")),
        (
            "opening",
            signs("By what the head of a document shows its family."),
        ),
        ("anywhere", signs("By what all of a document shows its family.")),
        ("facts", lists("How facts are told.", facts.collect())),
        (
            "judgements",
            free(
                "Areas of judgement by name, with the phrases that stand before their grade.",
                word(),
            ),
        ),
        (
            "judged",
            free(
                "Areas of judgement by name, with patterns that hold {grade}.",
                pattern(),
            ),
        ),
        (
            "earlier",
            lists(
                "Judgements of an inspection before.",
                vec![("under", list("Lines above lists of them.", pattern()))],
            ),
        ),
    ]
}

fn word() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// A regular expression in which shapes stand; with them it is none before they are filled in.
fn pattern() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// A table of lists whose keys are free.
fn free(about: &str, item: Value) -> Value {
    json!({
        "description": about,
        "type": "object",
        "additionalProperties": { "type": "array", "items": item },
    })
}
