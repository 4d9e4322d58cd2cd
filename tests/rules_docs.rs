//! What `docs/rules.md` tells authors of rules to do works as written: its files are put into a folder, and its commands give
//! what it shows there. Its output is written anew by `TRYCMD=overwrite cargo test --test rules_docs`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use findings::Rules;
use findings::examples::failures;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")
}

/// The texts of the page's blocks of a kind.
fn blocks<'p>(page: &'p str, kind: &str) -> Vec<&'p str> {
    let fence = format!("```{kind}\n");
    let blocks = page.split(fence.as_str()).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Puts the page's files where its commands look for them: the letter, and the overlay with its path in the first line.
fn lay_out(page: &str, folder: &Path) {
    let [letter] = blocks(page, "text")[..] else {
        panic!("one letter is meant")
    };
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("letter.txt"), letter).unwrap();
    let overlay = blocks(page, "toml");
    assert!(!overlay.is_empty());
    for file in overlay {
        let path = file.lines().next().unwrap().strip_prefix("# ").unwrap();
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
}

#[test]
fn from_a_missed_sentence_to_its_label_in_four_commands() {
    let text = fs::read_to_string(page()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("rules.md");
    fs::write(&copy, &text).unwrap();
    // trycmd runs the commands of a page in the folder of its name.
    lay_out(&text, &folder.path().join("rules.in"));
    let commands = text
        .lines()
        .filter(|line| line.starts_with("$ findings "))
        .count();
    assert!((3..=4).contains(&commands), "{commands} commands");
    let cases = trycmd::TestCases::new();
    cases.register_bin("findings", Path::new(PROGRAM));
    cases.case(copy.to_str().unwrap());
    cases.run();
    if env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        fs::copy(copy, page()).unwrap();
    }
}

#[test]
fn the_overlay_is_tested_and_does_what_the_built_in_rules_do_not() {
    let text = fs::read_to_string(page()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    lay_out(&text, folder.path());
    let rules = Rules::from_folders(&[folder.path().join("mine")]).unwrap();
    let overlay = |at: &findings::examples::Failure| at.mistake.snippet.contains("Duty rota");
    assert!(rules.examples().len() >= Rules::built_in().examples().len() + 2);
    let failures = failures(&rules);
    let own: Vec<_> = failures.iter().filter(|failure| overlay(failure)).collect();
    assert!(own.is_empty(), "{own:?}");
    // Without it the sentence is missed: the page tells nothing that holds anyway.
    let tag = |more: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.current_dir(folder.path()).args([
            "tag",
            "letter.txt",
            "--format",
            "csv",
            "--only",
            "theme=workforce,polarity=concern",
        ]);
        let output = command.args(more).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert_eq!((tag(&[]), tag(&["--rules", "mine"])), (1, 2));
}

#[test]
fn further_commands_of_the_page_work() {
    let text = fs::read_to_string(page()).unwrap();
    let commands: Vec<&str> = blocks(&text, "sh").into_iter().flat_map(str::lines).collect();
    assert!(commands.len() >= 4);
    for line in commands {
        // Quoted arguments may hold spaces.
        let mut arguments = Vec::new();
        for (nth, part) in line.split('"').enumerate() {
            match nth % 2 {
                0 => arguments.extend(part.split_whitespace()),
                _ => arguments.push(part),
            }
        }
        let output = Command::new(PROGRAM)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(&arguments[1..])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !output.stdout.is_empty(),
            "{line}\n{errors}"
        );
    }
}
