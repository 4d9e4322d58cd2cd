//! Gates before the patterns of lines: automata made when the program is built, that say at once of nearly every line that it
//! matches none. Making the regular expressions themselves ready costs more than reading a letter.
//!
//! In: patterns of one kind. Out: [`Gate`]s and their bytes. A gate is exact, or it lets too much through: counted repeats are
//! taken as any number, and borders of words are left out, since both make automata large. Not decided here: what a line
//! is; whoever passes a gate that is not exact is matched against the pattern itself.

use std::slice;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::{Dot, Hir, HirKind, Look, Repetition};

/// Some patterns of a kind, and the automaton before them.
pub(crate) struct Gate {
    /// Places in the list of the kind.
    patterns: Vec<u32>,
    /// What passes it matches.
    exact: bool,
    automaton: Stored,
}

struct Stored {
    /// It reads a line from its end: what begins with anything often ends with little.
    reversed: bool,
    /// A bit for each byte with which a line begins, or ends, that may pass.
    first: [u32; 8],
    /// A sparse automaton of the crate regex-automata, low byte first.
    bytes: Vec<u8>,
}

/// Largest automaton, in bytes before its empty places are left out.
const LARGEST: usize = 1 << 21;
/// Largest one of a single pattern that is taken as it is.
const LARGEST_EXACT: usize = 1 << 17;
/// Of a pattern whose own is larger, in bytes without empty places, only a piece is looked at.
const SMALL: usize = 48 << 10;
/// Memory for making one.
const MEMORY: usize = 1 << 24;
/// Repeats up to this number are counted.
const COUNTED: u32 = 8;
/// A class of so many characters is nearly all there are.
const ANYTHING: usize = 1 << 16;

/// The gates of a kind; `None` where one cannot be made, as for a pattern that need not match from a line's beginning.
fn gates(patterns: &[String]) -> Option<Vec<Gate>> {
    let parsed: Vec<Hir> = patterns
        .iter()
        .map(|pattern| regex_syntax::parse(pattern).ok())
        .collect::<Option<_>>()?;
    let from_beginning = |hir: &Hir| hir.properties().look_set_prefix().contains(Look::Start);
    if !parsed.iter().all(from_beginning) {
        return None;
    }
    let mut gates = Vec::new();
    for reversed in [false, true] {
        let (mut exact, mut large) = (Vec::new(), Vec::new());
        for (n, hir) in (0..).zip(&parsed) {
            let to_end = hir.properties().look_set_suffix().contains(Look::End);
            if (begins_with_anything(hir) && to_end) != reversed {
                continue;
            }
            match automaton(&[hir], reversed, LARGEST_EXACT) {
                Some(_) => exact.push((n, hir.clone())),
                None => large.push((n, small(relaxed(hir), reversed))),
            }
        }
        gates.append(&mut together(&exact, true, reversed)?);
        gates.append(&mut together(&large, false, reversed)?);
    }
    Some(gates)
}

/// All patterns in one gate, or each half in its own where that makes much less of them.
fn together(patterns: &[(u32, Hir)], exact: bool, reversed: bool) -> Option<Vec<Gate>> {
    if patterns.is_empty() {
        return Some(Vec::new());
    }
    let hirs: Vec<&Hir> = patterns.iter().map(|(_, hir)| hir).collect();
    let whole = automaton(&hirs, reversed, LARGEST).map(|automaton| Gate {
        patterns: patterns.iter().map(|(n, _)| *n).collect(),
        exact,
        automaton,
    });
    if patterns.len() == 1 {
        return Some(vec![whole?]);
    }
    let (first, second) = patterns.split_at(patterns.len() / 2);
    let mut halves = together(first, exact, reversed)?;
    halves.append(&mut together(second, exact, reversed)?);
    let small: usize = halves.iter().map(|gate| gate.automaton.bytes.len()).sum();
    match whole {
        Some(whole) if whole.automaton.bytes.len() < small * 3 / 2 => Some(vec![whole]),
        _ => Some(halves),
    }
}

