//! Facts of documents: against those read by hand where they lie beside the checkout, and of the fixture letters.

use std::collections::BTreeMap;

use findings::Rules;
use findings::facts::{Facts, Given, Judgement, Kind, facts};
#[cfg(feature = "cli")]
use findings::report::FACTS_FORMATS;
use findings::rules::{Overlay, RuleFile};
use rayon::prelude::*;
use serde_json::Value;

use crate::{documents, laws};

/// What a fact's figure may not fall below, of all documents; all are exact matches.
const FLOOR: f64 = 0.95;

const NAMES: [&str; 8] = [
    "kind",
    "authority",
    "inspection_start",
    "inspection_end",
    "published",
    "visit_number",
    "lead_inspector",
    "judgements",
];

fn read(path: &std::path::Path) -> Facts {
    let rules = documents::rules();
    let reading = rules
        .read(&documents::source(path))
        .unwrap_or_else(|error| panic!("{error}"));
    facts(rules, &reading)
}

/// How many documents have each fact as it was read by hand.
#[test]
#[cfg(feature = "pdf")]
fn agree_with_those_read_by_hand() {
    let Some(gold) = documents::shared("gold/facts.jsonl") else {
        return;
    };
    let aside = documents::shared("gold/aside.txt").map(|path| std::fs::read_to_string(path).unwrap());
    let aside = aside.unwrap_or_default();
    let gold: Vec<Value> = std::fs::read_to_string(gold)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(gold.len() >= 29, "facts read by hand are missing");
    let found: Vec<(&Value, Value)> = gold
        .par_iter()
        .map(|wanted| {
            let path = documents::shared(wanted["file"].as_str().unwrap()).unwrap();
            (wanted, serde_json::to_value(read(&path)).unwrap())
        })
        .collect();
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong_dates = Vec::new();
    for (wanted, found) in &found {
        let stem = documents::stem(std::path::Path::new(wanted["file"].as_str().unwrap()));
        // What stands aside is counted, never shown.
        let shown = !aside.lines().any(|line| line.trim() == stem);
        for name in NAMES {
            let (wanted, found) = (&wanted[name], &found[name]);
            if wanted == found {
                *right.entry(name).or_default() += 1;
            } else if shown {
                println!("{stem}: {name} is {found}, by hand {wanted}");
            }
            let date = name.starts_with("inspection_") || name == "published";
            if date && wanted != found && !found.is_null() {
                wrong_dates.push(name);
            }
        }
    }
    let mut low = Vec::new();
    for name in NAMES {
        #[allow(clippy::cast_precision_loss, reason = "a few dozen documents")]
        let share = right.get(name).copied().unwrap_or(0) as f64 / gold.len() as f64;
        println!("{name} = {share:.3}");
        if share < FLOOR {
            low.push(name);
        }
    }
    assert!(low.is_empty(), "below {FLOOR}: {low:?}");
    assert!(wrong_dates.is_empty(), "wrong dates: {wrong_dates:?}");
}

