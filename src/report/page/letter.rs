//! A letter as it was written, with its sentences marked.
//!
//! In: a document's rows, and its [`Reading`] where there is one. Out: headings, paragraphs and sentences for the
//! template. With a reading every word of the document is there, also letterhead and tables that give no rows; from
//! rows alone (label files) only sentences are, in paragraphs as far as offsets tell.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::super::place::stretches;
use super::super::wording::spaced;
use super::theme::Themes;
use super::visits::because;
use crate::codebook::{Change, Polarity, Tone, Via};
use crate::reading::Reading;
use crate::row::{Evidence, Label, Row};
use crate::text::ParagraphKind;
use crate::visit::{Document, Use};

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

/// A sentence with its mark.
#[derive(Debug, Serialize)]
struct Sentence {
    anchor: String,
    /// Classes by which it is coloured and filtered.
    classes: String,
    /// Nothing to say of it: neither theme nor judgement.
    plain: bool,
    sign: &'static str,
    /// What the sign says, for those who hear the page.
    says: String,
    /// Text, and whether it is evidence.
    stretches: Vec<(String, bool)>,
    notes: Vec<Note>,
    /// Where it stands and what is unusual about it.
    aside: String,
}

/// A label, in the note that comes up beside its sentence.
#[derive(Debug, Serialize)]
struct Note {
    class: &'static str,
    sign: &'static str,
    theme: String,
    says: &'static str,
    /// A line for each piece of evidence: words and the rule that read them. Plain text: a page can hold tens of
    /// thousands of notes, and elements are what makes a page slow to open.
    evidence: String,
}

/// Anchors of sentences: one of its own for each, made from its id, so that a link to it holds when the page is
/// made anew.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// From (document, id).
    of: HashMap<(String, String), String>,
}

impl Anchors {
    /// A label file may hold any id; only letters and digits go into the page's own names.
    fn give(&mut self, row: &Row) -> String {
        let sound =
            !row.id.is_empty() && row.id.len() <= 64 && row.id.bytes().all(|b| b.is_ascii_alphanumeric());
        let stem = if sound {
            format!("s-{}", row.id)
        } else {
            "s-x".to_owned()
        };
        let mut anchor = stem.clone();
        let mut copy = 1;
        while !self.taken.insert(anchor.clone()) {
            copy += 1;
            anchor = format!("{stem}-{copy}");
        }
        let place = (row.document.clone(), row.id.clone());
        self.of.entry(place).or_insert_with(|| anchor.clone());
        anchor
    }

    /// The anchor of a sentence that is on the page.
    pub(super) fn of(&self, document: &str, id: &str) -> Option<&str> {
        self.of
            .get(&(document.to_owned(), id.to_owned()))
            .map(String::as_str)
    }
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

fn sentence(row: &Row, used: Option<&Use>, themes: &Themes, anchors: &mut Anchors) -> Sentence {
    let plain = row.labels.is_empty() && row.polarity == Polarity::Neutral;
    let evidence = row.labels.iter().flat_map(|label| &label.evidence);
    Sentence {
        anchor: anchors.give(row),
        classes: classes(row, used, themes),
        plain,
        sign: sign(row.polarity),
        says: says(row, themes),
        stretches: stretches(row, evidence),
        notes: row.labels.iter().map(|label| note(label, themes)).collect(),
        aside: if plain { String::new() } else { aside(row, used) },
    }
}

/// `s`, its polarity, `x` where it does not count, and for each label the theme, alone and with what is said of it.
fn classes(row: &Row, used: Option<&Use>, themes: &Themes) -> String {
    let mut classes = vec!["s".to_owned(), letter_of(row.polarity).to_owned()];
    if used.is_some_and(|used| because(used.counts_as).is_some()) {
        classes.push("x".to_owned());
    }
    for label in &row.labels {
        let theme = themes.class(&label.theme);
        let both = format!("{theme}{}", tone_letter(label.polarity));
        for class in [theme, both] {
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
    }
    classes.join(" ")
}

/// The class of a sentence's polarity.
pub(super) const fn letter_of(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Strength => "p",
        Polarity::Concern => "c",
        Polarity::Mixed => "m",
        Polarity::Neutral => "n",
    }
}

/// The class of what is said of a theme.
pub(super) const fn tone_letter(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "p",
        Tone::Concern => "c",
        Tone::Neutral => "n",
    }
}

/// The sign of a polarity: never colour alone.
pub(super) const fn sign(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Strength => "+",
        Polarity::Concern => "\u{2212}",
        Polarity::Mixed => "±",
        Polarity::Neutral => "·",
    }
}

const fn tone_sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "+",
        Tone::Concern => "\u{2212}",
        Tone::Neutral => "·",
    }
}

const fn tone_says(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "strength",
        Tone::Concern => "concern",
        Tone::Neutral => "mentioned, not judged",
    }
}

/// "Concern: Caseloads, Supervision".
fn says(row: &Row, themes: &Themes) -> String {
    let word = match row.polarity {
        Polarity::Strength => "Strength",
        Polarity::Concern => "Concern",
        Polarity::Mixed => "Strength and concern",
        Polarity::Neutral => "Not judged",
    };
    let mut names: Vec<&str> = Vec::new();
    for label in &row.labels {
        let name = themes.name(&label.theme);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return word.to_owned();
    }
    format!("{word}: {}", names.join(", "))
}

const fn moved(change: Change) -> &'static str {
    match change {
        Change::Improved => "improved",
        Change::Declined => "declined",
        Change::Unchanged | Change::None => "not moved",
    }
}

fn note(label: &Label, themes: &Themes) -> Note {
    let mut lines: Vec<String> = Vec::new();
    for evidence in &label.evidence {
        let line = line(evidence);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Note {
        class: tone_letter(label.polarity),
        sign: tone_sign(label.polarity),
        theme: themes.name(&label.theme).to_owned(),
        says: tone_says(label.polarity),
        evidence: lines.concat(),
    }
}

/// "“too high”, caseloads/too-high", on a line of its own.
fn line(evidence: &Evidence) -> String {
    let words: Vec<&str> = evidence.text.split_whitespace().collect();
    let from = match evidence.via {
        Via::Clause => "",
        Via::Sentence => " (elsewhere in the sentence)",
        Via::Paragraph => " (earlier in the paragraph)",
        Via::Section => " (in the heading)",
    };
    format!("\n“{}”{from}, {}", words.join(" "), evidence.rule)
}

/// "page 3, paragraph 12, improved".
fn aside(row: &Row, used: Option<&Use>) -> String {
    let mut parts = Vec::new();
    parts.extend(row.page.map(|page| format!("page {page}")));
    parts.extend(
        row.paragraph
            .as_ref()
            .map(|paragraph| format!("paragraph {paragraph}")),
    );
    match row.change {
        Change::None => {}
        change => parts.push(format!("said to have {}", moved(change))),
    }
    if let Some(used) = used {
        parts.extend(because(used.counts_as).map(|reason| format!("not counted: {reason}")));
        if used.corrected {
            parts.push("corrected by a person".to_owned());
        }
    }
    parts.join(", ")
}
