//! A sentence as outputs show it: the stable contract of label files.
//!
//! In: a [`Reading`]. Out: [`Row`]s, one a sentence. Here bytes become Unicode characters:
//! every `start` and `end` counts scalar values, end exclusive, into the text that `findings text` prints.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::codebook::{Change, Grade, Polarity, SectionRole, Speaker, Time, Tone, Via};
use crate::normal::Normal;
use crate::reading::Reading;
use crate::rules::Rules;
use crate::span::Span;

/// Version of the row's form. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// One sentence with its labels. Keys are always there, null where there is nothing to say; `extra` aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules that made the labels.
    pub rules: String,
    /// Id of the sentence, stable while its own words stay and edits happen elsewhere in the document.
    pub id: String,
    /// The document: its path as given, or its id.
    pub document: String,
    /// Ordinal of the sentence in the document, from 1.
    pub sentence: u32,
    /// The heading above, as printed, without its grade.
    pub section: Option<String>,
    /// What part of the document that heading opens.
    pub section_role: SectionRole,
    /// The grade that the heading carries.
    pub section_grade: Option<Grade>,
    /// Physical page, from 1, on which the sentence begins.
    pub page: Option<u32>,
    /// The document's own number of the paragraph, as printed without its full stop.
    pub paragraph: Option<String>,
    /// First character of the sentence.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The sentence as read: line breaks as spaces, page furniture left out.
    pub text: String,
    /// What the sentence as a whole says.
    pub polarity: Polarity,
    /// Themes with what is said of each; a theme judged both ways stands twice.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
    /// Fields that came with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<Map<String, Value>>,
}

/// A theme in a sentence and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Label {
    /// Id of the theme.
    pub theme: String,
    /// What is said of it.
    pub polarity: Tone,
    /// The words that made the label, in the order in which they stand in the document.
    pub evidence: Vec<Evidence>,
}

/// Words of the document and the rule that read them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Id of the cue, `file/words`.
    pub rule: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words as they stand in the document.
    pub text: String,
    /// Where they stand, seen from the sentence.
    pub via: Via,
}

/// Bytes to characters, quickly for places that come in order.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    character: usize,
}

impl Characters<'_> {
    /// How many characters stand before a byte.
    fn before(&mut self, byte: usize) -> usize {
        if byte >= self.byte {
            self.character += self.text[self.byte..byte].chars().count();
        } else {
            self.character -= self.text[byte..self.byte].chars().count();
        }
        self.byte = byte;
        self.character
    }

    fn span(&mut self, span: Span) -> (usize, usize) {
        (self.before(span.start), self.before(span.end))
    }
}

/// The rows of a reading, in the order of its sentences.
pub fn rows(rules: &Rules, reading: &Reading) -> Vec<Row> {
    let themes: Vec<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
    let text = &reading.text;
    let mut characters = Characters {
        text: &text.printed,
        byte: 0,
        character: 0,
    };
    // By the normal form, as the id is: "CARE LEAVERS" and "Care leavers" are told apart by this number alone.
    let mut repeats: HashMap<String, u32> = HashMap::new();
    let mut rows = Vec::with_capacity(reading.sentences.len());
    for (n, (sentence, verdict)) in reading.sentences.iter().zip(&reading.verdicts).enumerate() {
        let section = &reading.sections[sentence.section];
        let paragraph = &text.paragraphs[sentence.paragraph];
        let words = sentence.span.of(&text.read);
        let normal = Normal::new(words).text;
        let repeat = repeats.get(&normal).map_or(0, |before| before + 1);
        let id = id(&reading.document, &normal, repeat);
        repeats.insert(normal, repeat);
        let (start, end) = characters.span(text.span_to_printed(sentence.span));
        let mut labels = Vec::with_capacity(verdict.labels.len());
        for label in &verdict.labels {
            let evidence = label.evidence.iter().map(|evidence| {
                let read = text.normal.span_to_text(evidence.span);
                let (start, end) = characters.span(text.span_to_printed(read));
                Evidence {
                    rule: evidence.rule.clone().into_owned(),
                    start,
                    end,
                    text: read.of(&text.read).to_owned(),
                    via: evidence.via,
                }
            });
            let theme = themes.get(usize::from(label.theme)).copied().unwrap_or_default();
            labels.push(Label {
                theme: theme.to_owned(),
                polarity: label.tone,
                evidence: evidence.collect(),
            });
        }
        rows.push(Row {
            schema: SCHEMA,
            rules: reading.rules.clone(),
            id,
            document: reading.document.clone(),
            sentence: u32::try_from(n + 1).unwrap_or(u32::MAX),
            section: section.heading.map(|span| span.of(&text.read).to_owned()),
            section_role: section.role,
            section_grade: section.grade,
            page: text.page(sentence.span.start),
            paragraph: paragraph.number.clone(),
            start,
            end,
            text: words.to_owned(),
            polarity: verdict.polarity,
            labels,
            source: verdict.source,
            time: verdict.time,
            change: verdict.change,
            extra: reading.extra.clone(),
        });
    }
    rows
}

/// The first 8 bytes of SHA-256 over the document's name without folder and ending, the sentence in normal form, and
/// how often it stood before: edits elsewhere in the letter, and its copies in other formats, leave it as it is.
fn id(document: &str, normal: &str, repeat: u32) -> String {
    let name = document.rsplit(['/', '\\']).next().unwrap_or(document);
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
    let mut hash = Sha256::new();
    for text in [stem, normal] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(repeat.to_le_bytes());
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
