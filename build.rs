//! Compiles the rules of `rules/` into a table, so that the program need not parse and compile them at every start; and lists
//! the files, so that adding one is only adding a file.
//!
//! The loader is the library's own: its modules are taken in by path. A mistake in a rule file is a warning here and leaves
//! the table out; the program then compiles the rules at its start, and the tests and `findings rules check` tell the mistake
//! with its place.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    clippy::wrong_self_convention,
    reason = "the modules serve the library, which uses more of them"
)]

#[path = "src/codebook.rs"]
mod codebook;
#[path = "src/error.rs"]
mod error;
#[path = "src/normal.rs"]
mod normal;
#[path = "src/rules/ahead.rs"]
mod rules;
#[path = "src/span.rs"]
mod span;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rules::compiled;
use rules::file::RuleFile;

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("rules");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut paths = Vec::new();
    list(&root, &mut paths);
    paths.sort();
    let mut code = String::from("&[\n");
    let mut files = Vec::new();
    for path in &paths {
        let name = path
            .strip_prefix(&root)
            .expect("listed below it")
            .to_string_lossy()
            .replace('\\', "/");
        let shown = path.display().to_string();
        writeln!(code, "    ({name:?}, include_str!({shown:?})),").expect("to a string");
        let text = fs::read_to_string(path).expect("rule files are UTF-8 and can be read");
        files.push(RuleFile::new(name, text));
    }
    code.push_str("]\n");
    write(&out, "rules.rs", code.as_bytes());

    compiled::sort(&mut files);
    let mut mistakes = Vec::new();
    let written = rules::written::written(&files, &mut mistakes);
    let rules = compiled::compiled(&files, &written, &mut mistakes);
    let (numbers, words) = match mistakes.first() {
        None => rules::table::store(&rules),
        Some(mistake) => {
            let place = format!("{}:{}:{}", mistake.file, mistake.line, mistake.column);
            println!("cargo:warning=rules/{place}: {}", mistake.message);
            Default::default()
        }
    };
    write(&out, "rules.numbers", &numbers);
    write(&out, "rules.words", words.as_bytes());
    let patterns = rules
        .letters
        .lines
        .iter()
        .map(|(_, patterns)| patterns.as_slice());
    write(&out, "rules.gates", &rules::gates::store(patterns));
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).expect("the build folder can be written");
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the rules folder can be read") {
        let path = entry.expect("the rules folder can be read").path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
}
