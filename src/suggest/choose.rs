//! Which of the tried candidates to suggest.
//!
//! Errors of one letter come together, so documents are counted, not errors. Of n documents that a phrase changes it
//! betters m. Three of three may be chance, thirty of thirty not, so phrases are ranked not by m − (n − m) but by the least
//! that this can be expected to be: n (2L − 1), where L is the lower end of the score interval of m / n (Wilson 1927,
//! "Probable inference, the law of succession, and statistical inference"; Brown, Cai and DasGupta 2001 on why this
//! interval for small n), one-sided at 95 %. The best is taken, what it mends is taken off the others, and so on: two
//! phrases that mend the same are one suggestion.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::candidate::Candidate;
use super::documents::Ground;
use super::trial::{Effect, Errors};

/// Normal quantile of 95 %.
const Z: f64 = 1.644_853_626_951_472_7;

/// The least net gain, in documents, to be expected of so many bettered and made worse; 0 where there are none.
pub(super) fn surplus(mended: usize, broken: usize) -> f64 {
    let n = (mended + broken) as f64;
    if n == 0.0 {
        return 0.0;
    }
    let p = mended as f64 / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let width = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = (centre - width) / (1.0 + z2 / n);
    n * (2.0 * low - 1.0)
}

/// A candidate that is suggested.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) candidate: usize,
    /// Errors that it mends and none before it in the list does.
    pub(super) own: usize,
    /// The least net gain to be expected, of all that it touches.
    pub(super) surplus: f64,
    /// Candidates that would mend nothing beside it.
    pub(super) instead: Vec<usize>,
}

/// A candidate's effect on some documents.
struct Weighed {
    candidate: usize,
    mended: Errors,
    broken: Errors,
    surplus: f64,
}

impl Weighed {
    /// Errors mended less errors made.
    fn net(&self) -> i64 {
        let count = |errors: &Errors| i64::try_from(errors.len()).unwrap_or(i64::MAX);
        count(&self.mended) - count(&self.broken)
    }
}

/// The suggestions from some documents, the best first.
pub(super) fn choose(
    ground: &Ground<'_>,
    candidates: &[Candidate],
    effects: &[Effect],
    documents: &BTreeSet<usize>,
    options: &Options,
) -> Vec<Chosen> {
    let weighed = effects
        .iter()
        .enumerate()
        .filter_map(|(candidate, effect)| weigh(ground, candidate, effect, documents, options));
    let mut left: Vec<Weighed> = weighed.collect();
    // Of equals the one with more errors mended than broken, then the shorter phrase, then by file and words.
    left.sort_by(|a, b| {
        let (one, other) = (&candidates[a.candidate], &candidates[b.candidate]);
        b.surplus
            .total_cmp(&a.surplus)
            .then_with(|| b.net().cmp(&a.net()))
            .then_with(|| one.length().cmp(&other.length()))
            .then_with(|| one.cmp(other))
    });
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut covered = Errors::new();
    while !left.is_empty() && chosen.len() < options.most {
        let own = |weighed: &Weighed| weighed.mended.difference(&covered).count();
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, weighed) in left.iter().enumerate() {
            let own = own(weighed);
            let rest: Errors = weighed.mended.difference(&covered).cloned().collect();
            let (better, worse) = documents_changed(ground, &rest, &weighed.broken);
            let surplus = surplus(better, worse);
            if surplus > 0.0 && best.is_none_or(|(other, _, _)| surplus > other) {
                best = Some((surplus, at, own));
            }
        }
        let Some((_, at, own)) = best else { break };
        let taken = left.remove(at);
        covered.extend(taken.mended.iter().cloned());
        let mut instead = Vec::new();
        left.retain(|other| {
            // What mends mostly the same stands with it, what mends other things waits for its turn.
            let same = other.mended.intersection(&taken.mended).count();
            let is_same = 2 * same > other.mended.len();
            if is_same {
                instead.push(other.candidate);
            }
            !is_same
        });
        chosen.push(Chosen {
            candidate: taken.candidate,
            own,
            surplus: taken.surplus,
            instead,
        });
    }
    chosen
}

/// Documents with fewer errors than before, and documents with more.
fn documents_changed(ground: &Ground<'_>, mended: &Errors, broken: &Errors) -> (usize, usize) {
    let mut net: BTreeMap<usize, i64> = BTreeMap::new();
    for (errors, sign) in [(mended, 1), (broken, -1)] {
        for (sentence, _) in errors {
            *net.entry(ground.sentences[*sentence].document).or_default() += sign;
        }
    }
    let count = |meets: fn(&i64) -> bool| net.values().filter(|net| meets(net)).count();
    (count(|net| *net > 0), count(|net| *net < 0))
}

/// `None` where it is not good enough: less than nothing to be expected, too few documents, or one that carries it all.
fn weigh(
    ground: &Ground<'_>,
    candidate: usize,
    effect: &Effect,
    documents: &BTreeSet<usize>,
    options: &Options,
) -> Option<Weighed> {
    let document = |sentence: usize| ground.sentences[sentence].document;
    let of = |errors: &Errors| -> Errors {
        let inside = errors
            .iter()
            .filter(|(sentence, _)| documents.contains(&document(*sentence)));
        inside.cloned().collect()
    };
    let (mended, broken) = (of(&effect.mended), of(&effect.broken));
    let (better, worse) = documents_changed(ground, &mended, &broken);
    let surplus = surplus(better, worse);
    let in_documents: BTreeSet<usize> = mended.iter().map(|(sentence, _)| document(*sentence)).collect();
    let net = |without: usize| {
        let count = |errors: &Errors| {
            errors
                .iter()
                .filter(|(sentence, _)| document(*sentence) != without)
                .count()
        };
        count(&mended) > count(&broken)
    };
    let good = surplus > 0.0
        && in_documents.len() >= options.documents
        && in_documents.iter().all(|document| net(*document));
    good.then_some(Weighed {
        candidate,
        broken,
        mended,
        surplus,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_documents_are_worth_less_than_many() {
        // Wilson's lower end for 3 of 3 at z = 1.645 is 3 / (3 + z²) = 0.5258.
        assert!((surplus(3, 0) - 3.0 * (2.0 * 0.525_8 - 1.0)).abs() < 1e-3);
        assert!(surplus(2, 0) < 0.0);
        assert!(surplus(30, 3) > surplus(10, 1));
        assert!(surplus(10, 10) < 0.0);
        assert_eq!(surplus(0, 0), 0.0);
    }
}
