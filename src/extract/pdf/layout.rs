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
const HEADING_SIZE: f32 = 1.12;
/// Letters this much smaller than the running text, near the foot of the page, make a footnote.
const NOTE_SIZE: f32 = 0.88;

/// Puts the text of all pages together.
pub(crate) fn lay_out(mut sheets: Vec<Sheet>) -> Extract {
    drop_furniture(&mut sheets);
    let lines = || sheets.iter().flat_map(|sheet| &sheet.lines);
    let measure = Measure::of(lines());
    let page_style = Style { measure, sizes: heading_sizes(lines(), measure), draws_spaces: draws_spaces(lines()) };
    let mut extract = Extract::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let page = u32::try_from(index + 1).ok();
        let mut blocks: Vec<Piece> =
            groups(sheet, measure).iter().map(|group| page_style.piece(group, sheet.height)).collect();
        // A footnote between the two halves of a sentence that goes on over the page would part them.
        blocks.sort_by_key(|piece| piece.kind == BlockKind::Note);
        for piece in blocks {
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
    let mut last: Option<(usize, &Line)> = None;
    for (index, line) in sheet.lines.iter().enumerate() {
        let at = if let Some(place) = line.place {
            let same_line = last.filter(|(_, before)| {
                place.loose && (line.y - before.y).abs() < 0.2 * line.size && line.x >= before.x
            });
            let at = known.get(&place.element).copied().or(same_line.map(|(at, _)| at));
            let at = at.unwrap_or_else(|| open(&mut groups, place.kind));
            known.insert(place.element, at);
            if matches!(place.kind, BlockKind::Heading(_)) {
                groups[at].kind = place.kind;
            }
            untagged = None;
            at
        } else {
            let before = untagged.map_or(&[][..], |at| &groups[at].lines[..]);
            let at = match (begins(before, line, sheet.lines.get(index + 1), measure), untagged) {
                (None, Some(at)) => at,
                (kind, _) => open(&mut groups, kind.unwrap_or(BlockKind::Paragraph)),
            };
            untagged = Some(at);
            at
        };
        groups[at].lines.push(line);
        last = Some((at, line));
    }
    groups
}

fn open<'l>(groups: &mut Vec<Group<'l>>, kind: BlockKind) -> usize {
    groups.push(Group { kind, lines: Vec::new() });
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
            text = if rest.is_empty() { String::new() } else { format!("{label} {rest}") };
        }
        let longest = lines.iter().max_by_key(|line| line.text.len());
        let size = longest.map_or(0.0, |line| (line.size * 10.0).round() / 10.0);
        let weights = || lines.iter().filter_map(|line| line.bold);
        let bold = weights().next().is_some() && weights().all(|bold| bold);
        let small = size < NOTE_SIZE * self.measure.size && lines.iter().all(|line| line.y > 0.6 * height);
        let kind = match group.kind {
            BlockKind::Paragraph | BlockKind::Item if small && is_noted(&text) => BlockKind::Note,
            BlockKind::Heading(_) if !self.may_head(&text, true, bold, size) => BlockKind::Paragraph,
            BlockKind::Paragraph if self.may_head(&text, false, bold, size) => self.heading(size),
            BlockKind::Paragraph if text.starts_with('•') => BlockKind::Item,
            kind => kind,
        };
        Piece { text, kind, bold, size }
    }

    /// Whether a text can be a heading. Writers tag whole paragraphs as headings, to have them numbered.
    fn may_head(&self, text: &str, tagged: bool, bold: bool, size: f32) -> bool {
        let large = size > HEADING_SIZE * self.measure.size;
        let sentence = text.ends_with(['.', ';', ',', ':']) && !text.ends_with("...");
        text.chars().count() <= LONGEST_HEADING
            && text.contains(char::is_alphabetic)
            && (bold || large || (tagged && !sentence))
            && (tagged || !sentence)
    }

    fn heading(&self, size: f32) -> BlockKind {
        let above = self.sizes.iter().filter(|other| **other > tenths(size)).count();
        BlockKind::Heading(u8::try_from(above + 1).unwrap_or(6).min(6))
    }
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
