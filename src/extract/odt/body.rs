//! The text of an OpenDocument text.
//!
//! In: `content.xml`, element by element. Out: blocks.

use std::collections::HashMap;

use super::super::flow::{Flow, Letters, Piece};
use super::super::numeral::{letters, roman};
use super::super::package::{Element, Visitor};
use super::super::{BlockKind, Extract};
use super::styles::Styles;

/// A walk through the document so far.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    flow: Flow,
    /// Open paragraphs: notes and text boxes stand inside the paragraph of their mark.
    paragraphs: Vec<Paragraph>,
    lists: Vec<List>,
    /// How far lists of each style have counted, by level.
    counts: HashMap<String, Vec<u32>>,
    /// Open notes.
    notes: usize,
    /// Open tables of contents.
    contents: usize,
    page: u32,
    paged: bool,
}

struct Paragraph {
    text: String,
    kind: BlockKind,
    label: String,
    style: String,
    /// Styles of open spans.
    spans: Vec<String>,
    page: Option<u32>,
    letters: Letters,
    /// Paragraphs of text boxes and notes anchored here.
    boxed: Vec<Piece>,
}

struct List {
    style: String,
    /// An item has begun whose label is not printed yet.
    label_due: bool,
}

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            paragraphs: Vec::new(),
            lists: Vec::new(),
            counts: HashMap::new(),
            notes: 0,
            contents: 0,
            page: 1,
            paged: false,
        }
    }

    pub(super) fn finish(self) -> Extract {
        self.flow.finish(self.paged)
    }

    fn start_paragraph(&mut self, element: &Element<'_>) {
        let style = element.get("style-name").unwrap_or_default();
        let breaks = self
            .styles
            .look(&style, |_, style| style.new_page)
            .unwrap_or_default();
        if breaks && self.paragraphs.is_empty() && !self.flow.is_empty() {
            self.break_page();
        }
        let level = element
            .get("outline-level")
            .and_then(|level| level.parse::<u8>().ok())
            .unwrap_or(1);
        let (kind, label) = if self.notes > 0 {
            (BlockKind::Note, String::new())
        } else if self.contents > 0 {
            (BlockKind::Contents, String::new())
        } else if element.name == "text:h" {
            let (_, label) = self.label();
            (
                BlockKind::Heading(level.max(1)),
                if label.starts_with('•') {
                    String::new()
                } else {
                    label
                },
            )
        } else if self.styles.is(&style, "Title") {
            (BlockKind::Heading(1), String::new())
        } else {
            self.label()
        };
        let page = None;
        let (text, letters) = (String::new(), Letters::default());
        self.paragraphs.push(Paragraph {
            text,
            kind,
            label,
            style,
            spans: Vec::new(),
            page,
            letters,
            boxed: Vec::new(),
        });
    }

    /// What the list says of the paragraph that begins, and what is printed before it.
    fn label(&mut self) -> (BlockKind, String) {
        let depth = self.lists.len();
        let plain = (BlockKind::Paragraph, String::new());
        let Some(list) = self.lists.last_mut() else {
            return plain;
        };
        if !std::mem::take(&mut list.label_due) {
            return plain;
        }
        let style = list.style.clone();
        let Some(level) = self.styles.level(&style, depth) else {
            return (BlockKind::Item, "• ".to_owned());
        };
        let Some(format) = &level.format else {
            return (BlockKind::Item, "• ".to_owned());
        };
        let counts = self.counts.entry(style.clone()).or_default();
        for at in counts.len() + 1..depth {
            counts.push(self.styles.level(&style, at).map_or(1, |level| level.start));
        }
        if counts.len() < depth {
            counts.push(level.start);
        } else {
            counts.truncate(depth);
            counts[depth - 1] = counts[depth - 1].saturating_add(1);
        }
        if format.is_empty() {
            return plain;
        }
        let first = depth.saturating_sub(level.shown.max(1));
        let shown: Vec<String> = (first..depth)
            .map(|at| {
                write(
                    counts[at],
                    self.styles
                        .level(&style, at + 1)
                        .and_then(|level| level.format.as_deref()),
                )
            })
            .collect();
        let label = format!("{}{}{} ", level.prefix, shown.join("."), level.suffix);
        (
            if format == "1" {
                BlockKind::Paragraph
            } else {
                BlockKind::Item
            },
            label,
        )
    }

    fn start_list(&mut self, element: &Element<'_>) {
        // A list inside a list has the style of the outer one unless it names its own.
        let style = element
            .get("style-name")
            .or_else(|| self.lists.last().map(|outer| outer.style.clone()));
        let style = style.unwrap_or_default();
        let goes_on = element.get("continue-numbering").as_deref() == Some("true")
            || element.get("continue-list").is_some();
        if self.lists.is_empty() && !goes_on {
            self.counts.remove(&style);
        }
        self.lists.push(List {
            style,
            label_due: false,
        });
    }

    fn start_item(&mut self, element: &Element<'_>) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else { return };
        list.label_due = element.name == "text:list-item";
        if let Some(start) = element
            .get("start-value")
            .and_then(|value| value.parse::<u32>().ok())
        {
            let counts = self.counts.entry(list.style.clone()).or_default();
            counts.resize(depth, 1);
            counts[depth - 1] = start.saturating_sub(1);
        }
    }

    /// Adds to the text of the innermost paragraph.
    fn write(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let styles = self.styles;
        let chain = || {
            paragraph
                .spans
                .iter()
                .rev()
                .chain(std::iter::once(&paragraph.style))
        };
        let bold = chain()
            .find_map(|id| styles.look(id, |_, style| style.bold))
            .unwrap_or_default();
        let size = chain()
            .find_map(|id| styles.look(id, |_, style| style.size))
            .unwrap_or_else(|| styles.default_size());
        paragraph.letters.add(text, bold, size);
        paragraph.text.push_str(text);
        if !text.trim().is_empty() {
            paragraph.page.get_or_insert(self.page);
        }
    }

    fn break_page(&mut self) {
        self.page = self.page.saturating_add(1);
        self.paged = true;
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let written = !paragraph.text.trim().is_empty();
        let piece = Piece {
            text: if written {
                format!("{}{}", paragraph.label, paragraph.text)
            } else {
                String::new()
            },
            kind: paragraph.kind,
            page: Some(paragraph.page.unwrap_or(self.page)),
            bold: paragraph.letters.all_bold(),
            size: paragraph.letters.size(),
        };
        let pieces = std::iter::once(piece).chain(paragraph.boxed);
        match self.paragraphs.last_mut() {
            Some(outer) => outer.boxed.extend(pieces),
            None => pieces.for_each(|piece| self.flow.add(piece)),
        }
    }
}

