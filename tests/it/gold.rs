//! Agreement with hand labels does not fall below its floor, and is what the script beside the hand labels finds.
//!
//! `floors.toml` holds the floors; who makes the rules better raises them, nobody lowers them without saying why.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use findings::eval::{Evaluation, Given, Options, evaluate};
use findings::gold::{self, Gold};
use findings::row::rows;
use rayon::prelude::*;
use serde_json::Value;
use toml::de::DeTable;

use crate::documents;

fn gold(path: &Path) -> Vec<Gold> {
    gold::read(path).unwrap_or_else(|error| panic!("{error}"))
}

/// What the built-in rules say of the gold documents in a folder.
fn given(gold: &[Gold], folder: &Path) -> Given {
    let stems: BTreeSet<&str> = gold.iter().map(|gold| gold.doc.as_str()).collect();
    let readings: Vec<_> = stems
        .into_par_iter()
        .map(|stem| documents::read(&folder.join(format!("{stem}.txt"))).0)
        .collect();
    let mut given = Given::default();
    readings
        .iter()
        .for_each(|reading| given.add(documents::rules(), reading));
    given
}

fn measure(gold: &[Gold], given: &Given) -> Evaluation {
    evaluate(gold, given, &Options::new(documents::rules())).unwrap_or_else(|error| panic!("{error}"))
}

/// Hand labels and what the rules say of the same documents.
type Labelled = (Vec<Gold>, Given);

/// The shared hand labels, read once for the tests that need them.
fn dev() -> Option<&'static Labelled> {
    static DEV: LazyLock<Option<Labelled>> = LazyLock::new(|| {
        let gold = gold(&documents::shared("gold/dev.jsonl")?);
        let given = given(&gold, &documents::shared("gold/documents")?);
        Some((gold, given))
    });
    if DEV.is_none() {
        println!("skipped: the shared hand labels are not there");
    }
    DEV.as_ref()
}

