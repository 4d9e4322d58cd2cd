//! JSON Schemas of rule files, by which editors complete and check while somebody types.
//!
//! In: nothing but what the loader knows. Out: schemas in draft 4, the latest that the usual checker of TOML (Taplo, and with
//! it Even Better TOML) reads. They say which keys and values there are; what only the loader can see (a cue that stands
//! twice, a theme that there is not) is left to it. `tests/it/rule_schema.rs` keeps the two in step.

mod facts;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::RuleFile;
use super::written::Role;
use crate::codebook::{Change, Grade, Polarity, SectionRole, Speaker, Time, values};

values! {
    /// A kind of rule file.
    SchemaKind {
        /// `themes/NAME.toml` of a full set.
        Theme = "theme",
        /// `words/NAME.toml` of a full set.
        Words = "words",
        /// `letters/NAME.toml`.
        Letters = "letters",
        /// `english.toml`.
        English = "english",
        /// `standing.toml`.
        Standing = "standing",
        /// `facts/NAME.toml`: a family of documents.
        Facts = "facts",
        /// `facts/common.toml`.
        FactsCommon = "facts-common",
        /// `facts/authorities.toml`.
        FactsAuthorities = "facts-authorities",
        /// `themes/NAME.toml` of an overlay: a new theme, or one that goes on with another.
        OverlayTheme = "overlay-theme",
        /// `words/NAME.toml` of an overlay.
        OverlayWords = "overlay-words",
    }
}

impl SchemaKind {
    /// The kind of a file by its name below the rules folder, and whether it stands in an overlay; `None` where no such file is
    /// read.
    pub fn of(file: &RuleFile) -> Option<Self> {
        let overlay = file.overlay.is_some();
        match (file.name.rsplit_once('/'), overlay) {
            (Some(("themes", _)), false) => Some(Self::Theme),
            (Some(("themes", _)), true) => Some(Self::OverlayTheme),
            (Some(("words", _)), false) => Some(Self::Words),
            (Some(("words", _)), true) => Some(Self::OverlayWords),
            (Some(("letters", _)), _) => Some(Self::Letters),
            (Some(("facts", "common.toml")), _) => Some(Self::FactsCommon),
            (Some(("facts", "authorities.toml")), _) => Some(Self::FactsAuthorities),
            (Some(("facts", _)), _) => Some(Self::Facts),
            (None, _) if file.name == super::ENGLISH => Some(Self::English),
            (None, _) if file.name == "standing.toml" => Some(Self::Standing),
            _ => None,
        }
    }
}

/// The schema of a kind of rule file.
pub fn schema(kind: SchemaKind) -> Value {
    let (title, required, properties): (&str, &[&str], Vec<(&str, Value)>) = match kind {
        SchemaKind::Theme => ("A theme", &["name", "about", "names", "example"], theme()),
        SchemaKind::Words => (
            "Words with one role",
            &["role", "about", "cues", "example"],
            words(),
        ),
        SchemaKind::Letters => ("Headings and standing lines", &["about"], letters()),
        SchemaKind::English => ("Where sentences and clauses end", &[], english()),
        SchemaKind::Standing => ("Text that recurs in letters on any authority", &[], standing()),
        SchemaKind::Facts => ("A family of documents", &["about"], facts::family()),
        SchemaKind::FactsCommon => (
            "What all families of documents share",
            &["about"],
            facts::common(),
        ),
        SchemaKind::FactsAuthorities => ("Names of authorities", &["about"], facts::authorities()),
        SchemaKind::OverlayTheme => (
            "A theme of an overlay: a new one, or what is added to the one of the same name",
            &[],
            [theme(), vec![("off", off())]].concat(),
        ),
        SchemaKind::OverlayWords => (
            "Words of an overlay: a new list, or what is added to the one of the same name",
            &[],
            [words(), vec![("off", off())]].concat(),
        ),
    };
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": title,
        "type": "object",
        "properties": object(properties),
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn object(properties: Vec<(&str, Value)>) -> Value {
    let map: Map<String, Value> = properties
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Value::Object(map)
}

fn text(about: &str) -> Value {
    json!({ "description": about, "type": "string", "minLength": 1 })
}

fn flag(about: &str) -> Value {
    json!({ "description": about, "type": "boolean" })
}

fn number(about: &str, from: u8, to: u8) -> Value {
    json!({ "description": about, "type": "integer", "minimum": from, "maximum": to })
}

fn one_of(about: &str, values: Vec<&str>) -> Value {
    json!({ "description": about, "type": "string", "enum": values })
}

fn list(about: &str, item: Value) -> Value {
    json!({ "description": about, "type": "array", "items": item })
}

/// Cues: in lower case, and not beginning with a gap.
fn cues(about: &str) -> Value {
    let cue = json!({
        "description": "A phrase in lower case: `word*` takes any ending, `(a|b)` one of these, `..` up to 4 words between, `..8` up to 8.",
        "type": "string",
        "pattern": "^\\s*[^A-Z.\\s][^A-Z]*$",
    });
    list(about, cue)
}

fn off() -> Value {
    list(
        "Cues of the file of the same name that are switched off, by the ids that evidence shows.",
        json!({ "type": "string", "pattern": "^[^/]+/.+$" }),
    )
}

fn theme() -> Vec<(&'static str, Value)> {
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

fn words() -> Vec<(&'static str, Value)> {
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

fn examples() -> Value {
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

fn allow() -> Value {
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

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| name(*value)).collect()
}

/// A table of lists.
fn lists(about: &str, keys: Vec<(&str, Value)>) -> Value {
    json!({
        "description": about,
        "type": "object",
        "properties": object(keys),
        "additionalProperties": false,
    })
}

fn letters() -> Vec<(&'static str, Value)> {
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

fn standing() -> Vec<(&'static str, Value)> {
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

fn english() -> Vec<(&'static str, Value)> {
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
