//! What candidates do, by running the rules with them.
//!
//! A document in which no word of a candidate stands cannot change by it. So candidates whose documents are not the same
//! are laid over the rules together and read at once: each document still sees one of them only.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::candidate::{Candidate, List};
use super::documents::Ground;
use super::faults::{Fault, faults};
use super::overlay::overlay;
use crate::eval::Given;
use crate::gold::{Gold, align};
use crate::rules::{Overlay, RuleFile, Rules};

/// Errors, each by its sentence.
pub(super) type Errors = BTreeSet<(usize, Fault)>;

/// What a candidate does on gold, alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Effect {
    /// Errors that are gone with it.
    pub(super) mended: Errors,
    /// Errors that are there with it only.
    pub(super) broken: Errors,
}

/// Rules with candidates laid over them; `None` where they do not go together.
fn with(rules: &Rules, candidates: &[&Candidate]) -> Option<Rules> {
    let nth = rules
        .files()
        .iter()
        .filter_map(|file| file.overlay.as_ref())
        .map(|overlay| overlay.nth);
    let top = Overlay {
        nth: nth.max().unwrap_or_default() + 1,
        folder: "suggestions".to_owned(),
    };
    let mut files: Vec<RuleFile> = rules.files().to_vec();
    files.extend(
        overlay(candidates.iter().copied())
            .into_iter()
            .map(|file| RuleFile {
                overlay: Some(top.clone()),
                ..file
            }),
    );
    Rules::with_cues(files)
}

/// The documents in which a candidate could do something.
fn reach(ground: &Ground<'_>, candidate: &Candidate) -> BTreeSet<usize> {
    let pieces: Vec<&str> = candidate
        .phrase
        .split('*')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let documents = ground.documents.iter().enumerate();
    let reached = documents.filter(|(_, document)| match candidate.list {
        List::Off | List::Demote => document.shows(&candidate.phrase),
        _ => pieces.iter().all(|piece| document.holds(piece)),
    });
    reached.map(|(place, _)| place).collect()
}

/// Candidates that are laid over the rules together, with the documents of each.
type Batch<'c> = Vec<(usize, &'c Candidate, BTreeSet<usize>)>;

/// Puts each candidate into the first batch in which nobody else has its documents.
fn batches<'c>(ground: &Ground<'_>, candidates: &'c [Candidate]) -> Vec<Batch<'c>> {
    let mut batches: Vec<(BTreeSet<usize>, Batch<'c>)> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let reach = reach(ground, candidate);
        let free = batches.iter_mut().find(|(taken, _)| taken.is_disjoint(&reach));
        let entry = (place, candidate, reach.clone());
        match free {
            Some((taken, batch)) => {
                taken.extend(reach);
                batch.push(entry);
            }
            None => batches.push((reach, vec![entry])),
        }
    }
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// Tries every candidate alone; one that the rules refuse (they have it already) does nothing.
pub(super) fn try_all(rules: &Rules, ground: &Ground<'_>, candidates: &[Candidate]) -> Vec<Effect> {
    let effects: BTreeMap<usize, Effect> = batches(ground, candidates)
        .par_iter()
        .flat_map_iter(|batch| try_batch(rules, ground, batch))
        .collect();
    (0..candidates.len())
        .map(|place| effects.get(&place).cloned().unwrap_or_default())
        .collect()
}

fn try_batch(rules: &Rules, ground: &Ground<'_>, batch: &Batch<'_>) -> Vec<(usize, Effect)> {
    let all: Vec<&Candidate> = batch.iter().map(|(_, candidate, _)| *candidate).collect();
    if let Some(rules) = with(rules, &all) {
        let tried = batch
            .iter()
            .map(|(place, _, reach)| (*place, effect(&rules, ground, reach)));
        return tried.collect();
    }
    // One of them is refused: each by itself.
    let alone = batch.iter().filter_map(|(place, candidate, reach)| {
        let rules = with(rules, &[candidate])?;
        Some((*place, effect(&rules, ground, reach)))
    });
    alone.collect()
}

fn effect(rules: &Rules, ground: &Ground<'_>, reach: &BTreeSet<usize>) -> Effect {
    let mut effect = Effect::default();
    for &document in reach {
        let given: Vec<Gold> = ground.documents[document].read(rules);
        let alignment = align(&ground.of_document[document], &given);
        for (sentence, now) in ground.ranges[document].clone().zip(&alignment.sentences) {
            let (now, before) = (faults(now), &ground.sentences[sentence].faults);
            let of = |fault: &Fault| (sentence, fault.clone());
            effect.mended.extend(before.difference(&now).map(of));
            effect.broken.extend(now.difference(before).map(of));
        }
    }
    effect
}

/// The labels of some documents by the rules with all these candidates. Those that do not go together with the ones
/// before them are left out.
pub(super) fn with_all(
    rules: &Rules,
    ground: &Ground<'_>,
    candidates: &[&Candidate],
    documents: &BTreeSet<usize>,
) -> Given {
    let mut kept: Vec<&Candidate> = candidates.to_vec();
    let mut laid = with(rules, &kept);
    if laid.is_none() {
        kept.clear();
        for candidate in candidates {
            kept.push(candidate);
            match with(rules, &kept) {
                Some(rules) => laid = Some(rules),
                None => {
                    kept.pop();
                }
            }
        }
    }
    let rules = laid.as_ref().unwrap_or(rules);
    let documents: Vec<usize> = documents.iter().copied().collect();
    let read: Vec<Vec<Gold>> = documents
        .par_iter()
        .map(|&document| ground.documents[document].read(rules))
        .collect();
    Given {
        sentences: read.into_iter().flatten().collect(),
        rules: Some(rules.fingerprint().to_owned()),
        ..Given::default()
    }
}
