//! How long reading takes: each step that can be called by itself, and the whole.
//!
//!     cargo bench --all-features
//!
//! Each bench first asserts how much it must find, so that it cannot look fast by finding nothing. For the letter that is
//! told by the labels made by hand in `fixtures/gold`: exactly its sentences, and at least three quarters as many labels as
//! the reader gave (which rules come near, and no step that was left out does). A hundred letters must give the same
//! on every run and for each copy of a letter.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod data;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use findings::normal::Normal;
use findings::row::{Row, rows};
use findings::{Rules, Source, extract};
use rayon::prelude::*;

fn read(rules: &Rules, source: &Source) -> Vec<Row> {
    let reading = rules.read(source).expect("the fixture can be read");
    rows(rules, &reading)
}

fn labels(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.labels.len()).sum()
}

fn assert_letter(rows: &[Row]) {
    assert_eq!(rows.len(), data::sentences_by_hand());
    let (found, by_hand) = (labels(rows), data::labels_by_hand());
    assert!(found * 4 >= by_hand * 3, "{found} labels, {by_hand} by hand");
}

/// What every run pays once.
fn start(criterion: &mut Criterion) {
    let rules = Rules::built_in();
    assert!(rules.themes().len() >= 19 && rules.cues().count() > 1000);
    criterion.bench_function("start/built-in rules", |bench| bench.iter(Rules::built_in));
}

/// The steps before the rules, on one letter in each format.
fn words(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("words");
    let text = String::from_utf8(data::letter("txt").bytes).expect("the fixture is UTF-8");
    assert!(Normal::new(&text).text.contains("wexcombe children's services"));
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("normal form", |bench| {
        bench.iter(|| Normal::new(black_box(&text)))
    });
    group.finish();

    let mut group = criterion.benchmark_group("extract");
    let mut endings = vec!["txt"];
    endings.extend(cfg!(feature = "pdf").then_some("pdf"));
    endings.extend(
        cfg!(feature = "docx")
            .then_some(["docx", "odt"])
            .into_iter()
            .flatten(),
    );
    endings.extend(cfg!(feature = "html").then_some("html"));
    for ending in endings {
        let source = data::letter(ending);
        let told = Source::from_bytes(source.name.clone(), source.bytes.clone()).expect("the format is told");
        assert_eq!(told.format, source.format);
        let words = |text: &str| text.split_whitespace().count();
        let found = words(&extract::extract(&source).expect("the fixture can be read").text);
        let plain = words(&text);
        assert!(found * 10 >= plain * 9, "{ending}: {found} words of {plain}");
        group.throughput(Throughput::Bytes(source.bytes.len() as u64));
        group.bench_function(ending, |bench| {
            bench.iter(|| extract::extract(black_box(&source)))
        });
    }
    group.finish();
}

/// All steps.
fn whole(criterion: &mut Criterion) {
    let rules = Rules::built_in();
    let mut group = criterion.benchmark_group("read");

    let sentence = Source::from_text("sentence", data::SENTENCE);
    let found = read(&rules, &sentence);
    for (theme, polarity) in data::SENTENCE_LABELS {
        let is_it =
            |label: &findings::row::Label| label.theme == *theme && label.polarity.name() == *polarity;
        assert!(
            found[0].labels.iter().any(is_it),
            "no {theme} {polarity}: {found:?}"
        );
    }
    group.bench_function("a sentence", |bench| {
        bench.iter(|| read(&rules, black_box(&sentence)))
    });

    let mut endings = vec!["txt"];
    endings.extend(cfg!(feature = "pdf").then_some("pdf"));
    for ending in endings {
        let letter = data::letter(ending);
        assert_letter(&read(&rules, &letter));
        let name = format!("a letter, {ending}");
        group.bench_function(name, |bench| bench.iter(|| read(&rules, black_box(&letter))));
    }

    let letters = data::letters(100);
    let all = |letters: &[Source]| {
        letters
            .par_iter()
            .map(|letter| read(&rules, letter))
            .collect::<Vec<_>>()
    };
    let found = all(&letters);
    let copies = found.len() / 7;
    let sentences: usize = found.iter().map(Vec::len).sum();
    assert!(
        sentences > copies * data::sentences_by_hand(),
        "{sentences} sentences"
    );
    assert_eq!(found, all(&letters));
    group.sample_size(20);
    group.bench_function("a hundred letters", |bench| {
        bench.iter(|| all(black_box(&letters)))
    });
    group.finish();

    let letter = data::letter("txt");
    let reading = rules.read(&letter).expect("the fixture can be read");
    assert_letter(&rows(&rules, &reading));
    criterion.bench_function("rows/a letter", |bench| {
        bench.iter(|| rows(&rules, black_box(&reading)))
    });
}

/// Every format, on the rows of one letter.
#[cfg(feature = "cli")]
fn report(criterion: &mut Criterion) {
    use findings::report::{FORMATS, Run};

    let rules = Rules::built_in();
    let rows = read(&rules, &data::letter("txt"));
    assert_letter(&rows);
    let mut group = criterion.benchmark_group("report");
    // A workbook is no text to be looked into.
    for format in FORMATS.iter().filter(|format| !format.binary) {
        let write = || {
            let mut out = Vec::new();
            let mut report = (format.begin)(&Run {
                rules: &rules,
                bom: false,
                raw: false,
                columns: &[],
                made: &findings::report::Made::default(),
            });
            report
                .head(&mut out)
                .and_then(|()| report.document(&rows, &mut out))
                .and_then(|()| report.foot(&mut out))
                .expect("memory can be written");
            out
        };
        let written = String::from_utf8(write()).expect("reports are UTF-8");
        // Colour may stand inside the sentence, but not inside its last words.
        assert!(written.contains("across the assessment service."));
        group.bench_function(format.name, |bench| bench.iter(write));
    }
    group.finish();
}

#[cfg(not(feature = "cli"))]
fn report(_: &mut Criterion) {}

criterion_group!(benches, start, words, whole, report);
criterion_main!(benches);
