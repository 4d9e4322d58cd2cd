//! Whether a change of balance is more than chance.
//!
//! In: counts of two visits. Out: a [`BalanceChange`]. Sources: R. G. Newcombe, "Interval estimation for the difference
//! between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890, method
//! 10; S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
//! (1979), 65-70.

use super::{BalanceChange, Verdict};
use crate::visit::Counts;
use crate::visit::interval::{Z, proportion, rounded, wilson};

/// Level of all intervals, and of all changes of a comparison taken together.
const ERROR: f64 = 0.05;

/// The change of balance from one visit to a later one; `None` where one of them has no balance.
pub(super) fn change(from: usize, earlier: &Counts, to: usize, later: &Counts) -> Option<BalanceChange> {
    let (earlier, later) = (proportion(earlier)?, proportion(later)?);
    let (low, high) = newcombe(later, earlier, Z);
    let verdict = match (low > 0.0, high < 0.0) {
        (true, _) => Verdict::Better,
        (_, true) => Verdict::Worse,
        _ => Verdict::NotShown,
    };
    Some(BalanceChange {
        from,
        to,
        value: rounded(2.0 * (later.0 / later.1 - earlier.0 / earlier.1)),
        low: rounded(2.0 * low),
        high: rounded(2.0 * high),
        p: rounded(p(later, earlier)),
        verdict,
        holds_among_all: false,
    })
}

/// Marks the changes that would be called so with all of them taken together: the smallest p against the level divided
/// by how many there are, the next against the level divided by one less, until the first that fails.
pub(super) fn holm(changes: &mut [&mut BalanceChange]) {
    changes.sort_by(|a, b| a.p.total_cmp(&b.p));
    let mut left = changes.len();
    for change in changes {
        let divisor = u32::try_from(left).map_or(f64::MAX, f64::from);
        if change.p > ERROR / divisor || change.verdict == Verdict::NotShown {
            return;
        }
        change.holds_among_all = true;
        left -= 1;
    }
}

/// How many of so many changes leave out zero by chance alone where nothing has changed.
pub(super) fn expected_by_chance(tested: usize) -> f64 {
    rounded(ERROR * u32::try_from(tested).map_or(f64::MAX, f64::from))
}

/// Successes and trials.
type Proportion = (f64, f64);

/// Newcombe's hybrid score interval for `one` less `other`.
fn newcombe(one: Proportion, other: Proportion, z: f64) -> (f64, f64) {
    let (p1, p2) = (one.0 / one.1, other.0 / other.1);
    let ((l1, u1), (l2, u2)) = (wilson(one.0, one.1, z), wilson(other.0, other.1, z));
    let difference = p1 - p2;
    (
        (difference - (p1 - l1).hypot(u2 - p2)).max(-1.0),
        (difference + (u1 - p1).hypot(p2 - l2)).min(1.0),
    )
}

/// The level at which the interval reaches zero, as the share that the normal distribution leaves outside.
///
/// The interval grows with z and in the end always holds zero, so z is found by halving.
fn p(one: Proportion, other: Proportion) -> f64 {
    let leaves_out = |z| {
        let (low, high) = newcombe(one, other, z);
        low > 0.0 || high < 0.0
    };
    let (mut inside, mut outside) = (0.0_f64, 40.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(inside, outside);
        if leaves_out(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    complementary_error(f64::midpoint(inside, outside) / std::f64::consts::SQRT_2)
}

/// The complementary error function for x of 0 and more: by its power series below 2, by its continued fraction above
/// (Abramowitz and Stegun 1964, 7.1.6 and 7.1.14).
fn complementary_error(x: f64) -> f64 {
    let scale = std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp();
    if x < 2.0 {
        let (mut term, mut sum, mut n) = (x, x, 0.0);
        while term > sum * f64::EPSILON {
            n += 1.0;
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
        }
        return 1.0 - scale * sum;
    }
    // erfc x = exp(-x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + ...)))), from far inside outwards.
    let fraction = (1..=100).rev().fold(x, |inner, n| x + f64::from(n) / 2.0 / inner);
    scale / 2.0 / fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
    #[test]
    fn the_limits_are_those_that_newcombe_printed() {
        for (one, other, low, high) in [
            ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
            ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
            ((6.0, 7.0), (2.0, 7.0), 0.0582, 0.8062),
            ((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926),
            ((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775),
            ((0.0, 10.0), (0.0, 10.0), -0.2775, 0.2775),
            ((10.0, 10.0), (0.0, 20.0), 0.6791, 1.0),
            ((10.0, 10.0), (0.0, 10.0), 0.6075, 1.0),
        ] {
            let found = newcombe(one, other, Z);
            assert!(
                (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
                "{one:?} {other:?}: {found:?}"
            );
        }
    }

    /// Values of Python's `math.erfc`.
    #[test]
    fn the_error_function_is_right_on_both_branches() {
        for (x, value) in [
            (0.0, 1.0),
            (0.1, 0.887_537_083_981_715),
            (1.0, 0.157_299_207_050_285),
            (1.385_903_824_349_678, 0.05),
            (1.999, 0.004_698_443_348_629),
            (2.0, 0.004_677_734_981_047),
            (2.5, 0.000_406_952_017_445),
            (5.0, 1.537_459_794_428e-12),
        ] {
            let found = complementary_error(x);
            assert!(
                (found - value).abs() <= 1e-12 * (1.0 + 1.0 / x.max(1.0)),
                "{x}: {found}"
            );
        }
    }

    fn counts(strength: usize, concern: usize) -> Counts {
        Counts {
            strength,
            concern,
            ..Counts::default()
        }
    }

    #[test]
    fn p_is_below_its_level_just_where_the_interval_leaves_out_zero() {
        for (s1, s2) in (0..=12).flat_map(|s1| (0..=9).map(move |s2| (s1, s2))) {
            let change = change(0, &counts(s1, 12 - s1), 1, &counts(s2, 9 - s2)).expect("both have counts");
            assert_eq!(
                change.p < 0.05,
                change.verdict != Verdict::NotShown,
                "{s1} {s2}: {change:?}"
            );
            let back =
                super::change(0, &counts(s2, 9 - s2), 1, &counts(s1, 12 - s1)).expect("both have counts");
            assert!((back.value + change.value).abs() < 1e-12);
            assert!((back.p - change.p).abs() < 1e-9);
        }
        assert_eq!(change(0, &counts(0, 0), 1, &counts(3, 0)), None);
    }

    #[test]
    fn few_counts_show_no_change() {
        // From one concern to one strength is the largest change there can be, and still may be chance.
        let change = change(0, &counts(0, 1), 1, &counts(1, 0)).expect("both have counts");
        assert!((change.value - 2.0).abs() < 1e-12);
        assert_eq!(change.verdict, Verdict::NotShown);
    }

    #[test]
    fn holm_stops_at_the_first_that_fails() {
        let with = |p, verdict| BalanceChange {
            from: 0,
            to: 1,
            value: 0.0,
            low: 0.0,
            high: 0.0,
            p,
            verdict,
            holds_among_all: false,
        };
        // 0.04 would pass alone, not as the second of three: 0.05 / 2.
        let mut all = [
            with(0.04, Verdict::Better),
            with(0.5, Verdict::NotShown),
            with(0.01, Verdict::Worse),
        ];
        holm(&mut all.iter_mut().collect::<Vec<_>>());
        assert_eq!(all.map(|change| change.holds_among_all), [false, false, true]);
    }
}
