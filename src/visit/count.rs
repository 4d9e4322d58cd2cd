//! Which sentences of a document count, and why the others do not.
//!
//! In: a document's rows. Out: a [`Document`] with what became of each sentence and its counts.

use std::collections::HashMap;

use super::tally::{Counts, polarity_of};
use super::{CountsAs, Document, DocumentTheme, Labelled, LeftOut, Length, Options, Use};
use crate::codebook::{Speaker, Time};
use crate::normal::Normal;
use crate::row::Row;
use crate::rules::Rules;

/// What counts a document, whichever it is.
pub(super) struct Counter<'a> {
    pub(super) rules: &'a Rules,
    pub(super) options: &'a Options,
    /// Ids of the themes, in order.
    pub(super) themes: &'a [(String, String)],
}

/// Sentences seen, in the form in which they are compared, with document and id.
pub(super) type Seen = HashMap<String, String>;

impl Counter<'_> {
    /// Counts a document. `seen` holds the sentences of the documents before it from which the same counts come.
    pub(super) fn document(&self, labelled: Labelled, counted: bool, seen: &mut Seen) -> Document {
        let Labelled {
            facts,
            rows,
            corrected,
        } = labelled;
        let sentences: Vec<Use> = rows
            .iter()
            .map(|row| {
                let (counts_as, because) = self.counts_as(row, seen);
                Use {
                    id: row.id.clone(),
                    sentence: row.sentence,
                    counts_as,
                    because,
                    corrected: corrected.contains(&row.id),
                }
            })
            .collect();
        let findings = || {
            let uses = rows.iter().zip(&sentences);
            uses.filter(|(_, used)| used.counts_as == CountsAs::Finding)
                .map(|(row, _)| row)
        };
        let themes = self.themes.iter().filter_map(|(theme, _)| {
            let mut counts = Counts::default();
            findings()
                .filter_map(|row| polarity_of(row, theme))
                .for_each(|polarity| counts.add(polarity));
            (counts.all() > 0).then(|| DocumentTheme {
                theme: theme.clone(),
                counts,
            })
        });
        let mut counts = Counts::default();
        findings().for_each(|row| counts.add(row.polarity));
        Document {
            kind: facts.kind,
            published: facts.published.map(|date| date.to_string()),
            rules: rows.first().map(|row| row.rules.clone()).unwrap_or_default(),
            counted,
            length: length(findings()),
            counts,
            left_out: left_out(&rows, &sentences),
            themes: themes.collect(),
            document: facts.document,
            sentences,
            rows,
        }
    }

    /// Whether a sentence counts, and the reason to be given with it.
    fn counts_as(&self, row: &Row, seen: &mut Seen) -> (CountsAs, Option<String>) {
        if let Some(rule) = self.rules.standing_text(&row.text) {
            return (CountsAs::Standing, Some(rule.to_owned()));
        }
        let words = compared(&row.text);
        if let Some(first) = seen.get(&words) {
            return (CountsAs::Repeat, Some(first.clone()));
        }
        seen.insert(words, format!("{} {}", row.document, row.id));
        let reasons = [
            (row.source == Speaker::Authority, CountsAs::Authority),
            (row.source == Speaker::Other, CountsAs::Other),
            (row.time == Time::Past, CountsAs::Past),
            (row.time == Time::Future, CountsAs::Future),
        ];
        let reason = reasons
            .into_iter()
            .find(|(holds, reason)| *holds && !self.options.with.contains(reason));
        (reason.map_or(CountsAs::Finding, |(_, reason)| reason), None)
    }
}

/// A sentence as it is compared with others: its words in normal form, without marks before and behind them.
fn compared(text: &str) -> String {
    let normal = Normal::new(text).text;
    let words = normal.trim_matches(|c: char| !c.is_alphanumeric());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many sentences and words these are.
pub(super) fn length<'a>(rows: impl Iterator<Item = &'a Row>) -> Length {
    rows.fold(Length::default(), |length, row| Length {
        sentences: length.sentences + 1,
        words: length.words + row.text.split_whitespace().count(),
    })
}

fn left_out(rows: &[Row], uses: &[Use]) -> LeftOut {
    let mut left_out = LeftOut::default();
    for (row, used) in rows.iter().zip(uses) {
        match used.counts_as {
            CountsAs::Standing => left_out.standing += 1,
            CountsAs::Repeat => left_out.repeats += 1,
            CountsAs::Authority => left_out.authority.add(row.polarity),
            CountsAs::Other => left_out.other.add(row.polarity),
            CountsAs::Past => left_out.past.add(row.polarity),
            CountsAs::Future => left_out.future.add(row.polarity),
            CountsAs::Finding => {}
        }
    }
    left_out
}

impl LeftOut {
    /// Counts all of `other` as well.
    pub(super) const fn add_all(&mut self, other: &Self) {
        self.standing += other.standing;
        self.repeats += other.repeats;
        self.authority.add_all(&other.authority);
        self.other.add_all(&other.other);
        self.past.add_all(&other.past);
        self.future.add_all(&other.future);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_compared_by_their_words() {
        assert_eq!(compared("•  Plans are   weak;"), compared("plans are weak."));
        assert_eq!(compared("“Multi-agency” work"), "multi agency\" work");
        assert_ne!(compared("Plans are weak."), compared("Plans are not weak."));
    }
}
