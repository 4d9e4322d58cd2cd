//! The text of a Word document and of its notes.
//!
//! In: `document.xml`, then the parts with notes, element by element. Out: blocks.

use super::super::flow::{Flow, Letters, Piece};
use super::super::package::{Element, Visitor};
use super::super::{BlockKind, Extract};
use super::numbering::{Label, Numbering};
use super::styles::{Role, Style, Styles, heading, is_on, points};

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
    /// Open content controls: whether they hold a table of contents.
    controls: Vec<bool>,
    pages: Pages,
    /// Notes named in the text, in its order, and the page on which each is named.
    named: Vec<(String, u32)>,
    /// Notes read: name and text.
    notes: Vec<(String, Vec<Piece>)>,
    /// The note being read.
    note: Option<String>,
}

#[derive(Default)]
struct Paragraph {
    words: Words,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    /// The walk is inside the paragraph's properties.
    in_properties: bool,
    end_deleted: bool,
    ends_section: bool,
    run: Run,
    in_text: bool,
    /// Paragraphs of text boxes anchored here.
    boxed: Vec<Piece>,
}

/// Text and its type.
#[derive(Default)]
struct Words {
    text: String,
    page: Option<u32>,
    letters: Letters,
}

/// What the properties of a run say.
#[derive(Default)]
struct Run {
    style: Option<String>,
    bold: Option<bool>,
    size: Option<f32>,
    hidden: Option<bool>,
    /// The walk is inside the run's properties.
    in_properties: bool,
}

