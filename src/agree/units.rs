//! Which sentences of several files are the same one.

use std::collections::HashMap;

use super::{Rater, Rating};
use crate::gold::{Gold, MatchedBy, Place};

/// A sentence and what each rater says of it.
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) doc: String,
    pub(super) place: Option<Place>,
    pub(super) text: String,
    pub(super) ratings: Vec<Option<Rating>>,
}

/// All sentences, those of the first rater first.
///
/// By document and place where every sentence has one: two sentences are one if each covers more than half of the other,
/// leading bullets and outer space aside, which at most one pair of a place can. Otherwise by id; where every sentence names its
/// document, that has to be the same too.
pub(super) fn units(raters: &[Rater]) -> (MatchedBy, Vec<Unit>) {
    let all = || raters.iter().flat_map(|rater| &rater.sentences);
    let by = if all().all(|one| one.place.is_some()) {
        MatchedBy::Place
    } else {
        MatchedBy::Id
    };
    let with_doc = all().all(|one| !one.doc.is_empty());
    let mut units: Vec<Unit> = Vec::new();
    // Units by document, or by document and id.
    let mut known: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (n, rater) in raters.iter().enumerate() {
        for one in &rater.sentences {
            let key = match by {
                MatchedBy::Place => (one.doc.as_str(), ""),
                MatchedBy::Id if with_doc => (one.doc.as_str(), one.id.as_str()),
                MatchedBy::Id => ("", one.id.as_str()),
            };
            let near = known.entry(key).or_default();
            let same = |unit: &Unit| by == MatchedBy::Id || unit.place.is_some_and(|place| same(place, one));
            let found = near
                .iter()
                .copied()
                .find(|&at| units[at].ratings[n].is_none() && same(&units[at]));
            let unit = match found {
                Some(at) => &mut units[at],
                None => {
                    near.push(units.len());
                    units.push(Unit {
                        id: one.id.clone(),
                        doc: one.doc.clone(),
                        place: one.bounds(),
                        text: String::new(),
                        ratings: vec![None; raters.len()],
                    });
                    let last = units.len() - 1;
                    &mut units[last]
                }
            };
            if unit.text.is_empty() {
                unit.text.clone_from(&one.text);
            }
            if unit.doc.is_empty() {
                unit.doc.clone_from(&one.doc);
            }
            unit.ratings[n] = Some(Rating::new(one));
        }
    }
    (by, units)
}

fn same(place: Place, one: &Gold) -> bool {
    one.bounds()
        .is_some_and(|other| place.mostly_inside(other) && other.mostly_inside(place))
}
