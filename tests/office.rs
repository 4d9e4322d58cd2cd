//! What the program writes for offices, opened by LibreOffice: workbooks hold the cells of the CSV, papers their words and
//! charts. Where LibreOffice is not installed (`soffice`; Calc and Writer), the tests say so and are left out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::print_stderr, reason = "a test that is left out says so")]
#![cfg(feature = "word")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

/// Runs the program in a folder that holds a copy of the test documents, and gives what it printed.
fn findings(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .current_dir(folder)
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("FINDINGS_CONFIG", "")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The three documents of `tests/cmd/series`, with their rules and facts.
const SERIES: &[&str] = &[
    "first.txt",
    "second.txt",
    "article.txt",
    "--facts",
    "facts.csv",
    "--rules",
    "rules",
];

/// Runs a command on them.
fn series(folder: &Path, command: &str, rest: &[&str]) -> String {
    findings(folder, &[&[command], SERIES, rest].concat())
}

/// Converts a file by LibreOffice, with a profile of its own; `None` where it is not installed, which CI does not
/// allow.
fn converted(file: &Path, to: &str) -> Option<PathBuf> {
    let folder = file.parent().unwrap();
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let output = Command::new("soffice")
        .args([
            "--headless",
            "--norestore",
            &profile,
            "--convert-to",
            to,
            "--outdir",
        ])
        .arg(folder.join("converted"))
        .arg(file)
        .output();
    let Ok(output) = output else {
        assert!(
            std::env::var_os("FINDINGS_NEEDS_OFFICE").is_none(),
            "soffice is not installed"
        );
        eprintln!(
            "left out: soffice is not installed, so {} was not opened",
            file.display()
        );
        return None;
    };
    let folder = folder.join("converted");
    assert!(
        output.status.success() && folder.is_dir(),
        "soffice could not open {}: {}{}",
        file.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Some(folder)
}

fn copy(from: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let there = to.join(path.file_name().unwrap());
            if path.is_dir() {
                all(&path, &there);
            } else {
                fs::copy(&path, there).unwrap();
            }
        }
    }
    all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(from), folder.path());
    folder
}

fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    let records = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect());
    records.collect()
}

/// All sheets as CSV, each a file; numbers as they are, and formulas as formulas.
const SHEETS: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1";

#[test]
fn a_workbook_holds_the_cells_of_the_csv() {
    let folder = copy("tests/cmd/shared");
    // Words that a spreadsheet would act on, and a document that is named like a link.
    let hostile = r#"{"id": "http://example.org/a.pdf", "text": "=HYPERLINK(\"http://example.org\") shows that plans are weak. @SUM(1) plans are weak. -1+1 plans are weak. 1e5"}"#;
    fs::write(folder.path().join("hostile.jsonl"), hostile).unwrap();
    let columns = "document,sentence,theme,theme_polarity,text,start,end,evidence,id,extra.region";
    for (name, input) in [
        ("letters", &["letter.txt", "cells.txt"][..]),
        ("hostile", &["hostile.jsonl", "--input-format", "jsonl"]),
    ] {
        let call = |rest: &[&str]| {
            let shared = ["--rules", "rules", "--columns", columns];
            findings(folder.path(), &[&["tag"], input, &shared[..], rest].concat())
        };
        let file = format!("{name}.xlsx");
        call(&["-o", &file]);
        let csv = call(&["-f", "csv", "--raw-cells"]);
        let Some(sheets) = converted(&folder.path().join(&file), SHEETS) else {
            return;
        };
        let sheet = fs::read_to_string(sheets.join(format!("{name}-Findings.csv"))).unwrap();
        let (sheet, csv) = (records(&sheet), records(&csv));
        assert!(csv.len() > 2, "{csv:?}");
        assert_eq!(sheet, csv);
        let about = fs::read_to_string(sheets.join(format!("{name}-About.csv"))).unwrap();
        assert!(about.contains(&format!("findings tag {}", input[0])), "{about}");
    }
}

#[test]
fn a_workbook_of_visits_holds_their_numbers() {
    let folder = copy("tests/cmd/series");
    series(folder.path(), "report", &["-o", "visits.xlsx"]);
    let visits = series(folder.path(), "visits", &["-f", "csv"]);
    let Some(sheets) = converted(&folder.path().join("visits.xlsx"), SHEETS) else {
        return;
    };
    let names = |head: &[String], wanted: &[&str]| -> Vec<usize> {
        let at = |name: &&str| head.iter().position(|known| known == name).unwrap();
        wanted.iter().map(at).collect()
    };
    let sheet = records(&fs::read_to_string(sheets.join("visits-Themes.csv")).unwrap());
    let csv = records(&visits);
    let wanted = [
        "visit", "theme", "mention", "strength", "concern", "mixed", "neutral",
    ];
    let pick = |all: &[Vec<String>]| -> Vec<Vec<String>> {
        let places = names(&all[0], &wanted);
        all.iter()
            .map(|row| places.iter().map(|&at| row[at].clone()).collect())
            .collect()
    };
    assert!(csv.len() > 5, "{csv:?}");
    assert_eq!(pick(&sheet), pick(&csv));
    // The sheet of an authority: a balance is a number, and the charts are there for LibreOffice too.
    let book = converted(&folder.path().join("visits.xlsx"), "ods").unwrap();
    let bytes = fs::read(book.join("visits.ods")).unwrap();
    assert!(
        holds(&bytes, b"ObjectReplacements/Object 1"),
        "LibreOffice sees no chart"
    );
}

