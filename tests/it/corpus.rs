//! Real letters, where they are there: all are read, and no page furniture stands in their sentences.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use regex::Regex;

use crate::{documents, laws};

/// Page numbers, running headers and footers, as they would look inside a sentence or as one.
const FURNITURE: &[&str] = &[
    r"^\W*\d{1,3}\W*$",
    r"(?i)\bpage \d{1,3}( of \d{1,3})?$",
    r"(?i)\bpage \d{1,3} of \d{1,3}\b",
    r"\bwww\.(gov\.uk/ofsted|ofsted\.gov\.uk)\b.*\w+.*\bwww\.(gov\.uk/ofsted|ofsted\.gov\.uk)\b",
];

/// Faults that are known and still to be mended: paragraph numbers that stand as sentences.
const KNOWN: &[&str] = &[
    "east-sussex-2014-08ad: page furniture in `50.`",
    "east-sussex-2014-08ad: page furniture in `67.`",
];

fn read_all(files: &[PathBuf]) {
    let furniture: Vec<Regex> = FURNITURE
        .iter()
        .map(|pattern| Regex::new(pattern).unwrap())
        .collect();
    let faults: Vec<String> = files
        .par_iter()
        .flat_map(|path| {
            let name = documents::stem(path);
            let (reading, rows) = documents::read(path);
            let mut faults = Vec::new();
            if rows.len() < 10 {
                faults.push(format!("{name} gives {} sentences only", rows.len()));
            }
            laws::hold(&name, &reading, &rows);
            laws::counts::hold(documents::rules(), &name, &rows);
            let mut pages: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
            for row in &rows {
                if furniture.iter().any(|pattern| pattern.is_match(&row.text)) {
                    faults.push(format!("{name}: page furniture in `{}`", row.text));
                }
                pages.entry(&row.text).or_default().extend(row.page);
            }
            for (text, mut pages) in pages {
                pages.dedup();
                // What stands in brackets behind many findings is no header.
                let last = rows.iter().filter_map(|row| row.page).max().unwrap_or(0) as usize;
                if pages.len() > 2 && pages.len() * 3 >= last && !text.starts_with('(') {
                    faults.push(format!(
                        "{name}: `{text}` stands on {} pages, as a running header does",
                        pages.len()
                    ));
                }
            }
            faults
        })
        .collect();
    let new: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|fault| !KNOWN.contains(fault))
        .collect();
    assert!(new.is_empty(), "{}", new.join("\n"));
}

#[test]
fn letters_are_read() {
    let Some(folder) = documents::shared("letters") else {
        return;
    };
    let files = documents::files(&folder, "txt");
    assert_eq!(files.len(), 5);
    read_all(&files);
}

#[test]
fn pdfs_are_read() {
    if cfg!(not(feature = "pdf")) {
        println!("skipped: this build has no reader for PDF");
        return;
    }
    let Some(folder) = documents::shared("corpus") else {
        return;
    };
    let files = documents::files(&folder, "pdf");
    assert_eq!(files.len(), 68);
    read_all(&files);
}
