//! A slow, plain matcher beside the fast one: both must see the same cues and silence the same ones.
//!
//! Written from `rules/README.md` alone. It reads each cue at each word of each clause by recursive descent, without
//! an automaton, without writing phrases out and without a stream of hits, and lets every match silence every other.

mod cues;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use findings::span::Span;
use findings::{Reading, Rules, Source};
use rayon::prelude::*;

use crate::documents;
use cues::{Atom, Token, Written};

/// A cue seen: its number, and its runs of neighbouring words.
type Seen = (usize, Vec<Span>);

/// The cues of a set of rules, with those that can begin with a word at hand.
struct Reference {
    cues: Vec<Written>,
    /// Cues whose first word begins with these letters, and whether it may go on.
    first: HashMap<(String, bool), Vec<usize>>,
    /// Cues by id.
    number: HashMap<String, usize>,
}

impl Reference {
    fn new(rules: &Rules) -> Self {
        let cues = cues::written(rules);
        let mut first: HashMap<(String, bool), Vec<usize>> = HashMap::new();
        for (n, cue) in cues.iter().enumerate() {
            let mut keys: BTreeSet<(String, bool)> = BTreeSet::new();
            for token in &cue.tokens {
                let Token::Choices(choices) = token else { break };
                keys.extend(choices.iter().filter_map(|atoms| atoms.first()).map(key));
                if choices.iter().all(|atoms| !atoms.is_empty()) {
                    break;
                }
            }
            for key in keys {
                first.entry(key).or_default().push(n);
            }
        }
        let number = cues
            .iter()
            .enumerate()
            .map(|(n, cue)| (cue.id.clone(), n))
            .collect();
        Self { cues, first, number }
    }

    /// Every way to read every cue in the clauses of a reading.
    fn seen(&self, reading: &Reading) -> BTreeSet<Seen> {
        let normal = &reading.text.normal.text;
        let mut all = BTreeSet::new();
        for clause in &reading.clauses {
            let view = View {
                text: normal,
                end: clause.span.end,
            };
            for at in (clause.span.start..clause.span.end).filter(|at| view.word_begins(*at)) {
                for n in self.candidates(&normal[at..clause.span.end]) {
                    let found = view.readings(&[], &self.cues[n].tokens, &[], at, 0);
                    all.extend(found.into_values().map(|words| (n, view.runs(&words))));
                }
            }
        }
        all
    }

    /// Cues that can begin with the word that stands here, or with something that is no word.
    fn candidates(&self, text: &str) -> BTreeSet<usize> {
        let word = &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())];
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).chain([0]);
        let open = ends.filter_map(|end| self.first.get(&(word[..end].to_owned(), true)));
        let closed = self.first.get(&(word.to_owned(), false));
        closed.into_iter().chain(open).flatten().copied().collect()
    }

    /// Whether one match is an exemption that reaches another.
    fn exempts(&self, (by, cover): &Seen, (n, runs): &Seen) -> bool {
        let (cover, span) = (whole(cover), whole(runs));
        self.cues[*by].exempts(&self.cues[*n], cover.contains(span), cover.overlaps(span))
    }

    /// Whether one match silences another of the same sentence: an exemption that reaches it and covers it, or a
    /// longer cue of its kind with it inside.
    fn silences(&self, (by, cover): &Seen, (n, runs): &Seen) -> bool {
        let (by, cue, span) = (&self.cues[*by], &self.cues[*n], whole(runs));
        let longer = |long: &Span| long.contains(span) && runs.iter().all(|run| long.len() > run.len());
        let (inside, overlaps) = (whole(cover).contains(span), whole(cover).overlaps(span));
        (cover.iter().any(longer) && by.silences(cue)) || by.exempts(cue, inside, overlaps)
    }
}

/// From the first word of a match to its last.
fn whole(runs: &[Span]) -> Span {
    Span::new(runs[0].start, runs[runs.len() - 1].end)
}

/// Whether a reading of a cue need not be shown beside another that begins with the same word: that one takes a
/// nearer place for one of its parts, or a longer alternative at the same place.
fn gives_way(reading: &[Span], other: &[Span]) -> bool {
    let pair = reading.iter().zip(other).find(|(run, by)| run != by);
    match pair {
        Some((run, by)) => by.start < run.start || (by.start == run.start && by.end > run.end),
        None => other.len() > reading.len(),
    }
}

