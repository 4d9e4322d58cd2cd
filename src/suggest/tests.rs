//! Suggestions on invented letters, by a small set of rules of their own.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::rules::RuleFile;
use crate::source::Source;

fn rules() -> Rules {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/shared/rules");
    Rules::from_folder(&folder).unwrap()
}

fn options(rules: &Rules) -> Options {
    Options {
        most: 10,
        tries: 100,
        documents: 2,
        folds: 2,
        theme: None,
        samples: 2,
        eval: eval::Options::new(rules),
    }
}

fn ground(rules: &Rules) -> (Vec<Document>, Vec<Gold>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/suggest");
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("letters"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let documents = paths
        .iter()
        .map(|path| {
            let source = Source::open(path).unwrap();
            let extract = crate::extract::extract(&source).unwrap();
            Document::new(rules, source, extract)
        })
        .collect();
    (documents, crate::gold::read(&folder.join("gold.jsonl")).unwrap())
}

#[test]
fn what_a_suggestion_is_said_to_do_is_what_the_rules_do_with_it() {
    let rules = rules();
    let (documents, gold) = ground(&rules);
    let found = suggest(&rules, &documents, &gold, &options(&rules)).unwrap();
    let first = found.suggestions.first().expect("something is suggested");
    assert_eq!(
        (first.file.as_str(), first.phrase.as_str()),
        ("words/weak.toml", "patchy")
    );
    // By hand: the overlay as a person would write it.
    let mut files = rules.files().to_vec();
    files.extend(overlay([&first.candidate()]).into_iter().map(|file| RuleFile {
        overlay: Some(crate::rules::Overlay {
            nth: 1,
            folder: "mine".to_owned(),
        }),
        ..file
    }));
    let changed = Rules::from_files(files).unwrap();
    let errors = |rules: &Rules| -> usize {
        let ground = ground(rules);
        let sentences = Ground::new(&ground.0, &ground.1).unwrap().sentences;
        sentences.iter().map(|one| one.faults.len()).sum()
    };
    assert_eq!(errors(&rules), found.errors);
    assert_eq!(errors(&changed) + first.mended, found.errors + first.broken);
}

#[test]
fn nothing_rests_on_one_document() {
    let rules = rules();
    let (documents, gold) = ground(&rules);
    let found = suggest(&rules, &documents, &gold, &options(&rules)).unwrap();
    assert!(found.suggestions.iter().all(|one| one.documents >= 2));
    // With the other letters' labels gone, the same phrase is carried by one letter alone.
    let alone: Vec<Gold> = gold.into_iter().filter(|one| one.doc == "beckford").collect();
    let found = suggest(&rules, &documents, &alone, &options(&rules)).unwrap();
    assert!(found.suggestions.is_empty(), "{:?}", found.suggestions);
}

#[test]
fn folds_hold_each_document_once() {
    let all: Vec<usize> = folds(7, 3).into_iter().flatten().collect();
    assert_eq!(all, (0..7).collect::<Vec<_>>());
    assert_eq!(folds(2, 5).len(), 2);
    assert!(folds(1, 5).is_empty());
    let none: Vec<BTreeSet<usize>> = folds(4, 0);
    assert!(none.is_empty());
}
