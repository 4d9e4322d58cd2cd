//! Warnings of `findings rules check` that a file silences, each with a reason.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};
use crate::span::Span;

/// A warning that a file silences.
#[derive(Clone, Debug)]
pub(crate) struct Allow {
    /// Which file it stands in, by its place in the set.
    pub(crate) file: usize,
    /// The whole table.
    pub(crate) at: Span,
    /// The warning.
    pub(crate) code: Placed<String>,
    /// The cue, as written, of which it is silenced; `None` for the file as a whole.
    pub(crate) cue: Option<Placed<String>>,
    /// Whether it says why.
    pub(crate) reason: bool,
}

/// Reads the tables under `[[allow]]`.
pub(super) fn allows(walk: &mut Walk<'_>, file: usize, table: &Table<'_>, all: &mut Vec<Allow>) {
    for (at, inner) in walk.tables(table, "allow") {
        walk.keys(inner, &["code", "cue", "reason"]);
        let cue = walk.string(inner, "cue");
        let reason = walk.string(inner, "reason");
        // One of a wrong kind has been told of.
        let is_reason = reason.map_or(inner.get("reason").is_some(), |reason| {
            !reason.value.trim().is_empty()
        });
        if !is_reason {
            walk.mistake(
                "E109",
                at,
                "the silence has no reason: add `reason = \"...\"`, so that whoever reads the file can judge it",
            );
        }
        match walk.string(inner, "code") {
            Some(code) => all.push(Allow {
                file,
                at,
                code,
                cue,
                reason: is_reason,
            }),
            None if inner.get("code").is_none() => {
                walk.mistake(
                    "E110",
                    at,
                    "the silence names no code: add `code = \"...\"` with the code of the warning",
                );
            }
            None => {}
        }
    }
}
