//! Judgements of a table or list.
//!
//! In: a document's words. Out: the grade of each area with the place of its words. Cells may wrap: the words of area and
//! grade each come in their order, whatever of the other stands between. Definitions of grades, and
//! lists under a line that speaks of an earlier inspection, give nothing.

use std::collections::BTreeMap;

use crate::codebook::Judgement;
use crate::rules::{FactRules, Family, words};
use crate::span::Span;
use crate::text::{ParagraphKind, Text};

/// A judgement and where its words stand in [`Text::read`].
pub(super) type Found = BTreeMap<String, (Judgement, Span)>;

/// Looks through a document for the judgements that a family has.
pub(super) fn judgements(rules: &FactRules, family: &Family, text: &Text) -> Found {
    let mut found = Found::new();
    if !family.areas.is_empty() {
        let tokens = tokens(text);
        for at in 0..tokens.len() {
            if tokens[at].opens
                && let Some((area, grade, end)) = row(rules, family, &tokens[at..])
                && !found.contains_key(area)
                && !is_earlier(family, text, tokens[at].paragraph)
            {
                let span = Span::new(tokens[at].span.start, tokens[at + end - 1].span.end);
                found.insert(area.clone(), (grade, span));
            }
        }
    }
    for (area, pattern) in &family.judged {
        if found.contains_key(area) {
            continue;
        }
        let grade = pattern.values(&text.read).find_map(|range| {
            let said: Vec<String> = words(&text.read[range.clone()]).collect();
            let (_, grade) = rules.grades.iter().find(|(words, _)| *words == said)?;
            Some((*grade, Span::new(range.start, range.end)))
        });
        if let Some(grade) = grade {
            found.insert(area.clone(), grade);
        }
    }
    found
}

/// A word in the form in which phrases are compared.
struct Token {
    word: String,
    span: Span,
    paragraph: usize,
    /// It is the first of its line or paragraph, a number before it aside.
    opens: bool,
    /// It is the last of its line or paragraph.
    closes: bool,
}

fn tokens(text: &Text) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (paragraph, block) in text.paragraphs.iter().enumerate() {
        if block.kind == ParagraphKind::Contents {
            continue;
        }
        let first = tokens.len();
        let said = text.words(block);
        let mut start = None;
        for (at, c) in said.char_indices().chain([(said.len(), ' ')]) {
            if c.is_alphanumeric() || matches!(c, '\'' | '’') {
                start.get_or_insert(at);
                continue;
            }
            let Some(from) = start.take() else { continue };
            let Some(word) = words(&said[from..at]).next() else {
                continue;
            };
            let span = Span::new(block.span.start + from, block.span.start + at);
            let opens = tokens[first..].last().is_none_or(|last| {
                let numbered = tokens[first..].iter().all(|token| is_number(&token.word));
                numbered || new_line(text, last.span, span.start)
            });
            if opens && let Some(last) = tokens[first..].last_mut() {
                last.closes = true;
            }
            tokens.push(Token {
                word,
                span,
                paragraph,
                opens,
                closes: false,
            });
        }
        if let Some(last) = tokens[first..].last_mut() {
            last.closes = true;
        }
    }
    tokens
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line ends between a word and a place of the text as read.
fn new_line(text: &Text, word: Span, after: usize) -> bool {
    let between = text.span_to_printed(word).end..text.to_printed(after);
    text.printed
        .get(between)
        .is_some_and(|between| between.contains(['\n', '\t']))
}

/// The area and grade with which a list of words begins, and how many words they are.
fn row<'f>(
    rules: &FactRules,
    family: &'f Family,
    tokens: &[Token],
) -> Option<(&'f String, Judgement, usize)> {
    let first = &tokens.first()?.word;
    for (area, name) in family
        .areas
        .iter()
        .filter(|(area, _)| area.first() == Some(first))
    {
        for (grade, judgement) in &rules.grades {
            let length = area.len() + grade.len();
            let Some(row) = tokens.get(..length) else { continue };
            if row[length - 1].closes && is_merged(row, area, grade) {
                return Some((name, *judgement, length));
            }
        }
    }
    None
}

/// Whether the words of a row are those of area and grade, each in its order.
///
/// Cells that wrap leave "The impact of leaders on Requires improvement / practice to be good".
fn is_merged(row: &[Token], area: &[String], grade: &[String]) -> bool {
    match row.split_first() {
        None => area.is_empty() && grade.is_empty(),
        Some((token, rest)) => {
            let takes = |words: &[String]| words.first() == Some(&token.word);
            (takes(area) && is_merged(rest, &area[1..], grade))
                || (takes(grade) && is_merged(rest, area, &grade[1..]))
        }
    }
}

/// Whether a paragraph stands in a list under a line that speaks of an earlier inspection.
fn is_earlier(family: &Family, text: &Text, paragraph: usize) -> bool {
    /// A table has no more rows than this above any of its own.
    const FURTHEST: usize = 16;
    if family.earlier.is_empty() {
        return false;
    }
    let is_row = |n: usize| {
        let said = text.words(&text.paragraphs[n]);
        !said.ends_with('.') && said.len() < 120 && !said.ends_with(':')
    };
    let above = (0..paragraph).rev().take(FURTHEST).find(|n| !is_row(*n));
    above.is_some_and(|n| {
        let said = text.words(&text.paragraphs[n]);
        said.ends_with(':') && family.earlier.iter().any(|pattern| pattern.is_in(said))
    })
}
