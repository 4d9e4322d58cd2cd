//! Paragraphs by position, for pages without tags.
//!
//! In: lines that no tag places, in drawing order, and the [`Measure`] of the document. Out: which of them begin a
//! block. Does not decide what is a heading.

use super::labels;
use super::lines::Line;
use crate::extract::BlockKind;

/// What is usual in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// Size of the running text, in points.
    pub(crate) size: f32,
    /// From one baseline to the next within a paragraph, as a share of the size.
    pub(crate) pitch: f32,
    /// Where full lines end.
    pub(crate) right: f32,
}

impl Measure {
    /// Takes the measure of all lines of a document.
    pub(crate) fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Self {
        let size = weighted_mode(lines.clone().map(|line| (line.size, line.text.len()))).unwrap_or(11.0);
        let body = || lines.clone().filter(|line| (line.size - size).abs() < 0.3);
        let steps = body().zip(body().skip(1)).filter_map(|(line, next)| {
            let step = (next.y - line.y) / size;
            (0.9..2.2).contains(&step).then_some((step, 1))
        });
        let pitch = weighted_mode(steps).unwrap_or(1.2);
        let mut ends: Vec<f32> = body().map(|line| line.end).collect();
        ends.sort_by(f32::total_cmp);
        let right = ends.get(ends.len() * 9 / 10).copied().unwrap_or(500.0);
        Self { size, pitch, right }
    }

    /// Whether a line stands right below another of its size.
    pub(crate) fn is_next(self, line: &Line, next: &Line) -> bool {
        let step = next.y - line.y;
        step > 0.0
            && step <= 1.25 * self.pitch * line.size.max(next.size)
            && (next.size / line.size - 1.0).abs() <= 0.07
    }
}

/// The commonest value, to a tenth.
fn weighted_mode(values: impl Iterator<Item = (f32, usize)>) -> Option<f32> {
    let mut counts: Vec<(i32, usize)> = Vec::new();
    for (value, weight) in values {
        let tenths = (value * 10.0).round() as i32;
        match counts.iter_mut().find(|(known, _)| *known == tenths) {
            Some((_, count)) => *count += weight,
            None => counts.push((tenths, weight)),
        }
    }
    counts
        .into_iter()
        .max_by_key(|(tenths, count)| (*count, -tenths))
        .map(|(tenths, _)| tenths as f32 / 10.0)
}

/// What the line begins, or nothing where it goes on with the block of the lines in `open`, last line last.
pub(crate) fn begins(
    open: &[&Line],
    line: &Line,
    next: Option<&Line>,
    measure: Measure,
) -> Option<BlockKind> {
    if line.beside && is_page(&line.text) {
        return None;
    }
    let row = line.beside || next.is_some_and(|next| next.beside);
    let entry = next.is_some_and(|next| next.beside && is_page(&next.text)) || is_entry(&line.text);
    let kind = if entry {
        BlockKind::Contents
    } else if row {
        BlockKind::Cell
    } else if labels::split(&line.text).is_some() {
        BlockKind::Item
    } else {
        BlockKind::Paragraph
    };
    let Some(before) = open.last() else {
        return Some(kind);
    };
    let goes_on = !row && !entry && !before.beside && follows(open, before, line, measure);
    (!goes_on).then_some(kind)
}

/// The number at the end of an entry in a table of contents.
fn is_page(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An entry in a table of contents: a row of dots and a number.
fn is_entry(text: &str) -> bool {
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    name.len() < text.len() && name.trim_end().ends_with("....")
}

fn follows(open: &[&Line], before: &Line, line: &Line, measure: Measure) -> bool {
    let size = before.size;
    if (line.y - before.y).abs() <= 0.6 * size && line.x >= before.x {
        return true;
    }
    if !measure.is_next(before, line) {
        return false;
    }
    let ended = before.text.ends_with(['.', '?', '!', ':', ';', '”', '’']);
    // The first word of this line would have fitted into the one before it.
    let letters = line.text.chars().count().max(1) as f32;
    let word = line.text.split(' ').next().unwrap_or("").chars().count() as f32;
    let room = measure.right - before.end - (line.end - line.x) * (word + 1.0) / letters;
    let broken_off = room > 0.5 * size;
    if labels::is_bullet_item(&line.text) {
        return false;
    }
    if labels::split(&line.text).is_some() && (ended || broken_off) {
        return false;
    }
    // A bold line above text that is not: a heading, unless it fills its line as a bold beginning would.
    if before.bold == Some(true)
        && line.bold == Some(false)
        && open.iter().all(|line| line.bold != Some(false))
    {
        return !broken_off;
    }
    if before.bold == Some(false) && line.bold == Some(true) && broken_off {
        return false;
    }
    if broken_off
        && (ended
            || line
                .text
                .starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
    {
        return !ended && room < 4.0 * size;
    }
    let first = open.len() == 1;
    let label = labels::split(&open[0].text).is_some();
    // Back to the left of an item's text: the item is over. The first line of a paragraph may be indented.
    if line.x < before.x - 0.5 * size && (label || !first) {
        return false;
    }
    // Indented: a first line, unless it hangs under an item's label.
    !(line.x > before.x + size && ended && !(first && label))
}
