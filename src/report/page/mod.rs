//! One self-contained HTML page: nothing is fetched, and no script is needed to read it.
//!
//! In: visits, what has changed between them, and the documents as they were read. Out: the page, as text. Decides
//! only how it looks.
//!
//! Everything that comes from a document, a file name or a user's table goes through one writer, which shows control
//! characters as pictures of themselves and escapes what HTML would act on; templates cannot get round it. Should
//! that ever fail, the page's content security policy runs no script but its own.

mod figure;
mod groups;
mod letter;
mod mark;
mod series;
mod sheet;
mod steps;
mod theme;
pub(super) mod visits;
pub(super) mod when;

use std::collections::HashMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use self::groups::Groups;
use self::letter::Letter;
use self::mark::Anchors;
use self::series::Series;
use self::theme::Themes;
use self::visits::Entry;
#[cfg(feature = "word")]
pub(super) use self::visits::file_name;
use super::visible_text;
use super::wording::label_error;
use crate::comparison::{Comparison, Grouping};
use crate::reading::Reading;
use crate::rules::Rules;
use crate::visit::Visit;

/// Templates by name, as the templates themselves call them.
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("fragment.html", include_str!("fragment.html")),
    ("body.html", include_str!("body.html")),
    ("patterns.html", include_str!("patterns.html")),
    ("series.html", include_str!("series.html")),
    ("letter.html", include_str!("letter.html")),
];

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The rules that made the labels; they give themes their names.
    pub rules: &'a Rules,
    /// Every visit, those of one authority in order of date. Their documents hold their rows.
    pub visits: &'a [Visit],
    /// A comparison for each authority that has one.
    pub comparisons: &'a [Comparison],
    /// The visits in groups, shown on a page of more than one authority, with the error of the labels.
    pub groups: &'a Grouping,
    /// Documents as they were read, in any order. One that is missing (label files) is shown by its sentences alone.
    pub readings: &'a [Reading],
}

/// The page as HTML: the same bytes for the same page.
pub fn html(page: &Page<'_>) -> String {
    write(page, "page.html", sheet::sheet)
}

/// The page as a part of another page: one element, without script. Its ids begin with `findings-` and its style holds
/// within it, so that neither gets in the way of the page around it.
pub fn fragment(page: &Page<'_>) -> String {
    let mut whole = write(page, "fragment.html", sheet::fragment);
    // Words of documents have their quotation marks escaped, so this stands in tags alone.
    for (attribute, named) in [
        (" id=\"", " id=\"findings-"),
        (" for=\"", " for=\"findings-"),
        (" href=\"#", " href=\"#findings-"),
        (" aria-labelledby=\"", " aria-labelledby=\"findings-"),
    ] {
        whole = whole.replace(attribute, named);
    }
    whole
}

/// Fills a template; `sheet` makes its style for so many themes and visits.
fn write(page: &Page<'_>, template: &str, sheet: fn(usize, usize) -> sheet::Sheet) -> String {
    let rows = page
        .visits
        .iter()
        .flat_map(|visit| &visit.documents)
        .flat_map(|document| &document.rows);
    let themes = Themes::new(page.rules, rows);
    let readings: HashMap<&str, &Reading> = page
        .readings
        .iter()
        .map(|reading| (reading.document.as_str(), reading))
        .collect();
    let ordered: Vec<&Visit> = page.visits.iter().collect();
    let entries = visits::entries(&ordered);

    let mut anchors = Anchors::default();
    let mut letters = Vec::new();
    for (visit, entry) in page.visits.iter().zip(&entries) {
        for document in &visit.documents {
            let reading = readings.get(document.document.as_str()).copied();
            letters.push(LetterOf {
                class: entry.class.clone(),
                visit: entry.name.clone(),
                name: visits::file_name(&document.document),
                path: document.document.clone(),
                kind: visits::kind(document.kind),
                published: document.published.as_deref().map(when::date),
                counted: document.counted,
                sentences: document.rows.len(),
                counts: document.counts,
                letter: letter::letter(document, reading, &themes, &mut anchors),
            });
        }
    }
    let series = all_series(page, &entries, &anchors);
    let sheet = sheet(themes.all.len(), page.visits.len());
    let view = View {
        title: heading(&entries, &series),
        latest: entries.iter().rposition(|entry| entry.dated).unwrap_or_default(),
        single: series.len() == 1,
        groups: (series.len() > 1).then(|| groups::groups(page.groups)),
        error: label_error(page.groups.error.as_ref()),
        style: Value::from_safe_string(sheet.style),
        script: Value::from_safe_string(sheet.script.to_owned()),
        policy: sheet.policy,
        themes: &themes.all,
        sentences: letters.iter().map(|letter| letter.sentences).sum(),
        entries,
        series,
        letters,
        version: env!("CARGO_PKG_VERSION"),
        fingerprint: page.rules.fingerprint(),
    };
    render(&view, template)
}

