//! Which paragraphs are headings, and the grade that they carry.
//!
//! In: a paragraph or cell of a [`Text`]. Out: a [`Heading`] or none. Not decided here: what it means for the sections.

use crate::codebook::{Grade, SectionRole};
use crate::rules::{HeadingKind, Rules};
use crate::span::Span;
use crate::text::{Paragraph, ParagraphKind, Text};

use super::Section;

/// Longest heading, in bytes and words.
pub(super) const LONGEST_HEADING: (usize, usize) = (200, 28);
/// Longest heading that only its form tells, in words.
const LONGEST_PLAIN_HEADING: usize = 14;

/// A paragraph that is a heading.
pub(super) struct Heading {
    /// The heading without its grade; empty where it is nothing but a grade.
    pub(super) span: Span,
    /// The grade with which it ends.
    pub(super) grade: Option<Grade>,
    /// What the rules say of it.
    pub(super) kind: Option<HeadingKind>,
}

/// The heading that a paragraph outside of tables is, `next` being the one after it, `body` the size of most letters and `last`
/// the section in hand, with whether it has paragraphs and all are items.
pub(super) fn of_paragraph(
    rules: &Rules,
    text: &Text,
    paragraph: &Paragraph,
    next: Option<&Paragraph>,
    body: f32,
    last: Option<(&Section, bool)>,
) -> Option<Heading> {
    // "What needs to improve?¹"
    let words = text.words(paragraph).trim_end_matches(is_note_mark);
    if words.len() > LONGEST_HEADING.0
        || matches!(paragraph.kind, ParagraphKind::Note | ParagraphKind::Contents)
    {
        return None;
    }
    let count = words.split(' ').count();
    let ends = words
        .trim_end_matches(['”', '’', '"', '\''])
        .ends_with(['.', ';', ',', '!']);
    let (name, grade) = grade_off(rules, words);
    let span = Span::new(paragraph.span.start, paragraph.span.start + name.len());
    let known = known(rules, text, span).filter(|_| count <= LONGEST_HEADING.1);
    let marked = paragraph.kind == ParagraphKind::Heading
        || (paragraph.kind == ParagraphKind::Body
            && (paragraph.bold || (body > 0.0 && paragraph.size > body * 1.08)));
    let found = || {
        Some(Heading {
            span,
            grade,
            kind: known,
        })
    };
    if matches!(paragraph.kind, ParagraphKind::Item | ParagraphKind::Cell) {
        // A judgement list or table: its lines look like headings and are none.
        return None;
    }
    if name.is_empty() && grade.is_some() && !ends {
        return found();
    }
    if known.is_some() && (!ends || marked) {
        return found();
    }
    if marked && count <= LONGEST_HEADING.1 && !ends {
        return found();
    }
    // Where the items of a list carry no bullets, a long line is an item; where they do, it ends the list.
    let in_list = last.is_some_and(|(last, only_items)| {
        let list = matches!(last.role, SectionRole::MustImprove | SectionRole::Strengths);
        list && count > 4 && !only_items
    });
    let first = words
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c == '‘' || c == '“');
    let opens =
        next.is_some_and(|next| text.words(next).len() > words.len() || next.kind == ParagraphKind::Item);
    let open_end = words.ends_with([',', '-', '–']) || words.ends_with(':');
    let plain =
        body == 0.0 && count <= LONGEST_PLAIN_HEADING && first && !ends && !open_end && opens && !in_list;
    (plain || (known.is_some() && !ends)).then(found).flatten()
}

fn is_note_mark(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}

/// What the rules say of a heading.
fn known(rules: &Rules, text: &Text, span: Span) -> Option<HeadingKind> {
    let normal = text.normal.span_from_text(span).of(&text.normal.text);
    rules.letters.heading(normal.trim_end_matches([':', '?', ' ']))
}

/// Takes the grade off a heading's end: "Care leavers: good" is "Care leavers" and good.
fn grade_off<'t>(rules: &Rules, words: &'t str) -> (&'t str, Option<Grade>) {
    let bare = words.trim_end_matches(['.', ' ']);
    let Some((grade, length)) = rules.letters.grade(&bare.to_ascii_lowercase()) else {
        return (words, None);
    };
    let before = bare[..bare.len() - length].trim_end();
    if before.is_empty() {
        return ("", Some(grade));
    }
    let joined = before.ends_with([':', '–', '—', '-']);
    let name = before.trim_end_matches([':', '–', '—', '-', ' ']);
    let (start, last) = name.rsplit_once(' ').unwrap_or(("", name));
    if rules.english.verb(&last.to_ascii_lowercase()) && !start.is_empty() {
        (start.trim_end(), Some(grade))
    } else if joined || bare[bare.len() - length..].contains(' ') {
        // "The graded judgement for adoption requires improvement" carries its grade as its verb.
        (name, Some(grade))
    } else {
        (words, None)
    }
}

/// A table with one grade opens a section: "The experiences of children in need of help" beside "Inadequate", with
/// a row of titles above them or without. The table of judgements on the front page has several grades and opens
/// none.
pub(super) fn of_cell(rules: &Rules, text: &Text, n: usize) -> Option<Heading> {
    const LARGEST: usize = 4;
    let cell = |n: &usize| {
        let paragraph = text.paragraphs.get(*n);
        paragraph.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Cell)
    };
    let first = n - (0..n).rev().take(LARGEST).take_while(|n| cell(n)).count();
    let end = n + (n..).take(LARGEST + 1).take_while(cell).count();
    if !matches!(end - first, 2 | LARGEST) || n + 2 < end {
        return None;
    }
    let grade = |n: usize| {
        let words = text.words(&text.paragraphs[n]);
        match grade_off(rules, words) {
            ("", grade) => grade,
            _ => None,
        }
    };
    let last = grade(end - 1)?;
    if (first..end - 1).any(|n| grade(n).is_some()) {
        return None;
    }
    let span = text.paragraphs[n].span;
    if n + 1 == end {
        return Some(Heading {
            span: Span::new(span.start, span.start),
            grade: Some(last),
            kind: None,
        });
    }
    (span.len() <= LONGEST_HEADING.0).then(|| Heading {
        span,
        grade: None,
        kind: known(rules, text, span),
    })
}

/// The size in which most letters are set; 0 where the format has no sizes.
pub(super) fn body_size(text: &Text) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for paragraph in &text.paragraphs {
        match sizes
            .iter_mut()
            .find(|(size, _)| (*size - paragraph.size).abs() < 0.25)
        {
            Some((_, letters)) => *letters += paragraph.span.len(),
            None => sizes.push((paragraph.size, paragraph.span.len())),
        }
    }
    sizes
        .iter()
        .max_by_key(|(_, letters)| *letters)
        .map_or(0.0, |(size, _)| *size)
}
