//! Mends: changes of a file's text that leave every other byte, and so every comment, as it is.
//!
//! In: a file's text and places in it. Out: [`Edit`]s, and whole files with all mends made. Not decided here: which mends
//! are safe; but none is made after which the file would hold a mistake that it did not hold before.

use super::Check;
use super::finding::{Edit, Finding, Report};
use crate::rules::{RuleFile, Rules};
use crate::span::Span;

/// Takes an entry out of a list, with its comma, and with its line where nothing else stands there.
pub(super) fn without(text: &str, at: Span) -> Option<Vec<Edit>> {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (at.start, at.end);
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let comma = text
        .get(end..)?
        .find(|c: char| !c.is_whitespace())
        .map(|skip| end + skip)?;
    if bytes[comma] == b',' {
        end = comma + 1;
    } else {
        // The last entry: the comma before it may stay, TOML allows it.
        if bytes[comma] != b']' && bytes[comma] != b'#' {
            return None;
        }
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let alone_before = bytes[line..start].iter().all(blank);
    let spaces = bytes[end..].iter().take_while(|byte| blank(byte)).count();
    let after = bytes.get(end + spaces);
    if alone_before && matches!(after, Some(b'\n' | b'\r')) {
        let newline = end + text[end..].find('\n')?;
        (start, end) = (line, newline + 1);
    } else if alone_before {
        end += spaces;
    } else {
        // `["a", "b"]`: the space that stood before the entry goes, so that none is left before the bracket.
        let before = bytes[..start].iter().rev().take_while(|byte| blank(byte)).count();
        start -= before;
    }
    Some(vec![Edit {
        start,
        end,
        text: String::new(),
    }])
}

/// Takes out the table in which a place lies, from its line in double brackets to its last entry, with the blank lines
/// before it. Comments behind its last entry stay: they may belong to what follows.
pub(super) fn without_table(text: &str, at: Span) -> Option<Vec<Edit>> {
    let head = |line: &str| line.trim_start().starts_with("[[");
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let own = starts.iter().rposition(|start| *start <= at.start)?;
    let line = |n: usize| -> &str {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        text.get(starts[n]..end).unwrap_or_default()
    };
    let first = (0..=own).rev().find(|n| head(line(*n)))?;
    let next = (first + 1..starts.len())
        .find(|n| line(*n).starts_with('['))
        .unwrap_or(starts.len());
    let last = (first..next).rev().find(|n| {
        let line = line(*n).trim();
        !line.is_empty() && !line.starts_with('#')
    })?;
    // A comment between its entries would be lost.
    if (first..=last).any(|n| line(n).trim_start().starts_with('#')) {
        return None;
    }
    let mut begin = first;
    while begin > 0 && line(begin - 1).trim().is_empty() {
        begin -= 1;
    }
    Some(vec![Edit {
        start: starts[begin],
        end: starts.get(last + 1).copied().unwrap_or(text.len()),
        text: String::new(),
    }])
}

/// The files that the mends of a report change, whole, each with how many were made. Mends that would overlap one another
/// wait for the next check, and one that would bring a new mistake into the file is not made.
pub fn fixed(check: &Check, report: &Report) -> Vec<(RuleFile, usize)> {
    let files = check.rules().files();
    let mut all = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let own: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| finding.index == index && finding.fix.is_some())
            .collect();
        let (text, made) = mended(file, &own);
        if made > 0 {
            all.push((RuleFile { text, ..file.clone() }, made));
        }
    }
    all
}

fn mended(file: &RuleFile, findings: &[&Finding]) -> (String, usize) {
    let mut chosen: Vec<&[Edit]> = Vec::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let apart = |a: &Edit, b: &Edit| a.end <= b.start || b.end <= a.start;
        let free = fix
            .edits
            .iter()
            .all(|edit| chosen.iter().copied().flatten().all(|other| apart(edit, other)));
        if !free {
            continue;
        }
        chosen.push(&fix.edits);
        if sound(&file.text) && !sound(&apply(&file.text, &chosen)) {
            chosen.pop();
        }
    }
    (apply(&file.text, &chosen), chosen.len())
}

/// Whether a text is TOML.
fn sound(text: &str) -> bool {
    Rules::is_toml(text)
}

fn apply(text: &str, fixes: &[&[Edit]]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().copied().flatten().collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, what: &str) -> String {
        let start = text.find(what).unwrap();
        apply(
            text,
            &[&without(text, Span::new(start, start + what.len())).unwrap()],
        )
    }

    #[test]
    fn takes_entries_out_of_lists() {
        let line = "names = [\"a\", \"b\", \"c\"]\n";
        assert_eq!(taken(line, "\"a\""), "names = [ \"b\", \"c\"]\n");
        assert_eq!(taken(line, "\"b\""), "names = [\"a\", \"c\"]\n");
        assert_eq!(taken(line, "\"c\""), "names = [\"a\", \"b\",]\n");
        let lines = "names = [\n  # first\n  \"a\",\n  \"b\", # why b\n  \"c\",\n]\n";
        assert_eq!(
            taken(lines, "\"a\""),
            "names = [\n  # first\n  \"b\", # why b\n  \"c\",\n]\n"
        );
        assert_eq!(
            taken(lines, "\"b\""),
            "names = [\n  # first\n  \"a\",\n  # why b\n  \"c\",\n]\n"
        );
    }

    #[test]
    fn takes_tables_out() {
        let text = "about = \"x\"\n\n[[allow]]\ncode = \"W1\"\nreason = \"x\"\n\n# of the example\n[[example]]\ntext = \"y\"\n";
        let at = text.find("code").unwrap();
        let edits = without_table(text, Span::new(at, at + 1)).unwrap();
        assert_eq!(
            apply(text, &[&edits]),
            "about = \"x\"\n\n# of the example\n[[example]]\ntext = \"y\"\n"
        );
        let commented = "[[allow]]\n# a comment\ncode = \"W1\"\n";
        assert_eq!(without_table(commented, Span::new(0, 3)), None);
    }
}
