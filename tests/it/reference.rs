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
use cues::{Atom, Kind, Token, Written};

/// A cue seen: its id, its runs of neighbouring words, and whether something silences it.
type Seen = BTreeSet<(String, Vec<Span>, bool)>;

/// The cues of a set of rules, with those that can begin with a word at hand.
struct Reference {
    cues: Vec<Written>,
    /// Cues whose first word begins with these letters, and whether it may go on.
    first: HashMap<(String, bool), Vec<usize>>,
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
        Self { cues, first }
    }

    /// What a reading must show as its matches.
    fn seen(&self, reading: &Reading) -> Seen {
        let normal = &reading.text.normal.text;
        let mut by_sentence: BTreeMap<usize, Vec<(usize, Vec<Span>)>> = BTreeMap::new();
        for clause in &reading.clauses {
            let all = by_sentence.entry(clause.sentence).or_default();
            let view = View {
                text: normal,
                end: clause.span.end,
            };
            for at in (clause.span.start..clause.span.end).filter(|at| view.word_begins(*at)) {
                for n in self.candidates(&normal[at..clause.span.end]) {
                    let found = view.readings(&[], &self.cues[n].tokens, &[], at, 0);
                    let runs: BTreeSet<Vec<Span>> =
                        found.into_values().map(|words| view.runs(&words)).collect();
                    all.extend(runs.into_iter().map(|runs| (n, runs)));
                }
            }
        }
        by_sentence.values().flat_map(|all| self.silence(all)).collect()
    }

    /// Cues that can begin with the word that stands here, or with something that is no word.
    fn candidates(&self, text: &str) -> BTreeSet<usize> {
        let word = &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())];
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).chain([0]);
        let open = ends.filter_map(|end| self.first.get(&(word[..end].to_owned(), true)));
        let closed = self.first.get(&(word.to_owned(), false));
        closed.into_iter().chain(open).flatten().copied().collect()
    }

    /// Every match of a sentence against every other.
    fn silence(&self, all: &[(usize, Vec<Span>)]) -> Vec<(String, Vec<Span>, bool)> {
        let whole = |runs: &[Span]| Span::new(runs[0].start, runs[runs.len() - 1].end);
        let silent = |n: usize, runs: &[Span]| {
            let (cue, span) = (&self.cues[n], whole(runs));
            all.iter().any(|(m, others)| {
                let other = &self.cues[*m];
                let longer = others
                    .iter()
                    .any(|long| long.contains(span) && runs.iter().all(|run| long.len() > run.len()));
                let same_kind = cue.kinds.iter().any(|kind| other.kinds.contains(kind));
                let exempted = other.kinds == [Kind::Exempt]
                    && cue.kinds != [Kind::Exempt]
                    && other.file == cue.file
                    && whole(others).contains(span);
                (same_kind && longer) || exempted
            })
        };
        all.iter()
            .map(|(n, runs)| (self.cues[*n].id.clone(), runs.clone(), silent(*n, runs)))
            .collect()
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
            Some(last) => (last.end + 1..self.end)
                .filter(|at| self.within(last.end, *at, gap))
                .collect(),
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

    /// Whether nothing but a space, or at most so many words, stands between two places.
    fn within(&self, from: usize, to: usize, gap: usize) -> bool {
        let Some(between) = self.text.get(from..to) else {
            return false;
        };
        let words = between
            .split(' ')
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
        between == " " || (gap > 0 && words <= gap)
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

/// What the program shows.
fn shown(rules: &Rules, reading: &Reading) -> Seen {
    let ids: Vec<&str> = rules.cues().collect();
    let of = |m: &findings::matches::Match| {
        (
            ids[m.cue as usize].to_owned(),
            m.runs().to_vec(),
            m.silenced_by.is_some(),
        )
    };
    reading.matches.iter().map(of).collect()
}

/// The differences of a document, one a line; at most ten.
fn differences(name: &str, reading: &Reading, wanted: &Seen, found: &Seen) -> Vec<String> {
    let normal = &reading.text.normal.text;
    let tell = |what: &str, (id, runs, silent): &(String, Vec<Span>, bool)| {
        let mut line = format!("{name}: {what} {id}{}:", if *silent { " (silenced)" } else { "" });
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
        line
    };
    let missed = wanted
        .difference(found)
        .map(|one| tell("only the reference sees", one));
    let extra = found
        .difference(wanted)
        .map(|one| tell("only the program sees", one));
    missed.chain(extra).take(10).collect()
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
        .map(|(name, reading)| {
            let wanted = reference.seen(&reading);
            let found = shown(rules, &reading);
            (differences(&name, &reading, &wanted, &found), wanted.len())
        })
        .unzip();
    let faults = faults.concat();
    println!("{} matches compared", counts.iter().sum::<usize>());
    assert!(counts.iter().sum::<usize>() > 1000, "nothing was compared");
    assert!(
        faults.is_empty(),
        "{} differences:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn of_every_document() {
    compare(
        documents::all()
            .into_par_iter()
            .map(|path| (documents::stem(&path), documents::read(&path).0)),
    );
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
