//! `docs/output.md` tells of everything that outputs hold: each key, column and value.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::path::Path;

use findings::Rules;
use findings::codebook::{Change, Grade, Polarity, SectionRole, Speaker, Time, Tone, Via};
use findings::report::{BUNDLE_FORMATS, FORMATS, Format, Run};
use serde_json::Value;

/// Every word between backticks.
fn told() -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md");
    let text = std::fs::read_to_string(file).unwrap();
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

fn assert_told<'a>(names: impl IntoIterator<Item = &'a str>) {
    let told = told();
    let untold: Vec<_> = names.into_iter().filter(|name| !told.contains(*name)).collect();
    assert!(untold.is_empty(), "docs/output.md does not tell of {untold:?}");
}

#[test]
fn keys_are_told() {
    let rules = Rules::from_folder(Path::new("tests/cmd/shared/rules")).unwrap();
    let reading = rules
        .read(&findings::Source::from_text("letter", "Caseloads are too high."))
        .unwrap();
    let rows = serde_json::to_value(findings::row::rows(&rules, &reading)).unwrap();
    let mut found = BTreeSet::new();
    keys(&rows, &mut found);
    assert!(found.contains("via"), "the row has no evidence");
    assert_told(found.iter().map(String::as_str));
}

#[test]
fn columns_are_told() {
    let rules = Rules::from_folder(Path::new("tests/cmd/shared/rules")).unwrap();
    let mut head = Vec::new();
    let csv = Format::named("csv").unwrap();
    (csv.begin)(&Run {
        rules: &rules,
        bom: false,
        raw: false,
        columns: &[],
        made: &findings::report::Made::default(),
    })
    .head(&mut head)
    .unwrap();
    let head = String::from_utf8(head).unwrap();
    assert_told(head.trim_end().split(','));
}

#[test]
fn formats_and_values_are_told() {
    let values = [
        Polarity::ALL.iter().map(|value| value.name()).collect::<Vec<_>>(),
        Tone::ALL.iter().map(|value| value.name()).collect(),
        Speaker::ALL.iter().map(|value| value.name()).collect(),
        Time::ALL.iter().map(|value| value.name()).collect(),
        Change::ALL.iter().map(|value| value.name()).collect(),
        SectionRole::ALL.iter().map(|value| value.name()).collect(),
        Grade::ALL.iter().map(|value| value.name()).collect(),
        Via::ALL.iter().map(|value| value.name()).collect(),
        FORMATS.iter().map(|format| format.name).collect(),
        BUNDLE_FORMATS.iter().map(|format| format.name).collect(),
    ];
    assert_told(values.concat());
}

#[test]
fn built_in_themes_are_told() {
    assert_told(Rules::built_in().themes().map(|theme| theme.id.as_str()));
}
