//! The fuzz targets of `fuzz/`, run on seeds, on changes of seeds that are the same on every run, and on what once failed.
//!
//! A fuzzer finds; this only keeps: it is short, needs no further tool, and shows that targets and seeds still go together. After
//! a crash that was mended, its input lies in `fixtures/hostile/crashes/TARGET`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures are shown with --nocapture"
)]
#![allow(unreachable_pub, reason = "the targets are a library of their own elsewhere")]
#![cfg(all(feature = "cli", feature = "pdf", feature = "docx", feature = "html"))]

mod changes;
mod seeds;
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::Instant;

use targets::TARGETS;

/// How many changes of its seeds are tried on each target.
const CHANGES: usize = 120;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn target(name: &str) {
    let (_, run) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let begin = Instant::now();
    let seeds = seeds::of(name);
    assert!(seeds.len() >= 3, "{name}: only {} seeds", seeds.len());
    for (_, seed) in &seeds {
        run(seed);
    }
    for crash in seeds::files(&root().join("fixtures/hostile/crashes").join(name)) {
        println!("{}", crash.display());
        run(&fs::read(crash).unwrap());
    }
    let inputs: Vec<Vec<u8>> = seeds.into_iter().map(|(_, seed)| seed).collect();
    let mut changes = changes::Changes::new(name, &inputs);
    for _ in 0..CHANGES {
        let input = changes.next();
        run(&input);
    }
    println!("{name}: {} ms", begin.elapsed().as_millis());
}

#[test]
fn labels() {
    target("labels");
}

#[test]
fn reports() {
    target("reports");
}

#[test]
fn facts() {
    target("facts");
}

#[test]
fn plain() {
    target("plain");
}

#[test]
fn pdf() {
    target("pdf");
}

#[test]
fn docx() {
    target("docx");
}

#[test]
fn odt() {
    target("odt");
}

#[test]
fn html() {
    target("html");
}

#[test]
fn json_lines() {
    target("json_lines");
}

#[test]
fn label_lines() {
    target("label_lines");
}

#[test]
fn rules() {
    target("rules");
}

/// What once failed is kept small.
#[test]
fn crashes_are_small() {
    for (name, _) in TARGETS {
        for path in seeds::files(&root().join("fixtures/hostile/crashes").join(name)) {
            let size = fs::metadata(&path).unwrap().len();
            assert!(size < 20_000, "{} has {size} bytes", path.display());
        }
    }
}

/// A target that libFuzzer does not know, or that no test runs, is none.
#[test]
fn every_target_is_run() {
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    let own = fs::read_to_string(root().join("tests/fuzz/main.rs")).unwrap();
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for name in &names {
        assert!(
            own.contains(&format!("    target(\"{name}\");")),
            "no test runs {name}"
        );
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "fuzz/Cargo.toml lacks {name}"
        );
    }
    let files: Vec<String> = seeds::files(&root().join("fuzz/fuzz_targets"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(files, sorted);
}

/// Writes the seeds to where fuzzing begins (`fuzz/README.md`).
#[test]
#[ignore = "writes files"]
fn write_seeds() {
    for (target, _) in TARGETS {
        let folder = root().join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder).unwrap();
        for (name, seed) in seeds::of(target) {
            fs::write(folder.join(name), seed).unwrap();
        }
    }
    let phrases = findings::Rules::built_in().phrases();
    let plain = phrases.iter().filter(|phrase| phrase.is_ascii());
    let words: String = plain.map(|phrase| format!("{phrase:?}\n")).collect();
    fs::write(root().join("fuzz/corpus/labels.dict"), words).unwrap();
}
