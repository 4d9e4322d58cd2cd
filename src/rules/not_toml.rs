//! What is wrong with a file that is no TOML, said for people who have never met a parser.
//!
//! In: the text and the parser's errors. Out: one [`Fault`] for each mistake of the author: a parser that goes on after a
//! missing quotation mark finds three things wrong where one is. Not decided here: what of the file could be read.

use crate::span::Span;

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

/// What is wrong with the quotation marks of a line, and where, in bytes of the line.
fn quotation(line: &str) -> Option<(Span, String)> {
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
fn closing(line: &str, start: usize, mark: char) -> Option<usize> {
    let mut escaped = false;
    line[start + 1..].char_indices().find_map(|(at, c)| {
        let closes = c == mark && !escaped;
        escaped = mark == '"' && c == '\\' && !escaped;
        closes.then_some(start + 1 + at)
    })
}

/// A text without its closing mark; what stands from `start` to `end` is taken for it.
fn no_closing(line: &str, start: usize, end: usize) -> (Span, String) {
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
fn no_opening(line: &str, mark: usize) -> (Span, String) {
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
fn open_list(text: &str, error: usize) -> Option<Fault> {
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
fn is_pair(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    })
}

/// Follows the square brackets of a line that stand outside texts and remarks.
fn brackets(line: &str, start: usize, open: &mut Vec<usize>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a text, each with the piece that it is told of.
    fn told(text: &str) -> Vec<(String, String)> {
        let (_, errors) = toml::de::DeTable::parse_recoverable(text);
        let errors: Vec<(Span, String)> = errors
            .iter()
            .map(|error| {
                let at = error.span().unwrap_or(0..0);
                (Span::new(at.start, at.end), error.message().to_owned())
            })
            .collect();
        assert!(!errors.is_empty(), "this is TOML: {text}");
        faults(text, errors.iter().map(|(at, message)| (*at, message.as_str())))
            .into_iter()
            .map(|fault| {
                (
                    text.get(fault.at.start..fault.at.end)
                        .unwrap_or_default()
                        .to_owned(),
                    fault.message,
                )
            })
            .collect()
    }

    #[test]
    fn says_one_thing_of_one_mistake() {
        for (text, piece, words) in [
            (
                "names = [\"care plan*, \"pathway plan*\"]\n",
                "\"care plan*",
                "write \"care plan*\",",
            ),
            (
                "names = [\"care plan*, \n  \"x\",\n]\n",
                "\"care plan*",
                "write \"care plan*\",",
            ),
            ("names = [\"a b\", \"c d]\n", "\"c d", "write \"c d\"]"),
            (
                "about = \"Words\nnames = [\"a b\"]\n",
                "\"Words",
                "write \"Words\"",
            ),
            ("names = [\"a\", b\", \"c\"]\n", "b\"", "write \"b\""),
            ("about = 'the child's plan'\n", "'the child'", "apostrophe"),
            (
                "names = [\"x y\", \"z w\"\n\n[[example]]\ntext = \"a\"\n",
                "[",
                "no closing bracket",
            ),
            (
                "names = [\n  \"x y\",\nabout = \"a\"\n",
                "[",
                "no closing bracket",
            ),
            ("names =\n", "names =", "such as names = [\"care plan*\"]"),
            ("about = # later\n", "about = # later", "such as about = \"...\""),
            (
                "names = [\"x\"]\n\nnames = [\"z\"]\n",
                "names",
                "lines 1 and 3: put both lists into one",
            ),
            ("name = \"x\"\nname = \"z\"\n", "name", "lines 1 and 2: keep one"),
            ("names = [\"a\" \"b\"]\n", "", "a comma is missing"),
            ("names = [\"a\", , \"b\"]\n", "", "two commas"),
            ("names = [care plan]\n", "care plan", "write \"care plan\""),
            (
                "names = [“care plan”]\n",
                "“care plan”",
                "straight ones: write \"care plan\"",
            ),
            ("names [\"x y\"]\n", "", "no `=`"),
            ("names = \"a\", \"b\"\n", "", "square brackets"),
            ("[[example]\ntext = \"a\"\n", "", "`[[example]]`"),
            ("furniture = [\"\\(\"]\n", "", "single quotation marks"),
        ] {
            let told = told(text);
            assert_eq!(told.len(), 1, "{text}: {told:#?}");
            assert!(told[0].1.contains(words), "{text}: {told:#?}");
            if !piece.is_empty() {
                assert_eq!(told[0].0, piece, "{text}: {told:#?}");
            }
        }
    }

    #[test]
    fn tells_of_every_line() {
        let told = told("name = \nabout = \"a\"\nnames = [\"x\" \"y\"]\nlist = [\"u\" \"v\" \"w\"]\n");
        assert_eq!(told.len(), 4, "{told:#?}");
    }

    #[test]
    fn nothing_panics() {
        for text in [
            "\"",
            "'",
            "é\" = \"",
            "[\"é",
            "= ",
            "[[",
            "names = ['''",
            "“\"é",
            "a = \"é\\",
            "[[é]\n\"é\"",
        ] {
            let (_, errors) = toml::de::DeTable::parse_recoverable(text);
            let errors: Vec<_> = errors
                .iter()
                .map(|error| {
                    let at = error.span().unwrap_or(0..0);
                    (Span::new(at.start, at.end), error.message().to_owned())
                })
                .collect();
            let _ = faults(text, errors.iter().map(|(at, message)| (*at, message.as_str())));
        }
    }
}
