//! The variables of a template: the JSON outputs of `visits`, `compare`, `tag` and `facts`, side by side.
//!
//! In: a [`Bundle`]. Out: the variables. To add one, add a field to [`View`] (or to the type that it belongs to) and let the
//! test write `docs/templates.md` anew.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::comparison::{Comparison, Grouping};
use crate::facts::Facts;
use crate::report::Bundle;
use crate::row::Row;
use crate::visit::{CountsAs, Visit};

/// Names of the variables that a template begins with.
pub(super) const NAMES: [&str; 9] = [
    "about",
    "authorities",
    "comparisons",
    "facts",
    "findings",
    "groups",
    "sentences",
    "themes",
    "visits",
];

/// What a template begins with; `findings` comes beside, as the sentences of which `counts` is true.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct View<'a> {
    /// What made the report.
    about: About<'a>,
    /// Every authority with its visits, by name; visits of unknown authorities last, each by itself.
    authorities: Vec<Authority<'a>>,
    /// Every visit, in order of authority and date; the output of `findings visits`.
    visits: &'a [Visit],
    /// A comparison for each authority with two dated visits or more; the output of `findings compare`.
    comparisons: &'a [Comparison],
    /// Visits of all authorities together, by kind of document; the output of `findings compare --by kind`.
    groups: &'a Grouping,
    /// Every sentence of every document, in the order of the visits.
    sentences: Vec<Sentence<'a>>,
    /// What is known of each document, in the order of the call; the output of `findings facts`.
    facts: &'a [Facts],
    /// Themes of the rules, in their order.
    themes: Vec<Theme<'a>>,
}

/// What made the report.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct About<'a> {
    /// Version of the program.
    version: &'a str,
    /// Fingerprint of the rules that the program has loaded.
    rules: &'a str,
    /// The command line, as one could type it.
    command: &'a str,
    /// When, as ISO 8601 in UTC; null unless `SOURCE_DATE_EPOCH` says.
    date: Option<String>,
}

/// An authority and its visits.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Authority<'a> {
    /// Its name; null where no document says.
    name: Option<&'a str>,
    /// Its visits in order of date, those without a date last.
    visits: Vec<&'a Visit>,
    /// The last of its visits with a date, or the last.
    latest: &'a Visit,
    /// Its visits side by side; null where fewer than two have a date.
    comparison: Option<&'a Comparison>,
}

/// A sentence: what `findings tag` says of it, and whether it counts.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Sentence<'a> {
    /// Id of the visit that its document tells of.
    visit: &'a str,
    /// It stands in the counts of the visit.
    counts: bool,
    /// Whether it counts in its document, and if not, why.
    counts_as: CountsAs,
    /// A person has corrected its labels.
    corrected: bool,
    #[serde(flatten)]
    row: &'a Row,
}

/// A theme of the rules.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Theme<'a> {
    /// Its id.
    id: &'a str,
    /// Its name for people.
    name: &'a str,
    /// What it covers.
    about: &'a str,
    /// One of the themes that reports put first.
    core: bool,
}

/// The variables.
pub(super) fn context(bundle: &Bundle<'_>) -> Value {
    let view = Value::from(Serde(View::of(bundle)));
    let counts = |sentence: &Value| sentence.get_attr("counts").is_ok_and(|counts| counts.is_true());
    let sentences = view
        .get_attr("sentences")
        .and_then(|sentences| sentences.try_iter());
    let findings: Vec<Value> = sentences.into_iter().flatten().filter(counts).collect();
    context! { findings, ..view }
}

impl<'a> View<'a> {
    pub(super) fn of(bundle: &Bundle<'a>) -> Self {
        Self {
            about: About {
                version: env!("CARGO_PKG_VERSION"),
                rules: bundle.page.rules.fingerprint(),
                command: &bundle.made.command,
                date: bundle.made.date.map(|date| date.to_string()),
            },
            authorities: authorities(bundle),
            visits: bundle.page.visits,
            comparisons: bundle.page.comparisons,
            groups: bundle.page.groups,
            sentences: bundle.page.visits.iter().flat_map(sentences).collect(),
            facts: bundle.facts,
            themes: bundle
                .page
                .rules
                .themes()
                .map(|theme| Theme {
                    id: &theme.id,
                    name: &theme.name,
                    about: &theme.about,
                    core: theme.core,
                })
                .collect(),
        }
    }
}

fn authorities<'a>(bundle: &Bundle<'a>) -> Vec<Authority<'a>> {
    let mut named: BTreeMap<&str, Vec<&Visit>> = BTreeMap::new();
    let mut unnamed = Vec::new();
    for visit in bundle.page.visits {
        match visit.authority.as_deref() {
            Some(name) => named.entry(name).or_default().push(visit),
            None => unnamed.push((None, vec![visit])),
        }
    }
    let named = named.into_iter().map(|(name, visits)| (Some(name), visits));
    named
        .chain(unnamed)
        .filter_map(|(name, visits)| {
            let dated = |visit: &&&Visit| visit.start.is_some() || visit.end.is_some();
            let latest = visits.iter().rfind(dated).or(visits.last())?;
            Some(Authority {
                name,
                latest,
                comparison: bundle
                    .page
                    .comparisons
                    .iter()
                    .find(|comparison| Some(comparison.authority.as_str()) == name),
                visits,
            })
        })
        .collect()
}

fn sentences(visit: &Visit) -> impl Iterator<Item = Sentence<'_>> {
    visit.documents.iter().flat_map(move |document| {
        let pairs = document.rows.iter().zip(&document.sentences);
        pairs.map(move |(row, used)| Sentence {
            visit: &visit.id,
            counts: document.counted && used.counts_as == CountsAs::Finding,
            counts_as: used.counts_as,
            corrected: used.corrected,
            row,
        })
    })
}
