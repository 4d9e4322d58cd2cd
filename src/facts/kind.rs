//! What a document is.
//!
//! In: its words. Out: the family of documents that it belongs to, by the signs that `rules/facts` gives, or none where they
//! say too little.

use crate::rules::{FactRules, Family, Scope, Signs};
use crate::span::Span;

/// What signs have to add up to: one that is sure, or two that are strong.
const ENOUGH: i32 = 4;

/// The family for which most speaks; where two are level, the one that comes first. Running headers count as part of the
/// opening.
pub(super) fn family<'r>(
    rules: &'r FactRules,
    read: &str,
    opening: &str,
    headers: &[&str],
) -> Option<&'r Family> {
    let head = [headers, &[opening]].concat().join("\n");
    let mut best: Option<(i32, &Family)> = None;
    for family in &rules.families {
        let mut sum = 0_i32;
        for signs in &family.signs {
            sum = sum.saturating_add(signs.count(scope(signs, read, &head)));
        }
        if sum >= ENOUGH && best.is_none_or(|(other, _)| sum > other) {
            best = Some((sum, family));
        }
    }
    best.map(|(_, family)| family)
}

fn scope<'t>(signs: &Signs, read: &'t str, opening: &'t str) -> &'t str {
    match signs.scope {
        Scope::Opening => opening,
        Scope::Anywhere => read,
    }
}

/// The words of the family's strongest sign: in the text as read, or in one of the running headers.
pub(super) enum Sign {
    /// In the text as read.
    Read(Span),
    /// In the header of that number.
    Header(usize, Span),
}

/// Where the family's strongest sign stands.
pub(super) fn sign(family: &Family, read: &str, opening: &str, headers: &[&str]) -> Option<Sign> {
    let span = |range: std::ops::Range<usize>| Span::new(range.start, range.end);
    family.signs.iter().find_map(|signs| {
        if let Some(found) = signs.first(scope(signs, read, opening)) {
            return Some(Sign::Read(span(found)));
        }
        let mut lines = headers
            .iter()
            .enumerate()
            .filter(|_| signs.scope == Scope::Opening);
        lines.find_map(|(nth, line)| Some(Sign::Header(nth, span(signs.first(line)?))))
    })
}
