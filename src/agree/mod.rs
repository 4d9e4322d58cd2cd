//! How well readers of equal standing agree: people with one another, or a person with the rules.
//!
//! In: labelled sentences of two or more raters. Out: an [`Agreement`]: what they disagree on, and coefficients with
//! intervals. Not decided here: who is right, see [`crate::eval`]; how it looks.
//!
//! The unit is the sentence. What counts as one sentence and what becomes of sentences and themes that a rater left out
//! is told in `docs/gold.md` and stands in every output.

mod coefficients;
mod scales;
mod units;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bootstrap::{Draws, Estimate, Intervals, Over, estimates};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::error::Error;
use crate::gold::{Gold, MatchedBy, Place};

pub use coefficients::Sums;
pub use scales::{Measured, Pair, Scale};

use units::Unit;

/// Version of the JSON form of an [`Agreement`].
pub const SCHEMA: u32 = 1;

/// Somebody who labelled sentences.
#[derive(Clone, Debug)]
pub struct Rater {
    /// What outputs call it.
    pub name: String,
    /// Its sentences.
    pub sentences: Vec<Gold>,
}

/// How well raters agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreement {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// The raters, in the order of the call.
    pub raters: Vec<String>,
    /// What is compared.
    pub unit: String,
    /// What becomes of sentences and themes that a rater left out.
    pub empty: String,
    /// How sentences of different raters were matched.
    pub matched_by: MatchedBy,
    /// Sentences that at least two raters labelled: the units of everything below.
    pub units: usize,
    /// Sentences that one rater alone labelled, by rater; they are left out.
    pub alone: Vec<usize>,
    /// Documents of the units.
    pub documents: usize,
    /// The units that raters differ on, in the order of the first rater's file.
    pub disagreements: Vec<Differing>,
    /// What is measured and how well they agree on it.
    pub scales: Vec<Scale>,
    /// How the intervals were made.
    pub intervals: Intervals,
}

/// A sentence that raters differ on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Differing {
    /// Its id, as the first rater who has it calls it.
    pub id: String,
    /// Its document; empty where no file names one.
    pub doc: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// Its text, from the first rater whose file has it.
    pub text: String,
    /// On what they differ: `polarity`, `source`, `time`, `change`, or the id of a theme.
    pub on: Vec<String>,
    /// What each rater says of it, in the order of raters; null where one has not labelled it.
    pub ratings: Vec<Option<Rating>>,
}

/// What a rater says of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rating {
    /// As a whole.
    pub polarity: Polarity,
    /// Of which theme; `mixed` where it has a theme both ways.
    pub themes: Vec<ThemeRating>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

/// What a rater says of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeRating {
    /// Id of the theme.
    pub theme: String,
    /// What is said of it.
    pub polarity: Polarity,
}

impl Rating {
    fn new(one: &Gold) -> Self {
        let pairs = one.pairs();
        let themes: BTreeSet<&str> = pairs.iter().map(|(theme, _)| *theme).collect();
        let says = |theme: &str, tone: Tone| pairs.contains(&(theme, tone));
        Self {
            polarity: one.polarity,
            themes: themes
                .into_iter()
                .map(|theme| ThemeRating {
                    theme: theme.to_owned(),
                    polarity: match (says(theme, Tone::Strength), says(theme, Tone::Concern)) {
                        (true, true) => Polarity::Mixed,
                        (true, false) => Polarity::Strength,
                        (false, true) => Polarity::Concern,
                        (false, false) => Polarity::Neutral,
                    },
                })
                .collect(),
            source: one.source,
            time: one.time,
            change: one.change,
        }
    }

    /// What it says of a theme; `None` where it does not name it.
    pub fn theme(&self, theme: &str) -> Option<Polarity> {
        let found = self.themes.iter().find(|rating| rating.theme == theme);
        found.map(|rating| rating.polarity)
    }
}

/// Measures how well raters agree. `themes` are listed first, in this order; others follow by name.
///
/// # Errors
/// [`Error::NothingMatches`] where no sentence is labelled by two of them.
pub fn agree(raters: &[Rater], themes: &[String], draws: Draws) -> Result<Agreement, Error> {
    let (by, all) = units::units(raters);
    let (units, alone): (Vec<Unit>, Vec<Unit>) = all
        .into_iter()
        .partition(|unit| unit.ratings.iter().flatten().count() > 1);
    if units.is_empty() {
        return Err(nothing_matches(raters, by));
    }
    let measured = scales::measured(&units, themes);
    let documents: BTreeSet<&str> = units.iter().map(|unit| unit.doc.as_str()).collect();
    let (over, groups) = scales::groups(&measured, &units, raters.len(), documents.len() > 1);
    let figures = estimates(&groups, draws, scales::Many::figures);
    let scales = scales::scales(&measured, &units, &groups, &figures);
    Ok(Agreement {
        schema: SCHEMA,
        raters: raters.iter().map(|rater| rater.name.clone()).collect(),
        unit: match by {
            MatchedBy::Id => "a sentence: what files have under the same id".to_owned(),
            MatchedBy::Place => "a sentence: what files have at the same place of the same document, \
                                 each covering more than half of the other"
                .to_owned(),
        },
        empty: "a sentence that one file alone labels is left out; a theme that no file gives a sentence counts as \
                agreement that it is absent; the polarity of a theme is compared where two files give the theme"
            .to_owned(),
        matched_by: by,
        units: units.len(),
        alone: (0..raters.len())
            .map(|n| alone.iter().filter(|unit| unit.ratings[n].is_some()).count())
            .collect(),
        documents: documents.len(),
        disagreements: units.iter().filter_map(|unit| differing(unit, &measured)).collect(),
        scales,
        intervals: draws.intervals(over, groups.len()),
    })
}

/// The unit, if raters differ on anything.
fn differing(unit: &Unit, measured: &[Measured]) -> Option<Differing> {
    let differs = |scale: &Measured| {
        let values = scale.values_of(unit);
        let mut given = values.iter().flatten();
        let first = given.next();
        given.any(|value| Some(value) != first)
    };
    let on: Vec<String> = measured
        .iter()
        .filter(|scale| match scale {
            // A theme has two scales and is named once.
            Measured::Theme(theme) => differs(scale) || differs(&Measured::ThemePolarity(theme.clone())),
            Measured::ThemePolarity(_) => false,
            _ => differs(scale),
        })
        .map(Measured::name)
        .collect();
    (!on.is_empty()).then(|| Differing {
        id: unit.id.clone(),
        doc: unit.doc.clone(),
        place: unit.place,
        text: unit.text.clone(),
        on,
        ratings: unit.ratings.clone(),
    })
}

fn nothing_matches(raters: &[Rater], by: MatchedBy) -> Error {
    let some = |rater: Option<&Rater>| {
        let sentences = rater.map(|rater| rater.sentences.as_slice()).unwrap_or_default();
        crate::gold::some_names(sentences, by)
    };
    Error::NothingMatches {
        by: by.what(),
        what: by.names(),
        left: some(raters.first()),
        right: some(raters.get(1)),
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests;