/// Reports are called by authority and year: what the words say has to agree with it.
#[test]
#[cfg(feature = "pdf")]
fn agree_with_the_names_of_files() {
    let Some(folder) = documents::shared("corpus") else {
        return;
    };
    let aside = documents::shared("gold/aside.txt").map(|path| std::fs::read_to_string(path).unwrap());
    let aside = aside.unwrap_or_default();
    let (mut wrong, mut hidden) = (Vec::new(), 0);
    let all: Vec<(String, Facts)> = documents::files(&folder, "pdf")
        .par_iter()
        .map(|path| (documents::stem(path), read(path)))
        .collect();
    for (stem, facts) in &all {
        let mut say = |message: String| {
            if aside.lines().any(|line| line.trim() == stem) {
                hidden += 1;
            } else {
                wrong.push(format!("{stem}: {message}"));
            }
        };
        let slug = facts
            .authority
            .as_deref()
            .unwrap_or_default()
            .to_lowercase()
            .replace(' ', "-");
        let joint = stem.strip_prefix("jtai-");
        let parts: Vec<&str> = stem.rsplitn(3, '-').collect();
        let same = match joint {
            Some(name) => !slug.is_empty() && slug.starts_with(name),
            None => slug == parts[2],
        };
        if !same {
            say(format!("authority {:?}", facts.authority));
        }
        if facts.kind.is_none() {
            say("no kind".to_owned());
        }
        let (Some(start), Some(end)) = (facts.inspection_start, facts.inspection_end) else {
            say("no dates".to_owned());
            continue;
        };
        // A report of an inspection at the end of a year comes out in the next.
        let year = joint.map_or_else(|| parts[1].parse().ok(), |_| None);
        let years = i64::from(end.year())..=i64::from(end.year()) + 1;
        if year.is_some_and(|year: i64| !years.contains(&year)) {
            say(format!("inspection {start} to {end}"));
        }
        let late = |published: jiff::civil::Date| {
            let days = end.until(published).map_or(-1, |span| span.get_days());
            !(7..=200).contains(&days)
        };
        if facts.published.is_some_and(late) {
            say(format!("published {:?}, inspection ended {end}", facts.published));
        }
        // Inspections begin on a working day and end on one.
        for day in [start, end] {
            if matches!(
                day.weekday(),
                jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
            ) {
                say(format!("{day} is no working day"));
            }
        }
    }
    println!(
        "{} documents, {} faults shown, {hidden} not",
        all.len(),
        wrong.len()
    );
    assert!(
        wrong.is_empty() && hidden == 0,
        "{}; {hidden} more aside",
        wrong.join("\n")
    );
}

/// `fixtures/golden/facts.jsonl`; with `SNAPSHOTS=overwrite` it is written anew.
#[test]
fn of_fixture_letters_are_what_they_were() {
    let golden = documents::path("fixtures/golden/facts.jsonl");
    let found: String = documents::letters()
        .iter()
        .map(|path| {
            // The fingerprint changes with every rule.
            let facts = Facts {
                rules: String::new(),
                ..read(path)
            };
            serde_json::to_string(&facts).unwrap() + "\n"
        })
        .collect();
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(&golden, &found).unwrap();
        return;
    }
    let wanted = std::fs::read_to_string(&golden)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    for (found, wanted) in found.lines().zip(wanted.lines()) {
        assert_eq!(
            found, wanted,
            "where the change is meant, run again with SNAPSHOTS=overwrite"
        );
    }
    assert_eq!(found.lines().count(), wanted.lines().count());
}

/// The same letter in every format has the same facts.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn are_the_same_in_every_format() {
    let mut compared = 0;
    for path in documents::letters() {
        let usual = read(&path);
        for ending in ["pdf", "docx", "odt", "html"] {
            let other = path.with_extension(ending);
            if !other.exists() {
                continue;
            }
            let mut found = read(&other);
            found.words.clone_from(&usual.words);
            found.document.clone_from(&usual.document);
            assert_eq!(found, usual, "{}", other.display());
            compared += 1;
        }
    }
    assert!(compared >= 8, "only {compared} forms were compared");
}

/// Words stand where they are said to stand.
#[test]
fn come_with_their_places() {
    let mut seen = 0;
    for document in documents::read_all() {
        let facts = facts(documents::rules(), &document.reading);
        let printed: Vec<char> = document.reading.text.printed.chars().collect();
        for (name, words) in &facts.words {
            let slice: String = printed[words.start..words.end].iter().collect();
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            // Furniture, bullets and numbers between two cells are left out of the words.
            let (first, last) = (words.text.split(' ').next(), words.text.split(' ').next_back());
            assert!(
                plain(&slice).starts_with(&plain(first.unwrap_or_default()))
                    && plain(&slice).ends_with(&plain(last.unwrap_or_default())),
                "{}: {name}",
                document.name
            );
            seen += 1;
        }
    }
    assert!(seen >= 30, "only {seen} facts have words");
}

