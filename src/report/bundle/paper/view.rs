//! What the template of the paper reads: words, numbers as words, tables.

use serde::Serialize;

use super::chart::Chart;
use crate::codebook::Polarity;
use crate::comparison::{Comparison, Course, Step, ThemeStep, Verdict};
use crate::report::bundle::{Bundle, authorities};
use crate::report::page::{file_name, title};
use crate::report::wording::{self, NOTHING};
use crate::report::workbook::said;
use crate::report::{visible_line, workbook};
use crate::visit::{Counts, Mention, Quote, ThemeFindings, Visit};

/// Width of the text on a page of A4 with 2 cm around it, in twentieths of a point.
const PAGE: usize = 9638;
/// Visits beside each other that a page has room for.
const COLUMNS: usize = 5;
/// Pairs of a concern and what meets it that are shown for a theme, and movements that are.
const SHOWN: usize = 3;
/// English Metric Units in a millimetre, in which drawings are measured.
const MM: usize = 36_000;

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

#[derive(Debug, Serialize)]
struct Table {
    caption: String,
    head: Vec<String>,
    widths: Vec<usize>,
    /// From which column on there are numbers.
    right: usize,
    rows: Vec<Vec<String>>,
}

/// A chart, which stands in its place as `chartN`.
#[derive(Debug, Serialize)]
struct Figure {
    number: usize,
    caption: String,
    says: String,
    width: usize,
    height: usize,
}

#[derive(Debug, Serialize)]
struct StepOf {
    from: String,
    to: String,
    parts: Vec<Part>,
}

/// Themes that took the same course, or what the inspectors themselves say has moved.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
    /// Where there is nothing to quote: the themes alone.
    names: Option<String>,
    themes: Vec<Theme>,
}

#[derive(Debug, Serialize)]
struct Theme {
    name: String,
    since: String,
    quotes: Vec<Quotation>,
}

#[derive(Debug, Serialize)]
struct Quotation {
    /// Which visit it is of, where that has to be said.
    label: Option<String>,
    style: &'static str,
    sign: &'static str,
    text: String,
    place: String,
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
            steps.map(|step| self::step(comparison, step)).collect()
        }),
        found: match comparison {
            Some(_) => Vec::new(),
            None => dated.iter().flat_map(|visit| found(visit, dated.len())).collect(),
        },
    }
}

/// Widths of a first column of so many hundredths, and of others that share the rest.
fn widths(first: usize, others: usize) -> Vec<usize> {
    let first = PAGE * first / 100;
    [first]
        .into_iter()
        .chain(std::iter::repeat_n((PAGE - first) / others.max(1), others))
        .collect()
}

fn visits(all: &[&Visit]) -> Table {
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
fn cell(visit: &Visit, theme: &str) -> String {
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

fn figure(visit: &Visit, charts: &mut Vec<Chart>) -> Option<Figure> {
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

fn changes(comparison: Option<&Comparison>) -> Table {
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

fn step(comparison: &Comparison, step: &Step) -> StepOf {
    let when = |n: usize| comparison.visits.get(n).map(Visit::when).unwrap_or_default();
    let mut parts = Vec::new();
    for (course, title) in wording::COURSES {
        let themes: Vec<&ThemeStep> = step
            .themes
            .iter()
            .filter(|theme| theme.course == *course)
            .collect();
        if themes.is_empty() {
            continue;
        }
        let names: Vec<String> = themes.iter().map(|theme| wording::with_sign(theme)).collect();
        parts.push(Part {
            title: (*title).to_owned(),
            names: wording::named_only(*course).then(|| names.join(", ")),
            themes: themes
                .iter()
                .map(|theme| Theme {
                    name: theme.name.clone(),
                    since: wording::since(comparison, step, theme),
                    quotes: quotes(theme, step, &when),
                })
                .collect(),
        });
    }
    type Moved = fn(&ThemeStep) -> &Vec<Quote>;
    let moved: [(&str, Moved); 3] = [
        ("improved", |theme| &theme.improved),
        ("declined", |theme| &theme.declined),
        ("not moved", |theme| &theme.unchanged),
    ];
    for (what, of) in moved {
        let themes = step
            .themes
            .iter()
            .filter(|theme| !of(theme).is_empty())
            .map(|theme| Theme {
                name: theme.name.clone(),
                since: String::new(),
                quotes: of(theme)
                    .iter()
                    .take(SHOWN)
                    .map(|quote| quotation(None, quote))
                    .collect(),
            });
        let themes: Vec<Theme> = themes.collect();
        if !themes.is_empty() {
            parts.push(Part {
                title: format!("The inspectors themselves say: {what}"),
                names: None,
                themes,
            });
        }
    }
    StepOf {
        from: when(step.from),
        to: when(step.to),
        parts,
    }
}

/// The words then and now, and concerns with what meets them.
fn quotes(theme: &ThemeStep, step: &Step, when: &impl Fn(usize) -> String) -> Vec<Quotation> {
    let then = format!("Then, {}:", when(theme.since.unwrap_or(step.from)));
    let now = format!("Now, {}:", when(step.to));
    let mut all = Vec::new();
    all.extend(
        theme
            .before
            .iter()
            .map(|quote| quotation(Some(then.clone()), quote)),
    );
    all.extend(theme.now.iter().map(|quote| quotation(Some(now.clone()), quote)));
    if theme.course != Course::PutRight {
        for met in theme.met.iter().take(SHOWN) {
            all.push(quotation(Some(then.clone()), &met.concern));
            all.push(quotation(Some(format!("Met by, {}:", when(step.to))), &met.by));
        }
    }
    all
}

/// The strongest sentences of a visit.
fn found(visit: &Visit, visits: usize) -> Vec<Theme> {
    let judged = visit
        .themes
        .iter()
        .filter(|theme| theme.mention == Mention::Judged);
    judged
        .map(|theme| Theme {
            name: theme.name.clone(),
            since: if visits > 1 {
                format!(", {}", visit.when())
            } else {
                String::new()
            },
            quotes: theme
                .concerns
                .iter()
                .chain(&theme.strengths)
                .map(|quote| quotation(None, quote))
                .collect(),
        })
        .collect()
}

fn quotation(label: Option<String>, quote: &Quote) -> Quotation {
    let (style, sign) = match quote.polarity {
        Polarity::Strength => ("QuoteStrength", "+"),
        Polarity::Concern => ("QuoteConcern", "−"),
        Polarity::Mixed => ("QuoteMixed", "±"),
        Polarity::Neutral => ("Quote", "·"),
    };
    Quotation {
        label,
        style,
        sign,
        text: quote.text.clone(),
        place: wording::place(
            &Quote {
                document: file_name(&quote.document),
                ..quote.clone()
            },
            usize::MAX,
        ),
    }
}
