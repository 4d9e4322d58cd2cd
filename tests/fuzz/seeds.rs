//! What fuzzing begins with: the fixtures, cut to a size at which many can be tried, and small files of `fuzz/seeds`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::root;

/// Words and marks that decide something, to be put into inputs.
pub(super) const WORDS: [&str; 32] = [
    " not ",
    " too ",
    " but ",
    ", although ",
    " no longer ",
    "caseloads",
    "plans",
    " is weak",
    " is strong",
    "\n\n",
    "\u{c}",
    "• ",
    "1. ",
    "“",
    "”",
    "’",
    "-\n",
    "\u{ad}",
    "\u{200b}",
    "\u{1b}[2J",
    "\0",
    "%%% ",
    "\"",
    "\\",
    "{",
    "]",
    "<",
    "/>",
    "é",
    "İ",
    "2024-13-45",
    "4294967296",
];

/// The first so many bytes of a letter are what changes are tried on.
const LENGTH: usize = 6_000;

/// Seeds of a target with their names.
pub(super) fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    // What begins with the same text begins with the same seeds.
    let mut seeds = small(if target == "reports" { "labels" } else { target });
    match target {
        "labels" | "plain" | "reports" => seeds.extend(letters("txt").map(cut)),
        "facts" => seeds.extend(letters("txt").map(cut).map(with_facts)),
        "pdf" => {
            seeds.extend(letters("pdf"));
            seeds.extend(files(&root().join("fixtures/letters/untagged")).map(read));
            seeds.extend(unreadable("pdf"));
        }
        "docx" => {
            seeds.extend(
                letters("docx").map(|one| unpacked(one, &["word/document.xml", "word/numbering.xml"])),
            );
            seeds.extend(unreadable("docx"));
        }
        "odt" => seeds.extend(letters("odt").map(|one| unpacked(one, &["content.xml"]))),
        "html" => {
            seeds.extend(letters("html"));
            seeds.extend(unreadable("html"));
        }
        "json_lines" => seeds.extend(letters("txt").map(cut).map(as_json)),
        "label_lines" => {
            let gold = fs::read_to_string(root().join("fixtures/gold/fixtures.jsonl")).unwrap();
            seeds.push(("gold".to_owned(), lines(&gold, 5).into_bytes()));
        }
        "rules" => seeds.extend(broken_rules()),
        _ => panic!("no seeds for {target}"),
    }
    seeds
}

/// The files of `fuzz/seeds/TARGET`.
fn small(target: &str) -> Vec<(String, Vec<u8>)> {
    files(&root().join("fuzz/seeds").join(target)).map(read).collect()
}

/// The files of a folder, by name; none where it is not there.
pub(super) fn files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files.into_iter()
}

fn read(path: PathBuf) -> (String, Vec<u8>) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    (name, fs::read(path).unwrap())
}

fn ending(folder: &str, ending: &'static str) -> impl Iterator<Item = (String, Vec<u8>)> + use<> {
    files(&root().join(folder))
        .map(read)
        .filter(move |(name, _)| name.ends_with(ending))
}

fn letters(format: &'static str) -> impl Iterator<Item = (String, Vec<u8>)> + use<> {
    ending("fixtures/letters", format)
}

fn unreadable(format: &'static str) -> impl Iterator<Item = (String, Vec<u8>)> + use<> {
    ending("fixtures/unreadable", format)
}

fn cut((name, mut bytes): (String, Vec<u8>)) -> (String, Vec<u8>) {
    bytes.truncate(LENGTH);
    (name, bytes)
}

fn with_facts((name, mut bytes): (String, Vec<u8>)) -> (String, Vec<u8>) {
    bytes.extend_from_slice(b"\n%%% facts.toml\n");
    bytes.extend_from_slice(b"[letter]\nauthority = \"Wexcombe\"\ninspection_start = 2024-03-05\nvisit_number = 2\nregion = \"North\"\n");
    (name, bytes)
}

/// Parts of an archive as one input.
fn unpacked((name, bytes): (String, Vec<u8>), parts: &[&str]) -> (String, Vec<u8>) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut input = Vec::new();
    for part in parts {
        let Ok(mut file) = archive.by_name(part) else {
            continue;
        };
        input.extend_from_slice(format!("%%% {part}\n").as_bytes());
        file.read_to_end(&mut input).unwrap();
        input.push(b'\n');
    }
    (name, input)
}

fn as_json((name, bytes): (String, Vec<u8>)) -> (String, Vec<u8>) {
    let text: String = String::from_utf8_lossy(&bytes).chars().take(1500).collect();
    let line = serde_json::json!({"id": name, "text": text, "year": 2024, "more": {"list": [1, null]}});
    let second = r#"{"id": 7, "text": "Caseloads are too high.", "name": "“x”"}"#;
    (name, format!("{line}\n\n{second}\r\n").into_bytes())
}

fn lines(text: &str, many: usize) -> String {
    text.lines()
        .take(many)
        .map(|line| line.to_owned() + "\n")
        .collect()
}

/// The broken folders of rules, each as one input.
fn broken_rules() -> impl Iterator<Item = (String, Vec<u8>)> {
    let folder = root().join("fixtures/broken-rules");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.into_iter().filter(|path| path.is_dir()).map(|path| {
        let mut input = Vec::new();
        collect(&path, "", &mut input);
        (path.file_name().unwrap().to_string_lossy().into_owned(), input)
    })
}

fn collect(folder: &Path, prefix: &str, input: &mut Vec<u8>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), input);
        } else if name.ends_with(".toml") {
            input.extend_from_slice(format!("%%% {name}\n").as_bytes());
            input.extend_from_slice(&fs::read(path).unwrap());
        }
    }
}
