//! Any text is read without panic and keeps the laws.

use findings::row::{Row, rows};
use findings::{Reading, Source};
use proptest::prelude::*;

use crate::{documents, laws};

/// Words that rules act on, so that random documents reach every step.
const WORDS: [&str; 40] = [
    "Caseloads",
    "caseloads",
    "are",
    "too",
    "high",
    "manageable",
    "not",
    "and",
    "but",
    "Although",
    "supervision",
    "is",
    "regular",
    "timely",
    "The",
    "multi-agency",
    "children’s",
    "front",
    "door",
    "ASSESSMENTS",
    "weak",
    "improved",
    "no",
    "longer",
    "Dear",
    "Councillor",
    "Yours",
    "sincerely",
    "What",
    "needs",
    "to",
    "improve",
    "Good",
    "e.g.",
    "Mr.",
    "4.5",
    "Page",
    "of",
    "they",
    "remain",
];

/// Marks that end, open or break things.
const MARKS: [&str; 28] = [
    ".", "!", "?", ",", ";", ":", "...", "…", "“", "”", "‘", "’", "\"", "'", "(", ")", "–", "—", "-",
    "\u{ad}", "•", "\u{f0b7}", "*", "o", "1.", "12", "\u{a0}", "\u{200b}",
];

const GAPS: [&str; 9] = [" ", " ", " ", " ", "\n", "\n\n", "\u{c}", "\r\n", ""];

fn letter() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(WORDS.as_slice()).prop_map(str::to_owned),
        3 => prop::sample::select(MARKS.as_slice()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[A-Za-zÀ-ž]{1,30}",
    ];
    let gap = prop::sample::select(GAPS.as_slice());
    prop::collection::vec((word, gap), 0..120).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(word, gap)| [word, gap.to_owned()])
            .collect()
    })
}

fn punctuation() -> impl Strategy<Value = String> {
    let run =
        (prop::sample::select(MARKS.as_slice()), 1..400_usize).prop_map(|(mark, times)| mark.repeat(times));
    prop::collection::vec(prop_oneof![run, letter()], 1..4).prop_map(|parts| parts.concat())
}

/// A text read, or nothing where it is empty.
fn read(text: &str) -> Option<(Reading, Vec<Row>)> {
    let reading = documents::rules()
        .read(&Source::from_text("random.txt", text))
        .ok()?;
    let rows = rows(documents::rules(), &reading);
    Some((reading, rows))
}

fn check(text: &str) {
    if let Some((reading, rows)) = read(text) {
        laws::hold(&format!("{text:?}"), &reading, &rows);
        laws::counts::hold(documents::rules(), &format!("{text:?}"), &rows);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_strings(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn of_words_and_marks(text in letter()) {
        check(&text);
    }

    #[test]
    fn of_long_runs_of_marks(text in punctuation()) {
        check(&text);
    }

    /// Whatever the bytes: text in any encoding, or an error.
    #[test]
    fn of_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = Source::from_bytes("random", bytes)
            && let Ok(reading) = documents::rules().read(&source) {
            laws::hold("bytes", &reading, &rows(documents::rules(), &reading));
        }
    }

    #[test]
    fn of_a_reading_and_back(text in letter()) {
        if let Some((reading, rows)) = read(&text) {
            let again: Reading = serde_json::from_str(&serde_json::to_string(&reading).unwrap()).unwrap();
            prop_assert_eq!(&again, &reading);
            for row in rows {
                let again: Row = serde_json::from_str(&serde_json::to_string(&row).unwrap()).unwrap();
                prop_assert_eq!(again, row);
            }
        }
    }
}

#[test]
fn the_words_are_read() {
    let (reading, rows) = read("Caseloads are too high. Supervision is regular.").unwrap();
    assert!(rows.len() == 2 && !reading.matches.is_empty());
}
