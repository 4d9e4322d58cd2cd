//! The visits one by one: when, what kind, which documents, how much was found.
//!
//! In: [`Visit`]s. Out: what the template shows of each.

use serde::Serialize;
use serde_json::Value;

use super::super::wording::{self, signed, spaced};
use super::figure::{Bar, Scale};
use super::when;
use crate::facts::Kind;
use crate::visit::{Balance, Counts, CountsAs, Document, Visit};

/// Width of the bars in the list of visits.
const BAR: f64 = 320.0;

/// What the grade of overall effectiveness is called among the judgements.
const OVERALL: &str = "overall";

/// A visit in the list of visits.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) class: String,
    pub(super) authority: String,
    /// "5 to 6 March 2024".
    pub(super) when: String,
    /// "Mar 2024".
    pub(super) short: String,
    pub(super) dated: bool,
    /// The name by which filters and headings call it.
    pub(super) name: String,
    kind: String,
    number: Option<u32>,
    /// The grade of overall effectiveness.
    overall: Option<String>,
    /// The other grades.
    judgements: Vec<(String, String)>,
    further: Vec<(String, String)>,
    sentences: usize,
    words: usize,
    counts: Counts,
    bar: Bar,
    left_out: String,
    notes: Vec<String>,
    documents: Vec<Beside>,
}

/// A document about the visit that its counts do not come from.
#[derive(Debug, Serialize)]
struct Beside {
    name: String,
    kind: String,
    counts: Counts,
}

/// A number with its interval, in words.
#[derive(Debug, Serialize)]
pub(super) struct Interval {
    pub(super) value: String,
    pub(super) low: String,
    pub(super) high: String,
}

impl Interval {
    pub(super) fn of(value: f64, low: f64, high: f64) -> Self {
        Self {
            value: signed(value),
            low: signed(low),
            high: signed(high),
        }
    }
}

impl From<&Balance> for Interval {
    fn from(balance: &Balance) -> Self {
        Self::of(balance.value, balance.low, balance.high)
    }
}

/// Every visit, in the order given; all bars on one scale.
pub(super) fn entries(visits: &[&Visit]) -> Vec<Entry> {
    let scale = Scale::of(visits.iter().map(|visit| &visit.counts), BAR);
    let many = visits.iter().any(|visit| visit.authority != visits[0].authority);
    visits
        .iter()
        .enumerate()
        .map(|(n, visit)| entry(n, visit, scale, many))
        .collect()
}

fn entry(n: usize, visit: &Visit, scale: Scale, many: bool) -> Entry {
    let authority = visit.authority.clone().unwrap_or_else(|| unnamed(visit));
    let when = when::span(visit.start.as_deref(), visit.end.as_deref());
    let short = when::short(visit.start.as_deref().or(visit.end.as_deref()));
    let name = match &when {
        Some(when) if many => format!("{authority}, {when}"),
        Some(when) => when.clone(),
        None => authority.clone(),
    };
    Entry {
        class: format!("v{n}"),
        name,
        dated: when.is_some(),
        when: when.unwrap_or_else(|| "date unknown".to_owned()),
        short: short.unwrap_or_else(|| "no date".to_owned()),
        authority,
        kind: kind(visit.kind),
        number: visit.visit_number,
        overall: visit.judgements.get(OVERALL).map(|grade| spaced(grade.name())),
        judgements: visit
            .judgements
            .iter()
            .filter(|(of, _)| *of != OVERALL)
            .map(|(of, given)| (label(of), spaced(&given.to_string())))
            .collect(),
        further: visit
            .further
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        sentences: visit.length.sentences,
        words: visit.length.words,
        counts: visit.counts,
        bar: scale.bar(&visit.counts),
        left_out: wording::left_out(&visit.left_out),
        notes: visit.notes.clone(),
        documents: visit
            .documents
            .iter()
            .filter(|document| !document.counted)
            .map(beside)
            .collect(),
    }
}

/// What stands for an authority that no document names.
fn unnamed(visit: &Visit) -> String {
    visit.documents.first().map_or_else(
        || "Unknown authority".to_owned(),
        |document| file_name(&document.document),
    )
}

/// The last part of a path.
pub(in crate::report) fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if name.is_empty() {
        path.to_owned()
    } else {
        name.to_owned()
    }
}

fn beside(document: &Document) -> Beside {
    Beside {
        name: file_name(&document.document),
        kind: kind(document.kind),
        counts: document.counts,
    }
}

/// A kind of document as people say it: `monitoring_letter` is a "Monitoring letter".
pub(super) fn kind(kind: Option<Kind>) -> String {
    kind.map_or_else(
        || "Document of unknown kind".to_owned(),
        |kind| label(kind.name()),
    )
}

/// The value of a further column: text without its quotation marks.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `care_leavers` is "Care leavers", `lscb` is "LSCB".
pub(in crate::report) fn label(id: &str) -> String {
    let words = spaced(id);
    if !words.contains(['a', 'e', 'i', 'o', 'u', 'y', ' ']) {
        return words.to_uppercase();
    }
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Why a sentence does not count; `None` where it does.
pub(super) const fn because(counts_as: CountsAs) -> Option<&'static str> {
    match counts_as {
        CountsAs::Finding => None,
        CountsAs::Standing => Some("standing text"),
        CountsAs::Repeat => Some("said before in the same words"),
        CountsAs::Authority => Some("said by the authority about itself"),
        CountsAs::Other => Some("said by others"),
        CountsAs::Past => Some("about an earlier time"),
        CountsAs::Future => Some("about plans"),
    }
}
