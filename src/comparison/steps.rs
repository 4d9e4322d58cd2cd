//! From each visit to the next: what is new, what persists, what was put right, what has fallen silent.
//!
//! In: visits in order of date and their themes. Out: [`Step`]s with quotations from both sides. A visit may look at few
//! themes, so each theme is held against the last earlier visit at which it was judged, not against the visit before.

use super::words::{Likeness, Vector, cosine};
use super::{Course, Met, Point, Step, ThemeSeries, ThemeStep};
use crate::codebook::{Change, Polarity, Via};
use crate::row::Row;
use crate::rules::Rules;
use crate::visit::evidence::{Weights, quote, strongest};
use crate::visit::interval::rounded;
use crate::visit::tally::polarity_of;
use crate::visit::{Mention, Quote, Visit, findings};

/// Two sentences less alike than this are about different things.
const ALIKE: f64 = 0.15;
/// Most pairs of concern and answer for a theme.
const MOST_MET: usize = 3;
/// Most sentences of a theme for what the inspectors say has moved.
const MOST_MOVED: usize = 2;

/// What steps are made from.
pub(super) struct Steps<'a> {
    visits: &'a [Visit],
    themes: &'a [ThemeSeries],
    weights: Weights<'a>,
    likeness: Likeness,
}

/// A sentence that counts, with what it says of the theme in hand.
struct Said<'a> {
    row: &'a Row,
    corrected: bool,
    polarity: Polarity,
    /// A cue judges the theme, or a person does: a plain statement among the findings puts nothing right.
    weighty: bool,
    /// The sentence itself names the theme, not only its paragraph or heading.
    named: bool,
    vector: Vector,
}

impl Said<'_> {
    fn quote(&self, theme: &str) -> Quote {
        quote(self.row, theme, self.polarity, self.corrected)
    }

    /// "However, it is too early to see the impact of this." may be alike by chance and says little when quoted alone.
    fn fitness(&self) -> f64 {
        if self.named { 1.0 } else { 0.5 }
    }

    fn criticises(&self) -> bool {
        matches!(self.polarity, Polarity::Concern | Polarity::Mixed)
    }

    /// It can meet a concern: it praises, or says that things are better.
    fn answers(&self) -> bool {
        let better =
            self.row.change == Change::Improved || self.polarity == Polarity::Strength && self.weighty;
        better && self.row.change != Change::Declined && self.row.polarity != Polarity::Concern
    }
}

impl<'a> Steps<'a> {
    pub(super) fn new(rules: &'a Rules, visits: &'a [Visit], themes: &'a [ThemeSeries]) -> Self {
        let sentences = visits.iter().flat_map(|visit| findings(&visit.documents));
        Self {
            visits,
            themes,
            weights: Weights::new(rules),
            likeness: Likeness::new(sentences.map(|(row, _)| row.text.as_str())),
        }
    }

    pub(super) fn all(&self) -> Vec<Step> {
        (1..self.visits.len())
            .map(|to| Step {
                from: to - 1,
                to,
                themes: self
                    .themes
                    .iter()
                    .filter_map(|theme| self.theme(theme, to))
                    .collect(),
            })
            .collect()
    }

    fn theme(&self, series: &ThemeSeries, to: usize) -> Option<ThemeStep> {
        let (course, since) = course(&series.points, to)?;
        let theme = series.theme.as_str();
        let earlier = since.map_or_else(Vec::new, |since| self.said(since, theme));
        let later = self.said(to, theme);
        let met = met(&earlier, &later, theme);
        let (before, now) = self.shown(course, since, to, theme, &earlier, &later, &met);
        let moved = |change| {
            let wanted = |_, found| found == change;
            let found = findings(&self.visits[to].documents);
            strongest(&self.weights, found, theme, wanted, MOST_MOVED)
        };
        Some(ThemeStep {
            theme: theme.to_owned(),
            name: series.name.clone(),
            course,
            since,
            before,
            now,
            met,
            improved: moved(Change::Improved),
            declined: moved(Change::Declined),
            unchanged: moved(Change::Unchanged),
        })
    }

