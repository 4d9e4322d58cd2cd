//! The words of a document as they are read: page furniture dropped, broken paragraphs joined.
//!
//! In: an [`Extract`]. Out: a [`Text`]: the printed text, the same as read, its normal form, and the maps between the
//! three. Not decided here: which paragraphs are headings that matter, and what is a sentence.

mod furniture;
mod lead;

use serde::{Deserialize, Serialize};

use crate::extract::{Block, BlockKind, Extract};
use crate::normal::Normal;
use crate::rules::Rules;
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
    /// (byte in `read`, page), one entry wherever a block begins on another page than the one before.
    pages: Vec<(usize, Option<u32>)>,
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
    /// Level of a heading from 1, where the format tells.
    pub level: Option<u8>,
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

    /// The physical page, from 1, on which a byte of the text as read stands; `None` where the format has no pages.
    ///
    /// A paragraph can cross a page, so its sentences may stand on other pages than its first word.
    pub fn page(&self, at: usize) -> Option<u32> {
        let entry = self.pages.partition_point(|(read, _)| *read <= at);
        self.pages[..entry].last().and_then(|(_, page)| *page)
    }

    /// The words of a paragraph.
    pub fn words(&self, paragraph: &Paragraph) -> &str {
        paragraph.span.of(&self.read)
    }
}

/// Reads the words of an extract.
pub(crate) fn text(rules: &Rules, extract: Extract) -> Text {
    let furniture = furniture::furniture(rules, &extract);
    let mut text = Text {
        printed: extract.text,
        ..Text::default()
    };
    let mut writer = Writer::default();
    for (block, furniture) in extract.blocks.iter().zip(furniture) {
        if !furniture {
            writer.take(rules, &mut text, block);
        }
    }
    writer.notes_down(&mut text);
    text.normal = Normal::new(&text.read);
    text
}

/// What the reading of blocks has to keep in mind from one to the next.
#[derive(Default)]
struct Writer<'a> {
    /// A number that stood alone in the block before.
    number: Option<String>,
    /// The number of the last numbered paragraph.
    numbered: Option<String>,
    /// The paragraph that the next block may go on with.
    open: Option<Open>,
    /// Footnotes at the foot of the page on which that paragraph may break; they come down when it has ended.
    notes: Vec<&'a Block>,
}

/// A paragraph that may go on in the next block.
struct Open {
    paragraph: usize,
    /// Page of its last block.
    page: Option<u32>,
    /// A bullet or number stood before its first word.
    led: bool,
}

impl<'a> Writer<'a> {
    fn take(&mut self, rules: &Rules, text: &mut Text, block: &'a Block) {
        if self.open.is_some() && block.kind == BlockKind::Note {
            self.notes.push(block);
            return;
        }

        let words = block.span.of(&text.printed).to_owned();
        let lead = lead::lead(&words, self.numbered.as_deref());
        if let Some(alone) = &lead.number
            && lead.rest >= words.len()
        {
            self.number = Some(alone.clone());
            return;
        }
        let goes_on = self.number.is_none() && lead.rest == 0;
        if let Some(open) = self.open.as_mut().filter(|_| goes_on)
            && continues(rules, text, open, &words, block)
        {
            open.page = block.page;
            let end = text.read.len();
            text.append(block.span, true);
            // The space that joins the two pieces still belongs to the first.
            let begins = end + usize::from(text.read[end..].starts_with(' '));
            text.turn_page(begins, block);
            text.paragraphs[open.paragraph].span.end = text.read.len();
            return;
        }
        self.notes_down(text);
        self.begin(text, block, lead);
    }

    fn notes_down(&mut self, text: &mut Text) {
        for note in std::mem::take(&mut self.notes) {
            let rest = lead::Lead {
                bullet: false,
                number: None,
                rest: 0,
            };
            let number = self.number.take();
            self.begin(text, note, rest);
            self.number = number;
        }
    }

