//! What surrounds a run does not show in what it writes: threads, language, time zone, the order in which files come; and what
//! documents and their names hold does nothing to a terminal.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(all(
    feature = "cli",
    feature = "pdf",
    feature = "docx",
    feature = "html",
    feature = "xlsx",
    feature = "word"
))]

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use folder::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

/// Outputs of every kind, by their names.
const WRITTEN: &[(&str, &[&str])] = &[
    ("labels.jsonl", &["tag", "letters"]),
    ("labels.csv", &["tag", "letters"]),
    ("labels.xlsx", &["tag", "letters"]),
    ("facts.csv", &["facts", "letters"]),
    ("visits.json", &["visits", "letters"]),
    ("compared.json", &["compare", "letters"]),
    ("stats.json", &["stats", "letters"]),
    ("report.html", &["report", "letters"]),
    ("report.docx", &["report", "letters"]),
    ("report.xlsx", &["report", "letters"]),
    ("letters.qdpx", &["export", "letters"]),
];

/// Commands that take `--jobs`.
const IN_THREADS: &[&str] = &["tag", "facts", "stats", "export"];

fn letters(folder: &Folder) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/letters");
    fs::create_dir(folder.path("letters")).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.path("letters").join(path.file_name().unwrap())).unwrap();
        }
    }
}

fn write(
    folder: &Folder,
    arguments: &[&str],
    name: &str,
    jobs: &str,
    surroundings: &[(&str, &str)],
) -> Vec<u8> {
    let mut call = Command::new(PROGRAM);
    call.current_dir(folder.path("."))
        .args(arguments)
        .args(["-o", name]);
    if IN_THREADS.contains(&arguments[0]) {
        call.args(["--jobs", jobs]);
    }
    let output = call.envs(surroundings.iter().copied()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    let bytes = fs::read(folder.path(name)).unwrap();
    fs::remove_file(folder.path(name)).unwrap();
    bytes
}

#[test]
fn the_same_bytes_for_any_jobs_language_and_time_zone() {
    let folder = Folder::new();
    letters(&folder);
    for (name, arguments) in WRITTEN {
        let first = write(&folder, arguments, name, "1", &[("TZ", "UTC"), ("LC_ALL", "C")]);
        assert!(first.len() > 500, "{name} holds next to nothing");
        // In Turkish the capital of i is İ; Kiritimati is a day ahead of Honolulu.
        let elsewhere = [
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "tr_TR.UTF-8"),
        ];
        let other = [
            ("TZ", "Pacific/Honolulu"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("COLUMNS", "40"),
        ];
        for (jobs, surroundings) in [("2", &elsewhere[..]), ("7", &other[..])] {
            let again = write(&folder, arguments, name, jobs, surroundings);
            assert!(
                first == again,
                "{name} is another with {jobs} jobs and {surroundings:?}"
            );
        }
    }
}

#[test]
fn the_same_rows_in_whatever_order_documents_are_named() {
    let folder = Folder::new();
    letters(&folder);
    let (there, back) = (
        [
            "letters/wexcombe-monitoring-1.txt",
            "letters/stanbridge-joint.txt",
        ],
        [
            "letters/stanbridge-joint.txt",
            "letters/wexcombe-monitoring-1.txt",
        ],
    );
    let rows = |names: [&str; 2]| -> Vec<String> {
        let call = ["tag", names[0], names[1]];
        let bytes = write(&folder, &call, "labels.jsonl", "2", &[]);
        let mut rows: Vec<String> = String::from_utf8(bytes)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(there), rows(back));
}

/// What would clear a screen, write elsewhere in it, name its window, ring, hide words or turn their direction.
const SPELLS: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "\u{7}",
    "\u{8}\u{8}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
];

fn bewitched() -> String {
    let mut text = "Monitoring visit to Wexcombe Borough Council\n\n4 March 2020\n\nFindings\n\n".to_owned();
    for spell in SPELLS {
        text += &format!("Caseloads are {spell}too high in the “{spell}duty” team, and visits are late.\n\n");
        text +=
            &format!("What needs to improve in Wexcombe{spell}\n\n- The quality{spell} of supervision.\n\n");
    }
    text
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    // As if a person looked on, in colour.
    Command::new(PROGRAM)
        .current_dir(folder)
        .args(arguments)
        .envs([("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")])
        .output()
        .unwrap()
}

/// Takes out what colours words, which is the program's own.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let numbers = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        match numbers.strip_prefix('m') {
            Some(rest) => plain += rest,
            None => plain += &format!("\u{1b}[{part}"),
        }
    }
    plain
}

/// JSON is for programs and holds the words as they are.
#[test]
fn documents_cast_no_spell_on_a_terminal() {
    let folder = Folder::new();
    folder.write("letter\u{1b}[2J.txt", &bewitched());
    folder.write("plain.txt", &bewitched());
    let name = "letter\u{1b}[2J.txt";
    for call in [
        &["tag", name, "--format", "text"][..],
        &["tag", name, "--format", "csv"],
        &["explain", name],
        &["facts", name, "--format", "text"],
        &["facts", name, "--format", "csv"],
        &["visits", name, "--format", "text"],
        &["visits", name, "--format", "markdown"],
        &["compare", name, "plain.txt", "--format", "text"],
        &["compare", name, "plain.txt", "--format", "markdown"],
        &["stats", name, "--format", "text"],
        &["rules", "show", "\u{1b}[2J"],
        &["tag", "\u{1b}[2J.pdf"],
    ] {
        let output = run(&folder.path("."), call);
        assert!(
            output.stdout.len() + output.stderr.len() > 20,
            "{call:?} says nothing"
        );
        for (stream, bytes) in [("output", &output.stdout), ("messages", &output.stderr)] {
            let text = without_colours(std::str::from_utf8(bytes).unwrap());
            let acts = |c: &char| c.is_control() && !matches!(c, '\n' | '\t');
            let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let found: Vec<char> = text.chars().filter(|c| acts(c) || turns(c)).collect();
            assert_eq!(found, [], "in the {stream} of {call:?}: {text}");
        }
    }
}
