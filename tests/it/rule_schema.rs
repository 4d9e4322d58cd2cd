//! The schemas of rule files say what the loader says: the same keys, and every rule file in the repository validates.

use std::collections::BTreeSet;
use std::path::Path;

use findings::rules::{Overlay, RuleFile, SchemaKind, schema};
use findings::{Error, Rules};
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

/// A kind, a file of it, whether it stands in an overlay, and the tables in it: `[]` before those that stand several times.
const FORMS: &[(SchemaKind, &str, bool, &[&str])] = &[
    (
        SchemaKind::Theme,
        "themes/caseloads.toml",
        false,
        &["", "[]example", "[]allow"],
    ),
    (
        SchemaKind::Words,
        "words/negate.toml",
        false,
        &["", "[]example", "[]allow"],
    ),
    (
        SchemaKind::Letters,
        "letters/common.toml",
        false,
        &["", "headings", "lines", "grades", "[]allow"],
    ),
    (SchemaKind::English, "english.toml", false, &["", "[]allow"]),
    (SchemaKind::Standing, "standing.toml", false, &[""]),
    (
        SchemaKind::Facts,
        "facts/ilacs.toml",
        false,
        &[
            "",
            "opening",
            "anywhere",
            "facts",
            "facts.authority",
            "facts.inspection",
            "facts.published",
            "facts.visit_number",
            "facts.lead_inspector",
            "earlier",
        ],
    ),
    (
        SchemaKind::FactsCommon,
        "facts/common.toml",
        false,
        &["", "dates", "grades", "names"],
    ),
    (
        SchemaKind::FactsAuthorities,
        "facts/authorities.toml",
        false,
        &[""],
    ),
    (
        SchemaKind::OverlayTheme,
        "themes/caseloads.toml",
        true,
        &["", "[]example", "[]allow"],
    ),
    (
        SchemaKind::OverlayWords,
        "words/negate.toml",
        true,
        &["", "[]example", "[]allow"],
    ),
];

const KEY: &str = "zzzzzzzz";

/// The keys that the loader names where it finds one that it does not know, in this table of this file.
fn known(kind: SchemaKind, name: &str, overlay: bool, table: &str) -> BTreeSet<String> {
    let heads = match kind {
        SchemaKind::Facts => "kind = \"inspection_report\"\n",
        _ => "",
    };
    let text = match table.strip_prefix("[]") {
        None if table.is_empty() => format!("{KEY} = 1\n"),
        None => format!("{heads}[{table}]\n{KEY} = 1\n"),
        Some(name) => format!("[[{name}]]\n{KEY} = 1\n"),
    };
    let mut file = RuleFile::new(name, text);
    // The file alone, and below one of an overlay the file that it goes on with: others would only be mistakes more.
    let mut files = Vec::new();
    if overlay {
        let below = Rules::built_in_files()
            .into_iter()
            .find(|other| other.name == name);
        files.extend(below);
        file.overlay = Some(Overlay {
            nth: 1,
            folder: "mine".to_owned(),
        });
    }
    assert_eq!(SchemaKind::of(&file), Some(kind));
    files.push(file);
    let Err(Error::Rules { mistakes }) = Rules::from_files(files) else {
        panic!("{name} may have the key {KEY} in its table {table:?}");
    };
    let start = format!("unknown key `{KEY}`: known keys: ");
    let list = mistakes
        .iter()
        .find_map(|mistake| mistake.message.strip_prefix(&start));
    let list = list.unwrap_or_else(|| panic!("{name}, table {table:?}: {mistakes:?}"));
    list.split(", ").map(str::to_owned).collect()
}

/// The keys that the schema has there.
fn described(kind: SchemaKind, table: &str) -> BTreeSet<String> {
    let mut at = &schema(kind);
    let whole = at.clone();
    at = &whole;
    for key in table
        .trim_start_matches("[]")
        .split('.')
        .filter(|key| !key.is_empty())
    {
        at = &at["properties"][key];
    }
    if table.starts_with("[]") {
        at = &at["items"];
    }
    let properties = at["properties"].as_object();
    let properties = properties.unwrap_or_else(|| panic!("{kind} has no table {table:?}"));
    assert_eq!(
        at["additionalProperties"],
        json!(false),
        "{kind}, table {table:?}"
    );
    properties.keys().cloned().collect()
}

#[test]
fn a_schema_has_the_keys_that_the_loader_knows_and_no_others() {
    for (kind, name, overlay, tables) in FORMS {
        for table in *tables {
            let mut keys = known(*kind, name, *overlay, table);
            if *overlay && table.is_empty() {
                // A file of a new name says all that a file of a full set says.
                let new = name.replace(".toml", "-zz.toml");
                keys.extend(known(*kind, &new, true, table));
            }
            assert_eq!(described(*kind, table), keys, "{kind}, table {table:?}");
        }
    }
}

#[test]
fn every_table_of_a_schema_is_compared() {
    for (kind, _, _, tables) in FORMS {
        let whole = schema(*kind);
        let mut found = vec![String::new()];
        collect(&whole, "", &mut found);
        let compared: BTreeSet<&str> = tables.iter().copied().collect();
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(found, compared, "{kind}");
    }
    let kinds: BTreeSet<&str> = FORMS.iter().map(|(kind, ..)| kind.name()).collect();
    assert_eq!(kinds.len(), SchemaKind::ALL.len());
}

/// Tables with keys of their own inside a schema.
fn collect(schema: &Value, path: &str, found: &mut Vec<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let here = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        if inner["properties"].is_object() {
            found.push(here.clone());
            collect(inner, &here, found);
        } else if inner["items"]["properties"].is_object() {
            found.push(format!("[]{here}"));
        }
    }
}

