//! From letters to lines of text.
//!
//! In: the letters of a page, in drawing order. Out: [`Line`]s in the same order, page furniture that is marked as
//! such left out. Decides where words end and where a line ends; not which lines make a paragraph.

use super::glyphs::{Glyph, Place};

/// A letter whose baseline is further away than this share of the size stands on another line; footnote marks and
/// ordinals are raised by a third.
const OTHER_LINE: f32 = 0.6;
/// Gap that parts words where two drawing instructions meet. Labels of lists stand as near as 0.12 to their text.
const GAP_BETWEEN_RUNS: f32 = 0.10;
/// Gap that parts words inside one drawing instruction. Where a font is not embedded its widths are those of a
/// stand-in, and letters of one word lie up to 0.2 apart.
const GAP_WITHIN_RUN: f32 = 0.25;
/// Gap that parts the columns of a table in files without tags.
const GAP_OF_COLUMNS: f32 = 2.5;
/// The same letter drawn again this near is bold by double strike.
const DOUBLE_STRIKE: f32 = 0.1;

/// A stretch of text on one baseline, of one element. Measures as in [`super::glyphs::Page`].
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its text, without space at the beginning; a soft hyphen may stand at its end.
    pub(crate) text: String,
    pub(crate) x: f32,
    pub(crate) end: f32,
    pub(crate) y: f32,
    /// Size of most of its letters.
    pub(crate) size: f32,
    /// Whether all its letters are bold; nothing where it has no letters or digits.
    pub(crate) bold: Option<bool>,
    pub(crate) place: Option<Place>,
    /// A space is drawn at its end: most writers do so wherever a line is broken between words.
    pub(crate) spaced: bool,
    /// It stands beside the line before it, parted by the gap of a column.
    pub(crate) beside: bool,
}

/// Puts letters together.
pub(crate) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<&Glyph> = Vec::new();
    let mut beside = false;
    for glyph in glyphs
        .iter()
        .filter(|glyph| !glyph.artifact && !glyph.text.is_empty())
    {
        match open.last().map_or(Step::On, |last| step(&open, last, glyph)) {
            Step::Again => continue,
            Step::On => {}
            step @ (Step::Line | Step::Column) => {
                lines.extend(line(&open, beside));
                open.clear();
                beside = matches!(step, Step::Column);
            }
        }
        open.push(glyph);
    }
    lines.extend(line(&open, beside));
    lines
}

/// How a letter follows on the letters of the open line.
enum Step {
    On,
    Again,
    Line,
    Column,
}

fn step(open: &[&Glyph], last: &Glyph, glyph: &Glyph) -> Step {
    let size = last.size.max(glyph.size);
    let same = last.place.map(|place| place.element) == glyph.place.map(|place| place.element);
    if !same || (glyph.y - last.y).abs() > OTHER_LINE * size {
        return Step::Line;
    }
    if glyph.x < last.x || (glyph.x < last.x + DOUBLE_STRIKE * size && glyph.text == last.text) {
        let near = |other: &&Glyph| {
            other.text == glyph.text
                && (other.x - glyph.x).abs() < DOUBLE_STRIKE * size
                && (other.y - glyph.y).abs() < DOUBLE_STRIKE * size
        };
        let again = open.iter().rev().any(near);
        return if again {
            Step::Again
        } else if glyph.x < last.x - 0.3 * size {
            Step::Line
        } else {
            Step::On
        };
    }
    let wide = glyph.x - last.end > GAP_OF_COLUMNS * size;
    if wide && glyph.place.is_none() && !label_only(open) {
        Step::Column
    } else {
        Step::On
    }
}

/// The gap after a number or a bullet is as wide as that of a column.
fn label_only(open: &[&Glyph]) -> bool {
    let letters: usize = open.iter().map(|glyph| glyph.text.trim().chars().count()).sum();
    letters <= 5
}

