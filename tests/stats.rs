//! `findings stats`: its numbers against a plain recount, its page of documentation. Cases of calls are in
//! `tests/cmd/stats-*.toml`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use findings::gold::{self, Gold};
use findings::row::{Row, rows};
use findings::stats::{Collector, CueStats, Stats, write_csv};
use findings::{Reading, Rules, Source};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");
const PAGE: &str = "docs/stats.md";

/// The invented letters that are labelled, by the built-in rules.
struct Letters {
    rules: Rules,
    readings: Vec<Reading>,
    gold: Vec<Gold>,
}

impl Letters {
    fn read() -> Self {
        let rules = Rules::built_in();
        let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/letters")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
            .collect();
        paths.sort();
        let read = |path: &PathBuf| rules.read(&Source::open(path).unwrap()).unwrap();
        let readings = paths.iter().map(read).collect();
        let gold = gold::read(Path::new("fixtures/gold/fixtures.jsonl")).unwrap();
        Self {
            rules,
            readings,
            gold,
        }
    }

    fn stats(&self, most: usize) -> Stats {
        let mut collector = Collector::new(&self.rules, most);
        for reading in &self.readings {
            let own: Vec<Gold> = self
                .gold
                .iter()
                .filter(|gold| gold.doc == gold::stem(&reading.document))
                .cloned()
                .collect();
            let tally = collector.tally(&self.rules, reading, &own);
            collector.add(tally);
        }
        collector.finish()
    }

    fn rows(&self) -> Vec<Row> {
        self.readings
            .iter()
            .flat_map(|reading| rows(&self.rules, reading))
            .collect()
    }
}

fn by_id(stats: &Stats) -> BTreeMap<&str, &CueStats> {
    stats.cues.iter().map(|cue| (cue.id.as_str(), cue)).collect()
}

#[test]
fn hits_and_silencers_are_those_of_the_readings() {
    let letters = Letters::read();
    let stats = letters.stats(1);
    let ids: Vec<&str> = letters.rules.cues().collect();
    let (mut hits, mut silenced, mut silences) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for reading in &letters.readings {
        for m in &reading.matches {
            *hits.entry(ids[m.cue as usize]).or_insert(0) += 1;
            if let Some(by) = m.silenced_by {
                *silenced.entry(ids[m.cue as usize]).or_insert(0) += 1;
                *silences.entry(ids[reading.matches[by].cue as usize]).or_insert(0) += 1;
            }
        }
    }
    let of = |counts: &BTreeMap<&str, u64>, id: &str| counts.get(id).copied().unwrap_or(0);
    assert_eq!(stats.cues.len(), ids.len());
    for (id, cue) in by_id(&stats) {
        assert_eq!(cue.figures.hits, of(&hits, id), "{id}");
        assert_eq!(cue.figures.silenced, of(&silenced, id), "{id}");
        assert_eq!(cue.figures.silences, of(&silences, id), "{id}");
    }
    assert_eq!(stats.summary.hit, hits.len() as u64);
    assert!(stats.summary.hit > 300 && !silenced.is_empty());
}

#[test]
fn decided_labels_are_those_whose_evidence_names_the_cue() {
    let letters = Letters::read();
    let stats = letters.stats(1);
    let mut decided: BTreeMap<String, u64> = BTreeMap::new();
    let mut labels = 0;
    let cues: BTreeSet<&str> = letters.rules.cues().collect();
    for row in letters.rows() {
        for label in &row.labels {
            let made: BTreeSet<&String> = label.evidence.iter().map(|piece| &piece.rule).collect();
            labels += u64::from(made.iter().any(|rule| cues.contains(rule.as_str())));
            for rule in made {
                *decided.entry(rule.clone()).or_default() += 1;
            }
        }
    }
    assert_eq!(stats.summary.labels, labels);
    let figures = by_id(&stats);
    let mut compared = 0;
    for (rule, times) in &decided {
        match figures.get(rule.as_str()) {
            Some(cue) => assert_eq!(cue.figures.decided, *times, "{rule}"),
            None => assert!(rule.starts_with("section/"), "{rule} is no cue"),
        }
        compared += 1;
    }
    assert!(compared > 200);
}

/// Gold and rows set beside one another by place, each row against each gold sentence.
#[test]
fn right_and_wrong_are_those_of_a_recount() {
    let letters = Letters::read();
    let stats = letters.stats(1);
    let (mut sentences, mut in_gold, mut right) = (0, 0, 0);
    let mut wrong_names: BTreeMap<String, u64> = BTreeMap::new();
    for row in letters.rows() {
        let inside = |gold: &&Gold| {
            let place = gold.place.unwrap();
            let common = row.end.min(place.end).saturating_sub(row.start.max(place.start));
            gold.doc == gold::stem(&row.document) && common * 2 > row.end - row.start
        };
        let Some(gold) = letters.gold.iter().find(inside) else {
            continue;
        };
        sentences += 1;
        for label in &row.labels {
            let rules = label.evidence.iter().map(|piece| piece.rule.clone());
            let made: BTreeSet<String> = rules.filter(|rule| !rule.starts_with("section/")).collect();
            if made.is_empty() {
                continue;
            }
            in_gold += 1;
            right += u64::from(gold.pairs().contains(&(label.theme.as_str(), label.polarity)));
            if !gold.labels.iter().any(|own| own.theme == label.theme) {
                for rule in made {
                    *wrong_names.entry(rule).or_default() += 1;
                }
            }
        }
    }
    let summary = &stats.summary;
    assert_eq!(
        (
            summary.sentences_in_gold,
            summary.labels_in_gold,
            summary.labels_right
        ),
        (sentences, in_gold, right)
    );
    assert!(in_gold > 300);
    for cue in &stats.cues {
        let gold = cue.figures.gold.as_ref().unwrap();
        let expected = wrong_names.get(&cue.id).copied().unwrap_or(0);
        assert_eq!(gold.wrong_theme, expected, "{}", cue.id);
        if cue.act == "theme" || cue.act == "hint" {
            assert_eq!(gold.wrong, expected, "{}", cue.id);
        }
    }
}

