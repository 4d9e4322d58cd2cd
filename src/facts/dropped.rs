//! Lines that are no part of the running text: running headers and footers.
//!
//! In: a [`Text`]. Out: each such line once, by its place in the printed text. A title that stands at the head of every page
//! is page furniture to the steps before, and may be all that names the authority.

use std::collections::HashSet;

use crate::span::Span;
use crate::text::Text;

/// More different lines than this are no headers.
const MOST: usize = 40;
/// Shorter ones are page numbers and bullets; in bytes.
const SHORTEST: usize = 6;

/// Lines of the printed text of which the text as read has nothing, in order.
pub(super) fn lines(text: &Text) -> Vec<Span> {
    let mut kept: Vec<Span> = text
        .paragraphs
        .iter()
        .map(|paragraph| text.span_to_printed(paragraph.span))
        .collect();
    // Footnotes are read after the paragraph that they interrupt.
    kept.sort();
    let mut kept = kept.into_iter().peekable();
    let (mut lines, mut seen) = (Vec::new(), HashSet::new());
    let mut start = 0;
    for line in text.printed.split_inclusive(['\n', '\u{c}']) {
        let span = Span::new(start, start + line.len());
        start = span.end;
        while kept.next_if(|kept| kept.end <= span.start).is_some() {}
        if kept.peek().is_some_and(|kept| kept.overlaps(span)) {
            continue;
        }
        let words = line.trim();
        if words.len() >= SHORTEST && seen.insert(words) && lines.len() < MOST {
            let lead = line.len() - line.trim_start().len();
            lines.push(Span::new(span.start + lead, span.start + lead + words.len()));
        }
    }
    lines
}
