//! What a document is.
//!
//! In: its words. Out: the family of documents that it belongs to, by the signs that `rules/facts` gives, or none where they
//! say too little.

use crate::rules::{FactRules, Family, Scope};
use crate::span::Span;

/// What signs have to add up to: one that is sure, or two that are strong.
const ENOUGH: i32 = 4;

/// The family for which most speaks; where two are level, the one that comes first. With it the words of a sign, if they
/// are known.
pub(super) fn family<'r>(
    rules: &'r FactRules,
    read: &str,
    opening: &str,
) -> Option<(&'r Family, Option<Span>)> {
    let mut best: Option<(i32, &Family)> = None;
    for family in &rules.families {
        let mut sum = 0_i32;
        for signs in &family.signs {
            let text = match signs.scope {
                Scope::Opening => opening,
                Scope::Anywhere => read,
            };
            sum = sum.saturating_add(signs.count(text));
        }
        if sum >= ENOUGH && best.is_none_or(|(other, _)| sum > other) {
            best = Some((sum, family));
        }
    }
    let (_, family) = best?;
    let sign = family.signs.iter().find_map(|signs| {
        let text = match signs.scope {
            Scope::Opening => opening,
            Scope::Anywhere => read,
        };
        signs.first(text)
    });
    Some((family, sign.map(|range| Span::new(range.start, range.end))))
}