fn read(text: &str) -> Value {
    fn value(from: &DeValue<'_>) -> Value {
        match from {
            DeValue::String(text) => json!(text),
            DeValue::Integer(number) => json!(number.as_str().parse::<i64>().unwrap()),
            DeValue::Boolean(flag) => json!(flag),
            DeValue::Array(list) => list.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(inner) => table(inner),
            other => panic!("rule files hold no {}", other.type_str()),
        }
    }
    fn table(from: &DeTable<'_>) -> Value {
        let pairs = from.iter();
        Value::Object(
            pairs
                .map(|(key, inner)| (key.get_ref().to_string(), value(inner.get_ref())))
                .collect::<Map<_, _>>(),
        )
    }
    table(DeTable::parse(text).unwrap().get_ref())
}

/// What a value does not keep of a schema: as much of draft 4 as the schemas use, and nothing else passes unseen.
fn faults(schema: &Value, value: &Value, at: &str, all: &mut Vec<String>) {
    let mut fault = |what: String| all.push(format!("{at}: {what}"));
    let number = |key: &str| schema[key].as_i64().unwrap();
    let mut inner: Vec<(Value, Value, String)> = Vec::new();
    for (keyword, wanted) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "title" | "description" => {}
            // A hint in draft 4.
            "format" => assert_eq!(wanted, "regex"),
            "type" => {
                let is = match wanted.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64(),
                    "boolean" => value.is_boolean(),
                    other => panic!("type {other}"),
                };
                if !is {
                    fault(format!("is no {wanted}"));
                }
            }
            "enum" if !wanted.as_array().unwrap().contains(value) => {
                fault(format!("{value} is not in {wanted}"))
            }
            "enum" => {}
            "minLength" if value.as_str().is_some_and(|text| text.is_empty()) => fault("is empty".to_owned()),
            "minLength" => assert_eq!(number("minLength"), 1),
            "pattern" => {
                let pattern = regex::Regex::new(wanted.as_str().unwrap()).unwrap();
                if value.as_str().is_some_and(|text| !pattern.is_match(text)) {
                    fault(format!("{value} is not of the form {wanted}"));
                }
            }
            "minimum" if value.as_i64().is_some_and(|n| n < number("minimum")) => {
                fault(format!("{value} is too small"))
            }
            "maximum" if value.as_i64().is_some_and(|n| n > number("maximum")) => {
                fault(format!("{value} is too large"))
            }
            "minimum" | "maximum" => {}
            "minItems"
                if value
                    .as_array()
                    .is_some_and(|list| (list.len() as i64) < number("minItems")) =>
            {
                fault("has too few entries".to_owned());
            }
            "maxItems"
                if value
                    .as_array()
                    .is_some_and(|list| (list.len() as i64) > number("maxItems")) =>
            {
                fault("has too many entries".to_owned());
            }
            "minItems" | "maxItems" => {}
            "required" => {
                for key in wanted.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.get(key).is_none() {
                        fault(format!("the key {key} is missing"));
                    }
                }
            }
            "anyOf" => {
                let kept = wanted.as_array().unwrap().iter().any(|schema| {
                    let mut all = Vec::new();
                    faults(schema, value, at, &mut all);
                    all.is_empty()
                });
                if !kept {
                    fault(format!("keeps none of {wanted}"));
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    inner.push((wanted.clone(), item.clone(), format!("{at}[{n}]")));
                }
            }
            "properties" | "additionalProperties" => {}
            other => panic!("the keyword {other} is not checked"),
        }
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let schema = match schema["properties"].get(key) {
            Some(schema) => schema.clone(),
            None => match schema.get("additionalProperties") {
                Some(Value::Bool(false)) => {
                    fault(format!("the key {key} is not known"));
                    continue;
                }
                Some(others) if others.is_object() => others.clone(),
                _ => continue,
            },
        };
        inner.push((schema, value.clone(), format!("{at}.{key}")));
    }
    for (schema, value, at) in inner {
        faults(&schema, &value, &at, all);
    }
}

fn validate(files: &[RuleFile]) {
    for file in files {
        let kind = SchemaKind::of(file).unwrap_or_else(|| panic!("{} has no schema", file.name));
        let mut all = Vec::new();
        faults(&schema(kind), &read(&file.text), &file.shown(), &mut all);
        assert!(all.is_empty(), "{}", all.join("\n"));
    }
}

#[test]
fn every_built_in_file_validates() {
    validate(&Rules::built_in_files());
}

#[test]
fn overlays_validate() {
    for folder in [
        "src/cli/rules/starter",
        "tests/cmd/bench/mine",
        "tests/cmd/bench/off",
    ] {
        let mut files = Rules::files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        for file in &mut files {
            file.overlay = Some(Overlay {
                nth: 1,
                folder: folder.to_owned(),
            });
        }
        validate(&files);
    }
}

#[test]
fn what_the_loader_refuses_does_not_validate() {
    let wrong = |kind: SchemaKind, text: &str| {
        let mut all = Vec::new();
        faults(&schema(kind), &read(text), "file", &mut all);
        all
    };
    let theme = "name = \"Plans\"\nabout = \"x\"\nnames = [\"Plan*\"]\n[[example]]\ntext = \"x\"\nlabels = [\"plans:good\"]\n";
    let found = wrong(SchemaKind::Theme, theme);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        wrong(SchemaKind::Words, "role = \"negat\"\nreach = 41\n").len(),
        5
    );
    let asks_nothing = "[[example]]\ntext = \"x\"\n";
    assert_eq!(wrong(SchemaKind::OverlayTheme, asks_nothing).len(), 1);
    assert_eq!(
        wrong(SchemaKind::OverlayTheme, "of = [\"plans/plans\"]\n").len(),
        1
    );
}
