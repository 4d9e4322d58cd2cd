//! The sheets of all visits: one row a visit, and one row for each theme of each visit.

use std::io;

use super::table::{Head, Table};
use super::{Book, Value};
use crate::report::visits::csv::mention;
use crate::report::wording;
use crate::visit::{Balance, Document, Visit};

/// Adds the sheet with one row a visit.
pub(in crate::report) fn visits(book: &mut Book, all: &[Visit]) -> io::Result<()> {
    let heads = vec![
        Head::new("authority", 24.0),
        Head::new("visit", 26.0),
        Head::new("start", 13.0),
        Head::new("end", 13.0),
        Head::new("kind", 20.0),
        Head::new("visit_number", 12.0),
        Head::new("overall", 20.0),
        Head::new("sentences", 11.0),
        Head::new("words", 11.0),
        Head::new("strength", 11.0),
        Head::new("concern", 11.0),
        Head::new("mixed", 11.0),
        Head::new("neutral", 11.0),
        Head::wrapped("not_counted", 30.0),
        Head::wrapped("documents", 40.0),
        Head::wrapped("notes", 60.0),
        Head::new("rules", 19.0),
    ];
    let mut table = Table::new(book, "Visits", heads)?;
    for visit in all {
        let counts = &visit.counts;
        let values = vec![
            Value::maybe(visit.authority.as_deref()),
            Value::text(&visit.id),
            Value::date(visit.start.as_ref()),
            Value::date(visit.end.as_ref()),
            Value::maybe(visit.kind.map(|kind| kind.name())),
            visit
                .visit_number
                .map_or(Value::Empty, |number| Value::Whole(number.into())),
            Value::maybe(visit.judgements.get("overall").map(|grade| grade.name())),
            Value::count(visit.length.sentences),
            Value::count(visit.length.words),
            Value::count(counts.strength),
            Value::count(counts.concern),
            Value::count(counts.mixed),
            Value::count(counts.neutral),
            Value::text(wording::left_out(&visit.left_out)),
            Value::text(visit.documents.iter().map(named).collect::<Vec<_>>().join("\n")),
            Value::text(visit.notes.join("\n")),
            Value::text(visit.rules.join(" ")),
        ];
        table.row(book, values)?;
    }
    table.finish(book)
}

fn named(document: &Document) -> String {
    let beside = if document.counted { "" } else { " (beside)" };
    format!("{}{beside}", document.document)
}

/// Adds the sheet with one row for each theme of each visit, for pivot tables.
pub(in crate::report) fn long(book: &mut Book, all: &[Visit]) -> io::Result<()> {
    let heads = vec![
        Head::new("authority", 24.0),
        Head::new("visit", 26.0),
        Head::new("start", 13.0),
        Head::new("theme", 20.0),
        Head::new("name", 26.0),
        Head::new("mention", 15.0),
        Head::new("strength", 11.0),
        Head::new("concern", 11.0),
        Head::new("mixed", 11.0),
        Head::new("neutral", 11.0),
        Head::new("balance", 11.0),
        Head::new("balance_low", 11.0),
        Head::new("balance_high", 11.0),
        Head::new("share", 10.0),
        Head::new("improved", 11.0),
        Head::new("declined", 11.0),
        Head::new("unchanged", 11.0),
        Head::wrapped("top_concern", 60.0),
        Head::wrapped("top_strength", 60.0),
    ];
    let mut table = Table::new(book, "Themes", heads)?;
    for visit in all {
        for theme in &visit.themes {
            let balance = |field: fn(&Balance) -> f64| {
                theme
                    .balance
                    .as_ref()
                    .map_or(Value::Empty, |balance| Value::Decimal(field(balance)))
            };
            let counts = &theme.counts;
            let values = vec![
                Value::maybe(visit.authority.as_deref()),
                Value::text(&visit.id),
                Value::date(visit.start.as_ref()),
                Value::text(&theme.theme),
                Value::text(&theme.name),
                Value::text(mention(theme.mention)),
                Value::count(counts.strength),
                Value::count(counts.concern),
                Value::count(counts.mixed),
                Value::count(counts.neutral),
                balance(|balance| balance.value),
                balance(|balance| balance.low),
                balance(|balance| balance.high),
                Value::Percent(theme.share),
                Value::count(theme.moves.improved),
                Value::count(theme.moves.declined),
                Value::count(theme.moves.unchanged),
                Value::maybe(theme.concerns.first().map(|quote| quote.text.as_str())),
                Value::maybe(theme.strengths.first().map(|quote| quote.text.as_str())),
            ];
            table.row(book, values)?;
        }
    }
    table.finish(book)
}
