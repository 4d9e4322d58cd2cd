//! What a short line is, told by its form: patterns of `rules/letters`, ready to run.
//!
//! In: regular expressions by kind, and for the built-in ones the gates that `gates` has made of them. Out: [`Lines`]. Not
//! decided here: which lines are short, and what follows from their kind.

use std::sync::OnceLock;

use regex::{Regex, RegexSet, RegexSetBuilder};
use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;
use regex_automata::{Anchored, Input, PatternID, PatternSet};

use super::file::RuleFile;
use super::not_regex;
use super::written::{LineKind, WrittenLetters};
use crate::error::Mistake;

/// Patterns by kind.
#[derive(Debug)]
pub(crate) struct Lines {
    kinds: Vec<(LineKind, Patterns)>,
}

/// The patterns of a kind.
#[derive(Debug)]
struct Patterns {
    all: Vec<String>,
    /// Every pattern stands behind one of these; where there are none, lines go to all patterns at once.
    gates: Vec<Gate>,
    ready: OnceLock<Option<RegexSet>>,
}

/// Some patterns and the automaton before them.
#[derive(Debug)]
struct Gate {
    /// As stored, and made ready when the first line comes that may pass: looking through them for mistakes costs more than the rest
    /// of the start.
    stored: &'static [u8],
    ready: OnceLock<Option<DFA<&'static [u8]>>>,
    exact: bool,
    /// It reads a line from its end.
    reversed: bool,
    /// A bit for each byte with which a line begins, or ends, that may pass.
    first: [u32; 8],
    patterns: Vec<(String, OnceLock<Option<Regex>>)>,
}

impl Lines {
    /// Patterns with the gates that `gates::store` has made of the same; without, where there are no bytes.
    pub(super) fn new(patterns: Vec<(LineKind, Vec<String>)>, mut gates: &'static [u8]) -> Self {
        let kinds = patterns.into_iter().map(|(kind, all)| {
            let own = take(&mut gates, &all).unwrap_or_else(|| {
                // What is not as it should be tells nothing of what stands behind it either.
                gates = &[];
                Vec::new()
            });
            let patterns = Patterns {
                gates: own,
                all,
                ready: OnceLock::new(),
            };
            (kind, patterns)
        });
        Self {
            kinds: kinds.collect(),
        }
    }

    /// What a short line is.
    pub(crate) fn kind(&self, line: &str) -> Option<LineKind> {
        let found = self.kinds.iter().find(|(_, patterns)| patterns.matches(line));
        found.map(|(kind, _)| *kind)
    }

    /// Whether a short line is of a kind: the same as asking for its kind, but for what that costs.
    pub(crate) fn is(&self, kind: LineKind, line: &str) -> bool {
        let Some(at) = self.kinds.iter().position(|(other, _)| *other == kind) else {
            return false;
        };
        let matches = |(_, patterns): &(LineKind, Patterns)| patterns.matches(line);
        matches(&self.kinds[at]) && !self.kinds[..at].iter().any(matches)
    }

    /// Reports patterns that are no regular expressions; none of their kind is then of effect.
    pub(super) fn check(&self, files: &[RuleFile], letters: &[WrittenLetters], mistakes: &mut Vec<Mistake>) {
        let good = |(_, patterns): &(LineKind, Patterns)| set(&patterns.all, &patterns.ready).is_some();
        if self.kinds.iter().all(good) {
            return;
        }
        for letters in letters {
            for text in letters.lines.iter().flat_map(|(_, list)| list) {
                if let Err(error) = Regex::new(&text.value) {
                    let message = not_regex::fault(&error);
                    mistakes.push(Mistake::new(&files[letters.file], text.at, message).coded("E210"));
                }
            }
        }
    }
}

impl Patterns {
    fn matches(&self, line: &str) -> bool {
        if self.gates.is_empty() {
            return set(&self.all, &self.ready).is_some_and(|set| set.is_match(line));
        }
        self.gates.iter().any(|gate| gate.matches(line))
    }
}

impl Gate {
    fn matches(&self, line: &str) -> bool {
        match self.passes(line) {
            Some(false) => return false,
            Some(true) if self.exact => return true,
            _ => {}
        }
        let let_through = self.let_through(line);
        let mut patterns = (0..).zip(&self.patterns);
        patterns.any(|(n, (pattern, ready))| {
            let through = let_through.as_ref().is_none_or(|all| {
                let id = PatternID::new(n);
                id.is_ok_and(|id| all.contains(id))
            });
            through && {
                let ready = ready.get_or_init(|| Regex::new(pattern).ok());
                ready.as_ref().is_some_and(|pattern| pattern.is_match(line))
            }
        })
    }

    /// Which patterns a line that passes may match; `None` where that cannot be told. Each of them is made ready only when a
    /// line comes so far.
    fn let_through(&self, line: &str) -> Option<PatternSet> {
        let mut all = PatternSet::new(self.patterns.len());
        if self.reversed {
            return None;
        }
        let input = Input::new(line).anchored(Anchored::Yes);
        let told = self.automaton()?.try_which_overlapping_matches(&input, &mut all);
        told.is_ok().then_some(all)
    }

