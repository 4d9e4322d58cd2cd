//! Laws of differences, on invented sentences.

use std::path::Path;

use super::*;
use crate::rules::{Overlay, RuleFile};

fn rules() -> Rules {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/shared/rules");
    Rules::from_folder(&folder).unwrap()
}

/// The rules with one file laid over them.
fn with(rules: &Rules, name: &str, text: &str) -> Rules {
    let mut files = rules.files().to_vec();
    files.push(RuleFile {
        overlay: Some(Overlay {
            nth: 1,
            folder: "mine".to_owned(),
        }),
        ..RuleFile::new(name, text)
    });
    Rules::from_files(files).unwrap()
}

fn diff(old: &Rules, new: &Rules, text: &str) -> Diff {
    let mut collector = Collector::new(old, new);
    let source = Source::from_text("letter.txt", text);
    let extract = crate::extract::extract(&source).unwrap();
    collector.add(document(old, new, &source, extract, false));
    collector.finish(None).unwrap()
}

const LETTER: &str =
    "Plans are weak. Supervision is regular, but plans are weak.\n\nThey value it. Caseloads are too high.\n";

#[test]
fn a_set_does_not_differ_from_itself() {
    let rules = rules();
    assert!(diff(&rules, &rules, LETTER).is_empty());
}

#[test]
fn the_way_back_loses_what_the_way_there_gains() {
    let old = rules();
    let new = with(&old, "words/weak.toml", "off = [\"weak/weak\"]\n");
    let (there, back) = (diff(&old, &new, LETTER), diff(&new, &old, LETTER));
    assert_eq!(there.sums.sentences, 2);
    assert_eq!(
        (there.sums.gained, there.sums.lost),
        (back.sums.lost, back.sums.gained)
    );
    assert_eq!(
        (there.sums.turned, there.sums.polarity),
        (back.sums.turned, back.sums.polarity)
    );
    let seen_by = |diff: &Diff| {
        diff.rules
            .iter()
            .map(|rule| (rule.rule.clone(), rule.seen_by))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        seen_by(&there),
        [(Some("weak/weak".to_owned()), Some(SeenBy::Old))]
    );
    assert_eq!(
        seen_by(&back),
        [(Some("weak/weak".to_owned()), Some(SeenBy::New))]
    );
}

#[test]
fn a_sentence_that_stands_twice_counts_once_in_the_figures() {
    let old = rules();
    let new = with(&old, "words/weak.toml", "off = [\"weak/weak\"]\n");
    let found = diff(&old, &new, "Plans are weak. Plans are weak.\n");
    assert_eq!(found.sums.sentences, 2);
    assert_eq!(
        (found.figures[0].old.concern, found.figures[0].new.concern),
        (1, 0)
    );
    assert_eq!(found.figures[0].old.balance, Some(-1.0));
}
