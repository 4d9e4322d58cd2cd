//! The same letter gives the same labels: twice, in any thread, whatever the order of rules; and a sentence keeps its
//! id while others change.

use std::collections::BTreeSet;
use std::panic::{RefUnwindSafe, UnwindSafe};

use findings::row::{Row, rows};
use findings::rules::RuleFile;
use findings::{Error, Reading, Rules, Source};
use rayon::prelude::*;
use toml::de::{DeTable, DeValue};

use crate::documents::{self, Document};
use crate::laws;

/// Bytes of the rows as JSON Lines.
fn json(rows: &[Row]) -> String {
    rows.iter()
        .map(|row| serde_json::to_string(row).unwrap() + "\n")
        .collect()
}

#[test]
fn twice_and_in_many_threads_the_same() {
    let again: Vec<_> = documents::all()
        .par_iter()
        .rev()
        .map(|path| documents::read(path))
        .collect();
    for (document, (reading, rows)) in documents::read_all().iter().zip(again.iter().rev()) {
        assert_eq!(&document.reading, reading);
        assert_eq!(json(&document.rows), json(rows), "{}", document.name);
    }
}

#[test]
fn from_json_and_back_the_same() {
    for Document { reading, rows, .. } in documents::read_all() {
        let text = serde_json::to_string(reading).unwrap();
        let again: Reading = serde_json::from_str(&text).unwrap();
        assert_eq!(&again, reading);
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
        for row in rows {
            let again: Row = serde_json::from_str(&serde_json::to_string(row).unwrap()).unwrap();
            assert_eq!(&again, row);
        }
    }
}

/// A plain generator of numbers (splitmix64), so that a failure comes again.
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn list<T>(&mut self, list: &mut [T]) {
        for n in (1..list.len()).rev() {
            list.swap(n, self.below(n + 1));
        }
    }

    /// The file with the entries of each of its lists changed about.
    fn file(&mut self, file: &RuleFile) -> RuleFile {
        let table = DeTable::parse(&file.text).unwrap();
        let mut lists = Vec::new();
        collect(table.get_ref(), &mut lists);
        lists.sort();
        let mut text = String::new();
        let mut at = 0;
        for list in lists {
            let mut mixed = list.clone();
            self.list(&mut mixed);
            for (place, entry) in list.into_iter().zip(mixed) {
                text.push_str(&file.text[at..place.0]);
                text.push_str(&file.text[entry.0..entry.1]);
                at = place.1;
            }
        }
        text.push_str(&file.text[at..]);
        RuleFile::new(&file.name, text)
    }
}

/// The places of the strings of every list in a table and the tables inside it.
fn collect(table: &DeTable<'_>, lists: &mut Vec<Vec<(usize, usize)>>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(inner) => collect(inner, lists),
            DeValue::Array(array) => {
                let strings = array.iter().filter(|entry| entry.get_ref().is_str());
                lists.push(
                    strings
                        .map(|entry| (entry.span().start, entry.span().end))
                        .collect(),
                );
            }
            _ => {}
        }
    }
}

/// Documents that each shuffled set of rules reads; reading all of them takes long where nothing is optimised.
const MOST: usize = 22;

/// What a set of rules makes of the fixture letters and the first gold documents, fingerprints left out.
fn labels(rules: &Rules) -> Vec<Row> {
    let read = |path: &std::path::PathBuf| rows(rules, &rules.read(&documents::source(path)).unwrap());
    let mut all: Vec<Row> = documents::all()[..MOST.min(documents::all().len())]
        .par_iter()
        .flat_map(read)
        .collect();
    for row in &mut all {
        row.rules.clear();
    }
    all
}

#[test]
fn the_order_of_files_does_not_matter() {
    let built_in = documents::rules();
    let usual = labels(built_in);
    for seed in 0..1 {
        let mut files = built_in.files().to_vec();
        Shuffle(seed).list(&mut files);
        let rules = Rules::from_files(files).unwrap();
        assert_eq!(rules.fingerprint(), built_in.fingerprint());
        same(&usual, &labels(&rules));
    }
}

