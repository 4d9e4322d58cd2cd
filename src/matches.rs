//! Cues seen: hits put together, longer cues silencing shorter ones inside them.
//!
//! In: hits of the scan and [`Clause`]s. Out: [`Match`]es in order; what was silenced is kept and says by what. Not decided
//! here: what the matches do to one another beyond that.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::clause::Clause;
use crate::codebook::Tone;
use crate::rules::{Act, Cue, Entry, Lexicon, Link, Pairs, Role, Rules, Uses};
use crate::scan::Hit;
use crate::span::Span;

/// A cue that stands in a clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// The cue, by its place in the rules.
    pub cue: u32,
    /// From its first word to its last, bytes of the text in normal form.
    pub span: Span,
    /// Its runs of neighbouring words, where a gap divides them.
    pub runs: Option<Box<[Span]>>,
    /// Its clause, by its place in the reading's list.
    pub clause: usize,
    /// The match that silences it, by its place in the reading's list.
    pub silenced_by: Option<usize>,
}

impl Match {
    /// Its runs of neighbouring words.
    pub fn runs(&self) -> &[Span] {
        self.runs.as_deref().unwrap_or(std::slice::from_ref(&self.span))
    }
}

/// See [`Finder::follow`].
type Dead = HashSet<(usize, usize)>;

/// With so many parts left, trying all ways costs less than keeping what was tried.
const FEW_PARTS: usize = 2;

/// Longest stretch that a gap of so many words may cover, in bytes a word: no step looks further.
const BYTES_A_WORD: usize = 24;

/// Puts hits together to matches, clause by clause.
pub(crate) fn matches(rules: &Rules, normal: &str, clauses: &[Clause], hits: &[Hit]) -> Vec<Match> {
    let lexicon = &rules.lexicon;
    let mut all = Vec::with_capacity(hits.len());
    let mut found: Vec<(u32, Match)> = Vec::new();
    let mut seconds: Vec<Second> = Vec::new();
    let mut runs: Vec<Span> = Vec::new();
    let mut lists = Lists::default();
    let mut rest = hits;
    let mut sentence_start = 0;
    for (n, clause) in clauses.iter().enumerate() {
        if n > 0 && clauses[n - 1].sentence != clause.sentence {
            silence(rules, &mut all, sentence_start, &mut lists);
            sentence_start = all.len();
        }
        let upto = |rest: &[Hit], end: usize| rest.iter().take_while(|hit| hit.start < end).count();
        rest = &rest[upto(rest, clause.span.start)..];
        let (inside, behind) = rest.split_at(upto(rest, clause.span.end));
        rest = behind;
        seconds.clear();
        if inside.iter().any(|hit| hit.uses.any(Uses::FIRST)) {
            in_second_place(normal, clause, inside, &mut seconds);
        }
        let finder = Finder {
            lexicon,
            normal,
            hits: inside,
            clause: n,
            limit: clause.span.end,
        };
        let mut from = 0;
        for hit in inside {
            if !hit.uses.any(Uses::WHOLE | Uses::FIRST) || hit.word_end > clause.span.end {
                continue;
            }
            let entry = &lexicon.entries[hit.literal as usize];
            if hit.uses.any(Uses::FIRST) {
                from += seconds[from..]
                    .iter()
                    .take_while(|second| second.start <= hit.start)
                    .count();
                finder.chains(entry, hit, &seconds[from..], &mut runs, &mut found);
                all.extend(found.drain(..).map(|(_, found)| found));
            } else {
                all.extend(finder.whole(entry, hit).map(|(_, found)| found));
            }
        }
    }
    silence(rules, &mut all, sentence_start, &mut lists);
    all
}

/// A hit that some chain has in second place.
struct Second {
    start: usize,
    /// Its place among the hits of the clause, and that of the first that begins behind it.
    hit: usize,
    behind: usize,
    /// Words of the clause before it.
    words: u32,
    /// Its part of the hash of [`Pairs`].
    hash: u32,
}

/// The hits of a clause that some chain has in second place, in the order of their beginnings, longest first: of "practice" and
/// "practice model", both standing there, the longer is meant.
fn in_second_place(normal: &str, clause: &Clause, hits: &[Hit], seconds: &mut Vec<Second>) {
    let mut words = Words::from(normal, clause.span.start);
    let mut from = 0;
    while let Some(first) = hits.get(from) {
        let upto = from
            + hits[from..]
                .iter()
                .take_while(|hit| hit.start == first.start)
                .count();
        for hit in (from..upto).rev() {
            if hits[hit].uses.any(Uses::SECOND) && hits[hit].word_end <= clause.span.end {
                seconds.push(Second {
                    start: first.start,
                    hit,
                    behind: upto,
                    words: words.upto(first.start),
                    hash: Pairs::second(hits[hit].literal),
                });
            }
        }
        from = upto;
    }
}

