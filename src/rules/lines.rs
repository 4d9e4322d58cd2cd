//! What a short line is, told by its form: patterns of `rules/letters`, ready to run.
//!
//! In: regular expressions by kind. Out: [`Lines`]. Not decided here: which lines are short, and what follows from their kind.

use std::sync::OnceLock;

use regex::{RegexSet, RegexSetBuilder};

use super::file::RuleFile;
use super::written::{LineKind, WrittenLetters};
use crate::error::Mistake;

/// Patterns by kind, made ready when the first line is looked at.
#[derive(Debug)]
pub(crate) struct Lines {
    kinds: Vec<Patterns>,
}

type Patterns = (LineKind, Vec<String>, OnceLock<Option<RegexSet>>);

impl Lines {
    pub(super) fn new(patterns: Vec<(LineKind, Vec<String>)>) -> Self {
        let kinds = patterns.into_iter();
        Self {
            kinds: kinds
                .map(|(kind, patterns)| (kind, patterns, OnceLock::new()))
                .collect(),
        }
    }

    /// What a short line is.
    pub(crate) fn kind(&self, line: &str) -> Option<LineKind> {
        let matches = |patterns| set(patterns).is_some_and(|set| set.is_match(line));
        self.kinds
            .iter()
            .find(|patterns| matches(patterns))
            .map(|(kind, _, _)| *kind)
    }

    /// Reports patterns that are no regular expressions; none of their kind is then of effect.
    pub(super) fn check(&self, files: &[RuleFile], letters: &[WrittenLetters], mistakes: &mut Vec<Mistake>) {
        if self.kinds.iter().all(|patterns| set(patterns).is_some()) {
            return;
        }
        for letters in letters {
            for text in letters.lines.iter().flat_map(|(_, list)| list) {
                if let Err(error) = regex::Regex::new(&text.value) {
                    let message = format!("this is no regular expression: {}", last_line(&error.to_string()));
                    mistakes.push(Mistake::new(&files[letters.file], text.at, message).coded("E210"));
                }
            }
        }
    }
}

fn set((_, patterns, set): &Patterns) -> Option<&RegexSet> {
    set.get_or_init(|| RegexSetBuilder::new(patterns).build().ok())
        .as_ref()
}

fn last_line(message: &str) -> &str {
    message
        .lines()
        .last()
        .unwrap_or(message)
        .trim_start_matches("error: ")
}
