//! The form of a rule file: spaces, line breaks and commas put in order, and nothing else.
//!
//! In: the text of a [`RuleFile`]. Out: the same in form. Nothing is sorted and no comment is lost; what was put in form
//! stays as it is when it is put in form again. It works on the tokens of the file, so that whatever it does not know stays as
//! it is written, and in the end it reads both texts and compares them.

use toml::de::{DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::file::RuleFile;
use super::walk::Walk;
use crate::error::{Error, Mistake};
use crate::span::Span;

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

/// A line of the file, or several that belong to one list.
enum Line {
    Blank,
    Comment(String),
    Header(String),
    Pair(String),
}

/// What stands in a list, or in a table in braces.
enum Entry {
    Blank,
    Comment(String),
    Value {
        text: String,
        /// Spaces and comment behind it on its line.
        comment: Option<String>,
        /// A line begins with it.
        begins: bool,
    },
}

struct Printer<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    one_a_line: bool,
}

impl Printer<'_> {
    fn kind(&self) -> TokenKind {
        self.tokens.get(self.at).map_or(TokenKind::Eof, Token::kind)
    }

    fn raw(&self) -> &str {
        let span = self.tokens.get(self.at).map(Token::span);
        span.and_then(|span| self.text.get(span.start()..span.end()))
            .unwrap_or_default()
    }

    /// The comment in hand, without blank space at its end.
    fn comment(&mut self) -> String {
        let comment = self.raw().trim_end().to_owned();
        self.at += 1;
        comment
    }

    /// Blank space in hand, in columns; goes past it.
    fn space(&mut self) -> usize {
        if self.kind() != TokenKind::Whitespace {
            return 0;
        }
        let space = self.raw().chars().count();
        self.at += 1;
        space
    }

    fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        loop {
            self.space();
            match self.kind() {
                TokenKind::Eof => return lines,
                TokenKind::Newline => lines.push(Line::Blank),
                TokenKind::Comment => lines.push(Line::Comment(self.comment())),
                TokenKind::LeftSquareBracket => {
                    let mut header =
                        self.upto(|kind| matches!(kind, TokenKind::Newline | TokenKind::Comment));
                    header.push_str(&self.line_end());
                    lines.push(Line::Header(header));
                }
                _ => {
                    let key = self.upto(|kind| kind == TokenKind::Equals);
                    self.at += 1;
                    let room = WIDTH.saturating_sub(key.chars().count() + " = ".len());
                    let mut pair = format!("{key} = {}", self.value(0, room));
                    pair.push_str(&self.line_end());
                    lines.push(Line::Pair(pair));
                }
            }
            if self.kind() == TokenKind::Newline {
                self.at += 1;
            }
        }
    }

    /// Tokens up to one of a kind, without blank space between them.
    fn upto(&mut self, ends: impl Fn(TokenKind) -> bool) -> String {
        let mut text = String::new();
        while self.kind() != TokenKind::Eof && !ends(self.kind()) {
            if self.kind() != TokenKind::Whitespace {
                text.push_str(self.raw());
            }
            self.at += 1;
        }
        text
    }

    /// A comment behind something on its line, with the spaces that the author put before it.
    fn line_end(&mut self) -> String {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        if before.is_some_and(|token| token.kind() == TokenKind::Whitespace) {
            self.at -= 1;
        }
        let space = self.space();
        if self.kind() != TokenKind::Comment {
            return String::new();
        }
        format!("{}{}", " ".repeat(space.max(1)), self.comment())
    }

    fn value(&mut self, indent: usize, room: usize) -> String {
        self.space();
        match self.kind() {
            TokenKind::LeftSquareBracket => {
                self.list(indent, room, ["[", "]"], TokenKind::RightSquareBracket)
            }
            TokenKind::LeftCurlyBracket => {
                self.list(indent, room, ["{ ", " }"], TokenKind::RightCurlyBracket)
            }
            _ => self.scalar(),
        }
    }

    /// A text, a number, a date: as written.
    fn scalar(&mut self) -> String {
        let mut text = String::new();
        loop {
            match self.kind() {
                TokenKind::Comma
                | TokenKind::RightSquareBracket
                | TokenKind::RightCurlyBracket
                | TokenKind::Newline
                | TokenKind::Comment
                | TokenKind::Eof => break,
                // A date and its time may stand apart.
                TokenKind::Whitespace if !matches!(self.next_kind(), TokenKind::Atom) => break,
                _ => text.push_str(self.raw()),
            }
            self.at += 1;
        }
        text
    }

    fn next_kind(&self) -> TokenKind {
        self.tokens.get(self.at + 1).map_or(TokenKind::Eof, Token::kind)
    }

    /// A list or a table in braces.
    fn list(&mut self, indent: usize, room: usize, around: [&str; 2], close: TokenKind) -> String {
        let from = self.at;
        self.at += 1;
        let entries = self.entries(indent + 2, close);
        let broken = self.tokens[from..self.at]
            .iter()
            .any(|token| matches!(token.kind(), TokenKind::Newline | TokenKind::Comment));
        let values: Vec<&str> = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Value { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if entries.is_empty() {
            return around.map(str::trim).concat();
        }
        let line = format!("{}{}{}", around[0], values.join(", "), around[1]);
        if !broken && (values.len() == 1 || line.chars().count() <= room) {
            return line;
        }
        let one_a_line = !broken || (self.one_a_line && close == TokenKind::RightSquareBracket);
        let mut text = around[0].trim_end().to_owned();
        let margin = format!("\n{}", " ".repeat(indent + 2));
        // Whether the next value has to begin a line.
        let mut breaks = true;
        for entry in &entries {
            match entry {
                Entry::Blank => text.push('\n'),
                Entry::Comment(comment) => text += &format!("{margin}{comment}"),
                Entry::Value {
                    text: value,
                    comment,
                    begins,
                } => {
                    text += if breaks || one_a_line || *begins {
                        &margin
                    } else {
                        " "
                    };
                    text += value;
                    text.push(',');
                    text += comment.as_deref().unwrap_or_default();
                    breaks = comment.is_some();
                    continue;
                }
            }
            breaks = true;
        }
        text + "\n" + &" ".repeat(indent) + around[1].trim_start()
    }

    fn entries(&mut self, indent: usize, close: TokenKind) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut newlines = 0;
        loop {
            let space = self.space();
            match self.kind() {
                TokenKind::Eof => break,
                kind if kind == close => {
                    self.at += 1;
                    break;
                }
                TokenKind::Comma => self.at += 1,
                TokenKind::Newline => {
                    newlines += 1;
                    self.at += 1;
                    if newlines == 2 && !entries.is_empty() {
                        entries.push(Entry::Blank);
                    }
                }
                TokenKind::Comment => {
                    let text = self.comment();
                    match entries.last_mut() {
                        Some(Entry::Value { comment, .. }) if newlines == 0 && comment.is_none() => {
                            *comment = Some(format!("{}{text}", " ".repeat(space.max(1))));
                        }
                        _ => entries.push(Entry::Comment(text)),
                    }
                    newlines = 0;
                }
                _ => {
                    let begins = newlines > 0;
                    newlines = 0;
                    let mut text = String::new();
                    if close == TokenKind::RightCurlyBracket {
                        text = self.upto(|kind| kind == TokenKind::Equals) + " = ";
                        self.at += 1;
                    }
                    text += &self.value(indent, usize::MAX);
                    entries.push(Entry::Value {
                        text,
                        comment: None,
                        begins,
                    });
                }
            }
        }
        while matches!(entries.last(), Some(Entry::Blank)) {
            entries.pop();
        }
        entries
    }
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
mod tests {
    use super::*;

