//! Text cases of single steps: `fixtures/stages/STAGE/*.txt`.
//!
//! A case is a document, a line `---`, and what `findings text --stage STAGE` prints of it; several cases stand in a
//! file, parted by a line `===`. A document that begins with `<` is read as HTML, any other as plain text; `␌` stands
//! for a form feed. `SNAPSHOTS=overwrite cargo test --test it stages` writes what is expected anew.

use std::fs;
use std::path::{Path, PathBuf};

use findings::stage::stage;
use findings::{Rules, Source, Stage};

/// Cases that must be there, so that an empty folder is no success.
const LEAST: usize = 40;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder that can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

fn run(rules: &Rules, input: &str, step: Stage) -> String {
    let name = if input.starts_with('<') {
        "case.html"
    } else {
        "case.txt"
    };
    let bytes = input.replace('␌', "\u{c}").into_bytes();
    let source = Source::from_bytes(name, bytes).unwrap_or_else(|error| panic!("{error}"));
    let reading = rules.read(&source).unwrap_or_else(|error| panic!("{error}"));
    stage(rules, &reading, step).trim_end().to_owned()
}

#[test]
fn every_case_holds() {
    let rules = Rules::built_in();
    let overwrite = std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for &step in Stage::ALL {
        for file in files(&Path::new("fixtures/stages").join(step.name())) {
            let written = fs::read_to_string(&file)
                .expect("a readable case")
                .replace("\r\n", "\n");
            let mut anew = Vec::new();
            for (nth, case) in written.trim_end().split("\n===\n").enumerate() {
                let (input, expected) = case.split_once("\n---").unwrap_or((case, ""));
                let got = run(&rules, input, step);
                cases += 1;
                if got != expected.trim() && !overwrite {
                    wrong.push(format!(
                        "{} case {}: expected\n{}\n  but got\n{got}\n",
                        file.display(),
                        nth + 1,
                        expected.trim()
                    ));
                }
                anew.push(format!("{input}\n---\n{got}"));
            }
            if overwrite {
                fs::write(&file, anew.join("\n===\n") + "\n").expect("a case that can be written");
            }
        }
    }
    assert!(cases >= LEAST, "only {cases} cases");
    assert!(
        wrong.is_empty(),
        "{} of {cases} cases fail\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
