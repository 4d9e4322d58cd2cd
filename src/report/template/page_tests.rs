//! The tables of `docs/templates.md` are made from the types, and the variables of a real report are held against them.
//! After a change of the types that is meant, write them anew with
//! `FINDINGS_OVERWRITE=1 cargo test --features schema --lib template`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs};

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::tests::All;
use super::view::{self, View};

const PAGE: &str = "docs/templates.md";
const BEGIN: &str = "<!-- made from the types: variables -->\n";
const END: &str = "<!-- end of what is made from the types -->\n";

/// The schema of the variables; `findings` are sentences.
fn schema() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<View<'static>>();
    let mut schema = schema.to_value();
    let mut findings = schema["properties"]["sentences"].clone();
    findings["description"] = json!("Those of the sentences that count: `counts` is true.");
    schema["properties"]["findings"] = findings;
    schema["required"].as_array_mut().unwrap().push(json!("findings"));
    schema
}

/// A type by its reference, or the schema itself.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> (Option<&'s str>, &'s Value) {
    match schema["$ref"].as_str() {
        Some(path) => {
            let name = path.rsplit('/').next().unwrap();
            (Some(name), &root["$defs"][name])
        }
        None => (None, schema),
    }
}

/// The values of a closed list of texts.
fn values(schema: &Value) -> Option<Vec<&str>> {
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(Value::as_str).collect();
    }
    let one = |schema: &'_ Value| schema["const"].as_str().is_some() || schema["enum"].is_array();
    let all = schema["oneOf"].as_array()?;
    if !all.iter().all(one) {
        return None;
    }
    let mut found = Vec::new();
    for schema in all {
        match schema["const"].as_str() {
            Some(value) => found.push(value),
            None => found.extend(values(schema)?),
        }
    }
    Some(found)
}

fn kind(root: &Value, schema: &Value) -> String {
    if let Some(any) = schema["anyOf"].as_array() {
        let kinds: Vec<String> = any.iter().map(|one| kind(root, one)).collect();
        return kinds.join(" or ");
    }
    let (name, schema) = resolved(root, schema);
    if let Some(values) = values(schema) {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        return format!("text: {}", values.join(", "));
    }
    let one = |name: &str| match name {
        "string" if schema["format"] == "date" => "date, as text".to_owned(),
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "array" => format!("list of {}", kind(root, &schema["items"])),
        "object" if schema["additionalProperties"]["$ref"].is_string() => {
            format!("map of {}", kind(root, &schema["additionalProperties"]))
        }
        "object" => "map of anything".to_owned(),
        other => other.to_owned(),
    };
    match (name, &schema["type"]) {
        (Some(name), Value::String(kind)) if kind == "object" => {
            format!("[{name}](#{})", name.to_lowercase())
        }
        (_, Value::String(name)) => one(name),
        (_, Value::Array(names)) => names
            .iter()
            .map(|name| one(name.as_str().unwrap()))
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "anything".to_owned(),
    }
}

/// The first paragraph of a description, with the links of Rust's documentation as plain names.
fn about(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    let text = text.split("\n\n").next().unwrap().replace('\n', " ");
    let mut plain = String::new();
    for (n, part) in text.split("[`").enumerate() {
        if n == 0 {
            plain.push_str(part);
            continue;
        }
        let (name, rest) = part.split_once("`]").unwrap();
        write!(plain, "`{}`{rest}", name.rsplit("::").next().unwrap()).unwrap();
    }
    plain.replace('|', "\\|")
}

fn table(root: &Value, schema: &Value, page: &mut String) {
    page.push_str("| name | type | what it is |\n|---|---|---|\n");
    for (name, field) in schema["properties"].as_object().unwrap() {
        let kind = kind(root, field);
        let said = match about(field) {
            said if said.is_empty() => about(resolved(root, field).1),
            said => said,
        };
        writeln!(page, "| `{name}` | {kind} | {said} |").unwrap();
    }
}

