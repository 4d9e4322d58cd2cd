//! Sentences and list items.
//!
//! In: [`Text`] and its [`Section`]s. Out: [`Sentence`]s in order. Not decided here: what a sentence says, and whether
//! its section gives rows.

use serde::{Deserialize, Serialize};

use crate::bytes::any_of;
use crate::rules::Rules;
use crate::section::Section;
use crate::span::Span;
use crate::text::{ParagraphKind, Text};

/// A sentence, or an item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Bytes of [`Text::read`].
    pub span: Span,
    /// Its section, by its place in the reading's list.
    pub section: usize,
    /// Its paragraph, by its place in [`Text::paragraphs`].
    pub paragraph: usize,
    /// It is the first of a list item.
    pub item: bool,
}

/// Longest sentence, in bytes: what goes on longer is cut between words. Nobody writes such sentences; tables that
/// have lost their lines and hostile files hold them, and the steps that follow may look at a sentence more than once.
const LONGEST: usize = 8192;

/// How far, in characters, it is looked whether more words follow a full stop.
const LOOK_AHEAD: usize = 256;

/// Cuts the paragraphs of all sections that give rows.
pub(crate) fn sentences(rules: &Rules, text: &Text, sections: &[Section]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (section, content) in sections.iter().enumerate().filter(|(_, section)| section.rows) {
        for &paragraph in &content.paragraphs {
            let item = text.paragraphs[paragraph].kind == ParagraphKind::Item;
            let span = text.paragraphs[paragraph].span;
            for (nth, cut) in cuts(rules, span.of(&text.read)).into_iter().enumerate() {
                let span = Span::new(span.start + cut.start, span.start + cut.end);
                sentences.push(Sentence {
                    span,
                    section,
                    paragraph,
                    item: item && nth == 0,
                });
            }
        }
    }
    sentences
}

/// The sentences of one paragraph, as bytes of it, without space at either end.
fn cuts(rules: &Rules, words: &str) -> Vec<Span> {
    let mut cuts = Vec::new();
    let mut start = 0;
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // What lies before the next mark ends nothing, but for a sentence that has grown too long.
        let most = (start + LONGEST).saturating_sub(at).min(bytes.len() - at);
        let plain = |byte: &&u8| !MARKS[usize::from(**byte)];
        at += bytes[at..at + most].iter().take_while(plain).count();
        while !words.is_char_boundary(at) {
            at += 1;
        }
        if at == bytes.len() {
            break;
        }
        let inline_bullet = words[at..].starts_with('•') || words[at..].starts_with('\u{f0b7}');
        if inline_bullet && at > start {
            keep(words, start, at, &mut cuts);
            start = at;
        }
        if matches!(bytes[at], b'.' | b'!' | b'?')
            && let Some((end, next)) = boundary(rules, words, start, at)
        {
            keep(words, start, end, &mut cuts);
            start = next;
            at = next;
            continue;
        }
        if at - start >= LONGEST {
            let end = words[start..at].rfind(' ').map_or(at, |space| start + space);
            keep(words, start, end, &mut cuts);
            start = end;
        }
        // Marks in a row end one sentence or none.
        let marks = words[at..]
            .bytes()
            .take_while(|b| matches!(b, b'.' | b'!' | b'?'))
            .count();
        at += marks.max(1);
        while !words.is_char_boundary(at) {
            at += 1;
        }
    }
    keep(words, start, words.len(), &mut cuts);
    cuts
}

/// Bytes with which a mark may begin at which a sentence could end; the last two begin bullets.
const MARKS: [bool; 256] = any_of(&[b'.', b'!', b'?', 0xE2, 0xEF]);

fn keep(words: &str, start: usize, end: usize, cuts: &mut Vec<Span>) {
    let stretch = &words[start..end];
    let lead = stretch.len()
        - stretch
            .trim_start_matches(|c: char| c.is_whitespace() || c == '•' || c == '\u{f0b7}')
            .len();
    let length = stretch.trim_end().len();
    if lead < length && stretch[lead..length].contains(char::is_alphanumeric) {
        cuts.push(Span::new(start + lead, start + length));
    }
}

