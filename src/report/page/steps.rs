//! From each visit to the next: what is new, persists, was put right or has fallen silent, in the inspectors' words.
//!
//! In: the steps of a [`Comparison`]. Out: the themes of each step, grouped by their course, with quotations.

use serde::Serialize;

use super::super::wording::COURSES;
use super::mark::{Anchors, letter_of, sign};
use super::visits::file_name;
use crate::comparison::{Comparison, Course, ThemeStep};
use crate::visit::Quote;

/// Pairs of a concern and what meets it that are shown for a theme, and movements that are.
const SHOWN: usize = 3;

/// From one visit to the next, for the template.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    from: String,
    to: String,
    latest: bool,
    courses: Vec<CourseOf>,
    /// What the inspectors themselves say: improved, declined, not moved.
    said: Vec<Said>,
}

/// The themes that took the same course.
#[derive(Debug, Serialize)]
struct CourseOf {
    title: &'static str,
    about: &'static str,
    class: &'static str,
    sign: &'static str,
    themes: Vec<Theme>,
}

#[derive(Debug, Serialize)]
struct Theme {
    name: String,
    since: Option<String>,
    before: Option<Cited>,
    now: Option<Cited>,
    met: Vec<(Cited, Cited)>,
}

/// Themes of which the inspectors say that they have moved one way.
#[derive(Debug, Serialize)]
struct Said {
    title: &'static str,
    themes: Vec<(String, Vec<Cited>)>,
}

/// A sentence as a quotation, with the way to its place.
#[derive(Clone, Debug, Serialize)]
struct Cited {
    text: String,
    class: &'static str,
    sign: &'static str,
    anchor: Option<String>,
    place: String,
}

/// What a course means, its class and its sign.
const fn told(course: Course) -> (&'static str, &'static str, &'static str) {
    const CONCERN: (&str, &str) = ("bad", "\u{2212}");
    const STRENGTH: (&str, &str) = ("good", "+");
    const SILENT: (&str, &str) = ("muted", "·");
    let (about, (class, sign)) = match course {
        Course::NewConcern => ("A concern now, and at no earlier visit.", CONCERN),
        Course::Returned => (
            "A concern now and at an earlier visit, but not when it was last judged.",
            CONCERN,
        ),
        Course::Persists => ("A concern then and now.", CONCERN),
        Course::PutRight => (
            "A concern then; now praised or said to have improved, and no concern.",
            STRENGTH,
        ),
        Course::NewStrength => ("A strength now, and never judged before.", STRENGTH),
        Course::StaysStrong => ("A strength then and now, and no concern.", STRENGTH),
        Course::NoLongerJudged => ("A concern then; now mentioned, but not judged.", SILENT),
        Course::FallenSilent => ("Judged at the visit before, and not mentioned now.", SILENT),
    };
    (about, class, sign)
}

/// The steps, the latest first. `heads` name the visits.
pub(super) fn steps(comparison: &Comparison, heads: &[&str], anchors: &Anchors) -> Vec<Step> {
    let head = |visit: usize| heads.get(visit).copied().unwrap_or_default().to_owned();
    let latest = comparison.steps.len().saturating_sub(1);
    let steps = comparison.steps.iter().enumerate().rev();
    steps
        .map(|(n, step)| Step {
            from: head(step.from),
            to: head(step.to),
            latest: n == latest,
            courses: COURSES
                .iter()
                .map(|&(course, title)| {
                    let (about, class, sign) = told(course);
                    let themes = step.themes.iter().filter(|theme| theme.course == course);
                    CourseOf {
                        title,
                        about,
                        class,
                        sign,
                        themes: themes.map(|it| theme(it, &head, anchors)).collect(),
                    }
                })
                .filter(|course| !course.themes.is_empty())
                .collect(),
            said: said(&step.themes, anchors),
        })
        .collect()
}

fn theme(theme: &ThemeStep, head: &impl Fn(usize) -> String, anchors: &Anchors) -> Theme {
    let met = theme.met.iter().take(SHOWN);
    Theme {
        name: theme.name.clone(),
        since: theme.since.map(head),
        before: theme.before.as_ref().map(|quote| cited(quote, anchors)),
        now: theme.now.as_ref().map(|quote| cited(quote, anchors)),
        met: met
            .map(|met| (cited(&met.concern, anchors), cited(&met.by, anchors)))
            .collect(),
    }
}

fn said(themes: &[ThemeStep], anchors: &Anchors) -> Vec<Said> {
    type Quotes = fn(&ThemeStep) -> &Vec<Quote>;
    let ways: [(&str, Quotes); 3] = [
        ("Improved", |theme| &theme.improved),
        ("Declined", |theme| &theme.declined),
        ("Not moved, or too little", |theme| &theme.unchanged),
    ];
    ways.into_iter()
        .map(|(title, quotes)| Said {
            title,
            themes: themes
                .iter()
                .filter(|theme| !quotes(theme).is_empty())
                .map(|theme| {
                    let cited = quotes(theme)
                        .iter()
                        .take(SHOWN)
                        .map(|quote| cited(quote, anchors));
                    (theme.name.clone(), cited.collect())
                })
                .collect(),
        })
        .filter(|said| !said.themes.is_empty())
        .collect()
}

fn cited(quote: &Quote, anchors: &Anchors) -> Cited {
    let place = match (&quote.paragraph, quote.page) {
        (Some(paragraph), Some(page)) => format!("page {page}, paragraph {paragraph}"),
        (Some(paragraph), None) => format!("paragraph {paragraph}"),
        (None, Some(page)) => format!("page {page}"),
        (None, None) => format!("sentence {}", quote.sentence),
    };
    Cited {
        text: quote.text.clone(),
        class: letter_of(quote.polarity),
        sign: sign(quote.polarity),
        anchor: anchors.of(&quote.document, &quote.id).map(str::to_owned),
        place: format!(
            "{}, {place}{}",
            file_name(&quote.document),
            if quote.corrected {
                ", corrected by a person"
            } else {
                ""
            }
        ),
    }
}
