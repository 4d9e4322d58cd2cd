//! Parts of a document under their headings, and what each is for.
//!
//! In: a [`Text`]. Out: [`Section`]s in order; every paragraph that can hold findings belongs to one. Decides which
//! paragraphs are headings, their role and the grade that they carry, and which parts give no rows at all
//! (letterhead, contents, judgement tables, definitions of grades, sign-off).

use std::cmp::Ordering;

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
    let lines = Lines::of(rules, text);
    let mut outline = Outline {
        rules,
        text,
        body: body_size(text),
        next: None,
        sections: vec![Section::new(None, SectionRole::Other, None, true)],
        above: Above::default(),
    };
    for n in 0..text.paragraphs.len() {
        outline.next = (n + 1..text.paragraphs.len()).find(|next| !lines.left_out(*next));
        if lines.left_out(n) {
            continue;
        }
        if let Some(heading) = outline.heading(n) {
            outline.open(n, &heading);
        } else if outline.prose(n)
            && let Some(last) = outline.sections.last_mut()
        {
            last.paragraphs.push(n);
        }
    }
    outline
        .sections
        .retain(|section| section.heading.is_some() || !section.paragraphs.is_empty());
    outline.sections
}

/// What the short lines of a document are, and where its letterhead ends and its sign-off begins.
struct Lines {
    kinds: Vec<Option<LineKind>>,
    salutation: Option<usize>,
    sign_off: Option<usize>,
}

impl Lines {
    /// Salutations stand among the first paragraphs; the minutes of a long meeting may quote one further down.
    const LETTERHEAD: usize = 60;

    fn of(rules: &Rules, text: &Text) -> Self {
        let kinds: Vec<Option<LineKind>> = text
            .paragraphs
            .iter()
            .map(|paragraph| {
                let words = text.words(paragraph);
                let head = words.floor_char_boundary(LONGEST_HEADING.0);
                rules.letters.line(&words[..head])
            })
            .collect();
        Self {
            salutation: kinds
                .iter()
                .take(Self::LETTERHEAD)
                .rposition(|kind| *kind == Some(LineKind::Salutation)),
            sign_off: kinds
                .iter()
                .enumerate()
                .position(|(n, kind)| n * 2 > kinds.len() && *kind == Some(LineKind::SignOff)),
            kinds,
        }
    }

    fn left_out(&self, n: usize) -> bool {
        self.salutation.is_some_and(|at| n <= at)
            || self.sign_off.is_some_and(|at| n >= at)
            || self.kinds[n] == Some(LineKind::Aside)
    }
}

/// The heading that rules over those below it.
#[derive(Clone, Copy)]
struct Above {
    role: SectionRole,
    rows: bool,
    /// Grade of a section whose parts ("Summary", "Inspection findings") have headings without one.
    grade: Option<Grade>,
    /// Its list is cut up by headings of its own.
    sorted: bool,
    size: f32,
    level: Option<u8>,
}

impl Default for Above {
    fn default() -> Self {
        Self {
            role: SectionRole::Other,
            rows: true,
            grade: None,
            sorted: false,
            size: 0.0,
            level: None,
        }
    }
}

impl Above {
    /// Whether a heading stands below this one or beside it: by its letters, else by its level; `None` where neither
    /// tells.
    fn rank(&self, paragraph: &Paragraph) -> Option<Ordering> {
        const SAME: f32 = 0.4;
        if self.size > 0.0 && paragraph.size > 0.0 && (self.size - paragraph.size).abs() > SAME {
            return self.size.partial_cmp(&paragraph.size).map(Ordering::reverse);
        }
        match (self.level, paragraph.level) {
            (Some(above), Some(level)) => Some(above.cmp(&level)),
            _ => None,
        }
    }

    fn over(&self, paragraph: &Paragraph) -> bool {
        self.rank(paragraph) == Some(Ordering::Less)
    }
}

/// Sections as they are found.
struct Outline<'a> {
    rules: &'a Rules,
    text: &'a Text,
    /// Size of most letters.
    body: f32,
    /// The next paragraph that is not left out: a byline between a title and its article is.
    next: Option<usize>,
    sections: Vec<Section>,
    above: Above,
}

