//! Filters of templates that put values into the words that the other reports use.
//!
//! To add one, add its function and one line to [`add`], its name to [`NAMES`], and a row to `docs/templates.md`.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind};
use serde::Deserialize;

use super::super::page::{visits, when};
use super::super::wording;
use crate::codebook::Polarity;
use crate::rules::Rules;

/// Names of the filters.
pub(super) const NAMES: [&str; 12] = [
    "date",
    "file_name",
    "interval",
    "label",
    "month",
    "percent",
    "place",
    "plural",
    "sign",
    "signed",
    "theme_name",
    "when",
];

/// Gives the filters to templates.
pub(super) fn add(environment: &mut Environment<'_>, rules: &Rules) {
    environment.add_filter("date", date);
    environment.add_filter("file_name", |path: &str| visits::file_name(path));
    environment.add_filter("interval", interval);
    environment.add_filter("label", |id: &str| visits::label(id));
    environment.add_filter("month", month);
    environment.add_filter("percent", wording::percent);
    environment.add_filter("place", place);
    environment.add_filter("plural", plural);
    environment.add_filter("sign", sign);
    environment.add_filter("signed", wording::signed);
    let names: Vec<(String, String)> = rules
        .themes()
        .map(|theme| (theme.id.clone(), theme.name.clone()))
        .collect();
    environment.add_filter("theme_name", move |id: &str| {
        let known = names.iter().find(|(known, _)| known == id);
        known.map_or_else(|| visits::label(id), |(_, name)| name.clone())
    });
    environment.add_filter("when", period);
}

/// `"2024-03-05"` is "5 March 2024"; null is nothing.
fn date(date: Option<&str>) -> String {
    date.map(when::date).unwrap_or_default()
}

/// The days of a visit.
#[derive(Deserialize)]
struct Period {
    start: Option<String>,
    end: Option<String>,
}

/// A visit's dates: "5 to 6 March 2024".
fn period(visit: Serde<Period>) -> String {
    when::span(visit.start.as_deref(), visit.end.as_deref()).unwrap_or_else(|| "date unknown".to_owned())
}

/// A visit's month: "Mar 2024".
fn month(visit: Serde<Period>) -> String {
    when::short(visit.start.as_deref().or(visit.end.as_deref())).unwrap_or_else(|| "no date".to_owned())
}

/// A number with its interval.
#[derive(Deserialize)]
struct Interval {
    value: f64,
    low: f64,
    high: f64,
}

/// A balance, or a change of one: "−0.64 (−0.85 to −0.20)"; null is a dash.
fn interval(balance: Serde<Option<Interval>>) -> String {
    let signed = wording::signed;
    balance.0.as_ref().map_or_else(
        || wording::NOTHING.to_owned(),
        |Interval { value, low, high }| format!("{} ({} to {})", signed(*value), signed(*low), signed(*high)),
    )
}

/// Where a quotation or a sentence stands.
#[derive(Deserialize)]
struct Stands {
    page: Option<u32>,
    paragraph: Option<String>,
    sentence: u32,
}

/// "page 2, paragraph 3"; the number of the sentence where the document has neither.
fn place(stands: Serde<Stands>) -> String {
    let page = stands.page.map(|page| format!("page {page}"));
    let paragraph = stands.paragraph.as_ref().map(|n| format!("paragraph {n}"));
    match (page, paragraph) {
        (None, None) => format!("sentence {}", stands.sentence),
        (page, paragraph) => page.into_iter().chain(paragraph).collect::<Vec<_>>().join(", "),
    }
}

/// A number with its thing: "1 sentence", "7 sentences", "2 authorities".
fn plural(number: u64, one: &str, many: Option<&str>) -> String {
    match (number, many) {
        (1, _) => format!("1 {one}"),
        (_, Some(many)) => format!("{number} {many}"),
        (_, None) => format!("{number} {one}s"),
    }
}

/// The sign of a polarity, by its name.
fn sign(polarity: &Value) -> Result<&'static str, Error> {
    let all = [
        (Polarity::Strength, "+"),
        (Polarity::Concern, "−"),
        (Polarity::Mixed, "±"),
        (Polarity::Neutral, "·"),
    ];
    let named = |name: &str| all.iter().find(|(polarity, _)| polarity.name() == name);
    polarity
        .as_str()
        .and_then(named)
        .map(|(_, sign)| *sign)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidOperation,
                format!("`{polarity}` is no polarity: strength, concern, mixed or neutral"),
            )
        })
}