fn automaton(patterns: &[&Hir], reversed: bool, largest: usize) -> Option<Stored> {
    let config = thompson::Config::new()
        .which_captures(WhichCaptures::None)
        .reverse(reversed);
    let nfa = thompson::Compiler::new()
        .configure(config)
        .build_many_from_hir(patterns)
        .ok()?;
    let config = dense::Config::new()
        .start_kind(StartKind::Anchored)
        .match_kind(MatchKind::All)
        .dfa_size_limit(Some(largest))
        .determinize_size_limit(Some(MEMORY));
    let dfa = dense::Builder::new()
        .configure(config)
        .build_from_nfa(&nfa)
        .ok()?;
    let input = Input::new("").anchored(Anchored::Yes);
    let start = match reversed {
        false => dfa.start_state_forward(&input).ok()?,
        true => dfa.start_state_reverse(&input).ok()?,
    };
    let mut first = [0; 8];
    for byte in 0..=u8::MAX {
        if !dfa.is_dead_state(dfa.next_state(start, byte)) {
            first[usize::from(byte / 32)] |= 1 << (byte % 32);
        }
    }
    Some(Stored {
        reversed,
        first,
        bytes: dfa.to_sparse().ok()?.to_bytes_little_endian(),
    })
}

/// Whether nearly any character may be the first.
fn begins_with_anything(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            let size =
                |range: &regex_syntax::hir::ClassUnicodeRange| range.end() as usize - range.start() as usize;
            class.iter().map(size).sum::<usize>() >= ANYTHING
        }
        HirKind::Repetition(repeat) => begins_with_anything(&repeat.sub),
        HirKind::Capture(capture) => begins_with_anything(&capture.sub),
        HirKind::Concat(parts) => {
            let first = parts.iter().find(|part| !matches!(part.kind(), HirKind::Look(_)));
            first.is_some_and(begins_with_anything)
        }
        HirKind::Alternation(parts) => parts.iter().any(begins_with_anything),
        _ => false,
    }
}

/// A pattern, or as much of its beginning (or end) as makes a small automaton, and then anything.
fn small(hir: Hir, reversed: bool) -> Hir {
    let is_small = |hir: &Hir| {
        automaton(&[hir], reversed, LARGEST).is_some_and(|automaton| automaton.bytes.len() <= SMALL)
    };
    let HirKind::Concat(parts) = hir.kind() else {
        return hir;
    };
    if is_small(&hir) {
        return hir;
    }
    let anything = Hir::repetition(Repetition {
        min: 0,
        max: None,
        greedy: true,
        sub: Box::new(Hir::dot(Dot::AnyChar)),
    });
    let shorter = (1..parts.len()).rev().map(|kept| match reversed {
        false => Hir::concat([&parts[..kept], slice::from_ref(&anything)].concat()),
        true => Hir::concat([slice::from_ref(&anything), &parts[parts.len() - kept..]].concat()),
    });
    let found = shorter.into_iter().find(is_small);
    found.unwrap_or(hir)
}

/// A pattern that matches all that this one does, and more.
fn relaxed(hir: &Hir) -> Hir {
    let all = |parts: &[Hir]| parts.iter().map(relaxed).collect();
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(class) => Hir::class(class.clone()),
        HirKind::Look(Look::Start | Look::End) => hir.clone(),
        HirKind::Look(_) => Hir::empty(),
        HirKind::Repetition(repeat) => {
            let counted = repeat.min.max(repeat.max.unwrap_or(0)) <= COUNTED;
            Hir::repetition(Repetition {
                min: if counted { repeat.min } else { repeat.min.min(1) },
                max: repeat.max.filter(|_| counted),
                greedy: repeat.greedy,
                sub: Box::new(relaxed(&repeat.sub)),
            })
        }
        HirKind::Capture(capture) => relaxed(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
    }
}

/// The gates of each kind in turn as bytes: how many there are, and for each how many patterns and which, whether it is
/// exact, whether it reads from the end, the bits of first bytes, and the automaton behind its length. Numbers are of 32
/// bits, low byte first.
pub(crate) fn store<'p>(kinds: impl Iterator<Item = &'p [String]>) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    for patterns in kinds {
        let gates = gates(patterns).unwrap_or_default();
        bytes.extend(length(gates.len()).to_le_bytes());
        for gate in gates {
            let Stored {
                reversed,
                first,
                bytes: automaton,
            } = gate.automaton;
            let mut numbers = vec![length(gate.patterns.len())];
            numbers.extend(gate.patterns);
            numbers.extend([u32::from(gate.exact), u32::from(reversed)]);
            numbers.extend(first);
            numbers.push(length(automaton.len()));
            bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            bytes.extend(automaton);
        }
    }
    bytes
}
