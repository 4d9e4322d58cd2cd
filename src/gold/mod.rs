//! Sentences labelled by hand, and how they are set beside sentences labelled by others.
//!
//! In: files of labels (the hand-made form, the program's own JSON Lines, CSV), or [`Row`]s. Out: [`Gold`] sentences,
//! and gold sentences [`Aligned`] with what somebody else says of them. Not decided here: what counts as right, see
//! [`crate::eval`]; how well two readers agree, see [`crate::agree`]. The forms are told in `docs/gold.md`.

mod align;
mod lines;
mod read;
#[cfg(feature = "cli")]
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::row::{Label, Row};

pub(crate) use align::some_names;
pub use align::{Aligned, Alignment, MatchedBy, align};
pub use read::{from_bytes, read};

/// A sentence with its labels, whoever made them: a person, or rules.
///
/// Hand labels and the program's own are of one type, so that either can be measured against the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gold {
    /// Id of the sentence, as its file has it; made from document and place where the file has none.
    pub id: String,
    /// The document by its name without folder and ending; empty where the file names none.
    pub doc: String,
    /// Where the sentence stands in its document; `None` where it is known by its id only.
    pub place: Option<Place>,
    /// The sentence; empty where the file does not hold it.
    pub text: String,
    /// What it says as a whole.
    pub polarity: Polarity,
    /// Themes and what is said of each. Hand labels have no evidence.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

/// A theme and what is said of it.
pub type Pair<'a> = (&'a str, Tone);

/// A place in a document, in Unicode characters (scalar values) of the text that `findings text` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Place {
    /// How many characters it holds.
    pub fn length(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether more than half of it lies inside another place.
    pub fn mostly_inside(self, other: Self) -> bool {
        let overlap = self.overlap(other);
        overlap > self.length().saturating_sub(overlap)
    }

    /// How many characters two places share.
    pub fn overlap(self, other: Self) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }
}

impl Gold {
    /// Its labels as pairs of theme and polarity.
    pub fn pairs(&self) -> BTreeSet<Pair<'_>> {
        self.labels
            .iter()
            .map(|label| (label.theme.as_str(), label.polarity))
            .collect()
    }

    /// Its place without a leading bullet or number sign and without space at either end: two readers of the same
    /// sentence agree on this place, whatever each of them takes to belong to it.
    pub fn bounds(&self) -> Option<Place> {
        let place = self.place?;
        let opens = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[');
        let lead = self.text.chars().position(opens).unwrap_or(0);
        let trail = self.text.chars().rev().take_while(|c| c.is_whitespace()).count();
        Some(Place {
            start: place.start.saturating_add(lead),
            end: place.end.saturating_sub(trail),
        })
    }
}

impl From<Row> for Gold {
    fn from(row: Row) -> Self {
        Self {
            doc: stem(&row.document),
            id: row.id,
            place: Some(Place {
                start: row.start,
                end: row.end,
            }),
            text: row.text,
            polarity: row.polarity,
            labels: row.labels,
            source: row.source,
            time: row.time,
            change: row.change,
        }
    }
}

/// A document's name without folder and ending, by which hand labels name it.
pub fn stem(document: &str) -> String {
    Path::new(document)
        .file_stem()
        .map_or_else(|| document.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

#[cfg(all(test, feature = "cli"))]
mod tests;
