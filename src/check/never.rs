//! Cues that can never be seen, cues that are always exempt, and exemptions that can never fire.

use rayon::prelude::*;

use super::cues::{Item, Items, switched_off};
use super::finding::Found;
use super::fix::without;
use super::pattern::fits;
use super::probe::{Probe, probe};
use crate::codebook::Tone;
use crate::rules::{Act, Lenient, Role, Rules, readings};

/// Readings of a cue that are tried before it is given up.
const TRIED: usize = 60;

/// Looks at every cue.
pub(super) fn never(lenient: &Lenient, items: &Items) -> Vec<Found> {
    items
        .all
        .par_iter()
        .filter(|item| item.asked)
        .filter_map(|item| unseen(lenient, items, item).or_else(|| idle_exemption(lenient, items, item)))
        .collect()
}

fn unseen(lenient: &Lenient, items: &Items, item: &Item) -> Option<Found> {
    let rules = &lenient.rules;
    let place = |message: String| Found::new("W404", item.file, item.at, message).cue(&item.text);
    let glued = |word: &&str| !word.starts_with("..") && word.contains("..");
    if let Some(word) = item.text.split_whitespace().find(glued) {
        return Some(
            place(format!(
                "the cue can never match: no letter holds `{word}` as one word"
            ))
            .note("a gap stands between spaces: `plans .. late`, `plans ..8 late`"),
        );
    }
    if matches!(item.act, Act::Stop | Act::Content) {
        // They cut where their words are seen, before there are clauses.
        let apart = !item.patterns.is_empty() && item.patterns.iter().all(|pattern| parts(pattern) > 1);
        let message = "the cue cuts nothing: clauses are cut only at words that stand one after the other";
        let note = "write the words out, without gaps and with `*` at the last word only";
        return apart.then(|| place(message.to_owned()).note(note));
    }
    let (mut first, mut exempt) = (None, None);
    for reading in readings(&item.text).take(TRIED) {
        let words = spoken(&reading);
        let probe = probe(rules, &words);
        match probe.of(item.number) {
            Some(found) => match probe.exempt_by(rules, found) {
                Some(by) => exempt = Some(by),
                None => return None,
            },
            None => first = first.or(Some((words, probe))),
        }
    }
    if let Some(by) = exempt {
        let other = items.all.iter().find(|other| other.number == by)?;
        let off = switched_off(rules, item, other).map_or("or the exemption".to_owned(), |off| {
            format!("or, if it is to count, switch the exemption off with {off}")
        });
        let message = format!(
            "the cue says nothing: wherever it stands the exemption `{}` silences it; take the cue out, {off}",
            other.text
        );
        return Some(
            Found::new("W405", item.file, item.at, message)
                .cue(&item.text)
                .also(other.file, other.at, format!("the exemption `{}`", other.text)),
        );
    }
    let (words, probe) = first?;
    let reason = reason(rules, &words, &probe);
    let found = place(format!("the cue can never match: {reason}"));
    Some(if reason.starts_with("a clause") {
        found.note("a gap `..` does not reach from one clause into the next either")
    } else {
        found
    })
}

fn parts(pattern: &[super::pattern::Piece]) -> usize {
    use super::pattern::Piece;
    let last = pattern.len().saturating_sub(1);
    1 + pattern
        .iter()
        .enumerate()
        .filter(|(n, piece)| match piece {
            Piece::Gap(_) => true,
            Piece::Word { open, .. } => *open && *n < last,
        })
        .count()
}

/// A reading as a letter would have it: without stars, gaps closed.
fn spoken(reading: &str) -> String {
    let words: Vec<&str> = reading
        .split_whitespace()
        .filter(|word| !word.starts_with(".."))
        .map(|word| word.trim_end_matches('*'))
        .collect();
    words.join(" ")
}

/// Why the words are not seen as one.
fn reason(rules: &Rules, words: &str, probe: &Probe) -> String {
    let cut = probe
        .all()
        .find_map(|(cue, start, end)| match rules.cue(cue).act {
            Act::Stop if start > 0 => words.get(start..end).map(|word| (word, "begins")),
            Act::Content if end < words.len() => words.get(start..end).map(|word| (word, "ends")),
            _ => None,
        });
    if let Some((word, what)) = cut {
        return format!(
            "a clause {what} at `{word}`, and a cue matches only inside one clause; write the words on one side of it"
        );
    }
    if words.contains([';', ':', '–', '—']) {
        return "a clause ends at `;`, `:` and dashes, and a cue matches only inside one clause; take the mark out".to_owned();
    }
    if words.contains(['.', '!', '?']) {
        return "a sentence ends at `.`, `!` and `?`; take the mark out".to_owned();
    }
    if words.contains(',') {
        return "a clause may end at a comma; take the comma out or write a gap `..` in its place".to_owned();
    }
    format!(
        "in the sentence “xyzzy {words} xyzzy.” it is not seen, since the clause is cut inside these words"
    )
}

fn idle_exemption(lenient: &Lenient, items: &Items, item: &Item) -> Option<Found> {
    let Act::Exempt(role) = item.act else { return None };
    if item.patterns.is_empty() {
        return None;
    }
    let fires = |other: &Item| {
        if other.patterns.is_empty() && silences(item, role, other).is_some() {
            return true;
        }
        let Some(across) = silences(item, role, other) else {
            return false;
        };
        item.patterns
            .iter()
            .any(|outer| other.patterns.iter().any(|inner| fits(outer, inner, across)))
    };
    if items.all.iter().any(fires) {
        return None;
    }
    let of_whom = match role {
        None => "no name of the theme shares a word with it, and no other cue of the file stands inside it"
            .to_owned(),
        Some(role) => format!(
            "no cue of the file and no other `{}` stands inside it",
            role.name()
        ),
    };
    let mut found = Found::new(
        "W406",
        item.file,
        item.at,
        format!("the exemption can never fire: {of_whom}; take it out, or write it with the words that it is to silence"),
    )
    .cue(&item.text)
    .note("an exemption is written as the whole phrase that looks like a cue but is none: for `caseload*` it may be `caseload management system`");
    if let Some(edits) = without(&lenient.rules.files()[item.file].text, item.at) {
        found = found.fix("take the exemption out", edits);
    }
    Some(found)
}

/// Whether an exemption silences cues such as this one, and whether already those that it overlaps.
fn silences(exemption: &Item, role: Option<Role>, other: &Item) -> Option<bool> {
    let own = other.owner == exemption.owner;
    match other.act {
        Act::Exempt(_) => None,
        Act::Name { .. } => own.then_some(true),
        _ if own => Some(false),
        Act::Word(other) => (role == Some(other)).then_some(false),
        Act::Near {
            tone: Tone::Strength, ..
        } => (role == Some(Role::Strength)).then_some(false),
        Act::Near {
            tone: Tone::Concern, ..
        } => (role == Some(Role::Concern)).then_some(false),
        _ => None,
    }
}
