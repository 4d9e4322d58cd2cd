//! Cues that are written wider or longer than meant: short stems with a wildcard, alternatives that stand twice.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use super::cues::{Item, Items};
use super::finding::{Edit, Found};
use super::pattern::Piece;
use crate::normal::Normal;
use crate::rules::Lenient;
use crate::span::Span;

/// Letters before a `*` that may stand for too many words.
const SHORT: usize = 3;
/// With so few letters it does for sure.
const TOO_SHORT: usize = 2;

/// Looks at every cue.
pub(super) fn wild(lenient: &Lenient, items: &Items) -> Vec<Found> {
    let words = LazyCell::new(|| vocabulary(lenient, items));
    items
        .all
        .iter()
        .filter(|item| item.asked)
        .flat_map(|item| {
            let short = short(item).and_then(|stem| too_wide(item, stem, &words));
            short.into_iter().chain(twice(lenient, item))
        })
        .collect()
}

/// The words that the rules themselves hold, in cues and examples: what a wildcard takes in is shown by words that are at
/// home in letters, without a dictionary.
fn vocabulary(lenient: &Lenient, items: &Items) -> BTreeSet<Arc<str>> {
    let mut words: BTreeSet<Arc<str>> = BTreeSet::new();
    for piece in items.all.iter().flat_map(|item| item.patterns.iter().flatten()) {
        if let Piece::Word { stem, open: false } = piece {
            words.insert(stem.clone());
        }
    }
    for example in lenient.rules.examples() {
        let normal = Normal::new(&example.text).text;
        words.extend(
            normal
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(Arc::from),
        );
    }
    words
}

/// A short stem, all alone.
fn short(item: &Item) -> Option<&str> {
    item.patterns.iter().find_map(|pattern| match pattern.as_slice() {
        [Piece::Word { stem, open: true }] if stem.chars().count() <= SHORT => Some(&**stem),
        _ => None,
    })
}

/// A stem that takes in other words than its own forms.
fn too_wide(item: &Item, stem: &str, words: &BTreeSet<Arc<str>>) -> Option<Found> {
    let own = ["", "s", "es", "'s", "d", "ed", "ing"];
    let other: Vec<String> = words
        .range::<str, _>((Bound::Included(stem), Bound::Unbounded))
        .take_while(|word| word.starts_with(stem))
        .filter(|word| !own.contains(&&word[stem.len()..]))
        .take(4)
        .map(|word| format!("“{word}”"))
        .collect();
    if other.is_empty() && stem.chars().count() > TOO_SHORT {
        return None;
    }
    let such = if other.is_empty() {
        String::new()
    } else {
        format!(", such as {}", other.join(", "))
    };
    let message = format!(
        "the wildcard `{stem}*` matches every word that begins with “{stem}”{such}: write the words out that are meant, as in `({stem}|{stem}s)`"
    );
    Some(Found::new("W407", item.file, item.at, message).cue(&item.text))
}

/// An alternative that stands twice in its brackets.
fn twice(lenient: &Lenient, item: &Item) -> Option<Found> {
    let (again, bar) = doubled(&item.text)?;
    let text = &lenient.rules.files()[item.file].text;
    let written = text.get(item.at.start..item.at.end)?;
    let start = item.at.start + written.find(item.text.as_str())?;
    let at = Span::new(start + again.start, start + again.end);
    let words = item.text[again.start..again.end].trim();
    let message = if words.is_empty() {
        "these brackets may be empty twice: take one `|` out".to_owned()
    } else {
        format!("`{words}` stands twice in these brackets: take one of the two out")
    };
    let edit = Edit {
        start: start + bar,
        end: at.end,
        text: String::new(),
    };
    Some(
        Found::new("W409", item.file, at, message)
            .cue(&item.text)
            .fix("take the second one out", vec![edit]),
    )
}

/// The first alternative that stood before in its brackets, and the place of the `|` before it.
fn doubled(cue: &str) -> Option<(Span, usize)> {
    // Of each bracket that is open: its alternatives so far, where the last began and the bar before it.
    let mut open: Vec<(Vec<&str>, usize, usize)> = Vec::new();
    for (at, c) in cue.char_indices() {
        match c {
            '(' => open.push((Vec::new(), at + 1, at)),
            '|' | ')' => {
                let (seen, start, bar) = open.last_mut()?;
                let words = cue[*start..at].trim();
                if seen.contains(&words) {
                    return Some((Span::new(*start, at), *bar));
                }
                seen.push(words);
                (*start, *bar) = (at + 1, at);
                if c == ')' {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_stands_twice() {
        let found = |cue| doubled(cue).map(|(span, bar)| (span.of(cue), bar));
        assert_eq!(found("(a|b|a) c"), Some(("a", 4)));
        assert_eq!(found("(a|(b|c)|(b|c))"), Some(("(b|c)", 8)));
        assert_eq!(found("(a||b|)"), Some(("", 5)));
        assert_eq!(found("(a|b) (a|b)"), None);
    }
}
