//! A rule file as tokens, taken up line by line and list by list.
//!
//! In: tokens. Out: [`Line`]s in form. Not decided here: blank lines between them.

use toml_parser::lexer::{Token, TokenKind};

use super::WIDTH;

/// A line of the file, or several that belong to one list.
pub(super) enum Line {
    Blank,
    Comment(String),
    Header(String),
    Pair(String),
}

/// What stands in a list, or in a table in braces.
pub(super) enum Entry {
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

pub(super) struct Printer<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) one_a_line: bool,
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

    pub(super) fn lines(&mut self) -> Vec<Line> {
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
