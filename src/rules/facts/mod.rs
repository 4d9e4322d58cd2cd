//! What reads the facts of a document: families with their patterns, months, grades, names of councils.
//!
//! In: [`WrittenFacts`]. Out: [`FactRules`]. Patterns become regular expressions when they are first asked for, since
//! most runs ask for labels only and a run needs the patterns of the families that it meets.

mod check;
mod shapes;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::cue;
use super::file::Placed;
use super::written::{Scope, Sought, WrittenFacts, WrittenFamily, WrittenShared};
use crate::codebook::{Judgement, Kind};
pub(crate) use check::check;
use shapes::Shapes;

/// The name of the group that holds what a pattern looks for.
const VALUE: &str = "value";

/// Rules for the facts of documents.
#[derive(Debug, Default)]
pub(crate) struct FactRules {
    /// In the order in which they come where two fit equally well.
    pub(crate) families: Vec<Family>,
    /// Words for months in lower case, with the month from 1.
    pub(crate) months: HashMap<String, i8>,
    /// Words for ordinals in lower case, with the number from 1.
    pub(crate) ordinals: HashMap<String, u32>,
    /// Words of grades, longest first.
    pub(crate) grades: Vec<(Vec<String>, Judgement)>,
    /// How names of authorities are brought to one form.
    pub(crate) names: Names,
}

/// How names of authorities are brought to one form. All in [`name_key`] form.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Every known name of a place, and the one that outputs use.
    pub(crate) known: HashMap<String, String>,
    /// Words before a name that are no part of it, longest first.
    pub(crate) before: Vec<String>,
    /// Words behind it, longest first.
    pub(crate) behind: Vec<String>,
    /// What is no name of a place.
    pub(crate) not: HashSet<String>,
}

/// A family of documents, ready to run.
#[derive(Debug)]
pub(crate) struct Family {
    id: String,
    pub(crate) kind: Kind,
    order: u8,
    pub(crate) signs: Vec<Signs>,
    pub(crate) patterns: Vec<(Sought, Scope, Vec<Pattern>)>,
    /// What the words of a match up to its value may not hold.
    pub(crate) unless: Vec<(Sought, Pattern)>,
    /// Areas of judgement: the words of each phrase, longest first, and the area.
    pub(crate) areas: Vec<(Vec<String>, String)>,
    /// Areas with patterns that hold their grade.
    pub(crate) judged: Vec<(String, Pattern)>,
    pub(crate) earlier: Vec<Pattern>,
}

impl Family {
    /// Takes in what an overlay says of the same family; its patterns come first.
    fn go_on(&mut self, mut overlay: Self) {
        (self.kind, self.order) = (overlay.kind, overlay.order);
        self.signs.append(&mut overlay.signs);
        self.patterns.splice(..0, overlay.patterns);
        self.unless.append(&mut overlay.unless);
        self.areas.append(&mut overlay.areas);
        self.areas.sort_by_key(by_length);
        self.judged.append(&mut overlay.judged);
        self.earlier.append(&mut overlay.earlier);
    }
}

/// Longest first, then by words.
fn by_length((words, area): &(Vec<String>, String)) -> (usize, Vec<String>, String) {
    (usize::MAX - words.len(), words.clone(), area.clone())
}

/// Signs of a family that count alike.
#[derive(Debug)]
pub(crate) struct Signs {
    pub(crate) scope: Scope,
    weight: i32,
    patterns: Vec<Pattern>,
    set: OnceLock<RegexSet>,
}

impl Signs {
    /// How much they say for the family.
    pub(crate) fn count(&self, text: &str) -> i32 {
        let sources = || self.patterns.iter().map(|pattern| &pattern.source);
        let set = self.set.get_or_init(|| set(sources()).unwrap_or_default());
        let found = set.matches(text).iter().count();
        i32::try_from(found)
            .unwrap_or(i32::MAX)
            .saturating_mul(self.weight)
    }

    /// Where the first of them stands that speaks for the family.
    pub(crate) fn first(&self, text: &str) -> Option<Range<usize>> {
        let mut patterns = self.patterns.iter().filter(|_| self.weight > 0);
        patterns.find_map(|pattern| pattern.values(text).next())
    }
}

/// A regular expression that is built when it is first asked for.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    fn new(source: String) -> Self {
        Self {
            source,
            regex: OnceLock::new(),
        }
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| build(&self.source).ok()).as_ref()
    }

    /// Where what it looks for stands in a text, match by match.
    pub(crate) fn values<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.matches(text).map(|(_, value)| value)
    }

    /// The same, with where each match begins.
    pub(crate) fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        self.regex()
            .into_iter()
            .flat_map(move |regex| regex.captures_iter(text))
            .filter_map(|captures| {
                let whole = captures.get(0)?;
                Some((whole.start(), captures.name(VALUE).unwrap_or(whole).range()))
            })
    }

    /// Whether it stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }
}

/// Some names in one form: lower case, words only, `&` as "and", one space between words.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.replace('&', " and ").replace(['’', '\'', '.'], "").chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.trim().to_owned()
}

/// The words of a phrase as judgements are compared by: lower case, without punctuation.
pub(crate) fn words(phrase: &str) -> impl Iterator<Item = String> {
    phrase
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(|word| word.replace(['\'', '’'], "").to_lowercase())
        .filter(|word| !word.is_empty())
}

