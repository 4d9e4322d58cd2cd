//! The visits of one authority side by side: themes by visits, balances over time, what has changed.
//!
//! In: [`Visit`]s of an authority and, where it has two or more with dates, their [`Comparison`]. Out: what the
//! template shows. Every number in a picture also stands in a table beside it.

use serde::Serialize;

use super::figure::{Bar, Scale, Slope};
use super::mark::Anchors;
use super::steps::{self, Step};
use super::visits::{Entry, Interval};
use crate::comparison::{BalanceChange, Comparison, Verdict};
use crate::visit::{Balance, Counts, Mention, Visit};

/// Width of all bars of a row in the table of themes, and the least and greatest of one.
const BARS: f64 = 360.0;
const BAR: (f64, f64) = (64.0, 300.0);
/// Words shown as typical of a visit.
const WORDS: usize = 12;

/// An authority's visits, for the template.
#[derive(Debug, Serialize)]
pub(super) struct Series {
    anchor: String,
    /// Its name, or what stands for it.
    pub(super) authority: String,
    /// Its name, where a document tells it.
    pub(super) known: Option<String>,
    columns: Vec<Column>,
    themes: Vec<Theme>,
    /// Themes that no visit mentions.
    silent: Vec<String>,
    compared: bool,
    warnings: Vec<String>,
    /// Pictures of themes that have a balance at two visits or more.
    slopes: bool,
    chance: Option<Chance>,
    steps: Vec<Step>,
    typical: Vec<Typical>,
    /// Visits that cannot be put in order, since their dates are unknown.
    pub(super) undated: Option<Box<Series>>,
}

/// A visit as the head of a column.
#[derive(Debug, Serialize)]
struct Column {
    short: String,
    /// Shorter still: "Sep 23".
    tick: String,
    when: String,
    sentences: usize,
}

/// A theme: a row of the table, and a picture.
#[derive(Debug, Serialize)]
struct Theme {
    name: String,
    cells: Vec<Cell>,
    /// Since the visit before.
    last: Option<Change>,
    /// From the first visit to the last, where there are more than two.
    overall: Option<Change>,
    slope: Option<Slope>,
}

/// A theme at a visit.
#[derive(Debug, Serialize)]
struct Cell {
    judged: bool,
    mentioned: bool,
    counts: Counts,
    bar: Bar,
    balance: Option<Interval>,
    share: String,
}

/// A change of balance.
#[derive(Debug, Serialize)]
struct Change {
    class: &'static str,
    sign: &'static str,
    says: &'static str,
    size: Interval,
    from: String,
    to: String,
    holds: bool,
}

/// How many changes chance alone would show.
#[derive(Debug, Serialize)]
struct Chance {
    tested: usize,
    expected: String,
}

/// Words typical of a visit.
#[derive(Debug, Serialize)]
struct Typical {
    when: String,
    words: Vec<(String, usize, usize)>,
}

/// The series of an authority. `entries` are those of `visits`, in the same order.
pub(super) fn series(
    n: usize,
    visits: &[&Visit],
    entries: &[&Entry],
    comparison: Option<&Comparison>,
    anchors: &Anchors,
) -> Series {
    let all = || visits.iter().flat_map(|visit| &visit.themes);
    let width = (BARS / visits.len().max(1) as f64).clamp(BAR.0, BAR.1);
    let scale = Scale::of(all().map(|theme| &theme.counts), width);
    let columns: Vec<Column> = entries
        .iter()
        .zip(visits)
        .map(|(entry, visit)| Column {
            short: entry.short.clone(),
            tick: tick(&entry.short),
            when: entry.when.clone(),
            sentences: visit.length.sentences,
        })
        .collect();
    let mut order: Vec<(&str, &str)> = Vec::new();
    for theme in all() {
        if !order.iter().any(|(id, _)| *id == theme.theme) {
            order.push((&theme.theme, &theme.name));
        }
    }
    let spoken = |id: &str| all().any(|theme| theme.theme == id && theme.mention != Mention::NotMentioned);
    let silent = order
        .iter()
        .filter(|(id, _)| !spoken(id))
        .map(|(_, name)| (*name).to_owned());
    let themes: Vec<Theme> = order
        .iter()
        .filter(|(id, _)| spoken(id))
        .map(|(id, name)| theme(id, name, visits, &columns, scale, comparison))
        .collect();
    Series {
        anchor: format!("a{n}"),
        authority: entries
            .first()
            .map(|entry| entry.authority.clone())
            .unwrap_or_default(),
        known: visits.first().and_then(|visit| visit.authority.clone()),
        silent: silent.collect(),
        compared: comparison.is_some(),
        warnings: comparison.map_or_else(Vec::new, |comparison| {
            comparison
                .warnings
                .iter()
                .map(|warning| warning.message.clone())
                .collect()
        }),
        slopes: themes.iter().any(|theme| theme.slope.is_some()),
        chance: comparison
            .filter(|comparison| comparison.changes_tested > 0)
            .map(|comparison| Chance {
                tested: comparison.changes_tested,
                expected: format!("{:.1}", comparison.expected_by_chance),
            }),
        steps: comparison.map_or_else(Vec::new, |comparison| {
            steps::steps(comparison, &columns_of(&columns), anchors)
        }),
        typical: comparison.map_or_else(Vec::new, |comparison| typical(comparison, &columns)),
        columns,
        themes,
        undated: None,
    }
}

