//! Headings, grades and English, ready to run.
//!
//! In: [`Written`] letter files and `english.toml`. Out: [`Letters`] and [`English`]. Not decided here: what a line says by its
//! form, see `lines`.

use std::collections::BTreeMap;

use super::cue::{self, Variant};
use super::file::RuleFile;
use super::openings::Openings;
use super::trie::Trie;
use super::written::{HeadingKind, LineKind, Written, WrittenEnglish};
use crate::codebook::Grade;
use crate::error::Mistake;
use crate::normal::Normal;

/// What headings say.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Letters {
    pub(super) headings: Vec<(Variant, HeadingKind)>,
    /// Regular expressions that tell a line by its form; see `lines`.
    pub(crate) lines: Vec<(LineKind, Vec<String>)>,
    /// Longest first.
    pub(super) grades: Vec<(String, Grade)>,
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
            let at = match nth {
                // Asked of every line for all headings: nearly all differ in their first byte.
                0 if literal.words.as_bytes().first() != rest.as_bytes().first() => return None,
                0 => rest.starts_with(&literal.words).then_some(0)?,
                _ => rest.find(&literal.words)?,
            };
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

/// Compiles headings and grades, and gathers the patterns of lines.
pub(super) fn letters(files: &[RuleFile], written: &Written, mistakes: &mut Vec<Mistake>) -> Letters {
    let mut headings = Vec::new();
    let mut patterns: BTreeMap<LineKind, Vec<String>> = BTreeMap::new();
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
            all.extend(list.iter().map(|text| text.value.clone()));
        }
    }
    headings.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut grades: Vec<(String, Grade)> = written
        .letters
        .iter()
        .flat_map(|letters| &letters.grades)
        .flat_map(|(grade, words)| words.iter().map(|text| (text.value.to_lowercase(), *grade)))
        .collect();
    grades.sort_by_key(|(words, grade)| (usize::MAX - words.len(), words.clone(), *grade));
    Letters {
        headings,
        lines: patterns.into_iter().collect(),
        grades,
    }
}

/// What a word is where clauses are cut.
#[derive(Clone, Copy, Default)]
pub(crate) struct InClause {
    /// A finite verb.
    pub(crate) verb: bool,
    /// A clause may begin at it.
    pub(crate) link: bool,
}

/// Words at which sentences and clauses are cut.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct English {
    /// Every word or phrase of the lists but adverbs; its number has a bit for each list that it stands in.
    pub(super) words: Trie,
    /// Of words that clauses are cut by.
    pub(super) cutting: Openings,
    pub(super) adverbs: Vec<String>,
}

/// The lists of `english.toml` in which a word can stand, a bit each.
mod list {
    pub(super) const ABBREVIATION: u32 = 1;
    pub(super) const SUBJECT: u32 = 1 << 1;
    pub(super) const VERB: u32 = 1 << 2;
    /// Beginnings of verbs, written `receive*`.
    pub(super) const VERB_STEM: u32 = 1 << 3;
    pub(super) const JOINER: u32 = 1 << 4;
    pub(super) const CAUSE: u32 = 1 << 5;
    pub(super) const RELATIVE: u32 = 1 << 6;
    pub(super) const PRESENTING: u32 = 1 << 7;
    pub(super) const LINK: u32 = 1 << 8;
    pub(super) const OPENING: u32 = 1 << 9;
    pub(super) const GOES_ON: u32 = 1 << 10;
    pub(super) const AUXILIARY: u32 = 1 << 11;
    pub(super) const HANGING: u32 = 1 << 12;
}

impl English {
    fn lists(&self, words: &str) -> u32 {
        self.words.get(words.as_bytes()).unwrap_or(0)
    }

