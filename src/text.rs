//! The words of a document as they are read: page furniture dropped, broken paragraphs joined.
//!
//! In: an [`Extract`]. Out: a [`Text`]: the printed text, the same as read, its normal form, and the maps between the
//! three. Not decided here: which paragraphs are headings that matter, and what is a sentence.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::extract::{Block, BlockKind, Extract};
use crate::normal::Normal;
use crate::rules::{LineKind, Rules};
use crate::span::Span;

/// A document's words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// What `findings text` prints, and what the offsets of outputs count in.
    pub printed: String,
    /// The words as read: one line a paragraph, page furniture left out, line breaks as spaces.
    pub read: String,
    /// The normal form of `read`, in which cues are found.
    pub normal: Normal,
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// (byte in `read`, byte in `printed`), one entry wherever the distance between the two changes.
    map: Vec<(usize, usize)>,
}

/// A paragraph, heading or list item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Bytes of [`Text::read`]; a bullet or number before the first word is left out.
    pub span: Span,
    /// What the layout says it is.
    pub kind: ParagraphKind,
    /// Physical page of its first word, from 1.
    pub page: Option<u32>,
    /// The document's own number of it, as printed without its full stop.
    pub number: Option<String>,
    /// All its letters are bold.
    pub bold: bool,
    /// Size of its letters in points, 0 where unknown.
    pub size: f32,
}

/// What the layout says a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParagraphKind {
    /// Running text, or a heading that nothing marks as such.
    Body,
    /// Marked as a heading.
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote.
    Note,
    /// An entry of a table of contents.
    Contents,
}

impl Text {
    /// The place in the printed text of a byte of the text as read.
    pub fn to_printed(&self, at: usize) -> usize {
        let entry = self
            .map
            .partition_point(|(read, _)| *read <= at)
            .saturating_sub(1);
        self.map
            .get(entry)
            .map_or(at, |(read, printed)| printed + (at - read))
    }

    /// The span in the printed text of a span of the text as read.
    pub fn span_to_printed(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.to_printed(span.start);
            return Span::new(at, at);
        }
        // The end is carried from the last character, since what follows it may have been dropped.
        let last = self.read[..span.end]
            .char_indices()
            .next_back()
            .map_or(span.start, |(at, _)| at);
        Span::new(
            self.to_printed(span.start),
            self.to_printed(last) + (span.end - last),
        )
    }

    /// The words of a paragraph.
    pub fn words(&self, paragraph: &Paragraph) -> &str {
        paragraph.span.of(&self.read)
    }
}

/// Reads the words of an extract.
pub(crate) fn text(rules: &Rules, extract: Extract) -> Text {
    let furniture = furniture(rules, &extract);
    let mut text = Text {
        printed: extract.text,
        ..Text::default()
    };
    let mut number: Option<String> = None;
    let mut open: Option<usize> = None;
    // Footnotes at the foot of a page wait for the paragraph that goes on overleaf: they stand behind it, not in it.
    let mut notes: Vec<&Block> = Vec::new();
    for (block, furniture) in extract.blocks.iter().zip(furniture) {
        if furniture {
            continue;
        }
        let kind = kind(block.kind);
        if kind == ParagraphKind::Note {
            notes.push(block);
            continue;
        }
        let words = block.span.of(&text.printed).to_owned();
        let lead = lead(&words);
        if let Some(alone) = &lead.number
            && lead.rest >= words.len()
        {
            number = Some(alone.clone());
            continue;
        }
        let item = lead.bullet || kind == ParagraphKind::Item;
        let continues = open.is_some_and(|last| {
            lead.rest == 0
                && number.is_none()
                && continues(rules, &text, &text.paragraphs[last], &words, kind)
        });
        if let (true, Some(last)) = (continues, open) {
            text.append(block.span, true);
            text.paragraphs[last].span.end = text.read.len();
        } else {
            for note in notes.drain(..) {
                let lead = self::lead(note.span.of(&text.printed));
                text.paragraph(note, ParagraphKind::Note, lead.rest, lead.number);
            }
            let kind = if item && kind == ParagraphKind::Body {
                ParagraphKind::Item
            } else {
                kind
            };
            let own = lead.number.or_else(|| number.clone());
            if !text.paragraph(block, kind, lead.rest, own) {
                continue;
            }
            number = None;
        }
        open = matches!(kind, ParagraphKind::Body | ParagraphKind::Item).then(|| text.paragraphs.len() - 1);
    }
    for note in notes {
        let lead = lead(note.span.of(&text.printed));
        text.paragraph(note, ParagraphKind::Note, lead.rest, lead.number);
    }
    text.normal = Normal::new(&text.read);
    text
}