    fn formed(name: &str, text: &str) -> String {
        let once = in_form(&RuleFile::new(name, text)).unwrap();
        assert_eq!(in_form(&RuleFile::new(name, &once)).unwrap(), once, "not stable");
        once
    }

    #[test]
    fn spaces_commas_and_breaks_are_put_in_order() {
        let text = "\n\n# About plans.\nname='Plans'   # so called\n  about  =  \"All plans.\"\n\n\n\nnames = [ \"plan*\" ,\"care plans\"]\nhints=[\n\"a\", \"b\"  # two\n, # odd\n\n\n\n# three\n   'c'\n]\n# first\n[[ example ]]\ntext = \"x\"\n[[example]]   # more\ntext = \"y\"\n";
        assert_eq!(
            formed("themes/plans.toml", text),
            "# About plans.\nname = 'Plans'   # so called\nabout = \"All plans.\"\n\nnames = [\"plan*\", \"care plans\"]\nhints = [\n  \"a\",\n  \"b\",  # two\n  # odd\n\n  # three\n  'c',\n]\n\n# first\n[[example]]\ntext = \"x\"\n\n[[example]]   # more\ntext = \"y\"\n"
        );
    }

    #[test]
    fn lists_of_letters_and_english_keep_their_lines() {
        let text = "verbs = [\"is\",\"are\",\n\n  \"has\", \"have\"]\n";
        assert_eq!(
            formed("english.toml", text),
            "verbs = [\n  \"is\", \"are\",\n\n  \"has\", \"have\",\n]\n"
        );
        assert_eq!(
            formed("words/verbs.toml", text),
            "verbs = [\n  \"is\",\n  \"are\",\n\n  \"has\",\n  \"have\",\n]\n"
        );
    }

    #[test]
    fn a_list_that_is_too_long_for_a_line_is_broken_up() {
        let long = format!("\"{}\"", "a".repeat(56));
        let text = format!("names = [{long}, {long}]\n");
        assert_eq!(
            formed("letters/x.toml", &text),
            format!("names = [\n  {long},\n  {long},\n]\n")
        );
        // One long entry cannot be mended by breaking.
        let one = format!("names = [\"{}\"]\n", "a".repeat(200));
        assert_eq!(formed("letters/x.toml", &one), one);
    }

    #[test]
    fn everything_that_toml_knows_stays() {
        let text = "a . \"b c\" = 1979-05-27 07:32:00Z\nd = \"\"\"two\n   lines  \n\"\"\"\ne = {x=1,y = [ 1,2 ]}\nf = [[1,\n2],{ z = 1.5 }]\ng = [ ]\nh = [ # in\n]\r\ni = -inf\r\n";
        assert_eq!(
            formed("letters/x.toml", text),
            "a.\"b c\" = 1979-05-27 07:32:00Z\nd = \"\"\"two\n   lines  \n\"\"\"\ne = { x = 1, y = [1, 2] }\nf = [\n  [\n    1,\n    2,\n  ], { z = 1.5 },\n]\ng = []\nh = [\n  # in\n]\ni = -inf\n"
        );
    }

    #[test]
    fn what_is_not_toml_is_told_and_not_touched() {
        let error = in_form(&RuleFile::new("themes/x.toml", "names = [\"a\"\nb = 1\n")).unwrap_err();
        assert!(error.to_string().contains("themes/x.toml:"), "{error}");
    }

    #[test]
    fn the_built_in_files_keep_their_meaning_and_comments() {
        for (name, text) in super::super::BUILT_IN {
            formed(name, text);
        }
    }
}