/// Holds figures against the table of that name in `floors.toml`.
fn hold(set: &str, evaluation: &Evaluation) {
    let text = std::fs::read_to_string(documents::path("tests/it/floors.toml")).unwrap();
    let floors = DeTable::parse(&text).unwrap();
    let floors = floors
        .get_ref()
        .get(set)
        .and_then(|table| table.get_ref().as_table());
    let floors = floors.unwrap_or_else(|| panic!("floors.toml has no table [{set}]"));
    let mut low = Vec::new();
    println!("[{set}]");
    let mut figures = evaluation.figures.each();
    figures.sort_by_key(|(name, _)| *name);
    for (name, estimate) in figures {
        let figure = estimate.value.unwrap_or_else(|| panic!("[{set}] has no {name}"));
        println!("{name} = {figure:.3}");
        let floor: f64 = floors
            .get(name)
            .and_then(|floor| floor.get_ref().as_float())
            .unwrap_or_else(|| panic!("floors.toml has no floor for {name} in [{set}]"))
            .as_str()
            .parse()
            .unwrap();
        if figure < floor {
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
    let gold = gold(&documents::path("fixtures/gold/fixtures.jsonl"));
    let given = given(&gold, &documents::path("fixtures/letters"));
    hold("fixtures", &measure(&gold, &given));
}

#[test]
fn dev_whole_and_in_parts() {
    let Some((gold, given)) = dev() else { return };
    let Some(aside) = documents::shared("gold/aside.txt") else {
        return;
    };
    let aside = std::fs::read_to_string(aside).unwrap();
    let aside: BTreeSet<&str> = aside.split_whitespace().collect();
    let (kept, rest): (Vec<Gold>, Vec<Gold>) = gold
        .iter()
        .cloned()
        .partition(|gold| aside.contains(gold.doc.as_str()));
    assert!(!kept.is_empty() && !rest.is_empty(), "aside.txt parts nothing");
    hold("dev", &measure(gold, given));
    hold("aside", &measure(&kept, given));
    hold("rest", &measure(&rest, given));
}

/// What `score.py` says of labels; nothing, with a line that says so, where it or Python is not there.
fn script(gold: &Path, predicted: &Path) -> Option<Value> {
    let script = documents::shared("gold/score.py")?;
    let run = Command::new("python3")
        .arg(script)
        .args([gold, predicted])
        .arg("--json")
        .output();
    let Ok(run) = run else {
        println!("skipped: python3 is not there");
        return None;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(serde_json::from_slice(&run.stdout).unwrap())
}

/// Writes rows of documents as `findings tag` does.
fn predicted(name: &str, stems: &BTreeSet<&str>, folder: &Path) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut lines = String::new();
    for stem in stems {
        let (reading, _) = documents::read(&folder.join(format!("{stem}.txt")));
        for row in rows(documents::rules(), &reading) {
            lines += &serde_json::to_string(&row).unwrap();
            lines.push('\n');
        }
    }
    std::fs::write(&file, lines).unwrap();
    file
}

/// Figures (intervals aside), and gold count, precision, recall and F1 of every theme, to three decimals.
fn assert_same(ours: &Evaluation, theirs: &Value) {
    let same = |what: &str, our: Option<f64>, their: &Value| {
        let their = their
            .as_f64()
            .unwrap_or_else(|| panic!("the script has no {what}"));
        // What is undefined here is 0 there.
        let our = our.unwrap_or(0.0);
        assert!(
            (our - their).abs() < 0.0005,
            "{what}: {our:.4} here, {their:.4} there"
        );
    };
    assert_eq!(theirs["sentences"], ours.sentences);
    for (name, estimate) in ours.figures.each() {
        same(name, estimate.value, &theirs[name]);
    }
    let table = theirs["themes"].as_object().unwrap();
    assert_eq!(table.len(), ours.themes.len());
    for theme in &ours.themes {
        let their = &table[&theme.theme];
        assert_eq!(their["gold"], theme.gold, "{}", theme.theme);
        same(&theme.theme, theme.precision, &their["precision"]);
        same(&theme.theme, theme.recall, &their["recall"]);
        same(&theme.theme, theme.f1, &their["f1"]);
    }
}

#[test]
fn the_figures_are_those_of_the_script() {
    let Some((dev_gold, dev_given)) = dev() else {
        return;
    };
    let (Some(file), Some(folder)) = (
        documents::shared("gold/dev.jsonl"),
        documents::shared("gold/documents"),
    ) else {
        return;
    };
    let stems = dev_gold.iter().map(|gold| gold.doc.as_str()).collect();
    let labels = predicted("dev.jsonl", &stems, &folder);
    let Some(theirs) = script(&file, &labels) else {
        return;
    };
    assert_same(&measure(dev_gold, dev_given), &theirs);
    // The same from the file that the script read.
    let from_file = Given {
        sentences: gold(&labels),
        ..Given::default()
    };
    assert_same(&measure(dev_gold, &from_file), &theirs);
}

#[test]
fn the_figures_are_those_of_the_script_where_sentences_are_missing_or_cut_otherwise() {
    let path = documents::path("fixtures/gold/fixtures.jsonl");
    let gold_labels = gold(&path);
    let stems = gold_labels.iter().map(|gold| gold.doc.as_str()).collect();
    let labels = predicted("fixtures.jsonl", &stems, &documents::path("fixtures/letters"));
    let text = std::fs::read_to_string(&labels).unwrap();
    let mut rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    // One in seven left out, one in five cut short, one in three joined to what follows.
    let mut n = 0;
    rows.retain_mut(|row| {
        n += 1;
        let (start, end) = (row["start"].as_u64().unwrap(), row["end"].as_u64().unwrap());
        if n % 5 == 0 && end - start > 8 {
            row["end"] = (start + (end - start) / 3).into();
        } else if n % 3 == 0 {
            row["end"] = (end + 60).into();
        }
        n % 7 != 0
    });
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    std::fs::write(&labels, lines.join("\n")).unwrap();
    let Some(theirs) = script(&path, &labels) else {
        return;
    };
    let given = Given {
        sentences: gold(&labels),
        ..Given::default()
    };
    let ours = measure(&gold_labels, &given);
    assert!(ours.not_found > 0 && ours.figures.boundary_recall.value < Some(0.8));
    assert_same(&ours, &theirs);
}

#[test]
fn docs_tell_of_every_figure_and_their_examples_are_read() {
    let docs = std::fs::read_to_string(documents::path("docs/gold.md")).unwrap();
    for name in findings::eval::FIGURES {
        assert!(
            docs.contains(&format!("| `{name}`")) || docs.contains(&format!(", `{name}`")),
            "{name}"
        );
    }
    let block = |language: &str| {
        let (_, rest) = docs.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let line = gold::from_bytes("json", block("json").as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(line[0].pairs().len(), 2);
    if cfg!(feature = "cli") {
        let row = gold::from_bytes("csv", block("csv").as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            (&row[0].labels, row[0].polarity, row[0].change),
            (&line[0].labels, line[0].polarity, line[0].change)
        );
    }
}
