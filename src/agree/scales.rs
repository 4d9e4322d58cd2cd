//! What raters are compared on, and the figures of each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::units::Unit;
use super::{Estimate, Over, Rating, Sums};
use crate::bootstrap::Additive;
use crate::codebook::{Change, Polarity, Speaker, Time};

/// Something that a rater says of a sentence, one of a closed list of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "of", content = "theme")]
pub enum Measured {
    /// The polarity of the sentence.
    Polarity,
    /// Who says it.
    Source,
    /// When it holds.
    Time,
    /// Whether it has moved.
    Change,
    /// Whether the sentence is of this theme.
    Theme(String),
    /// What it says of this theme.
    ThemePolarity(String),
}

impl Measured {
    /// What raters differ on where they differ on it.
    pub fn name(&self) -> String {
        match self {
            Self::Polarity => "polarity".to_owned(),
            Self::Source => "source".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Change => "change".to_owned(),
            Self::Theme(theme) | Self::ThemePolarity(theme) => theme.clone(),
        }
    }

    /// The values that it can take.
    pub fn values(&self) -> Vec<&'static str> {
        match self {
            Self::Polarity | Self::ThemePolarity(_) => {
                Polarity::ALL.iter().map(|value| value.name()).collect()
            }
            Self::Source => Speaker::ALL.iter().map(|value| value.name()).collect(),
            Self::Time => Time::ALL.iter().map(|value| value.name()).collect(),
            Self::Change => Change::ALL.iter().map(|value| value.name()).collect(),
            Self::Theme(_) => vec!["present", "absent"],
        }
    }

    /// The value that a rating gives, by its place in the list; none for the polarity of a theme that it does not name.
    fn value(&self, rating: &Rating) -> Option<usize> {
        match self {
            Self::Polarity => Some(rating.polarity as usize),
            Self::Source => Some(rating.source as usize),
            Self::Time => Some(rating.time as usize),
            Self::Change => Some(rating.change as usize),
            Self::Theme(theme) => Some(usize::from(rating.theme(theme).is_none())),
            Self::ThemePolarity(theme) => rating.theme(theme).map(|polarity| polarity as usize),
        }
    }

    pub(super) fn values_of(&self, unit: &Unit) -> Vec<Option<usize>> {
        unit.ratings
            .iter()
            .map(|rating| self.value(rating.as_ref()?))
            .collect()
    }
}

/// Everything that the units can be compared on: `themes` first, in this order.
pub(super) fn measured(units: &[Unit], themes: &[String]) -> Vec<Measured> {
    let ratings = units.iter().flat_map(|unit| unit.ratings.iter().flatten());
    let named: BTreeSet<&str> = ratings
        .flat_map(|rating| &rating.themes)
        .map(|rating| rating.theme.as_str())
        .collect();
    let mut named: Vec<&str> = named.into_iter().collect();
    let rank = |theme: &str| themes.iter().position(|known| known == theme);
    named.sort_by_key(|theme| (rank(theme).unwrap_or(usize::MAX), *theme));
    let mut all = vec![
        Measured::Polarity,
        Measured::Source,
        Measured::Time,
        Measured::Change,
    ];
    all.extend(named.iter().map(|theme| Measured::Theme((*theme).to_owned())));
    all.extend(
        named
            .iter()
            .map(|theme| Measured::ThemePolarity((*theme).to_owned())),
    );
    all
}

/// Agreement on one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scale {
    /// What is compared.
    #[serde(flatten)]
    pub measured: Measured,
    /// The values that it can take.
    pub values: Vec<String>,
    /// Units that two raters or more have a value for.
    pub units: u64,
    /// Of these, the ones in which no rater names the theme; null where it is not about a theme's presence.
    pub empty: Option<u64>,
    /// Units on which raters differ.
    pub differing: u64,
    /// How often each rater gives each value, over these units.
    pub given: Vec<Vec<u64>>,
    /// Share of pairs of raters that agree, averaged over units.
    pub agreement: Estimate,
    /// Cohen's kappa; for more than two raters the mean over pairs.
    pub kappa: Estimate,
    /// Krippendorff's alpha for nominal data.
    pub alpha: Estimate,
    /// Gwet's AC1.
    pub ac1: Estimate,
    /// Each pair of raters.
    pub pairs: Vec<Pair>,
}

