//! What of a document gives no sentence, and why.

use crate::explain::Reason;
use crate::reading::Reading;
use crate::rules::Rules;
use crate::text::ParagraphKind;

/// A stretch of a document that gives no sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its words, as printed, on one line.
    pub text: String,
    /// The document's own number of the paragraph.
    pub paragraph: Option<String>,
    /// The heading above it.
    pub section: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Everything in a document that gives no sentence: headings and paragraphs in their order, then page furniture.
pub fn left_out(rules: &Rules, reading: &Reading) -> Vec<LeftOut> {
    let text = &reading.text;
    let mut found = Vec::new();
    for (n, paragraph) in text.paragraphs.iter().enumerate() {
        let of = reading
            .sections
            .iter()
            .find(|section| section.paragraphs.contains(&n));
        let heading =
            |section: &crate::section::Section| section.heading.filter(|span| paragraph.span.contains(*span));
        let reason = match of {
            Some(section) if section.rows => continue,
            Some(_) => Reason::NoRows,
            None if reading.sections.iter().any(|section| heading(section).is_some()) => Reason::IsHeading,
            None if rules.lines.kind(text.words(paragraph)).is_some() => Reason::Standing,
            None => match paragraph.kind {
                ParagraphKind::Cell | ParagraphKind::Note | ParagraphKind::Contents => Reason::Layout,
                ParagraphKind::Heading => Reason::IsHeading,
                ParagraphKind::Body | ParagraphKind::Item => Reason::Standing,
            },
        };
        found.push(LeftOut {
            text: text.words(paragraph).to_owned(),
            paragraph: paragraph.number.clone(),
            section: of
                .and_then(|section| section.heading)
                .map(|span| span.of(&text.read).to_owned()),
            reason,
        });
    }
    found.extend(furniture(reading));
    found
}

/// Lines of the printed text of which nothing is read.
fn furniture(reading: &Reading) -> Vec<LeftOut> {
    let text = &reading.text;
    let mut read: Vec<usize> = text
        .read
        .char_indices()
        .map(|(at, _)| text.to_printed(at))
        .collect();
    read.sort_unstable();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.printed.split_inclusive('\n') {
        let end = start + line.len();
        let first = read.partition_point(|at| *at < start);
        let words = line.trim();
        let nothing_read = read.get(first).is_none_or(|at| *at >= end);
        // A number alone may be that of the paragraph below it.
        let number = text.paragraphs.iter().any(|paragraph| {
            let number = paragraph.number.as_deref();
            number.is_some_and(|number| words.trim_end_matches(['.', ')']) == number)
        });
        if nothing_read && !number && words.contains(char::is_alphanumeric) {
            found.push(LeftOut {
                text: words.to_owned(),
                paragraph: None,
                section: None,
                reason: Reason::Repeated,
            });
        }
        start = end;
    }
    found
}