/// Whether a sentence ends at the mark at `at`; its end and where the next begins.
fn boundary(rules: &Rules, words: &str, start: usize, at: usize) -> Option<(usize, usize)> {
    let mark = words.as_bytes()[at];
    let after_marks = at
        + words[at..]
            .bytes()
            .take_while(|b| matches!(b, b'.' | b'!' | b'?'))
            .count();
    let rest = &words[after_marks..];
    // Quotation marks, brackets and raised footnote marks: "in all teams.² Leaders".
    let closing = rest.len() - rest.trim_start_matches(closes).len();
    let mut end = after_marks + closing;
    // A footnote mark glued to the end: "in all teams.2 Leaders".
    let digits = words[end..].bytes().take_while(u8::is_ascii_digit).count();
    let before_mark = words[..at].chars().next_back();
    if (1..=2).contains(&digits)
        && before_mark.is_some_and(char::is_alphabetic)
        && !words[end..].starts_with("0")
    {
        let after = &words[end + digits..];
        if after.is_empty() || after.starts_with(' ') {
            end += digits;
        }
    }
    end += aside(&words[end..]);
    let tail = &words[end..];
    if tail.is_empty() {
        return Some((end, end));
    }
    let spaces = tail.len() - tail.trim_start().len();
    let next = tail.trim_start();
    let opening = next.trim_start_matches(['“', '‘', '"', '\'', '(', '[']);
    let first = opening.chars().next()?;
    if spaces == 0 {
        // A lost space after a full stop: "in all teams.Leaders know"; never inside "gov.uk" or "e.g.they".
        let glued = mark == b'.'
            && closing == 0
            && first.is_uppercase()
            && words[start..at]
                .chars()
                .rev()
                .take(2)
                .filter(|c| c.is_lowercase())
                .count()
                == 2
            && opening.chars().nth(1).is_some_and(char::is_lowercase);
        return glued.then_some((end, end));
    }
    let begins = first.is_uppercase()
        || !next.chars().take(LOOK_AHEAD).any(char::is_alphanumeric)
        || first.is_ascii_digit()
        || first == '•'
        || ('\u{e000}'..='\u{f8ff}').contains(&first);
    if !begins {
        return None;
    }
    if mark == b'.' && after_marks == at + 1 && closing == 0 {
        let word_start = words[start..at]
            .rfind([' ', '(', '“', '‘', '"', '/', '\u{a0}'])
            .map_or(start, |space| {
                let gap = words[start + space..].chars().next().map_or(1, char::len_utf8);
                start + space + gap
            });
        let word = &words[word_start..at];
        // "J. T. Hale", "section E. of": one capital letter and a full stop; "I" only where it opens the sentence, since
        // a quotation may end in it.
        let capital = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let initial = capital && (word != "I" || word_start == start);
        if initial {
            return None;
        }
        let dotted = words[word_start..=at].to_lowercase();
        if rules.english.abbreviation(&dotted) {
            return None;
        }
    }
    Some((end, end + spaces))
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '"' | '\'' | ')' | ']' | '¹' | '²' | '³' | '⁰'..='⁹'
    )
}

/// Length of a mark in brackets that follows a full stop and belongs to the sentence before it:
/// "is not strong enough. (Recommendation)". Brackets that hold a sentence of their own are none.
fn aside(tail: &str) -> usize {
    const LONGEST: usize = 40;
    let trimmed = tail.trim_start();
    let Some(rest) = trimmed.strip_prefix('(') else {
        return 0;
    };
    let mut near = rest.bytes().take(LONGEST + 1);
    let Some((inside, after)) = near
        .position(|byte| byte == b')')
        .map(|at| (&rest[..at], &rest[at + 1..]))
    else {
        return 0;
    };
    let after = after.strip_prefix('.').unwrap_or(after);
    let next = after.trim_start();
    let ends = next.is_empty() || (next.len() < after.len() && next.starts_with(char::is_uppercase));
    if ends && !inside.contains(['.', '!', '?', '(']) {
        tail.len() - after.len()
    } else {
        0
    }
}
