//! The documents that gold labels name, found in a folder and read by the rules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use findings::eval::Given;
use findings::gold::{self, Gold};
use findings::{Reading, Rules};
use rayon::prelude::*;

use super::super::contained;
use super::super::inputs::{Input, InputFormat, Inputs, Unread};
use super::super::messages;
use super::super::outcome::Stop;
use super::super::progress::Progress;

/// A theme that the rules do not know can never be right.
pub(super) fn warn_of_themes(gold: &[Gold], rules: &Rules) {
    let known: BTreeSet<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
    let used: BTreeSet<&str> = gold
        .iter()
        .flat_map(|gold| &gold.labels)
        .map(|label| label.theme.as_str())
        .collect();
    let unknown: Vec<&str> = used.difference(&known).copied().collect();
    if !unknown.is_empty() {
        messages::warning("gold", &format!("the rules have no theme {}", unknown.join(", ")));
    }
}

/// Runs the rules over the documents that gold names, and counts those that could not be read or are not there.
pub(super) fn run(rules: &Rules, gold: &[Gold], folder: &Path) -> Result<(Given, usize), Stop> {
    if !folder.is_dir() {
        return Err(Stop::Other(format!(
            "--documents takes a folder, and {} is none",
            folder.display()
        )));
    }
    let mut wanted: BTreeMap<&str, Vec<PathBuf>> =
        gold.iter().map(|gold| (gold.doc.as_str(), Vec::new())).collect();
    // Gold that is known by ids alone need not say of which documents it is.
    let all = wanted.contains_key("");
    let mut inputs = Vec::new();
    let mut failed = 0;
    for input in Inputs::new(&[folder.to_owned()], InputFormat::Auto) {
        match input {
            Input::File(path) => {
                let stem = gold::stem(&path.to_string_lossy());
                if let Some(paths) = wanted.get_mut(stem.as_str()) {
                    paths.push(path);
                } else if all {
                    inputs.push(Input::File(path));
                }
            }
            other => inputs.push(other),
        }
    }
    for (doc, paths) in wanted.into_iter().filter(|(doc, _)| !doc.is_empty()) {
        match one_of(paths) {
            Ok(Some(path)) => inputs.push(Input::File(path)),
            Ok(None) => {
                messages::error(&format!("there is no document {doc} in {}", folder.display()));
                failed += 1;
            }
            Err(paths) => {
                let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
                return Err(Stop::Other(format!(
                    "several documents are named {doc}: {}; gold cannot say which is meant, so leave one in {}",
                    paths.join(", "),
                    folder.display()
                )));
            }
        }
    }
    let read = |input: Input| -> Result<Reading, Unread> {
        let source = input.open()?;
        contained::read(rules, &source)
    };
    let progress = Progress::begin(0);
    progress.expect(Some(inputs.len()));
    let read = |input| progress.after(|| read(input));
    let readings: Vec<_> = inputs.into_par_iter().map(read).collect();
    drop(progress);
    let mut given = Given::default();
    for reading in readings {
        match reading {
            Ok(reading) => {
                for warning in &reading.warnings {
                    messages::warning(&reading.document, warning);
                }
                given.add(rules, &reading);
            }
            Err(unread) => {
                messages::error(&unread.message);
                failed += 1;
            }
        }
    }
    if given.rules.is_none() {
        return Err(Stop::NothingRead);
    }
    Ok((given, failed))
}

/// The document that is meant where several have one name: plain text, in which offsets count in the file itself.
fn one_of(mut paths: Vec<PathBuf>) -> Result<Option<PathBuf>, Vec<PathBuf>> {
    if paths.len() > 1 {
        let plain = |path: &PathBuf| {
            path.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
        };
        let mut texts = paths.iter().filter(|path| plain(path));
        return match (texts.next(), texts.next()) {
            (Some(text), None) => Ok(Some(text.clone())),
            _ => Err(paths),
        };
    }
    Ok(paths.pop())
}