fn line(glyphs: &[&Glyph], beside: bool) -> Option<Line> {
    let main = main_glyph(glyphs)?;
    let (mut text, mut letters, mut bold) = (String::new(), 0_usize, 0_usize);
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        if let Some(before) = before {
            let size = before.size.max(glyph.size);
            let enough = if before.run == glyph.run {
                GAP_WITHIN_RUN
            } else {
                GAP_BETWEEN_RUNS
            };
            if glyph.x - before.end > enough * size && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        let mark = glyph.size < 0.8 * main.size && main.y - glyph.y > 0.15 * main.size;
        for c in glyph.text.chars() {
            push(&mut text, c, mark);
            letters += usize::from(c.is_alphanumeric());
            bold += usize::from(c.is_alphanumeric() && glyph.bold);
        }
        before = Some(glyph);
    }
    let spaced = text.ends_with(' ');
    let text = text.trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let inked = || glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    Some(Line {
        x: inked().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min),
        end: inked().map(|glyph| glyph.end).fold(f32::NEG_INFINITY, f32::max),
        y: main.y,
        size: main.size,
        bold: (letters > 0).then_some(bold == letters),
        place: main.place,
        spaced,
        beside,
        text,
    })
}

/// A letter of the size that most letters have: footnote marks stand beside it.
fn main_glyph<'g>(glyphs: &[&'g Glyph]) -> Option<&'g Glyph> {
    let mut sizes: Vec<(u32, usize, &Glyph)> = Vec::new();
    for glyph in glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
        let size = (glyph.size * 10.0).round() as u32;
        match sizes.iter_mut().find(|(known, ..)| *known == size) {
            Some((_, count, _)) => *count += 1,
            None => sizes.push((size, 1, glyph)),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|(size, count, _)| (*count, *size))
        .map(|(_, _, glyph)| glyph)
}

/// Adds one character, made plain. `raised`: small and above the line.
fn push(text: &mut String, c: char, raised: bool) {
    match c {
        // "board" with a footnote mark 1 is not the word "board1".
        '0'..='9' if raised => {
            const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
            text.push(SUPERSCRIPTS[c as usize - '0' as usize]);
        }
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        'ﬅ' | 'ﬆ' => text.push_str("st"),
        '\u{2010}' | '\u{2011}' => text.push('-'),
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
        c if c.is_whitespace() || c.is_control() => {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        c => text.push(c),
    }
}

/// Whether the writer of these lines draws the space at which it breaks a line.
pub(crate) fn draws_spaces<'l>(lines: impl Iterator<Item = &'l Line>) -> bool {
    let (mut all, mut spaced) = (0_usize, 0_usize);
    for line in lines.filter(|line| line.text.ends_with(char::is_alphabetic)) {
        all += 1;
        spaced += usize::from(line.spaced);
    }
    spaced * 2 > all
}

/// The text of lines that follow on each other.
pub(crate) fn join<'l>(lines: impl IntoIterator<Item = &'l Line>, draws_spaces: bool) -> String {
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        if let Some(before) = before {
            let beside = (line.y - before.y).abs() <= OTHER_LINE * before.size && line.x >= before.end;
            let near = beside && line.x - before.end < GAP_BETWEEN_RUNS * before.size;
            let direct = if beside {
                near && !before.spaced
            } else {
                joins(before, line, draws_spaces)
            };
            if text.ends_with('\u{AD}') {
                text.pop();
            } else if !direct {
                text.push(' ');
            }
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text.retain(|c| c != '\u{AD}');
    text
}

/// Whether the word at the end of a line goes on in the next: "multi-" and "agency". "16-" and "and 17-year-olds" are
/// two words, which only a space drawn after the hyphen tells.
fn joins(line: &Line, next: &Line, draws_spaces: bool) -> bool {
    if line.spaced {
        return false;
    }
    let mut last = line.text.chars().rev();
    let (end, before) = (last.next().unwrap_or(' '), last.next().unwrap_or(' '));
    let follows = next.text.chars().next().unwrap_or(' ');
    match end {
        '-' => before.is_alphabetic() || (before.is_numeric() && (draws_spaces || follows.is_numeric())),
        // "2014–" and "15" is a range; "– " with a space before it is a pause.
        '–' | '—' | '/' => {
            (draws_spaces && before != ' ') || (before.is_numeric() && follows.is_numeric())
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
pub(crate) mod tests;