#[test]
fn a_paper_is_read_as_it_was_written() {
    let folder = copy("tests/cmd/series");
    series(folder.path(), "report", &["-o", "paper.docx"]);
    let compared = series(folder.path(), "compare", &["-f", "json"]);
    let compared: serde_json::Value = serde_json::from_str(&compared).unwrap();
    let Some(folder_of_text) = converted(&folder.path().join("paper.docx"), "txt:Text (encoded):UTF8") else {
        return;
    };
    let text = fs::read_to_string(folder_of_text.join("paper.txt")).unwrap();
    for words in [
        "The visits",
        "Themes by visit",
        "How to read this paper",
        "Figure 1. Concerns and strengths by theme",
    ] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
    // Every sentence that the comparison quotes as then or now stands in the paper, with its place.
    let mut quoted = 0;
    for comparison in compared.as_array().unwrap() {
        for theme in comparison["steps"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|step| step["themes"].as_array().unwrap())
        {
            let named_only = ["stays_strong", "fallen_silent"].contains(&theme["course"].as_str().unwrap());
            for quote in ["before", "now"]
                .map(|key| &theme[key])
                .into_iter()
                .filter(|quote| !quote.is_null() && !named_only)
            {
                let words = quote["text"].as_str().unwrap();
                assert!(text.contains(&format!("“{words}” (")), "{words}");
                quoted += 1;
            }
        }
    }
    assert!(quoted > 3);
    let odt = converted(&folder.path().join("paper.docx"), "odt")
        .unwrap()
        .join("paper.odt");
    assert!(
        holds(&fs::read(odt).unwrap(), b"ObjectReplacements/Object 1"),
        "LibreOffice sees no chart"
    );
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

/// The same call gives the same bytes, at any time; SOURCE_DATE_EPOCH is the time that they tell of.
#[test]
fn bytes_repeat() {
    let folder = copy("tests/cmd/series");
    for name in ["a.xlsx", "a.docx", "a.html", "a.json"] {
        let once = || {
            series(folder.path(), "report", &["-o", name]);
            fs::read(folder.path().join(name)).unwrap()
        };
        assert!(once() == once(), "{name}");
    }
    let dated = |seconds: &str| {
        Command::new(PROGRAM)
            .current_dir(folder.path())
            .arg("report")
            .args(SERIES)
            .args(["-o", "b.docx"])
            .env("SOURCE_DATE_EPOCH", seconds)
            .output()
            .unwrap()
    };
    assert_eq!(dated("1700000000").status.code(), Some(0));
    let first = fs::read(folder.path().join("b.docx")).unwrap();
    assert_eq!(dated("1700000001").status.code(), Some(0));
    assert!(first != fs::read(folder.path().join("b.docx")).unwrap());
    let wrong = dated("yesterday");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("SOURCE_DATE_EPOCH is 'yesterday'"));
}

/// Workbooks and papers are what Microsoft's formats ask for, by the validator that OPENXML_AUDIT names
/// (`openxml-audit` of PyPI); left out where it names none.
#[test]
fn files_are_valid() {
    let folder = copy("tests/cmd/series");
    let shared = ["first.txt", "second.txt", "article.txt"];
    for name in ["visits.xlsx", "paper.docx"] {
        let rest = ["--facts", "facts.csv", "--rules", "rules", "-o", name];
        findings(folder.path(), &[&["report"], &shared[..], &rest[..]].concat());
    }
    let rest = ["--with-facts", "--rules", "rules", "-o", "labels.xlsx"];
    findings(folder.path(), &[&["tag"], &shared[..], &rest[..]].concat());
    let Some(validator) = std::env::var_os("OPENXML_AUDIT") else {
        eprintln!("left out: OPENXML_AUDIT names no validator");
        return;
    };
    for name in ["visits.xlsx", "paper.docx", "labels.xlsx"] {
        let output = Command::new(&validator)
            .current_dir(folder.path())
            .arg(name)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && told.contains("Errors: 0"),
            "{name}: {told}"
        );
    }
}