/// Finds the chains of one clause.
struct Finder<'a> {
    lexicon: &'a Lexicon,
    normal: &'a str,
    /// The hits of the clause.
    hits: &'a [Hit],
    /// The clause, by its place in the reading's list, and its end.
    clause: usize,
    limit: usize,
}

impl Finder<'_> {
    /// The chains that a hit is the whole of, by number.
    fn whole(&self, entry: &Entry, hit: &Hit) -> impl Iterator<Item = (u32, Match)> {
        let span = Span::new(hit.start, hit.word_end);
        let ends = hit.word_end == hit.end;
        let chains = self.lexicon.starts(entry).filter(move |(_, open)| ends || *open);
        chains.map(move |(number, _)| (number, self.found(number, span, None)))
    }

    /// The chains that begin with a hit, in their order, by number. What a clause begins with may be the first part of very
    /// many chains, so that those which go on are told by the hits behind it.
    fn chains(
        &self,
        entry: &Entry,
        hit: &Hit,
        seconds: &[Second],
        runs: &mut Vec<Span>,
        found: &mut Vec<(u32, Match)>,
    ) {
        let lexicon = self.lexicon;
        if hit.uses.any(Uses::WHOLE) {
            found.extend(self.whole(entry, hit));
        }
        let single = found.len();
        let furthest = reach(hit.word_end, entry.gap);
        let own = Pairs::first(hit.literal);
        let skipped = seconds
            .iter()
            .take_while(|second| second.start <= hit.word_end)
            .count();
        // Words of the clause up to the hit's end: counted once, they tell those between it and any other.
        let mut before: Option<u32> = None;
        for behind in &seconds[skipped..] {
            if behind.start > furthest {
                break;
            }
            let between = before.map_or_else(
                || {
                    let between = Words::from(self.normal, hit.word_end).upto(behind.start);
                    // "and/or": the rest of this stretch is still to be counted.
                    let apart = self.normal.as_bytes()[hit.word_end..behind.start].contains(&b' ');
                    before = apart.then_some(behind.words.wrapping_sub(between));
                    between
                },
                |before| behind.words.wrapping_sub(before),
            );
            if between > u32::from(entry.gap) {
                break;
            }
            if !lexicon.pairs.may(own, behind.hash) {
                continue;
            }
            let second = &self.hits[behind.hit];
            let joined = self.joined(hit.word_end, second.start);
            for (number, first_open, open) in lexicon.go_on(entry, second.literal) {
                let whole =
                    (hit.word_end == hit.end || first_open) && (second.word_end == second.end || open);
                let Some((link, further)) = lexicon.further(number).split_first() else {
                    continue;
                };
                let near = match link.gap {
                    0 => joined,
                    gap => between <= u32::from(gap) && second.start <= reach(hit.word_end, gap),
                };
                // The nearest and there the longest counts: what is found later of the same chain does not.
                if !whole || !near || found[single..].iter().any(|(other, _)| *other == number) {
                    continue;
                }
                runs.clear();
                runs.push(Span::new(hit.start, hit.word_end));
                lengthen(runs, second, joined);
                if self.follow(further, &self.hits[behind.behind..], runs, &mut Dead::new()) {
                    let span = Span::new(hit.start, runs.last().map_or(hit.word_end, |run| run.end));
                    let runs = (runs.len() > 1).then(|| runs.as_slice().into());
                    found.push((number, self.found(number, span, runs)));
                }
            }
        }
        if found.len() > single {
            found.sort_by_key(|(number, _)| *number);
        }
    }

    /// Finds the further parts of a chain, each as near as can be behind the one before, and there as long as can be.
    ///
    /// `dead` holds how many parts were left, and where the one before ended, wherever no way led on: words that stand again and
    /// again can be the parts of a long chain in very many ways, all of which end there.
    fn follow(&self, parts: &[Link], hits: &[Hit], runs: &mut Vec<Span>, dead: &mut Dead) -> bool {
        let Some((part, rest)) = parts.split_first() else {
            return true;
        };
        let Some(last) = runs.last().copied() else {
            return false;
        };
        let state = (parts.len(), last.end);
        let kept = parts.len() > FEW_PARTS;
        if kept && dead.contains(&state) {
            return false;
        }
        let found = self.lead_on(part, rest, hits, runs, last, dead);
        if kept && !found {
            dead.insert(state);
        }
        found
    }

    /// Whether a part stands behind the last run, and all the rest behind it.
    fn lead_on(
        &self,
        part: &Link,
        rest: &[Link],
        hits: &[Hit],
        runs: &mut Vec<Span>,
        last: Span,
        dead: &mut Dead,
    ) -> bool {
        let mut words = Words::from(self.normal, last.end);
        for (here, behind) in groups(hits, last.end) {
            let start = here[0].start;
            let joined = self.joined(last.end, start);
            // Neighbours have nothing but a space between them; a gap may hold a comma too.
            let far = words.upto(start) > u32::from(part.gap) || start > reach(last.end, part.gap);
            if far || (part.gap == 0 && !joined) {
                return false;
            }
            for hit in here.iter().rev() {
                let Some(open) = self.lexicon.open(part, hit.literal) else {
                    continue;
                };
                if (hit.word_end > hit.end && !open) || hit.word_end > self.limit {
                    continue;
                }
                let depth = runs.len();
                lengthen(runs, hit, joined);
                if self.follow(rest, behind, runs, dead) {
                    return true;
                }
                runs.truncate(depth);
                if let Some(run) = runs.last_mut() {
                    *run = last;
                }
            }
        }
        false
    }

    /// Whether nothing but a space stands between two hits.
    fn joined(&self, end: usize, start: usize) -> bool {
        start == end + 1 && self.normal.as_bytes()[end] == b' '
    }

    fn found(&self, chain: u32, span: Span, runs: Option<Box<[Span]>>) -> Match {
        Match {
            cue: self.lexicon.chains[chain as usize].cue,
            span,
            runs,
            clause: self.clause,
            silenced_by: None,
        }
    }
}

