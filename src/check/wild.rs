//! Cues that are written wider or longer than meant: short stems with a wildcard, alternatives that stand twice.

use super::cues::{Item, Items};
use super::finding::{Edit, Found};
use super::pattern::Piece;
use crate::rules::Lenient;
use crate::span::Span;

/// Letters before a `*` that may stand for too many words.
const SHORT: usize = 3;

/// Looks at every cue.
pub(super) fn wild(lenient: &Lenient, items: &Items) -> Vec<Found> {
    items
        .all
        .iter()
        .flat_map(|item| short(item).into_iter().chain(twice(lenient, item)))
        .collect()
}

/// A short stem that no neighbour narrows.
fn short(item: &Item) -> Option<Found> {
    let stem = item.patterns.iter().find_map(|pattern| {
        pattern.iter().enumerate().find_map(|(n, piece)| {
            let alone = |other: Option<&Piece>| !matches!(other, Some(Piece::Word { .. }));
            match piece {
                Piece::Word { stem, open: true }
                    if stem.chars().count() <= SHORT
                        && alone(n.checked_sub(1).and_then(|n| pattern.get(n)))
                        && alone(pattern.get(n + 1)) =>
                {
                    Some(stem.clone())
                }
                _ => None,
            }
        })
    })?;
    let message = format!(
        "the wildcard `{stem}*` matches every word that begins with “{stem}”: write the words out, such as `({stem}|{stem}s)`"
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
