//! Whatever comes in, out come labels or a clear error that names the document and the reason: no panic, no hang, no more
//! memory than is stated.
//!
//! Each input is made here, read by the program under a limit of memory of the whole process, and its outcome held against
//! the table in `fixtures/hostile/README.md`. After a change that is meant: `SNAPSHOTS=overwrite cargo test --test hostile`, then
//! read what has changed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "times are shown with --nocapture")]
#![cfg(all(unix, feature = "cli", feature = "pdf", feature = "docx", feature = "html"))]

mod documents;
mod files;
mod pdf;
mod run;
mod zip;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use run::{Case, Outcome};

const TABLE: &str = "fixtures/hostile/README.md";
const BEGIN: &str = "<!-- outcomes -->\n";

/// The stated memory: of the program itself, and of the process that it reads documents in.
const MEGABYTES: u64 = 2048;

fn cases() -> Vec<Case> {
    let mut all = documents::pdfs();
    all.extend(documents::offices());
    all.extend(documents::pages());
    all.extend(documents::texts());
    all.extend(documents::lines());
    all
}

/// Writes the small inputs to where fuzzing begins (`fuzz/README.md`).
#[test]
#[ignore = "writes files"]
fn write_seeds() {
    const TARGETS: [(&str, &str); 6] = [
        ("pdf", "pdf"),
        ("docx", "docx"),
        ("odt", "odt"),
        ("html", "html"),
        ("txt", "plain"),
        ("jsonl", "json_lines"),
    ];
    for case in cases().iter().filter(|case| case.bytes.len() < 10_000) {
        let (_, ending) = case.name.rsplit_once('.').unwrap();
        let (_, target) = TARGETS.iter().find(|(known, _)| *known == ending).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(case.name), &case.bytes).unwrap();
    }
}

fn table(rows: &[(String, String, Outcome)]) -> String {
    let mut table = "| input | what it is | outcome |\n|---|---|---|\n".to_owned();
    for (name, about, outcome) in rows {
        writeln!(table, "| `{name}` | {about} | {outcome} |").unwrap();
    }
    table
}

#[test]
fn every_input_has_the_outcome_that_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = Vec::new();
    for case in cases() {
        let outcome = run::case(&case, folder.path());
        rows.push((case.name.to_owned(), case.about.to_owned(), outcome));
    }
    rows.extend(files::outcomes(folder.path()));
    let names: BTreeSet<_> = rows.iter().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), rows.len(), "two inputs have one name");
    assert!(rows.len() >= 60, "only {} inputs", rows.len());
    let hanging: Vec<_> = rows
        .iter()
        .filter(|(.., outcome)| outcome.code.is_none())
        .collect();
    for (name, _, outcome) in &hanging {
        println!("{name}: {outcome}");
    }
    assert!(hanging.is_empty(), "these hang, or are ended by a signal");
    let made = table(&rows);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let page = std::fs::read_to_string(&path).unwrap();
    let (head, stated) = page.split_once(BEGIN).expect("the page has a table of outcomes");
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        std::fs::write(&path, format!("{head}{BEGIN}{made}")).unwrap();
        return;
    }
    let stated: BTreeSet<&str> = stated.lines().collect();
    let wrong: Vec<&str> = made.lines().filter(|line| !stated.contains(line)).collect();
    assert!(
        wrong.is_empty() && stated.len() == made.lines().count(),
        "not as {TABLE} states:\n{}",
        wrong.join("\n")
    );
}