fn write(count: u32, format: Option<&str>) -> String {
    match format {
        Some("a") => letters(count),
        Some("A") => letters(count).to_uppercase(),
        Some("i") => roman(count),
        Some("I") => roman(count).to_uppercase(),
        _ => count.to_string(),
    }
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name {
            // Deleted text, comments, descriptions of pictures, the pattern of a table of contents, a note's number,
            // the reading aid of ruby text, and all that is no text.
            "text:tracked-changes"
            | "office:annotation"
            | "svg:title"
            | "svg:desc"
            | "text:table-of-content-source"
            | "text:note-citation"
            | "text:ruby-text"
            | "office:forms"
            | "office:scripts"
            | "office:font-face-decls"
            | "office:automatic-styles"
            | "text:script"
            | "text:hidden-text" => return false,
            "text:p" | "text:h" => self.start_paragraph(element),
            "text:span" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph
                        .spans
                        .push(element.get("style-name").unwrap_or_default());
                }
            }
            "text:s" | "text:tab" | "text:line-break" => self.write(" "),
            "text:soft-page-break" => self.break_page(),
            "text:list" => self.start_list(element),
            "text:list-item" | "text:list-header" => self.start_item(element),
            "text:note-body" => self.notes += 1,
            "text:table-of-content" => self.contents += 1,
            "table:table" => self.flow.table(),
            "table:table-row" => self.flow.row(),
            "table:table-cell" => self.flow.cell(),
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => self.end_paragraph(),
            "text:span" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.pop();
                }
            }
            "text:list" => {
                self.lists.pop();
            }
            "text:note-body" => self.notes = self.notes.saturating_sub(1),
            "text:table-of-content" => self.contents = self.contents.saturating_sub(1),
            "table:table" => self.flow.end_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.write(text);
    }
}
