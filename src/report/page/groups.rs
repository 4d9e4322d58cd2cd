//! Themes over visits to many authorities, one column for each group: only like is set beside like.
//!
//! In: a [`Grouping`]. Out: what the template shows.

use serde::Serialize;

use super::super::wording::theme_error;
use super::figure::{Bar, Scale};
use super::visits::{Interval, label};
use crate::comparison::{Group, Grouping};
use crate::visit::Counts;

/// Width of all bars of a row, and the least and greatest of one.
const BARS: f64 = 440.0;
const BAR: (f64, f64) = (90.0, 180.0);

/// The groups, for the template.
#[derive(Debug, Serialize)]
pub(super) struct Groups {
    columns: Vec<Column>,
    themes: Vec<Theme>,
    warnings: Vec<String>,
    /// Whether the labels of themes were measured.
    measured: bool,
}

#[derive(Debug, Serialize)]
struct Column {
    name: String,
    visits: usize,
    sentences: usize,
}

#[derive(Debug, Serialize)]
struct Theme {
    name: String,
    /// Precision and recall of its labels.
    error: String,
    cells: Vec<Option<Cell>>,
}

#[derive(Debug, Serialize)]
struct Cell {
    counts: Counts,
    bar: Bar,
    balance: Option<Interval>,
    judged_at: usize,
    concern_at: usize,
}

/// The view of a grouping.
pub(super) fn groups(grouping: &Grouping) -> Groups {
    let all = || grouping.groups.iter().flat_map(|group| &group.themes);
    let width = (BARS / grouping.groups.len().max(1) as f64).clamp(BAR.0, BAR.1);
    // A group of few visits would vanish beside one of many, so each has a scale of its own.
    let scale = |group: &Group| Scale::of(group.themes.iter().map(|theme| &theme.counts), width);
    let mut order: Vec<(&str, &str)> = Vec::new();
    for theme in all() {
        if !order.iter().any(|(id, _)| *id == theme.theme) {
            order.push((&theme.theme, &theme.name));
        }
    }
    let cell = |group: &Group, id: &str| {
        let theme = group.themes.iter().find(|theme| theme.theme == id)?;
        (theme.judged_at > 0).then(|| Cell {
            counts: theme.counts,
            bar: scale(group).bar(&theme.counts),
            balance: theme.balance.as_ref().map(Interval::from),
            judged_at: theme.judged_at,
            concern_at: theme.concern_at,
        })
    };
    let error = |id: &str| {
        let measured = all().find(|theme| theme.theme == id && theme.error.is_some());
        theme_error(measured.and_then(|theme| theme.error.as_ref()))
    };
    let themes = order.iter().map(|(id, name)| Theme {
        name: (*name).to_owned(),
        error: error(id),
        cells: grouping.groups.iter().map(|group| cell(group, id)).collect(),
    });
    Groups {
        columns: grouping
            .groups
            .iter()
            .map(|group| Column {
                name: group.key.as_deref().map_or_else(|| "Unknown".to_owned(), label),
                visits: group.visits.len(),
                sentences: group.length.sentences,
            })
            .collect(),
        themes: themes.collect(),
        warnings: grouping
            .warnings
            .iter()
            .map(|warning| warning.message.clone())
            .collect(),
        measured: grouping.error.is_some(),
    }
}
