//! Published figures that move: how often a document praises and criticises a theme.
//!
//! A sentence counts where the inspectors say it of the time of the visit; one that stands twice counts once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::moves::Side;
use crate::bootstrap::rounded;
use crate::codebook::{Speaker, Time, Tone};
use crate::normal::Normal;
use crate::row::Row;
use crate::rules::Rules;

/// What a document says of a theme, in sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figures {
    /// Sentences that praise it.
    pub strength: usize,
    /// Sentences that criticise it.
    pub concern: usize,
    /// Sentences that do both, which stand in neither of the others.
    pub mixed: usize,
    /// (strength − concern) / (strength + concern), from −1 to 1; null where there is neither.
    pub balance: Option<f64>,
}

/// A published figure that has moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FiguresMoved {
    /// The document, as rows name it.
    pub document: String,
    /// The theme.
    pub theme: String,
    /// By the old rules.
    pub old: Figures,
    /// By the new ones.
    pub new: Figures,
}

/// The figures that differ between two readings, in the order of the new rules' themes; others behind, by name.
pub(super) fn moved(rules: &Rules, sides: &[Side; 2]) -> Vec<FiguresMoved> {
    let [old, new] = [0, 1].map(|n: usize| figures(&sides[n].rows));
    let Some(document) = sides
        .iter()
        .find_map(|side| side.rows.first())
        .map(|row| &row.document)
    else {
        return Vec::new();
    };
    let of = |all: &BTreeMap<&str, Figures>, theme: &str| all.get(theme).copied().unwrap_or_default();
    let mut themes: Vec<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
    let others: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let others: Vec<&str> = others
        .into_iter()
        .filter(|theme| !themes.contains(theme))
        .collect();
    themes.extend(others);
    let moved = themes.into_iter().map(|theme| FiguresMoved {
        document: document.clone(),
        theme: theme.to_owned(),
        old: of(&old, theme),
        new: of(&new, theme),
    });
    moved.filter(|moved| moved.old != moved.new).collect()
}

fn figures(rows: &[Row]) -> BTreeMap<&str, Figures> {
    let mut seen = BTreeSet::new();
    let mut all: BTreeMap<&str, Figures> = BTreeMap::new();
    for row in rows {
        if row.source != Speaker::Inspector
            || row.time != Time::Current
            || !seen.insert(Normal::new(&row.text).text)
        {
            continue;
        }
        let themes: BTreeSet<&str> = row.labels.iter().map(|label| label.theme.as_str()).collect();
        for theme in themes {
            let says = |tone| {
                row.labels
                    .iter()
                    .any(|label| label.theme == theme && label.polarity == tone)
            };
            let figures = all.entry(theme).or_default();
            match (says(Tone::Strength), says(Tone::Concern)) {
                (true, true) => figures.mixed += 1,
                (true, false) => figures.strength += 1,
                (false, true) => figures.concern += 1,
                (false, false) => {}
            }
        }
    }
    for figures in all.values_mut() {
        let (s, c) = (figures.strength as f64, figures.concern as f64);
        figures.balance = (s + c > 0.0).then(|| rounded((s - c) / (s + c)));
    }
    all
}
