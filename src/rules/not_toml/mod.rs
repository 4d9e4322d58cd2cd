//! What is wrong with a file that is no TOML, said for people who have never met a parser.
//!
//! In: the text and the parser's errors. Out: one [`Fault`] for each mistake of the author: a parser that goes on after a
//! missing quotation mark finds three things wrong where one is. Not decided here: what of the file could be read.

mod lines;

use crate::span::Span;

use lines::{open_list, quotation};

/// A mistake of the author.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Span,
    pub(super) message: String,
}

/// The mistakes behind the parser's errors, in the order of their places.
pub(super) fn faults<'e>(text: &str, errors: impl Iterator<Item = (Span, &'e str)>) -> Vec<Fault> {
    let mut all: Vec<Fault> = Vec::new();
    // Lines about which nothing more is to be said, by the byte with which they begin.
    let mut told: Vec<usize> = Vec::new();
    // The parser tells of what is not closed before what stands inside it.
    let mut errors: Vec<(Span, &str)> = errors.collect();
    errors.sort_by_key(|(at, _)| at.start);
    for (at, error) in errors {
        let start = line_start(text, at.start);
        if told.contains(&start) {
            continue;
        }
        let line = line_at(text, start);
        if let Some(fault) = open_list(text, at.start) {
            all.push(fault);
            // What follows an open list is read as its entries.
            break;
        }
        if let Some((piece, message)) = quotation(line) {
            told.push(start);
            // The line behind a lost mark is no mistake of its own.
            told.push(start + line.len() + 1);
            let at = Span::new(start + piece.start, start + piece.end);
            all.push(Fault { at, message });
            continue;
        }
        let (at, message) = plain(text, line, at, error);
        let fault = Fault { at, message };
        if !all.contains(&fault) {
            all.push(fault);
        }
    }
    all
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1)
}

fn line_at(text: &str, start: usize) -> &str {
    text.get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default()
}

/// What an error says where no quotation mark and no bracket is at fault.
fn plain(text: &str, line: &str, at: Span, error: &str) -> (Span, String) {
    let key = line.split('=').next().unwrap_or_default().trim();
    let here = text.get(at.start..at.end).unwrap_or_default();
    let start = line_start(text, at.start);
    if error.starts_with("duplicate key") {
        return (at, twice(text, at, here));
    }
    if error.starts_with("missing escaped value") || error.starts_with("invalid escape") {
        let message = "a backslash stands between double quotation marks, where TOML reads it as a sign of its own: put the text between single quotation marks, as in '^page \\('";
        return (at, message.to_owned());
    }
    if line.contains('=') && value(line).is_empty() {
        let message = format!(
            "nothing stands behind `{key} =`: write a value, such as {key} = {}, or take the line out",
            example(key)
        );
        return (Span::new(start, start + line.len()), message);
    }
    if error.starts_with("string values must be quoted") {
        let bare = here.trim_matches(['“', '”', '‘', '’', '„', '"', '\'']);
        let message = if bare == here {
            format!("the text `{here}` has no quotation marks: write \"{here}\"")
        } else {
            format!("the quotation marks of TOML are straight ones: write \"{bare}\"")
        };
        return (at, message);
    }
    if error.starts_with("missing comma") {
        return (
            at,
            "a comma is missing between two entries of a list: write one behind the entry before".to_owned(),
        );
    }
    if error.starts_with("extra comma") {
        return (
            at,
            "two commas stand one behind the other: take one out".to_owned(),
        );
    }
    if error.starts_with("key with no value") {
        let message = "the line has no `=` behind its key: write `key = value`, or begin it with `#` where it is a remark";
        return (at, message.to_owned());
    }
    if error.starts_with("unexpected key or value") {
        let message = "more stands on the line than one value: put several texts into square brackets, and a remark behind `#`";
        return (at, message.to_owned());
    }
    if error.starts_with("unclosed") && line.trim_start().starts_with('[') {
        let name = line
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
            .trim();
        let (open, close) = if line.trim_start().starts_with("[[") {
            ("[[", "]]")
        } else {
            ("[", "]")
        };
        return (
            at,
            format!("a bracket of this heading is missing: write `{open}{name}{close}`"),
        );
    }
    (at, format!("this is not TOML: {error}"))
}

/// A value such as a key of rule files takes.
fn example(key: &str) -> &'static str {
    match key {
        "name" | "about" | "role" | "text" | "before" | "section" | "polarity" | "source" | "time"
        | "change" | "state" | "code" | "cue" | "reason" => "\"...\"",
        "core" | "group" => "true",
        "order" | "rank" | "reach" => "2",
        _ => "[\"care plan*\"]",
    }
}

/// What stands behind the first `=` of a line, without a remark.
fn value(line: &str) -> &str {
    let value = line.split_once('=').map_or("", |(_, value)| value).trim();
    if value.starts_with('#') { "" } else { value }
}

fn twice(text: &str, at: Span, key: &str) -> String {
    let number = |at: usize| text[..at].matches('\n').count() + 1;
    let own = line_start(text, at.start);
    let mut first = None;
    let mut start = own;
    while start > 0 {
        start = line_start(text, start - 1);
        let line = line_at(text, start);
        // The table begins here: what stands above is of another.
        if line.starts_with('[') {
            break;
        }
        if line.split_once('=').is_some_and(|(other, _)| other.trim() == key) {
            first = Some(start);
        }
    }
    match first {
        Some(first) => {
            let (first, second) = (number(first), number(at.start));
            let list = value(line_at(text, own)).starts_with('[');
            let what = if list {
                "put both lists into one"
            } else {
                "keep one of the two"
            };
            format!("`{key}` stands twice, at lines {first} and {second}: {what}")
        }
        None => format!("`{key}` stands twice: keep one of the two"),
    }
}

#[cfg(test)]
mod tests;
