//! Any step of the work on a document, as text for people.

use crate::reading::Reading;

/// A step of the work that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Blocks of text with the pages they stand on.
    Pages,
    /// Headings and what part of the document each opens.
    Sections,
    /// Sentences and list items.
    Sentences,
    /// Clauses.
    Clauses,
    /// Every cue seen.
    Matches,
}

impl Reading {
    /// Stands in until the real steps are shown.
    pub fn stage(&self, stage: Stage) -> String {
        format!("{stage:?}\n")
    }
}
