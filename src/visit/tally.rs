//! What is counted of a theme, and of a visit as a whole.

use serde::{Deserialize, Serialize};

use crate::codebook::{Change, Polarity, Tone};
use crate::row::Row;

/// Sentences by what they say.
///
/// Each sentence stands in one of the four. In the counts of a theme it stands by what it says of that theme:
/// `mixed` is a sentence that praises and criticises it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Praise.
    pub strength: usize,
    /// Criticism.
    pub concern: usize,
    /// Both.
    pub mixed: usize,
    /// Neither.
    pub neutral: usize,
}

impl Counts {
    /// All sentences.
    pub const fn all(&self) -> usize {
        self.strength + self.concern + self.mixed + self.neutral
    }

    /// Sentences that judge.
    pub const fn judged(&self) -> usize {
        self.strength + self.concern + self.mixed
    }

    /// Counts one more sentence.
    pub const fn add(&mut self, polarity: Polarity) {
        match polarity {
            Polarity::Strength => self.strength += 1,
            Polarity::Concern => self.concern += 1,
            Polarity::Mixed => self.mixed += 1,
            Polarity::Neutral => self.neutral += 1,
        }
    }

    /// Counts all of `other` as well.
    pub const fn add_all(&mut self, other: &Self) {
        self.strength += other.strength;
        self.concern += other.concern;
        self.mixed += other.mixed;
        self.neutral += other.neutral;
    }
}

/// What a sentence says of a theme by its labels: `None` where it does not mention it.
pub(crate) fn polarity_of(row: &Row, theme: &str) -> Option<Polarity> {
    let labels = || row.labels.iter().filter(|label| label.theme == theme);
    let says = |tone| labels().any(|label| label.polarity == tone);
    match (says(Tone::Strength), says(Tone::Concern)) {
        (true, true) => Some(Polarity::Mixed),
        (true, false) => Some(Polarity::Strength),
        (false, true) => Some(Polarity::Concern),
        (false, false) => labels().next().map(|_| Polarity::Neutral),
    }
}

/// A theme at a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeFindings {
    /// Id of the theme.
    pub theme: String,
    /// Its name for people.
    pub name: String,
    /// Whether it was judged, mentioned only, or not mentioned.
    pub mention: Mention,
    /// Sentences that count, by what they say of the theme.
    pub counts: Counts,
    /// Strengths against concerns; null where there is neither.
    pub balance: Option<Balance>,
    /// Share of the sentences that count which mention the theme, from 0 to 1.
    pub share: f64,
    /// Sentences that count and in which the inspectors say that something has moved.
    pub moves: Moves,
    /// What the authority says of it about itself, which does not count.
    pub authority: Counts,
    /// What others say of it, which does not count.
    pub other: Counts,
    /// What was found of it at earlier visits, told as background, which does not count.
    pub past: Counts,
    /// Intentions and plans about it, which do not count.
    pub future: Counts,
    /// The strongest sentences that praise it, the strongest first.
    pub strengths: Vec<Quote>,
    /// The strongest sentences that criticise it, the strongest first. A sentence that does both stands here.
    pub concerns: Vec<Quote>,
}

/// Whether a theme was spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mention {
    /// No sentence that counts mentions it.
    NotMentioned,
    /// It is mentioned, but no sentence that counts judges it.
    NotJudged,
    /// At least one sentence that counts judges it.
    Judged,
}

/// Strengths against concerns: (S − C) / (S + C), from −1 (concerns only) to 1 (strengths only).
///
/// The interval is the Wilson score interval of S / (S + C) at 95 %, mapped by 2p − 1. Mixed and neutral sentences
/// stand outside. It says how far the balance could move by chance alone if the letter had been another of its length;
/// it knows nothing of errors in the labels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balance {
    /// The balance.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Sentences that say that something has moved, by the way it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moves {
    /// Better than before.
    pub improved: usize,
    /// Worse than before.
    pub declined: usize,
    /// Not moved, or too little.
    pub unchanged: usize,
}

impl Moves {
    /// Counts one more sentence.
    pub const fn add(&mut self, change: Change) {
        match change {
            Change::Improved => self.improved += 1,
            Change::Declined => self.declined += 1,
            Change::Unchanged => self.unchanged += 1,
            Change::None => {}
        }
    }
}

/// A sentence as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// Id of the sentence.
    pub id: String,
    /// The document that it stands in.
    pub document: String,
    /// Ordinal of the sentence in its document, from 1.
    pub sentence: u32,
    /// Physical page, from 1.
    pub page: Option<u32>,
    /// The document's own number of the paragraph.
    pub paragraph: Option<String>,
    /// Its words.
    pub text: String,
    /// What it says of the theme that it is quoted for.
    pub polarity: Polarity,
    /// Whether it says that something has moved.
    pub change: Change,
    /// Words that made the label, as they stand in the sentence or above it.
    pub evidence: Vec<String>,
    /// A person has corrected its labels.
    pub corrected: bool,
}
