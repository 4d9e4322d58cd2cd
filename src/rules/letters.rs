//! Headings, standing lines and English, ready to run.
//!
//! In: [`Written`] letter files and `english.toml`. Out: [`Letters`] and [`English`].

use std::collections::{BTreeMap, HashSet};

use regex::{RegexSet, RegexSetBuilder};

use super::cue::{self, Variant};
use super::file::{Placed, RuleFile};
use super::not_regex;
use super::written::{HeadingKind, LineKind, Written, WrittenEnglish};
use crate::codebook::Grade;
use crate::error::Mistake;
use crate::normal::Normal;

/// What headings and short lines say.
#[derive(Debug)]
pub(crate) struct Letters {
    headings: Vec<(Variant, HeadingKind)>,
    lines: Vec<(LineKind, RegexSet)>,
    /// Longest first.
    grades: Vec<(String, Grade)>,
}

impl Letters {
    /// What a heading says of its section. `normal` is the heading in normal form, grade and numbers off.
    pub(crate) fn heading(&self, normal: &str) -> Option<HeadingKind> {
        self.headings
            .iter()
            .filter(|(variant, _)| opens(variant, normal))
            .max_by_key(|(variant, _)| length(variant))
            .map(|(_, kind)| *kind)
    }

    /// The grade with which a line of words in lower case ends, and how many bytes it takes.
    pub(crate) fn grade(&self, lower: &str) -> Option<(Grade, usize)> {
        let (words, grade) = self
            .grades
            .iter()
            .find(|(words, _)| lower.ends_with(words.as_str()))?;
        Some((*grade, words.len()))
    }

    /// What a short line is, by its form.
    pub(crate) fn line(&self, line: &str) -> Option<LineKind> {
        self.lines
            .iter()
            .find(|(_, set)| set.is_match(line))
            .map(|(kind, _)| *kind)
    }
}

fn length(variant: &Variant) -> usize {
    variant
        .parts
        .iter()
        .flat_map(|part| part.literals.iter().map(|literal| literal.words.len()).max())
        .sum()
}

