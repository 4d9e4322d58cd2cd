//! Gates before the patterns of lines: automata made when the program is built, that say at once of nearly every line that it
//! matches none. Making the regular expressions themselves ready costs more than reading a letter.
//!
//! In: patterns of one kind. Out: [`Gate`]s and their bytes. A gate is exact, or it lets too much through: counted repeats are
//! taken as any number, and borders of words are left out, since both make automata large. Not decided here: what a line
//! is; whoever passes a gate that is not exact is matched against the pattern itself.

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_syntax::hir::{Hir, HirKind, Look, Repetition};

/// Some patterns of a kind, and the automaton before them.
pub(crate) struct Gate {
    /// Places in the list of the kind.
    pub(crate) patterns: Vec<u32>,
    /// What passes it matches.
    pub(crate) exact: bool,
    /// A sparse automaton of the crate regex-automata, low byte first.
    pub(crate) automaton: Vec<u8>,
}

/// Largest automaton, in bytes before its empty places are left out.
const LARGEST: usize = 1 << 22;
/// Largest one of a single pattern that is taken as it is.
const LARGEST_EXACT: usize = 1 << 19;
/// Memory for making one.
const MEMORY: usize = 1 << 25;
/// Repeats up to this number are counted.
const COUNTED: u32 = 8;

/// The gates of a kind; `None` where one cannot be made, as for a pattern that need not match from a line's beginning.
pub(crate) fn gates(patterns: &[String]) -> Option<Vec<Gate>> {
    let parsed: Vec<Hir> = patterns
        .iter()
        .map(|pattern| regex_syntax::parse(pattern).ok())
        .collect::<Option<_>>()?;
    let from_beginning = |hir: &Hir| hir.properties().look_set_prefix().contains(Look::Start);
    if !parsed.iter().all(from_beginning) {
        return None;
    }
    let numbered = (0..).zip(&parsed);
    let (small, large): (Vec<_>, Vec<_>) =
        numbered.partition(|(_, hir)| automaton(&[*hir], LARGEST_EXACT).is_some());
    let mut gates = Vec::new();
    together(&small, true, &mut gates)?;
    let relaxed: Vec<(u32, Hir)> = large.iter().map(|(n, hir)| (*n, relaxed(hir))).collect();
    let relaxed: Vec<(u32, &Hir)> = relaxed.iter().map(|(n, hir)| (*n, hir)).collect();
    together(&relaxed, false, &mut gates)?;
    Some(gates)
}

/// As few gates as can be: all patterns in one, else each half in its own.
fn together(patterns: &[(u32, &Hir)], exact: bool, gates: &mut Vec<Gate>) -> Option<()> {
    if patterns.is_empty() {
        return Some(());
    }
    let hirs: Vec<&Hir> = patterns.iter().map(|(_, hir)| *hir).collect();
    match automaton(&hirs, LARGEST) {
        Some(automaton) => gates.push(Gate {
            patterns: patterns.iter().map(|(n, _)| *n).collect(),
            exact,
            automaton,
        }),
        None if patterns.len() == 1 => return None,
        None => {
            let (first, second) = patterns.split_at(patterns.len() / 2);
            together(first, exact, gates)?;
            together(second, exact, gates)?;
        }
    }
    Some(())
}

fn automaton(patterns: &[&Hir], largest: usize) -> Option<Vec<u8>> {
    let config = thompson::Config::new().which_captures(WhichCaptures::None);
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
    Some(dfa.to_sparse().ok()?.to_bytes_little_endian())
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
/// exact, and the automaton behind its length. Numbers are of 32 bits, low byte first.
pub(crate) fn store<'p>(kinds: impl Iterator<Item = &'p [String]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut put = |numbers: &[u32], automaton: &[u8]| {
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(automaton);
    };
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    for patterns in kinds {
        let gates = gates(patterns).unwrap_or_default();
        put(&[length(gates.len())], &[]);
        for gate in gates {
            put(&[length(gate.patterns.len())], &[]);
            put(&gate.patterns, &[]);
            put(
                &[u32::from(gate.exact), length(gate.automaton.len())],
                &gate.automaton,
            );
        }
    }
    bytes
}