    /// Whether a word with its full stop, in lower case, is an abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> bool {
        self.lists(word) & list::ABBREVIATION != 0
    }

    /// Whether the first, the first two or the first three of these words may begin a main clause.
    pub(crate) fn subject<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        let mut step = self.words.start();
        for (n, word) in words.take(3).enumerate() {
            let next = match n {
                0 => step.go(word.as_bytes()),
                _ => step.go(b" ").and_then(|step| step.go(word.as_bytes())),
            };
            let Some(next) = next else { return false };
            if next.number().is_some_and(|lists| lists & list::SUBJECT != 0) {
                return true;
            }
            step = next;
        }
        false
    }

    /// Whether a word is a finite verb.
    pub(crate) fn verb(&self, word: &str) -> bool {
        let mut found = self.words.walk(word.as_bytes());
        found.any(|(length, lists)| is_verb(lists, length, word.len()))
    }

    /// What a word of running text, with the marks behind it, is where clauses are cut.
    #[inline]
    pub(crate) fn place(&self, word: &[u8]) -> InClause {
        let bare = bare(word);
        if self.cutting.may(bare) {
            self.looked_up(word, bare.len())
        } else {
            InClause::default()
        }
    }

    /// The same of one that may be in a list; without its marks it has `bare` bytes.
    fn looked_up(&self, word: &[u8], bare: usize) -> InClause {
        let mut found = InClause::default();
        self.words.each(word, |length, lists| {
            found.verb |= is_verb(lists, length, bare);
            found.link |= lists & list::LINK != 0 && length == word.len();
        });
        found
    }

    /// Whether a word of contrast rules the clause up to a comma where it opens a sentence.
    pub(crate) fn opening(&self, words: &str) -> bool {
        self.lists(words) & list::OPENING != 0
    }

    /// Whether what stands behind a comma goes on with a list or an aside: by its first, first two or first three words.
    pub(crate) fn goes_on(&self, words: &str) -> bool {
        let ends = |byte: &u8| matches!(byte, b' ' | b',' | b'.');
        let bytes = words.as_bytes();
        self.words
            .walk(bytes)
            .filter(|(_, lists)| lists & list::GOES_ON != 0)
            .any(|(length, _)| {
                let before = bytes[1..length].iter().filter(|byte| ends(byte)).count();
                before < 3 && bytes.get(length).is_none_or(ends)
            })
    }

    /// Whether a word is a finite verb that ends the reach of an operator.
    pub(crate) fn auxiliary(&self, word: &str) -> bool {
        self.lists(word) & list::AUXILIARY != 0
    }

    /// Whether a line that ends in this word stops in mid-sentence.
    pub(crate) fn hanging(&self, word: &str) -> bool {
        self.lists(word) & list::HANGING != 0
    }

    /// Whether a word before "who" presents a finding.
    pub(crate) fn presenting(&self, word: &str) -> bool {
        self.lists(word) & list::PRESENTING != 0
    }

    /// Whether a word behind a noun opens a clause of its own.
    pub(crate) fn opens_relative(&self, word: &str) -> bool {
        self.lists(word) & list::RELATIVE != 0
    }

    /// Whether what stands behind a word is the cause of a rise or fall.
    pub(crate) fn cause(&self, word: &str) -> bool {
        self.lists(word) & list::CAUSE != 0
    }

    /// Whether a word only joins what follows to what went before.
    pub(crate) fn joiner(&self, word: &str) -> bool {
        self.lists(word) & list::JOINER != 0
    }

    /// Whether a word has an ending of words that stand between a relative pronoun and its verb.
    pub(crate) fn adverb(&self, word: &str) -> bool {
        self.adverbs.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether a new clause begins at this word where a verb stood before it and a subject and a verb follow.
    pub(crate) fn link(&self, word: &str) -> bool {
        self.lists(word) & list::LINK != 0
    }
}

/// A word without the marks behind it.
#[inline]
fn bare(mut word: &[u8]) -> &[u8] {
    while let [before @ .., b',' | b';' | b':' | b'.'] = word {
        word = before;
    }
    word
}

/// Whether the first `length` bytes of a word, which stand in these lists, make it a finite verb; without the marks behind it the
/// word has `bare` bytes.
#[inline]
fn is_verb(lists: u32, length: usize, bare: usize) -> bool {
    (lists & list::VERB_STEM != 0 && length <= bare) || (lists & list::VERB != 0 && length == bare)
}

/// Makes the word lists ready.
pub(super) fn english(written: &WrittenEnglish) -> English {
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    let mut add = |word: String, list: u32| *words.entry(word).or_default() |= list;
    for text in &written.abbreviations {
        add(text.value.to_lowercase(), list::ABBREVIATION);
    }
    for (texts, list) in [
        (&written.subjects, list::SUBJECT),
        (&written.verbs, list::VERB),
        (&written.joiners, list::JOINER),
        (&written.causes, list::CAUSE),
        (&written.relatives, list::RELATIVE),
        (&written.presenting, list::PRESENTING),
        (&written.links, list::LINK),
        (&written.opening, list::OPENING),
        (&written.goes_on, list::GOES_ON),
        (&written.auxiliaries, list::AUXILIARY),
        (&written.hanging, list::HANGING),
    ] {
        for reading in texts.iter().flat_map(|text| cue::readings(&text.value)) {
            let word = Normal::new(reading.trim()).text;
            match word.strip_suffix('*').filter(|_| list == list::VERB) {
                Some(stem) => add(stem.to_owned(), list::VERB_STEM),
                None => add(word, list),
            }
        }
    }
    let numbered = words.iter().map(|(word, lists)| (word.as_bytes(), *lists));
    let listed = |list: u32| {
        let listed = words.iter().filter(move |(_, lists)| **lists & list != 0);
        listed.map(|(word, _)| bare(word.as_bytes()))
    };
    English {
        cutting: Openings::new(listed(list::VERB | list::LINK), listed(list::VERB_STEM)),
        words: Trie::new(numbered.collect()).unwrap_or_default(),
        adverbs: written
            .adverbs
            .iter()
            .map(|text| text.value.to_lowercase())
            .collect(),
    }
}
