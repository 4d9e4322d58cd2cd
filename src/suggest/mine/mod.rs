//! Candidates, found by counting.
//!
//! In: gold sentences with their errors. Out: the lines that look best, to be tried. A count takes a phrase to do what its
//! list says wherever it stands, and knows nothing of scope, rank and silencing: only the trial does.

mod facts;
mod votes;

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::candidate::{Candidate, Lists};
use super::documents::Ground;
use super::phrase::{agreeing, phrases, runs, stands_in};
use crate::rules::Rules;

use facts::{Facts, Kind};
use votes::{count, keep, of_cues};

/// A word in more sentences than this share of all says little by itself.
const FREQUENT: f64 = 0.05;

/// The best candidates of some documents, the best first.
pub(super) fn mine(
    rules: &Rules,
    lists: &Lists,
    ground: &Ground<'_>,
    documents: &BTreeSet<usize>,
    options: &Options,
) -> Vec<Candidate> {
    let facts: Vec<Facts<'_>> = ground
        .sentences
        .iter()
        .filter(|one| documents.contains(&one.document) && one.aligned.given.is_some())
        .map(Facts::new)
        .collect();
    let mut found = Vec::new();
    let telling = Telling::new(ground);
    of_phrases(lists, &facts, &telling, options, &mut found);
    of_cues(rules, lists, &facts, options, &mut found);
    found.retain(|(_, candidate)| {
        options
            .theme
            .as_deref()
            .is_none_or(|theme| candidate.theme() == Some(theme))
    });
    // Best first; of equals the shorter, then by the words, so that the order is the same on every run.
    found.sort_by(|(a, one), (b, other)| {
        b.total_cmp(a)
            .then_with(|| one.length().cmp(&other.length()))
            .then_with(|| one.cmp(other))
    });
    found.truncate(options.tries);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Which phrases say something: those with a word that is not in every other sentence.
struct Telling<'a> {
    frequent: BTreeSet<&'a str>,
}

impl<'a> Telling<'a> {
    fn new(ground: &'a Ground<'_>) -> Self {
        let mut sentences = 0;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in ground.texts.iter().flatten() {
            sentences += 1;
            let words: BTreeSet<&str> = runs(text).into_iter().flatten().collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        let most = (sentences as f64 * FREQUENT).max(10.0);
        Self {
            frequent: counts
                .into_iter()
                .filter(|(_, count)| *count as f64 > most)
                .map(|(word, _)| word)
                .collect(),
        }
    }

    /// Neither made of frequent words alone nor cut off behind one ("of the").
    fn tells(&self, phrase: &str) -> bool {
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2;
        !self.frequent.contains(last)
            && phrase
                .split(' ')
                .any(|word| letters(word) && !self.frequent.contains(word))
    }
}

fn of_phrases(
    lists: &Lists,
    facts: &[Facts<'_>],
    telling: &Telling<'_>,
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    let mut stands: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, one) in facts.iter().enumerate() {
        for phrase in phrases(&one.sentence.normal) {
            stands.entry(phrase).or_default().push(n);
        }
    }
    let wants: Vec<Vec<Kind<'_>>> = facts.iter().map(Facts::wants).collect();
    let mut good: BTreeMap<Kind<'_>, Vec<&str>> = BTreeMap::new();
    for (phrase, sentences) in &stands {
        if !telling.tells(phrase) || no_longer(phrase, sentences, &stands, telling) {
            continue;
        }
        let kinds: BTreeSet<&Kind<'_>> = sentences.iter().flat_map(|&n| &wants[n]).collect();
        for kind in kinds {
            let count = count(kind, facts, sentences);
            if count.mended > count.broken {
                good.entry(kind.clone()).or_default().push(phrase);
            }
            keep(kind, phrase, &count, facts, sentences, lists, options, found);
        }
    }
    for (kind, literal) in &good {
        for phrase in agreeing(literal.iter().copied()) {
            let start = phrase.split('*').next().unwrap_or_default();
            let near = stands
                .range(start.to_owned()..)
                .take_while(|(other, _)| other.starts_with(start));
            let meets = near.filter(|(other, _)| {
                other.split(' ').count() == phrase.split(' ').count() && stands_in(&phrase, other)
            });
            let sentences: BTreeSet<usize> = meets.flat_map(|(_, sentences)| sentences).copied().collect();
            let sentences: Vec<usize> = sentences.into_iter().collect();
            let count = count(kind, facts, &sentences);
            keep(kind, &phrase, &count, facts, &sentences, lists, options, found);
        }
    }
}

/// Whether a phrase stands in the same sentences as itself without its first or last word, which then is enough.
fn no_longer(
    phrase: &str,
    sentences: &[usize],
    stands: &BTreeMap<String, Vec<usize>>,
    telling: &Telling<'_>,
) -> bool {
    let shorter = [
        phrase.split_once(' ').map(|(_, rest)| rest),
        phrase.rsplit_once(' ').map(|(rest, _)| rest),
    ];
    shorter.into_iter().flatten().any(|shorter| {
        telling.tells(shorter)
            && stands
                .get(shorter)
                .is_some_and(|own| own.len() == sentences.len())
    })
}
