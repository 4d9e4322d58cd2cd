//! JSON Schemas of rule files, by which editors complete and check while somebody types.
//!
//! In: nothing but what the loader knows. Out: schemas in draft 4, the latest that the usual checker of TOML (Taplo, and with
//! it Even Better TOML) reads. They say which keys and values there are; what only the loader can see (a cue that stands
//! twice, a theme that there is not) is left to it. `tests/it/rule_schema.rs` keeps the two in step.

mod facts;
mod letters;
mod theme;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::RuleFile;
use crate::codebook::values;

use letters::{english, letters, lists, standing};
use theme::{names, off, theme, words};

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
