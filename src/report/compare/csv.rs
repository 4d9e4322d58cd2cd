//! CSV for spreadsheets: one theme at one visit a line, with its change since the visit before.

use std::io::{self, Write};

use crate::comparison::{BalanceChange, Comparison, Point, ThemeSeries, ThemeStep};
use crate::report::csv::write_lines;
use crate::report::visits::csv::{decimal, mention, name};
use crate::report::whole::WholeFormat;
use crate::visit::Balance;

pub(super) const FORMAT: WholeFormat<[Comparison]> = WholeFormat {
    name: "csv",
    endings: &["csv"],
    about: "one theme at one visit, or in one group, a line, for spreadsheets",
    coloured: false,
    write,
};

pub(in crate::report) const COLUMNS: [&str; 34] = [
    "schema",
    "authority",
    "visit",
    "start",
    "end",
    "kind",
    "rules",
    "sentences",
    "words",
    "theme",
    "mention",
    "strength",
    "concern",
    "mixed",
    "neutral",
    "balance",
    "balance_low",
    "balance_high",
    "share",
    "improved",
    "declined",
    "unchanged",
    "change_since",
    "change",
    "change_low",
    "change_high",
    "p",
    "verdict",
    "holds_among_all",
    "course",
    "course_since",
    "before",
    "now",
    "warnings",
];

fn write(comparisons: &[Comparison], out: &mut dyn Write) -> io::Result<()> {
    let head = vec![COLUMNS.map(str::to_owned).to_vec()].into_iter();
    let lines = comparisons.iter().flat_map(|comparison| {
        let themes = comparison.themes.iter();
        themes.flat_map(move |theme| {
            theme
                .points
                .iter()
                .map(move |point| line(comparison, theme, point))
        })
    });
    write_lines(out, head.chain(lines))
}

fn line(comparison: &Comparison, theme: &ThemeSeries, point: &Point) -> Vec<String> {
    let visit = &comparison.visits[point.visit];
    let number = |count: usize| count.to_string();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let of_balance = |field: fn(&Balance) -> f64| decimal(point.balance.as_ref().map(field));
    let change = theme.changes.iter().find(|change| change.to == point.visit);
    let of_change = |field: fn(&BalanceChange) -> f64| decimal(change.map(field));
    let id = |visit: usize| comparison.visits[visit].id.clone();
    let step = comparison.steps.iter().find(|step| step.to == point.visit);
    let step = step.and_then(|step| step.themes.iter().find(|step| step.theme == theme.theme));
    let of_step = |field: fn(&ThemeStep) -> String| step.map(field).unwrap_or_default();
    let warnings: Vec<String> = comparison
        .warnings
        .iter()
        .map(|warning| name(&warning.about))
        .collect();
    vec![
        comparison.schema.to_string(),
        comparison.authority.clone(),
        visit.id.clone(),
        text(&visit.start),
        text(&visit.end),
        visit.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        visit.rules.join(" "),
        number(visit.length.sentences),
        number(visit.length.words),
        theme.theme.clone(),
        mention(point.mention).to_owned(),
        number(point.counts.strength),
        number(point.counts.concern),
        number(point.counts.mixed),
        number(point.counts.neutral),
        of_balance(|balance| balance.value),
        of_balance(|balance| balance.low),
        of_balance(|balance| balance.high),
        decimal(Some(point.share)),
        number(point.moves.improved),
        number(point.moves.declined),
        number(point.moves.unchanged),
        change.map(|change| id(change.from)).unwrap_or_default(),
        of_change(|change| change.value),
        of_change(|change| change.low),
        of_change(|change| change.high),
        of_change(|change| change.p),
        change.map(|change| name(&change.verdict)).unwrap_or_default(),
        change
            .map(|change| change.holds_among_all.to_string())
            .unwrap_or_default(),
        of_step(|step| name(&step.course)),
        step.and_then(|step| step.since).map(id).unwrap_or_default(),
        of_step(|step| {
            step.before
                .as_ref()
                .map(|quote| quote.text.clone())
                .unwrap_or_default()
        }),
        of_step(|step| {
            step.now
                .as_ref()
                .map(|quote| quote.text.clone())
                .unwrap_or_default()
        }),
        warnings.join(" "),
    ]
}