/// The letters with which a word of a cue begins, and whether a word of the text may go on behind them.
fn key(atom: &Atom) -> (String, bool) {
    let letters: String = atom.word.chars().take_while(|c| c.is_alphanumeric()).collect();
    // What begins with a mark can stand before any word: no letters, going on.
    let open = letters.is_empty() || (atom.open && letters == atom.word);
    (letters, open)
}

/// A text up to the end of a clause.
struct View<'t> {
    text: &'t str,
    end: usize,
}

/// For each choice among the alternatives of a cue, the words that it finds.
type Choices = BTreeMap<Vec<usize>, Vec<Span>>;

impl View<'_> {
    fn word_begins(&self, at: usize) -> bool {
        self.text.is_char_boundary(at)
            && !self.text[..at]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric)
    }

    /// The word of the text that a word of a cue meets here.
    fn meets(&self, atom: &Atom, at: usize) -> Option<Span> {
        let mut end = at + atom.word.len();
        if !self.word_begins(at) || !self.text[at..].starts_with(&atom.word) {
            return None;
        }
        let rest = &self.text[end..];
        let more = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if more > 0 && !atom.open {
            return None;
        }
        end += more;
        (end <= self.end).then_some(Span::new(at, end))
    }

    /// Reads what is left of a cue: `atoms` of the alternative in hand, then `tokens`; `words` are read already. The
    /// first word stands at `at`, others behind the last, each as near as can be, at most `gap` words between.
    fn readings(&self, atoms: &[Atom], tokens: &[Token], words: &[Span], at: usize, gap: usize) -> Choices {
        let Some((atom, atoms)) = atoms.split_first() else {
            return match tokens.split_first() {
                None if words.is_empty() => Choices::new(),
                None => Choices::from([(Vec::new(), words.to_vec())]),
                Some((Token::Gap(gap), tokens)) => self.readings(&[], tokens, words, at, *gap),
                Some((Token::Choices(choices), tokens)) => {
                    let mut all = Choices::new();
                    for (n, atoms) in choices.iter().enumerate() {
                        for (mut path, found) in self.readings(atoms, tokens, words, at, gap) {
                            path.insert(0, n);
                            all.insert(path, found);
                        }
                    }
                    all
                }
            };
        };
        let gap = gap.max(atom.gap);
        let places: Vec<usize> = match words.last() {
            None => vec![at],
            Some(last) => self.places(last.end, gap),
        };
        let mut all = Choices::new();
        for place in places {
            let Some(word) = self.meets(atom, place) else {
                continue;
            };
            let words: Vec<Span> = words.iter().copied().chain([word]).collect();
            for (path, found) in self.readings(atoms, tokens, &words, at, 0) {
                all.entry(path).or_insert(found);
            }
        }
        all
    }

    /// The places behind another between which and it stands nothing but a space, or at most so many words.
    fn places(&self, from: usize, gap: usize) -> Vec<usize> {
        if gap == 0 {
            return if self.text[from..].starts_with(' ') {
                vec![from + 1]
            } else {
                Vec::new()
            };
        }
        let words = |at: &usize| {
            let between = self.text[from..*at].split(' ');
            between
                .filter(|word| word.contains(char::is_alphanumeric))
                .count()
        };
        let whole = |at: &usize| self.text.is_char_boundary(*at);
        (from + 1..self.end)
            .filter(whole)
            .take_while(|at| words(at) <= gap + 1)
            .filter(|at| words(at) <= gap)
            .collect()
    }

    /// Neighbouring words as one run.
    fn runs(&self, words: &[Span]) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        for word in words {
            match runs.last_mut() {
                Some(run) if &self.text[run.end..word.start] == " " => run.end = word.end,
                _ => runs.push(*word),
            }
        }
        runs
    }
}