/// Two raters side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pair {
    /// The one, by its place in the list of raters, from 0.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Units by the value of the one (down) and of the other (across), in the order of the scale's values.
    pub table: Vec<Vec<u64>>,
    /// Cohen's kappa of the two.
    pub kappa: Estimate,
}

/// The sums of all scales over some units.
#[derive(Clone, Debug)]
pub(super) struct Many(Vec<Sums>);

impl Many {
    /// Agreement, kappa, alpha, AC1 and the kappa of each pair, scale by scale.
    pub(super) fn figures(&self) -> Vec<Option<f64>> {
        let mut figures = Vec::new();
        for sums in &self.0 {
            figures.extend([sums.agreement(), sums.kappa(), sums.alpha(), sums.ac1()]);
            figures.extend((0..sums.all_pairs()).map(|pair| sums.kappa_of(pair)));
        }
        figures
    }
}

impl Additive for Many {
    fn add(&mut self, other: &Self, times: u32) {
        for (sums, other) in self.0.iter_mut().zip(&other.0) {
            sums.add(other, times);
        }
    }

    fn nothing(&self) -> Self {
        Self(self.0.iter().map(Sums::nothing).collect())
    }
}

/// What each document adds, or each unit where there is one document only.
pub(super) fn groups(
    measured: &[Measured],
    units: &[Unit],
    raters: usize,
    by_document: bool,
) -> (Over, Vec<Many>) {
    let nothing = Many(
        measured
            .iter()
            .map(|scale| Sums::new(raters, scale.values().len()))
            .collect(),
    );
    let mut groups: BTreeMap<(&str, usize), Many> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        let key = if by_document {
            (unit.doc.as_str(), 0)
        } else {
            ("", n)
        };
        let sums = groups.entry(key).or_insert_with(|| nothing.clone());
        for (sums, scale) in sums.0.iter_mut().zip(measured) {
            let values = scale.values_of(unit);
            // What one alone has a value for is left out of everything, see `Agreement::empty`.
            if values.iter().flatten().count() > 1 {
                sums.unit(&values);
            }
        }
    }
    let over = if by_document {
        Over::Documents
    } else {
        Over::Sentences
    };
    (over, groups.into_values().collect())
}

/// The scales with their figures, which are in the order of [`Many::figures`].
pub(super) fn scales(
    measured: &[Measured],
    units: &[Unit],
    groups: &[Many],
    figures: &[Estimate],
) -> Vec<Scale> {
    let Some(first) = groups.first() else {
        return Vec::new();
    };
    let mut all = first.nothing();
    groups.iter().for_each(|group| all.add(group, 1));
    let mut figures = figures.iter().copied();
    let mut next = || figures.next().unwrap_or_default();
    let scale = |(measured, sums): (&Measured, &Sums)| {
        let values = measured.values();
        let [agreement, kappa, alpha, ac1] = [next(), next(), next(), next()];
        let raters = units.first().map_or(0, |unit| unit.ratings.len());
        let pairs = Sums::pairs(raters).enumerate().map(|(n, (one, other))| Pair {
            one,
            other,
            table: sums
                .table(n)
                .chunks(values.len())
                .map(|row| row.iter().map(|count| whole(*count)).collect())
                .collect(),
            kappa: next(),
        });
        let pairs = pairs.collect();
        let mut scale = Scale {
            measured: measured.clone(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            units: whole(sums.units()),
            empty: None,
            differing: 0,
            given: vec![vec![0; values.len()]; raters],
            agreement,
            kappa,
            alpha,
            ac1,
            pairs,
        };
        scale.count(units);
        scale
    };
    measured.iter().zip(&all.0).map(scale).collect()
}

impl Scale {
    /// What stands in no sum.
    fn count(&mut self, units: &[Unit]) {
        let mut empty = 0;
        for unit in units {
            let values = self.measured.values_of(unit);
            let mut given = values.iter().flatten();
            let (Some(first), true) = (given.next(), values.iter().flatten().count() > 1) else {
                continue;
            };
            self.differing += u64::from(given.any(|value| value != first));
            empty += u64::from(values.iter().flatten().all(|value| *value == 1));
            for (given, value) in self.given.iter_mut().zip(&values) {
                if let Some(value) = value {
                    given[*value] += 1;
                }
            }
        }
        if let Measured::Theme(_) = self.measured {
            self.empty = Some(empty);
        }
    }
}

/// Counts are kept as numbers with a fraction, which they never have.
fn whole(count: f64) -> u64 {
    count.round() as u64
}