impl Text {
    /// Adds a block as a paragraph of its own, without its first `skip` bytes. Says whether it holds a word.
    fn paragraph(&mut self, block: &Block, kind: ParagraphKind, skip: usize, number: Option<String>) -> bool {
        if !self.read.is_empty() {
            self.read.push('\n');
        }
        let start = self.read.len();
        self.append(Span::new(block.span.start + skip, block.span.end), false);
        if self.read.len() == start {
            return false;
        }
        self.paragraphs.push(Paragraph {
            span: Span::new(start, self.read.len()),
            kind,
            page: block.page,
            number,
            bold: block.bold,
            size: block.size,
        });
        true
    }

    /// Adds the words of a span of the printed text: white space as one space, soft hyphens left out.
    fn append(&mut self, span: Span, joined: bool) {
        let Self {
            printed, read, map, ..
        } = self;
        let floor = read.len();
        let mut space = joined && !ends_in_hyphen(read);
        // Whether a hyphen or soft hyphen at a line's end holds the two halves of a word together.
        let mut mended = false;
        for (at, c) in printed[span.start..span.end].char_indices() {
            let there = span.start + at;
            if c == '\u{ad}' {
                mended = printed[there + c.len_utf8()..span.end]
                    .trim_start_matches([' ', '\r'])
                    .starts_with('\n');
                continue;
            }
            if c.is_whitespace() && !is_fixed_space(c) {
                mended |= c == '\n' && ends_in_hyphen(read);
                space = !mended && (read.len() > floor || joined);
                continue;
            }
            if space {
                read.push(' ');
            }
            (space, mended) = (false, false);
            if map.last().is_none_or(|(r, p)| p + (read.len() - r) != there) {
                map.push((read.len(), there));
            }
            read.push(c);
        }
    }
}

/// Spaces that authors set on purpose ("4 July"); they stay as they are.
fn is_fixed_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

