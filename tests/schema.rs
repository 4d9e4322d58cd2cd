//! The schemas of a row and of facts in `docs/schema` are those that the types give. After a change of the types that is meant, write
//! it anew with `FINDINGS_OVERWRITE=1 cargo test --features schema --test schema`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "schema")]

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use findings::row::{Row, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

const FILE: &str = "docs/schema/row.schema.json";

fn schema() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Row>();
    let mut schema = schema.to_value();
    schema["title"] = json!("A sentence as findings writes it, one line of its JSON Lines");
    // Left out rather than null.
    schema["properties"]["extra"]["type"] = json!("object");
    schema["properties"]["schema"] = json!({ "description": "Version of this form.", "const": SCHEMA });
    schema
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let schema = schema();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        fs::write(&file, text).unwrap();
    }
    let kept: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert!(
        kept == schema,
        "{FILE} is not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}

#[test]
fn every_key_of_a_row_is_in_the_schema_and_always_there() {
    let rules = findings::Rules::built_in();
    let source = findings::Source::from_text("letter", "Caseloads are too high in two teams.");
    let reading = rules.read(&source).unwrap();
    let row = serde_json::to_value(findings::row::rows(&rules, &reading).first()).unwrap();
    let keys: BTreeSet<_> = row.as_object().unwrap().keys().cloned().collect();
    let schema = schema();
    let required: BTreeSet<_> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(keys, required);
    let known: BTreeSet<_> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(known.difference(&required).collect::<Vec<_>>(), ["extra"]);
}

const FACTS: &str = "docs/schema/facts.schema.json";

#[test]
fn the_schema_of_facts_is_the_one_of_the_types() {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<findings::facts::Facts>();
    let mut schema = schema.to_value();
    schema["title"] = json!("The facts of a document as findings writes them, one line of its JSON Lines");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FACTS);
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        fs::write(&file, text).unwrap();
    }
    let kept: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert!(
        kept == schema,
        "{FACTS} is not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}

#[test]
fn every_key_of_facts_is_in_the_schema() {
    let facts = serde_json::to_value(findings::facts::Facts::default()).unwrap();
    let kept: Value = serde_json::from_slice(&fs::read(FACTS).unwrap()).unwrap();
    let keys: BTreeSet<_> = facts.as_object().unwrap().keys().collect();
    assert_eq!(keys, kept["properties"].as_object().unwrap().keys().collect());
    assert_eq!(keys.len(), kept["required"].as_array().unwrap().len());
}

fn of<T: schemars::JsonSchema>(title: &str) -> Value {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = schema.into_root_schema_for::<T>().to_value();
    schema["title"] = json!(title);
    schema
}

/// Visits, comparisons and groups: one of each is one line of their JSON Lines, a group aside.
#[test]
fn the_schemas_of_visits_are_those_of_the_types() {
    use findings::comparison::{Comparison, Grouping};
    use findings::visit::Visit;
    let mut differ = Vec::new();
    for (name, schema) in [
        ("visit", of::<Visit>("A visit as findings visits writes it")),
        (
            "comparison",
            of::<Comparison>("The visits of an authority side by side, as findings compare writes them"),
        ),
        (
            "grouping",
            of::<Grouping>("Visits in groups, as findings compare --by writes them"),
        ),
        (
            "report",
            of::<findings::report::BundleJson>(
                "Everything of a run, as findings report --format json writes it",
            ),
        ),
    ] {
        let file = format!("docs/schema/{name}.schema.json");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        if env::var_os("FINDINGS_OVERWRITE").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        }
        let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if kept != schema {
            differ.push(file);
        }
    }
    assert!(
        differ.is_empty(),
        "{differ:?} are not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}
