//! `standing.toml`.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};
use super::required;

/// Text that recurs in letters on any authority, as written.
#[derive(Debug, Default)]
pub(crate) struct WrittenStanding {
    pub(crate) file: usize,
    /// Cues of the files below that it switches off, by id.
    pub(crate) off: Vec<Placed<String>>,
    /// Cues with which such a sentence begins.
    pub(crate) opens: Vec<Placed<String>>,
    /// Sentences that have to be taken.
    pub(crate) examples: Vec<Placed<String>>,
    /// Sentences that must not be taken.
    pub(crate) not: Vec<Placed<String>>,
}

/// Takes the file apart. `overlay`: it goes on with the file below it.
pub(super) fn standing(
    walk: &mut Walk<'_>,
    file: usize,
    overlay: bool,
    table: &Table<'_>,
) -> WrittenStanding {
    walk.file_keys(table, &["about", "off", "opens", "examples", "not"]);
    if !overlay {
        required(walk, table, "about");
    }
    WrittenStanding {
        file,
        off: walk.strings(table, "off"),
        opens: walk.strings(table, "opens"),
        examples: walk.strings(table, "examples"),
        not: walk.strings(table, "not"),
    }
}
