//! Cues seen: hits put together, longer cues silencing shorter ones inside them.
//!
//! In: hits of the scan and [`Clause`]s. Out: [`Match`]es in order; what was silenced is kept and says by what. Not decided
//! here: what the matches do to one another beyond that.

mod silence;
mod words;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::silence::{Lists, silence};
use self::words::{Place, Words};
use crate::clause::Clause;
use crate::rules::{Entry, Lexicon, Link, Pairs, Rules, Uses, class};
use crate::scan::{Hit, Scan, begun};
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
pub(crate) fn matches(rules: &Rules, normal: &str, clauses: &[Clause], seen: &Scan) -> Vec<Match> {
    let lexicon = &rules.lexicon;
    let words = Words::new(normal, &seen.words);
    let mut all = Vec::with_capacity(seen.hits.len() / 3);
    let mut found: Vec<(u32, Match)> = Vec::new();
    let mut seconds: Vec<Second> = Vec::new();
    let mut runs: Vec<Span> = Vec::new();
    let mut lists = Lists::default();
    let mut rest = seen.hits.as_slice();
    let mut sentence_start = 0;
    for (n, clause) in clauses.iter().enumerate() {
        if n > 0 && clauses[n - 1].sentence != clause.sentence {
            silence(rules, &mut all, sentence_start, &mut lists);
            sentence_start = all.len();
        }
        rest = &rest[begun(rest, clause.span.start)..];
        let (inside, behind) = rest.split_at(begun(rest, clause.span.end));
        rest = behind;
        seconds.clear();
        if inside.iter().any(|hit| hit.uses.any(Uses::FIRST)) {
            in_second_place(clause, inside, &mut seconds);
        }
        let finder = Finder {
            lexicon,
            normal,
            words,
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
                while seconds.get(from).is_some_and(|second| second.start <= hit.start) {
                    from += 1;
                }
                found.clear();
                if hit.uses.any(Uses::WHOLE) {
                    found.extend(finder.whole(entry, hit));
                }
                finder.chains(entry, hit, &seconds[from..], &mut runs, &mut found);
                if !found.is_empty() {
                    all.extend(found.drain(..).map(|(_, found)| found));
                }
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
    /// Its place among the hits of the clause.
    hit: usize,
    /// Words before it.
    words: usize,
    /// The bit of its class: see [`class`].
    class: u64,
    /// The bits of all hits behind it.
    behind: u64,
    /// Its part of the hash of [`Pairs`].
    hash: u32,
}

/// The hits of a clause that some chain has in second place, in their order: of "practice" and "practice model", both standing
/// there, the longer is meant.
fn in_second_place(clause: &Clause, hits: &[Hit], seconds: &mut Vec<Second>) {
    for (n, hit) in hits.iter().enumerate() {
        if hit.uses.any(Uses::SECOND) && hit.word_end <= clause.span.end {
            seconds.push(Second {
                start: hit.start,
                hit: n,
                words: hit.words,
                class: 1 << class(hit.literal),
                behind: 0,
                hash: Pairs::second(hit.literal),
            });
        }
    }
    let (mut behind, mut upto) = (0, hits.len());
    for second in seconds.iter_mut().rev() {
        let further = &hits[second.hit + 1..upto];
        behind |= further.iter().fold(0, |all, hit| all | 1 << class(hit.literal));
        second.behind = behind;
        upto = second.hit + 1;
    }
}

/// Finds the chains of one clause.
struct Finder<'a> {
    lexicon: &'a Lexicon,
    normal: &'a str,
    words: Words<'a>,
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

    /// Finds the chains of more parts that begin with a hit, by number. What a clause begins with may be the first part of very
    /// many, so that those which go on are told by the hits behind it: nearly all of them are none of its seconds, which is asked
    /// first.
    #[inline]
    fn chains(
        &self,
        entry: &Entry,
        hit: &Hit,
        seconds: &[Second],
        runs: &mut Vec<Span>,
        found: &mut Vec<(u32, Match)>,
    ) {
        let single = found.len();
        let furthest = reach(hit.word_end, entry.gap);
        let here = self.words.from(hit.word_end, hit.words, furthest);
        let words = here.reach(entry.gap);
        let own = Pairs::first(hit.literal);
        for behind in seconds {
            if behind.start > furthest || behind.words > words {
                break;
            }
            if entry.kin & behind.class != 0
                && behind.start > hit.word_end
                && self.lexicon.pairs.may(own, behind.hash)
            {
                self.go_on(entry, hit, &here, behind, single, runs, found);
            }
        }
        if found.len() > single && found.len() > 1 {
            found.sort_by_key(|(number, _)| *number);
        }
    }

    /// Finds the chains that begin with a hit and go on with a second; those found so far stand from `single` on.
    #[inline(never)]
    #[allow(clippy::too_many_arguments, reason = "it is the inside of a loop")]
    fn go_on(
        &self,
        entry: &Entry,
        hit: &Hit,
        here: &Place,
        behind: &Second,
        single: usize,
        runs: &mut Vec<Span>,
        found: &mut Vec<(u32, Match)>,
    ) {
        let lexicon = self.lexicon;
        let second = &self.hits[behind.hit];
        let between = self.words.between(here, second.start, second.words);
        let joined = self.joined(hit.word_end, second.start);
        for (number, first_open, open) in lexicon.go_on(entry, second.literal) {
            let whole = (hit.word_end == hit.end || first_open) && (second.word_end == second.end || open);
            let Some((link, further)) = lexicon.further(number).split_first() else {
                continue;
            };
            let near = match link.gap {
                0 => joined,
                gap => between <= usize::from(gap) && second.start <= reach(hit.word_end, gap),
            };
            // The nearest and there the longest counts: what is found later of the same chain does not.
            if !whole
                || !near
                || further.iter().any(|part| part.kin & behind.behind == 0)
                || found[single..].iter().any(|(other, _)| *other == number)
            {
                continue;
            }
            runs.clear();
            runs.push(Span::new(hit.start, hit.word_end));
            lengthen(runs, second, joined);
            let rest = &self.hits[behind.hit + 1..];
            if further.is_empty() || self.follow(further, rest, runs, second.words, &mut Dead::new()) {
                let span = Span::new(hit.start, runs.last().map_or(hit.word_end, |run| run.end));
                let runs = (runs.len() > 1).then(|| runs.as_slice().into());
                found.push((number, self.found(number, span, runs)));
            }
        }
    }

    /// Finds the further parts of a chain, each as near as can be behind the one before, and there as long as can be. `words` begin
    /// before the literal that the last run ends with.
    ///
    /// `dead` holds how many parts were left, and where the one before ended, wherever no way led on: words that stand again and
    /// again can be the parts of a long chain in very many ways, all of which end there.
    fn follow(
        &self,
        parts: &[Link],
        hits: &[Hit],
        runs: &mut Vec<Span>,
        words: usize,
        dead: &mut Dead,
    ) -> bool {
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
        let found = self.lead_on(part, rest, hits, runs, (last, words), dead);
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
        (last, words): (Span, usize),
        dead: &mut Dead,
    ) -> bool {
        let furthest = reach(last.end, part.gap);
        let end = self.words.from(last.end, words, furthest);
        for (here, behind) in groups(hits, last.end) {
            let start = here[0].start;
            let joined = self.joined(last.end, start);
            // Neighbours have nothing but a space between them; a gap may hold a comma too.
            let between = self.words.between(&end, start, here[0].words);
            let far = between > usize::from(part.gap) || start > furthest;
            if far || (part.gap == 0 && !joined) {
                return false;
            }
            for hit in here {
                let Some(open) = self.lexicon.open(part, hit.literal) else {
                    continue;
                };
                if (hit.word_end > hit.end && !open) || hit.word_end > self.limit {
                    continue;
                }
                let depth = runs.len();
                lengthen(runs, hit, joined);
                if self.follow(rest, behind, runs, hit.words, dead) {
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
    let mut rest = &hits[begun(hits, end + 1)..];
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let (here, behind) = rest.split_at(rest.iter().take_while(|hit| hit.start == first.start).count());
        rest = behind;
        Some((here, behind))
    })
}
