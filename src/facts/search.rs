//! Single facts by the patterns of a family.
//!
//! In: a document's words and its family. Out: the value of each fact and where its words stand in them. At the head of a
//! document the first match of the first pattern that gives a value counts; in all of it the matches of a pattern have to
//! agree, but for the authority, which is the one that is named most.

use std::ops::Range;

use jiff::civil::Date;

use super::{authority, dates};
use crate::rules::{FactRules, Family, Pattern, Scope, Sought};
use crate::span::Span;

/// A document in which facts are looked for.
pub(super) struct Search<'a> {
    pub(super) rules: &'a FactRules,
    pub(super) family: &'a Family,
    pub(super) read: &'a str,
    pub(super) opening: &'a str,
}

/// A value and where its words stand.
type Found<T> = Option<(T, Span)>;

impl Search<'_> {
    pub(super) fn authority(&self) -> Found<String> {
        let value = |stretch: &str| self.place(stretch);
        if let Some(found) = self.first(Sought::Authority, value) {
            return Some(found);
        }
        let mut named: Vec<(String, Span, usize)> = Vec::new();
        for (place, span) in self.all(Sought::Authority, value).flatten() {
            match named.iter_mut().find(|(other, ..)| *other == place) {
                Some((_, _, count)) => *count += 1,
                None => named.push((place, span, 1)),
            }
        }
        // The first of those that are named equally often: it stands in the headline.
        let most = named.iter().map(|(_, _, count)| *count).max()?;
        let (place, span, _) = named.into_iter().find(|(_, _, count)| *count == most)?;
        Some((place, span))
    }

    fn place(&self, stretch: &str) -> Option<(String, Range<usize>)> {
        let place = authority::place(&self.rules.names, stretch)?;
        Some((place, 0..stretch.len()))
    }

    /// The authority by running headers: which line, and the place with its words in it.
    pub(super) fn header_authority(&self, headers: &[&str]) -> Option<(usize, (String, Span))> {
        let value = |stretch: &str| self.place(stretch);
        self.patterns(Sought::Authority, Scope::Opening)
            .find_map(|pattern| {
                let mut lines = headers.iter().enumerate();
                lines.find_map(|(nth, line)| {
                    Some((nth, self.matches(Sought::Authority, pattern, line, value).next()?))
                })
            })
    }

    pub(super) fn inspection(&self) -> Found<(Date, Date)> {
        self.one(Sought::Inspection, |stretch| {
            let (first, last, place) = dates::dates(self.rules, stretch)?;
            Some(((first, last), place))
        })
    }

    pub(super) fn published(&self) -> Found<Date> {
        self.one(Sought::Published, |stretch| dates::date(self.rules, stretch))
    }

    pub(super) fn visit_number(&self) -> Found<u32> {
        self.one(Sought::VisitNumber, |stretch| {
            let number = self.rules.ordinals.get(&stretch.to_lowercase())?;
            Some((*number, 0..stretch.len()))
        })
    }

    pub(super) fn lead_inspector(&self) -> Found<String> {
        self.one(Sought::LeadInspector, |stretch| {
            let name = stretch.replace('\u{a0}', " ");
            Some((name, 0..stretch.len()))
        })
    }

    fn one<T: PartialEq>(
        &self,
        sought: Sought,
        value: impl Fn(&str) -> Option<(T, Range<usize>)>,
    ) -> Found<T> {
        self.first(sought, &value).or_else(|| {
            self.all(sought, &value).find_map(|found| {
                let mut found = found.into_iter();
                let first = found.next()?;
                found.all(|(other, _)| other == first.0).then_some(first)
            })
        })
    }

    /// The first value that a pattern finds at the head of the document.
    fn first<T>(&self, sought: Sought, value: impl Fn(&str) -> Option<(T, Range<usize>)>) -> Found<T> {
        self.patterns(sought, Scope::Opening)
            .find_map(|pattern| self.matches(sought, pattern, self.opening, &value).next())
    }

    /// All values that each pattern finds in the document, pattern by pattern.
    fn all<T>(
        &self,
        sought: Sought,
        value: impl Fn(&str) -> Option<(T, Range<usize>)>,
    ) -> impl Iterator<Item = Vec<(T, Span)>> {
        self.patterns(sought, Scope::Anywhere)
            .map(move |pattern| self.matches(sought, pattern, self.read, &value).collect())
    }

    fn patterns(&self, sought: Sought, scope: Scope) -> impl Iterator<Item = &Pattern> {
        self.family
            .patterns
            .iter()
            .filter(move |(other, place, _)| *other == sought && *place == scope)
            .flat_map(|(_, _, patterns)| patterns)
    }

    /// What one pattern finds in a text, match by match.
    fn matches<'s, T>(
        &'s self,
        sought: Sought,
        pattern: &'s Pattern,
        text: &'s str,
        value: impl Fn(&str) -> Option<(T, Range<usize>)>,
    ) -> impl Iterator<Item = (T, Span)> {
        pattern.matches(text).filter_map(move |(start, range)| {
            let mut unless = self.family.unless.iter().filter(|(other, _)| *other == sought);
            if unless.any(|(_, pattern)| pattern.is_in(&text[start..range.end])) {
                return None;
            }
            let (value, place) = value(&text[range.clone()])?;
            let span = Span::new(range.start + place.start, range.start + place.end);
            Some((value, span))
        })
    }
}
