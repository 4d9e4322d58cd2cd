//! A paragraph of a Word document while it is read.
//!
//! In: its properties, those of its runs, and their text. Out: words and their type, by the runs' own properties, else
//! their styles, else the paragraph's style.

use super::super::flow::{Letters, Piece};
use super::super::package::Element;
use super::styles::{Style, Styles, is_on, points};

/// A paragraph that is open.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) words: Words,
    pub(super) style: Option<String>,
    /// Id of its list.
    pub(super) list: Option<String>,
    /// Level in the list, from 0.
    pub(super) level: Option<usize>,
    /// Outline level from 0; 9 is running text.
    pub(super) outline: Option<u8>,
    /// The walk is inside the paragraph's properties.
    pub(super) in_properties: bool,
    /// A tracked change deleted its end, so that it is one with the next.
    pub(super) end_deleted: bool,
    /// The next paragraph begins a section on a new page.
    pub(super) ends_section: bool,
    pub(super) run: Run,
    /// The walk is inside an element whose text is printed.
    pub(super) in_text: bool,
    /// Paragraphs of text boxes anchored here.
    pub(super) boxed: Vec<Piece>,
}

/// Text and its type.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    /// Page of the first word.
    pub(super) page: Option<u32>,
    pub(super) letters: Letters,
}

/// What the properties of a run say.
#[derive(Default)]
pub(super) struct Run {
    style: Option<String>,
    bold: Option<bool>,
    size: Option<f32>,
    hidden: Option<bool>,
    /// The walk is inside the run's properties.
    in_properties: bool,
}

impl Paragraph {
    /// Adds text of the open run unless it is hidden. Whether any word was added.
    pub(super) fn write(&mut self, text: &str, styles: &Styles, page: u32) -> bool {
        if self
            .looked(styles, self.run.hidden, |style| style.hidden)
            .unwrap_or_default()
        {
            return false;
        }
        let bold = self
            .looked(styles, self.run.bold, |style| style.bold)
            .unwrap_or_default();
        let size = self
            .looked(styles, self.run.size, |style| style.size)
            .unwrap_or_else(|| styles.default_size());
        self.words.text.push_str(text);
        self.words.letters.add(text, bold, size);
        let written = !text.trim().is_empty();
        if written {
            self.words.page.get_or_insert(page);
        }
        written
    }

    /// The run's own word, else its style's, else the paragraph's style's.
    fn looked<T>(&self, styles: &Styles, own: Option<T>, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let run_style = self.run.style.as_deref();
        own.or_else(|| run_style.and_then(|id| styles.look(Some(id), |_, style| get(style))))
            .or_else(|| styles.look(self.style.as_deref(), |_, style| get(style)))
    }

    /// An element begins in the paragraph.
    pub(super) fn open(&mut self, element: &Element<'_>) {
        let value = || element.get("val");
        match element.name {
            "w:pPr" => self.in_properties = true,
            "w:r" => self.run = Run::default(),
            "w:t" | "m:t" => self.in_text = true,
            name if self.in_properties => match name {
                "w:pStyle" => self.style = value(),
                "w:numId" => self.list = value(),
                "w:ilvl" => self.level = value().and_then(|value| value.parse().ok()),
                "w:outlineLvl" => self.outline = value().and_then(|value| value.parse().ok()),
                "w:del" | "w:moveFrom" => self.end_deleted = true,
                "w:sectPr" => self.ends_section = true,
                "w:type" if value().as_deref() == Some("continuous") => self.ends_section = false,
                _ => {}
            },
            "w:rPr" => self.run.in_properties = true,
            name if self.run.in_properties => match name {
                "w:rStyle" => self.run.style = value(),
                "w:b" => self.run.bold = Some(is_on(element)),
                "w:sz" => self.run.size = points(element),
                "w:vanish" => self.run.hidden = Some(is_on(element)),
                _ => {}
            },
            _ => {}
        }
    }

    /// An element ends in the paragraph.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "w:pPr" => self.in_properties = false,
            "w:rPr" => self.run.in_properties = false,
            "w:r" => self.run = Run::default(),
            "w:t" | "m:t" => self.in_text = false,
            _ => {}
        }
    }
}

impl Words {
    /// These words and then `next`, in one paragraph.
    pub(super) fn then(mut self, next: Self) -> Self {
        self.text.push_str(&next.text);
        self.page = self.page.or(next.page);
        self.letters.join(next.letters);
        self
    }
}