impl Outline<'_> {
    /// Opens the section of a heading.
    fn open(&mut self, n: usize, heading: &Heading) {
        // "Requires improvement" alone on its line below a heading is that heading's grade.
        if heading.span.is_empty()
            && let Some(last) = self
                .sections
                .last_mut()
                .filter(|last| last.heading.is_some() && last.paragraphs.is_empty() && last.grade.is_none())
        {
            last.grade = heading.grade;
            self.above.grade = heading.grade;
            return;
        }
        let sorted = self.sorts(n, heading);
        let (role, rows, grade) = self.place(n, heading);
        self.above.sorted = sorted && role == self.above.role;
        let name = if heading.span.is_empty() {
            self.text.paragraphs[n].span
        } else {
            heading.span
        };
        self.sections.push(Section::new(Some(name), role, grade, rows));
    }

    /// Role, rows and grade of the section below a heading, and what it means for the headings after it.
    fn place(&mut self, n: usize, heading: &Heading) -> (SectionRole, bool, Option<Grade>) {
        let list = matches!(
            self.above.role,
            SectionRole::Strengths | SectionRole::MustImprove
        );
        let words = heading.span.of(&self.text.read);
        let paragraph = &self.text.paragraphs[n];
        match heading.kind {
            Some(HeadingKind::Role(role)) => {
                let findings = matches!(role, SectionRole::Findings | SectionRole::Summary);
                if findings && self.sorts(n, heading) {
                    return (self.above.role, true, None);
                }
                // "Summary" and "Inspection findings" are parts of the graded section above them.
                let part = findings && heading.grade.is_none() && words.split(' ').count() <= 2;
                if part && self.above.grade.is_some() {
                    return (self.above.role, true, self.above.grade);
                }
                self.above = Above {
                    role,
                    rows: true,
                    grade: heading.grade.filter(|_| findings),
                    sorted: false,
                    size: paragraph.size,
                    level: paragraph.level,
                };
                (role, true, heading.grade)
            }
            Some(HeadingKind::NoRows) => {
                self.above = Above {
                    rows: false,
                    grade: None,
                    size: paragraph.size,
                    level: paragraph.level,
                    ..self.above
                };
                (SectionRole::Other, false, heading.grade)
            }
            None => {
                // "Within three months:" goes on with the list.
                let within = words.ends_with(':') || self.above.over(paragraph) || self.sorts(n, heading);
                let grade = heading.grade.or(self.above.grade.filter(|_| within));
                if !self.above.rows {
                    let beside = self.above.rank(paragraph) == Some(Ordering::Equal);
                    if within || beside {
                        return (SectionRole::Other, false, grade);
                    }
                    self.above = Above::default();
                }
                // A heading of no known role stands below the last one that has one: a list of strengths does not
                // end the findings, but it ends itself.
                let role = if list && !within {
                    SectionRole::Findings
                } else {
                    self.above.role
                };
                (role, true, grade)
            }
        }
    }

    /// Whether a heading sorts the list of strengths or of things to improve above it: "Care leavers" in small letters, or
    /// straight below "Areas for improvement", with items of that list after it. A case study tells a story instead.
    fn sorts(&self, n: usize, heading: &Heading) -> bool {
        let list = matches!(
            self.above.role,
            SectionRole::Strengths | SectionRole::MustImprove
        );
        let next = self.next.map(|next| &self.text.paragraphs[next]);
        let item = next.is_some_and(|next| next.kind == ParagraphKind::Item || next.number.is_some());
        list && item
            && heading.grade.is_none()
            && (self.above.over(&self.text.paragraphs[n]) || self.above.sorted || self.bare())
    }

    /// Whether the last heading has nothing below it yet.
    fn bare(&self) -> bool {
        self.sections
            .last()
            .is_some_and(|last| last.paragraphs.is_empty())
    }

    /// Whether a paragraph that is no heading can hold sentences.
    fn prose(&self, n: usize) -> bool {
        let paragraph = &self.text.paragraphs[n];
        match paragraph.kind {
            ParagraphKind::Cell => is_prose(self.text.words(paragraph)),
            ParagraphKind::Note | ParagraphKind::Contents => false,
            _ => true,
        }
    }

    /// The heading that a paragraph is.
    fn heading(&self, n: usize) -> Option<Heading> {
        let paragraph = &self.text.paragraphs[n];
        if paragraph.kind == ParagraphKind::Cell {
            return self.cell_heading(n);
        }
        heading(
            self.rules,
            self.text,
            paragraph,
            self.next.map(|next| &self.text.paragraphs[next]),
            self.body,
            &self.sections,
        )
    }

    /// A table with one grade opens a section: "The experiences of children in need of help" beside "Inadequate", with
    /// a row of titles above them or without. The table of judgements on the front page has several grades and opens
    /// none.
    fn cell_heading(&self, n: usize) -> Option<Heading> {
        const LARGEST: usize = 4;
        let cell = |n: &usize| {
            let paragraph = self.text.paragraphs.get(*n);
            paragraph.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Cell)
        };
        let first = n - (0..n).rev().take(LARGEST).take_while(|n| cell(n)).count();
        let end = n + (n..).take(LARGEST + 1).take_while(cell).count();
        if !matches!(end - first, 2 | LARGEST) || n + 2 < end {
            return None;
        }
        let grade = |n: usize| {
            let words = self.text.words(&self.text.paragraphs[n]);
            match grade_off(self.rules, words) {
                ("", grade) => grade,
                _ => None,
            }
        };
        let last = grade(end - 1)?;
        if (first..end - 1).any(|n| grade(n).is_some()) {
            return None;
        }
        let span = self.text.paragraphs[n].span;
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
            kind: known(self.rules, self.text, span),
        })
    }
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
    } else if joined || length > "outstanding".len() {
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
