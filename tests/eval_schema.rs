//! The schemas of `eval` and `agree` in `docs/schema` are those that the types give, and what is written keeps to them. After a
//! change of the types that is meant, write them anew with
//! `FINDINGS_OVERWRITE=1 cargo test --features schema --test eval_schema`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(all(feature = "schema", feature = "cli"))]

use std::path::Path;
use std::{env, fs};

use findings::agree::{self, Agreement, Rater};
use findings::bootstrap::Draws;
use findings::eval::{self, Evaluation, Given, Options};
use findings::gold::{Gold, from_bytes};
use findings::{Rules, Source};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn schema<T: JsonSchema>(title: &str, version: u32) -> Value {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    schema["title"] = json!(title);
    schema["properties"]["schema"] = json!({ "description": "Version of this form.", "const": version });
    schema
}

fn of_eval() -> Value {
    schema::<Evaluation>(
        "Labels measured against gold labels, as findings eval --format json writes it",
        eval::SCHEMA,
    )
}

fn of_agree() -> Value {
    schema::<Agreement>(
        "Agreement of readers, as findings agree --format json writes it",
        agree::SCHEMA,
    )
}

fn assert_kept(file: &str, schema: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        fs::write(&path, serde_json::to_string_pretty(schema).unwrap() + "\n").unwrap();
    }
    let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert!(
        kept == *schema,
        "{file} is not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    assert_kept("docs/schema/eval.schema.json", &of_eval());
    assert_kept("docs/schema/agree.schema.json", &of_agree());
}

/// What is wrong about a value, as far as the words of our schemas go: `$ref`, `anyOf`, `oneOf`, `allOf`, `type`, `const`,
/// `enum`, `properties`, `required`, `items`.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(name) = schema["$ref"].as_str() {
        let part = root.pointer(name.strip_prefix('#').unwrap()).unwrap();
        found.extend(faults(value, part, root, at));
    }
    for either in ["anyOf", "oneOf"] {
        if let Some(all) = schema[either].as_array()
            && !all
                .iter()
                .any(|schema| faults(value, schema, root, at).is_empty())
        {
            found.push(format!("{at}: {value} is none of what it may be"));
        }
    }
    for schema in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(faults(value, schema, root, at));
    }
    if !schema["const"].is_null() && schema["const"] != *value {
        found.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        found.push(format!("{at}: {value} is not listed"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    match &schema["type"] {
        Value::Array(kinds) if !kinds.iter().any(fits) => found.push(format!("{at}: {kind}")),
        one @ Value::String(_) if !fits(one) => found.push(format!("{at}: {kind} is not {one}")),
        _ => {}
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at}: no {key}"));
        }
    }
    if let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
        for (key, value) in fields {
            match known.get(key) {
                Some(schema) => found.extend(faults(value, schema, root, &format!("{at}/{key}"))),
                // Fields of a flattened type stand beside.
                None if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() => {}
                None if at.is_empty() => found.push(format!("{at}: {key} is not in the schema")),
                None => {}
            }
        }
    }
    if let (Some(values), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (n, value) in values.iter().enumerate() {
            found.extend(faults(value, schema, root, &format!("{at}/{n}")));
        }
    }
    found
}

const LETTER: &str = "Findings\n\nCaseloads are too high in two teams, but supervision is regular and reflective.\n\n\
                      Plans are weak. Children are seen alone and often.\n";

fn given() -> Given {
    let rules = Rules::built_in();
    let reading = rules.read(&Source::from_text("letter", LETTER)).unwrap();
    let mut given = Given::default();
    given.add(&rules, &reading);
    given
}

/// As given, with a label taken away and a polarity changed.
fn other(given: &Given) -> Vec<Gold> {
    let mut gold = given.sentences.clone();
    gold[0].labels.pop();
    gold[1].polarity = findings::codebook::Polarity::Strength;
    gold
}

#[test]
fn an_evaluation_keeps_to_its_schema() {
    let given = given();
    let found = eval::evaluate(&other(&given), &given, &Options::default()).unwrap();
    assert!(!found.disagreements.is_empty() && found.disputed[0].seen.is_some());
    let found = serde_json::to_value(found).unwrap();
    let schema = of_eval();
    assert_eq!(faults(&found, &schema, &schema, ""), Vec::<String>::new());
    // The check sees what is wrong.
    let mut wrong = found;
    wrong["figures"]["theme_f1"]["value"] = json!("high");
    wrong["matched_by"] = json!("chance");
    wrong["confusion"][0].as_object_mut().unwrap().remove("none");
    assert_eq!(faults(&wrong, &schema, &schema, "").len(), 3);
}

#[test]
fn an_agreement_keeps_to_its_schema() {
    let given = given();
    let rater = |name: &str, sentences: Vec<Gold>| Rater {
        name: name.to_owned(),
        sentences,
    };
    let raters = [
        rater("a", other(&given)),
        rater("b", given.sentences.clone()),
        rater("c", given.sentences[1..].to_vec()),
    ];
    let found = agree::agree(&raters, &[], Draws::default()).unwrap();
    assert!(!found.disagreements.is_empty() && found.scales.len() > 6);
    let found = serde_json::to_value(found).unwrap();
    let schema = of_agree();
    assert_eq!(faults(&found, &schema, &schema, ""), Vec::<String>::new());
    let mut wrong = found;
    wrong["scales"][4]["of"] = json!("luck");
    wrong["units"] = json!(-0.5);
    assert_eq!(faults(&wrong, &schema, &schema, "").len(), 2);
}

#[test]
fn what_is_written_can_be_read_back() {
    let given = given();
    let found = eval::evaluate(&other(&given), &given, &Options::default()).unwrap();
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Evaluation>(&text).unwrap(), found);
    let raters = [
        "id,polarity,labels\n1,concern,plans:concern\n",
        "id,polarity,labels\n1,mixed,plans:concern\n",
    ];
    let raters = raters.map(|table| Rater {
        name: "r".to_owned(),
        sentences: from_bytes("r", table.as_bytes()).unwrap(),
    });
    let found = agree::agree(&raters, &[], Draws::default()).unwrap();
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Agreement>(&text).unwrap(), found);
}
