//! How typical words are of sentences that cues judge.
//!
//! Log-odds ratio with an informative Dirichlet prior, in standard deviations (Monroe, Colaresi and Quinn 2008,
//! "Fightin' Words", Political Analysis 16(4), equations 15, 16, 20 and 22). The prior is the run's own words, scaled
//! to [`PRIOR`] words in all, so that rare words come out near zero.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that the prior weighs in all.
const PRIOR: f64 = 500.0;

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

    /// For each word, how typical it is of sentences that cues judge, in standard deviations.
    pub(super) fn scores(&self) -> BTreeMap<&str, f64> {
        let total = |kind: usize| self.counts.values().map(|counts| counts[kind]).sum::<u64>() as f64;
        let n = [total(0), total(1)];
        let all = n[0] + n[1];
        let score = |counts: &[u64; 2]| {
            let y = [counts[0] as f64, counts[1] as f64];
            let prior = PRIOR * (y[0] + y[1]) / all;
            let odds = |kind: usize| ((y[kind] + prior) / (n[kind] + PRIOR - y[kind] - prior)).ln();
            let variance = 1.0 / (y[0] + prior) + 1.0 / (y[1] + prior);
            (odds(0) - odds(1)) / variance.sqrt()
        };
        self.counts
            .iter()
            .map(|(word, counts)| (word.as_str(), score(counts)))
            .collect()
    }
}

/// How typical a sentence is: the mean over its different words; and the words that make it so, most typical first.
pub(super) fn sentence_score(scores: &BTreeMap<&str, f64>, normal: &str) -> (f64, Vec<String>) {
    let different: BTreeSet<&str> = words(normal).collect();
    let mut found: Vec<(&str, f64)> = different
        .into_iter()
        .filter_map(|word| scores.get_key_value(word))
        .map(|(word, score)| (*word, *score))
        .collect();
    if found.is_empty() {
        return (0.0, Vec::new());
    }
    let mean = found.iter().map(|(_, score)| score).sum::<f64>() / found.len() as f64;
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let typical = found.into_iter().take(3).filter(|(_, score)| *score > 0.0);
    (mean, typical.map(|(word, _)| word.to_owned()).collect())
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

    fn scored(judged: &str, not: &str) -> Vec<(String, f64)> {
        let mut words = Words::default();
        words.count(judged, true);
        words.count(not, false);
        let scores = words.scores();
        scores
            .iter()
            .map(|(word, score)| ((*word).to_owned(), *score))
            .collect()
    }

    /// The formulas worked out by hand for two words: alpha 250 each, delta = ln(253/251) - ln(251/253).
    #[test]
    fn the_score_is_that_of_the_formula() {
        let scores = scored("aa aa aa bb", "aa bb bb bb");
        let delta = (253.0_f64 / 251.0).ln() - (251.0_f64 / 253.0).ln();
        let expected = delta / (1.0_f64 / 253.0 + 1.0 / 251.0).sqrt();
        assert!((scores[0].1 - expected).abs() < 1e-12, "{scores:?}");
        assert!((scores[1].1 + expected).abs() < 1e-12, "{scores:?}");
    }

    #[test]
    fn words_that_stand_alike_in_both_score_nothing() {
        for (_, score) in scored("plans visit plans", "plans visit plans") {
            assert!(score.abs() < 1e-12);
        }
    }

    #[test]
    fn a_sentence_takes_the_mean_of_its_different_words() {
        let scores = BTreeMap::from([("care", 3.0), ("met", -1.0), ("the", 0.0)]);
        let (mean, typical) = sentence_score(&scores, "the care, the care we met.");
        assert!((mean - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(typical, ["care"]);
        assert_eq!(sentence_score(&scores, "1 2 3").0, 0.0);
    }

    #[test]
    fn apostrophes_stay_inside_words() {
        assert_eq!(
            words("'children's' plan, 16 a").collect::<Vec<_>>(),
            ["children's", "plan"]
        );
    }
}
