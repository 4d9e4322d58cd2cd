//! What holds of the labels of every row, so that who counts rows by theme and polarity counts nothing twice.
//!
//! Labels stand in the order of themes, then strength before concern before neutral, and no pair stands twice. A theme
//! that is judged has no neutral label beside. A sentence's polarity and its labels do not contradict each other: a
//! strength has no concern among its labels, a concern no strength, a neutral sentence neither.

use std::collections::BTreeMap;

use findings::Rules;
use findings::codebook::{Polarity, Tone};
use findings::row::Row;

/// Fails where a row breaks one of the laws above.
pub(crate) fn hold(rules: &Rules, name: &str, rows: &[Row]) {
    let order: BTreeMap<&str, usize> = rules
        .themes()
        .enumerate()
        .map(|(n, theme)| (theme.id.as_str(), n))
        .collect();
    for row in rows {
        let told = || format!("{name}: {} `{}`: {:?}", row.polarity, row.text, pairs(row));
        let places: Vec<(usize, Tone)> = row
            .labels
            .iter()
            .map(|label| {
                (
                    *order
                        .get(label.theme.as_str())
                        .unwrap_or_else(|| panic!("{}", told())),
                    label.polarity,
                )
            })
            .collect();
        assert!(
            places.windows(2).all(|pair| pair[0] < pair[1]),
            "labels out of order or twice: {}",
            told()
        );
        let both = places
            .windows(2)
            .any(|pair| pair[0].0 == pair[1].0 && pair[1].1 == Tone::Neutral);
        assert!(!both, "a theme is judged and neutral at once: {}", told());
        let has = |tone| row.labels.iter().any(|label| label.polarity == tone);
        let contradiction = match row.polarity {
            Polarity::Strength => has(Tone::Concern),
            Polarity::Concern => has(Tone::Strength),
            Polarity::Neutral => has(Tone::Strength) || has(Tone::Concern),
            Polarity::Mixed => false,
        };
        assert!(
            !contradiction,
            "polarity and labels contradict each other: {}",
            told()
        );
    }
}

fn pairs(row: &Row) -> Vec<(&str, Tone)> {
    row.labels
        .iter()
        .map(|label| (label.theme.as_str(), label.polarity))
        .collect()
}
