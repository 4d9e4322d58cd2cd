//! `findings rules check`: every broken folder of rules has its message, mends change no label, and the built-in rules are
//! without a warning that has no reason.

use std::fs;
use std::path::{Path, PathBuf};

use findings::check::{Check, Wanted, fixed, page, pages};
use findings::rules::{RuleFile, in_form};
use findings::{Rules, Source};

const FOLDER: &str = "fixtures/broken-rules";

/// The folders of broken rules, with those that they lie on.
fn cases() -> Vec<(PathBuf, Vec<PathBuf>)> {
    let base = Path::new(FOLDER).join("base");
    let mut all: Vec<PathBuf> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    all.retain(|path| path.is_dir());
    all.sort();
    all.into_iter()
        .map(|path| {
            let full = path.join("english.toml").exists();
            let folders = if full {
                vec![path.clone()]
            } else {
                vec![base.clone(), path.clone()]
            };
            (path, folders)
        })
        .collect()
}

#[cfg(feature = "cli")]
fn said(folder: &Path, folders: &[PathBuf]) -> String {
    let check = Check::new(Rules::files_of(folders).unwrap());
    let own = |file: &RuleFile| file.path.as_ref().is_some_and(|path| path.starts_with(folder));
    let report = check.report(&Wanted {
        files: Some(&own),
        ..Wanted::default()
    });
    let mut text = Vec::new();
    findings::check::write_text(&report, &mut text).unwrap();
    let mut text = anstream::adapter::strip_str(&String::from_utf8(text).unwrap()).to_string();
    for (file, made) in fixed(&check, &report) {
        text.push_str(&format!(
            "\n{made} mended by --fix, {}:\n{}",
            file.name, file.text
        ));
    }
    text
}

/// What each says stands beside it in `expected.txt`. After a change that is meant: `FINDINGS_OVERWRITE=1 cargo test --test it
/// check`, then read the difference as somebody would who has never seen the format.
#[test]
#[cfg(feature = "cli")]
fn every_broken_folder_has_its_message() {
    let cases = cases();
    assert!(cases.len() > 40, "only {} folders", cases.len());
    let mut wrong = Vec::new();
    for (folder, folders) in cases {
        let said = said(&folder, &folders);
        let path = folder.join("expected.txt");
        if std::env::var_os("FINDINGS_OVERWRITE").is_some() {
            fs::write(&path, &said).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != said {
            wrong.push(format!("{}:\n{said}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

/// A code that no folder shows would have no test.
#[test]
fn every_code_has_a_page_and_a_broken_folder() {
    let mut shown = String::new();
    for (folder, _) in cases() {
        shown.push_str(&fs::read_to_string(folder.join("expected.txt")).unwrap());
    }
    // Shown by tests/cmd: they need documents or a flag; and a cue that repeats others whole, which W401 tells first.
    let elsewhere = ["W415", "W418", "E302"];
    let unshown: Vec<&str> = pages()
        .map(|page| page.code)
        .filter(|code| !elsewhere.contains(code) && !shown.contains(&format!("[{code}]")))
        .collect();
    assert!(unshown.is_empty(), "no folder shows {unshown:?}");
    for code in shown
        .split('[')
        .filter_map(|rest| rest.split_once("]:"))
        .map(|(code, _)| code)
    {
        let is_code = code.len() == 4 && code.starts_with(['E', 'W']);
        assert!(
            !is_code || page(code).is_some(),
            "docs/lints.md has no section {code}"
        );
    }
}

/// The built-in rules are checked, tested and in form as `.ci/run` asks for by the program.
#[test]
fn the_built_in_rules_pass() {
    let check = Check::new(Rules::files_of(&[]).unwrap());
    let report = check.report(&Wanted::default());
    let all: Vec<String> = report
        .findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{}: {} [{}]",
                finding.file, finding.line, finding.message, finding.code
            )
        })
        .collect();
    assert!(
        all.is_empty(),
        "mend these, or silence them in the file with a reason:\n{}",
        all.join("\n")
    );
    assert!(report.cues > 1000 && report.files > 40, "{report:?}");
}

#[test]
fn the_built_in_rules_are_in_form() {
    let files = Rules::built_in_files();
    assert!(files.len() > 40);
    let out: Vec<&str> = files
        .iter()
        .filter(|file| in_form(file).unwrap() != file.text)
        .map(|file| file.name.as_str())
        .collect();
    assert!(out.is_empty(), "run `findings rules fmt rules`: {out:?}");
}

/// Of an overlay the same is told whether all rules are reported on or only its own.
#[test]
fn an_overlay_is_checked_alone_as_with_all() {
    for (folder, folders) in cases() {
        let check = Check::new(Rules::files_of(&folders).unwrap());
        let own = |file: &RuleFile| file.path.as_ref().is_some_and(|path| path.starts_with(&folder));
        let alone = check.report(&Wanted {
            files: Some(&own),
            each_cue: true,
            ..Wanted::default()
        });
        let all = check.report(&Wanted {
            each_cue: true,
            ..Wanted::default()
        });
        let of_folder = |file: &str| Path::new(file).starts_with(&folder);
        let told: Vec<_> = all
            .findings
            .into_iter()
            .filter(|finding| of_folder(&finding.file))
            .collect();
        assert_eq!(alone.findings, told, "{}", folder.display());
    }
}

/// Mending takes out what is idle, so labels stay; and comments stay.
#[test]
fn mends_change_no_label() {
    let folder = |name: &str| vec![Path::new(FOLDER).join("base"), Path::new(FOLDER).join(name)];
    let letter = Source::from_text(
        "letter.txt",
        "Findings\n\nCaseloads are weak. Case loads are poor. Plans are good.\n",
    );
    let labels = |rules: &Rules| -> Vec<String> {
        let reading = rules.read(&letter).unwrap();
        findings::row::rows(rules, &reading)
            .iter()
            .map(|row| {
                format!(
                    "{:?} {:?}",
                    row.polarity,
                    row.labels
                        .iter()
                        .map(|l| (&l.theme, l.polarity))
                        .collect::<Vec<_>>()
                )
            })
            .collect()
    };
    let check = Check::new(Rules::files_of(&folder("cue-idle")).unwrap());
    let before = labels(check.rules());
    let report = check.report(&Wanted::default());
    let mended = fixed(&check, &report);
    assert_eq!(mended.len(), 1);
    let (file, made) = &mended[0];
    assert_eq!(*made, 1);
    assert!(
        !file.text.contains("\"caseloads\"") && file.text.contains("# the usual word"),
        "{}",
        file.text
    );
    let mut files = Rules::files_of(&folder("cue-idle")).unwrap();
    for other in &mut files {
        if other.path == file.path {
            other.text.clone_from(&file.text);
        }
    }
    assert_eq!(before, labels(&Rules::from_files(files).unwrap()));
}
