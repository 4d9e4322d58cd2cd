//! The text of an OpenDocument text.
//!
//! In: `content.xml`, element by element. Out: blocks.

use super::super::flow::{Flow, Letters, Piece};
use super::super::package::{Element, Visitor};
use super::super::{BlockKind, Extract};
use super::lists::Lists;
use super::styles::Styles;

/// A walk through the document so far.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    flow: Flow,
    /// Open paragraphs: notes and text boxes stand inside the paragraph of their mark.
    paragraphs: Vec<Paragraph>,
    lists: Lists,
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

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            paragraphs: Vec::new(),
            lists: Lists::default(),
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
            let (_, label) = self.lists.label(self.styles);
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
            self.lists.label(self.styles)
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
            "text:list" => self.lists.begin(element),
            "text:list-item" | "text:list-header" => self.lists.item(element),
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
            "text:list" => self.lists.end(),
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