/// How far behind a part the next may begin.
fn reach(end: usize, gap: u8) -> usize {
    end + (usize::from(gap) + 1) * BYTES_A_WORD
}

fn lengthen(runs: &mut Vec<Span>, hit: &Hit, joined: bool) {
    match runs.last_mut() {
        Some(run) if joined => run.end = hit.word_end,
        _ => runs.push(Span::new(hit.start, hit.word_end)),
    }
}

/// Hits that begin behind a place, those of one beginning together, each time with all that follow.
fn groups(hits: &[Hit], end: usize) -> impl Iterator<Item = (&[Hit], &[Hit])> {
    let mut rest = &hits[hits.iter().take_while(|hit| hit.start <= end).count()..];
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let (here, behind) = rest.split_at(rest.iter().take_while(|hit| hit.start == first.start).count());
        rest = behind;
        Some((here, behind))
    })
}

/// Counts words between a place and others behind it: stretches between spaces that hold a letter or figure.
struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
    count: u32,
    /// The stretch in hand is counted already.
    counted: bool,
}

impl<'a> Words<'a> {
    fn from(text: &'a str, at: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at,
            count: 0,
            counted: false,
        }
    }

    /// Words from the place to another, which is never before the last one asked for.
    fn upto(&mut self, end: usize) -> u32 {
        for byte in &self.bytes[self.at..end] {
            if *byte == b' ' {
                self.counted = false;
            } else if !self.counted && byte.is_ascii_alphanumeric() {
                self.counted = true;
                self.count += 1;
            }
        }
        self.at = end;
        self.count
    }
}

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
    const ALL: [Self; 6] = [
        Self::Theme,
        Self::Judging,
        Self::Turning,
        Self::Neutral,
        Self::Frame,
        Self::Speaker,
    ];

    #[inline]
    fn bit(self) -> u8 {
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

    /// A bit for each layer in which cues of this act can silence. Praise is not lost inside an operator ("responsive to"), but
    /// an operator is inside a longer judgement ("not good enough").
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

    /// Cues silence one another inside a group only: names of one theme do ("early help assessment" does not lose the
    /// assessment), and in every other layer all.
    fn group(self, act: Act) -> Option<u16> {
        match act {
            Act::Name { theme, .. } | Act::Judge { theme, .. } if self == Self::Theme => Some(theme),
            _ => None,
        }
    }
}

/// Lists that silencing fills anew for each sentence.
#[derive(Default)]
struct Lists {
    acts: Vec<Act>,
    /// The layers of each match, a bit each, so that a layer passes over what is none of its.
    layers: Vec<u8>,
    /// Clauses and the themes named in them.
    named: Vec<(usize, u16)>,
    /// Runs of the matches of a layer.
    runs: Vec<(Span, usize)>,
    /// The run that reaches furthest, for each group.
    widest: Vec<(Option<u16>, Span, usize)>,
}

