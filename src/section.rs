//! Parts of a document under their headings, and what each is for.
//!
//! In: a [`Text`]. Out: [`Section`]s in order; every paragraph that can hold findings belongs to one. Decides which
//! paragraphs are headings, their role and the grade that they carry, and which parts give no rows at all
//! (letterhead, contents, judgement tables, definitions of grades, sign-off).

use serde::{Deserialize, Serialize};

use crate::codebook::{Grade, SectionRole};
use crate::rules::{HeadingKind, LineKind, Rules};
use crate::span::Span;
use crate::text::{Paragraph, ParagraphKind, Text};

/// A heading and the paragraphs below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The heading, bytes of [`Text::read`], without its grade; `None` before the first heading.
    pub heading: Option<Span>,
    /// What part of the document it opens.
    pub role: SectionRole,
    /// The grade that the heading carries.
    pub grade: Option<Grade>,
    /// Whether its sentences give rows.
    pub rows: bool,
    /// Its paragraphs, by their place in [`Text::paragraphs`]; the heading itself is not among them.
    pub paragraphs: Vec<usize>,
}

impl Section {
    fn new(heading: Option<Span>, role: SectionRole, grade: Option<Grade>, rows: bool) -> Self {
        Self {
            heading,
            role,
            grade,
            rows,
            paragraphs: Vec::new(),
        }
    }
}

/// Longest heading, in bytes and words.
const LONGEST_HEADING: (usize, usize) = (200, 28);
/// Longest heading that only its form tells, in words.
const LONGEST_PLAIN_HEADING: usize = 14;

/// Cuts a text into sections.
pub(crate) fn sections(rules: &Rules, text: &Text) -> Vec<Section> {
    let kinds: Vec<Option<LineKind>> = text
        .paragraphs
        .iter()
        .map(|paragraph| {
            let words = text.words(paragraph);
            if words.len() <= LONGEST_HEADING.0 {
                rules.letters.line(words)
            } else {
                None
            }
        })
        .collect();
    let salutation = kinds
        .iter()
        .take(60)
        .rposition(|kind| *kind == Some(LineKind::Salutation));
    let sign_off = kinds.iter().position(|kind| *kind == Some(LineKind::SignOff));
    let body = body_size(text);
    let mut sections = vec![Section::new(None, SectionRole::Other, None, true)];
    let mut parent = SectionRole::Other;
    for (n, paragraph) in text.paragraphs.iter().enumerate() {
        let letterhead = salutation.is_some_and(|at| n <= at)
            || sign_off.is_some_and(|at| n >= at && at > text.paragraphs.len() / 2);
        if letterhead || kinds[n] == Some(LineKind::Aside) {
            continue;
        }
        if let Some(heading) = heading(
            rules,
            text,
            paragraph,
            text.paragraphs.get(n + 1),
            body,
            &sections,
        ) {
            let (role, rows) = match heading.kind {
                Some(HeadingKind::Role(role)) => {
                    parent = role;
                    (role, true)
                }
                Some(HeadingKind::NoRows) => (SectionRole::Other, false),
                // A heading of no known role stands below the last one that has one: a list of strengths does not
                // end the findings, but it ends itself.
                None => match parent {
                    SectionRole::Strengths | SectionRole::MustImprove => (SectionRole::Findings, true),
                    role => (role, true),
                },
            };
            // "Requires improvement" alone on its line below a heading is that heading's grade.
            if heading.span.is_empty()
                && let Some(last) = sections
                    .last_mut()
                    .filter(|last| last.paragraphs.is_empty() && last.grade.is_none())
            {
                last.grade = heading.grade;
                continue;
            }
            let name = if heading.span.is_empty() {
                paragraph.span
            } else {
                heading.span
            };
            sections.push(Section::new(Some(name), role, heading.grade, rows));
            continue;
        }
        let prose = match paragraph.kind {
            ParagraphKind::Cell => is_prose(text.words(paragraph)),
            ParagraphKind::Note | ParagraphKind::Contents => false,
            _ => true,
        };
        if prose && let Some(last) = sections.last_mut() {
            last.paragraphs.push(n);
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.paragraphs.is_empty());
    sections
}

/// Tables hold grades and numbers; a cell that holds whole sentences is layout, not a table.
fn is_prose(words: &str) -> bool {
    words.split(' ').count() >= 12 && words.ends_with(['.', '!', '?'])
}

struct Heading {
    /// The heading without its grade; empty where it is nothing but a grade.
    span: Span,
    grade: Option<Grade>,
    kind: Option<HeadingKind>,
}

fn heading(
    rules: &Rules,
    text: &Text,
    paragraph: &Paragraph,
    next: Option<&Paragraph>,
    body: f32,
    sections: &[Section],
) -> Option<Heading> {
    let words = text.words(paragraph);
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
    let normal = text
        .normal
        .span_from_text(span)
        .of(&text.normal.text)
        .trim_end_matches([':', '?', ' ']);
    let known = if count <= LONGEST_HEADING.1 {
        rules.letters.heading(normal)
    } else {
        None
    };
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
    let in_list = sections.last().is_some_and(|last| {
        matches!(last.role, SectionRole::MustImprove | SectionRole::Strengths) && count > 4
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

/// The size in which most letters are set; 0 where the format has no sizes.
fn body_size(text: &Text) -> f32 {
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
