//! Which sentence of one reading is which of the other, and what has moved in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::blame::{Cause, blame};
use super::{Changed, Kind, Move, OnGold, Said};
use crate::codebook::Tone;
use crate::eval::{Seen, seen};
use crate::gold::Gold;
use crate::reading::Reading;
use crate::row::{Row, rows};
use crate::rules::Rules;

/// One reading: its sentences, and the cues seen in each.
pub(super) struct Side {
    pub(super) rows: Vec<Row>,
    pub(super) seen: Vec<Vec<Seen>>,
}

impl Side {
    pub(super) fn new(rules: &Rules, reading: &Reading) -> Self {
        Self {
            rows: rows(rules, reading),
            seen: seen(rules, reading),
        }
    }
}

/// Sentences that belong together, by their places in either reading: one on either side where both cut alike.
#[derive(Debug, Default, PartialEq)]
struct Stretch {
    old: Vec<usize>,
    new: Vec<usize>,
}

/// Every sentence that differs, in the order of the document.
pub(super) fn changed(sides: &[Side; 2]) -> Vec<Changed> {
    let [old, new] = sides;
    stretches(&old.rows, &new.rows)
        .iter()
        .filter_map(|stretch| compare(sides, stretch))
        .collect()
}

/// Sentences with the same id are the same; what is left over is put together where it overlaps.
fn stretches(old: &[Row], new: &[Row]) -> Vec<Stretch> {
    let known: HashMap<&str, usize> = old
        .iter()
        .enumerate()
        .map(|(n, row)| (row.id.as_str(), n))
        .collect();
    let mut taken = BTreeSet::new();
    let mut all = Vec::with_capacity(new.len());
    let mut left: Vec<(usize, usize, bool, usize)> = Vec::new();
    for (n, row) in new.iter().enumerate() {
        match known.get(row.id.as_str()) {
            Some(&o) if taken.insert(o) => all.push(Stretch {
                old: vec![o],
                new: vec![n],
            }),
            _ => left.push((row.start, row.end, true, n)),
        }
    }
    let gone = old.iter().enumerate().filter(|(o, _)| !taken.contains(o));
    left.extend(gone.map(|(o, row)| (row.start, row.end, false, o)));
    left.sort_unstable();
    let mut upto = None;
    for (start, end, is_new, place) in left {
        let begins = upto.is_none_or(|upto| start >= upto);
        if begins {
            all.push(Stretch::default());
        }
        upto = upto.max(Some(end));
        if let Some(last) = all.last_mut() {
            if is_new { &mut last.new } else { &mut last.old }.push(place);
        }
    }
    let start = |stretch: &Stretch| {
        let starts = [(&stretch.old, old), (&stretch.new, new)];
        let starts = starts
            .iter()
            .filter_map(|(places, rows)| Some(rows[*places.first()?].start));
        starts.min()
    };
    all.sort_by_key(start);
    all
}

/// The labels of some sentences, by theme.
fn themes<'r>(rows: &[&'r Row]) -> BTreeMap<&'r str, BTreeSet<Tone>> {
    let mut themes: BTreeMap<&str, BTreeSet<Tone>> = BTreeMap::new();
    for label in rows.iter().flat_map(|row| &row.labels) {
        themes.entry(&label.theme).or_default().insert(label.polarity);
    }
    themes
}

fn compare(sides: &[Side; 2], stretch: &Stretch) -> Option<Changed> {
    let [old, new] = sides;
    let before: Vec<&Row> = stretch.old.iter().map(|&n| &old.rows[n]).collect();
    let after: Vec<&Row> = stretch.new.iter().map(|&n| &new.rows[n]).collect();
    let mut found = of_labels(&before, &after);
    match (before.as_slice(), after.as_slice()) {
        ([before], [after]) if before.id == after.id => found.extend(of_sentence(before, after)),
        _ => found.push(Found::new(Kind::Cut, None, count(&before), count(&after))),
    }
    if found.is_empty() {
        return None;
    }
    let seen = |side: &Side, places: &[usize]| -> Vec<String> {
        let cues = places.iter().flat_map(|&n| &side.seen[n]);
        cues.map(|cue| cue.rule.clone()).collect()
    };
    let cause = Cause {
        old: &before,
        new: &after,
        seen_old: seen(old, &stretch.old),
        seen_new: seen(new, &stretch.new),
    };
    let moves = found.into_iter().map(|found| {
        let blamed = blame(&cause, &found);
        Move {
            kind: found.kind,
            theme: found.theme.map(str::to_owned),
            old: found.old,
            new: found.new,
            rule: blamed.as_ref().map(|(rule, _)| rule.clone()),
            seen_by: blamed.map(|(_, by)| by),
            on_gold: None,
        }
    });
    let moves = moves.collect();
    let said = |rows: &[&Row]| rows.iter().map(|row| Said::from(*row)).collect();
    Some(Changed {
        document: after.first().or(before.first())?.document.clone(),
        old: said(&before),
        new: said(&after),
        moves,
        gold: None,
    })
}

