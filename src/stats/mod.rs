//! How cues do: how often each is seen, what it decides, what silences it, and how often gold labels agree.
//!
//! In: [`Reading`]s and, where there are any, [`Gold`] labels of the same documents. Out: [`Stats`], for each cue and each
//! list of cues, worst first, with sentences behind each number; and sentences that look evaluative but that no cue
//! judges. Not decided here: how good the labels are as a whole, see the measures of hand labels against rows.
//!
//! Memory is bounded by rules and words, not by sentences: counts are kept of all documents, sentences only the first
//! so many behind each number, and the first [`CANDIDATES`] candidates.

mod against;
mod count;
mod duty;
mod figures;
mod sentence;
mod tally;
#[cfg(test)]
mod tests;
mod words;
#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
mod text;

use serde::{Deserialize, Serialize};

use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::gold::Gold;
use crate::reading::Reading;
use crate::row::{Label, Row};
use crate::rules::Rules;

#[cfg(feature = "cli")]
pub use csv::write_csv;
pub use figures::{
    Behind, CueStats, Figures, GoldFigures, ListStats, PolarityCounts, Silencer, Stats, Summary,
};
pub use tally::Tally;
#[cfg(feature = "cli")]
pub use text::{TextOptions, write_text};

use count::Counts;
use duty::Roll;
use words::Words;

/// Version of the form of [`Stats`]. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// Candidates that are kept, the first in the order of documents; further ones are counted only.
pub const CANDIDATES: usize = 20_000;

/// A sentence that stands behind a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spoken {
    /// The document, as rows name it.
    pub document: String,
    /// Id of the sentence, as rows have it.
    pub id: String,
    /// The sentence as read.
    pub text: String,
    /// What the rules say of it as a whole.
    pub polarity: Polarity,
    /// Its labels by the rules, as `theme:polarity`.
    pub labels: Vec<String>,
    /// Who says it, by the rules.
    pub source: Speaker,
    /// When it holds, by the rules.
    pub time: Time,
    /// Whether it has moved, by the rules.
    pub change: Change,
    /// What gold says of it; null where no gold sentence is the same.
    pub gold: Option<SpokenGold>,
}

/// What gold says of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpokenGold {
    /// Id of the gold sentence.
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

impl Spoken {
    fn new(row: &Row, gold: Option<&Gold>) -> Self {
        Self {
            document: row.document.clone(),
            id: row.id.clone(),
            text: row.text.clone(),
            polarity: row.polarity,
            labels: pairs(&row.labels),
            source: row.source,
            time: row.time,
            change: row.change,
            gold: gold.map(|gold| SpokenGold {
                id: gold.id.clone(),
                polarity: gold.polarity,
                labels: pairs(&gold.labels),
                source: gold.source,
                time: gold.time,
                change: gold.change,
            }),
        }
    }
}

fn pairs(labels: &[Label]) -> Vec<String> {
    let pair = |theme: &str, tone: Tone| format!("{theme}:{tone}");
    labels
        .iter()
        .map(|label| pair(&label.theme, label.polarity))
        .collect()
}

/// A sentence that looks evaluative, but in which no cue judges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evaluative {
    /// The sentence.
    pub sentence: Spoken,
    /// Gold gives it another polarity than the rules do; false where there is no gold.
    pub wrong: bool,
    /// How typical its words are of sentences that cues judge: log-odds ratios (natural logarithm) of its different words
    /// added up; above 0 they are more at home there than in sentences in which no cue judges.
    pub score: f64,
    /// Its words that are surely typical of sentences that cues judge (by 1.96 standard deviations), up to three, the
    /// largest ratios first.
    pub words: Vec<String>,
}

/// Adds up documents.
#[derive(Debug)]
pub struct Collector {
    roll: Roll,
    fingerprint: String,
    most: usize,
    documents: u64,
    read: u64,
    in_gold: u64,
    labels: u64,
    in_gold_labels: u64,
    right: u64,
    counts: Vec<Counts>,
    sentences: Vec<Spoken>,
    candidates: Vec<Evaluative>,
    left_out: u64,
    candidates_wrong: u64,
    words: Words,
}

impl Collector {
    /// Nothing counted yet; at most `most` sentences will be kept behind each number, the first in the order of documents.
    pub fn new(rules: &Rules, most: usize) -> Self {
        let roll = Roll::new(rules);
        Self {
            counts: vec![Counts::default(); roll.len()],
            roll,
            fingerprint: rules.fingerprint().to_owned(),
            most,
            documents: 0,
            read: 0,
            in_gold: 0,
            labels: 0,
            in_gold_labels: 0,
            right: 0,
            sentences: Vec::new(),
            candidates: Vec::new(),
            left_out: 0,
            candidates_wrong: 0,
            words: Words::default(),
        }
    }

    /// Counts one document, read by the same rules, beside the gold sentences of that document (none where there is no
    /// gold). Changes nothing, so documents can be counted by several threads at once.
    pub fn tally(&self, rules: &Rules, reading: &Reading, gold: &[Gold]) -> Tally {
        tally::tally(&self.roll, self.most, rules, reading, gold)
    }

    /// Adds a document. The order of documents decides which sentences are kept, and nothing else.
    pub fn add(&mut self, tally: Tally) {
        self.documents += 1;
        self.read += tally.read;
        self.in_gold += tally.in_gold;
        self.labels += tally.labels;
        self.in_gold_labels += tally.in_gold_labels;
        self.right += tally.right;
        let mut numbers = std::collections::HashMap::new();
        let mut sentences = tally.sentences;
        let all = &mut self.sentences;
        let mut name = |local: usize| {
            *numbers.entry(local).or_insert_with(|| {
                all.extend(sentences.remove(&local));
                all.len().saturating_sub(1)
            })
        };
        for (number, counts) in &tally.counts {
            self.counts[*number].add(counts, self.most, &mut name);
        }
        self.words.add(tally.words);
        self.candidates_wrong += tally.candidates.iter().filter(|one| one.wrong).count() as u64;
        let room = CANDIDATES.saturating_sub(self.candidates.len());
        self.left_out += tally.candidates.len().saturating_sub(room) as u64;
        self.candidates.extend(tally.candidates.into_iter().take(room));
    }

    /// The statistics of all documents added.
    pub fn finish(mut self) -> Stats {
        self.rank();
        figures::stats(self)
    }

    /// Candidates that the rules get wrong first, then the most typical; those that are level as they came.
    fn rank(&mut self) {
        let scores = self.words.scores();
        for candidate in &mut self.candidates {
            let normal = tally::normal(&candidate.sentence.text);
            let (score, words) = scores.sentence(&normal);
            (candidate.score, candidate.words) = (figures::rounded(score), words);
        }
        self.candidates
            .sort_by(|a, b| b.wrong.cmp(&a.wrong).then_with(|| b.score.total_cmp(&a.score)));
    }
}
