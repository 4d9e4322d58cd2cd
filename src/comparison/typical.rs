//! Words that are typical of a visit.
//!
//! In: the sentences that count. Out: for each visit the words, and the pairs of neighbouring words, whose use sets it
//! apart from the other visits of the comparison. Source: B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' words: lexical feature selection and
//! evaluation for identifying the content of political conflict", Political Analysis 16 (2008), 372-403: log-odds ratio
//! with an informative Dirichlet prior (equations 15, 16, 20 and 22). The prior is the use of words at all the visits
//! together, with the weight of one visit of mean length: it holds back words that are rare by chance and words that
//! are common everywhere, so no list of words to leave out is needed.

use std::collections::BTreeMap;

use super::TypicalWord;
use super::words::words;
use crate::visit::interval::rounded;
use crate::visit::{Visit, findings};

/// Least z for a word to be shown: one word in forty reaches it by chance.
const LEAST: f64 = 1.96;
/// A word that stands once says nothing of a letter.
const OFTEN: usize = 2;
/// Most words for a visit.
const MOST: usize = 8;

/// How often each word, or each pair of neighbours in a sentence, stands at a visit.
type Terms = BTreeMap<String, usize>;

/// One list for each visit, the most typical word first.
pub(super) fn typical(visits: &[Visit]) -> Vec<Vec<TypicalWord>> {
    let (mut single, mut pairs) = (Vec::new(), Vec::new());
    for visit in visits {
        let (mut of_single, mut of_pairs) = (Terms::new(), Terms::new());
        for (row, _) in findings(&visit.documents) {
            let words = words(&row.text);
            for pair in words.windows(2) {
                *of_pairs.entry(pair.join(" ")).or_default() += 1;
            }
            for word in words {
                *of_single.entry(word).or_default() += 1;
            }
        }
        single.push(of_single);
        pairs.push(of_pairs);
    }
    let together = of_counts(&single).into_iter().zip(of_counts(&pairs));
    together.map(|(single, pairs)| shortened(single, pairs)).collect()
}

/// Words and pairs in one list. A word that stands mostly in a pair of the list says nothing beside it.
fn shortened(single: Vec<TypicalWord>, pairs: Vec<TypicalWord>) -> Vec<TypicalWord> {
    let inside = |word: &TypicalWord| {
        pairs.iter().any(|pair| {
            let mut parts = pair.word.split(' ');
            parts.any(|part| part == word.word) && pair.here * 2 > word.here
        })
    };
    let mut all: Vec<TypicalWord> = single.into_iter().filter(|word| !inside(word)).collect();
    all.extend(pairs);
    all.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.word.cmp(&b.word)));
    all.truncate(MOST);
    all
}

fn of_counts(counts: &[Terms]) -> Vec<Vec<TypicalWord>> {
    let mut together: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, count) in counts.iter().flatten() {
        *together.entry(word).or_default() += count;
    }
    let all = number(together.values().sum());
    let prior = all / number(counts.len().max(1));
    counts
        .iter()
        .map(|here| {
            let size = number(here.values().sum());
            here.iter()
                .filter(|(_, count)| **count >= OFTEN)
                .map(|(word, &count)| {
                    let elsewhere = together.get(word.as_str()).map_or(0, |all| all - count);
                    let expected = prior * number(count + elsewhere) / all;
                    let z = z(
                        (number(count), size),
                        (number(elsewhere), all - size),
                        (expected, prior),
                    );
                    TypicalWord {
                        word: word.clone(),
                        here: count,
                        elsewhere,
                        z: rounded(z),
                    }
                })
                .filter(|word| word.z >= LEAST)
                .collect()
        })
        .collect()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// The log-odds ratio of a word here against elsewhere, divided by its standard error. Each pair is the word's count and
/// the count of all words.
fn z(here: (f64, f64), elsewhere: (f64, f64), prior: (f64, f64)) -> f64 {
    let odds = |(word, all): (f64, f64)| {
        let (word, all) = (word + prior.0, all + prior.1);
        word / (all - word)
    };
    let variance = 1.0 / (here.0 + prior.0) + 1.0 / (elsewhere.0 + prior.0);
    let z = (odds(here).ln() - odds(elsewhere).ln()) / variance.sqrt();
    // Where every word is the same there are no odds.
    if z.is_finite() { z } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python's `math` from the equations of the paper.
    #[test]
    fn z_is_that_of_the_equations() {
        for (here, elsewhere, prior, expected) in [
            ((12.0, 400.0), (3.0, 600.0), (5.0, 500.0), REFERENCE[0]),
            ((30.0, 400.0), (45.0, 600.0), (37.5, 500.0), REFERENCE[1]),
            ((2.0, 100.0), (0.0, 900.0), (0.2, 100.0), REFERENCE[2]),
        ] {
            let found = z(here, elsewhere, prior);
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    const REFERENCE: [f64; 3] = [
        2.253_576_045_013_745,
        0.000_000_000_000_000,
        1.720_487_930_747_719,
    ];

    #[test]
    fn common_words_are_not_typical_and_own_words_are() {
        let counts = |words: &[(&str, usize)]| {
            words
                .iter()
                .map(|(word, count)| ((*word).to_owned(), *count))
                .collect::<BTreeMap<_, _>>()
        };
        let found = of_counts(&[
            counts(&[("the", 60), ("children", 30), ("consent", 9), ("once", 1)]),
            counts(&[("the", 61), ("children", 30), ("audit", 9)]),
        ]);
        let words = |n: usize| found[n].iter().map(|word| word.word.as_str()).collect::<Vec<_>>();
        assert_eq!(words(0), ["consent"]);
        assert_eq!(words(1), ["audit"]);
        assert!(
            of_counts(&[BTreeMap::new(), BTreeMap::new()])
                .iter()
                .all(Vec::is_empty)
        );
        assert!(
            of_counts(&[counts(&[("the", 5)]), BTreeMap::new()])
                .iter()
                .all(Vec::is_empty)
        );
    }
}