/// Where program and reference differ in a document, one a line; and how many matches were compared.
fn differences(reference: &Reference, name: &str, reading: &Reading) -> (Vec<String>, usize) {
    let normal = &reading.text.normal.text;
    let ids: Vec<&str> = documents::rules().cues().collect();
    let shown: Vec<Seen> = reading
        .matches
        .iter()
        .map(|m| (reference.number[ids[m.cue as usize]], m.runs().to_vec()))
        .collect();
    let mut faults = Vec::new();
    let mut tell = |what: &str, (n, runs): &Seen| {
        let mut line = format!("{name}: {what} {}:", reference.cues[*n].id);
        for run in runs {
            write!(line, " [{}]", run.of(normal)).unwrap();
        }
        let clause = reading
            .clauses
            .iter()
            .find(|clause| clause.span.contains(runs[0]));
        write!(
            line,
            " in `{}`",
            clause.map_or("", |clause| clause.span.of(normal))
        )
        .unwrap();
        faults.push(line);
    };
    let wanted = reference.seen(reading);
    let mut by_start: HashMap<(usize, usize), Vec<&[Span]>> = HashMap::new();
    for (n, one) in shown.iter().enumerate() {
        if !wanted.contains(one) {
            tell("only the program sees", one);
        }
        if shown[..n]
            .iter()
            .rev()
            .take_while(|other| other.1[0].start == one.1[0].start)
            .any(|other| other == one)
        {
            tell("the program sees twice", one);
        }
        by_start.entry((one.0, one.1[0].start)).or_default().push(&one.1);
    }
    for one in &wanted {
        let others = by_start
            .get(&(one.0, one.1[0].start))
            .map_or(&[][..], Vec::as_slice);
        if !others
            .iter()
            .any(|other| *other == one.1 || gives_way(&one.1, other))
        {
            tell("only the reference sees", one);
        }
    }
    let sentence = |n: usize| reading.clauses[reading.matches[n].clause].sentence;
    let all: Vec<usize> = (0..shown.len()).collect();
    let clause = |n: usize| reading.matches[n].clause;
    let cue = |n: usize| &reference.cues[shown[n].0];
    for of_sentence in all.chunk_by(|a, b| sentence(*a) == sentence(*b)) {
        // Words near a theme say and silence nothing in a clause that does not name it.
        let named: BTreeSet<(usize, &str)> = of_sentence
            .iter()
            .filter(|n| cue(**n).names())
            .filter(|n| {
                !of_sentence
                    .iter()
                    .any(|by| by != *n && !cue(*by).is_near() && reference.silences(&shown[*by], &shown[**n]))
            })
            .map(|n| (clause(*n), cue(*n).file.as_str()))
            .collect();
        let speaks = |n: usize| !cue(n).is_near() || named.contains(&(clause(n), cue(n).file.as_str()));
        for &n in of_sentence {
            let silent = of_sentence.iter().any(|by| {
                let exempt = !cue(*by).is_near() && reference.exempts(&shown[*by], &shown[n]);
                *by != n
                    && (exempt || (speaks(*by) && speaks(n) && reference.silences(&shown[*by], &shown[n])))
            });
            match reading.matches[n].silenced_by {
                Some(by) if !reference.silences(&shown[by], &shown[n]) => {
                    tell("wrongly silenced is", &shown[n])
                }
                None if silent => tell("not silenced is", &shown[n]),
                _ => {}
            }
        }
    }
    (faults, wanted.len())
}

fn compare(documents: impl ParallelIterator<Item = (String, Reading)>) {
    let rules = documents::rules();
    let reference = Reference::new(rules);
    assert_eq!(
        reference
            .cues
            .iter()
            .map(|cue| cue.id.as_str())
            .collect::<BTreeSet<_>>(),
        rules.cues().collect::<BTreeSet<_>>(),
        "the ids of cues differ"
    );
    let (faults, counts): (Vec<Vec<String>>, Vec<usize>) = documents
        .map(|(name, reading)| differences(&reference, &name, &reading))
        .unzip();
    let faults = faults.concat();
    println!("{} matches compared", counts.iter().sum::<usize>());
    assert!(counts.iter().sum::<usize>() > 1000, "nothing was compared");
    assert!(
        faults.is_empty(),
        "{} differences:\n{}",
        faults.len(),
        faults[..faults.len().min(40)].join("\n")
    );
}

#[test]
fn of_every_document() {
    let all = documents::read_all().par_iter();
    compare(all.map(|document| (document.name.clone(), document.reading.clone())));
}

/// Some readings of every cue, with nothing and with as much as can be in its gaps.
#[test]
fn of_every_cue() {
    let cues = cues::written(documents::rules());
    let texts: Vec<(String, String)> = cues
        .chunks(50)
        .map(|some| {
            let text = some
                .iter()
                .flat_map(|cue| cue.samples())
                .map(|words| format!("Zq {words} qz.\n\n"))
                .collect();
            (some[0].id.clone(), text)
        })
        .collect();
    compare(texts.into_par_iter().map(|(name, text)| {
        let reading = documents::rules()
            .read(&Source::from_text(name.as_str(), text))
            .unwrap();
        (name, reading)
    }));
}
