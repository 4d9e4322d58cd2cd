//! Words that mean two things at once: they name two themes, or praise and criticise.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cues::{Item, Items, switched_off};
use super::finding::Found;
use super::pattern::{Pattern, Piece, show};
use super::probe::probe;
use crate::rules::{Act, Lenient, Role};

/// Readings of a pair of cues that are asked about before the two are held to be apart.
const TRIED: usize = 4;

/// Looks at every cue and those that match the same words.
pub(super) fn collide(lenient: &Lenient, items: &Items) -> Vec<Found> {
    let found: Vec<Vec<Found>> = (0..items.all.len())
        .into_par_iter()
        .map(|n| of(lenient, items, n))
        .collect();
    found.into_iter().flatten().collect()
}

/// The cues that clash with one.
fn of(lenient: &Lenient, items: &Items, n: usize) -> Vec<Found> {
    let item = &items.all[n];
    let mut all = Vec::new();
    // How many readings were tried with each other cue; all, where it has been told.
    let mut tried: BTreeMap<usize, usize> = BTreeMap::new();
    for pattern in &item.patterns {
        // What is told of two cues is told in the later file: one of the two has to be asked about.
        let others = if item.asked {
            items.covering(pattern, true)
        } else {
            items.asked_covering(pattern, true)
        };
        for other in others {
            let against = &items.all[other];
            let clashes = differ(lenient, item.act, against.act);
            if other == n || !clashes || tried.get(&other).is_some_and(|tried| *tried >= TRIED) {
                continue;
            }
            // Where each covers the other, the later one is told.
            let back = against.patterns.contains(pattern);
            if back && other > n {
                continue;
            }
            let tried = tried.entry(other).or_default();
            *tried += 1;
            if let Some(found) = clash(lenient, item, against, pattern, back) {
                *tried = TRIED;
                all.push(found);
            }
        }
    }
    all
}

/// Whether two cues cannot both be meant by the same words.
fn differ(lenient: &Lenient, a: Act, b: Act) -> bool {
    match (theme(a), theme(b)) {
        (Some(a), Some(b)) if a != b => {
            let yields = |a: u16, b: u16| lenient.rules.lexicon.yields[usize::from(a)].contains(&b);
            !yields(a, b) && !yields(b, a)
        }
        _ => opposite(a, b).is_some(),
    }
}

fn clash(lenient: &Lenient, item: &Item, other: &Item, words: &Pattern, same: bool) -> Option<Found> {
    let rules = &lenient.rules;
    let themes = (theme(item.act), theme(other.act));
    let name = |theme: u16| {
        rules
            .themes()
            .nth(usize::from(theme))
            .map_or("", |theme| theme.id.as_str())
    };
    // Told in the later layer: in an overlay rather than in what lies below it.
    let (here, there) = match rules.files()[other.file].overlay > rules.files()[item.file].overlay {
        true => (other, item),
        false => (item, other),
    };
    let off = switched_off(rules, here, there).map_or(String::new(), |off| {
        format!(", or switch the other off with {off}")
    });
    let (code, message) = match themes {
        (Some(a), Some(b)) if a != b => {
            let (a, b) = (name(a), name(b));
            if same {
                let message = format!(
                    "the words `{}` name two themes, `{a}` and `{b}`: take them out of one{off}, or write `yields = [\"...\"]` in the theme that is to give way",
                    show(words)
                );
                ("W402", message)
            } else {
                let message = format!(
                    "the wildcard of `{wide}`, which names `{b}`, takes in `{words}`, which names `{a}`: write its endings out, or write exempt = [\"{words}\"] or yields = [\"{a}\"] in themes/{b}.toml",
                    wide = other.text,
                    words = show(words)
                );
                ("W408", message)
            }
        }
        _ => {
            let (a, b) = opposite(item.act, other.act)?;
            let (first, second) = if here.number == item.number {
                (a, b)
            } else {
                (b, a)
            };
            let message = format!(
                "the words `{}` are `{first}` here and `{second}` elsewhere: take them out of one of the two{off}",
                show(words)
            );
            ("W403", message)
        }
    };
    let plain: Vec<&str> = words
        .iter()
        .filter_map(|piece| match piece {
            Piece::Word { stem, .. } => Some(&**stem),
            Piece::Gap(_) => None,
        })
        .collect();
    let probe = probe(rules, &plain.join(" "));
    // Words near a theme speak only where it is named.
    let near = matches!(item.act, Act::Near { .. });
    let both_speak = probe.speaks(item.number) && probe.speaks(other.number);
    if !near && !both_speak {
        return None;
    }
    let found = Found::new(code, here.file, here.at, message).cue(&here.text);
    Some(found.also(
        there.file,
        there.at,
        format!("`{}`, in `{}`", there.text, there.list),
    ))
}

/// The theme that a cue names wherever it stands.
fn theme(act: Act) -> Option<u16> {
    match act {
        Act::Name { theme, hint: false } | Act::Judge { theme, .. } => Some(theme),
        _ => None,
    }
}

/// What two cues say, where it cannot both be.
fn opposite(a: Act, b: Act) -> Option<(&'static str, &'static str)> {
    const SIDES: [&[Role]; 6] = [
        &[Role::Strength, Role::Concern],
        &[Role::Asset, Role::Burden],
        &[Role::Less, Role::More],
        &[Role::Past, Role::Future],
        &[Role::Improved, Role::Declined, Role::Unchanged],
        &[Role::Inspector, Role::Authority, Role::Other],
    ];
    match (a, b) {
        (Act::Word(a), Act::Word(b)) => {
            let stand = |sides: &&&[Role]| sides.contains(&a) && sides.contains(&b);
            (a != b && SIDES.iter().any(|sides| stand(&sides))).then(|| (a.name(), b.name()))
        }
        (
            Act::Judge { theme, tone },
            Act::Judge {
                theme: on,
                tone: other,
            },
        )
        | (
            Act::Near { theme, tone },
            Act::Near {
                theme: on,
                tone: other,
            },
        ) => (theme == on && tone != other).then(|| (tone.name(), other.name())),
        _ => None,
    }
}