#[test]
fn numbers_hold_together() {
    let stats = Letters::read().stats(4);
    let cues = stats.cues.iter().map(|cue| (&cue.id, &cue.figures));
    let lists = stats.lists.iter().map(|list| (&list.id, &list.figures));
    for (id, figures) in cues.chain(lists) {
        assert!(figures.silenced <= figures.hits, "{id}");
        assert!(figures.overlap <= figures.sentences, "{id}");
        assert!(figures.conflict <= figures.sentences, "{id}");
        let gold = figures.gold.as_ref().unwrap();
        assert!(gold.decided <= figures.decided, "{id}");
        assert!(
            gold.right + gold.wrong <= gold.decided || gold.right <= gold.decided,
            "{id}"
        );
        assert!(gold.found <= gold.wanted, "{id}");
        for (number, behind) in [
            (figures.sentences, &figures.behind.sentences),
            (figures.decided, &figures.behind.decided),
            (figures.overlap, &figures.behind.overlap),
            (figures.conflict, &figures.behind.conflict),
            (figures.silenced, &figures.behind.silenced),
            (gold.wrong, &figures.behind.wrong),
            (gold.wanted - gold.found, &figures.behind.missed),
        ] {
            assert!(behind.len() <= 4 && behind.len() as u64 <= number, "{id}");
            assert_eq!(behind.is_empty(), number == 0, "{id}");
            assert!(behind.iter().all(|place| *place < stats.sentences.len()), "{id}");
        }
    }
    let of_lists: u64 = stats.lists.iter().map(|list| list.cues).sum();
    let dead: u64 = stats.lists.iter().map(|list| list.dead).sum();
    assert_eq!((of_lists, dead), (stats.summary.cues, stats.summary.dead));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..60 {
        let text = "Findings\n\nPlans are weak. Visits help families. Supervision is regular but late.\n"
            .repeat(number % 7 + usize::from(number % 5 > 0));
        fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    for form in ["text", "json", "csv"] {
        let run = |jobs: &str| {
            let arguments = ["stats", ".", "--format", form, "--jobs", jobs];
            let output = Command::new(PROGRAM)
                .current_dir(&folder)
                .args(arguments)
                .output();
            output.unwrap()
        };
        let one = run("1");
        assert!(one.stdout.len() > 1000);
        for jobs in ["2", "5"] {
            assert_eq!(one, run(jobs), "{form} with {jobs} jobs");
        }
    }
}

#[test]
fn the_page_shows_what_the_program_prints() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("findings", Path::new(PROGRAM));
    let rules = Rules::from_folder(Path::new("tests/cmd/stats/rules")).unwrap();
    cases
        .insert_var("[STATSRULES]", rules.fingerprint().to_owned())
        .unwrap();
    cases.case(PAGE);
}

#[test]
fn commands_of_the_page_work() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(PAGE).unwrap();
    let blocks = page
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let commands: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for line in commands {
        let arguments: Vec<String> = line
            .split(' ')
            .skip(1)
            .map(|word| match word {
                _ if word.starts_with("fixtures/") => {
                    fs::canonicalize(word).unwrap().to_string_lossy().into_owned()
                }
                _ => word.to_owned(),
            })
            .collect();
        let output = Command::new(PROGRAM)
            .current_dir(&folder)
            .args(&arguments)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        // Without the readers of PDF and the like those letters cannot be read.
        let expected = if errors.contains("not read")
            && cfg!(not(all(feature = "pdf", feature = "docx", feature = "html")))
        {
            1
        } else {
            0
        };
        assert_eq!(output.status.code(), Some(expected), "{line}\n{errors}");
    }
}

/// Every word between backticks.
fn told() -> BTreeSet<String> {
    let page = fs::read_to_string(PAGE).unwrap();
    page.split('`').skip(1).step_by(2).map(str::to_owned).collect()
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

#[test]
fn keys_and_columns_are_told() {
    let stats = Letters::read().stats(1);
    let mut names = BTreeSet::new();
    keys(&serde_json::to_value(&stats).unwrap(), &mut names);
    let mut table = Vec::new();
    write_csv(&stats, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    names.extend(table.lines().next().unwrap().split(',').map(str::to_owned));
    assert!(names.contains("wrong_polarity") && names.contains("level"));
    // The members of a silencer speak for themselves.
    names.remove("times");
    let told = told();
    let untold: Vec<_> = names.difference(&told).collect();
    assert!(untold.is_empty(), "{PAGE} does not tell of {untold:?}");
}

#[test]
fn statistics_survive_json() {
    let stats = Letters::read().stats(2);
    let text = serde_json::to_string(&stats).unwrap();
    assert!(serde_json::from_str::<Stats>(&text).unwrap() == stats);
}
