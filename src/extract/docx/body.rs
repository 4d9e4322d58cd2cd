//! The text of a Word document and of its notes.
//!
//! In: `document.xml`, then the parts with notes, element by element. Out: blocks.

use std::collections::HashMap;

use super::super::flow::{Flow, Piece};
use super::super::package::{Element, Visitor};
use super::super::{BlockKind, Extract};
use super::numbering::{Label, Numbering};
use super::pages::Pages;
use super::paragraph::{Paragraph, Words};
use super::styles::{Role, Styles, heading, is_on};

/// A walk through the document so far.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    numbering: &'d mut Numbering,
    flow: Flow,
    /// Open paragraphs: a text box holds paragraphs inside a run of another one.
    paragraphs: Vec<Paragraph>,
    /// Words of a paragraph whose end was deleted: they belong to the next.
    carried: Option<Words>,
    /// Open fields: whether the walk has come to their result.
    fields: Vec<bool>,
    /// How many of them are still in their code.
    codes: usize,
    /// Open content controls: whether they hold a table of contents.
    controls: Vec<bool>,
    pages: Pages,
    /// Notes named in the text, in its order, and the page on which each is named.
    named: Vec<(String, u32)>,
    /// Notes read, by name.
    notes: HashMap<String, Vec<Piece>>,
    /// The note being read.
    note: Option<String>,
}

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: &'d mut Numbering) -> Self {
        Self {
            styles,
            numbering,
            flow: Flow::default(),
            paragraphs: Vec::new(),
            carried: None,
            fields: Vec::new(),
            codes: 0,
            controls: Vec::new(),
            pages: Pages::default(),
            named: Vec::new(),
            notes: HashMap::new(),
            note: None,
        }
    }

    /// The blocks, notes at the end in the order in which the text names them.
    pub(super) fn finish(mut self) -> Extract {
        for (name, page) in std::mem::take(&mut self.named) {
            for piece in self.notes.remove(&name).unwrap_or_default() {
                self.flow.add(Piece {
                    page: Some(page),
                    ..piece
                });
            }
        }
        self.flow.finish(self.pages.any())
    }

    /// Adds to the text of the innermost paragraph.
    fn write(&mut self, text: &str) {
        let hidden = self.codes > 0;
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !hidden) else {
            return;
        };
        if paragraph.write(text, self.styles, self.pages.number()) {
            self.pages.text();
        }
    }

    /// A mark of a field: its beginning, the end of its code, or its end.
    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(false);
                self.codes += 1;
            }
            Some("separate") => {
                if let Some(in_result) = self.fields.last_mut().filter(|in_result| !**in_result) {
                    *in_result = true;
                    self.codes -= 1;
                }
            }
            Some("end") if self.fields.pop() == Some(false) => self.codes -= 1,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        let outermost = self.paragraphs.is_empty();
        if outermost {
            if let Some(carried) = self.carried.take() {
                paragraph.words = carried.then(paragraph.words);
            }
            // A field's code ends in the paragraph in which it begins, else the file is broken: better its code as
            // text than a letter without the rest.
            self.fields.retain(|in_result| *in_result);
            self.codes = 0;
        }
        let ends_section = paragraph.ends_section;
        if paragraph.end_deleted && outermost {
            self.carried = Some(paragraph.words);
        } else {
            let pieces = self.pieces(paragraph);
            match (self.paragraphs.last_mut(), &self.note) {
                (Some(outer), _) => outer.boxed.extend(pieces),
                (None, Some(note)) => self.notes.entry(note.clone()).or_default().extend(pieces),
                (None, None) => pieces.into_iter().for_each(|piece| self.flow.add(piece)),
            }
        }
        if ends_section {
            self.pages.end_section();
        }
    }

    /// What is left of a paragraph whose end was deleted though none follows that it could join.
    fn end_carried(&mut self) {
        if let Some(words) = self.carried.take() {
            self.paragraphs.push(Paragraph {
                words,
                ..Paragraph::default()
            });
            self.end_paragraph();
        }
    }

    /// The paragraph and, after it, those of its text boxes.
    fn pieces(&mut self, paragraph: Paragraph) -> Vec<Piece> {
        let (kind, label) = self.kind(&paragraph);
        let words = paragraph.words;
        let written = !words.text.trim().is_empty();
        let piece = Piece {
            text: if written {
                format!("{label}{}", words.text)
            } else {
                String::new()
            },
            kind,
            page: Some(words.page.unwrap_or_else(|| self.pages.number())),
            bold: words.letters.all_bold(),
            size: words.letters.size(),
        };
        std::iter::once(piece).chain(paragraph.boxed).collect()
    }

    /// What a paragraph is, and what is printed before it. Counts the paragraph in its list.
    fn kind(&mut self, paragraph: &Paragraph) -> (BlockKind, String) {
        let style = paragraph.style.as_deref();
        let of_style = self.styles.role(style);
        let role = match paragraph.outline.map(heading) {
            // The paragraph says of itself that it is running text, though in the style of a heading.
            Some(None) => of_style.filter(|role| !matches!(role, Role::Heading(_))),
            Some(outline) => outline,
            None => of_style,
        };
        let list = paragraph
            .list
            .clone()
            .or_else(|| self.styles.look(style, |_, style| style.list.clone()));
        // List 0 takes a paragraph out of the list of its style.
        let list = list.filter(|list| list != "0");
        let level = paragraph
            .level
            .or_else(|| self.styles.look(style, |_, style| style.level));
        let label = list.map(|list| self.numbering.next(&list, level, style));
        let (in_list, label) = match label {
            None if role == Some(Role::Bullet) => (BlockKind::Item, "• ".to_owned()),
            None | Some(Label::Nothing) => (BlockKind::Paragraph, String::new()),
            Some(Label::Bullet) => (BlockKind::Item, "• ".to_owned()),
            Some(Label::Letter(label)) => (BlockKind::Item, format!("{label} ")),
            Some(Label::Number(label)) => (BlockKind::Paragraph, format!("{label} ")),
        };
        let bulleted = label.starts_with('•');
        match role {
            _ if self.note.is_some() => (BlockKind::Note, label),
            Some(Role::Contents) => (BlockKind::Contents, label),
            _ if self.controls.contains(&true) => (BlockKind::Contents, label),
            Some(Role::Heading(level)) => (
                BlockKind::Heading(level),
                if bulleted { String::new() } else { label },
            ),
            Some(Role::Bullet) | None => (in_list, label),
        }
    }
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element<'_>) -> bool {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.open(element);
        }
        let in_properties = self
            .paragraphs
            .last()
            .is_some_and(|paragraph| paragraph.in_properties);
        match element.name {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            // Deleted or moved away by a tracked change; what properties were before one; the older twin of a drawing;
            // field codes; the reading aid of ruby text; hidden descriptions.
            "w:del" | "w:moveFrom" | "w:delText" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange"
            | "w:tblPrChange" | "w:trPrChange" | "w:tcPrChange" | "mc:Fallback" | "w:instrText"
            | "w:delInstrText" | "w:rt" | "w:fldData" => {
                return false;
            }
            "w:pageBreakBefore" if in_properties && is_on(element) => self.pages.begin(),
            "w:br" if element.get("type").as_deref() == Some("page") => {
                self.write(" ");
                self.pages.set();
            }
            "w:lastRenderedPageBreak" => self.pages.noted(),
            // In the properties of a paragraph `w:tab` is a stop of the ruler.
            "w:tab" | "w:br" | "w:cr" | "w:ptab" if !in_properties => self.write(" "),
            "w:noBreakHyphen" => self.write("-"),
            "w:sym" => {
                let code = element
                    .get("char")
                    .and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(symbol) = code.and_then(char::from_u32) {
                    self.write(symbol.encode_utf8(&mut [0; 4]));
                }
            }
            "w:fldChar" => self.field(element.get("fldCharType").as_deref()),
            "w:sdt" => self.controls.push(false),
            "w:docPartGallery" if element.get("val").as_deref() == Some("Table of Contents") => {
                if let Some(contents) = self.controls.last_mut() {
                    *contents = true;
                }
            }
            "w:tbl" => self.flow.table(),
            "w:tr" => self.flow.row(),
            "w:tc" => self.flow.cell(),
            "w:footnoteReference" | "w:endnoteReference" => {
                let name = note_name(element.name, &element.get("id").unwrap_or_default());
                self.named.push((name, self.pages.number()));
            }
            "w:footnote" | "w:endnote" => {
                // The lines that part notes from text are notes too, of a type of their own.
                if element.get("type").is_some_and(|kind| kind != "normal") {
                    return false;
                }
                self.note = Some(note_name(element.name, &element.get("id").unwrap_or_default()));
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:p" => self.end_paragraph(),
            "w:tc" | "w:body" if self.paragraphs.is_empty() => self.end_carried(),
            "w:tbl" => self.flow.end_table(),
            "w:sdt" => {
                self.controls.pop();
            }
            "w:footnote" | "w:endnote" => {
                self.end_carried();
                self.note = None;
            }
            _ => {}
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.close(name);
        }
    }

    fn text(&mut self, text: &str) {
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.in_text) {
            self.write(text);
        }
    }
}

fn note_name(element: &str, id: &str) -> String {
    let kind = if element.starts_with("w:footnote") {
        "footnote"
    } else {
        "endnote"
    };
    format!("{kind} {id}")
}
