//! Lists of an OpenDocument text, and how far they have counted.
//!
//! In: lists and items as they begin and end. Out: what is printed before the first paragraph of an item. Decides which
//! paragraphs are items of a list: those with a bullet or a letter. Those with a figure are numbered paragraphs of the
//! letter.

use std::collections::HashMap;

use super::super::BlockKind;
use super::super::numeral::{letters, roman};
use super::super::package::Element;
use super::styles::Styles;

/// Open lists, and the counts of all.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<List>,
    /// How far lists of each style have counted, by level.
    counts: HashMap<String, Vec<u32>>,
}

/// An open list.
struct List {
    style: String,
    /// An item has begun whose label is not printed yet.
    label_due: bool,
}

impl Lists {
    /// What the list says of the paragraph that begins, and what is printed before it.
    pub(super) fn label(&mut self, styles: &Styles) -> (BlockKind, String) {
        let depth = self.open.len();
        let plain = (BlockKind::Paragraph, String::new());
        let Some(list) = self.open.last_mut() else {
            return plain;
        };
        if !std::mem::take(&mut list.label_due) {
            return plain;
        }
        let style = list.style.clone();
        let Some(level) = styles.level(&style, depth) else {
            return (BlockKind::Item, "• ".to_owned());
        };
        let Some(format) = &level.format else {
            return (BlockKind::Item, "• ".to_owned());
        };
        let counts = self.counts.entry(style.clone()).or_default();
        for at in counts.len() + 1..depth {
            counts.push(styles.level(&style, at).map_or(1, |level| level.start));
        }
        if counts.len() < depth {
            counts.push(level.start);
        } else {
            counts.truncate(depth);
            counts[depth - 1] = counts[depth - 1].saturating_add(1);
        }
        if format.is_empty() {
            return plain;
        }
        let first = depth.saturating_sub(level.shown.max(1));
        let shown: Vec<String> = (first..depth)
            .map(|at| {
                write(
                    counts[at],
                    styles
                        .level(&style, at + 1)
                        .and_then(|level| level.format.as_deref()),
                )
            })
            .collect();
        let label = format!("{}{}{} ", level.prefix, shown.join("."), level.suffix);
        (
            if format == "1" {
                BlockKind::Paragraph
            } else {
                BlockKind::Item
            },
            label,
        )
    }

    /// A list begins.
    pub(super) fn begin(&mut self, element: &Element<'_>) {
        // A list inside a list has the style of the outer one unless it names its own.
        let style = element
            .get("style-name")
            .or_else(|| self.open.last().map(|outer| outer.style.clone()));
        let style = style.unwrap_or_default();
        let goes_on = element.get("continue-numbering").as_deref() == Some("true")
            || element.get("continue-list").is_some();
        if self.open.is_empty() && !goes_on {
            self.counts.remove(&style);
        }
        self.open.push(List {
            style,
            label_due: false,
        });
    }

    /// An item or a header of the innermost list begins.
    pub(super) fn item(&mut self, element: &Element<'_>) {
        let depth = self.open.len();
        let Some(list) = self.open.last_mut() else { return };
        list.label_due = element.name == "text:list-item";
        if let Some(start) = element
            .get("start-value")
            .and_then(|value| value.parse::<u32>().ok())
        {
            let counts = self.counts.entry(list.style.clone()).or_default();
            counts.resize(depth, 1);
            counts[depth - 1] = start.saturating_sub(1);
        }
    }

    /// The innermost list ends.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }
}

fn write(count: u32, format: Option<&str>) -> String {
    match format {
        Some("a") => letters(count),
        Some("A") => letters(count).to_uppercase(),
        Some("i") => roman(count),
        Some("I") => roman(count).to_uppercase(),
        _ => count.to_string(),
    }
}
