//! What commands on labels share: files of labels, lists of documents, and how a report looks.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::Error;
use findings::bootstrap::{Estimate, Intervals, Over};
use findings::gold::{self, Gold};

use super::messages;
use super::outcome::Stop;

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for reading
    Text,
    /// One JSON object with everything
    Json,
}

impl Format {
    /// The format that is asked for, else that of the ending of the output's name, else text.
    pub(crate) fn chosen(named: Option<Self>, output: Option<&Path>) -> Self {
        let ending = output
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str());
        match (named, ending) {
            (Some(format), _) => format,
            (None, Some(ending)) if ending.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// A file of labels, or standard input.
pub(crate) fn labels(path: &Path) -> Result<Vec<Gold>, Stop> {
    if path != Path::new("-") {
        return Ok(gold::read(path)?);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(gold::from_bytes("-", &bytes)?)
}

/// Of which documents labels are compared.
#[derive(Args, Debug)]
pub(crate) struct Docs {
    /// Only the documents that this file lists, one a line, without folder and ending
    #[arg(long, value_name = "FILE")]
    docs: Option<PathBuf>,
    /// Only the documents that this file does not list
    #[arg(long, value_name = "FILE")]
    not_docs: Option<PathBuf>,
}

impl Docs {
    /// Keeps the sentences of these documents.
    ///
    /// # Errors
    /// Where a list cannot be read, or nothing is left.
    pub(crate) fn keep(&self, labels: &mut Vec<Gold>) -> Result<(), Stop> {
        for (list, kept) in [(&self.docs, true), (&self.not_docs, false)] {
            if let Some(list) = list {
                keep(labels, list, kept)?;
            }
        }
        Ok(())
    }

    /// The documents that the lists name, by names without folder and ending.
    ///
    /// # Errors
    /// Where a list cannot be read.
    pub(crate) fn lists(&self) -> Result<Lists, Stop> {
        let names = |list: &PathBuf| -> Result<BTreeSet<String>, Stop> {
            let text = read(list)?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(lines.map(gold::stem).collect())
        };
        Ok(Lists {
            only: self.docs.as_ref().map(names).transpose()?,
            not: self.not_docs.as_ref().map(names).transpose()?,
        })
    }
}

/// Which documents are wanted.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    only: Option<BTreeSet<String>>,
    not: Option<BTreeSet<String>>,
}

impl Lists {
    /// Whether a document is wanted, by its name without folder and ending.
    pub(crate) fn want(&self, stem: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(stem))
            && !self.not.as_ref().is_some_and(|not| not.contains(stem))
    }
}

fn read(list: &Path) -> Result<String, Error> {
    std::fs::read_to_string(list).map_err(|source| Error::Read {
        path: list.to_owned(),
        source,
    })
}

/// Keeps the sentences of the documents that a file lists, or those of all others.
fn keep(gold: &mut Vec<Gold>, list: &Path, listed: bool) -> Result<(), Stop> {
    let text = read(list)?;
    let names: BTreeSet<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let docs: BTreeSet<&str> = gold.iter().map(|gold| gold.doc.as_str()).collect();
    let unknown: Vec<&str> = names.difference(&docs).copied().collect();
    if !unknown.is_empty() {
        messages::warning(
            &list.to_string_lossy(),
            &format!("there are no labels of {}, which it lists", unknown.join(", ")),
        );
    }
    gold.retain(|gold| names.contains(gold.doc.as_str()) == listed);
    if gold.is_empty() {
        let which = if listed { "that" } else { "but those that" };
        return Err(Stop::Other(format!(
            "there are no labels of documents {which} {} lists",
            list.display()
        )));
    }
    Ok(())
}

/// `1 document`, `7 documents`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

/// How intervals were made, in a line.
pub(crate) fn method(intervals: &Intervals) -> String {
    let over = match intervals.over {
        Over::Documents => format!("{} documents", intervals.groups),
        Over::Sentences => format!(
            "{}, there being one document",
            count(intervals.groups, "sentence")
        ),
    };
    format!(
        "[...]: {} over {over}; {} draws, seed {}.",
        intervals.method, intervals.draws, intervals.seed
    )
}

/// `0.812  [0.790, 0.834]`, with dashes where there is nothing.
pub(crate) fn estimate(estimate: Estimate) -> String {
    match (estimate.value, estimate.low, estimate.high) {
        (Some(value), Some(low), Some(high)) => format!("{value:6.3}  [{low:.3}, {high:.3}]"),
        (Some(value), _, _) => format!("{value:6.3}  [-]"),
        _ => "     -".to_owned(),
    }
}
