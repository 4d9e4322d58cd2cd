//! The uncertainty of a proportion from few counts.
//!
//! In: successes and trials. Out: limits. Source: E. B. Wilson, "Probable inference, the law of succession, and
//! statistical inference", Journal of the American Statistical Association 22 (1927), 209-212; of the intervals that
//! R. G. Newcombe compared in Statistics in Medicine 17 (1998), 857-872, it is one of the two that he recommends: it
//! keeps near its level with few counts, never leaves 0 to 1, and has a width where all counts are alike.

use super::tally::{Balance, Counts};

/// The standard normal deviate that leaves 2.5 % above it: intervals are at 95 %.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The Wilson score interval of a proportion, without continuity correction.
///
/// `successes` and `trials` need not be whole: counts may have been divided by a design effect. Without trials nothing is
/// known, and the interval is 0 to 1.
pub(crate) fn wilson(successes: f64, trials: f64, z: f64) -> (f64, f64) {
    if trials <= 0.0 {
        return (0.0, 1.0);
    }
    let share = successes / trials;
    let squared = z * z;
    let middle = 2.0 * successes + squared;
    let half = z * (squared + 4.0 * successes * (1.0 - share)).max(0.0).sqrt();
    let whole = 2.0 * (trials + squared);
    // Rounding must not leave the point outside: with all counts alike a limit is the point itself.
    let low = ((middle - half) / whole).clamp(0.0, share);
    let high = ((middle + half) / whole).clamp(share, 1.0);
    (low, high)
}

/// Strengths against concerns with the interval at 95 %; `None` where there is neither.
///
/// `design_effect` is 1 for one visit; counts are divided by it before the limits are taken.
pub(crate) fn balance(counts: &Counts, design_effect: f64) -> Option<Balance> {
    let (strength, all) = proportion(counts)?;
    let (low, high) = wilson(strength / design_effect, all / design_effect, Z);
    Some(Balance {
        value: rounded(mapped(strength / all)),
        low: rounded(mapped(low)),
        high: rounded(mapped(high)),
    })
}

/// Six decimals. More say nothing here, and the last digits of logarithms and roots differ between machines.
pub(crate) fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    // No minus before nothing.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Strengths, and strengths and concerns together; `None` where there is neither.
pub(crate) fn proportion(counts: &Counts) -> Option<(f64, f64)> {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    let all = counts.strength + counts.concern;
    (all > 0).then(|| (number(counts.strength), number(all)))
}

/// From a share of strengths (0 to 1) to a balance (−1 to 1).
fn mapped(share: f64) -> f64 {
    2.0 * share - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score, no continuity correction).
    #[test]
    fn the_limits_are_those_that_newcombe_printed() {
        for (successes, trials, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let found = wilson(successes, trials, Z);
            assert!(
                (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
                "{successes}/{trials}: {found:?}"
            );
        }
    }

    #[test]
    fn a_balance_is_mapped_from_the_share_of_strengths() {
        let counts = |strength, concern| Counts {
            strength,
            concern,
            mixed: 3,
            neutral: 8,
        };
        let one = balance(&counts(0, 20), 1.0).expect("there are counts");
        assert!((one.value + 1.0).abs() < 1e-12 && (one.low + 1.0).abs() < 1e-12);
        assert!((one.high - (2.0 * 0.1611 - 1.0)).abs() < 1e-4);
        let even = balance(&counts(4, 4), 1.0).expect("there are counts");
        assert!(even.value.abs() < 1e-12 && (even.low + even.high).abs() < 1e-12);
        assert_eq!(balance(&counts(0, 0), 1.0), None);
    }

    #[test]
    fn the_point_lies_inside_and_a_design_effect_widens() {
        for trials in 1..40 {
            for successes in 0..=trials {
                let counts = Counts {
                    strength: successes,
                    concern: trials - successes,
                    ..Counts::default()
                };
                let plain = balance(&counts, 1.0).expect("there are counts");
                let wide = balance(&counts, 2.5).expect("there are counts");
                assert!(-1.0 <= plain.low && plain.low <= plain.value && plain.value <= plain.high);
                assert!(plain.high <= 1.0 && plain.low < plain.high);
                assert!(wide.low <= plain.low + 1e-12 && plain.high <= wide.high + 1e-12);
            }
        }
    }
}
