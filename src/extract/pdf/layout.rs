//! From lines to blocks.
//!
//! In: the lines of all pages. Out: blocks in reading order, footnotes at the end of their page. Decides what one
//! block is and, where no tag says so, whether it is a heading. Paragraphs that go on over a page stay two: see
//! [`crate::text`].

use std::collections::HashMap;

use super::furniture::{Sheet, drop_furniture};
use super::labels;
use super::lines::{Line, draws_spaces, join};
use super::paragraphs::{Measure, begins};
use crate::extract::{BlockKind, Extract};

/// A text longer than this many characters is no heading, whatever its tag or its type.
const LONGEST_HEADING: usize = 200;
/// Letters this much larger than the running text make a heading.
const HEADING_SIZE: f32 = 1.04;
/// Letters this much smaller than the running text, near the foot of the page, make a footnote.
const NOTE_SIZE: f32 = 0.88;

/// Puts the text of all pages together.
pub(crate) fn lay_out(mut sheets: Vec<Sheet>) -> Extract {
    drop_furniture(&mut sheets);
    let lines = || sheets.iter().flat_map(|sheet| &sheet.lines);
    let measure = Measure::of(lines());
    let style = Style {
        measure,
        sizes: heading_sizes(lines(), measure),
        draws_spaces: draws_spaces(lines()),
    };
    let mut extract = Extract::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let page = u32::try_from(index + 1).ok();
        let pieces = groups(sheet, measure)
            .into_iter()
            .map(|group| style.piece(&group, sheet.height));
        // A footnote between the two halves of a sentence that goes on over the page would part them.
        let (notes, others): (Vec<Piece>, Vec<Piece>) =
            pieces.partition(|piece| piece.kind == BlockKind::Note);
        for piece in others.into_iter().chain(whole_notes(notes)) {
            extract.push(&piece.text, piece.kind, page, piece.bold, piece.size);
        }
    }
    extract
}

/// The lines of one block on one page.
struct Group<'l> {
    kind: BlockKind,
    lines: Vec<&'l Line>,
}

fn groups(sheet: &Sheet, measure: Measure) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: HashMap<u32, usize> = HashMap::new();
    // The group that the last line went to, where no tag places that line.
    let mut untagged: Option<usize> = None;
    for (index, line) in sheet.lines.iter().enumerate() {
        let at = if let Some(place) = line.place {
            let at = *known
                .entry(place.element)
                .or_insert_with(|| open(&mut groups, place.kind));
            if matches!(place.kind, BlockKind::Heading(_)) {
                groups[at].kind = place.kind;
            }
            untagged = None;
            at
        } else {
            let next = sheet.lines.get(index + 1);
            let before = untagged.map_or(&[][..], |at| &groups[at].lines[..]);
            let begun = begins(before, line, next, measure);
            let at = match (begun, untagged) {
                (None, Some(at)) => at,
                (kind, _) => match cell_above(&groups, line, next, measure) {
                    Some(at) if untagged.is_some() => {
                        groups[at].kind = BlockKind::Cell;
                        at
                    }
                    _ => {
                        let kind = if untagged.is_some_and(|at| stands_beside(&groups[at], line)) {
                            if let Some(left) = groups.last_mut() {
                                left.kind = BlockKind::Cell;
                            }
                            BlockKind::Cell
                        } else {
                            kind.unwrap_or(BlockKind::Paragraph)
                        };
                        open(&mut groups, kind)
                    }
                },
            };
            untagged = Some(at);
            at
        };
        groups[at].lines.push(line);
    }
    groups
}

/// Whether a line stands to the right of a block, at the height of its lines: the grade beside a judgement that takes
/// two lines.
fn stands_beside(group: &Group<'_>, line: &Line) -> bool {
    let (first, last) = (group.lines.first(), group.lines.last());
    let span = first
        .zip(last)
        .map(|(first, last)| first.y - 0.6 * line.size..last.y + 0.6 * line.size);
    span.is_some_and(|span| span.contains(&line.y)) && group.lines.iter().all(|other| other.end < line.x)
}

/// The cell of the last row that goes on in this line: cells are drawn line by line, so that what follows on the
/// first line of one may be another.
fn cell_above(groups: &[Group<'_>], line: &Line, next: Option<&Line>, measure: Measure) -> Option<usize> {
    let new_row = next.is_some_and(|next| next.beside) && !line.text.starts_with(char::is_lowercase);
    // Whether a line is a cell shows in its neighbour alone: the first line of a tall cell has none.
    let first = line.text.starts_with(char::is_lowercase) && next.is_some_and(|next| next.beside);
    let is_cell = |(at, group): &(usize, &Group<'_>)| {
        group.kind == BlockKind::Cell || (first && at + 1 == groups.len() && group.lines.len() == 1)
    };
    let cells = groups.iter().enumerate().rev().take_while(is_cell).take(6);
    let above = |group: &Group<'_>| {
        group.lines.last().is_some_and(|last| {
            (last.x - line.x).abs() < 0.5 * line.size && measure.is_next(last, line) && last.bold == line.bold
        })
    };
    cells
        .filter(|(_, group)| !new_row && above(group))
        .map(|(at, _)| at)
        .next()
}

