//! Keys of files of letters, of standing text and of English.

use serde_json::{Value, json};

use super::theme::{allow, off};
use super::{cues, list, object, text};
use crate::codebook::{Grade, SectionRole};

/// A table of lists.
pub(super) fn lists(about: &str, keys: Vec<(&str, Value)>) -> Value {
    json!({
        "description": about,
        "type": "object",
        "properties": object(keys),
        "additionalProperties": false,
    })
}

pub(super) fn letters() -> Vec<(&'static str, Value)> {
    let mut headings: Vec<(&str, Value)> = SectionRole::ALL
        .iter()
        .map(|role| (role.name(), cues("Beginnings of headings that open such a part.")))
        .collect();
    headings.push(("no_rows", cues("Headings of parts that give no rows.")));
    let line = json!({ "type": "string", "format": "regex" });
    let lines = [
        ("furniture", "Dropped wherever it stands."),
        ("salutation", "What stands before it is letterhead."),
        ("sign_off", "What stands behind it is no finding."),
        (
            "council",
            "Only a council's own minutes have it: there the council speaks.",
        ),
        ("aside", "Neither heading nor sentence."),
    ];
    let word = json!({ "type": "string", "minLength": 1 });
    let grades = Grade::ALL
        .iter()
        .map(|grade| (grade.name(), list("Words that give this grade.", word.clone())));
    vec![
        ("about", text("Which letters it is about, in a line.")),
        (
            "headings",
            lists(
                "What headings open, by the words with which they begin.",
                headings,
            ),
        ),
        (
            "grades",
            lists(
                "Words at the end of a heading, or alone on their line.",
                grades.collect(),
            ),
        ),
        (
            "lines",
            lists(
                "Regular expressions on whole short lines.",
                lines
                    .map(|(key, about)| (key, list(about, line.clone())))
                    .to_vec(),
            ),
        ),
        ("allow", allow()),
    ]
}

pub(super) fn standing() -> Vec<(&'static str, Value)> {
    let sentence = json!({ "type": "string", "minLength": 1 });
    vec![
        ("about", text("What the sentences have in common, in a line.")),
        ("off", off()),
        ("opens", cues("Cues with which such a sentence begins.")),
        (
            "examples",
            list("Sentences that have to be taken.", sentence.clone()),
        ),
        ("not", list("Sentences that must not be taken.", sentence)),
    ]
}

pub(super) fn english() -> Vec<(&'static str, Value)> {
    let word = || json!({ "type": "string", "minLength": 1 });
    let mut all = vec![
        ("about", text("What the file is for, in a line.")),
        ("allow", allow()),
    ];
    all.extend(
        [
            ("contrast", "A clause ends before one of these."),
            ("content", "A clause ends after one of these."),
            (
                "circumstance",
                "From one of these to the next comma stands a circumstance, not a finding.",
            ),
            ("opening_circumstance", "The same where it opens the sentence."),
            ("relative", "The same up to the main verb."),
            (
                "going_on",
                "A sentence that opens with one of these goes on with the judgement of the one before.",
            ),
        ]
        .map(|(key, about)| (key, cues(about))),
    );
    all.extend(
        [
            (
                "presenting",
                "Before \"who\" these present a finding: what follows is no mere circumstance.",
            ),
            ("relatives", "Behind a noun these open a clause of its own, whose verb begins no main clause."),
            ("causes", "What stands behind one of these is the cause of a rise or fall, not what rises or falls."),
            (
                "abbreviations",
                "A full stop after one of these does not end a sentence.",
            ),
            (
                "opening",
                "Words of contrast that rule the clause up to a comma where they open a sentence.",
            ),
            (
                "goes_on",
                "What stands behind a comma goes on with a list or an aside where it begins so.",
            ),
            ("auxiliaries", "Finite verbs that end the reach of an operator."),
            ("subjects", "One to three words that may begin a main clause."),
            ("verbs", "Finite verbs; `receive*` takes any ending."),
            ("hanging", "A line that ends in one of these stops in mid-sentence."),
            ("joiners", "Words that only join what follows to what went before."),
            (
                "links",
                "A new clause begins at one of these where a verb stood before it and a subject and a verb follow.",
            ),
            (
                "adverbs",
                "Endings of words that stand between a relative pronoun and its verb.",
            ),
        ]
        .map(|(key, about)| (key, list(about, word()))),
    );
    all
}
