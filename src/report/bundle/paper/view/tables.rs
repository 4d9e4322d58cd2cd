//! The tables and the chart of an authority.

use serde::Serialize;

use super::Chart;
use crate::comparison::{Comparison, Verdict};
use crate::report::visible_line;
use crate::report::wording::{self, NOTHING};
use crate::report::workbook::said;
use crate::visit::{Counts, Mention, Visit};

/// Width of the text on a page of A4 with 2 cm around it, in twentieths of a point.
const PAGE: usize = 9638;
/// English Metric Units in a millimetre, in which drawings are measured.
const MM: usize = 36_000;

#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) widths: Vec<usize>,
    /// From which column on there are numbers.
    pub(super) right: usize,
    pub(super) rows: Vec<Vec<String>>,
}

/// A chart, which stands in its place as `chartN`.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    number: usize,
    caption: String,
    says: String,
    width: usize,
    height: usize,
}

/// Widths of a first column of so many hundredths, and of others that share the rest.
pub(super) fn widths(first: usize, others: usize) -> Vec<usize> {
    let first = PAGE * first / 100;
    [first]
        .into_iter()
        .chain(std::iter::repeat_n((PAGE - first) / others.max(1), others))
        .collect()
}

pub(super) fn visits(all: &[&Visit]) -> Table {
    let head = [
        "Visit",
        "What it was",
        "Sentences",
        "Strengths",
        "Concerns",
        "Both",
    ];
    let parts = [22, 34, 12, 11, 11, 10];
    Table {
        caption: "Sentences that count, by visit".to_owned(),
        head: head.map(str::to_owned).to_vec(),
        widths: parts.map(|part| PAGE * part / 100).to_vec(),
        right: 2,
        rows: all
            .iter()
            .map(|visit| {
                vec![
                    visit.when(),
                    wording::kind(visit),
                    visit.length.sentences.to_string(),
                    visit.counts.strength.to_string(),
                    visit.counts.concern.to_string(),
                    visit.counts.mixed.to_string(),
                ]
            })
            .collect(),
    }
}

/// `−3 +2 ±1`.
pub(super) fn cell(visit: &Visit, theme: &str) -> String {
    let Some(theme) = visit.themes.iter().find(|found| found.theme == theme) else {
        return NOTHING.to_owned();
    };
    let Counts {
        strength,
        concern,
        mixed,
        ..
    } = theme.counts;
    match theme.mention {
        Mention::NotMentioned => NOTHING.to_owned(),
        Mention::NotJudged => "not judged".to_owned(),
        Mention::Judged if mixed > 0 => format!("−{concern}  +{strength}  ±{mixed}"),
        Mention::Judged => format!("−{concern}  +{strength}"),
    }
}

pub(super) fn figure(visit: &Visit, charts: &mut Vec<Chart>) -> Option<Figure> {
    let judged = visit
        .themes
        .iter()
        .filter(|theme| theme.mention == Mention::Judged);
    let themes: Vec<(String, Counts)> = judged
        .map(|theme| (visible_line(&theme.name).into_owned(), theme.counts))
        .collect();
    if themes.is_empty() {
        return None;
    }
    let named: Vec<(&str, Counts)> = themes
        .iter()
        .map(|(name, counts)| (name.as_str(), *counts))
        .collect();
    let figure = Figure {
        number: charts.len() + 1,
        caption: format!("Concerns and strengths by theme, {}", visit.when()),
        says: said(&named),
        width: 170 * MM,
        height: (45 + 6 * themes.len()).min(220) * MM,
    };
    charts.push(Chart { themes });
    Some(figure)
}

pub(super) fn changes(comparison: Option<&Comparison>) -> Table {
    let head = [
        "Theme",
        "From",
        "To",
        "Verdict",
        "Change (95 % interval)",
        "Holds among all",
    ];
    let parts = [24, 15, 15, 10, 24, 12];
    let mut rows = Vec::new();
    if let Some(comparison) = comparison {
        let when = |n: usize| {
            comparison
                .visits
                .get(n)
                .map(Visit::when_short)
                .unwrap_or_default()
        };
        for theme in &comparison.themes {
            for change in theme.changes.iter().chain(&theme.overall) {
                if change.verdict == Verdict::NotShown {
                    continue;
                }
                rows.push(vec![
                    theme.name.clone(),
                    when(change.from),
                    when(change.to),
                    wording::verdict(change.verdict).to_owned(),
                    wording::change(change),
                    if change.holds_among_all { "yes" } else { "no" }.to_owned(),
                ]);
            }
        }
    }
    Table {
        caption: "Changes of balance".to_owned(),
        head: head.map(str::to_owned).to_vec(),
        widths: parts.map(|part| PAGE * part / 100).to_vec(),
        right: head.len(),
        rows,
    }
}
