//! Which documents tell of the same visit.
//!
//! In: what is known of each document. Out: the documents of each visit. Decides by authority, dates and kind alone.
//!
//! The inspectors' own documents tell of the same visit where authority, kind and both dates are the same: a letter and
//! its copy in another format. An article, a statement or minutes belong to the one visit of the inspectors whose dates
//! theirs touch, so that "the visit of March" finds the letter on 5 and 6 March; where there is none or more than one,
//! those of them with the same dates go together. Whatever lacks the authority or the dates stands by itself.

use jiff::civil::Date;

use crate::facts::{Facts, Kind};
use crate::normal::Normal;

/// The documents of one visit, by their places in the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    /// The places, in order.
    pub(super) documents: Vec<usize>,
    /// Documents among them that might as well belong to another visit.
    pub(super) unsure: bool,
}

/// What decides.
struct Key {
    authority: String,
    kind: Option<Kind>,
    start: Date,
    end: Date,
}

impl Key {
    /// `None` where a document must stand by itself.
    fn of(facts: &Facts) -> Option<Self> {
        let authority = facts.authority.as_deref()?;
        let start = facts.inspection_start.or(facts.inspection_end)?;
        Some(Self {
            authority: authority_key(authority),
            kind: facts.kind,
            start,
            end: facts.inspection_end.unwrap_or(start).max(start),
        })
    }

    fn same_dates(&self, other: &Self) -> bool {
        self.authority == other.authority && (self.start, self.end) == (other.start, other.end)
    }

    fn touches(&self, other: &Self) -> bool {
        self.authority == other.authority && self.start <= other.end && other.start <= self.end
    }
}

/// An authority's name as it is compared.
pub(crate) fn authority_key(authority: &str) -> String {
    let normal = Normal::new(authority).text;
    let words: Vec<&str> = normal
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Whether the inspectors wrote it; `None` where that is not known.
pub(super) fn inspectors(kind: Option<Kind>) -> Option<bool> {
    kind.map(|kind| match kind {
        Kind::MonitoringLetter
        | Kind::FocusedLetter
        | Kind::InspectionReport
        | Kind::SingleInspectionReport
        | Kind::JointInspectionLetter
        | Kind::OtherReport => true,
        Kind::PressArticle | Kind::CouncilStatement | Kind::CouncilMinutes => false,
    })
}

/// The visits, in the order of their first documents.
pub(super) fn join<'a>(documents: impl Iterator<Item = &'a Facts>) -> Vec<Joined> {
    let keys: Vec<Option<Key>> = documents.map(Key::of).collect();
    let mut visits: Vec<Joined> = Vec::new();
    let own = |key: &Key| inspectors(key.kind) == Some(true);
    for (n, key) in keys.iter().enumerate() {
        let Some(key) = key.as_ref().filter(|key| own(key)) else {
            continue;
        };
        let same = |visit: &&mut Joined| first(visit, &keys).is_some_and(|other| same_visit(key, other));
        match visits.iter_mut().find(same) {
            Some(visit) => visit.documents.push(n),
            None => visits.push(alone(n)),
        }
    }
    let of_inspectors = visits.len();
    for (n, key) in keys.iter().enumerate() {
        let Some(key) = key else {
            visits.push(alone(n));
            continue;
        };
        if own(key) {
            continue;
        }
        let touched: Vec<usize> = (0..of_inspectors)
            .filter(|&visit| first(&visits[visit], &keys).is_some_and(|other| key.touches(other)))
            .collect();
        if let [visit] = touched[..] {
            visits[visit].documents.push(n);
            continue;
        }
        let like = |visit: &Joined| first(visit, &keys).is_some_and(|other| key.same_dates(other));
        let at = match visits[of_inspectors..].iter().position(like) {
            Some(at) => of_inspectors + at,
            None => {
                visits.push(Joined::default());
                visits.len() - 1
            }
        };
        visits[at].documents.push(n);
        visits[at].unsure |= touched.len() > 1;
    }
    for visit in &mut visits {
        visit.documents.sort_unstable();
    }
    visits.sort_by_key(|visit| visit.documents[0]);
    visits
}

fn same_visit(one: &Key, other: &Key) -> bool {
    one.kind == other.kind && one.same_dates(other)
}

fn first<'k>(visit: &Joined, keys: &'k [Option<Key>]) -> Option<&'k Key> {
    keys.get(*visit.documents.first()?)?.as_ref()
}

fn alone(n: usize) -> Joined {
    Joined {
        documents: vec![n],
        unsure: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(authority: &str, kind: Kind, start: &str, end: &str) -> Facts {
        Facts {
            kind: Some(kind),
            authority: Some(authority.to_owned()).filter(|name| !name.is_empty()),
            inspection_start: start.parse().ok(),
            inspection_end: end.parse().ok(),
            ..Facts::default()
        }
    }

    fn joined(all: &[Facts]) -> Vec<Vec<usize>> {
        join(all.iter())
            .into_iter()
            .map(|visit| visit.documents)
            .collect()
    }

    #[test]
    fn unknown_dates_and_authorities_never_merge() {
        let press = |authority, start| facts(authority, Kind::PressArticle, start, "");
        let all = [
            press("Wexcombe", ""),
            press("Wexcombe", ""),
            press("", "2024-03-05"),
            press("", "2024-03-05"),
            facts("Wexcombe", Kind::MonitoringLetter, "2024-03-05", "2024-03-06"),
        ];
        assert_eq!(joined(&all), [[0], [1], [2], [3], [4]]);
    }

    #[test]
    fn what_tells_of_a_visit_finds_the_letter_and_letters_only_their_copies() {
        let all = [
            facts("Wexcombe", Kind::CouncilMinutes, "2024-03-01", "2024-03-31"),
            facts("WEXCOMBE", Kind::MonitoringLetter, "2024-03-05", "2024-03-06"),
            facts("Wexcombe", Kind::PressArticle, "2024-03-06", ""),
            facts("Wexcombe", Kind::MonitoringLetter, "2024-03-05", "2024-03-06"),
            facts(
                "Wexcombe",
                Kind::JointInspectionLetter,
                "2024-03-05",
                "2024-03-06",
            ),
            facts("Harrowmere", Kind::PressArticle, "2024-03-05", "2024-03-06"),
        ];
        // Two visits of the inspectors touch March, so neither minutes nor article can say which they mean.
        assert_eq!(joined(&all), [vec![0], vec![1, 3], vec![2], vec![4], vec![5]]);
        assert_eq!(joined(&all[..4]), [[0, 1, 2, 3]]);
        assert!(join(all.iter())[0].unsure);
    }

    #[test]
    fn without_a_letter_the_same_dates_go_together() {
        let all = [
            facts("Wexcombe", Kind::PressArticle, "2024-03-01", "2024-03-31"),
            facts("Wexcombe", Kind::CouncilStatement, "2024-03-01", "2024-03-31"),
            facts("Wexcombe", Kind::PressArticle, "2024-03-05", "2024-03-06"),
        ];
        assert_eq!(joined(&all), [vec![0, 1], vec![2]]);
    }
}
