//! What a cue can match, as patterns of words that can be compared.
//!
//! In: a cue as written. Out: [`Pattern`]s, one a reading, and whether one matches all that another does. Not decided
//! here: which cues ought to be compared.

use std::collections::HashMap;
use std::sync::Arc;

use crate::normal::Normal;
use crate::rules::readings;

/// Readings of one cue that are written out; a cue with more is left out of comparisons.
pub(super) const MOST: usize = 4000;

/// A piece of a reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    /// A word in normal form; an open one may go on.
    Word { stem: Arc<str>, open: bool },
    /// Up to so many words.
    Gap(u8),
}

/// One reading of a cue: it begins and ends with a word.
pub(super) type Pattern = Vec<Piece>;

/// Every reading of a cue; `None` where they are more than [`MOST`].
pub(super) fn patterns(cue: &str) -> Option<Vec<Pattern>> {
    let mut all = Vec::new();
    // The readings of a cue are made of few words.
    let mut known = HashMap::new();
    for reading in readings(cue) {
        all.extend(
            with_hyphens(&reading, &mut known)
                .into_iter()
                .filter(|pattern| !pattern.is_empty()),
        );
        if all.len() > MOST {
            return None;
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// `multi-agency` is read with a space and without. `known` keeps the ways in which words can stand.
fn with_hyphens(reading: &str, known: &mut HashMap<String, Vec<Pattern>>) -> Vec<Pattern> {
    let mut all: Vec<Pattern> = vec![Vec::new()];
    for word in reading.split_whitespace() {
        if let Some(words) = word.strip_prefix("..") {
            let gap = if words.is_empty() {
                4
            } else {
                words.parse().unwrap_or(4)
            };
            for pattern in &mut all {
                match pattern.last_mut() {
                    Some(Piece::Gap(before)) => *before = gap.max(*before),
                    Some(_) => pattern.push(Piece::Gap(gap)),
                    // A gap behind an empty reading has nothing to stand behind.
                    None => {}
                }
            }
            continue;
        }
        if !known.contains_key(word) {
            let mut ways = vec![spaced(word)];
            if word.contains('-') {
                ways.push(spaced(&word.replace('-', "")));
            }
            known.insert(word.to_owned(), ways);
        }
        match known.get(word).map(Vec::as_slice) {
            Some([way]) => all
                .iter_mut()
                .for_each(|pattern| pattern.extend(way.iter().cloned())),
            ways => {
                let ways = ways.unwrap_or_default();
                all = all
                    .iter()
                    .flat_map(|start| ways.iter().map(move |way| [start.as_slice(), way].concat()))
                    .collect();
                // More than anybody asks for: the rest would only fill memory.
                if all.len() > MOST {
                    return all;
                }
            }
        }
    }
    for pattern in &mut all {
        if matches!(pattern.last(), Some(Piece::Gap(_))) {
            pattern.pop();
        }
    }
    all
}

fn spaced(word: &str) -> Pattern {
    let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let normal = Normal::new(stem).text;
    let words: Vec<&str> = normal.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .map(|(n, word)| Piece::Word {
            stem: Arc::from(*word),
            open: open && n == last,
        })
        .collect()
}

/// As an author would write it.
pub(super) fn show(pattern: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Word { stem, open: false } => stem.to_string(),
        Piece::Word { stem, open: true } => format!("{stem}*"),
        Piece::Gap(4) => "..".to_owned(),
        Piece::Gap(words) => format!("..{words}"),
    };
    pattern.iter().map(piece).collect::<Vec<_>>().join(" ")
}

/// Whether `wide` matches, over the same words, all that `narrow` does. `tight`: without taking a word of `narrow` for
/// its gap, so that what the two cover is the same too.
pub(super) fn covers(wide: &[Piece], narrow: &[Piece], tight: bool) -> bool {
    match (wide.split_first(), narrow.split_first()) {
        (None, None) => true,
        (None, _) | (Some(_), None) => false,
        (Some((Piece::Word { stem, open }, wide)), Some((first, rest))) => {
            let Piece::Word {
                stem: own,
                open: own_open,
            } = first
            else {
                return false;
            };
            let holds = if *open {
                own.starts_with(&**stem)
            } else {
                own == stem && !own_open
            };
            holds && covers(wide, rest, tight)
        }
        (Some((Piece::Gap(most), after)), Some(_)) => through(*most, after, narrow, tight),
    }
}

/// The same where `wide` stands in a gap that can still take so many words.
fn through(most: u8, after: &[Piece], narrow: &[Piece], tight: bool) -> bool {
    match narrow.split_first() {
        Some((Piece::Gap(own), rest)) => *own <= most && through(most - own, after, rest, tight),
        Some((Piece::Word { .. }, rest)) => {
            covers(after, narrow, tight) || (!tight && most > 0 && through(most - 1, after, rest, tight))
        }
        None => false,
    }
}

/// Whether two words can be the same.
fn meet(a: (&str, bool), b: (&str, bool)) -> bool {
    match (a.1, b.1) {
        (false, false) => a.0 == b.0,
        (true, false) => b.0.starts_with(a.0),
        (false, true) => a.0.starts_with(b.0),
        (true, true) => a.0.starts_with(b.0) || b.0.starts_with(a.0),
    }
}

/// Whether `inner` can match inside the words of `outer`, or, where `across`, over its beginning or its end. A gap of
/// `outer` can hold anything.
pub(super) fn fits(outer: &[Piece], inner: &[Piece], across: bool) -> bool {
    if outer.iter().any(|piece| matches!(piece, Piece::Gap(_))) {
        return true;
    }
    (0..outer.len()).any(|start| from(&outer[start..], inner, across))
        || (across && (1..inner.len()).any(|cut| from(outer, &inner[cut..], true)))
}

fn from(outer: &[Piece], inner: &[Piece], across: bool) -> bool {
    let Some((first, rest)) = inner.split_first() else {
        return true;
    };
    let Some((word, after)) = outer.split_first() else {
        return across;
    };
    match (first, word) {
        (
            Piece::Word { stem, open },
            Piece::Word {
                stem: own,
                open: wide,
            },
        ) => meet((stem, *open), (own, *wide)) && from(after, rest, across),
        (Piece::Gap(most), _) => {
            from(outer, rest, across)
                || (1..=usize::from(*most)).any(|skip| match outer.get(skip..) {
                    Some(left) => from(left, rest, across),
                    None => across,
                })
        }
        (_, Piece::Gap(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cue: &str) -> Pattern {
        patterns(cue).unwrap().remove(0)
    }

    #[test]
    fn one_covers_the_other_or_not() {
        for (wide, narrow, loose, tight) in [
            ("caseload*", "caseloads", true, true),
            ("caseloads", "caseload*", false, false),
            ("plan", "plan", true, true),
            ("plan", "care plan", false, false),
            ("plans .. weak", "plans weak", true, true),
            ("plans .. weak", "plans are weak", true, false),
            ("plans .. weak", "plans ..2 weak", true, true),
            ("plans ..2 weak", "plans .. weak", false, false),
            ("plans ..2 weak", "plans ..1 are weak", true, false),
            ("multi agency", "multiagency", false, false),
        ] {
            assert_eq!(
                covers(&one(wide), &one(narrow), false),
                loose,
                "{wide} / {narrow}"
            );
            assert_eq!(
                covers(&one(wide), &one(narrow), true),
                tight,
                "{wide} / {narrow}, tight"
            );
        }
    }

    #[test]
    fn one_fits_the_other_or_not() {
        for (outer, inner, inside, across) in [
            ("career plan", "plan*", true, true),
            ("career planner", "plan*", true, true),
            ("career plan", "plan meeting", false, true),
            ("career plan", "a career", false, true),
            ("career day", "plan*", false, false),
            ("career .. day", "plan*", true, true),
            ("a b c", "a .. c", true, true),
            ("a b", "a .. c", false, true),
        ] {
            assert_eq!(fits(&one(outer), &one(inner), false), inside, "{outer} / {inner}");
            assert_eq!(
                fits(&one(outer), &one(inner), true),
                across,
                "{outer} / {inner}, across"
            );
        }
    }
}