/// Whether a heading begins with the variant's first part and holds the others after it.
pub(crate) fn opens(variant: &Variant, normal: &str) -> bool {
    let mut rest = normal;
    for (nth, part) in variant.parts.iter().enumerate() {
        let after = part.literals.iter().find_map(|literal| {
            let at = rest
                .find(literal.words.as_str())
                .filter(|at| nth > 0 || *at == 0)?;
            let after = &rest[at + literal.words.len()..];
            (literal.open || !after.starts_with(char::is_alphanumeric)).then_some(after)
        });
        match after {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

/// Compiles headings and lines; a pattern that is no regular expression is reported.
pub(crate) fn letters(files: &[RuleFile], written: &Written, mistakes: &mut Vec<Mistake>) -> Letters {
    let mut headings = Vec::new();
    let mut patterns: BTreeMap<LineKind, Vec<(usize, &Placed<String>)>> = BTreeMap::new();
    for letters in &written.letters {
        for (kind, cues) in &letters.headings {
            for text in cues {
                match cue::variants(&text.value) {
                    Ok(variants) => headings.extend(variants.into_iter().map(|variant| (variant, *kind))),
                    Err(fault) => mistakes.push(fault.mistake(&files[letters.file], text)),
                }
            }
        }
        for (kind, list) in &letters.lines {
            let all = patterns.entry(*kind).or_default();
            all.extend(list.iter().map(|text| (letters.file, text)));
        }
    }
    headings.sort_by(|(a, _), (b, _)| a.cmp(b));
    let lines = patterns
        .into_iter()
        .filter_map(|(kind, all)| Some((kind, set(files, &all, mistakes)?)))
        .collect();
    let mut grades: Vec<(String, Grade)> = written
        .letters
        .iter()
        .flat_map(|letters| &letters.grades)
        .flat_map(|(grade, words)| words.iter().map(|text| (text.value.to_lowercase(), *grade)))
        .collect();
    grades.sort_by_key(|(words, grade)| (usize::MAX - words.len(), words.clone(), *grade));
    Letters {
        headings,
        lines,
        grades,
    }
}

/// All patterns of a kind at once; which of them is wrong is looked for only where the whole does not build.
fn set(
    files: &[RuleFile],
    all: &[(usize, &Placed<String>)],
    mistakes: &mut Vec<Mistake>,
) -> Option<RegexSet> {
    let built = RegexSetBuilder::new(all.iter().map(|(_, text)| &text.value)).build();
    if built.is_err() {
        for (file, text) in all {
            if let Err(error) = regex::Regex::new(&text.value) {
                let message = not_regex::fault(&error);
                mistakes.push(Mistake::new(&files[*file], text.at, message).coded("E210"));
            }
        }
    }
    built.ok()
}

/// Words at which sentences and clauses are cut.
#[derive(Debug, Default)]
pub(crate) struct English {
    abbreviations: HashSet<String>,
    subjects: HashSet<String>,
    verbs: HashSet<String>,
    /// Beginnings of verbs, written `receive*`.
    verb_stems: Vec<String>,
    joiners: HashSet<String>,
    causes: HashSet<String>,
    relatives: HashSet<String>,
    presenting: HashSet<String>,
    links: HashSet<String>,
    adverbs: Vec<String>,
    opening: HashSet<String>,
    goes_on: HashSet<String>,
    auxiliaries: HashSet<String>,
    hanging: HashSet<String>,
}

impl English {
    /// Whether a word with its full stop, in lower case, is an abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// Whether one to three words may begin a main clause.
    pub(crate) fn subject(&self, words: &str) -> bool {
        self.subjects.contains(words)
    }

    /// Whether a word is a finite verb.
    pub(crate) fn verb(&self, word: &str) -> bool {
        self.verbs.contains(word) || self.verb_stems.iter().any(|stem| word.starts_with(stem.as_str()))
    }

    /// Whether a word of contrast rules the clause up to a comma where it opens a sentence.
    pub(crate) fn opening(&self, words: &str) -> bool {
        self.opening.contains(words)
    }

    /// Whether what stands behind a comma goes on with a list or an aside.
    pub(crate) fn goes_on(&self, words: &str) -> bool {
        first_words(words)
            .take(3)
            .any(|words| self.goes_on.contains(words))
    }

    /// Whether a word is a finite verb that ends the reach of an operator.
    pub(crate) fn auxiliary(&self, word: &str) -> bool {
        self.auxiliaries.contains(word)
    }

    /// Whether a line that ends in this word stops in mid-sentence.
    pub(crate) fn hanging(&self, word: &str) -> bool {
        self.hanging.contains(word)
    }

    /// Whether a word before "who" presents a finding.
    pub(crate) fn presenting(&self, word: &str) -> bool {
        self.presenting.contains(word)
    }

    /// Whether a word behind a noun opens a clause of its own.
    pub(crate) fn opens_relative(&self, word: &str) -> bool {
        self.relatives.contains(word)
    }

    /// Whether what stands behind a word is the cause of a rise or fall.
    pub(crate) fn cause(&self, word: &str) -> bool {
        self.causes.contains(word)
    }

    /// Whether a word only joins what follows to what went before.
    pub(crate) fn joiner(&self, word: &str) -> bool {
        self.joiners.contains(word)
    }

    /// Whether a word has an ending of words that stand between a relative pronoun and its verb.
    pub(crate) fn adverb(&self, word: &str) -> bool {
        self.adverbs.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether a new clause begins at this word where a verb stood before it and a subject and a verb follow.
    pub(crate) fn link(&self, word: &str) -> bool {
        self.links.contains(word)
    }
}

/// The first word, the first two words, and so on.
fn first_words(words: &str) -> impl Iterator<Item = &str> {
    let ends = words
        .match_indices([' ', ',', '.'])
        .map(|(at, _)| at)
        .chain([words.len()]);
    ends.filter(|end| *end > 0).map(|end| &words[..end])
}

/// Makes the word lists ready.
pub(crate) fn english(written: &WrittenEnglish) -> English {
    let set = |list: &[Placed<String>]| -> HashSet<String> {
        list.iter()
            .flat_map(|text| cue::readings(&text.value))
            .map(|words| Normal::new(words.trim()).text)
            .collect()
    };
    English {
        abbreviations: written
            .abbreviations
            .iter()
            .map(|text| text.value.to_lowercase())
            .collect(),
        subjects: set(&written.subjects),
        verb_stems: set(&written.verbs)
            .iter()
            .filter_map(|v| v.strip_suffix('*'))
            .map(str::to_owned)
            .collect(),
        verbs: set(&written.verbs),
        joiners: set(&written.joiners),
        causes: set(&written.causes),
        relatives: set(&written.relatives),
        presenting: set(&written.presenting),
        links: set(&written.links),
        adverbs: written
            .adverbs
            .iter()
            .map(|text| text.value.to_lowercase())
            .collect(),
        opening: set(&written.opening),
        goes_on: set(&written.goes_on),
        auxiliaries: set(&written.auxiliaries),
        hanging: set(&written.hanging),
    }
}
