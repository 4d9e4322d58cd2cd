//! What the template of the paper reads: words, numbers as words, tables.

mod tables;
mod words;

use serde::Serialize;

use self::tables::{Figure, Table, cell, changes, figure, visits, widths};
use self::words::{StepOf, Theme, found, step};
use super::chart::Chart;
use crate::comparison::{Comparison, Verdict};
use crate::report::bundle::{Bundle, authorities};
use crate::report::page::title;
use crate::report::{wording, workbook};
use crate::visit::{Mention, ThemeFindings, Visit};

/// Visits beside each other that a page has room for.
const COLUMNS: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct View {
    title: String,
    lead: String,
    /// More than one authority.
    many: bool,
    series: Vec<Series>,
    about: Vec<String>,
    made: Vec<(&'static str, String)>,
}

impl View {
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// An authority.
#[derive(Debug, Serialize)]
struct Series {
    name: String,
    warnings: Vec<String>,
    notes: Vec<String>,
    visits: Table,
    themes: Table,
    /// That visits before those of the table are left out.
    earlier: Option<String>,
    silent: Option<String>,
    chart: Option<Figure>,
    changes: Table,
    chance: Option<String>,
    steps: Vec<StepOf>,
    /// The strongest sentences, where there is nothing to compare.
    found: Vec<Theme>,
}

/// The paper, and its charts in their order.
pub(super) fn view(bundle: &Bundle<'_>) -> (View, Vec<Chart>) {
    let page = &bundle.page;
    let mut charts = Vec::new();
    let authorities = authorities(page.visits);
    let many = authorities.len() > 1;
    let series = authorities
        .iter()
        .map(|(authority, visits)| {
            let comparison = page
                .comparisons
                .iter()
                .find(|comparison| Some(comparison.authority.as_str()) == *authority);
            series(
                authority.unwrap_or(workbook::UNKNOWN),
                visits,
                comparison,
                &mut charts,
            )
        })
        .collect();
    let documents: usize = page.visits.iter().map(|visit| visit.documents.len()).sum();
    let sentences: usize = page.visits.iter().map(|visit| visit.length.sentences).sum();
    let mut made = vec![
        ("Program", format!("findings {}", env!("CARGO_PKG_VERSION"))),
        ("Rules", page.rules.fingerprint().to_owned()),
        ("Command", bundle.made.command.clone()),
    ];
    made.extend(bundle.made.date.map(|date| ("Made", date.to_string())));
    let view = View {
        title: title(page),
        lead: format!(
            "What inspectors found, theme by theme, from {} that count in {}.",
            wording::count(sentences, "sentence"),
            wording::count(documents, "document"),
        ),
        many,
        series,
        about: about(&wording::label_error(page.groups.error.as_ref())),
        made,
    };
    (view, charts)
}

fn about(error: &str) -> Vec<String> {
    [
        "Every sentence of the letters was labelled by rules, which name the words they went by: its theme, and whether it tells of a strength or a concern. Counts are of sentences, so a long report has more of both than a short letter: look at how they stand to each other.",
        "Counted are the inspectors’ own sentences about the time of the visit, each once. What the authority says of itself, what was found at earlier visits, plans and standing text are not counted.",
        "The balance is strengths less concerns, divided by both: +1 where inspectors only praise, −1 where they only criticise. Its interval says how far it could lie by chance; a change is called better or worse only where the interval of the change leaves out zero.",
        error,
        "Silence is not improvement: a theme may be left out of a letter because the visit did not look at it. Read the sentences in their letters before acting on them; each quotation says where it stands.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn series(name: &str, all: &[&Visit], comparison: Option<&Comparison>, charts: &mut Vec<Chart>) -> Series {
    let dated: Vec<&Visit> = match comparison {
        Some(comparison) => comparison.visits.iter().collect(),
        None => all.to_vec(),
    };
    let shown = &dated[dated.len().saturating_sub(COLUMNS)..];
    let spoken = |id: &str| {
        let mentions = |theme: &ThemeFindings| theme.theme == id && theme.mention != Mention::NotMentioned;
        shown.iter().flat_map(|visit| &visit.themes).any(mentions)
    };
    let themes = || dated.last().into_iter().flat_map(|visit| &visit.themes);
    let silent: Vec<&str> = themes()
        .filter(|theme| !spoken(&theme.theme))
        .map(|theme| theme.name.as_str())
        .collect();
    Series {
        name: name.to_owned(),
        warnings: comparison.map_or_else(Vec::new, |comparison| {
            comparison
                .warnings
                .iter()
                .map(|warning| warning.message.clone())
                .collect()
        }),
        notes: all.iter().flat_map(|visit| visit.notes.clone()).collect(),
        visits: visits(all),
        themes: Table {
            caption: "Sentences on each theme, by what they say of it".to_owned(),
            widths: widths(26, shown.len()),
            head: ["Theme".to_owned()]
                .into_iter()
                .chain(shown.iter().map(|visit| visit.when_short()))
                .collect(),
            right: 1,
            rows: themes()
                .filter(|theme| spoken(&theme.theme))
                .map(|theme| {
                    let cells = shown.iter().map(|visit| cell(visit, &theme.theme));
                    [theme.name.clone()].into_iter().chain(cells).collect()
                })
                .collect(),
        },
        earlier: (shown.len() < dated.len()).then(|| {
            format!(
                "The table shows the last {COLUMNS} of {} visits; the workbook of the same documents (-o FILE.xlsx) has all.",
                dated.len()
            )
        }),
        silent: (!silent.is_empty()).then(|| silent.join(", ")),
        chart: dated.last().and_then(|visit| figure(visit, charts)),
        changes: changes(comparison),
        chance: comparison.map(|comparison| {
            let all = comparison.themes.iter().flat_map(|theme| theme.changes.iter().chain(&theme.overall));
            let shown = || all.clone().filter(|change| change.verdict != Verdict::NotShown);
            let hold = shown().filter(|change| change.holds_among_all).count();
            wording::chance(comparison.changes_tested, shown().count(), hold, comparison.expected_by_chance)
        }),
        steps: comparison.map_or_else(Vec::new, |comparison| {
            let steps = comparison.steps.iter().rev();
            steps.map(|one| step(comparison, one)).collect()
        }),
        found: match comparison {
            Some(_) => Vec::new(),
            None => dated.iter().flat_map(|visit| found(visit, dated.len())).collect(),
        },
    }
}