/// Word notes where pages ended when it last laid the document out; breaks that the writer set are noted twice.
struct Pages {
    number: u32,
    any: bool,
    /// A break has been set and no text has followed yet.
    fresh: bool,
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
            controls: Vec::new(),
            pages: Pages {
                number: 1,
                any: false,
                fresh: true,
            },
            named: Vec::new(),
            notes: Vec::new(),
            note: None,
        }
    }

    /// The blocks, notes at the end in the order in which the text names them.
    pub(super) fn finish(mut self) -> Extract {
        for (name, page) in std::mem::take(&mut self.named) {
            if let Some(at) = self.notes.iter().position(|(found, _)| *found == name) {
                for piece in self.notes.swap_remove(at).1 {
                    self.flow.add(Piece {
                        page: Some(page),
                        ..piece
                    });
                }
            }
        }
        self.flow.finish(self.pages.any)
    }

    /// Adds to the text of the innermost paragraph.
    fn write(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let (styles, run) = (self.styles, &paragraph.run);
        // A run's own word, else its style's, else the paragraph's style's.
        let looked = |get: fn(&Style) -> Option<bool>| {
            let of_run = run
                .style
                .as_deref()
                .and_then(|id| styles.look(Some(id), |_, style| get(style)));
            of_run.or_else(|| styles.look(paragraph.style.as_deref(), |_, style| get(style)))
        };
        if run
            .hidden
            .or_else(|| looked(|style| style.hidden))
            .unwrap_or_default()
            || self.fields.contains(&false)
        {
            return;
        }
        let bold = run
            .bold
            .or_else(|| looked(|style| style.bold))
            .unwrap_or_default();
        let of_style = |id: Option<&str>| styles.look(id, |_, style| style.size);
        let size = run
            .size
            .or_else(|| run.style.as_deref().and_then(|id| of_style(Some(id))))
            .or_else(|| of_style(paragraph.style.as_deref()))
            .unwrap_or_else(|| styles.default_size());

        let words = &mut paragraph.words;
        words.text.push_str(text);
        words.letters.add(text, bold, size);
        if !text.trim().is_empty() {
            words.page.get_or_insert(self.pages.number);
            self.pages.fresh = false;
        }
    }

    fn break_page(&mut self) {
        self.pages.any = true;
        // At the very start of a document a break begins page 1.
        if !(self.pages.number == 1 && self.pages.fresh) {
            self.pages.number = self.pages.number.saturating_add(1);
        }
        self.pages.fresh = true;
    }

    /// A break that Word noted when it laid the document out, after one that the writer set or on its own.
    fn note_break(&mut self) {
        self.pages.any = true;
        if !self.pages.fresh {
            self.break_page();
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push(false),
            Some("separate") => {
                if let Some(in_result) = self.fields.last_mut() {
                    *in_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
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
        }
        let ends_section = paragraph.ends_section;
        if paragraph.end_deleted && outermost {
            self.carried = Some(paragraph.words);
        } else {
            let pieces = self.pieces(paragraph);
            match (self.paragraphs.last_mut(), self.notes.last_mut()) {
                (Some(outer), _) => outer.boxed.extend(pieces),
                (None, Some((_, note))) if self.note.is_some() => note.extend(pieces),
                (None, _) => pieces.into_iter().for_each(|piece| self.flow.add(piece)),
            }
        }
        if ends_section && !self.pages.fresh {
            self.pages.number = self.pages.number.saturating_add(1);
            self.pages.fresh = true;
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
            page: Some(words.page.unwrap_or(self.pages.number)),
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

    /// Elements inside the properties of a paragraph or a run.
    fn property(paragraph: &mut Paragraph, element: &Element<'_>) {
        let value = || element.get("val");
        if paragraph.in_properties {
            match element.name {
                "w:pStyle" => paragraph.style = value(),
                "w:numId" => paragraph.list = value(),
                "w:ilvl" => paragraph.level = value().and_then(|value| value.parse().ok()),
                "w:outlineLvl" => paragraph.outline = value().and_then(|value| value.parse().ok()),
                "w:del" | "w:moveFrom" => paragraph.end_deleted = true,
                _ => {}
            }
        } else if paragraph.run.in_properties {
            match element.name {
                "w:rStyle" => paragraph.run.style = value(),
                "w:b" => paragraph.run.bold = Some(is_on(element)),
                "w:sz" => paragraph.run.size = points(element),
                "w:vanish" => paragraph.run.hidden = Some(is_on(element)),
                _ => {}
            }
        }
    }
}

impl Words {
    /// These words and then `next`, in one paragraph.
    fn then(mut self, next: Self) -> Self {
        self.text.push_str(&next.text);
        self.page = self.page.or(next.page);
        self.letters.join(next.letters);
        self
    }
}

impl Visitor for Body<'_> {
    fn open(&mut self, element: &Element<'_>) -> bool {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            Self::property(paragraph, element);
        }
        let in_properties = self
            .paragraphs
            .last()
            .is_some_and(|paragraph| paragraph.in_properties);
        match element.name {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            "w:pPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.in_properties = true;
                }
            }
            "w:r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = Run::default();
                }
            }
            "w:rPr" if !in_properties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run.in_properties = true;
                }
            }
            // Deleted or moved away by a tracked change; what properties were before one; the older twin of a drawing;
            // field codes; the reading aid of ruby text; hidden descriptions.
            "w:del" | "w:moveFrom" | "w:delText" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange"
            | "w:tblPrChange" | "w:trPrChange" | "w:tcPrChange" | "mc:Fallback" | "w:instrText"
            | "w:delInstrText" | "w:rt" | "w:fldData" => {
                return false;
            }
            "w:pageBreakBefore" if in_properties && is_on(element) && !self.pages.fresh => self.break_page(),
            "w:sectPr" if in_properties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.ends_section = true;
                }
            }
            "w:type" if in_properties && element.get("val").as_deref() == Some("continuous") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.ends_section = false;
                }
            }
            "w:t" | "m:t" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.in_text = true;
                }
            }
            "w:br" if element.get("type").as_deref() == Some("page") => {
                self.write(" ");
                self.break_page();
            }
            "w:lastRenderedPageBreak" => self.note_break(),
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
                self.named.push((name, self.pages.number));
            }
            "w:footnote" | "w:endnote" => {
                // The lines that part notes from text are notes too, of a type of their own.
                if element.get("type").is_some_and(|kind| kind != "normal") {
                    return false;
                }
                let name = note_name(element.name, &element.get("id").unwrap_or_default());
                self.notes.push((name.clone(), Vec::new()));
                self.note = Some(name);
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:p" => self.end_paragraph(),
            "w:tbl" => self.flow.end_table(),
            "w:sdt" => {
                self.controls.pop();
            }
            "w:footnote" | "w:endnote" => self.note = None,
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        match name {
            "w:pPr" => paragraph.in_properties = false,
            "w:rPr" => paragraph.run.in_properties = false,
            "w:r" => paragraph.run = Run::default(),
            "w:t" | "m:t" => paragraph.in_text = false,
            _ => {}
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
