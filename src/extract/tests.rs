use proptest::prelude::*;

use super::{BlockKind, Extract, extract};
use crate::error::{Error, Reason};
use crate::source::{Format, Source};

fn reason(source: &Source) -> Reason {
    match extract(source).unwrap_err() {
        Error::Document { reason, document } => {
            assert_eq!(document, source.name);
            reason
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_document_without_words_is_empty() {
    for text in ["", " \n\x0c", "\u{feff}\u{a0}", "---\n"] {
        assert_eq!(
            reason(&Source::from_text("note.txt", text)),
            Reason::Empty,
            "{text:?}"
        );
    }
}

#[test]
fn readers_left_out_are_named() {
    let source = |format| Source {
        name: "x".to_owned(),
        bytes: b"x".to_vec(),
        format,
        extra: None,
    };
    let missing = |format| {
        matches!(
            extract(&source(format)),
            Err(Error::Document {
                reason: Reason::NotBuilt { .. },
                ..
            })
        )
    };
    assert_eq!(missing(Format::Html), cfg!(not(feature = "html")));
    assert_eq!(missing(Format::Docx), cfg!(not(feature = "docx")));
    assert_eq!(missing(Format::Odt), cfg!(not(feature = "docx")));
    assert!(!missing(Format::Text));
}

/// Spans in order, apart, without space at their ends, and together all words of the text.
fn check(extract: &Extract) {
    let mut end = 0;
    for block in &extract.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end);
        let text = block.span.of(&extract.text);
        assert_eq!(text.trim(), text);
        assert!(block.size >= 0.0);
        assert!(block.page != Some(0));
        if let BlockKind::Heading(level) = block.kind {
            assert!(level > 0);
        }
        end = block.span.end;
    }
}

/// What any reader must stand: whatever comes, an extract in order or an error.
fn survives(name: &str, bytes: &[u8]) {
    if let Ok(source) = Source::from_bytes(name, bytes.to_vec()) {
        for format in [
            source.format,
            Format::Text,
            Format::Html,
            Format::Docx,
            Format::Odt,
        ] {
            if let Ok(found) = extract(&Source {
                format,
                ..source.clone()
            }) {
                check(&found);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600), head in "|PK\u{3}\u{4}|%PDF-1.7|<html>|\\{\\\\rtf") {
        let bytes: Vec<u8> = head.bytes().chain(bytes).collect();
        survives("letter.docx", &bytes);
    }

    #[test]
    fn any_markup(parts in proptest::collection::vec(
        "<(/)?(p|div|li|ol|ul|h2|table|tr|td|main|nav|br|b|sup|script|form|header)( (start|value|type|role|href)=\"(9|a|I|#)\")?(/)?>|\\PC{0,8}|&[a-z]{0,5};?", 0..40)) {
        survives("page.html", parts.concat().as_bytes());
    }
}

#[cfg(feature = "docx")]
mod packages {
    use proptest::prelude::*;

    use super::super::package::tests::zip;
    use super::survives;

    const WORD: &str = "w:(p|p|r|r|t|t|pPr|rPr|br|tab|b|sz|del|ins|tbl|tr|tc|numPr|ilvl|numId|pStyle|sectPr|sdt|fldChar|\
        footnote|footnoteReference|lastRenderedPageBreak|sym|num|abstractNum|lvl|start|numFmt|lvlText|abstractNumId)";
    const OPEN: &str = "(text:(p|p|h|span|list|list-item|s|note|note-body|soft-page-break|table-of-content|list-style|\
        list-level-style-number)|table:(table|table-row|table-cell)|style:style)";
    const ATTRIBUTES: &str = "( [wt]:(val|id|type|char|fldCharType|ilvl|numId|abstractNumId|level|style-name|name|outline-level|\
        start-value|display-levels|num-format)=\"(1|0|2|-1|4294967295|99999999999|page|begin|end|F0B7|a|decimal|%1)\"){0,3}";

    /// Well-formed elements of these names, nested at random.
    fn elements(names: &'static str) -> impl Strategy<Value = String> {
        "[a-z .]{0,6}".prop_recursive(5, 40, 6, move |inner| {
            (names, ATTRIBUTES, proptest::collection::vec(inner, 0..6)).prop_map(
                |(name, attributes, inner)| format!("<{name}{attributes}>{}</{name}>", inner.concat()),
            )
        })
    }

    proptest! {
        #[test]
        fn any_word_elements(text in elements(WORD), lists in elements(WORD)) {
            let (text, lists) = (format!("<w:p><w:r><w:t>a</w:t></w:r>{text}</w:p>"), format!("<w:n>{lists}</w:n>"));
            survives("x", &zip(&[("word/document.xml", &text), ("word/footnotes.xml", &text), ("word/numbering.xml", &lists)]));
        }

        #[test]
        fn any_open_elements(text in elements(OPEN), styles in elements(OPEN)) {
            let text = format!("<text:p>a{text}</text:p>{text}");
            survives("x", &zip(&[("content.xml", &text), ("styles.xml", &styles)]));
        }

        #[test]
        fn any_damage(at in 0..400_usize, byte in any::<u8>()) {
            let mut bytes = zip(&[
                ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Plans are good.</w:t></w:r></w:p></w:body></w:document>"),
                ("content.xml", "<office:body><office:text><text:p>Plans are good.</text:p></office:text></office:body>"),
            ]);
            if let Some(hit) = bytes.get_mut(at) {
                *hit = byte;
            }
            survives("x", &bytes);
        }
    }
}
