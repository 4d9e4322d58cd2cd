//! A letter as it was written, with its sentences marked.
//!
//! In: a document's rows, and its [`Reading`] where there is one. Out: headings, paragraphs and sentences for the
//! template. With a reading every word of the document is there, also letterhead and tables that give no rows; from
//! rows alone (label files) only sentences are, in paragraphs as far as offsets tell.

use std::collections::HashSet;

use serde::Serialize;

use super::super::wording::spaced;
use super::mark::{Anchors, Sentence, sentence};
use super::theme::Themes;
use crate::reading::Reading;
use crate::row::Row;
use crate::text::ParagraphKind;
use crate::visit::Document;

/// A document, for the template.
#[derive(Debug, Serialize)]
pub(super) struct Letter {
    blocks: Vec<Block>,
}

/// A stretch of the document that stands by itself on the page.
#[derive(Debug, Serialize)]
pub(super) struct Block {
    /// `heading`, `paragraph`, `item` or `aside`; items that follow each other make a list.
    kind: &'static str,
    number: Option<String>,
    grade: Option<String>,
    /// Classes of all its sentences, with a space in front, so that a filter can leave it out as a whole.
    classes: String,
    /// Words that are no sentences: of a heading, a letterhead, a table.
    text: Option<String>,
    sentences: Vec<Sentence>,
    first: bool,
    last: bool,
}

/// The view of a document.
pub(super) fn letter(
    document: &Document,
    reading: Option<&Reading>,
    themes: &Themes,
    anchors: &mut Anchors,
) -> Letter {
    let mut sentences: Vec<Sentence> = Vec::with_capacity(document.rows.len());
    for (n, row) in document.rows.iter().enumerate() {
        sentences.push(sentence(row, document.sentences.get(n), themes, anchors));
    }
    let mut blocks = match reading.filter(|reading| pairs(reading, &document.rows)) {
        Some(reading) => whole(sentences, reading),
        None => from_rows(sentences, &document.rows),
    };
    let items: Vec<bool> = blocks.iter().map(|block| block.kind == "item").collect();
    for (n, block) in blocks.iter_mut().enumerate() {
        block.classes = all_classes(&block.sentences);
        block.first = n == 0 || !items[n - 1];
        block.last = items.get(n + 1) != Some(&true);
    }
    Letter { blocks }
}

/// Every class by which filters know one of the sentences.
fn all_classes(sentences: &[Sentence]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for class in sentences.iter().flat_map(|sentence| sentence.classes.split(' ')) {
        if class != "s" && class != "x" && !all.contains(&class) {
            all.push(class);
        }
    }
    all.iter().flat_map(|class| [" ", class]).collect()
}

/// Whether the rows are those of the reading, all of them: rows that were filtered or come from another edition of the
/// document cannot be put into its paragraphs.
fn pairs(reading: &Reading, rows: &[Row]) -> bool {
    let sentences = &reading.sentences;
    sentences.len() == rows.len()
        && sentences
            .iter()
            .zip(rows)
            .all(|(sentence, row)| sentence.span.of(&reading.text.read) == row.text)
}

/// Every paragraph of the document.
fn whole(sentences: Vec<Sentence>, reading: &Reading) -> Vec<Block> {
    let text = &reading.text;
    let headings: HashSet<usize> = reading
        .sections
        .iter()
        .filter_map(|section| section.heading)
        .map(|span| {
            text.paragraphs
                .partition_point(|paragraph| paragraph.span.end <= span.start)
        })
        .collect();
    let mut sentences = reading.sentences.iter().zip(sentences).peekable();
    let mut blocks = Vec::with_capacity(text.paragraphs.len());
    for (n, paragraph) in text.paragraphs.iter().enumerate() {
        let mut of_this = Vec::new();
        while let Some((_, sentence)) = sentences.next_if(|(sentence, _)| sentence.paragraph <= n) {
            of_this.push(sentence);
        }
        let item = paragraph.kind == ParagraphKind::Item;
        blocks.push(match headings.contains(&n) {
            // The grade that a heading carries stands in its words already.
            true => Block {
                text: Some(text.words(paragraph).to_owned()),
                ..Block::new("heading", None)
            },
            false if of_this.is_empty() => Block {
                text: Some(text.words(paragraph).to_owned()),
                ..Block::new("aside", paragraph.number.clone())
            },
            false => Block {
                sentences: of_this,
                ..Block::new(if item { "item" } else { "paragraph" }, paragraph.number.clone())
            },
        });
    }
    blocks
}

/// Sentences under their headings; what stands between them is not known.
fn from_rows(sentences: Vec<Sentence>, rows: &[Row]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&Row> = None;
    for (sentence, row) in sentences.into_iter().zip(rows) {
        if before.is_none_or(|before| before.section != row.section)
            && let Some(heading) = &row.section
        {
            blocks.push(Block {
                text: Some(heading.clone()),
                grade: row.section_grade.map(|grade| spaced(&grade.to_string())),
                ..Block::new("heading", None)
            });
        }
        // Between sentences of one paragraph there is one space or line break; between paragraphs there is more.
        let goes_on = before.is_some_and(|before| {
            before.section == row.section && before.paragraph == row.paragraph && row.start <= before.end + 1
        });
        if !goes_on {
            blocks.push(Block::new("paragraph", row.paragraph.clone()));
        }
        if let Some(block) = blocks.last_mut() {
            block.sentences.push(sentence);
        }
        before = Some(row);
    }
    blocks
}

impl Block {
    fn new(kind: &'static str, number: Option<String>) -> Self {
        Self {
            kind,
            number,
            grade: None,
            classes: String::new(),
            text: None,
            sentences: Vec::new(),
            first: false,
            last: false,
        }
    }
}
