//! The form of a difference.

use serde::{Deserialize, Serialize};

use super::figures::FiguresMoved;
use super::sums::{DocumentSum, RuleSum, Sums, ThemeSum};
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::eval::Paired;
use crate::row::{Label, Row};

/// Version of the JSON form of a [`Diff`]. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// What differs between the labels of two sets of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diff {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the old rules.
    pub old_rules: String,
    /// Fingerprint of the new rules.
    pub new_rules: String,
    /// Documents read.
    pub documents: usize,
    /// Sentences as the new rules cut them.
    pub sentences: usize,
    /// Everything that has moved, summed.
    pub sums: Sums,
    /// The same by the cue that moved it, the one that moved most first.
    pub rules: Vec<RuleSum>,
    /// The same by theme, in the order of the new rules' themes.
    pub themes: Vec<ThemeSum>,
    /// The same by document, in the order of the call; only those in which something has moved.
    pub by_document: Vec<DocumentSum>,
    /// Published figures that have moved, by document and theme.
    pub figures: Vec<FiguresMoved>,
    /// What gold says of it; null where no gold was given.
    pub gold: Option<Paired>,
    /// The sentences, in the order of documents and of the sentences in them.
    pub changed: Vec<Changed>,
}

impl Diff {
    /// Whether both sets give the same labels everywhere.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }
}

/// A sentence whose labels differ, or a stretch that is cut into other sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changed {
    /// The document, as rows name it.
    pub document: String,
    /// What the old rules give: one sentence, but where it is cut otherwise, or gives no row.
    pub old: Vec<Said>,
    /// What the new rules give.
    pub new: Vec<Said>,
    /// What has moved.
    pub moves: Vec<Move>,
    /// What gold says; null where it says nothing of this sentence.
    pub gold: Option<SaidByGold>,
}

/// A sentence with what rules say of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// Id of the sentence, as rows have it.
    pub id: String,
    /// Ordinal of the sentence in the document, from 1.
    pub sentence: u32,
    /// Physical page, from 1.
    pub page: Option<u32>,
    /// The document's own number of its paragraph.
    pub paragraph: Option<String>,
    /// The heading above.
    pub section: Option<String>,
    /// First character, as in rows.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The sentence as read.
    pub text: String,
    /// What it says as a whole.
    pub polarity: Polarity,
    /// Its labels with their evidence.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

impl From<&Row> for Said {
    fn from(row: &Row) -> Self {
        Self {
            id: row.id.clone(),
            sentence: row.sentence,
            page: row.page,
            paragraph: row.paragraph.clone(),
            section: row.section.clone(),
            start: row.start,
            end: row.end,
            text: row.text.clone(),
            polarity: row.polarity,
            labels: row.labels.clone(),
            source: row.source,
            time: row.time,
            change: row.change,
        }
    }
}

/// What gold says of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaidByGold {
    /// Its id in gold.
    pub id: String,
    /// What it says as a whole.
    pub polarity: Polarity,
    /// Its labels, as `theme:polarity`.
    pub labels: Vec<String>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

/// One thing that has moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Move {
    /// In what old and new differ.
    pub kind: Kind,
    /// The theme, where it is about a label.
    pub theme: Option<String>,
    /// The old value; null where there was none.
    pub old: Option<String>,
    /// The new value; null where there is none.
    pub new: Option<String>,
    /// The cue that made the difference; null where no cue of the sentence explains it.
    pub rule: Option<String>,
    /// Which rules see that cue in the sentence; null where there is none.
    pub seen_by: Option<SeenBy>,
    /// What it comes to on gold; null where gold says nothing of this sentence.
    pub on_gold: Option<OnGold>,
}

/// In what two sets of rules differ on a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A label that only the new rules give.
    Gained,
    /// A label that only the old rules give.
    Lost,
    /// A label with another polarity.
    Turned,
    /// The polarity of the sentence.
    Polarity,
    /// Who says it.
    Source,
    /// When it holds.
    Time,
    /// Whether it has moved.
    Change,
    /// The sentence is cut otherwise, or only one set of rules gives it a row.
    Cut,
}

impl Kind {
    /// All of them, in the order of outputs.
    pub const ALL: [Self; 8] = [
        Self::Gained,
        Self::Lost,
        Self::Turned,
        Self::Polarity,
        Self::Source,
        Self::Time,
        Self::Change,
        Self::Cut,
    ];

    /// Its name in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Turned => "turned",
            Self::Polarity => "polarity",
            Self::Source => "source",
            Self::Time => "time",
            Self::Change => "change",
            Self::Cut => "cut",
        }
    }
}

/// Which of two sets of rules see a cue in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SeenBy {
    /// Only the new ones: it was added or widened.
    New,
    /// Only the old ones: it was switched off or narrowed.
    Old,
    /// Both: something else about it has changed, or another sentence of the paragraph.
    Both,
}

/// What a difference comes to on gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OnGold {
    /// Wrong before, right now.
    Mended,
    /// Right before, wrong now.
    Broken,
    /// Wrong before and wrong now.
    Neither,
}
