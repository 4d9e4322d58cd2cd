//! `standing.toml`.

use super::super::file::{Placed, Table, Walk};
use super::required;

/// Text that recurs in letters on any authority, as written.
#[derive(Debug, Default)]
pub(crate) struct WrittenStanding {
    pub(crate) file: usize,
    /// Cues with which such a sentence begins.
    pub(crate) opens: Vec<Placed<String>>,
    /// Sentences that have to be taken.
    pub(crate) examples: Vec<Placed<String>>,
    /// Sentences that must not be taken.
    pub(crate) not: Vec<Placed<String>>,
}

/// Takes the file apart.
pub(super) fn standing(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenStanding {
    walk.keys(table, &["about", "opens", "examples", "not"]);
    required(walk, table, "about");
    WrittenStanding {
        file,
        opens: walk.strings(table, "opens"),
        examples: walk.strings(table, "examples"),
        not: walk.strings(table, "not"),
    }
}
