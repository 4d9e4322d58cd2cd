//! What has become of themes, in the inspectors' words.

use serde::Serialize;

use crate::codebook::Polarity;
use crate::comparison::{Comparison, Course, Step, ThemeStep};
use crate::report::page::file_name;
use crate::report::wording;
use crate::visit::{Mention, Quote, Visit};

/// Pairs of a concern and what meets it that are shown for a theme, and movements that are.
const SHOWN: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct StepOf {
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
pub(super) struct Theme {
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

pub(super) fn step(comparison: &Comparison, step: &Step) -> StepOf {
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
pub(super) fn found(visit: &Visit, visits: usize) -> Vec<Theme> {
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
