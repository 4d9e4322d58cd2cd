//! The form of a rule file: spaces, line breaks and commas put in order, and nothing else.
//!
//! In: the text of a [`RuleFile`]. Out: the same in form. Nothing is sorted and no comment is lost; what was put in form
//! stays as it is when it is put in form again. It works on the tokens of the file, so that whatever it does not know stays as
//! it is written, and in the end it reads both texts and compares them.

mod printer;

use toml::de::{DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::file::RuleFile;
use super::walk::Walk;
use crate::error::{Error, Mistake};
use crate::span::Span;

use printer::{Line, Printer};

/// Columns beyond which a list that stands on one line is broken up.
const WIDTH: usize = 120;

/// A rule file in form.
///
/// - One space round `=`, none inside `[` and `]`, no blank space at the ends of lines, one line break at the end of the
///   file, a blank line before `[[example]]` and other headers, never two blank lines.
/// - A list on one line stays so while the line has no more than 120 columns; else it gets an entry a line.
/// - A list on several lines gets two spaces before each line and a comma behind each entry. In `themes/` and `words/`
///   every entry gets a line of its own, elsewhere entries stay on the lines on which they stand.
///
/// # Errors
/// [`Error::Rules`] where the file is not TOML.
pub fn in_form(file: &RuleFile) -> Result<String, Error> {
    let mut mistakes = Vec::new();
    let mut walk = Walk {
        file,
        mistakes: &mut mistakes,
    };
    walk.parse();
    if !mistakes.is_empty() {
        return Err(Error::Rules { mistakes });
    }
    let mut printer = Printer {
        text: &file.text,
        tokens: Source::new(&file.text).lex().into_vec(),
        at: 0,
        one_a_line: file.name.starts_with("themes/") || file.name.starts_with("words/"),
    };
    let lines = printer.lines();
    let formed = print(&lines);
    let (before, _) = DeTable::parse_recoverable(&file.text);
    let (after, errors) = DeTable::parse_recoverable(&formed);
    let same = errors.is_empty()
        && same_table(before.get_ref(), after.get_ref())
        && comments(&file.text).eq(comments(&formed));
    if same {
        return Ok(formed);
    }
    // No file is known that comes here; if there is one, it has to stay as it is.
    let message = "the file cannot be put in form without changing what it says: it stays as it is";
    Err(Error::Rules {
        mistakes: vec![Mistake::new(file, Span::default(), message)],
    })
}

/// The lines with the blank lines that they need and no others.
fn print(lines: &[Line]) -> String {
    let mut text = String::new();
    // A comment that stands right above a header belongs to it: the blank line goes before the comment.
    let opens = |from: usize| {
        let next = lines[from..]
            .iter()
            .find(|line| !matches!(line, Line::Comment(_)));
        matches!(next, Some(Line::Header(_)))
    };
    let mut blank = false;
    let mut in_comments = false;
    for (at, line) in lines.iter().enumerate() {
        let (shown, comment) = match line {
            Line::Blank => {
                blank = true;
                continue;
            }
            Line::Comment(shown) => (shown, true),
            Line::Header(shown) | Line::Pair(shown) => (shown, false),
        };
        if !text.is_empty() && (blank || (opens(at) && !in_comments)) {
            text.push('\n');
        }
        text.push_str(shown);
        text.push('\n');
        blank = false;
        in_comments = comment;
    }
    text
}

/// The comments of a file in their order.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let tokens = Source::new(text).lex().into_vec();
    tokens
        .into_iter()
        .filter(|token| token.kind() == TokenKind::Comment)
        .filter_map(|token| text.get(token.span().start()..token.span().end()))
        .map(str::trim_end)
}

fn same_table(one: &DeTable<'_>, other: &DeTable<'_>) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other.iter())
            .all(|((key, value), (other_key, other))| {
                key.get_ref() == other_key.get_ref() && same(value.get_ref(), other.get_ref())
            })
}

fn same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::Table(one), DeValue::Table(other)) => same_table(one, other),
        (DeValue::Array(one), DeValue::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other.iter())
                    .all(|(one, other)| same(one.get_ref(), other.get_ref()))
        }
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.radix(), one.as_str()) == (other.radix(), other.as_str())
        }
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