/// Silences, among the matches of one sentence, those inside a longer one of their layer or inside an exemption.
fn silence(rules: &Rules, all: &mut Vec<Match>, from: usize, lists: &mut Lists) {
    if all.len() == from {
        return;
    }
    let cue = |m: &Match| -> &Cue { rules.cue(m.cue) };
    all[from..].sort_by(|a, b| {
        (a.span.start, b.span.end)
            .cmp(&(b.span.start, a.span.end))
            .then_with(|| cue(a).id.cmp(&cue(b).id))
    });
    // Alternatives of a cue may come to the same words, and would turn a judgement twice.
    let mut kept = from;
    for n in from..all.len() {
        let again = all[from..kept]
            .iter()
            .rev()
            .take_while(|m| m.span == all[n].span)
            .any(|m| m.cue == all[n].cue && m.runs == all[n].runs);
        if !again {
            all.swap(kept, n);
            kept += 1;
        }
    }
    all.truncate(kept);
    let Lists {
        acts,
        layers,
        named,
        runs,
        widest,
    } = lists;
    acts.clear();
    acts.extend(all[from..].iter().map(|m| cue(m).act));
    layers.clear();
    layers.extend(acts.iter().map(|act| Layer::held(*act) | Layer::covering(*act)));
    // Layers with one match, and with more: where there is but one, nothing is silenced.
    let (_, several) = layers
        .iter()
        .fold((0, 0), |(one, several), bits| (one | bits, several | one & bits));
    named.clear();
    for layer in Layer::ALL {
        if layer == Layer::Judging {
            // Names come first, so that it is known where words near a theme are near it.
            if acts.iter().any(|act| matches!(act, Act::Exempt(_))) {
                exempt(rules, all, from);
            }
            if acts.iter().any(|act| matches!(act, Act::Near { .. })) {
                names(rules, &all[from..], named);
            }
        }
        if several & layer.bit() == 0 {
            continue;
        }
        let speaks = |m: &Match, act: Act| match act {
            Act::Near { theme, .. } => named.contains(&(m.clause, theme)),
            _ => true,
        };
        // Runs in the order of their beginnings, longest first: one that ends beyond all before it lies in none.
        runs.clear();
        for (n, m) in all[from..].iter().enumerate() {
            if layers[n] & layer.bit() != 0 && speaks(m, acts[n]) {
                runs.extend(m.runs().iter().map(|run| (*run, from + n)));
            }
        }
        runs.sort_by_key(|(run, n)| (run.start, usize::MAX - run.end, *n));
        widest.clear();
        for &(run, n) in &*runs {
            let act = acts[n - from];
            let group = layer.group(act);
            let slot = widest.iter().position(|(other, _, _)| *other == group);
            if let Some((_, cover, by)) = slot.map(|slot| widest[slot])
                && cover.end >= run.end
            {
                if by != n
                    && cover.len() > run.len()
                    && cover.contains(all[n].span)
                    && Layer::held(act) & layer.bit() != 0
                {
                    all[n].silenced_by.get_or_insert(by);
                }
                continue;
            }
            if Layer::covering(act) & layer.bit() != 0 {
                match slot {
                    Some(slot) => widest[slot] = (group, run, n),
                    None => widest.push((group, run, n)),
                }
            }
        }
    }
}

/// Adds clauses and the themes named in them.
fn names(rules: &Rules, matches: &[Match], named: &mut Vec<(usize, u16)>) {
    let alive = matches.iter().filter(|m| m.silenced_by.is_none());
    named.extend(alive.filter_map(|m| match rules.cue(m.cue).act {
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

fn exempt(rules: &Rules, all: &mut [Match], from: usize) {
    for by in from..all.len() {
        let cue = rules.cue(all[by].cue);
        let Act::Exempt(role) = cue.act else { continue };
        let exemption = all[by].clone();
        // Matches are in the order of their beginnings, so those that reach into it stand near.
        let first =
            from + all[from..].partition_point(|m| m.span.start + LONGEST_NAME < exemption.span.start);
        for m in all[first..]
            .iter_mut()
            .take_while(|m| m.span.start < exemption.span.end)
        {
            if exempts(&exemption, cue.file, role, m, rules.cue(m.cue)) {
                m.silenced_by = Some(by);
            }
        }
    }
}
