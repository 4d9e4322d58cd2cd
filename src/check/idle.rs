//! Cues that add nothing: wherever they stand, others of their kind say the same over the same words.

use super::cues::{Item, Items};
use super::finding::Found;
use super::fix::without;
use crate::rules::{Act, Lenient};

/// Looks at every cue, the last first, so that of two that say the same the later one is told; one that is told does not
/// count against others any more, so all that are told can go together.
pub(super) fn idle(lenient: &Lenient, items: &Items) -> Vec<Found> {
    let mut gone = vec![false; items.all.len()];
    let mut all = Vec::new();
    for (n, item) in items.all.iter().enumerate().rev() {
        if item.patterns.is_empty() || !item.asked {
            continue;
        }
        let mut by: Vec<usize> = Vec::new();
        let covered = item.patterns.iter().all(|pattern| {
            let wide = [true, false].into_iter().find_map(|tight| {
                items.covering(pattern, tight).into_iter().find(|other| {
                    *other != n && !gone[*other] && says_as_much(&items.all[*other], item, tight)
                })
            });
            by.extend(wide);
            wide.is_some()
        });
        if !covered {
            continue;
        }
        gone[n] = true;
        by.sort_unstable();
        by.dedup();
        let shown: Vec<String> = by
            .iter()
            .take(3)
            .map(|n| format!("`{}`", items.all[*n].text))
            .collect();
        let more = if by.len() > 3 { " and others" } else { "" };
        let mut found = Found::new(
            "W401",
            item.file,
            item.at,
            format!(
                "the cue is idle: wherever it stands, {}{more} {} the same; take it out",
                shown.join(", "),
                if by.len() == 1 { "says" } else { "say" },
            ),
        )
        .cue(&item.text);
        for other in by.iter().take(3).map(|n| &items.all[*n]) {
            let kind = if other.list == item.list {
                String::new()
            } else {
                format!(", in `{}`", other.list)
            };
            found = found.also(other.file, other.at, format!("`{}`{kind}", other.text));
        }
        if let Some(edits) = without(&lenient.rules.files()[item.file].text, item.at) {
            found = found.fix("take the cue out", edits);
        }
        all.push(found);
    }
    all
}

/// Whether one cue does all that another does over the same words. `tight`: it covers the same runs of words, too, and so
/// silences the same.
fn says_as_much(wide: &Item, narrow: &Item, tight: bool) -> bool {
    match (narrow.act, wide.act) {
        // Names silence only one another, and an exemption acts over its whole stretch, gaps and all.
        (
            Act::Name { theme, hint },
            Act::Name {
                theme: other,
                hint: other_hint,
            },
        ) => theme == other && (hint || !other_hint),
        (Act::Name { theme, .. }, Act::Judge { theme: other, .. }) => theme == other,
        (Act::Exempt(_), Act::Exempt(_)) => wide.owner == narrow.owner,
        (Act::Word(role), Act::Word(other)) => {
            tight && role == other && wide.rank >= narrow.rank && wide.reach >= narrow.reach
        }
        (narrow, wide) => tight && narrow == wide,
    }
}
