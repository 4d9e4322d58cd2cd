//! The schema of an explanation in `docs/schema` is the one that the types give. After a change of the types that is meant,
//! write it anew with `FINDINGS_OVERWRITE=1 cargo test --features schema --test explain_schema`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "schema")]

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use findings::explain::{Explanation, Reason, SCHEMA, explain};
use findings::label::Fate;
use findings::{Rules, Source};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

const FILE: &str = "docs/schema/explain.schema.json";

fn schema() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Explanation>();
    let mut schema = schema.to_value();
    schema["title"] = json!("A sentence explained, as findings explain --format json writes it, one a line");
    schema["properties"]["schema"] = json!({ "description": "Version of this form.", "const": SCHEMA });
    schema
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let schema = schema();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        fs::write(&file, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
    }
    let kept: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert!(
        kept == schema,
        "{FILE} is not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}

/// Objects of a value that are not as the schema's part of that name wants them: keys too many or too few.
fn differs(value: &Value, part: &Value, name: &str) -> Vec<String> {
    let wanted: BTreeSet<&str> = part["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let required = part["required"].as_array().unwrap().len();
    let there: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wrong: Vec<String> = there
        .difference(&wanted)
        .map(|key| format!("{name}: {key} is not in the schema"))
        .collect();
    if there.len() < required {
        wrong.push(format!("{name}: {} of {required} keys", there.len()));
    }
    wrong
}

#[test]
fn what_is_written_keeps_to_it() {
    let rules = Rules::built_in();
    let letter = "Findings\n\nCaseloads are too high, but supervision is regular. They are not recorded.\n";
    let reading = rules.read(&Source::from_text("letter", letter)).unwrap();
    let schema = schema();
    let part = |name: &str| &schema["$defs"][name];
    let all = explain(&rules, &reading, None);
    assert_eq!(all.len(), 2);
    for one in all {
        let value = serde_json::to_value(one).unwrap();
        let mut wrong = differs(&value, &schema, "Explanation");
        wrong.extend(differs(&value["decisive"], part("Decisive"), "Decisive"));
        wrong.extend(differs(&value["frame"]["time"], part("Framed"), "Framed"));
        for theme in value["themes"].as_array().unwrap() {
            wrong.extend(differs(theme, part("ThemeSeen"), "ThemeSeen"));
        }
        assert!(!value["cues"].as_array().unwrap().is_empty());
        for cue in value["cues"].as_array().unwrap() {
            wrong.extend(differs(cue, part("CueSeen"), "CueSeen"));
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn the_closed_lists_are_in_it() {
    let text = schema().to_string();
    let names = Reason::ALL.iter().map(|reason| reason.name());
    for name in names.chain(Fate::ALL.iter().map(|fate| fate.name())) {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
}
