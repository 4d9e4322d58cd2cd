//! Plain text and Markdown.
//!
//! In: bytes. Out: the decoded text, unchanged, and its blocks. Decides where a block ends: at an empty line, a form
//! feed, a bullet or number, and at a line's end where lines are whole paragraphs rather than paragraphs wrapped at a
//! column. Does not decide what is a heading (Markdown's aside) or page furniture; a line that may be furniture gets a
//! block of its own, so that later steps can take it out of the sentence that it cuts.

mod lines;
mod marker;

use super::{Block, BlockKind, Extract};
use crate::source::encoding;
use crate::span::Span;
use lines::{Layout, Line};
use marker::Marker;

/// Reads a text in any encoding. A text of white space gives no block.
pub(super) fn read(bytes: &[u8]) -> Extract {
    let text = encoding::decode(bytes, None);
    let blocks = Blocks::of(&text);
    Extract {
        text,
        blocks,
        warnings: Vec::new(),
    }
}

/// Most empty lines between a paragraph's number and its text: pdftotext sets "12." on a line, then one of these.
const MARKER_GAP: usize = 2;

struct Blocks<'t> {
    text: &'t str,
    paged: bool,
    layout: Layout,
    done: Vec<Block>,
    open: Option<Open<'t>>,
    /// Number of the last numbered paragraph.
    number: u16,
}

/// A block that may still grow.
struct Open<'t> {
    span: Span,
    kind: BlockKind,
    page: u32,
    last: Line<'t>,
    /// It is a bullet or number alone, waiting for its text.
    waiting: bool,
    /// Its first character.
    bullet: Option<char>,
}

impl<'t> Blocks<'t> {
    fn of(text: &'t str) -> Vec<Block> {
        let lines = lines::of(text);
        let layout = Layout::of(&lines);
        let mut blocks = Self {
            text,
            paged: text.contains('\x0c'),
            layout,
            done: Vec::new(),
            open: None,
            number: 0,
        };
        let mut gap = 0;
        for (at, line) in lines.iter().enumerate() {
            if line.new_page {
                blocks.close();
            }
            if line.text.is_empty() {
                gap += 1;
                if gap > MARKER_GAP || blocks.open.as_ref().is_some_and(|open| !open.waiting) {
                    blocks.close();
                }
                continue;
            }
            gap = 0;
            if let Some(character) = lines::rule(line.text) {
                blocks.underline(character);
            } else if lines::stands_alone(&lines, at) {
                blocks.close();
                blocks.start(line, BlockKind::Paragraph, false);
                blocks.close();
            } else {
                blocks.line(line);
            }
        }
        blocks.close();
        blocks.done
    }

    fn line(&mut self, line: &Line<'t>) {
        let marker = Marker::of(line.text);
        if let Some(open) = self
            .open
            .as_mut()
            .filter(|open| goes_on(open, line, marker, self.layout, self.number))
        {
            open.span.end = line.end();
            open.last = *line;
            open.waiting = false;
            return;
        }
        self.close();
        match marker {
            Some(Marker::Hashes { level, skip }) => {
                let title = line.part(&line.text[skip..]);
                let title = title.part(title.text.trim_end_matches('#'));
                self.start(&title, BlockKind::Heading(level), false);
                self.close();
            }
            Some(Marker::Number { number, alone }) => {
                self.number = number;
                self.start(line, BlockKind::Paragraph, alone);
            }
            Some(Marker::Item { alone, .. }) => self.start(line, BlockKind::Item, alone),
            None if line.row => {
                for cell in lines::cells(line.text) {
                    self.start(&line.part(cell), BlockKind::Cell, false);
                    self.close();
                }
            }
            None => self.start(line, BlockKind::Paragraph, false),
        }
    }

    fn start(&mut self, line: &Line<'t>, kind: BlockKind, waiting: bool) {
        let span = Span::new(line.start, line.end());
        self.open = Some(Open {
            span,
            kind,
            page: line.page,
            last: *line,
            waiting,
            bullet: line.text.chars().next(),
        });
    }

    /// A line of `===` or `---` makes a heading of one line above it, and is no text itself.
    fn underline(&mut self, character: char) {
        if let Some(open) = &mut self.open {
            let one_line =
                open.kind == BlockKind::Paragraph && !open.span.of(self.text).contains(['\n', '\r']);
            match character {
                '=' if one_line => open.kind = BlockKind::Heading(1),
                '-' if one_line => open.kind = BlockKind::Heading(2),
                _ => {}
            }
        }
        self.close();
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.span.is_empty() {
            return;
        }
        let page = self.paged.then_some(open.page);
        self.done.push(Block {
            span: open.span,
            kind: open.kind,
            page,
            bold: false,
            size: 0.0,
        });
    }
}

/// Whether `line` belongs to the block that is open.
fn goes_on(
    open: &Open<'_>,
    line: &Line<'_>,
    marker: Option<Marker>,
    layout: Layout,
    last_number: u16,
) -> bool {
    let Some(marker) = marker else {
        return open.waiting || (layout.joins(&open.last, line) && !line.row);
    };
    // "… of children under" / "16." is no paragraph 16 and "… progress" / "– though slow –" no list; but 16 follows 15,
    // and a dash in a list of dashes is the next item.
    let in_turn = match marker {
        Marker::Hashes { .. } => true,
        Marker::Number { number, .. } => number == 1 || Some(number) == last_number.checked_add(1),
        Marker::Item { plain, .. } => {
            !plain || (open.kind == BlockKind::Item && open.bullet == line.text.chars().next())
        }
    };
    !open.waiting && !in_turn && layout.runs_on(&open.last, line)
}

#[cfg(test)]
mod tests;
