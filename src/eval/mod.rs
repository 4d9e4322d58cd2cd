//! How well labels agree with gold labels.
//!
//! In: gold sentences and what is given for them. Out: an [`Evaluation`]: figures with intervals, and every disagreement with
//! the rule that made it. Not decided here: how two readers of equal standing agree, see [`crate::agree`]; how it looks.
//!
//! What the figures are and how they are computed is told in `docs/gold.md`.

mod counts;
mod disagreements;
mod figures;
mod paired;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::bootstrap::{Draws, Intervals, Over, estimates};
use crate::error::Error;
use crate::gold::{Aligned, Alignment, Gold, MatchedBy, align, some_names};
use crate::reading::Reading;
use crate::rules::Rules;

pub use disagreements::{Disputed, Group, Kind, Values, Wrong};
pub use figures::{Confusion, FIGURES, Figures, LabelCounts, ThemeFigures};
pub use paired::{FigureChange, Paired, paired};

use counts::Counts;

/// Version of the JSON form of an [`Evaluation`].
pub const SCHEMA: u32 = 1;

/// Labels measured against gold labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evaluation {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules, where they were run for this; null where labels came from a file.
    pub rules: Option<String>,
    /// Gold sentences.
    pub sentences: usize,
    /// Gold sentences for which nothing is given.
    pub not_found: usize,
    /// Documents of the gold sentences.
    pub documents: usize,
    /// How given sentences were matched to gold ones.
    pub matched_by: MatchedBy,
    /// The figures.
    pub figures: Figures,
    /// How their intervals were made.
    pub intervals: Intervals,
    /// Strength and concern by theme, core themes first.
    pub themes: Vec<ThemeFigures>,
    /// Polarity of the sentence: gold, and what is given for it.
    pub confusion: Vec<Confusion>,
    /// Labels as evaluation tools for information extraction count them.
    pub labels: LabelCounts,
    /// What is wrong, by the rule that decided it, the worst rule first; what no rule decided comes last.
    pub disagreements: Vec<Group>,
    /// The sentences that the disagreements are about, in the order of the gold labels.
    pub disputed: Vec<Disputed>,
}

impl Evaluation {
    /// Leaves out all disagreements but the first so many, and the sentences that no disagreement is about any more.
    pub fn keep_disagreements(&mut self, most: usize) {
        let mut left = most;
        for group in &mut self.disagreements {
            group.wrong.truncate(left);
            left -= group.wrong.len();
        }
        self.tidy();
    }

    /// Leaves out all disagreements but those on labels of a theme.
    pub fn keep_theme(&mut self, theme: &str) {
        for group in &mut self.disagreements {
            group.wrong.retain(|wrong| wrong.theme.as_deref() == Some(theme));
        }
        self.disagreements
            .sort_by_key(|group| (group.kind, std::cmp::Reverse(group.wrong.len())));
        self.tidy();
    }

    /// Leaves out groups without disagreements and sentences that no disagreement is about.
    fn tidy(&mut self) {
        self.disagreements.retain(|group| !group.wrong.is_empty());
        let wrong = |groups: &[Group]| -> BTreeSet<usize> {
            let wrong = groups.iter().flat_map(|group| &group.wrong);
            wrong.map(|wrong| wrong.sentence).collect()
        };
        let kept: Vec<usize> = wrong(&self.disagreements).into_iter().collect();
        for wrong in self.disagreements.iter_mut().flat_map(|group| &mut group.wrong) {
            wrong.sentence = kept.binary_search(&wrong.sentence).unwrap_or_default();
        }
        let mut place = 0;
        self.disputed.retain(|_| {
            place += 1;
            kept.binary_search(&(place - 1)).is_ok()
        });
    }
}

/// What is measured.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Sentences with labels.
    pub sentences: Vec<Gold>,
    /// Fingerprint of the rules, where they were run for this.
    pub rules: Option<String>,
    /// The cues seen in a sentence, by document and id, where the rules were run for this.
    pub seen: BTreeMap<(String, String), Vec<Seen>>,
}

/// A cue seen in a sentence, whether it came to say anything or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// Id of the cue.
    pub rule: String,
    /// The words that it stands for here.
    pub text: String,
    /// The cue that silenced it.
    pub silenced_by: Option<String>,
}

/// What is needed beside the labels.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Themes in the order in which they are listed; others follow by name.
    pub themes: Vec<String>,
    /// Those of them that count as core themes.
    pub core: BTreeSet<String>,
    /// For the intervals.
    pub draws: Draws,
}

