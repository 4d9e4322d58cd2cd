//! The documents that tests read: the fixtures always, the shared material only where it lies beside the checkout.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use findings::row::{Row, rows};
use findings::{Reading, Rules, Source};
use rayon::prelude::*;

/// The built-in rules, compiled once for all tests.
pub(crate) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);
    &RULES
}

/// A path below the root of the checkout.
pub(crate) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// A path of the shared material; where it is not there, says so and gives nothing, and the test has nothing to do.
pub(crate) fn shared(below: &str) -> Option<PathBuf> {
    let path = path("../shared").join(below);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// The files of a folder with this ending, by name.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

/// The fixture letters in plain text.
pub(crate) fn letters() -> Vec<PathBuf> {
    let letters = files(&path("fixtures/letters"), "txt");
    assert!(letters.len() >= 7, "fixture letters are missing");
    letters
}

/// The fixture letters and, where they are there, the gold documents and the shared letters.
pub(crate) fn all() -> Vec<PathBuf> {
    let mut all = letters();
    for below in ["gold/documents", "letters"] {
        if let Some(folder) = shared(below) {
            let found = files(&folder, "txt");
            assert!(!found.is_empty(), "{} holds no document", folder.display());
            all.extend(found);
        }
    }
    all
}

/// A document and what the built-in rules make of it.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) reading: Reading,
    pub(crate) rows: Vec<Row>,
}

/// All of [`all`], read once for all tests.
pub(crate) fn read_all() -> &'static [Document] {
    static ALL: LazyLock<Vec<Document>> = LazyLock::new(|| {
        let document = |path: &PathBuf| {
            let (reading, rows) = read(path);
            Document {
                name: stem(path),
                reading,
                rows,
            }
        };
        all().par_iter().map(document).collect()
    });
    &ALL
}

/// A file's name without folder and ending.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// A file read under its bare name, so that results do not depend on where the checkout lies.
pub(crate) fn source(path: &Path) -> Source {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().unwrap().to_string_lossy();
    Source::from_bytes(name, bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// A file read by the built-in rules.
pub(crate) fn read(path: &Path) -> (Reading, Vec<Row>) {
    let reading = rules()
        .read(&source(path))
        .unwrap_or_else(|error| panic!("{error}"));
    let rows = rows(rules(), &reading);
    (reading, rows)
}