/// "Sep 2023" is "Sep 23".
fn tick(short: &str) -> String {
    match short.split_once(" 20") {
        Some((month, year)) => format!("{month} {year}"),
        None => short.to_owned(),
    }
}

fn columns_of(columns: &[Column]) -> Vec<&str> {
    columns.iter().map(|column| column.short.as_str()).collect()
}

fn theme(
    id: &str,
    name: &str,
    visits: &[&Visit],
    columns: &[Column],
    scale: Scale,
    comparison: Option<&Comparison>,
) -> Theme {
    let mut balances: Vec<Option<Balance>> = Vec::new();
    let mut cells = Vec::new();
    for visit in visits {
        let found = visit.themes.iter().find(|theme| theme.theme == id);
        let counts = found.map(|theme| theme.counts).unwrap_or_default();
        let balance = found.and_then(|theme| theme.balance);
        balances.push(balance);
        cells.push(Cell {
            judged: found.is_some_and(|theme| theme.mention == Mention::Judged),
            mentioned: found.is_some_and(|theme| theme.mention != Mention::NotMentioned),
            bar: scale.bar(&counts),
            counts,
            balance: balance.as_ref().map(Interval::from),
            share: format!("{:.0} %", 100.0 * found.map_or(0.0, |theme| theme.share)),
        });
    }
    let compared = comparison.and_then(|comparison| comparison.themes.iter().find(|theme| theme.theme == id));
    let to_the_last = |change: &&BalanceChange| change.to + 1 == visits.len();
    let known = balances.iter().filter(|balance| balance.is_some()).count();
    Theme {
        name: name.to_owned(),
        cells,
        last: compared
            .and_then(|theme| theme.changes.iter().find(to_the_last))
            .map(|it| change(it, columns)),
        overall: compared
            .and_then(|theme| theme.overall.as_ref())
            .map(|it| change(it, columns)),
        slope: (comparison.is_some() && known > 1).then(|| Slope::of(&balances)),
    }
}

fn change(change: &BalanceChange, columns: &[Column]) -> Change {
    let (class, sign, says) = match change.verdict {
        Verdict::Better => ("good", "▲", "better"),
        Verdict::Worse => ("bad", "▼", "worse"),
        Verdict::NotShown => ("muted", "•", "no clear change"),
    };
    let at = |visit: usize| {
        columns
            .get(visit)
            .map(|column| column.short.clone())
            .unwrap_or_default()
    };
    Change {
        class,
        sign,
        says,
        size: Interval::of(change.value, change.low, change.high),
        from: at(change.from),
        to: at(change.to),
        holds: change.holds_among_all,
    }
}

fn typical(comparison: &Comparison, columns: &[Column]) -> Vec<Typical> {
    let words = comparison
        .typical
        .iter()
        .zip(columns)
        .map(|(words, column)| Typical {
            when: column.short.clone(),
            words: words
                .iter()
                .take(WORDS)
                .map(|word| (word.word.clone(), word.here, word.elsewhere))
                .collect(),
        });
    words.filter(|typical| !typical.words.is_empty()).collect()
}
