//! Which matches of a sentence silence which: the shorter ones inside a longer one of their kind, and those inside an exemption.
//!
//! In: the matches of one sentence. Out: the same in order, each once, what is silenced saying by what. Not decided here: which
//! cues there are.

use super::Match;
use crate::codebook::Tone;
use crate::rules::{Act, Cue, Role, Rules};
use crate::span::Span;

/// Kinds of cues that silence one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Theme,
    /// Praise and criticism.
    Judging,
    /// Words that turn them.
    Turning,
    Neutral,
    /// Time and change.
    Frame,
    Speaker,
}

impl Layer {
    #[inline]
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// A bit for each layer in which cues of this act can be silenced.
    fn held(act: Act) -> u8 {
        match act {
            Act::Name { .. } => Self::Theme.bit(),
            Act::Judge { .. } => Self::Theme.bit() | Self::Judging.bit(),
            Act::Near { .. } => Self::Judging.bit(),
            Act::Word(role) => match role {
                Role::Strength | Role::Concern => Self::Judging.bit(),
                Role::Neutral => Self::Neutral.bit(),
                Role::Past | Role::Future | Role::Improved | Role::Declined | Role::Unchanged => {
                    Self::Frame.bit()
                }
                Role::Inspector | Role::Authority | Role::Other => Self::Speaker.bit(),
                _ => Self::Turning.bit(),
            },
            _ => 0,
        }
    }

    /// A bit for each layer in which cues of this act can silence: all in which they can be silenced, and more. Praise is not
    /// lost inside an operator ("responsive to"), but an operator is inside a longer judgement ("not good enough").
    fn covering(act: Act) -> u8 {
        let further = match act {
            Act::Word(Role::Need | Role::Withhold) => Self::Judging.bit(),
            Act::Judge { .. } | Act::Near { .. } | Act::Word(Role::Strength | Role::Concern) => {
                Self::Turning.bit()
            }
            _ => 0,
        };
        Self::held(act) | further
    }
}

/// What silencing asks of a match.
#[derive(Clone, Copy)]
struct Mark {
    act: Act,
    /// See [`Layer::held`].
    held: u8,
    /// See [`Layer::covering`].
    covering: u8,
}

impl Mark {
    /// Cues silence one another inside a group only: names of one theme do ("early help assessment" does not lose the
    /// assessment), and in every other layer, by its bit, all.
    #[inline]
    fn group(self, layer: u8) -> Option<u16> {
        match self.act {
            Act::Name { theme, .. } | Act::Judge { theme, .. } if layer == Layer::Theme.bit() => Some(theme),
            _ => None,
        }
    }
}

/// Lists that silencing fills anew for each sentence.
#[derive(Default)]
pub(super) struct Lists {
    marks: Vec<Mark>,
    /// The places of exemptions.
    exempting: Vec<usize>,
    /// Clauses and the themes named in them.
    named: Vec<(usize, u16)>,
    /// Runs of the matches, each with the place of its match.
    runs: Vec<(Span, usize)>,
    widest: Widest,
}

/// The run that reaches furthest, with the place of its match, for each layer, by its bit, and each group inside it.
type Widest = Vec<(u8, Option<u16>, Span, usize)>;

/// Silences, among the matches of one sentence, those inside a longer one of their layer or inside an exemption.
pub(super) fn silence(rules: &Rules, all: &mut Vec<Match>, from: usize, lists: &mut Lists) {
    if all.len() == from {
        return;
    }
    in_order(rules, all, from);
    let Lists {
        marks,
        exempting,
        named,
        runs,
        widest,
    } = lists;
    marks.clear();
    exempting.clear();
    runs.clear();
    named.clear();
    // Layers with one match, and with more: where there is but one, nothing is silenced.
    let (mut one, mut several) = (0, 0);
    let (mut near, mut parted) = (false, false);
    for (n, m) in (from..).zip(&all[from..]) {
        let act = rules.act(m.cue);
        let mark = Mark {
            act,
            held: Layer::held(act),
            covering: Layer::covering(act),
        };
        several |= one & mark.covering;
        one |= mark.covering;
        match act {
            Act::Exempt(_) => exempting.push(n),
            Act::Near { .. } => near = true,
            _ => {}
        }
        match &m.runs {
            None => runs.push((m.span, n)),
            Some(own) => {
                parted = true;
                runs.extend(own.iter().map(|run| (*run, n)));
            }
        }
        marks.push(mark);
    }
    // In the order of their beginnings, longest first: one that ends beyond all before it lies in none.
    if parted {
        runs.sort_by_key(|(run, n)| (run.start, usize::MAX - run.end, *n));
    }
    let sentence = Sentence { from, marks, runs };
    if near || parted || !exempting.is_empty() {
        // Names come first, so that it is known where words near a theme are near it, and that a match silenced by its runs in
        // several layers says so by a name.
        let theme = Layer::Theme.bit();
        sentence.silence(all, several & theme, named, widest);
        for by in exempting {
            exempt(rules, all, from, *by);
        }
        if near {
            names(rules, &all[from..], named);
        }
        several &= !theme;
    }
    sentence.silence(all, several, named, widest);
}

