//! The schemas in `docs/schema` are those that the types give, and what the program writes keeps to them. After a change of the
//! types that is meant, write them anew with `FINDINGS_OVERWRITE=1 cargo test --all-features --test schema`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(all(feature = "schema", feature = "cli"))]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use findings::agree::{self, Agreement};
use findings::check;
use findings::comparison::{Comparison, Grouping};
use findings::diff::{self, Diff};
use findings::eval::{self, Evaluation};
use findings::examples::{self, Tested};
use findings::explain::{self, Explanation, Reason};
use findings::facts::Facts;
use findings::label::Fate;
use findings::manual::{self, Listed, Shown};
use findings::row::{self, Row};
use findings::stats::{self, Stats};
use findings::suggest::{self, Suggestions};
use findings::visit::Visit;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// A form of output.
struct Form {
    /// Its file in `docs/schema`, without `.schema.json`.
    name: &'static str,
    schema: fn() -> Value,
    /// Calls whose output is of it, with the folder of `tests/cmd` in which they run: one JSON value, or one a line.
    calls: &'static [(&'static str, &'static [&'static str])],
    /// How many values the calls write at least.
    at_least: usize,
}

const FORMS: &[Form] = &[
    Form {
        name: "row",
        schema: || {
            let mut schema = of::<Row>(
                "A sentence as findings writes it, one line of its JSON Lines",
                Some(row::SCHEMA),
            );
            // Left out rather than null.
            schema["properties"]["extra"]["type"] = json!("object");
            schema
        },
        calls: &[
            (
                "shared",
                &["tag", "letter.txt", "-f", "jsonl", "--rules", "rules"],
            ),
            (
                "series",
                &[
                    "tag",
                    "first.txt",
                    "-f",
                    "jsonl",
                    "--with-facts",
                    "--rules",
                    "rules",
                ],
            ),
        ],
        at_least: 6,
    },
    Form {
        name: "facts",
        schema: || {
            of::<Facts>(
                "The facts of a document as findings writes them, one line of its JSON Lines",
                None,
            )
        },
        calls: &[(
            "series",
            &[
                "facts",
                "first.txt",
                "other.txt",
                "-f",
                "jsonl",
                "--rules",
                "rules",
            ],
        )],
        at_least: 2,
    },
    Form {
        name: "visit",
        schema: || of::<Visit>("A visit as findings visits writes it", None),
        calls: &[(
            "series",
            &[
                "visits",
                "first.txt",
                "--facts",
                "facts.csv",
                "-f",
                "jsonl",
                "--rules",
                "rules",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "comparison",
        schema: || {
            of::<Comparison>(
                "The visits of an authority side by side, as findings compare writes them",
                None,
            )
        },
        calls: &[(
            "series",
            &[
                "compare",
                "first.txt",
                "second.txt",
                "--facts",
                "facts.csv",
                "-f",
                "jsonl",
                "--rules",
                "rules",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "grouping",
        schema: || of::<Grouping>("Visits in groups, as findings compare --by writes them", None),
        calls: &[],
        at_least: 0,
    },
    Form {
        name: "report",
        schema: || {
            of::<findings::report::BundleJson>(
                "Everything of a run, as findings report --format json writes it",
                None,
            )
        },
        calls: &[(
            "series",
            &[
                "report",
                "first.txt",
                "second.txt",
                "--facts",
                "facts.csv",
                "-f",
                "json",
                "--rules",
                "rules",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "explain",
        schema: || {
            of::<Explanation>(
                "A sentence explained, as findings explain --format json writes it, one a line",
                Some(explain::SCHEMA),
            )
        },
        calls: &[(
            "shared",
            &["explain", "letter.txt", "-f", "json", "--rules", "rules"],
        )],
        at_least: 4,
    },
    Form {
        name: "eval",
        schema: || {
            of::<Evaluation>(
                "Labels measured against gold labels, as findings eval --format json writes it",
                Some(eval::SCHEMA),
            )
        },
        calls: &[(
            "gold",
            &[
                "eval",
                "labels.jsonl",
                "second.csv",
                "--rules",
                "../shared/rules",
                "--format",
                "json",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "agree",
        schema: || {
            of::<Agreement>(
                "Agreement of readers, as findings agree --format json writes it",
                Some(agree::SCHEMA),
            )
        },
        calls: &[(
            "gold",
            &[
                "agree",
                "labels.jsonl",
                "second.csv",
                "--rules",
                "../shared/rules",
                "--format",
                "json",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "stats",
        schema: || {
            of::<Stats>(
                "Statistics of rules as findings stats writes them",
                Some(stats::SCHEMA),
            )
        },
        calls: &[(
            "stats",
            &[
                "stats",
                "letters",
                "--gold",
                "gold.jsonl",
                "--format",
                "json",
                "--rules",
                "rules",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "rules-check",
        schema: || {
            of::<check::Report>(
                "What findings rules check --format json finds",
                Some(check::SCHEMA),
            )
        },
        calls: &[
            (
                "../../fixtures/broken-rules",
                &[
                    "rules",
                    "check",
                    "several-at-once",
                    "cue-idle",
                    "--rules",
                    "base",
                    "--format",
                    "json",
                ],
            ),
            (
                "bench",
                &[
                    "rules",
                    "check",
                    "mine",
                    "--rules",
                    "../shared/rules",
                    "--format",
                    "json",
                ],
            ),
        ],
        at_least: 2,
    },
    Form {
        name: "rules-test",
        schema: || {
            of::<Tested>(
                "What findings rules test --format json shows of examples",
                Some(examples::SCHEMA),
            )
        },
        calls: &[
            (
                "bench",
                &[
                    "rules",
                    "test",
                    "failing",
                    "--rules",
                    "../shared/rules",
                    "--format",
                    "json",
                ],
            ),
            (
                "bench",
                &[
                    "rules",
                    "test",
                    "off",
                    "mine",
                    "--rules",
                    "../shared/rules",
                    "--format",
                    "json",
                ],
            ),
        ],
        at_least: 2,
    },
    Form {
        name: "rules-list",
        schema: || {
            of::<Listed>(
                "Rule files and cues, as findings rules list --format json writes them",
                Some(manual::SCHEMA),
            )
        },
        calls: &[
            (
                "bench",
                &["rules", "list", "--rules", "../shared/rules", "--format", "json"],
            ),
            (
                "bench",
                &[
                    "rules",
                    "list",
                    "--rules",
                    "../shared/rules",
                    "--theme",
                    "plans",
                    "--format",
                    "json",
                ],
            ),
        ],
        at_least: 2,
    },
    Form {
        name: "rules-show",
        schema: || {
            of::<Shown>(
                "Cues and files of a name, as findings rules show --format json writes them",
                Some(manual::SCHEMA),
            )
        },
        calls: &[
            (
                "bench",
                &[
                    "rules",
                    "show",
                    "--rules",
                    "../shared/rules",
                    "weak/weak",
                    "--format",
                    "json",
                ],
            ),
            (
                "bench",
                &[
                    "rules",
                    "show",
                    "--rules",
                    "../shared/rules",
                    "plans",
                    "--format",
                    "json",
                ],
            ),
        ],
        at_least: 2,
    },
    Form {
        name: "rules-diff",
        schema: || {
            of::<Diff>(
                "Two sets of rules side by side, as findings rules diff --format json writes it",
                Some(diff::SCHEMA),
            )
        },
        calls: &[(
            "diff",
            &[
                "rules",
                "diff",
                "../shared/rules",
                "../shared/rules,mine",
                "../shared/letter.txt",
                "../shared/escapes.txt",
                "--gold",
                "../gold/labels.jsonl",
                "--format",
                "json",
            ],
        )],
        at_least: 1,
    },
    Form {
        name: "rules-suggest",
        schema: || {
            of::<Suggestions>(
                "Phrases that would mend errors, as findings rules suggest --format json writes them",
                Some(suggest::SCHEMA),
            )
        },
        calls: &[(
            "suggest",
            &[
                "rules",
                "suggest",
                "--gold",
                "gold.jsonl",
                "letters",
                "--rules",
                "../shared/rules",
                "--format",
                "json",
            ],
        )],
        at_least: 1,
    },
];

fn of<T: JsonSchema>(title: &str, version: Option<u32>) -> Value {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    schema["title"] = json!(title);
    if let Some(version) = version {
        schema["properties"]["schema"] = json!({ "description": "Version of this form.", "const": version });
    }
    schema
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.schema.json"))
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    let mut differ = Vec::new();
    for form in FORMS {
        let (schema, path) = ((form.schema)(), path(form.name));
        if env::var_os("FINDINGS_OVERWRITE").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        }
        let kept: Option<Value> = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if kept != Some(schema) {
            differ.push(form.name);
        }
    }
    assert!(
        differ.is_empty(),
        "{differ:?} are not what the types give; if the change is meant, run with FINDINGS_OVERWRITE=1"
    );
    // A file that no form has would be kept by nothing.
    let files: BTreeSet<PathBuf> = fs::read_dir(path("row").parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files, FORMS.iter().map(|form| path(form.name)).collect());
}

/// What a call writes, as JSON values.
fn written(folder: &str, call: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_findings"))
        .current_dir(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/cmd")
                .join(folder),
        )
        .args(call)
        .arg("--no-config")
        .output()
        .unwrap();
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter()
        .collect();
    let values = values.unwrap();
    assert!(
        !values.is_empty(),
        "{call:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    values
}

#[test]
fn what_is_written_keeps_to_them() {
    for form in FORMS {
        let schema = (form.schema)();
        let values: Vec<Value> = form
            .calls
            .iter()
            .flat_map(|(folder, call)| written(folder, call))
            .collect();
        assert!(
            values.len() >= form.at_least,
            "{}: only {}",
            form.name,
            values.len()
        );
        for value in values {
            assert_eq!(
                faults(&value, &schema, &schema, ""),
                Vec::<String>::new(),
                "{}",
                form.name
            );
            // The check sees what is wrong, in whatever key.
            let required = schema["required"].as_array().unwrap();
            let key = required[required.len() / 2].as_str().unwrap();
            let mut less = value.clone();
            less.as_object_mut().unwrap().remove(key);
            assert_eq!(
                faults(&less, &schema, &schema, "").len(),
                1,
                "{} without {key}",
                form.name
            );
            let mut more = value.clone();
            more["nobody_knows_it"] = json!(1);
            assert!(
                !faults(&more, &schema, &schema, "").is_empty(),
                "{} with more",
                form.name
            );
        }
    }
}

/// What holds of inner values, too, which the test above takes from real output only.
#[test]
fn the_check_sees_what_is_wrong_within() {
    let form = FORMS.iter().find(|form| form.name == "eval").unwrap();
    let schema = (form.schema)();
    let (folder, call) = form.calls[0];
    let mut wrong = written(folder, call).remove(0);
    wrong["figures"]["theme_f1"]["value"] = json!("high");
    wrong["matched_by"] = json!("chance");
    wrong["confusion"][0].as_object_mut().unwrap().remove("none");
    assert_eq!(faults(&wrong, &schema, &schema, "").len(), 3);
}

/// Every key of a row is always there, but what came with the document.
#[test]
fn a_row_has_all_its_keys() {
    let schema = (FORMS[0].schema)();
    let required: BTreeSet<&str> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let known: BTreeSet<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(known.difference(&required).collect::<Vec<_>>(), [&"extra"]);
}

#[test]
fn reasons_and_fates_are_in_that_of_explanations() {
    let form = FORMS.iter().find(|form| form.name == "explain").unwrap();
    let text = (form.schema)().to_string();
    let names = Reason::ALL.iter().map(|reason| reason.name());
    for name in names.chain(Fate::ALL.iter().map(|fate| fate.name())) {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn figures_can_be_read_back() {
    let values = |name: &str| {
        let form = FORMS.iter().find(|form| form.name == name).unwrap();
        let (folder, call) = form.calls[0];
        written(folder, call).remove(0)
    };
    let value = values("eval");
    let back: Evaluation = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), value);
    let value = values("agree");
    let back: Agreement = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), value);
    let value = values("rules-diff");
    let back: Diff = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), value);
    let value = values("rules-suggest");
    let back: Suggestions = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), value);
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
