//! The order of the `mod` lines in `src/lib.rs` is the order of use, and vocabulary stays in `rules/`.
//!
//! Both checks read the source as text. They cannot see a path that a macro makes; all others they do.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path below `src`, and its lines of code with their numbers. Comments and the tests at a file's
/// end are left out: a comment may point to a later module, and a test may make its documents with any of them.
struct File {
    path: PathBuf,
    lines: Vec<(usize, String)>,
}

impl File {
    /// The modules from the crate's root to this file: `extract`, `docx`, `body`.
    fn modules(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .path
            .with_extension("")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        names.retain(|name| name != "mod");
        names
    }

    fn at(&self, line: usize) -> String {
        format!("src/{}:{line}", self.path.display())
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn code(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line == "mod tests {" {
            break;
        }
        let code = line.split_once("//").map_or(line, |(before, _)| before);
        lines.push((number, code.to_owned()));
    }
    lines
}

/// Every file of the library, but those that hold tests only.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && stem != "cli" {
                folders.push(path);
            } else if path.is_file()
                && stem != "tests"
                && !stem.ends_with("_tests")
                && !["lib", "main"].contains(&&*stem)
            {
                let text = fs::read_to_string(&path).unwrap();
                files.push(File {
                    path: path.strip_prefix(source()).unwrap().to_owned(),
                    lines: code(&text),
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 40, "only {} files were looked at", files.len());
    files
}

/// The modules of the library in the order of their `mod` lines.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let order: Vec<String> = lib
        .lines()
        .filter_map(|line| {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
        })
        .collect();
    assert!(order.len() > 10, "only {order:?} were found in lib.rs");
    order
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// What is wrong with the paths of one file: a use of a later module, or one that does not say which module it uses.
fn faults(file: &File, order: &[String]) -> Vec<String> {
    let modules = file.modules();
    let own = order.iter().position(|module| *module == modules[0]);
    let Some(own) = own else {
        return vec![format!("{}: no `mod` line in lib.rs", file.at(1))];
    };
    let mut faults = Vec::new();
    for (number, line) in &file.lines {
        for (at, _) in line.match_indices("crate::") {
            let used = word(&line[at + "crate::".len()..]);
            match order.iter().position(|module| module == used) {
                Some(module) if module <= own => {}
                Some(_) => faults.push(format!(
                    "{}: `{}` uses `{used}`, which stands below it in lib.rs",
                    file.at(*number),
                    modules[0]
                )),
                None => faults.push(format!(
                    "{}: write `crate::module::Thing`, so that the line shows its module",
                    file.at(*number)
                )),
            }
        }
        let up = "super::".repeat(modules.len());
        if line.contains(&up) {
            faults.push(format!(
                "{}: `{up}` leaves `{}`; write `crate::`",
                file.at(*number),
                modules[0]
            ));
        }
    }
    faults
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let order = order();
    let faults: Vec<String> = files().iter().flat_map(|file| faults(file, &order)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_order_test_sees_what_it_is_for() {
    let order = ["error", "text", "label"].map(str::to_owned);
    let wrong = |path: &str, line: &str| {
        let file = File {
            path: PathBuf::from(path),
            lines: code(line),
        };
        faults(&file, &order).len()
    };
    assert_eq!(wrong("label/mod.rs", "use crate::text::Text;"), 0);
    assert_eq!(wrong("label/tone.rs", "use super::Label;"), 0);
    assert_eq!(wrong("text.rs", "//! See [`crate::label`]."), 0);
    assert_eq!(wrong("text.rs", "use crate::label::Label;"), 1);
    assert_eq!(wrong("text.rs", "    fn f(l: &crate::label::Label) {}"), 1);
    assert_eq!(wrong("text.rs", "use crate::{error, span};"), 1);
    assert_eq!(wrong("text.rs", "use crate::Error;"), 1);
    assert_eq!(wrong("text.rs", "use super::label::Label;"), 1);
    assert_eq!(wrong("label/tone.rs", "use super::super::text::Text;"), 1);
    assert_eq!(wrong("forgotten.rs", ""), 1);
}

/// The modules that decide what a letter says. Words that decide belong in `rules/`, where an inspector can read them.
const DECIDING: &[&str] = &[
    "text", "section", "sentence", "scan", "clause", "matches", "label", "facts",
];

/// Of these, what holds names of keys, of reasons, and messages about a person's file.
const NAMING: &[&str] = &["facts/mod.rs", "facts/given", "label/trace.rs"];

/// String literals that a line holds, its quotation marks as characters aside. Raw strings and escaped quotation marks
/// do not occur in the deciding modules.
fn literals(line: &str) -> Vec<String> {
    let line = line.replace("'\"'", "");
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_vocabulary(literal: &str) -> bool {
    // Names of evidence that no cue gives, such as "section/heading", are no words of a letter.
    let names_evidence = literal.starts_with("section/");
    let letters = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    !names_evidence && literal.split(|c: char| !c.is_alphabetic()).any(letters)
}

fn words_that_decide(file: &File) -> Vec<String> {
    let said = |line: &str| {
        ["expect(", "assert", "panic!", "reason ="]
            .iter()
            .any(|message| line.contains(message))
    };
    file.lines
        .iter()
        .filter(|(_, line)| !said(line))
        .flat_map(|(number, line)| {
            literals(line)
                .into_iter()
                .filter(|literal| is_vocabulary(literal))
                .map(|literal| format!("{}: {literal:?} belongs in rules/", file.at(*number)))
        })
        .collect()
}

#[test]
fn no_vocabulary_in_the_modules_that_decide() {
    let files = files();
    let deciding: Vec<&File> = files
        .iter()
        .filter(|file| DECIDING.contains(&&*file.modules()[0]))
        .filter(|file| !NAMING.iter().any(|path| file.path.starts_with(path)))
        .collect();
    for module in DECIDING {
        assert!(
            deciding.iter().any(|file| file.modules()[0] == *module),
            "{module} was not looked at"
        );
    }
    let found: Vec<String> = deciding.into_iter().flat_map(words_that_decide).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_vocabulary_test_sees_what_it_is_for() {
    let found = |line: &str| {
        words_that_decide(&File {
            path: PathBuf::from("label/tone.rs"),
            lines: code(line),
        })
        .len()
    };
    assert_eq!(found(r#"if words.contains("too high") {"#), 1);
    assert_eq!(found(r#"matches!(word, "but" | "however")"#), 2);
    assert_eq!(found(r#"text.strip_prefix("o ")"#), 0);
    assert_eq!(found(r#"trim_end_matches(['"', ')']).len();"#), 0);
    assert_eq!(found(r#"trim_end_matches(['"', ')']) == "not yet";"#), 1);
    assert_eq!(found(r#"rule: "section/heading".to_owned(),"#), 0);
    assert_eq!(found(r#".expect("stands on a character")"#), 0);
}
