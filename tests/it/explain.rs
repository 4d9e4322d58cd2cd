//! `explain` names the decisive reason of every sentence in `fixtures/explain`, and changes no label.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use findings::explain::{Decisive, Reason, explain, left_out};
use findings::label::Fate;
use findings::row::rows;
use findings::{Rules, Source};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/explain")
}

fn own_rules() -> Rules {
    Rules::from_folder(&folder().join("rules")).unwrap()
}

/// One sentence of a fixture: `key: value` lines.
struct Case<'t> {
    at: String,
    lines: Vec<(&'t str, &'t str)>,
}

impl<'t> Case<'t> {
    fn get(&self, key: &str) -> Option<&'t str> {
        self.lines
            .iter()
            .find(|(own, _)| *own == key)
            .map(|(_, value)| *value)
    }

    fn need(&self, key: &str) -> &'t str {
        self.get(key).unwrap_or_else(|| panic!("{}: no {key}", self.at))
    }
}

fn cases(name: &str, text: &'static str) -> Vec<Case<'static>> {
    let mut cases = Vec::new();
    let mut at = 1;
    for block in text.split("\n\n") {
        let lines = block.lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<_> = lines
            .map(|line| line.split_once(": ").unwrap_or_else(|| panic!("{name}: {line}")))
            .collect();
        if !lines.is_empty() {
            let at = format!("{name}, line {at}");
            cases.push(Case { at, lines });
        }
        at += block.lines().count() + 1;
    }
    cases
}

fn fixture(name: &str) -> &'static str {
    fs::read_to_string(folder().join(name)).unwrap().leak()
}

/// What the program says: what the sentence gives, and the reasons.
struct Said {
    gives: String,
    decisive: Vec<Decisive>,
}

fn said(rules: &Rules, case: &Case<'_>) -> Said {
    let section = case.get("section").map(|heading| format!("{heading}\n\n"));
    let before = case.get("before").map(|before| format!("{before} "));
    let text = case.need("text");
    // Something below, so that a heading can be one.
    let below = if case.need("gives") == "left out" {
        "\n\nVisits go on."
    } else {
        ""
    };
    let document = format!(
        "{}{}{text}{below}\n",
        section.unwrap_or_default(),
        before.unwrap_or_default()
    );
    let reading = rules.read(&Source::from_text("letter", document)).unwrap();
    let theme = case.get("theme");
    let all = explain(rules, &reading, theme);
    let Some(one) = all.iter().rev().find(|one| one.sentence.text == text) else {
        let out = left_out(rules, &reading)
            .into_iter()
            .find(|one| text.starts_with(&one.text));
        let out = out.unwrap_or_else(|| panic!("{}: neither a sentence nor left out", case.at));
        return Said {
            gives: "left out".to_owned(),
            decisive: vec![Decisive {
                reason: out.reason,
                words: out.reason.meaning().to_owned(),
                cues: Vec::new(),
            }],
        };
    };
    if theme.is_none() {
        return Said {
            gives: one.sentence.polarity.to_string(),
            decisive: vec![one.decisive.clone()],
        };
    }
    let polarity = |seen: &findings::explain::ThemeSeen| {
        seen.polarity
            .map_or_else(|| "none".to_owned(), |tone| tone.to_string())
    };
    let gives: Vec<String> = one.themes.iter().map(polarity).collect();
    Said {
        gives: gives.join(", "),
        decisive: one.themes.iter().map(|seen| seen.decisive.clone()).collect(),
    }
}