impl Options {
    /// The themes as rules have them.
    pub fn new(rules: &Rules) -> Self {
        Self {
            themes: rules.themes().map(|theme| theme.id.to_string()).collect(),
            core: rules
                .themes()
                .filter(|theme| theme.core)
                .map(|theme| theme.id.to_string())
                .collect(),
            draws: Draws::default(),
        }
    }

    /// By place in the list, then by name.
    fn rank<'t>(&self, theme: &'t str) -> (usize, &'t str) {
        let place = self.themes.iter().position(|known| known == theme);
        (place.unwrap_or(usize::MAX), theme)
    }
}

impl Given {
    /// Adds what the rules say of a document.
    pub fn add(&mut self, rules: &Rules, reading: &Reading) {
        let rows = crate::row::rows(rules, reading);
        let mut seen = seen(rules, reading).into_iter();
        for row in rows {
            let sentence = Gold::from(row);
            let key = (sentence.doc.clone(), sentence.id.to_string());
            self.seen.insert(key, seen.next().unwrap_or_default());
            self.sentences.push(sentence);
        }
        self.rules = Some(reading.rules.clone());
    }
}

/// The cues seen in each sentence of a reading, in the order in which they stand.
pub(crate) fn seen(rules: &Rules, reading: &Reading) -> Vec<Vec<Seen>> {
    let mut all = vec![Vec::new(); reading.sentences.len()];
    for found in &reading.matches {
        let sentence = reading.clauses[found.clause].sentence;
        let words = reading.text.normal.span_to_text(found.span);
        all[sentence].push(Seen {
            rule: rules.cue(found.cue).id.to_string(),
            text: words.of(&reading.text.read).to_owned(),
            silenced_by: found
                .silenced_by
                .map(|by| rules.cue(reading.matches[by].cue).id.to_string()),
        });
    }
    all
}

/// Measures labels against gold labels.
///
/// # Errors
/// [`Error::NothingMatches`] where no gold sentence is found in what is given, also where there is no gold sentence.
pub fn evaluate(gold: &[Gold], given: &Given, options: &Options) -> Result<Evaluation, Error> {
    let alignment = align(gold, &given.sentences);
    if alignment.sentences.iter().all(|one| one.given.is_none()) {
        return Err(nothing_matches(gold, given, alignment.by));
    }
    let (over, groups) = groups(&alignment, options);
    let estimates = estimates(&groups, options.draws, |counts: &Counts| figures::values(counts));
    let mut all = Counts::default();
    groups.iter().for_each(|group| all.sum(group, 1));
    let (disagreements, disputed) = disagreements::disagreements(&alignment, given);
    let documents: BTreeSet<&str> = alignment.sentences.iter().map(document).collect();
    Ok(Evaluation {
        schema: SCHEMA,
        rules: given.rules.clone(),
        sentences: gold.len(),
        not_found: alignment
            .sentences
            .iter()
            .filter(|one| one.given.is_none())
            .count(),
        documents: documents.len(),
        matched_by: alignment.by,
        figures: Figures::new(&estimates, alignment.by),
        intervals: options.draws.intervals(over, groups.len()),
        themes: figures::themes(&alignment, options),
        confusion: figures::confusion(&all),
        labels: figures::labels(&alignment),
        disagreements,
        disputed,
    })
}

/// The document of a sentence, where either side names it.
fn document<'a>(one: &Aligned<'a>) -> &'a str {
    match one.given {
        Some(given) if one.gold.doc.is_empty() => &given.doc,
        _ => &one.gold.doc,
    }
}

/// What each document adds; where there is one document only, what each sentence adds.
fn groups(alignment: &Alignment<'_>, options: &Options) -> (Over, Vec<Counts>) {
    let mut documents: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut sentences = Vec::with_capacity(alignment.sentences.len());
    for one in &alignment.sentences {
        let counts = Counts::new(one, &options.core);
        documents.entry(document(one)).or_default().sum(&counts, 1);
        sentences.push(counts);
    }
    if documents.len() > 1 {
        (Over::Documents, documents.into_values().collect())
    } else {
        (Over::Sentences, sentences)
    }
}

fn nothing_matches(gold: &[Gold], given: &Given, by: MatchedBy) -> Error {
    Error::NothingMatches {
        by: by.what(),
        what: by.names(),
        left: some_names(gold, by),
        right: some_names(&given.sentences, by),
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests;
