//! CSV for spreadsheets: one theme of one group a line, with the measured error of its labels.

use std::io::{self, Write};

use crate::comparison::{Group, GroupTheme, Grouping, ThemeError};
use crate::report::csv::write_lines;
use crate::report::visits::csv::{decimal, name};
use crate::report::whole::WholeFormat;
use crate::visit::Balance;

pub(super) const FORMAT: WholeFormat<Grouping> = WholeFormat {
    name: "csv",
    endings: &["csv"],
    about: "one theme of one group a line, for spreadsheets",
    coloured: false,
    write,
};

pub(in crate::report) const COLUMNS: [&str; 24] = [
    "schema",
    "by",
    "group",
    "visits",
    "authorities",
    "sentences",
    "words",
    "theme",
    "judged_at",
    "mentioned_at",
    "concern_at",
    "strength",
    "concern",
    "mixed",
    "neutral",
    "balance",
    "balance_low",
    "balance_high",
    "design_effect",
    "label_precision",
    "label_recall",
    "labels_measured",
    "polarity_accuracy",
    "warnings",
];

fn write(grouping: &Grouping, out: &mut dyn Write) -> io::Result<()> {
    let head = vec![COLUMNS.map(str::to_owned).to_vec()].into_iter();
    let lines = grouping
        .groups
        .iter()
        .flat_map(|group| group.themes.iter().map(move |theme| line(grouping, group, theme)));
    write_lines(out, head.chain(lines))
}

fn line(grouping: &Grouping, group: &Group, theme: &GroupTheme) -> Vec<String> {
    let number = |count: usize| count.to_string();
    let of_balance = |field: fn(&Balance) -> f64| decimal(theme.balance.as_ref().map(field));
    let of_error = |field: fn(&ThemeError) -> Option<f64>| decimal(theme.error.as_ref().and_then(field));
    let warnings: Vec<String> = grouping
        .warnings
        .iter()
        .map(|warning| name(&warning.about))
        .collect();
    vec![
        grouping.schema.to_string(),
        grouping.by.name().to_owned(),
        group.key.clone().unwrap_or_default(),
        number(group.visits.len()),
        number(group.authorities),
        number(group.length.sentences),
        number(group.length.words),
        theme.theme.clone(),
        number(theme.judged_at),
        number(theme.mentioned_at),
        number(theme.concern_at),
        number(theme.counts.strength),
        number(theme.counts.concern),
        number(theme.counts.mixed),
        number(theme.counts.neutral),
        of_balance(|balance| balance.value),
        of_balance(|balance| balance.low),
        of_balance(|balance| balance.high),
        decimal(theme.design_effect),
        of_error(|error| error.precision),
        of_error(|error| error.recall),
        theme
            .error
            .and_then(|error| error.labels)
            .map(number)
            .unwrap_or_default(),
        decimal(grouping.error.as_ref().and_then(|error| error.polarity_accuracy)),
        warnings.join(" "),
    ]
}
