//! Sentences as words: how alike two are.
//!
//! In: sentences. Out: their words, and the cosine of two sentences over words that weigh more the rarer they are
//! (Salton and Buckley 1988, Information Processing and Management 24, 513-523: term frequency times inverse document
//! frequency). Words as common as "the" weigh next to nothing, so no list of them is needed.

use std::collections::{BTreeMap, BTreeSet};

use crate::normal::Normal;

/// The words of a sentence in normal form; numbers and single letters say nothing of a subject.
pub(super) fn words(text: &str) -> Vec<String> {
    let normal = Normal::new(text).text;
    normal
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '\''))
        .map(str::to_owned)
        .collect()
}

/// How much each word weighs among some sentences.
pub(super) struct Likeness {
    weights: BTreeMap<String, f64>,
}

/// The words of a sentence with their weights, of length one.
pub(super) type Vector = BTreeMap<String, f64>;

impl Likeness {
    /// Weights from the sentences that may be compared.
    pub(super) fn new<'a>(sentences: impl Iterator<Item = &'a str>) -> Self {
        let (mut stand, mut all) = (BTreeMap::<String, f64>::new(), 0.0);
        for sentence in sentences {
            all += 1.0;
            for word in words(sentence).into_iter().collect::<BTreeSet<_>>() {
                *stand.entry(word).or_default() += 1.0;
            }
        }
        for count in stand.values_mut() {
            *count = (all / *count).ln();
        }
        Self { weights: stand }
    }

    pub(super) fn vector(&self, sentence: &str) -> Vector {
        let mut vector = Vector::new();
        for word in words(sentence) {
            let weight = self.weights.get(&word).copied().unwrap_or_default();
            *vector.entry(word).or_default() += weight;
        }
        let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        if length > 0.0 {
            vector.values_mut().for_each(|weight| *weight /= length);
        }
        vector
    }
}

/// The cosine of two sentences, from 0 to 1.
pub(super) fn cosine(one: &Vector, other: &Vector) -> f64 {
    let shared = one
        .iter()
        .filter_map(|(word, weight)| Some(weight * other.get(word)?));
    shared.sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_marks_are_no_words() {
        assert_eq!(
            words("Children’s “multi-agency” plans: 34 of 40 aren't good."),
            ["children", "multi", "agency", "plans", "of", "aren't", "good"]
        );
    }

    #[test]
    fn rare_words_make_sentences_alike() {
        let all = [
            "The caseloads of the workers are high.",
            "The caseloads of the workers have fallen.",
            "The plans of the children are clear.",
            "The audits of the managers are late.",
        ];
        let likeness = Likeness::new(all.into_iter());
        let vectors = all.map(|sentence| likeness.vector(sentence));
        // Of four sentences two have "caseloads" and "workers", three have "are", one each "high", "have" and "fallen".
        let of = |sentences: f64| (4.0 / sentences).ln().powi(2);
        let shared = 2.0 * of(2.0);
        let expected = shared / ((shared + of(3.0) + of(1.0)) * (shared + 2.0 * of(1.0))).sqrt();
        assert!((cosine(&vectors[0], &vectors[1]) - expected).abs() < 1e-12);
        assert!(cosine(&vectors[0], &vectors[3]) < expected);
        assert!((cosine(&vectors[0], &vectors[0]) - 1.0).abs() < 1e-12);
        // "the" and "of" stand everywhere and weigh nothing.
        assert!(likeness.vector("of the").values().all(|weight| *weight == 0.0));
    }
}
