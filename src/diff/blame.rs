//! Which cue made a difference.
//!
//! A cue that only one of the two sets sees in the sentence comes first: of those, one that stands in the evidence of the
//! label, since it spoke; then any other, since it turned or silenced what spoke. Where both see the same cues, the
//! label's evidence differs (a topic of the paragraph, a longer reach), and last comes the cue that judged it.

use std::collections::BTreeSet;

use super::SeenBy;
use super::moves::Found;
use crate::row::{Label, Row};

/// What can be to blame.
pub(super) struct Cause<'a> {
    pub(super) old: &'a [&'a Row],
    pub(super) new: &'a [&'a Row],
    /// Ids of the cues seen in the sentence, in the order of its words.
    pub(super) seen_old: Vec<String>,
    pub(super) seen_new: Vec<String>,
}

/// The cue that made a difference, and who sees it.
pub(super) fn blame(cause: &Cause<'_>, found: &Found<'_>) -> Option<(String, SeenBy)> {
    let evidence = |rows: &[&Row]| -> Vec<String> {
        let labels = rows.iter().flat_map(|row| &row.labels);
        let own = labels.filter(|label| found.theme.is_none_or(|theme| theme == label.theme));
        own.flat_map(words).collect()
    };
    let (spoke_old, spoke_new) = (evidence(cause.old), evidence(cause.new));
    let fresh = without(&cause.seen_new, &cause.seen_old);
    let gone = without(&cause.seen_old, &cause.seen_new);
    let both = |list: &[String], other: &[String]| list.iter().find(|rule| other.contains(rule)).cloned();
    let own = |list: &[String]| {
        let of_theme = |rule: &&String| found.theme.is_some_and(|theme| file(rule) == theme);
        list.iter().find(of_theme).or(list.first()).cloned()
    };
    // Sentences cut otherwise are the doing of no cue, unless one has come or gone.
    let cut = cause.old.len() != 1 || cause.new.len() != 1;
    let known = |rule: String| {
        let by = match (cause.seen_old.contains(&rule), cause.seen_new.contains(&rule)) {
            (false, true) => SeenBy::New,
            (true, false) => SeenBy::Old,
            _ => SeenBy::Both,
        };
        (rule, by)
    };
    both(&spoke_new, &fresh)
        .or_else(|| both(&spoke_old, &gone))
        .or_else(|| own(&fresh))
        .or_else(|| own(&gone))
        .or_else(|| Some(without(&spoke_new, &spoke_old).first()?.clone()).filter(|_| !cut))
        .or_else(|| Some(without(&spoke_old, &spoke_new).first()?.clone()).filter(|_| !cut))
        .or_else(|| Some(spoke_new.last().or(spoke_old.last())?.clone()).filter(|_| !cut))
        .map(known)
}

/// The cues in the evidence of a label. The words of a heading are no cue.
fn words(label: &Label) -> impl Iterator<Item = String> {
    label.evidence.iter().map(|piece| piece.rule.clone())
}

fn file(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(file, _)| file)
}

fn without(list: &[String], other: &[String]) -> Vec<String> {
    let other: BTreeSet<&String> = other.iter().collect();
    list.iter()
        .filter(|rule| !other.contains(rule))
        .cloned()
        .collect()
}
