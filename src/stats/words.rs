//! How typical words are of sentences that cues judge.
//!
//! Log-odds ratio with an informative Dirichlet prior, and the same in standard deviations (Monroe, Colaresi and Quinn
//! 2008, "Fightin' Words", Political Analysis 16(4), equations 15, 16, 20 and 22). The prior is the run's own words,
//! scaled to [`PRIOR`] words in all, so that rare words come out near zero.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that the prior weighs in all.
const PRIOR: f64 = 500.0;
/// From so many standard deviations on a word is surely typical (95 %).
const SURE: f64 = 1.96;

/// Counts of words in two kinds of sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// In sentences that cues judge, and in those in which no cue judges.
    counts: HashMap<String, [u64; 2]>,
}

impl Words {
    /// Counts the words of a text in normal form.
    pub(super) fn count(&mut self, normal: &str, judged: bool) {
        for word in words(normal) {
            let kind = usize::from(!judged);
            match self.counts.get_mut(word) {
                Some(counts) => counts[kind] += 1,
                None => {
                    let counts = self.counts.entry(word.to_owned()).or_default();
                    counts[kind] += 1;
                }
            }
        }
    }

    /// Adds the counts of another document.
    pub(super) fn add(&mut self, other: Self) {
        for (word, counts) in other.counts {
            let own = self.counts.entry(word).or_default();
            own[0] += counts[0];
            own[1] += counts[1];
        }
    }

    /// For each word, how typical it is of sentences that cues judge.
    pub(super) fn scores(&self) -> Scores<'_> {
        let total = |kind: usize| self.counts.values().map(|counts| counts[kind]).sum::<u64>() as f64;
        let n = [total(0), total(1)];
        let all = n[0] + n[1];
        let score = |counts: &[u64; 2]| {
            let y = [counts[0] as f64, counts[1] as f64];
            let prior = PRIOR * (y[0] + y[1]) / all;
            let odds = |kind: usize| ((y[kind] + prior) / (n[kind] + PRIOR - y[kind] - prior)).ln();
            let variance = 1.0 / (y[0] + prior) + 1.0 / (y[1] + prior);
            let ratio = odds(0) - odds(1);
            Score {
                ratio,
                deviations: ratio / variance.sqrt(),
            }
        };
        let scores = self.counts.iter();
        Scores(
            scores
                .map(|(word, counts)| (word.as_str(), score(counts)))
                .collect(),
        )
    }
}

/// How typical a word is.
#[derive(Clone, Copy, Debug)]
struct Score {
    /// Log-odds ratio, natural logarithm: delta of the paper.
    ratio: f64,
    /// The same in standard deviations, which is how sure it is: zeta of the paper.
    deviations: f64,
}

/// How typical each word is.
pub(super) struct Scores<'w>(BTreeMap<&'w str, Score>);

impl Scores<'_> {
    /// How typical a sentence is, the sum of the ratios of its different words; and up to three words that surely make it
    /// so, the largest ratios first.
    ///
    /// Of sum, mean and sum over the root of the length, of ratios and of deviations, the sum of ratios put sentences
    /// that readers call evaluative first most often.
    pub(super) fn sentence(&self, normal: &str) -> (f64, Vec<String>) {
        let different: BTreeSet<&str> = words(normal).collect();
        let found = different
            .into_iter()
            .filter_map(|word| Some((word, *self.0.get(word)?)));
        let mut found: Vec<(&str, Score)> = found.collect();
        let sum = found.iter().map(|(_, score)| score.ratio).sum();
        found.retain(|(_, score)| score.deviations > SURE);
        found.sort_by(|a, b| b.1.ratio.total_cmp(&a.1.ratio).then_with(|| a.0.cmp(b.0)));
        let typical = found.into_iter().take(3);
        (sum, typical.map(|(word, _)| word.to_owned()).collect())
    }
}

/// Runs of letters, with apostrophes inside them; single letters and numbers are no words.
fn words(normal: &str) -> impl Iterator<Item = &str> {
    normal
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| word.chars().nth(1).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(judged: &str, not: &str) -> Words {
        let mut words = Words::default();
        words.count(judged, true);
        words.count(not, false);
        words
    }

    /// Worked out by hand: "aa" stands 3 and 1 times among 4 and 4 words, so its prior is 500 * 4 / 8 = 250.
    #[test]
    fn the_score_is_that_of_the_formula() {
        let words = counted("aa aa aa bb", "aa bb bb bb");
        let scores = words.scores();
        let ratio = (253.0_f64 / 251.0).ln() - (251.0_f64 / 253.0).ln();
        let deviations = ratio / (1.0_f64 / 253.0 + 1.0 / 251.0).sqrt();
        for (word, sign) in [("aa", 1.0), ("bb", -1.0)] {
            assert!((scores.0[word].ratio - sign * ratio).abs() < 1e-12);
            assert!((scores.0[word].deviations - sign * deviations).abs() < 1e-12);
        }
    }

    #[test]
    fn words_that_stand_alike_in_both_score_nothing() {
        let words = counted("plans visit plans", "plans visit plans");
        assert!(words.scores().0.values().all(|score| score.ratio.abs() < 1e-12));
    }

    #[test]
    fn a_sentence_takes_the_sum_of_its_different_words() {
        let score = |ratio| Score {
            ratio,
            deviations: ratio * 2.0,
        };
        let scores = Scores(BTreeMap::from([
            ("care", score(3.0)),
            ("families", score(4.0)),
            ("we", score(0.5)),
            ("met", score(-1.0)),
            ("the", score(0.0)),
        ]));
        let (sum, typical) = scores.sentence("the care, the care we met in families.");
        assert!((sum - 6.5).abs() < 1e-12);
        // "we" is not sure enough.
        assert_eq!(typical, ["families", "care"]);
        assert_eq!(scores.sentence("1 2 3"), (0.0, Vec::new()));
    }

    #[test]
    fn apostrophes_stay_inside_words() {
        assert_eq!(
            words("'children's' plan, 16 a").collect::<Vec<_>>(),
            ["children's", "plan"]
        );
    }
}