fn build(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&plain(source)).multi_line(true).build()
}

fn set<'s>(sources: impl Iterator<Item = &'s String>) -> Result<RegexSet, regex::Error> {
    RegexSetBuilder::new(sources.map(|source| plain(source)))
        .multi_line(true)
        .build()
}

/// Digits and ends of words as ASCII knows them: the same on English, and far faster to build and to run.
fn plain(source: &str) -> String {
    source.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
}

/// Makes the rules ready; what is wrong with them is told by [`check`].
pub(crate) fn facts(written: &WrittenFacts) -> FactRules {
    let shapes = Shapes::new(&written.shared);
    let mut families: Vec<Family> = Vec::new();
    for family in &written.families {
        let compiled = compile(family, &shapes);
        match families.iter_mut().find(|other| other.id == compiled.id) {
            Some(below) => below.go_on(compiled),
            None => families.push(compiled),
        }
    }
    families.sort_by_key(|family| (family.order, family.kind));
    let shared = &written.shared;
    let numbered = |list: fn(&WrittenShared) -> &[Placed<String>]| -> Vec<(String, usize)> {
        last(shared, list)
            .iter()
            .zip(1..)
            .flat_map(|(names, number)| forms(&names.value).map(move |name| (name.to_lowercase(), number)))
            .collect()
    };
    let keys = |list: fn(&WrittenShared) -> &[Placed<String>]| -> Vec<String> {
        let all = shared.iter().flat_map(list);
        let mut keys: Vec<String> = all.map(|name| name_key(&name.value)).collect();
        keys.sort_by_key(|key| (usize::MAX - key.len(), key.clone()));
        keys
    };
    let mut grades: Vec<(Vec<String>, Judgement)> = shared
        .iter()
        .flat_map(|shared| &shared.grades)
        .flat_map(|(grade, list)| list.iter().map(|text| (words(&text.value).collect(), *grade)))
        .collect();
    grades.sort_by_key(|(words, grade)| (usize::MAX - words.len(), words.clone(), *grade));
    FactRules {
        families,
        months: numbered(|shared| &shared.months)
            .into_iter()
            .filter_map(|(name, number)| Some((name, i8::try_from(number).ok()?)))
            .collect(),
        ordinals: numbered(|shared| &shared.ordinals)
            .into_iter()
            .filter_map(|(name, number)| Some((name, u32::try_from(number).ok()?)))
            .collect(),
        grades,
        names: Names {
            known: written
                .known
                .iter()
                .flat_map(|names| {
                    let first = forms(&names.value).next().unwrap_or_default();
                    forms(&names.value).map(move |name| (name_key(name), first.to_owned()))
                })
                .collect(),
            before: keys(|shared| &shared.before),
            behind: keys(|shared| &shared.behind),
            not: keys(|shared| &shared.not).into_iter().collect(),
        },
    }
}

/// The list of the uppermost file that has one.
fn last(shared: &[WrittenShared], list: fn(&WrittenShared) -> &[Placed<String>]) -> &[Placed<String>] {
    let mut lists = shared.iter().rev().map(list);
    lists.find(|list| !list.is_empty()).unwrap_or_default()
}

fn forms(names: &str) -> impl Iterator<Item = &str> {
    names.split('|').map(str::trim).filter(|name| !name.is_empty())
}

fn compile(family: &WrittenFamily, shapes: &Shapes) -> Family {
    let pattern = |text: &Placed<String>, sought: &str| Pattern::new(shapes.expand(&text.value, sought));
    let mut areas: Vec<(Vec<String>, String)> = Vec::new();
    for (area, phrases) in &family.areas {
        for phrase in phrases.iter().flat_map(|phrase| cue::readings(&phrase.value)) {
            areas.push((words(&phrase).collect(), area.clone()));
        }
    }
    areas.sort_by_key(by_length);
    Family {
        id: family.id.clone(),
        kind: family.kind,
        order: family.order,
        signs: family
            .signs
            .iter()
            .filter(|(_, _, list)| !list.is_empty())
            .map(|(scope, weight, list)| Signs {
                scope: *scope,
                weight: *weight,
                patterns: list.iter().map(|text| pattern(text, "")).collect(),
                set: OnceLock::new(),
            })
            .collect(),
        patterns: family
            .patterns
            .iter()
            .map(|(sought, scope, list)| {
                let shape = shape_of(*sought);
                (
                    *sought,
                    *scope,
                    list.iter().map(|text| pattern(text, shape)).collect(),
                )
            })
            .collect(),
        unless: family
            .unless
            .iter()
            .flat_map(|(sought, list)| list.iter().map(|text| (*sought, pattern(text, ""))))
            .collect(),
        areas,
        judged: family
            .judged
            .iter()
            .flat_map(|(area, list)| list.iter().map(|text| (area.clone(), pattern(text, GRADE))))
            .collect(),
        earlier: family.earlier.iter().map(|text| pattern(text, "")).collect(),
    }
}

const GRADE: &str = "grade";

fn shape_of(sought: Sought) -> &'static str {
    Sought::ALL
        .iter()
        .find(|(_, _, other)| *other == sought)
        .map_or("", |(_, shape, _)| shape)
}