/// Visits by authority; a visit of an unknown authority stands by itself.
fn all_series(page: &Page<'_>, entries: &[Entry], anchors: &Anchors) -> Vec<Series> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: HashMap<&str, usize> = HashMap::new();
    for (n, visit) in page.visits.iter().enumerate() {
        match visit.authority.as_deref().and_then(|name| group_of.get(name)) {
            Some(&group) => groups[group].push(n),
            None => {
                if let Some(name) = visit.authority.as_deref() {
                    group_of.insert(name, groups.len());
                }
                groups.push(vec![n]);
            }
        }
    }
    // By name, which is how a reader looks for one; without a name, behind.
    groups.sort_by_key(|group| {
        let authority = page.visits[group[0]].authority.as_deref();
        (authority.is_none(), authority)
    });
    let series = |n: usize, group: &[usize], comparison| {
        let visits: Vec<&Visit> = group.iter().map(|&n| &page.visits[n]).collect();
        let entries: Vec<&Entry> = group.iter().map(|&n| &entries[n]).collect();
        series::series(n, &visits, &entries, comparison, anchors)
    };
    let mut all = Vec::with_capacity(groups.len());
    for (n, group) in groups.iter().enumerate() {
        let authority = page.visits[group[0]].authority.as_deref();
        let comparison = page
            .comparisons
            .iter()
            .find(|comparison| Some(comparison.authority.as_str()) == authority);
        let Some(compared) = comparison else {
            all.push(series(n, group, None));
            continue;
        };
        // Columns are those of the comparison, which its numbers point to.
        let place = |visit: &Visit| group.iter().copied().find(|&n| page.visits[n].id == visit.id);
        let dated: Vec<usize> = compared.visits.iter().filter_map(place).collect();
        let mut one = series(n, &dated, comparison);
        let undated: Vec<usize> = group.iter().copied().filter(|n| !dated.contains(n)).collect();
        if !undated.is_empty() {
            one.undated = Some(Box::new(series(n, &undated, None)));
        }
        all.push(one);
    }
    all
}

/// What the page is about, as its heading says it.
#[cfg(feature = "word")]
pub(super) fn title(page: &Page<'_>) -> String {
    let ordered: Vec<&Visit> = page.visits.iter().collect();
    let entries = visits::entries(&ordered);
    heading(&entries, &all_series(page, &entries, &Anchors::default()))
}

/// "Wexcombe: 3 visits, September 2023 to November 2024".
fn heading(entries: &[Entry], series: &[Series]) -> String {
    let visits = match entries.len() {
        1 => "1 visit".to_owned(),
        many => format!("{many} visits"),
    };
    let dated: Vec<&Entry> = entries.iter().filter(|entry| entry.dated).collect();
    match (series, dated.as_slice()) {
        ([one], []) => format!("{}: {visits}", one.authority),
        ([one], [first]) if entries.len() == 1 => format!("{}, {}", one.authority, first.when),
        ([one], [only]) => format!("{}: {visits}, {}", one.authority, only.short),
        ([one], [first, .., last]) => {
            format!("{}: {visits}, {} to {}", one.authority, first.short, last.short)
        }
        _ => {
            let known: Vec<&str> = series.iter().filter_map(|one| one.known.as_deref()).collect();
            match known.as_slice() {
                [] => format!("{visits}, authorities unknown"),
                [one] => format!("{one} and others: {visits}"),
                [..] if known.len() < series.len() => {
                    format!("{visits} to {} authorities and others", known.len())
                }
                [..] => format!("{visits} to {} authorities", known.len()),
            }
        }
    }
}

/// What the template reads.
#[derive(Serialize)]
struct View<'a> {
    title: String,
    /// Place of the latest visit among the entries.
    latest: usize,
    single: bool,
    groups: Option<Groups>,
    /// How far the labels are right.
    error: String,
    style: Value,
    script: Value,
    policy: String,
    themes: &'a [(String, String)],
    sentences: usize,
    entries: Vec<Entry>,
    series: Vec<Series>,
    letters: Vec<LetterOf>,
    version: &'static str,
    fingerprint: &'a str,
}

/// A document under its visit.
#[derive(Serialize)]
struct LetterOf {
    /// Class of its visit.
    class: String,
    visit: String,
    name: String,
    path: String,
    kind: String,
    published: Option<String>,
    counted: bool,
    sentences: usize,
    counts: crate::visit::Counts,
    letter: Letter,
}

fn render(view: &impl Serialize, template: &str) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.expect("the delimiters are the usual ones"));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(visible);
    // The one way round escaping that templates have.
    environment.remove_filter("safe");
    for (name, source) in TEMPLATES {
        environment
            .add_template(name, source)
            .expect("every template is parsed by a test");
    }
    environment
        .get_template(template)
        .and_then(|template| template.render(Serde(view)))
        .expect("every branch of the templates is taken by a test")
}

/// Control characters as pictures of themselves, then the escaping of HTML.
fn visible(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(visible_text(text))),
        _ => escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests;
