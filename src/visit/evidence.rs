//! The sentences that show best what was found.
//!
//! In: sentences that count. Out: [`Quote`]s, the strongest first.
//!
//! What makes a sentence strong for a theme, each only where those before are level: that a person has corrected it; that
//! its own words name the theme, not its paragraph or heading; the rank of the strongest cue that judged the theme (the
//! rules know three: from "generally sound" by "good" to "exemplary"); how many pieces of evidence there are; and its
//! place in the document, earlier first, since letters put the main points in front.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::tally::{Quote, polarity_of};
use crate::codebook::{Change, Polarity, Tone, Via};
use crate::row::{Label, Row};
use crate::rules::Rules;

/// How much each cue says.
pub(crate) struct Weights<'a>(HashMap<&'a str, u8>);

impl<'a> Weights<'a> {
    pub(crate) fn new(rules: &'a Rules) -> Self {
        Self(rules.ranks().filter(|(_, rank)| *rank > 0).collect())
    }

    /// Of a rule named by evidence; what the rules at hand do not know, and plain statements, weigh nothing.
    fn of(&self, rule: &str) -> u8 {
        let list = matches!(rule, "section/must_improve" | "section/strengths");
        self.0.get(rule).copied().unwrap_or(if list { 2 } else { 0 })
    }

    /// Whether a cue judges the theme in the sentence.
    pub(crate) fn judged(&self, row: &Row, theme: &str) -> bool {
        let labels = row.labels.iter().filter(|label| label.theme == theme);
        labels
            .flat_map(|label| &label.evidence)
            .any(|piece| self.of(&piece.rule) > 0)
    }

    /// By what a sentence is put in order for a theme: smaller is stronger.
    fn order(&self, row: &Row, theme: &str, tone: Option<Tone>, corrected: bool) -> impl Ord + use<> {
        let of_theme =
            |label: &&Label| label.theme == theme && tone.is_none_or(|tone| label.polarity == tone);
        let evidence = || {
            row.labels
                .iter()
                .filter(of_theme)
                .flat_map(|label| &label.evidence)
        };
        let rank = evidence().map(|piece| self.of(&piece.rule)).max().unwrap_or(0);
        let inside = evidence().all(|piece| matches!(piece.via, Via::Clause | Via::Sentence));
        (
            Reverse(corrected),
            Reverse(inside),
            Reverse(rank),
            Reverse(evidence().count()),
        )
    }
}

/// A sentence that counts, and whether a person has corrected it.
pub(crate) type Finding<'a> = (&'a Row, bool);

/// The strongest of the sentences for which `wanted` holds of what they say of the theme.
pub(crate) fn strongest<'a>(
    weights: &Weights<'_>,
    findings: impl Iterator<Item = Finding<'a>>,
    theme: &str,
    wanted: impl Fn(Polarity, Change) -> bool,
    most: usize,
) -> Vec<Quote> {
    let mut found: Vec<_> = findings
        .filter_map(|(row, corrected)| {
            let polarity = polarity_of(row, theme)?;
            wanted(polarity, row.change).then_some((row, corrected, polarity))
        })
        .collect();
    found.sort_by_cached_key(|(row, corrected, polarity)| {
        let tone = match polarity {
            Polarity::Strength => Some(Tone::Strength),
            Polarity::Concern | Polarity::Mixed => Some(Tone::Concern),
            Polarity::Neutral => None,
        };
        // A sentence that only criticises shows a concern better than one that praises as well.
        (
            *polarity == Polarity::Mixed,
            weights.order(row, theme, tone, *corrected),
        )
    });
    found
        .into_iter()
        .take(most)
        .map(|(row, corrected, polarity)| quote(row, theme, polarity, corrected))
        .collect()
}

/// A sentence as evidence for a theme.
pub(crate) fn quote(row: &Row, theme: &str, polarity: Polarity, corrected: bool) -> Quote {
    let mut evidence: Vec<String> = Vec::new();
    let labels = row.labels.iter().filter(|label| label.theme == theme);
    for piece in labels.flat_map(|label| &label.evidence) {
        if !evidence.contains(&piece.text) {
            evidence.push(piece.text.clone());
        }
    }
    Quote {
        id: row.id.clone(),
        document: row.document.clone(),
        sentence: row.sentence,
        page: row.page,
        paragraph: row.paragraph.clone(),
        text: row.text.clone(),
        polarity,
        change: row.change,
        evidence,
        corrected,
    }
}