/// A hyphen after a letter, as in "multi-" at a line's end: the next line goes on with the same word.
fn ends_in_hyphen(read: &str) -> bool {
    read.strip_suffix(['-', '\u{2010}', '\u{2011}'])
        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

fn kind(kind: BlockKind) -> ParagraphKind {
    match kind {
        BlockKind::Paragraph => ParagraphKind::Body,
        BlockKind::Heading(_) => ParagraphKind::Heading,
        BlockKind::Item => ParagraphKind::Item,
        BlockKind::Cell => ParagraphKind::Cell,
        BlockKind::Note => ParagraphKind::Note,
        BlockKind::Contents => ParagraphKind::Contents,
    }
}

/// What stands before the first word of a block.
struct Lead {
    bullet: bool,
    number: Option<String>,
    /// Where the words begin, in bytes of the block.
    rest: usize,
}

fn lead(words: &str) -> Lead {
    let trimmed = words.trim_start_matches(is_bullet_or_space);
    let bullets = &words[..words.len() - trimmed.len()];
    let dash = bullets
        .chars()
        .all(|c| matches!(c, '-' | '–' | '—') || c.is_whitespace());
    // A dash is a bullet only where a space follows it.
    if !bullets.trim().is_empty() && (!dash || bullets.ends_with(char::is_whitespace)) {
        return Lead {
            bullet: true,
            number: None,
            rest: bullets.len(),
        };
    }
    if let Some(after) = words
        .strip_prefix("o ")
        .filter(|rest| rest.starts_with(char::is_alphabetic))
    {
        return Lead {
            bullet: true,
            number: None,
            rest: words.len() - after.len(),
        };
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let sub = words[digits..]
        .strip_prefix('.')
        .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if (1..=3).contains(&digits) {
        let whole = if sub > 0 { digits + 1 + sub } else { digits };
        let after = words[whole..].strip_prefix(['.', ')']).unwrap_or(&words[whole..]);
        let marked = after.len() < words.len() - whole || sub > 0;
        let spaced = after.trim_start();
        let opens = spaced
            .chars()
            .next()
            .is_none_or(|c| c.is_uppercase() || matches!(c, '‘' | '“' | '\'' | '"' | '['));
        let parted = after.is_empty() || after.starts_with(char::is_whitespace);
        if marked && opens && parted {
            return Lead {
                bullet: false,
                number: Some(words[..whole].to_owned()),
                rest: words.len() - spaced.len(),
            };
        }
    }
    Lead {
        bullet: false,
        number: None,
        rest: 0,
    }
}

fn is_bullet_or_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '•' | '·'
                | '▪'
                | '■'
                | '●'
                | '○'
                | '◦'
                | '‣'
                | '∙'
                | '*'
                | '-'
                | '–'
                | '—'
                | '►'
                | '➢'
                | '✓'
        )
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Whether a block goes on with the paragraph before it: that one stops in mid-sentence and this one begins there.
///
/// A third of page breaks fall inside a sentence: "Managers are now in | post in most teams." Plain text loses the
/// page and keeps an empty line.
fn continues(rules: &Rules, text: &Text, last: &Paragraph, words: &str, kind: ParagraphKind) -> bool {
    if kind != ParagraphKind::Body {
        return false;
    }
    let before = text.words(last).trim_end_matches(['”', '’', '"', ')', ' ']);
    let stopped = before.ends_with(['.', '!', '?', ':', ';']);
    let long = before.len() > 45 || last.kind == ParagraphKind::Item || before.ends_with([',', '-']);
    let first = words.chars().find(|c| !matches!(c, '‘' | '“' | '(' | '"' | '\''));
    let lower = first.is_some_and(char::is_lowercase);
    let hanging = before
        .rsplit(' ')
        .next()
        .is_some_and(|word| rules.english.hanging(word));
    let word = first.is_some_and(char::is_alphanumeric);
    !stopped && ((long && lower) || (hanging && word && before.len() > 20))
}

/// For each block, whether it is page furniture: by its form, or because it stands at the edge of several pages.
fn furniture(rules: &Rules, extract: &Extract) -> Vec<bool> {
    const SHORT: usize = 160;
    const EDGE: usize = 3;
    let mut edges: HashMap<String, HashSet<u32>> = HashMap::new();
    let keys: Vec<Option<String>> = (0..extract.blocks.len())
        .map(|at| {
            let block = &extract.blocks[at];
            let page = block.page?;
            let beyond = |other: Option<&Block>| other.is_none_or(|other| other.page != Some(page));
            let edge = (1..=EDGE)
                .any(|n| beyond(extract.blocks.get(at + n)) || at < n || beyond(extract.blocks.get(at - n)));
            (edge && block.span.len() <= SHORT).then(|| key(block.span.of(&extract.text)))
        })
        .collect();
    for (block, key) in extract.blocks.iter().zip(&keys) {
        if let (Some(page), Some(key)) = (block.page, key) {
            edges.entry(key.clone()).or_default().insert(page);
        }
    }
    let pages = extract
        .blocks
        .iter()
        .filter_map(|block| block.page)
        .collect::<HashSet<_>>()
        .len();
    extract
        .blocks
        .iter()
        .zip(&keys)
        .map(|(block, key)| {
            let words = block.span.of(&extract.text);
            let by_form =
                block.span.len() <= SHORT && rules.letters.line(words.trim()) == Some(LineKind::Furniture);
            let repeated = key.as_ref().is_some_and(|key| {
                let on = edges.get(key).map_or(0, HashSet::len);
                on >= 3 && on * 3 >= pages && !key.starts_with('•')
            });
            by_form || repeated
        })
        .collect()
}

/// The same for "Page 3 of 12" and "Page 4 of 12".
fn key(words: &str) -> String {
    words
        .split_whitespace()
        .flat_map(|word| word.chars().chain([' ']))
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect()
}
