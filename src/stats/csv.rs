//! CSV for spreadsheets: one list or cue a line, lists first.

use std::io::{self, Write};

use super::{Figures, Stats};
use crate::report::write_lines;

const COLUMNS: [&str; 28] = [
    "level",
    "id",
    "list",
    "act",
    "cues",
    "dead",
    "hits",
    "sentences",
    "decided",
    "overlap",
    "conflict",
    "silenced",
    "silenced_by",
    "silences",
    "gold_decided",
    "right",
    "wrong_theme",
    "wrong_polarity",
    "wrong",
    "precision",
    "wanted",
    "found",
    "recall",
    "gold_strength",
    "gold_concern",
    "gold_mixed",
    "gold_neutral",
    "polarity_agrees",
];

/// Writes lists and cues with their numbers; sentences are left to the other forms.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_csv(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let lists = stats.lists.iter().map(|list| {
        let own = [
            "list".to_owned(),
            list.id.clone(),
            String::new(),
            list.act.clone(),
            list.cues.to_string(),
            list.dead.to_string(),
        ];
        line(own, &list.figures)
    });
    let cues = stats.cues.iter().map(|cue| {
        let own = [
            "cue".to_owned(),
            cue.id.clone(),
            cue.list.clone(),
            cue.act.clone(),
            String::new(),
            u8::from(cue.figures.hits == 0).to_string(),
        ];
        line(own, &cue.figures)
    });
    let head = [COLUMNS.map(str::to_owned)].into_iter();
    write_lines(out, head.chain(lists).chain(cues))
}

fn line(own: [String; 6], figures: &Figures) -> [String; COLUMNS.len()] {
    let silencers = figures
        .silenced_by
        .iter()
        .map(|by| format!("{} {}", by.id, by.times));
    let mut cells: Vec<String> = own.into();
    cells.extend(
        [
            figures.hits,
            figures.sentences,
            figures.decided,
            figures.overlap,
            figures.conflict,
            figures.silenced,
        ]
        .map(|count| count.to_string()),
    );
    cells.push(silencers.collect::<Vec<_>>().join(" | "));
    cells.push(figures.silences.to_string());
    if let Some(gold) = &figures.gold {
        let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.4}"));
        cells.extend(
            [
                gold.decided,
                gold.right,
                gold.wrong_theme,
                gold.wrong_polarity,
                gold.wrong,
            ]
            .map(|count| count.to_string()),
        );
        cells.push(share(gold.precision));
        cells.extend([gold.wanted, gold.found].map(|count| count.to_string()));
        cells.push(share(gold.recall));
        let polarity = gold.polarity;
        cells.extend(
            [
                polarity.strength,
                polarity.concern,
                polarity.mixed,
                polarity.neutral,
            ]
            .map(|count| count.to_string()),
        );
        cells.push(share(gold.polarity_agrees));
    }
    // Without gold its columns stay empty.
    let mut cells = cells.into_iter();
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}
