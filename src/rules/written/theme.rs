//! One file of `rules/themes`.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};
use super::{Place, required};
use crate::span::Span;

/// One file of `rules/themes`.
#[derive(Debug)]
pub(crate) struct WrittenTheme {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) core: bool,
    pub(crate) group: bool,
    pub(crate) order: u8,
    pub(crate) names: Vec<Placed<String>>,
    pub(crate) hints: Vec<Placed<String>>,
    pub(crate) exempt: Vec<Placed<String>>,
    pub(crate) strength: Vec<Placed<String>>,
    pub(crate) concern: Vec<Placed<String>>,
    pub(crate) near_strength: Vec<Placed<String>>,
    pub(crate) near_concern: Vec<Placed<String>>,
    pub(crate) headings: Vec<Placed<String>>,
    pub(crate) yields: Vec<Placed<String>>,
    /// Cues of the file below that it switches off, by id.
    pub(crate) off: Vec<Placed<String>>,
}

/// Takes a theme file apart.
pub(super) fn theme(walk: &mut Walk<'_>, place: Place, table: &Table<'_>) -> WrittenTheme {
    let lists = [
        "names",
        "hints",
        "exempt",
        "strength",
        "concern",
        "near_strength",
        "near_concern",
        "headings",
        "yields",
        "example",
        "allow",
    ];
    let own: &[&str] = match place.below {
        None => &["name", "about", "core", "group", "order"],
        Some(_) => &["about", "off"],
    };
    walk.file_keys(table, &[own, &lists].concat());
    let id = walk.file.id().to_owned();
    let names = walk.strings(table, "names");
    let (mut name, mut about) = (String::new(), String::new());
    if place.below.is_none() {
        name = required(walk, table, "name");
        about = required(walk, table, "about");
        if walk.lacks(table, "names") {
            walk.mistake(
                "E104",
                Span::default(),
                "the theme has no `names`: add at least one cue that names it",
            );
        }
    }
    WrittenTheme {
        place,
        id,
        name,
        about,
        core: walk.boolean(table, "core").unwrap_or(false),
        group: walk.boolean(table, "group").unwrap_or(false),
        order: walk.number(table, "order", 1, 255).unwrap_or(255),
        names,
        hints: walk.strings(table, "hints"),
        exempt: walk.strings(table, "exempt"),
        strength: walk.strings(table, "strength"),
        concern: walk.strings(table, "concern"),
        near_strength: walk.strings(table, "near_strength"),
        near_concern: walk.strings(table, "near_concern"),
        headings: walk.strings(table, "headings"),
        yields: walk.strings(table, "yields"),
        off: walk.strings(table, "off"),
    }
}