#[test]
fn rules_without_facts_give_none() {
    let rules = Rules::from_folder(&documents::path("tests/cmd/shared/rules")).unwrap();
    let source = documents::source(&documents::path("fixtures/letters/harrowmere-inspection.txt"));
    let reading = rules.read(&source).unwrap();
    let none = Facts {
        document: source.name.clone(),
        rules: rules.fingerprint().to_owned(),
        ..Facts::default()
    };
    assert_eq!(facts(&rules, &reading), none);
}

/// What a label file carries is what it was made from.
#[test]
fn go_through_label_files() {
    for document in documents::read_all() {
        let mut wanted = facts(documents::rules(), &document.reading);
        wanted.extra.insert("region".to_owned(), Value::from("North"));
        wanted.corrected = vec!["published".to_owned()];
        let back = Facts::from_extra(&wanted.document, &wanted.rules, &wanted.clone().into_extra()).unwrap();
        (wanted.lead_inspector, wanted.judgements, wanted.words) = Default::default();
        assert_eq!(back, wanted);
    }
    assert_eq!(Facts::from_extra("letter", "", &serde_json::Map::new()), None);
}

/// `fixtures/facts/cases.txt`: invented beginnings of documents in the forms that families take.
#[test]
fn of_cases() {
    let text = std::fs::read_to_string(documents::path("fixtures/facts/cases.txt")).unwrap();
    let text = text.replace("\r\n", "\n");
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for case in text.split("\n=== ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap();
        let (document, wanted) = rest.split_once("\n---\n").unwrap();
        let source = findings::Source::from_text("case.txt", document);
        let found = facts(documents::rules(), &documents::rules().read(&source).unwrap());
        let found = told(&found);
        let wanted: Vec<&str> = wanted.lines().filter(|line| !line.is_empty()).collect();
        if found != wanted {
            let more: Vec<_> = found
                .iter()
                .filter(|line| !wanted.contains(&line.as_str()))
                .collect();
            let less: Vec<_> = wanted
                .iter()
                .filter(|line| !found.contains(&(**line).to_owned()))
                .collect();
            wrong.push(format!("{name}:\n  found  {more:?}\n  wanted {less:?}"));
        }
        cases += 1;
    }
    assert!(cases >= 15, "only {cases} cases were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Facts, one a line, those that are not found left out.
fn told(facts: &Facts) -> Vec<String> {
    let value = serde_json::to_value(facts).unwrap();
    let mut lines = Vec::new();
    for name in NAMES {
        match &value[name] {
            Value::Null => {}
            Value::Object(areas) => {
                for (area, grade) in areas {
                    lines.push(format!("{name}.{area}: {}", grade.as_str().unwrap()));
                }
            }
            Value::String(text) => lines.push(format!("{name}: {text}")),
            other => lines.push(format!("{name}: {other}")),
        }
    }
    lines
}

/// `docs/facts.md` names every key and value.
#[test]
fn are_told() {
    let text = std::fs::read_to_string(documents::path("docs/facts.md")).unwrap();
    let told: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let facts = serde_json::to_value(Facts::default()).unwrap();
    let keys = facts.as_object().unwrap().keys().map(String::as_str);
    let kinds = Kind::ALL.iter().map(|kind| kind.name());
    let grades = Judgement::ALL.iter().map(|grade| grade.name());
    for name in keys.chain(kinds).chain(grades) {
        assert!(told.contains(&name), "docs/facts.md does not tell of {name}");
    }
}

/// The facts files that `docs/facts.md` shows are read, and say the same.
#[test]
#[cfg(feature = "cli")]
fn files_in_the_manual_hold() {
    let text = std::fs::read_to_string(documents::path("docs/facts.md")).unwrap();
    let block = |kind: &str| {
        let rest = text.split_once(&format!("```{kind}\n")).unwrap().1;
        rest.split_once("```").unwrap().0
    };
    let toml = Given::from_toml("facts.toml", block("toml")).unwrap();
    let csv = Given::from_csv("facts.csv", block("csv")).unwrap();
    for letter in ["wexcombe-press.txt", "wexcombe-minutes.txt"] {
        let mut facts = read(&documents::path("fixtures/letters").join(letter));
        let (before, mut by_csv) = (facts.clone(), facts.clone());
        toml.correct(&mut facts);
        csv.correct(&mut by_csv);
        assert_eq!(facts, by_csv);
        assert_ne!(facts, before, "{letter} is as it was");
    }
}

/// What the program writes as CSV corrects nothing when it comes back as it is.
#[test]
#[cfg(feature = "cli")]
fn come_back_as_a_facts_file() {
    let all: Vec<Facts> = documents::letters().iter().map(|path| read(path)).collect();
    let csv = FACTS_FORMATS.iter().find(|format| format.name == "csv").unwrap();
    let mut out = Vec::new();
    (csv.write)(&all, true, &mut out).unwrap();
    let given = Given::from_csv("facts.csv", &String::from_utf8(out).unwrap()).unwrap();
    for facts in all {
        let mut back = facts.clone();
        given.correct(&mut back);
        (back.words, back.corrected) = (facts.words.clone(), Vec::new());
        assert_eq!(back, facts);
    }
}

/// An overlay adds places, patterns and phrases to what is there.
#[test]
fn follow_an_overlay() {
    let overlay = |name: &str, text: &str| {
        let mut file = RuleFile::new(name, text);
        file.overlay = Some(Overlay {
            nth: 1,
            folder: "mine".to_owned(),
        });
        file
    };
    let mut files = documents::rules().files().to_vec();
    files.push(overlay(
        "facts/authorities.toml",
        "about = \"Mine.\"\nknown = [\"Crakewell and the Moor|Crakewell\"]\n",
    ));
    files.push(overlay(
        "facts/ilacs.toml",
        "about = \"Mine.\"\n[facts.published]\nopening = ['''^Seen: {date}$''']\n[judgements]\nsend = [\"inclusion\"]\n",
    ));
    let text = "Inspection of Crakewell local authority children’s services\n\nInspection dates: 3 to 14 June 2024\n\n\
                Published: 1 August 2024\n\nSeen: 2 August 2024\n\nOverall effectiveness: good\n\nInclusion: outstanding\n";
    let read = |rules: &Rules| {
        let source = findings::Source::from_text("case.txt", text);
        told(&facts(rules, &rules.read(&source).unwrap()))
    };
    let usual = [
        "kind: inspection_report",
        "authority: Crakewell",
        "inspection_start: 2024-06-03",
        "inspection_end: 2024-06-14",
        "published: 2024-08-01",
        "judgements.overall: good",
    ];
    assert_eq!(read(documents::rules()), usual);
    let mine = read(&Rules::from_files(files).unwrap());
    assert_eq!(mine[1], "authority: Crakewell and the Moor");
    assert_eq!(
        mine[4..],
        [
            "published: 2024-08-02",
            "judgements.overall: good",
            "judgements.send: outstanding"
        ]
    );
}

/// Letters cut anywhere panic nowhere, and never have other dates than the whole letter.
#[test]
fn of_pieces_of_letters_are_those_of_the_whole() {
    for path in documents::letters() {
        let whole = read(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        let places = laws::places(&text);
        for at in places.iter().step_by(577) {
            for piece in [&text[..*at], &text[*at..]] {
                let source = findings::Source::from_text("piece.txt", piece);
                // Nothing but white space is no document.
                let Ok(reading) = documents::rules().read(&source) else {
                    continue;
                };
                let found = facts(documents::rules(), &reading);
                for (found, whole) in [
                    (found.inspection_start, whole.inspection_start),
                    (found.inspection_end, whole.inspection_end),
                ] {
                    assert!(
                        found.is_none() || found == whole,
                        "{} cut at {at}",
                        path.display()
                    );
                }
            }
        }
    }
}
