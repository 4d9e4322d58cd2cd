//! Lines of a text, and what a line's end means in it.
//!
//! In: the text. Out: its lines; whether two neighbouring lines are one paragraph. Does not decide what a line is.

use std::collections::HashMap;

use crate::bytes::any_of;

/// A line without the white space at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Byte in the text at which it starts.
    pub(super) start: usize,
    /// Its words; empty for an empty line.
    pub(super) text: &'t str,
    /// Columns up to its last character, indentation counted.
    pub(super) width: usize,
    /// Page from 1.
    pub(super) page: u32,
    /// A form feed stands before it.
    pub(super) new_page: bool,
    /// Its page's first or last lines, where running headers, footers and page numbers stand, and it is like a line at
    /// the edge of another page.
    pub(super) furniture: bool,
    /// It is a row of a table: "Leaders" + tab + "Good", or the same set apart by spaces.
    pub(super) row: bool,
}

impl<'t> Line<'t> {
    /// Byte in the text after its last character.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// A part of it, without the white space at its ends. `text` is a slice of the line.
    pub(super) fn part(&self, text: &'t str) -> Self {
        let text = text.trim();
        let start = self.start + (text.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Self { start, text, ..*self }
    }
}

/// How many lines at either edge of a page may be furniture.
const EDGE: usize = 2;

/// The lines of `text`, empty ones too.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut page, mut new_page, mut at) = (1_u32, false, 0);
    while at < text.len() {
        let raw = &text[at..line_end(text, at)];
        let words = raw.trim_start();
        let indent = raw.len() - words.len();
        let words = words.trim_end();
        // A carriage return before a line feed ends no line of its own.
        if !(raw == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r') {
            let columns = raw[..indent].chars().count() + words.chars().count();
            let start = if words.is_empty() { at } else { at + indent };
            lines.push(Line {
                start,
                text: words,
                width: columns,
                page,
                new_page,
                furniture: false,
                row: is_row(words),
            });
            new_page = false;
        }
        if raw.ends_with('\x0c') {
            page = page.saturating_add(1);
            new_page = true;
        }
        at += raw.len();
    }
    mark_furniture(&mut lines);
    lines
}

/// Where the line that begins at a byte ends, its break counted. Besides line feed and carriage return these are form feed,
/// vertical tab, U+0085, U+2028 and U+2029.
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += bytes[at..]
            .iter()
            .take_while(|byte| !ENDS[usize::from(**byte)])
            .count();
        match bytes[at..] {
            [] => return at,
            [0xC2, 0x85, ..] => return at + 2,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return at + 3,
            [0xC2 | 0xE2, ..] => at += 1,
            _ => return at + 1,
        }
    }
}

/// Bytes with which the end of a line may begin.
const ENDS: [bool; 256] = any_of(&[b'\n', b'\r', 0x0c, 0x0b, 0xC2, 0xE2]);

/// The character of a line that is drawn rather than written, as `-----`.
pub(super) fn rule(line: &str) -> Option<char> {
    let first = line.chars().next()?;
    let drawn = "-=_*~".contains(first) && line.chars().count() >= 3 && line.chars().all(|c| c == first);
    drawn.then_some(first)
}

