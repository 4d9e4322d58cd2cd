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
    for text in ["", " \n\x0c", "\u{a0}\u{feff}", "---\n"] {
        assert_eq!(reason(&Source::from_text("note.txt", text)), Reason::Empty, "{text:?}");
    }
}

#[test]
fn readers_left_out_are_named() {
    let source = |format| Source { name: "x".to_owned(), bytes: b"x".to_vec(), format, extra: None };
    let missing = |format| matches!(extract(&source(format)), Err(Error::Document { reason: Reason::NotBuilt { .. }, .. }));
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
        for format in [source.format, Format::Text, Format::Html, Format::Docx, Format::Odt] {
            if let Ok(found) = extract(&Source { format, ..source.clone() }) {
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

    const WORD: &str = "(/)?w:(p|pPr|r|rPr|t|br|tab|b|sz|del|ins|tbl|tr|tc|numPr|ilvl|numId|pStyle|sectPr|sdt|fldChar|\
        footnote|footnoteReference|lastRenderedPageBreak|sym)( w:(val|id|type|char|fldCharType)=\"(1|0|-1|99999999999|page|begin|\
        end|F0B7|a)\")?(/)?";
    const OPEN: &str = "(/)?(text:(p|h|span|list|list-item|s|note|note-body|soft-page-break|table-of-content)|\
        table:(table|table-row|table-cell))( text:(style-name|outline-level|start-value)=\"(1|0|-1|99999999999|a)\")?(/)?";

    proptest! {
        #[test]
        fn any_word_elements(parts in proptest::collection::vec(format!("<{WORD}>|[a-z .]{{0,6}}"), 0..40)) {
            let xml = format!("<w:document><w:body>{}</w:body></w:document>", parts.concat());
            survives("x", &zip(&[("word/document.xml", &xml), ("word/footnotes.xml", &xml), ("word/numbering.xml", &xml)]));
        }

        #[test]
        fn any_open_elements(parts in proptest::collection::vec(format!("<{OPEN}>|[a-z .]{{0,6}}"), 0..40)) {
            let xml = format!("<office:document-content><office:body>{}</office:body></office:document-content>", parts.concat());
            survives("x", &zip(&[("content.xml", &xml), ("styles.xml", &xml)]));
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
