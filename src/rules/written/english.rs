//! `rules/english.toml`.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};

/// `rules/english.toml`.
#[derive(Debug, Default)]
pub(crate) struct WrittenEnglish {
    pub(crate) file: usize,
    pub(crate) abbreviations: Vec<Placed<String>>,
    pub(crate) contrast: Vec<Placed<String>>,
    pub(crate) circumstance: Vec<Placed<String>>,
    pub(crate) content: Vec<Placed<String>>,
    pub(crate) opening_circumstance: Vec<Placed<String>>,
    pub(crate) relative: Vec<Placed<String>>,
    pub(crate) opening: Vec<Placed<String>>,
    pub(crate) goes_on: Vec<Placed<String>>,
    pub(crate) auxiliaries: Vec<Placed<String>>,
    pub(crate) going_on: Vec<Placed<String>>,
    pub(crate) relatives: Vec<Placed<String>>,
    pub(crate) presenting: Vec<Placed<String>>,
    pub(crate) causes: Vec<Placed<String>>,
    pub(crate) subjects: Vec<Placed<String>>,
    pub(crate) verbs: Vec<Placed<String>>,
    pub(crate) hanging: Vec<Placed<String>>,
    pub(crate) joiners: Vec<Placed<String>>,
    pub(crate) links: Vec<Placed<String>>,
    pub(crate) adverbs: Vec<Placed<String>>,
}

/// Takes the file apart.
pub(super) fn english(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenEnglish {
    walk.file_keys(
        table,
        &[
            "about",
            "abbreviations",
            "contrast",
            "circumstance",
            "content",
            "opening_circumstance",
            "relative",
            "opening",
            "goes_on",
            "auxiliaries",
            "going_on",
            "relatives",
            "presenting",
            "causes",
            "subjects",
            "verbs",
            "hanging",
            "joiners",
            "links",
            "adverbs",
            "allow",
        ],
    );
    WrittenEnglish {
        file,
        abbreviations: walk.strings(table, "abbreviations"),
        contrast: walk.strings(table, "contrast"),
        circumstance: walk.strings(table, "circumstance"),
        content: walk.strings(table, "content"),
        opening_circumstance: walk.strings(table, "opening_circumstance"),
        relative: walk.strings(table, "relative"),
        opening: walk.strings(table, "opening"),
        goes_on: walk.strings(table, "goes_on"),
        auxiliaries: walk.strings(table, "auxiliaries"),
        going_on: walk.strings(table, "going_on"),
        relatives: walk.strings(table, "relatives"),
        presenting: walk.strings(table, "presenting"),
        causes: walk.strings(table, "causes"),
        subjects: walk.strings(table, "subjects"),
        verbs: walk.strings(table, "verbs"),
        hanging: walk.strings(table, "hanging"),
        joiners: walk.strings(table, "joiners"),
        links: walk.strings(table, "links"),
        adverbs: walk.strings(table, "adverbs"),
    }
}
