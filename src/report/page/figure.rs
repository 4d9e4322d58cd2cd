//! Geometry of the pictures. In: counts and balances. Out: places in SVG units, as the attributes are written.

use serde::Serialize;

use super::super::wording::signed;
use crate::visit::{Balance, Counts};

/// A diverging bar: concerns to the left of the axis, strengths to the right, sentences that say both across it.
#[derive(Debug, Serialize)]
pub(super) struct Bar {
    width: String,
    axis: String,
    parts: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct Part {
    class: &'static str,
    x: String,
    width: String,
    count: usize,
}

/// One scale for all bars that are set side by side, so that lengths can be compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Units to the left and to the right of the axis; a sentence is two, so that half of one is whole.
    left: usize,
    right: usize,
    width: f64,
}

impl Scale {
    /// The scale by which the longest of `all` just fits into `width`.
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Counts>, width: f64) -> Self {
        let mut scale = Self {
            left: 0,
            right: 0,
            width,
        };
        for counts in all {
            scale.left = scale.left.max(2 * counts.concern + counts.mixed);
            scale.right = scale.right.max(2 * counts.strength + counts.mixed);
        }
        scale
    }

    fn at(self, units: usize) -> f64 {
        let all = (self.left + self.right).max(1);
        self.width * units as f64 / all as f64
    }

    /// A bar on this scale.
    pub(super) fn bar(self, counts: &Counts) -> Bar {
        let axis = self.at(self.left);
        let middle = self.at(counts.mixed);
        let parts = [
            (
                "bad",
                axis - middle - self.at(2 * counts.concern),
                self.at(2 * counts.concern),
                counts.concern,
            ),
            ("both", axis - middle, 2.0 * middle, counts.mixed),
            (
                "good",
                axis + middle,
                self.at(2 * counts.strength),
                counts.strength,
            ),
        ];
        Bar {
            width: number(self.width),
            axis: number(axis),
            parts: parts
                .into_iter()
                .filter(|(_, _, _, count)| *count > 0)
                .map(|(class, x, width, count)| Part {
                    class,
                    x: number(x.max(0.0)),
                    width: number(width),
                    count,
                })
                .collect(),
        }
    }
}

/// Two decimals, and no zero with a minus sign.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// Balances of a theme over the visits, with their intervals.
#[derive(Debug, Serialize)]
pub(super) struct Slope {
    width: String,
    /// The line from one known balance to the next.
    line: String,
    points: Vec<Point>,
    /// Where each visit stands, known or not.
    ticks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Point {
    x: String,
    y: String,
    low: String,
    high: String,
    value: String,
    class: &'static str,
}

/// Distance between visits, and what is left free at the sides and above.
const STEP: f64 = 48.0;
const SIDE: f64 = 24.0;
const TOP: f64 = 8.0;
/// From a balance of −1 to one of 1.
const HEIGHT: f64 = 72.0;

impl Slope {
    /// The picture of one theme; visits without a balance leave a gap in the points, and the line passes over it.
    pub(super) fn of(balances: &[Option<Balance>]) -> Self {
        let x = |visit: usize| number(SIDE + STEP * visit as f64);
        let y = |value: f64| number(TOP + HEIGHT * (1.0 - value.clamp(-1.0, 1.0)) / 2.0);
        let points: Vec<Point> = balances
            .iter()
            .enumerate()
            .filter_map(|(visit, balance)| {
                let balance = (*balance)?;
                Some(Point {
                    x: x(visit),
                    y: y(balance.value),
                    low: y(balance.low),
                    high: y(balance.high),
                    value: signed(balance.value),
                    class: match signed(balance.value).chars().next() {
                        Some('+') => "good",
                        Some('\u{2212}') => "bad",
                        _ => "even",
                    },
                })
            })
            .collect();
        let line: Vec<String> = points
            .iter()
            .map(|point| format!("{},{}", point.x, point.y))
            .collect();
        Self {
            width: number(2.0 * SIDE + STEP * balances.len().saturating_sub(1) as f64),
            ticks: (0..balances.len()).map(x).collect(),
            line: line.join(" "),
            points,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_one_scale_and_one_axis() {
        let small = Counts {
            strength: 1,
            concern: 2,
            ..Counts::default()
        };
        let large = Counts {
            strength: 3,
            concern: 0,
            mixed: 2,
            ..Counts::default()
        };
        let scale = Scale::of([&small, &large].into_iter(), 120.0);
        // Two sentences to the left, three and a half of two to the right: 20 units each.
        let bar = scale.bar(&small);
        assert_eq!((bar.axis.as_str(), bar.width.as_str()), ("40.00", "120.00"));
        let parts: Vec<_> = bar
            .parts
            .iter()
            .map(|part| (part.class, part.x.as_str(), part.width.as_str(), part.count))
            .collect();
        assert_eq!(
            parts,
            [("bad", "0.00", "40.00", 2), ("good", "40.00", "20.00", 1)]
        );
        let bar = scale.bar(&large);
        let parts: Vec<_> = bar
            .parts
            .iter()
            .map(|part| (part.class, part.x.as_str(), part.width.as_str()))
            .collect();
        assert_eq!(parts, [("both", "20.00", "40.00"), ("good", "60.00", "60.00")]);
    }

    #[test]
    fn nothing_counted_draws_nothing() {
        let none = Counts::default();
        assert!(Scale::of([&none].into_iter(), 120.0).bar(&none).parts.is_empty());
    }

    #[test]
    fn slopes_pass_over_visits_without_a_balance() {
        let balance = |value| {
            Some(Balance {
                value,
                low: -1.0,
                high: 1.0,
            })
        };
        let slope = Slope::of(&[balance(-1.0), None, balance(0.5)]);
        assert_eq!(slope.line, "24.00,80.00 120.00,26.00");
        assert_eq!(slope.points[1].value, "+0.50");
        assert_eq!(slope.width, "144.00");
    }
}