fn tables(root: &Value) -> String {
    let mut page = String::from("\n### What a template begins with\n\n");
    table(root, root, &mut page);
    for (name, schema) in root["$defs"].as_object().unwrap() {
        if schema["type"] == "object" {
            write!(page, "\n### {name}\n\n{}\n\n", about(schema)).unwrap();
            table(root, schema, &mut page);
        }
    }
    page.push('\n');
    page
}

#[test]
fn the_page_lists_every_variable() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (kept, after) = rest.split_once(END).unwrap();
    let made = tables(&schema());
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        fs::write(PAGE, [before, BEGIN, &made, END, after].concat()).unwrap();
        return;
    }
    assert!(
        kept == made,
        "{PAGE} is not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
}

/// What of the tables is found in a value.
struct Check<'s> {
    root: &'s Value,
    seen: BTreeSet<String>,
}

impl Check<'_> {
    fn fields(&mut self, place: &str, schema: &Value, fields: &Map<String, Value>) {
        let known = schema["properties"].as_object().unwrap();
        for name in fields.keys() {
            assert!(known.contains_key(name), "{place}.{name} stands on no table");
        }
        for (name, schema) in known {
            let value = fields.get(name).unwrap_or(&Value::Null);
            let here = format!("{place}.{name}");
            let empty = value.is_null()
                || value.as_array().is_some_and(Vec::is_empty)
                || value.as_object().is_some_and(Map::is_empty);
            if !empty {
                self.seen.insert(here.clone());
            }
            // Only `extra` of a row is left out where there is nothing.
            assert!(fields.contains_key(name) || name == "extra", "{here} is missing");
            if fields.contains_key(name) {
                self.value(&here, schema, value);
            }
        }
    }

    fn value(&mut self, place: &str, schema: &Value, value: &Value) {
        if let Some(any) = schema["anyOf"].as_array() {
            let fits = any.iter().find(|one| (one["type"] == "null") == value.is_null());
            return self.value(place, fits.unwrap(), value);
        }
        let (name, schema) = resolved(self.root, schema);
        if let Some(values) = values(schema) {
            assert!(values.contains(&value.as_str().unwrap()), "{place}: {value}");
            return;
        }
        let is = |name: &str| match name {
            "null" => value.is_null(),
            "string" => value.is_string(),
            "integer" => value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            _ => value.is_object(),
        };
        match &schema["type"] {
            Value::String(name) => assert!(is(name), "{place}: {value} is no {name}"),
            Value::Array(names) => assert!(
                names.iter().any(|name| is(name.as_str().unwrap())),
                "{place}: {value}"
            ),
            _ => {}
        }
        match value {
            Value::Array(all) => all
                .iter()
                .for_each(|one| self.value(place, &schema["items"], one)),
            Value::Object(fields) if schema["properties"].is_object() => {
                self.fields(name.unwrap_or(place), schema, fields);
            }
            Value::Object(fields) if schema["additionalProperties"].is_object() => {
                for one in fields.values() {
                    self.value(place, &schema["additionalProperties"], one);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_variables_of_a_real_report_are_those_of_the_page() {
    let all = All::letters();
    let context = serde_json::to_value(view::context(&all.bundle())).unwrap();
    let root = schema();
    let mut check = Check {
        root: &root,
        seen: BTreeSet::new(),
    };
    check.fields("", &root, context.as_object().unwrap());
    let mut unseen = BTreeSet::new();
    let types = root["$defs"].as_object().unwrap().iter();
    for (name, schema) in types.chain([(&String::new(), &root)]) {
        let fields = schema["properties"].as_object().into_iter().flatten();
        unseen.extend(
            fields
                .map(|(field, _)| format!("{name}.{field}"))
                .filter(|place| !check.seen.contains(place)),
        );
    }
    assert!(
        unseen.is_empty(),
        "fields that the invented letters leave empty: {unseen:?}"
    );
}