/// Whether a line must be a block of its own: furniture at the edge of a page, or a bare number in the middle of
/// running lines, as a page number is after copying out of a PDF viewer.
pub(super) fn stands_alone(lines: &[Line<'_>], at: usize) -> bool {
    let line = &lines[at];
    let followed = lines
        .get(at + 1)
        .is_some_and(|next| !next.new_page && !next.text.is_empty());
    line.furniture || (is_number(line.text) && followed)
}

/// Spaces from which on a gap parts columns; justified text has two or three.
const GAP: &str = "    ";

/// Cells of one row have at most this many bytes; a sentence after a tab may well have more.
const CELL: usize = 120;

fn is_row(line: &str) -> bool {
    // In most lines no gap is as wide as half of one that parts.
    let parted = line.contains('\t') || (line.contains("  ") && line.contains(GAP));
    parted
        && cells(line).nth(1).is_some()
        && cells(line).all(|cell| cell.len() <= CELL && !cell.ends_with(['.', ';', ',', ':']))
}

/// The cells of a row.
pub(super) fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t')
        .flat_map(|cell| cell.split(GAP))
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

fn is_number(line: &str) -> bool {
    (1..=3).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn mark_furniture(lines: &mut [Line<'_>]) {
    let mut edges = Vec::new();
    let mut page = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.new_page {
            take_edges(&mut page, &mut edges);
        }
        if !line.text.is_empty() {
            page.push(at);
        }
    }
    take_edges(&mut page, &mut edges);
    if lines.last().is_none_or(|line| line.page == 1 && !line.new_page) {
        return;
    }
    // "Page 3 of 12" is like "Page 4 of 12"; "3." and "4." are alike too, but number paragraphs.
    let shape = |line: &str| -> String {
        line.chars()
            .map(|c| if c.is_ascii_digit() { '#' } else { c })
            .collect()
    };
    let mut pages_with: HashMap<String, Vec<u32>> = HashMap::new();
    for &at in &edges {
        let pages = pages_with.entry(shape(lines[at].text)).or_default();
        if pages.last() != Some(&lines[at].page) {
            pages.push(lines[at].page);
        }
    }
    for at in edges {
        let line = lines[at].text;
        let repeated = pages_with.get(&shape(line)).is_some_and(|pages| pages.len() > 1);
        lines[at].furniture = is_number(line) || (repeated && super::Marker::of(line).is_none());
    }
}

fn take_edges(page: &mut Vec<usize>, edges: &mut Vec<usize>) {
    let inner = EDGE..page.len().saturating_sub(EDGE);
    edges.extend(
        page.drain(..)
            .enumerate()
            .filter(|(at, _)| !inner.contains(at))
            .map(|(_, line)| line),
    );
}

/// What the ends of a text's lines mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Layout {
    /// Paragraphs are wrapped at about this column.
    Wrapped(usize),
    /// A line is a paragraph.
    Whole,
    /// Too few lines to tell, or lines of all lengths.
    Unknown,
}

/// Wrapped texts have lines of 40 to 160 characters: e-mails 72, a page of A4 some 90, landscape 140.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=160;

/// A line is full when the next word would have taken it past this share (in hundredths) of the usual width. Letters of
/// print differ in breadth: of 17,600 lines of 40 reports that surely go on, 98 in 100 stand above this share, while the
/// lines of addresses and the last lines of headings stand below.
const FULL: usize = 92;

/// Fewer line ends than these tell nothing: two lines of an imprint are not a wrapped text.
const ENOUGH: usize = 3;

impl Layout {
    /// The layout of a whole text.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        // Where a bullet or a cell begins, a line's end means nothing.
        let is_prose = |line: &Line<'_>| !line.text.is_empty() && !line.row;
        let pairs: Vec<&[Line<'_>]> = lines
            .windows(2)
            .filter(|pair| is_prose(&pair[0]) && is_prose(&pair[1]) && !pair[1].new_page)
            .filter(|pair| super::Marker::of(pair[1].text).is_none())
            .collect();
        let mut widths: Vec<usize> = pairs.iter().map(|pair| pair[0].width).collect();
        if widths.len() < ENOUGH {
            return Self::Unknown;
        }
        widths.sort_unstable();
        let wide = widths[(widths.len() - 1) * 9 / 10];
        if wide > *WIDTHS.end() {
            return Self::Whole;
        }
        let full = pairs
            .iter()
            .filter(|pair| is_full(&pair[0], &pair[1], wide))
            .count();
        if WIDTHS.contains(&wide) && full * 2 >= widths.len() {
            Self::Wrapped(wide)
        } else {
            Self::Unknown
        }
    }

    /// Whether `next`, on the line after `last`, belongs to the same paragraph.
    pub(super) fn joins(self, last: &Line<'_>, next: &Line<'_>) -> bool {
        match self {
            Self::Whole => false,
            Self::Wrapped(width) if is_full(last, next, width) => true,
            _ => next.text.starts_with(char::is_lowercase) && !ends_sentence(last.text),
        }
    }

    /// Whether the sentence at the end of `last` surely goes on in `next`, whatever `next` begins with.
    pub(super) fn runs_on(self, last: &Line<'_>, next: &Line<'_>) -> bool {
        matches!(self, Self::Wrapped(width) if is_full(last, next, width)) && !ends_sentence(last.text)
    }
}

fn is_full(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next
        .text
        .split_whitespace()
        .next()
        .map_or(0, |word| word.chars().count());
    (line.width + 1 + word) * 100 >= width * FULL
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';', '…'])
}
