//! Agreement of labels with hand labels: the figures of the gold labels' own script.
//!
//! A gold sentence takes its polarity, source, time and change from the row that overlaps it most, and its labels
//! from every row with more than half of its own length inside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use findings::row::Row;
use serde_json::Value;

/// Label pairs of theme and polarity.
type Pairs = BTreeSet<(String, String)>;

const CORE: [&str; 4] = ["caseloads", "supervision", "front_door", "assessments"];
const POLARITIES: [&str; 4] = ["strength", "concern", "mixed", "neutral"];

/// A sentence labelled by hand.
pub(crate) struct Gold {
    pub(crate) doc: String,
    start: usize,
    end: usize,
    text: String,
    polarity: String,
    labels: Pairs,
    /// Source, time and change.
    frame: [String; 3],
}

/// The usual source, time and change, which count for nothing.
const USUAL: [&str; 3] = ["inspector", "current", "none"];

impl Gold {
    fn new(line: &Value) -> Self {
        let text = |key: &str| {
            line[key]
                .as_str()
                .unwrap_or_else(|| panic!("no `{key}`: {line}"))
                .to_owned()
        };
        let place = |key: &str| usize::try_from(line[key].as_u64().unwrap()).unwrap();
        let pair = |pair: &Value| {
            (
                pair[0].as_str().unwrap().to_owned(),
                pair[1].as_str().unwrap().to_owned(),
            )
        };
        Self {
            doc: text("doc"),
            start: place("start"),
            end: place("end"),
            text: text("text"),
            polarity: text("polarity"),
            labels: line["labels"].as_array().unwrap().iter().map(pair).collect(),
            frame: [text("source"), text("time"), text("change")],
        }
    }
}

/// Reads hand labels, one sentence a line.
pub(crate) fn gold(path: &Path) -> Vec<Gold> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| Gold::new(&serde_json::from_str(line).unwrap()))
        .collect()
}

/// A gold sentence beside what the rows say of it.
struct Aligned<'a> {
    gold: &'a Gold,
    row: Option<&'a Row>,
    labels: Pairs,
    exact: bool,
}

/// Start and end without a leading bullet and without space at either end.
fn bounds(start: usize, end: usize, text: &str) -> (usize, usize) {
    let opens = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[');
    let lead = text.chars().position(opens).unwrap_or(0);
    let trail = text.chars().rev().take_while(|c| c.is_whitespace()).count();
    (start + lead, end - trail)
}

fn align<'a>(gold: &'a Gold, rows: &'a [Row]) -> Aligned<'a> {
    let (mut best, mut most) = (None, 0);
    let (mut labels, mut exact) = (Pairs::new(), false);
    for row in rows {
        let overlap = gold.end.min(row.end).saturating_sub(gold.start.max(row.start));
        if overlap == 0 {
            continue;
        }
        if overlap > most {
            (best, most) = (Some(row), overlap);
        }
        if overlap * 2 > row.end - row.start {
            let pairs = row.labels.iter();
            labels.extend(pairs.map(|label| (label.theme.clone(), label.polarity.name().to_owned())));
        }
        exact |= bounds(row.start, row.end, &row.text) == bounds(gold.start, gold.end, &gold.text);
    }
    Aligned {
        gold,
        row: best,
        labels,
        exact,
    }
}

fn f1(hits: usize, extra: usize, missing: usize) -> f64 {
    if hits == 0 {
        return 0.0;
    }
    2.0 * hits as f64 / (2 * hits + extra + missing) as f64
}

/// F1 over all members of all sets, of which the first of a pair is the gold one.
fn micro<T: Ord>(sets: impl Iterator<Item = (BTreeSet<T>, BTreeSet<T>)>) -> f64 {
    let (mut hits, mut extra, mut missing) = (0, 0, 0);
    for (gold, found) in sets {
        hits += gold.intersection(&found).count();
        extra += found.difference(&gold).count();
        missing += gold.difference(&found).count();
    }
    f1(hits, extra, missing)
}

fn findings(pairs: &Pairs, themes: Option<&[&str]>) -> Pairs {
    let wanted = |(theme, polarity): &&(String, String)| {
        matches!(polarity.as_str(), "strength" | "concern")
            && themes.is_none_or(|themes| themes.contains(&theme.as_str()))
    };
    pairs.iter().filter(wanted).cloned().collect()
}

/// The figures by name, each from 0 to 1. `rows` holds the rows of each document by its stem.
pub(crate) fn figures(gold: &[&Gold], rows: &BTreeMap<String, Vec<Row>>) -> BTreeMap<&'static str, f64> {
    let none = Vec::new();
    let all: Vec<Aligned<'_>> = gold
        .iter()
        .map(|gold| align(gold, rows.get(&gold.doc).unwrap_or(&none)))
        .collect();
    assert!(
        all.iter().any(|one| one.row.is_some()),
        "no row matches a gold sentence: check the documents' names and the offsets"
    );
    let share = |count: usize| count as f64 / all.len() as f64;
    let polarity = |one: &Aligned<'_>| one.row.map_or("none", |row| row.polarity.name());
    let themes =
        |pairs: &Pairs| -> BTreeSet<String> { pairs.iter().map(|(theme, _)| theme.clone()).collect() };
    let mut out = BTreeMap::new();
    let pairs = |only: Option<&'static [&'static str]>| {
        micro(
            all.iter()
                .map(|one| (findings(&one.gold.labels, only), findings(&one.labels, only))),
        )
    };
    out.insert("finding_f1", pairs(None));
    out.insert("finding_core_f1", pairs(Some(&CORE)));
    out.insert(
        "theme_f1",
        micro(
            all.iter()
                .map(|one| (themes(&one.gold.labels), themes(&one.labels))),
        ),
    );
    let right = all
        .iter()
        .filter(|one| one.gold.polarity == polarity(one))
        .count();
    out.insert("polarity_accuracy", share(right));
    let each = POLARITIES.map(|value| {
        let hits = all
            .iter()
            .filter(|one| one.gold.polarity == value && polarity(one) == value)
            .count();
        let found = all.iter().filter(|one| polarity(one) == value).count();
        let wanted = all.iter().filter(|one| one.gold.polarity == value).count();
        f1(hits, found - hits, wanted - hits)
    });
    out.insert("polarity_macro_f1", each.iter().sum::<f64>() / each.len() as f64);
    for (n, name) in ["source_f1", "time_f1", "change_f1"].into_iter().enumerate() {
        let unusual = |value: &str| -> BTreeSet<String> {
            Some(value.to_owned())
                .filter(|value| value != USUAL[n])
                .into_iter()
                .collect()
        };
        let found = |one: &Aligned<'_>| match (one.row, n) {
            (None, _) => USUAL[n],
            (Some(row), 0) => row.source.name(),
            (Some(row), 1) => row.time.name(),
            (Some(row), _) => row.change.name(),
        };
        let sets = all
            .iter()
            .map(|one| (unusual(&one.gold.frame[n]), unusual(found(one))));
        out.insert(name, micro(sets));
    }
    out.insert(
        "boundary_recall",
        share(all.iter().filter(|one| one.exact).count()),
    );
    out
}