/// Runs a fixture and gives the reasons that it shows.
fn run(name: &str) -> Vec<Reason> {
    let rules = own_rules();
    let text = fixture(name);
    let mut wrong = Vec::new();
    let mut shown = Vec::new();
    let mut anew: Vec<String> = vec![text.split("\n\n").next().unwrap().to_owned()];
    for case in cases(name, text) {
        let said = said(&rules, &case);
        let reasons: Vec<&str> = said.decisive.iter().map(|one| one.reason.name()).collect();
        let words: Vec<&str> = said.decisive.iter().map(|one| one.words.as_str()).collect();
        let (reasons, words) = (reasons.join(", "), words.join(" | "));
        for (key, said) in [("gives", &said.gives), ("reason", &reasons), ("words", &words)] {
            let want = case.get(key).unwrap_or_default();
            if want != said {
                wrong.push(format!(
                    "{}: {}\n  {key}: {want}\n  is now: {said}",
                    case.at,
                    case.need("text")
                ));
            }
        }
        shown.extend(said.decisive.iter().map(|one| one.reason));
        let kept = case.lines.iter().filter(|(key, _)| *key != "words");
        let kept: Vec<String> = kept.map(|(key, value)| format!("{key}: {value}")).collect();
        anew.push(format!("{}\nwords: {words}", kept.join("\n")));
    }
    if env::var_os("FINDINGS_OVERWRITE").is_some() {
        fs::write(folder().join(name), anew.join("\n\n") + "\n").unwrap();
        wrong.retain(|wrong| !wrong.contains("\n  words: "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    shown
}

#[test]
fn the_decisive_reason_of_every_sentence_is_named() {
    let labelled = run("labelled.txt");
    let unlabelled = run("unlabelled.txt");
    assert!(labelled.len() >= 30 && unlabelled.len() >= 30);
    // Every reason of the closed list is shown by a sentence.
    let shown: BTreeSet<Reason> = labelled.into_iter().chain(unlabelled).collect();
    let missing: Vec<_> = Reason::ALL
        .iter()
        .filter(|reason| !shown.contains(reason))
        .collect();
    assert!(missing.is_empty(), "no sentence shows {missing:?}");
}

#[test]
fn explaining_changes_no_label_and_explains_each() {
    let rules = Rules::built_in();
    let letters = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/letters");
    let mut letters: Vec<PathBuf> = fs::read_dir(letters)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    letters.sort();
    let (mut sentences, mut fates) = (0, BTreeSet::new());
    for letter in letters {
        let Ok(reading) = rules.read(&Source::open(&letter).unwrap()) else {
            continue;
        };
        let rows = rows(&rules, &reading);
        let all = explain(&rules, &reading, None);
        assert_eq!(rows.len(), all.len());
        for (row, one) in rows.iter().zip(&all) {
            sentences += 1;
            assert_eq!(*row, one.sentence);
            let labels: Vec<_> = row
                .labels
                .iter()
                .map(|label| (label.theme.as_str(), Some(label.polarity)))
                .collect();
            let mut seen: Vec<_> = one
                .themes
                .iter()
                .map(|seen| (seen.theme.as_str(), seen.polarity))
                .collect();
            seen.retain(|(_, polarity)| polarity.is_some());
            assert_eq!(labels, seen, "{}", row.text);
            for seen in one.themes.iter().filter(|seen| seen.polarity.is_some()) {
                assert!(seen.named.is_some(), "what names {} in: {}", seen.theme, row.text);
            }
            fates.extend(one.cues.iter().map(|cue| cue.fate));
            for cue in &one.cues {
                let length = cue.text.chars().count();
                assert!(cue.start < cue.end && cue.end - cue.start >= length, "{cue:?}");
                assert!(row.start <= cue.start && cue.end <= row.end, "{cue:?}");
            }
        }
    }
    assert!(sentences > 200, "only {sentences} sentences");
    assert!(fates.len() > 12, "only {fates:?} were seen");
}

#[test]
fn a_theme_is_explained_in_every_sentence_that_is_asked() {
    let rules = own_rules();
    let text =
        "Findings\n\nPlans are clear. Supervision is weak, but assessments are timely. They are regular.\n";
    let reading = rules.read(&Source::from_text("letter", text)).unwrap();
    for theme in rules.themes() {
        for one in explain(&rules, &reading, Some(&theme.id)) {
            let own = one.themes.iter().all(|seen| seen.theme == theme.id);
            assert!(own && !one.themes.is_empty(), "{}: {:?}", theme.id, one.themes);
        }
    }
}

/// The rows of a table of `docs/rules.md` below a heading: first and second cell.
fn table(heading: &str) -> Vec<(String, String)> {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    let (_, rest) = docs.split_once(&format!("## {heading}\n")).unwrap();
    let rest = rest.split("\n## ").next().unwrap();
    let lines = rest.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let mut cells = line.trim_matches('|').split(" | ");
            let mut next = || cells.next().unwrap().trim().to_owned();
            (next().trim_matches('`').to_owned(), next())
        })
        .collect()
}

#[test]
fn the_manual_lists_every_reason_and_fate() {
    let reasons: Vec<_> = Reason::ALL
        .iter()
        .map(|reason| (reason.name().to_owned(), reason.meaning().to_owned()))
        .collect();
    assert_eq!(table("Reasons"), reasons);
    let fates: Vec<_> = Fate::ALL
        .iter()
        .map(|fate| (fate.name().to_owned(), fate.meaning().to_owned()))
        .collect();
    assert_eq!(table("Fates of cues"), fates);
}
