//! CSV for spreadsheets: one theme of one visit a line, themes that are not mentioned too.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::Value;

use crate::report::csv::write_lines;
use crate::report::whole::WholeFormat;
use crate::visit::{Balance, Mention, ThemeFindings, Visit};

pub(super) const FORMAT: WholeFormat<[Visit]> = WholeFormat {
    name: "csv",
    endings: &["csv"],
    about: "one theme of one visit a line, for spreadsheets",
    coloured: false,
    write,
};

/// Columns of a facts file follow behind these.
pub(super) const COLUMNS: [&str; 35] = [
    "schema",
    "visit",
    "authority",
    "start",
    "end",
    "kind",
    "visit_number",
    "overall",
    "basis",
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
    "authority_strength",
    "authority_concern",
    "authority_all",
    "past_strength",
    "past_concern",
    "past_all",
    "future_all",
    "other_all",
    "top_strength",
    "top_concern",
];

fn write(visits: &[Visit], out: &mut dyn Write) -> io::Result<()> {
    let further: BTreeSet<&str> = visits
        .iter()
        .flat_map(|visit| visit.further.keys().map(String::as_str))
        .collect();
    let head = COLUMNS.iter().map(|name| (*name).to_owned());
    let head: Vec<String> = head
        .chain(further.iter().map(|name| (*name).to_owned()))
        .collect();
    let lines = visits.iter().flat_map(|visit| {
        let further = &further;
        visit.themes.iter().map(move |theme| {
            let mut line = line(visit, theme);
            line.extend(further.iter().map(|name| cell(visit.further.get(*name))));
            line
        })
    });
    write_lines(out, std::iter::once(head).chain(lines))
}

fn line(visit: &Visit, theme: &ThemeFindings) -> Vec<String> {
    let number = |count: usize| count.to_string();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let of_balance = |field: fn(&Balance) -> f64| decimal(theme.balance.as_ref().map(field));
    vec![
        visit.schema.to_string(),
        visit.id.clone(),
        text(&visit.authority),
        text(&visit.start),
        text(&visit.end),
        visit.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        visit
            .visit_number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        visit
            .judgements
            .get("overall")
            .map(ToString::to_string)
            .unwrap_or_default(),
        name(&visit.basis),
        visit.rules.join(" "),
        number(visit.length.sentences),
        number(visit.length.words),
        theme.theme.clone(),
        mention(theme.mention).to_owned(),
        number(theme.counts.strength),
        number(theme.counts.concern),
        number(theme.counts.mixed),
        number(theme.counts.neutral),
        of_balance(|balance| balance.value),
        of_balance(|balance| balance.low),
        of_balance(|balance| balance.high),
        decimal(Some(theme.share)),
        number(theme.moves.improved),
        number(theme.moves.declined),
        number(theme.moves.unchanged),
        number(theme.authority.strength),
        number(theme.authority.concern),
        number(theme.authority.all()),
        number(theme.past.strength),
        number(theme.past.concern),
        number(theme.past.all()),
        number(theme.future.all()),
        number(theme.other.all()),
        theme
            .strengths
            .first()
            .map(|quote| quote.text.clone())
            .unwrap_or_default(),
        theme
            .concerns
            .first()
            .map(|quote| quote.text.clone())
            .unwrap_or_default(),
    ]
}

/// Four decimals; an empty cell for nothing.
pub(in crate::report) fn decimal(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.4}")).unwrap_or_default()
}

/// A value as JSON names it.
pub(in crate::report) fn name<T: serde::Serialize>(value: &T) -> String {
    cell(serde_json::to_value(value).ok().as_ref())
}

pub(in crate::report) const fn mention(mention: Mention) -> &'static str {
    match mention {
        Mention::NotMentioned => "not_mentioned",
        Mention::NotJudged => "not_judged",
        Mention::Judged => "judged",
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