fn open<'l>(groups: &mut Vec<Group<'l>>, kind: BlockKind) -> usize {
    groups.push(Group {
        kind,
        lines: Vec::new(),
    });
    groups.len() - 1
}

struct Piece {
    text: String,
    kind: BlockKind,
    bold: bool,
    size: f32,
}

/// What is usual in this document.
struct Style {
    measure: Measure,
    /// Sizes of type above that of the running text, in tenths of a point, largest first.
    sizes: Vec<i32>,
    draws_spaces: bool,
}

impl Style {
    fn piece(&self, group: &Group<'_>, height: f32) -> Piece {
        let lines = &group.lines;
        let mut text = join(lines.iter().copied(), self.draws_spaces);
        if let Some((label @ "•", rest)) = labels::split(&text) {
            text = if rest.is_empty() {
                String::new()
            } else {
                format!("{label} {rest}")
            };
        }
        let longest = lines.iter().max_by_key(|line| line.text.len());
        let size = longest.map_or(0.0, |line| (line.size * 10.0).round() / 10.0);
        let weights = || lines.iter().filter_map(|line| line.bold);
        let bold = weights().next().is_some() && weights().all(|bold| bold);
        let small = size < NOTE_SIZE * self.measure.size && lines.iter().all(|line| line.y > 0.6 * height);
        let labelled = labels::split(&text).is_some();
        let plain = if labelled {
            BlockKind::Item
        } else {
            BlockKind::Paragraph
        };
        let kind = match group.kind {
            BlockKind::Paragraph | BlockKind::Item if small && is_noted(&text) => BlockKind::Note,
            BlockKind::Heading(_) if !self.may_head(&text, true, bold, size) => plain,
            BlockKind::Paragraph if self.may_head(&text, false, bold, size) => self.heading(size),
            BlockKind::Paragraph => plain,
            // Reports set whole summaries in tables; what reads as sentences is not a table's cell.
            BlockKind::Cell if text.starts_with('•') || is_prose(&text) => plain,
            kind => kind,
        };
        Piece {
            text,
            kind,
            bold,
            size,
        }
    }

    /// Whether a text can be a heading. Writers tag whole paragraphs as headings, to have them numbered, and the first
    /// part of one that goes on over the page does not end as a sentence does.
    fn may_head(&self, text: &str, tagged: bool, bold: bool, size: f32) -> bool {
        let large = size > HEADING_SIZE * self.measure.size;
        let sentence = text.ends_with(['.', ';', ',', ':']) && !text.ends_with("...");
        let length = text.chars().count();
        let short = length <= LONGEST_HEADING / 2 && labels::split(text).is_none() && !text.contains(". ");
        length <= LONGEST_HEADING
            && text.contains(char::is_alphabetic)
            && if bold || large {
                tagged || !sentence
            } else {
                tagged && short && !sentence
            }
    }

    fn heading(&self, size: f32) -> BlockKind {
        let above = self.sizes.iter().filter(|other| **other > tenths(size)).count();
        BlockKind::Heading(u8::try_from(above + 1).unwrap_or(6).min(6))
    }
}

/// Reads as sentences, not as an entry of a table.
fn is_prose(text: &str) -> bool {
    let words = text.split(' ').count();
    words >= 20 || (words >= 8 && text.ends_with(['.', '?', '!']))
}

/// Footnotes broken into several paragraphs, put together again: each begins with its mark.
fn whole_notes(notes: Vec<Piece>) -> Vec<Piece> {
    let mut whole: Vec<Piece> = Vec::new();
    for note in notes {
        match whole.last_mut() {
            Some(last) if !is_noted(&note.text) => {
                last.text.push(' ');
                last.text.push_str(&note.text);
            }
            _ => whole.push(note),
        }
    }
    whole
}

/// Begins with a footnote's mark.
fn is_noted(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric() || matches!(c, '*' | '†' | '‡'))
}

fn heading_sizes<'l>(lines: impl Iterator<Item = &'l Line>, measure: Measure) -> Vec<i32> {
    let large = lines.filter(|line| line.size > HEADING_SIZE * measure.size);
    let mut sizes: Vec<i32> = large.map(|line| tenths(line.size)).collect();
    sizes.sort_unstable_by_key(|size| -size);
    sizes.dedup();
    sizes
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
