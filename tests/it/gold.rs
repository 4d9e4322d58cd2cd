//! Agreement with hand labels does not fall below its floor.
//!
//! `floors.toml` holds the floors; who makes the rules better raises them, nobody lowers them without saying why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use findings::row::Row;
use rayon::prelude::*;
use toml::de::DeTable;

use crate::documents;
use crate::score::{self, Gold};

type Figures = BTreeMap<&'static str, f64>;

/// The rows of the gold documents in a folder, by stem.
fn rows(gold: &[Gold], folder: &Path) -> BTreeMap<String, Vec<Row>> {
    let stems: BTreeSet<&str> = gold.iter().map(|gold| gold.doc.as_str()).collect();
    stems
        .into_par_iter()
        .map(|stem| {
            (
                stem.to_owned(),
                documents::read(&folder.join(format!("{stem}.txt"))).1,
            )
        })
        .collect()
}

/// Sentences labelled by hand, and the rows of each document.
type Labelled = (Vec<Gold>, BTreeMap<String, Vec<Row>>);

/// The shared hand labels and the rows beside them, read once for the tests that need them.
fn dev() -> Option<&'static Labelled> {
    static DEV: LazyLock<Option<Labelled>> = LazyLock::new(|| {
        let gold = score::gold(&documents::shared("gold/dev.jsonl")?);
        let rows = rows(&gold, &documents::shared("gold/documents")?);
        Some((gold, rows))
    });
    if DEV.is_none() {
        println!("skipped: the shared hand labels are not there");
    }
    DEV.as_ref()
}

/// Holds figures against the table of that name in `floors.toml`.
fn hold(set: &str, figures: &Figures) {
    let text = std::fs::read_to_string(documents::path("tests/it/floors.toml")).unwrap();
    let floors = DeTable::parse(&text).unwrap();
    let floors = floors
        .get_ref()
        .get(set)
        .and_then(|table| table.get_ref().as_table());
    let floors = floors.unwrap_or_else(|| panic!("floors.toml has no table [{set}]"));
    let mut low = Vec::new();
    println!("[{set}]");
    for (name, figure) in figures {
        println!("{name} = {figure:.3}");
        let floor: f64 = floors
            .get(*name)
            .and_then(|floor| floor.get_ref().as_float())
            .unwrap_or_else(|| panic!("floors.toml has no floor for {name} in [{set}]"))
            .as_str()
            .parse()
            .unwrap();
        if *figure < floor {
            low.push(format!("{name} is {figure:.4}, its floor is {floor}"));
        }
    }
    assert_eq!(
        floors.len(),
        figures.len(),
        "floors.toml names figures in [{set}] that there are not"
    );
    assert!(low.is_empty(), "{set}: {}", low.join("; "));
}

#[test]
fn fixtures() {
    let gold = score::gold(&documents::path("fixtures/gold/fixtures.jsonl"));
    let rows = rows(&gold, &documents::path("fixtures/letters"));
    hold(
        "fixtures",
        &score::figures(&gold.iter().collect::<Vec<_>>(), &rows),
    );
}

#[test]
fn dev_whole_and_in_parts() {
    let Some((gold, rows)) = dev() else { return };
    let Some(aside) = documents::shared("gold/aside.txt") else {
        return;
    };
    let aside = std::fs::read_to_string(aside).unwrap();
    let aside: BTreeSet<&str> = aside.split_whitespace().collect();
    let (kept, rest): (Vec<&Gold>, Vec<&Gold>) =
        gold.iter().partition(|gold| aside.contains(gold.doc.as_str()));
    assert!(!kept.is_empty() && !rest.is_empty(), "aside.txt parts nothing");
    hold("dev", &score::figures(&gold.iter().collect::<Vec<_>>(), rows));
    hold("aside", &score::figures(&kept, rows));
    hold("rest", &score::figures(&rest, rows));
}

#[test]
fn the_figures_are_those_of_the_script() {
    let (Some((gold, rows)), Some(labels), Some(script)) = (
        dev(),
        documents::shared("gold/dev.jsonl"),
        documents::shared("gold/score.py"),
    ) else {
        return;
    };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("predicted.jsonl");
    let lines: Vec<String> = rows
        .values()
        .flatten()
        .map(|row| serde_json::to_string(row).unwrap())
        .collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let run = Command::new("python3")
        .arg(script)
        .arg(labels)
        .arg(&file)
        .arg("--json")
        .output();
    let Ok(run) = run else {
        println!("skipped: python3 is not there");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let theirs: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    for (name, figure) in score::figures(&gold.iter().collect::<Vec<_>>(), rows) {
        let other = theirs[name]
            .as_f64()
            .unwrap_or_else(|| panic!("the script has no {name}"));
        assert!(
            (figure - other).abs() < 0.0005,
            "{name}: {figure:.4} here, {other:.4} there"
        );
    }
}
