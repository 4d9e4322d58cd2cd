//! Quotation marks and brackets of a line, as far as they can be followed where something is missing.
//!
//! In: lines. Out: what is missing, and where. Not decided here: whether the parser was content.

use super::Fault;
use crate::span::Span;

/// What is wrong with the quotation marks of a line, and where, in bytes of the line.
pub(super) fn quotation(line: &str) -> Option<(Span, String)> {
    let mut rest = 0;
    // What stands last before the place, white space left out.
    let mut last = '=';
    while let Some(c) = line[rest..].chars().next() {
        match c {
            '#' => return None,
            '"' | '\'' if line[rest..].starts_with("\"\"\"") || line[rest..].starts_with("'''") => {
                return None;
            }
            '"' | '\'' => {
                if last.is_alphanumeric() || matches!(last, '*' | ')') {
                    return Some(no_opening(line, rest));
                }
                let Some(end) = closing(line, rest, c) else {
                    return Some(no_closing(line, rest, line.trim_end().len()));
                };
                let content = &line[rest + 1..end];
                let behind = line[end + 1..].chars().next().unwrap_or(' ');
                if c == '\'' && behind.is_alphanumeric() && !content.trim_end().ends_with(',') {
                    let message = "an apostrophe ends a text that begins with one: put the text between double quotation marks, as in \"the child's plan\"";
                    return Some((Span::new(rest, end + 1), message.to_owned()));
                }
                if behind.is_alphanumeric() && content.trim_end().ends_with(',') {
                    return Some(no_closing(line, rest, end));
                }
                (rest, last) = (end + 1, c);
                continue;
            }
            c if !c.is_whitespace() => last = c,
            _ => {}
        }
        rest += c.len_utf8();
    }
    None
}

/// Where the text that opens at `start` with a mark is closed on its line.
pub(super) fn closing(line: &str, start: usize, mark: char) -> Option<usize> {
    let mut escaped = false;
    line[start + 1..].char_indices().find_map(|(at, c)| {
        let closes = c == mark && !escaped;
        escaped = mark == '"' && c == '\\' && !escaped;
        closes.then_some(start + 1 + at)
    })
}

/// A text without its closing mark; what stands from `start` to `end` is taken for it.
pub(super) fn no_closing(line: &str, start: usize, end: usize) -> (Span, String) {
    let mark = &line[start..=start];
    let written = line[start + 1..end].trim_end();
    let text = written.trim_end_matches([',', ']', ' ']);
    let behind = &written[text.len()..];
    let message = format!(
        "the text that begins here has no closing quotation mark: write {mark}{text}{mark}{}",
        behind.trim_end()
    );
    (Span::new(start, start + 1 + text.len()), message)
}

/// A text without its opening mark, whose closing one stands at `mark`.
pub(super) fn no_opening(line: &str, mark: usize) -> (Span, String) {
    let before = &line[..mark];
    let start = before.rfind(['"', '\'', ',', '[', '=']).map_or(0, |at| at + 1);
    let text = before[start..].trim();
    let start = start + before[start..].find(text).unwrap_or_default();
    let quote = &line[mark..=mark];
    let message =
        format!("the text that ends here has no opening quotation mark: write {quote}{text}{quote}");
    (Span::new(start, mark + 1), message)
}

/// The list that is still open where a key or a heading begins at or before the place of an error, if any.
pub(super) fn open_list(text: &str, error: usize) -> Option<Fault> {
    let mut open: Vec<usize> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > error {
            return None;
        }
        let words = line.trim_start();
        let heading = words.starts_with("[[")
            || (words.starts_with('[')
                && words.trim_end().ends_with(']')
                && !words.contains(['"', '\'', ',']));
        if let Some(bracket) = open.first().filter(|_| heading || is_pair(words)) {
            return Some(Fault {
                at: Span::new(*bracket, bracket + 1),
                message: "the list that begins here has no closing bracket: write `]` behind its last entry"
                    .to_owned(),
            });
        }
        if !heading {
            brackets(line, start, &mut open);
        }
        start += line.len();
    }
    None
}

/// Whether a line begins with `key =`.
pub(super) fn is_pair(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    })
}

/// Follows the square brackets of a line that stand outside texts and remarks.
pub(super) fn brackets(line: &str, start: usize, open: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        match c {
            '#' => return,
            '"' | '\'' => match closing(line, at, c) {
                Some(end) => at = end,
                // A mark is lost on this line: where its brackets stand cannot be known.
                None => {
                    open.clear();
                    return;
                }
            },
            '[' => open.push(start + at),
            ']' => {
                open.pop();
            }
            _ => {}
        }
        at += line[at..].chars().next().map_or(1, char::len_utf8);
    }
}
