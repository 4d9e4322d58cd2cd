//! Findings that only follow from others: whoever mends the root has mended them too.
//!
//! In: all that was found. Out: the same without the echoes. Not decided here: what the roots are called.

use std::collections::BTreeSet;

use super::cues::Items;
use super::finding::Found;
use crate::rules::Lenient;

/// Codes that tell of something absent: in a file that is no whole TOML it may only not have been read.
const ABSENT: [&str; 5] = ["E104", "E107", "W410", "W411", "W412"];

/// Takes them out.
pub(super) fn without(lenient: &Lenient, items: &Items, all: &mut Vec<Found>) {
    without_dead_lists(items, all);
    without_lame_examples(all);
    without_unread(lenient, all);
}

/// A list all of whose cues can never speak is shown by no example for that reason.
fn without_dead_lists(items: &Items, all: &mut Vec<Found>) {
    let dead: BTreeSet<(usize, usize)> = all
        .iter()
        .filter(|found| matches!(found.code, "W404" | "W405"))
        .map(|found| (found.file, found.at.start))
        .collect();
    all.retain(|found| {
        if found.code != "W412" {
            return true;
        }
        let own = |at: usize| {
            items
                .all
                .iter()
                .find(|item| item.file == found.file && item.at.start == at)
        };
        let Some(first) = own(found.at.start) else {
            return true;
        };
        !items
            .all
            .iter()
            .filter(|item| item.file == first.file && item.list == first.list)
            .all(|item| dead.contains(&(item.file, item.at.start)))
    });
}

/// An example that could not be read shows nothing, and that is told of it.
fn without_lame_examples(all: &mut Vec<Found>) {
    let lame: BTreeSet<usize> = all
        .iter()
        .filter(|found| matches!(found.code, "E107" | "E108"))
        .map(|found| found.file)
        .collect();
    all.retain(|found| !(matches!(found.code, "W410" | "W411" | "W412") && lame.contains(&found.file)));
}

/// What follows from a file that could not be read whole, there and in others.
fn without_unread(lenient: &Lenient, all: &mut Vec<Found>) {
    let files = lenient.rules.files();
    let broken: BTreeSet<usize> = all
        .iter()
        .filter(|found| found.code == "E101")
        .map(|found| found.file)
        .collect();
    if broken.is_empty() {
        return;
    }
    let ids: BTreeSet<&str> = broken.iter().map(|file| files[*file].id()).collect();
    let line = |found: &Found| {
        files[found.file]
            .text
            .get(..found.at.start)
            .map_or(0, |before| before.matches('\n').count())
    };
    let lines: BTreeSet<(usize, usize)> = all
        .iter()
        .filter(|found| found.code == "E101")
        .map(|found| (found.file, line(found)))
        .collect();
    all.retain(|found| {
        let local = found.code == "E103" || found.code.starts_with("E2");
        if local && lines.contains(&(found.file, line(found))) {
            return false;
        }
        let absent = ABSENT.contains(&found.code) && broken.contains(&found.file);
        let unknown = matches!(found.code, "E303" | "E304" | "E305")
            && ids.iter().any(|id| found.message.contains(&format!("`{id}")));
        !(absent || unknown)
    });
}