/// How many sentences, for a cut.
fn count(rows: &[&Row]) -> Option<String> {
    (!rows.is_empty()).then(|| rows.len().to_string())
}

/// Something that has moved, before it is known why.
pub(super) struct Found<'r> {
    pub(super) kind: Kind,
    pub(super) theme: Option<&'r str>,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl<'r> Found<'r> {
    fn new(kind: Kind, theme: Option<&'r str>, old: Option<String>, new: Option<String>) -> Self {
        Self {
            kind,
            theme,
            old,
            new,
        }
    }
}

/// Labels gained, lost and turned: what one theme loses and gains in one sentence is paired as far as it goes.
fn of_labels<'r>(before: &[&'r Row], after: &[&'r Row]) -> Vec<Found<'r>> {
    let (old, new) = (themes(before), themes(after));
    let named: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let none = BTreeSet::new();
    let mut found = Vec::new();
    for theme in named {
        let (old, new) = (old.get(theme).unwrap_or(&none), new.get(theme).unwrap_or(&none));
        let mut lost: Vec<Tone> = old.difference(new).copied().collect();
        let mut gained: Vec<Tone> = new.difference(old).copied().collect();
        let both = lost.len().min(gained.len());
        for (old, new) in lost.drain(..both).zip(gained.drain(..both)) {
            found.push(Found::new(
                Kind::Turned,
                Some(theme),
                Some(old.to_string()),
                Some(new.to_string()),
            ));
        }
        found.extend(
            gained
                .iter()
                .map(|tone| Found::new(Kind::Gained, Some(theme), None, Some(tone.to_string()))),
        );
        found.extend(
            lost.iter()
                .map(|tone| Found::new(Kind::Lost, Some(theme), Some(tone.to_string()), None)),
        );
    }
    found
}

fn of_sentence<'r>(before: &Row, after: &Row) -> Vec<Found<'r>> {
    let values = |row: &Row| {
        [
            (Kind::Polarity, row.polarity.name()),
            (Kind::Source, row.source.name()),
            (Kind::Time, row.time.name()),
            (Kind::Change, row.change.name()),
        ]
    };
    let both = values(before).into_iter().zip(values(after));
    both.filter(|((_, old), (_, new))| old != new)
        .map(|((kind, old), (_, new))| Found::new(kind, None, Some(old.to_owned()), Some(new.to_owned())))
        .collect()
}

/// What a move comes to where gold says something of its sentence; `None` for a cut, of which gold's labels say nothing.
pub(super) fn on_gold(moved: &Move, gold: &Gold) -> Option<OnGold> {
    let theme = moved.theme.as_deref();
    let has = |value: &str| {
        gold.labels
            .iter()
            .any(|label| Some(label.theme.as_str()) == theme && label.polarity.name() == value)
    };
    let right = |value: &Option<String>, wanted: &str| value.as_deref() == Some(wanted);
    let sides = |wanted: &str| (right(&moved.old, wanted), right(&moved.new, wanted));
    let (before, after) = match moved.kind {
        // Without a label is right where gold has none.
        Kind::Gained => {
            let wanted = moved.new.as_deref().is_some_and(has);
            (!wanted, wanted)
        }
        Kind::Lost => {
            let wanted = moved.old.as_deref().is_some_and(has);
            (wanted, !wanted)
        }
        Kind::Turned => (
            moved.old.as_deref().is_some_and(has),
            moved.new.as_deref().is_some_and(has),
        ),
        Kind::Polarity => sides(gold.polarity.name()),
        Kind::Source => sides(gold.source.name()),
        Kind::Time => sides(gold.time.name()),
        Kind::Change => sides(gold.change.name()),
        Kind::Cut => return None,
    };
    Some(match (before, after) {
        (false, true) => OnGold::Mended,
        (true, false) => OnGold::Broken,
        _ => OnGold::Neither,
    })
}
