//! Which cues documents show.

use std::collections::BTreeSet;

use super::cues::Items;
use super::finding::Found;
use crate::reading::Reading;

/// Cues that some documents show, also where another cue silenced them.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    cues: BTreeSet<u32>,
    documents: usize,
}

impl Seen {
    /// Adds a document, read by [`super::Check::rules`].
    pub fn add(&mut self, reading: &Reading) {
        self.documents += 1;
        self.cues.extend(reading.matches.iter().map(|m| m.cue));
    }

    /// Adds what others have shown.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.cues.extend(other.cues);
    }

    pub(super) fn has(&self, cue: u32) -> bool {
        self.cues.contains(&cue)
    }
}

/// Cues that no document shows.
pub(super) fn dead(items: &Items, seen: &Seen) -> Vec<Found> {
    let documents = match seen.documents {
        1 => "the document".to_owned(),
        count => format!("the {count} documents"),
    };
    items
        .all
        .iter()
        .filter(|item| item.is_found() && !seen.has(item.number))
        .map(|item| {
            let message = format!(
                "the cue is never seen in {documents}: look whether letters say it otherwise, or take it out"
            );
            Found::new("W415", item.file, item.at, message).cue(&item.text)
        })
        .collect()
}