    fn begin(&mut self, text: &mut Text, block: &Block, lead: lead::Lead) {
        if !text.read.is_empty() {
            text.read.push('\n');
        }
        let start = text.read.len();
        text.append(Span::new(block.span.start + lead.rest, block.span.end), false);
        if text.read.len() == start {
            return;
        }
        text.turn_page(start, block);
        let led = lead.rest > 0 || self.number.is_some();
        let kind = match kind(block.kind) {
            ParagraphKind::Body if lead.bullet => ParagraphKind::Item,
            // "12. Leaders know ..." is a paragraph that the letter numbers, not an item of a list.
            ParagraphKind::Item if !lead.bullet && (lead.number.is_some() || self.number.is_some()) => {
                ParagraphKind::Body
            }
            kind => kind,
        };
        let number = lead.number.or_else(|| self.number.take());
        self.number = None;
        if kind != ParagraphKind::Cell && number.is_some() {
            self.numbered.clone_from(&number);
        }
        text.paragraphs.push(Paragraph {
            span: Span::new(start, text.read.len()),
            kind,
            page: block.page,
            number,
            bold: block.bold,
            size: block.size,
            level: match block.kind {
                BlockKind::Heading(level) => Some(level),
                _ => None,
            },
        });
        if kind != ParagraphKind::Note {
            self.open = may_go_on(kind).then(|| Open {
                paragraph: text.paragraphs.len() - 1,
                page: block.page,
                led,
            });
        }
    }
}

fn may_go_on(kind: ParagraphKind) -> bool {
    matches!(
        kind,
        ParagraphKind::Body | ParagraphKind::Item | ParagraphKind::Heading
    )
}

impl Text {
    /// Notes the page of a block whose words begin at a byte of the text as read.
    fn turn_page(&mut self, at: usize, block: &Block) {
        if self.pages.last().is_none_or(|(_, page)| *page != block.page) {
            self.pages.push((at, block.page));
        }
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
        let mut next = span.start;
        while next < span.end {
            let there = next;
            let run = match space || mended {
                true => 0,
                false => plain_run(&printed.as_bytes()[there..span.end]),
            };
            if run > 0 {
                if map.last().is_none_or(|(r, p)| p + (read.len() - r) != there) {
                    map.push((read.len(), there));
                }
                next = there + run;
                read.push_str(&printed[there..next]);
                continue;
            }
            let Some(c) = printed[there..].chars().next() else {
                break;
            };
            next = there + c.len_utf8();
            if c == '\u{ad}' {
                mended = printed[next..span.end]
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

/// How many bytes from the first on are taken as they are: printed ASCII with single spaces in between.
fn plain_run(bytes: &[u8]) -> usize {
    // A space belongs to the run where a character of it stands on either side.
    let mut space = true;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'!'..=b'~' => space = false,
            b' ' if !space => space = true,
            _ => return at - usize::from(space && at > 0),
        }
    }
    bytes.len() - usize::from(space && !bytes.is_empty())
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

/// Whether a block goes on with the paragraph before it: that one stops in mid-sentence and this one begins there.
///
/// A third of page breaks fall inside a sentence: "Managers are now in | post in most teams." Plain text loses the
/// page and keeps an empty line.
fn continues(rules: &Rules, text: &Text, open: &Open, words: &str, block: &Block) -> bool {
    let last = &text.paragraphs[open.paragraph];
    let kind = kind(block.kind);
    let before = text.words(last).trim_end_matches(['”', '’', '"', ')', ' ']);
    let stopped = before.ends_with(['.', '!', '?', ':', ';']);
    let first = words.chars().find(|c| !matches!(c, '‘' | '“' | '(' | '"' | '\''));
    let lower = first.is_some_and(char::is_lowercase);
    let word = first.is_some_and(char::is_alphanumeric);
    let hanging = before
        .rsplit([' ', '\u{a0}'])
        .next()
        .is_some_and(|word| rules.english.hanging(&word.to_lowercase()));
    if last.kind == ParagraphKind::Heading || kind == ParagraphKind::Heading {
        // A heading of two lines: "The experiences of children and" | "care leavers: good".
        return last.kind == kind && hanging && before.contains(' ') && (last.size - block.size).abs() < 0.5;
    }
    let new_page = block.page.is_some() && open.page != block.page;
    if kind == ParagraphKind::Item {
        // An item with neither bullet nor number at the head of a page, after one that had: the same item goes on.
        return new_page && open.led;
    }
    if kind != ParagraphKind::Body || stopped {
        return false;
    }
    if new_page && word && !block.bold && (last.size - block.size).abs() < 0.5 {
        // "The service in | Wexcombe is": running text, since sentences stand before the one that is broken.
        return lower || hanging || (last.kind == ParagraphKind::Body && before.contains(". "));
    }
    let long = before.len() > 45 || last.kind == ParagraphKind::Item || before.ends_with([',', '-']);
    (long && lower) || (hanging && word && before.len() > 20)
}