#[test]
fn the_order_of_cues_does_not_matter() {
    let built_in = documents::rules();
    let usual = labels(built_in);
    for seed in 0..2 {
        let mut shuffle = Shuffle(seed);
        let files: Vec<RuleFile> = built_in.files().iter().map(|file| shuffle.file(file)).collect();
        let changed = files
            .iter()
            .zip(built_in.files())
            .filter(|(a, b)| a.text != b.text)
            .count();
        assert!(changed > files.len() / 2, "nothing was changed about");
        let rules = Rules::from_files(files).unwrap_or_else(|error| panic!("{error}"));
        assert_ne!(rules.fingerprint(), built_in.fingerprint());
        same(&usual, &labels(&rules));
    }
}

fn same(usual: &[Row], other: &[Row]) {
    assert_eq!(usual.len(), other.len());
    for (row, other) in usual.iter().zip(other) {
        assert_eq!(row, other);
    }
}

/// The rows of a text under the name of its letter.
fn read(name: &str, text: &str) -> Vec<Row> {
    let rules = documents::rules();
    rows(rules, &rules.read(&Source::from_text(name, text)).unwrap())
}

/// Ids of all rows whose words stand only once.
fn ids(rows: &[Row]) -> BTreeSet<&str> {
    let once = |row: &&Row| rows.iter().filter(|other| other.text == row.text).count() == 1;
    rows.iter().filter(once).map(|row| row.id.as_str()).collect()
}

#[test]
fn ids_stay_where_another_sentence_is_edited() {
    for path in documents::letters() {
        let text = std::fs::read_to_string(&path).unwrap();
        let places = laws::places(&text);
        let name = documents::stem(&path);
        let before = read(&name, &text);
        let once = ids(&before);
        // Of two that say the same, the second would take the place of the first.
        for row in before
            .iter()
            .step_by(7)
            .filter(|row| once.contains(row.id.as_str()))
        {
            // One word of its first line is changed, and nothing else; further lines may be a running header.
            let (from, to) = (places[row.start], places[row.end]);
            let Some((at, word)) = text[from..to]
                .lines()
                .next()
                .unwrap_or_default()
                .split(' ')
                .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
                .skip(1)
                .find(|(_, word)| word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
            else {
                continue;
            };
            let edited = format!("{}quayside{}", &text[..at], &text[at + word.len()..]);
            let after = read(&name, &edited);
            let (mut old, new) = (ids(&before), ids(&after));
            assert!(
                !new.contains(row.id.as_str()),
                "{name}: `{}` keeps its id though edited",
                row.text
            );
            old.remove(row.id.as_str());
            let lost: Vec<&str> = before
                .iter()
                .filter(|row| old.contains(row.id.as_str()) && !new.contains(row.id.as_str()))
                .map(|row| row.text.as_str())
                .collect();
            assert!(
                lost.is_empty(),
                "{name}: the ids of {lost:?} change when `{}` is edited",
                row.text
            );
        }
    }
}

#[test]
fn ids_stay_where_a_paragraph_is_inserted() {
    let paragraph = "An orchard of quinces stands behind the depot and is pruned each winter by volunteers.";
    for path in documents::letters() {
        let text = std::fs::read_to_string(&path).unwrap();
        let places = laws::places(&text);
        let name = documents::stem(&path);
        let before = read(&name, &text);
        let mut inserted = 0;
        for row in before.iter().step_by(5) {
            // Only at the head of a paragraph that has an empty line before it.
            let at = places[row.start];
            if !text[..at].ends_with("\n\n") || !text[at..].starts_with(char::is_uppercase) {
                continue;
            }
            inserted += 1;
            let edited = format!("{}{paragraph}\n\n{}", &text[..at], &text[at..]);
            let after = read(&name, &edited);
            assert!(
                after.iter().any(|row| row.text == paragraph),
                "{name}: the paragraph is not read"
            );
            let (old, new) = (ids(&before), ids(&after));
            let lost = old.difference(&new).count();
            assert_eq!(
                lost, 0,
                "{name}: ids change when a paragraph comes in before `{}`",
                row.text
            );
        }
        println!("{name}: {inserted} paragraphs inserted");
    }
}

/// Fails to compile where one of the types is not what threads and panics ask for.
#[test]
fn results_go_anywhere() {
    fn anywhere<T: Send + Sync + UnwindSafe + RefUnwindSafe + 'static>() {}
    fn threads<T: Send + Sync + 'static>() {}
    anywhere::<Rules>();
    anywhere::<Source>();
    anywhere::<Reading>();
    anywhere::<Row>();
    // It may hold an error of the system, which says nothing of panics.
    threads::<Error>();
}
