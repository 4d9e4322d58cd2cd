//! What benches read: a sentence, a letter, a hundred letters; and how much must be found in them.

use std::fs;
use std::path::{Path, PathBuf};

use findings::Source;
use serde_json::Value;

/// A sentence with both bearings, one of them behind an opening word of contrast.
pub(crate) const SENTENCE: &str =
    "Although caseloads are too high in two teams, supervision is regular and reflective.";

/// Pairs of theme and polarity that [`SENTENCE`] must get.
pub(crate) const SENTENCE_LABELS: &[(&str, &str)] = &[("caseloads", "concern"), ("supervision", "strength")];

/// The letter that stands in the fixtures in every format.
pub(crate) const LETTER: &str = "wexcombe-monitoring-1";

/// The names in the fixtures that [`letters`] changes.
const NAMES: &[&str] = &["Wexcombe", "Harrowmere", "Stanbridge"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The letter in the format with this ending.
pub(crate) fn letter(ending: &str) -> Source {
    let path = fixtures().join("letters").join(LETTER).with_extension(ending);
    Source::open(&path).expect("the fixture can be read")
}

/// How many sentences a careful reader found in the letter: the lines of the fixtures' labels made by hand.
pub(crate) fn sentences_by_hand() -> usize {
    labelled().len()
}

/// How many labels a careful reader gave to the letter.
pub(crate) fn labels_by_hand() -> usize {
    labelled()
        .iter()
        .map(|row| row["labels"].as_array().map_or(0, Vec::len))
        .sum()
}

fn labelled() -> Vec<Value> {
    let text = fs::read_to_string(fixtures().join("gold/fixtures.jsonl")).expect("the fixture can be read");
    let rows = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    rows.filter(|row| row["doc"] == LETTER).collect()
}

/// `count` letters: those of the fixtures over and over, each time of another authority.
pub(crate) fn letters(count: usize) -> Vec<Source> {
    let mut paths: Vec<PathBuf> = fs::read_dir(fixtures().join("letters"))
        .expect("the fixtures can be read")
        .map(|entry| entry.expect("the fixtures can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("the fixture can be read"))
        .collect();
    let letters = texts.iter().cycle().take(count).enumerate();
    letters
        .map(|(number, text)| {
            let name = authority(number / texts.len());
            let text = NAMES
                .iter()
                .fold(text.clone(), |text, known| text.replace(known, &name));
            Source::from_text(format!("{name}-{number}"), text)
        })
        .collect()
}

/// An invented name for each number: Almford, Blmford, ...; letters only, so that it reads as a name.
fn authority(number: usize) -> String {
    let first = char::from(b'A' + u8::try_from(number % 26).expect("below 26"));
    format!("{first}{}ford", "l".repeat(1 + number / 26))
}