    fn automaton(&self) -> Option<&DFA<&'static [u8]>> {
        let ready = || DFA::from_bytes(self.stored).ok().map(|(automaton, _)| automaton);
        self.ready.get_or_init(ready).as_ref()
    }

    /// Whether a line passes; `None` where that cannot be told.
    fn passes(&self, line: &str) -> Option<bool> {
        let bytes = line.as_bytes();
        let first = match self.reversed {
            false => bytes.first(),
            true => bytes.last(),
        };
        if first.is_some_and(|byte| self.first[usize::from(byte / 32)] & (1 << (byte % 32)) == 0) {
            return Some(false);
        }
        let input = Input::new(line).anchored(Anchored::Yes).earliest(true);
        let automaton = self.automaton()?;
        let found = match self.reversed {
            false => automaton.try_search_fwd(&input),
            true => automaton.try_search_rev(&input),
        };
        Some(found.ok()?.is_some())
    }
}

/// Patterns made ready when the first line is held against them.
fn set<'s>(patterns: &[String], ready: &'s OnceLock<Option<RegexSet>>) -> Option<&'s RegexSet> {
    ready
        .get_or_init(|| RegexSetBuilder::new(patterns).build().ok())
        .as_ref()
}

/// The gates of a kind, in the form in which `gates::store` has stored them; `None` where it is another. So it is on a machine
/// that stores the high byte first.
fn take(bytes: &mut &'static [u8], all: &[String]) -> Option<Vec<Gate>> {
    let number = |bytes: &mut &'static [u8]| -> Option<usize> {
        let (number, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        usize::try_from(u32::from_le_bytes(*number)).ok()
    };
    let mut gates = Vec::new();
    for _ in 0..number(bytes)? {
        let mut patterns = Vec::new();
        for _ in 0..number(bytes)? {
            patterns.push((all.get(number(bytes)?)?.clone(), OnceLock::new()));
        }
        let exact = number(bytes)? == 1;
        let reversed = number(bytes)? == 1;
        let mut first = [0; 8];
        for bits in &mut first {
            *bits = u32::try_from(number(bytes)?).ok()?;
        }
        let length = number(bytes)?;
        let (automaton, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        gates.push(Gate {
            stored: automaton,
            ready: OnceLock::new(),
            exact,
            reversed,
            first,
            patterns,
        });
    }
    Some(gates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{GATES, TABLE};

    /// Lines that match and lines that nearly do, and pieces of them.
    fn lines() -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/letters");
        let mut lines: Vec<String> = [
            "12",
            "1234",
            "٣",
            "Page 3 of 12",
            "PAGE 3",
            "12 march 2021 to 3 April 2021 and 4 to 5",
            "Dear Ms Hale",
            "Dear Ms O’Neill,",
            "Dear 7",
            "Yours Sincerely.",
            "Yours ſincerely",
            "yours truly",
            "www.example.org",
            "Minutes of the Wexcombe Borough Council held there",
            "Resolved",
            "Resolvedly so",
            "Motion – to note",
            "Children’s scrutiny committee, 4 March",
            "Children's scrutiny. Committee, 4 March 2020",
            "Cabinet and corporate parenting board – held on Tuesday, 3rd July 2019",
            "Action: all of this",
            "By Ann Ó’Neill, reporter",
            "Wexcombe, 4 March 2020",
            "Ab, 4 March 2020",
            "Council welcomes the news",
            "The main outcome of this short inspection was a surprise to all",
            "Image",
            "(image: a house)",
            "",
            "Published 3 May 2020",
            "Last updated in the long ago of the year 2020",
            "Lead inspector: A. Hale",
            "Statement from the leader of the council on what was said",
            "7 | Wexcombe",
            "7 | ",
            "- 4 -",
            "\u{a0}12",
        ]
        .map(str::to_owned)
        .to_vec();
        for entry in std::fs::read_dir(folder)
            .expect("the fixtures can be read")
            .flatten()
        {
            let Ok(text) = std::fs::read_to_string(entry.path()) else {
                continue;
            };
            lines.extend(text.lines().map(|line| line.trim().to_owned()));
        }
        let cut: Vec<String> = lines
            .iter()
            .flat_map(|line| {
                let middle = line.floor_char_boundary(line.len() / 2);
                [
                    line[..middle].to_owned(),
                    line[middle..].to_owned(),
                    line.to_uppercase(),
                    format!("{line} {line}"),
                ]
            })
            .collect();
        lines.extend(cut);
        lines
    }

    #[test]
    fn gates_change_no_answer() {
        let patterns = || TABLE.rules().letters.lines;
        let (with, without) = (Lines::new(patterns(), GATES), Lines::new(patterns(), &[]));
        if cfg!(target_endian = "little") {
            assert!(with.kinds.iter().all(|(_, patterns)| !patterns.gates.is_empty()));
        }
        let (mut found, mut passed) = (0, 0);
        let lines = lines();
        for line in &lines {
            assert_eq!(with.kind(line), without.kind(line), "{line:?}");
            for kind in LineKind::ALL {
                assert_eq!(with.is(*kind, line), with.kind(line) == Some(*kind));
            }
            found += usize::from(with.kind(line).is_some());
            passed += usize::from(with.kinds.iter().any(|(_, patterns)| {
                let through = |gate: &Gate| gate.passes(line) != Some(false);
                patterns.gates.iter().any(through)
            }));
        }
        assert!(found > 20, "{found}");
        // They keep off nearly all that does not match.
        assert!(
            passed < found + lines.len() / 50,
            "{passed} of {}, {found} match",
            lines.len()
        );
    }

    #[test]
    fn gates_cut_short_do_no_harm() {
        let patterns = || TABLE.rules().letters.lines;
        let without = Lines::new(patterns(), &[]);
        for length in [1, 4, 40, 4000, GATES.len() - 1] {
            let cut = Lines::new(patterns(), &GATES[..length]);
            for line in ["Dear Ms Hale", "12", "Plans are clear."] {
                assert_eq!(cut.kind(line), without.kind(line));
            }
        }
    }
}