/// The matches of one sentence in the order of their runs.
struct Sentence<'l> {
    /// The place of the first of them among all.
    from: usize,
    marks: &'l [Mark],
    runs: &'l [(Span, usize)],
}

impl Sentence<'_> {
    /// Silences in some layers, a bit each, those inside a longer one.
    fn silence(&self, all: &mut [Match], layers: u8, named: &[(usize, u16)], widest: &mut Widest) {
        if layers == 0 {
            return;
        }
        widest.clear();
        for &(run, n) in self.runs {
            let mark = self.marks[n - self.from];
            let mut left = mark.covering & layers;
            if left == 0 {
                continue;
            }
            if let Act::Near { theme, .. } = mark.act
                && !named.contains(&(all[n].clause, theme))
            {
                continue;
            }
            while left != 0 {
                let bit = 1 << left.trailing_zeros();
                left &= !bit;
                let group = mark.group(bit);
                let slot = widest
                    .iter()
                    .position(|(other, its_group, _, _)| *other == bit && *its_group == group);
                if let Some((_, _, cover, by)) = slot.map(|slot| widest[slot])
                    && cover.end >= run.end
                {
                    if by != n
                        && cover.len() > run.len()
                        && cover.contains(all[n].span)
                        && mark.held & bit != 0
                    {
                        all[n].silenced_by.get_or_insert(by);
                    }
                    continue;
                }
                match slot {
                    Some(slot) => widest[slot] = (bit, group, run, n),
                    None => widest.push((bit, group, run, n)),
                }
            }
        }
    }
}

/// Puts the matches of a sentence, which stand in the order of their beginnings, into that of their ends as well, longest first, and
/// keeps each once: alternatives of a cue may come to the same words, and would turn a judgement twice.
fn in_order(rules: &Rules, all: &mut Vec<Match>, from: usize) {
    let id = |m: &Match| &rules.cue(m.cue).id;
    let (mut kept, mut next) = (from, from);
    while let Some(first) = all.get(next) {
        let start = first.span.start;
        let group = next..next + all[next..].iter().take_while(|m| m.span.start == start).count();
        if group.len() > 1 {
            all[group.clone()].sort_by(|a, b| {
                let longer = b.span.end.cmp(&a.span.end);
                longer.then_with(|| id(a).cmp(id(b)))
            });
        }
        let of_group = kept;
        next = group.end;
        for n in group {
            let same = |m: &Match| m.cue == all[n].cue && m.runs == all[n].runs;
            let before = all[of_group..kept].iter().rev();
            if !before.take_while(|m| m.span == all[n].span).any(same) {
                if kept < n {
                    all.swap(kept, n);
                }
                kept += 1;
            }
        }
    }
    all.truncate(kept);
}

/// Adds clauses and the themes named in them.
fn names(rules: &Rules, matches: &[Match], named: &mut Vec<(usize, u16)>) {
    let alive = matches.iter().filter(|m| m.silenced_by.is_none());
    named.extend(alive.filter_map(|m| match rules.act(m.cue) {
        Act::Name { theme, .. } | Act::Judge { theme, .. } => Some((m.clause, theme)),
        _ => None,
    }));
    named.dedup();
}

/// Whether an exemption of a file and role silences a match: a cue of its own file, or of another file with the same
/// role, inside it; a name of its own theme already where the two overlap.
fn exempts(exemption: &Match, file: u16, role: Option<Role>, other: &Match, cue: &Cue) -> bool {
    let inside = exemption.span.contains(other.span);
    match cue.act {
        Act::Exempt(_) => false,
        Act::Name { .. } => cue.file == file && exemption.span.overlaps(other.span),
        _ if cue.file == file => inside,
        Act::Word(own) => inside && role == Some(own),
        Act::Near {
            tone: Tone::Strength, ..
        } => inside && role == Some(Role::Strength),
        Act::Near {
            tone: Tone::Concern, ..
        } => inside && role == Some(Role::Concern),
        _ => false,
    }
}

/// Longest name, in bytes, that an exemption looks for before its own beginning.
const LONGEST_NAME: usize = 200;

/// Silences what an exemption, by its place, silences.
fn exempt(rules: &Rules, all: &mut [Match], from: usize, by: usize) {
    let cue = rules.cue(all[by].cue);
    let Act::Exempt(role) = cue.act else { return };
    let exemption = all[by].clone();
    // Matches are in the order of their beginnings, so those that reach into it stand near.
    let first = from + all[from..].partition_point(|m| m.span.start + LONGEST_NAME < exemption.span.start);
    for m in all[first..]
        .iter_mut()
        .take_while(|m| m.span.start < exemption.span.end)
    {
        if exempts(&exemption, cue.file, role, m, rules.cue(m.cue)) {
            m.silenced_by = Some(by);
        }
    }
}