    fn said(&self, visit: usize, theme: &str) -> Vec<Said<'_>> {
        findings(&self.visits[visit].documents)
            .filter_map(|(row, corrected)| {
                Some(Said {
                    row,
                    corrected,
                    polarity: polarity_of(row, theme)?,
                    weighty: corrected || self.weights.judged(row, theme),
                    named: named(row, theme),
                    vector: self.likeness.vector(&row.text),
                })
            })
            .collect()
    }

    /// The quotation from each side that shows the course best.
    #[allow(
        clippy::too_many_arguments,
        reason = "both sides of a step, and what is known of them"
    )]
    fn shown(
        &self,
        course: Course,
        since: Option<usize>,
        to: usize,
        theme: &str,
        earlier: &[Said<'_>],
        later: &[Said<'_>],
        met: &[Met],
    ) -> (Option<Quote>, Option<Quote>) {
        let strongest = |visit: usize, wanted: fn(Polarity) -> bool| {
            let found = findings(&self.visits[visit].documents);
            strongest(&self.weights, found, theme, |polarity, _| wanted(polarity), 1).pop()
        };
        let concern: fn(Polarity) -> bool = |said| matches!(said, Polarity::Concern | Polarity::Mixed);
        let strength: fn(Polarity) -> bool = |said| said == Polarity::Strength;
        let before = |wanted| since.and_then(|since| strongest(since, wanted));
        match course {
            Course::Persists => {
                let pair = pairs(earlier, later, |said| said.criticises(), |said| said.criticises())
                    .into_iter()
                    .next();
                pair.map_or_else(
                    || (before(concern), strongest(to, concern)),
                    |(_, one, other)| (Some(earlier[one].quote(theme)), Some(later[other].quote(theme))),
                )
            }
            Course::PutRight => match met.first() {
                Some(met) => (Some(met.concern.clone()), Some(met.by.clone())),
                None => (before(concern), strongest(to, strength)),
            },
            Course::NewConcern | Course::Returned => (None, strongest(to, concern)),
            Course::NewStrength => (None, strongest(to, strength)),
            Course::StaysStrong => (before(strength), strongest(to, strength)),
            Course::NoLongerJudged => (before(concern), strongest(to, |said| said == Polarity::Neutral)),
            Course::FallenSilent => (before(concern).or_else(|| before(strength)), None),
        }
    }
}

/// Whether words of the sentence itself name the theme.
fn named(row: &Row, theme: &str) -> bool {
    let mut labels = row.labels.iter().filter(|label| label.theme == theme);
    labels.any(|label| {
        let inside = |via| matches!(via, Via::Clause | Via::Sentence);
        let outside = label.evidence.iter().any(|piece| !inside(piece.via));
        !outside || label.evidence.is_empty()
    })
}

/// What has become of a theme, and the visit from which that is seen.
fn course(points: &[Point], to: usize) -> Option<(Course, Option<usize>)> {
    let concern = |n: usize| points[n].counts.concern + points[n].counts.mixed > 0;
    let judged = |n: &usize| points[*n].mention == Mention::Judged;
    let since = (0..to).rev().find(judged);
    let silent_since = |since: usize| (since + 1..to).all(|n| points[n].mention == Mention::NotMentioned);
    let course = match (points[to].mention, since) {
        (Mention::NotMentioned, Some(since)) if since + 1 == to => Course::FallenSilent,
        (Mention::NotJudged, Some(since)) if concern(since) && silent_since(since) => Course::NoLongerJudged,
        (Mention::NotMentioned | Mention::NotJudged, _) => return None,
        (Mention::Judged, None) if concern(to) => Course::NewConcern,
        (Mention::Judged, None) => Course::NewStrength,
        (Mention::Judged, Some(since)) => match (concern(since), concern(to)) {
            (true, true) => Course::Persists,
            (true, false) => Course::PutRight,
            (false, false) => Course::StaysStrong,
            (false, true) if (0..since).any(concern) => Course::Returned,
            (false, true) => Course::NewConcern,
        },
    };
    Some((course, since))
}

/// Concerns and the sentences that answer them.
fn met(earlier: &[Said<'_>], later: &[Said<'_>], theme: &str) -> Vec<Met> {
    pairs(earlier, later, |said| said.criticises(), |said| said.answers())
        .into_iter()
        .take(MOST_MET)
        .map(|(likeness, one, other)| Met {
            concern: earlier[one].quote(theme),
            by: later[other].quote(theme),
            likeness: rounded(likeness),
        })
        .collect()
}

/// Sentences of both sides that are alike, each in one pair only, the most alike first; where pairs are level, the one
/// that stands first.
fn pairs(
    earlier: &[Said<'_>],
    later: &[Said<'_>],
    wanted_before: impl Fn(&Said<'_>) -> bool,
    wanted_now: impl Fn(&Said<'_>) -> bool,
) -> Vec<(f64, usize, usize)> {
    let mut all: Vec<(f64, f64, usize, usize)> = Vec::new();
    for (one, before) in earlier.iter().enumerate().filter(|(_, said)| wanted_before(said)) {
        for (other, now) in later.iter().enumerate().filter(|(_, said)| wanted_now(said)) {
            let likeness = cosine(&before.vector, &now.vector);
            all.push((likeness * before.fitness() * now.fitness(), likeness, one, other));
        }
    }
    all.retain(|(fit, ..)| *fit >= ALIKE);
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut kept: Vec<(f64, usize, usize)> = Vec::new();
    for (_, likeness, one, other) in all {
        if kept.iter().all(|pair| pair.1 != one && pair.2 != other) {
            kept.push((likeness, one, other));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::{Counts, Moves};

    fn points(all: &[&str]) -> Vec<Point> {
        let point = |(visit, said): (usize, &&str)| {
            let count = |sign| said.chars().filter(|c| *c == sign).count();
            let counts = Counts {
                strength: count('+'),
                concern: count('-'),
                mixed: count('±'),
                neutral: count('.'),
            };
            Point {
                visit,
                mention: match (counts.all(), counts.judged()) {
                    (0, _) => Mention::NotMentioned,
                    (_, 0) => Mention::NotJudged,
                    _ => Mention::Judged,
                },
                counts,
                balance: None,
                share: 0.0,
                moves: Moves::default(),
            }
        };
        all.iter().enumerate().map(point).collect()
    }

    #[test]
    fn every_course_is_told_from_what_was_judged_before() {
        for (all, expected) in [
            (&["", "-"][..], Some((Course::NewConcern, None))),
            (&[".", "+"], Some((Course::NewStrength, None))),
            (&["+", "-"], Some((Course::NewConcern, Some(0)))),
            (&["-", "+", "±"], Some((Course::Returned, Some(1)))),
            (&["-", "", "+-"], Some((Course::Persists, Some(0)))),
            (&["±", "", ".", "+"], Some((Course::PutRight, Some(0)))),
            (&["-+", "."], Some((Course::NoLongerJudged, Some(0)))),
            (&["-", ".", "."], None),
            (&["+", "."], None),
            (&["+", "+."], Some((Course::StaysStrong, Some(0)))),
            (&["+", ""], Some((Course::FallenSilent, Some(0)))),
            (&["-", "", ""], None),
            (&["", ""], None),
        ] {
            assert_eq!(course(&points(all), all.len() - 1), expected, "{all:?}");
        }
    }
}
