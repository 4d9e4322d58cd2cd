//! Everything of a run in one file: what `findings report` writes.
//!
//! In: visits, what has changed between them, the documents with their facts. Out: a page, a part of a page, a workbook, a
//! paper, or all of it as JSON.
//!
//! To add a format, write one file with a `FORMAT` and add one line to [`BUNDLE_FORMATS`].

mod fragment;
mod html;
mod json;
#[cfg(feature = "word")]
mod paper;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};

use super::Made;
use super::page::Page;
use crate::facts::Facts;
#[cfg(feature = "xlsx")]
use crate::visit::Visit;

pub use json::BundleJson;

/// Every format of `findings report`, in the order in which help lists them.
pub const BUNDLE_FORMATS: &[BundleFormat] = &[
    html::FORMAT,
    fragment::FORMAT,
    #[cfg(feature = "xlsx")]
    xlsx::FORMAT,
    #[cfg(feature = "word")]
    paper::FORMAT,
    json::FORMAT,
];

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// Visits, comparisons, and documents as they were read.
    pub page: Page<'a>,
    /// The facts of each document, in the order of the call.
    pub facts: &'a [Facts],
    /// How the output is made, for formats that say so.
    pub made: &'a Made,
}

/// A format: its name, how its files are called, and how it is written.
#[derive(Clone, Copy)]
pub struct BundleFormat {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Endings of file names that stand for it, in lower case without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether it shows documents as they were read, [`Page::readings`]; else they need not be kept.
    pub readings: bool,
    /// Whether its bytes are no text.
    pub binary: bool,
    /// Writes it, and tells what had no room in it, one sentence each.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub write: fn(&Bundle<'_>, &mut dyn Write) -> io::Result<Vec<String>>,
}

impl BundleFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        BUNDLE_FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a file name's ending (without the dot, in any case) stands for.
    pub fn for_ending(ending: &str) -> Option<&'static Self> {
        let stands = |format: &&Self| {
            format
                .endings
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        };
        BUNDLE_FORMATS.iter().find(stands)
    }
}

impl std::fmt::Debug for BundleFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BundleFormat")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The visits by authority, in order of name; those of an unknown one behind.
#[cfg(feature = "xlsx")]
fn authorities(visits: &[Visit]) -> Vec<(Option<&str>, Vec<&Visit>)> {
    let mut all: Vec<(Option<&str>, Vec<&Visit>)> = Vec::new();
    for visit in visits {
        let authority = visit.authority.as_deref();
        match all.iter_mut().find(|(name, _)| *name == authority) {
            Some((_, of)) => of.push(visit),
            None => all.push((authority, vec![visit])),
        }
    }
    all.sort_by_key(|(name, _)| (name.is_none(), *name));
    all
}

#[cfg(test)]
mod tests;
