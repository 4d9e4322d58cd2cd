//! Parts of a document under their headings, and what each is for.
//!
//! In: a [`Text`]. Out: [`Section`]s in order; every paragraph that can hold findings belongs to one. Decides which
//! paragraphs are headings, their role and the grade that they carry, and which parts give no rows at all
//! (letterhead, contents, judgement tables, definitions of grades, sign-off).

mod heading;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::codebook::{Grade, SectionRole, Speaker};
use crate::rules::{HeadingKind, LineKind, Rules};
use crate::span::Span;
use crate::text::{Paragraph, ParagraphKind, Text};

use heading::Heading;

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

/// Cuts a text into sections.
pub(crate) fn sections(rules: &Rules, text: &Text) -> Vec<Section> {
    let lines = Lines::of(rules, text);
    let mut outline = Outline {
        rules,
        text,
        body: heading::body_size(text),
        next: None,
        only_items: false,
        sections: vec![Section::new(None, SectionRole::Other, None, true)],
        above: Above::default(),
    };
    let kept: Vec<usize> = (0..text.paragraphs.len())
        .filter(|n| !lines.left_out(*n))
        .collect();
    for (place, &n) in kept.iter().enumerate() {
        outline.next = kept.get(place + 1).copied();
        if let Some(heading) = outline.heading(n) {
            outline.open(n, &heading);
        } else if outline.prose(n)
            && let Some(last) = outline.sections.last_mut()
        {
            let item = text.paragraphs[n].kind == ParagraphKind::Item;
            outline.only_items = item && (outline.only_items || last.paragraphs.is_empty());
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
                let head = words.floor_char_boundary(heading::LONGEST_HEADING.0);
                rules.lines.kind(&words[..head])
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

/// Who speaks in a document where nothing says otherwise: the inspectors, or the council in its own minutes.
pub(crate) fn speaker(rules: &Rules, text: &Text) -> Speaker {
    let council = text.paragraphs.iter().any(|paragraph| {
        let words = text.words(paragraph);
        words.len() <= LONGEST_LINE && rules.lines.is(LineKind::Council, words)
    });
    if council {
        Speaker::Authority
    } else {
        Speaker::Inspector
    }
}

/// Longest line whose form is looked at, in bytes.
const LONGEST_LINE: usize = 120;

/// Sections as they are found.
struct Outline<'a> {
    rules: &'a Rules,
    text: &'a Text,
    /// Size of most letters.
    body: f32,
    /// The next paragraph that is not left out: a byline between a title and its article is.
    next: Option<usize>,
    /// The last section has paragraphs, all of them items.
    only_items: bool,
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
        let (role, rows, grade) = self.place(n, heading);
        let name = if heading.span.is_empty() {
            self.text.paragraphs[n].span
        } else {
            heading.span
        };
        self.sections.push(Section::new(Some(name), role, grade, rows));
    }

    /// Role, rows and grade of the section below a heading, and what it means for the headings after it.
    fn place(&mut self, n: usize, heading: &Heading) -> (SectionRole, bool, Option<Grade>) {
        let list = matches!(self.above.role, SectionRole::Strengths | SectionRole::MustImprove);
        let words = heading.span.of(&self.text.read);
        let paragraph = &self.text.paragraphs[n];
        match heading.kind {
            Some(HeadingKind::Role(role)) => {
                let findings = matches!(role, SectionRole::Findings | SectionRole::Summary);
                if findings && self.sorts(n, heading) {
                    self.above.sorted = true;
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
                self.above.sorted = self.sorts(n, heading);
                let within = words.ends_with(':') || self.above.over(paragraph) || self.above.sorted;
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
        let list = matches!(self.above.role, SectionRole::Strengths | SectionRole::MustImprove);
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
            return heading::of_cell(self.rules, self.text, n);
        }
        heading::of_paragraph(
            self.rules,
            self.text,
            paragraph,
            self.next.map(|next| &self.text.paragraphs[next]),
            self.body,
            self.sections
                .last()
                .map(|last| (last, self.only_items && !last.paragraphs.is_empty())),
        )
    }
}

/// Tables hold grades and numbers; a cell that holds whole sentences is layout, not a table.
fn is_prose(words: &str) -> bool {
    words.split(' ').count() >= 12 && words.ends_with(['.', '!', '?'])
}
