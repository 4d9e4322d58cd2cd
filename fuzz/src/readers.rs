//! The readers of formats, in this process and under small limits.
//!
//! The program reads PDF, DOCX, ODT and HTML in a process of its own, under limits of time and memory: an input on which a reader runs
//! away here is to be tried there.

use findings::extract::{Extract, Limits, extract_within};
use findings::row::rows;
use findings::source::Format;
use findings::{Error, Source};

use super::{built_in, foreign, outputs, parts};

const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    pages: 20,
    depth: 200,
};

/// Much more than any format lets a document of [`LIMITS`] stand for.
const MOST_TEXT: usize = 64 << 20;

/// Plain text in any encoding.
pub fn plain(data: &[u8]) {
    read(Format::Text, "letter.txt", data.to_vec());
}

/// HTML.
pub fn html(data: &[u8]) {
    read(Format::Html, "letter.html", data.to_vec());
}

/// PDF.
pub fn pdf(data: &[u8]) {
    read(Format::Pdf, "letter.pdf", data.to_vec());
}

/// DOCX: the file itself where it begins as an archive does, else its parts as [`parts`] has them.
pub fn docx(data: &[u8]) {
    if let Some(bytes) = packed(data, "word/document.xml") {
        read(Format::Docx, "letter.docx", bytes);
    }
}

/// OpenDocument text, in the same two ways.
pub fn odt(data: &[u8]) {
    if let Some(bytes) = packed(data, "content.xml") {
        read(Format::Odt, "letter.odt", bytes);
    }
}

fn packed(data: &[u8], first: &str) -> Option<Vec<u8>> {
    if data.starts_with(b"PK") {
        return Some(data.to_vec());
    }
    parts::archive(&parts::split(data, first))
}

fn read(format: Format, name: &str, bytes: Vec<u8>) {
    // What it would be taken for; whatever that is, it is read as what it is meant to be.
    let found = Source::from_bytes(name, bytes.clone());
    let source = Source {
        name: name.to_owned(),
        bytes,
        format,
        extra: None,
    };
    let Some(Ok(extract)) = extract(&source) else {
        return;
    };
    assert!(
        !matches!(found, Err(Error::Read { .. })),
        "bytes in memory are not read from anywhere"
    );
    let again = extract_again(&source);
    assert!(again.as_ref() == Some(&extract), "two runs differ");
    let json = serde_json::to_string(&extract).expect("plain data can be written");
    assert!(
        outputs::parsed::<Extract>(&json) == extract,
        "the extract changes on its way between processes"
    );
    blocks(&extract, format);
    let reading = built_in().read_extract(&source, extract);
    outputs::hold(built_in(), &reading, &rows(built_in(), &reading));
}

fn extract(source: &Source) -> Option<Result<Extract, Error>> {
    foreign::contained(|| extract_within(source, &LIMITS))
}

fn extract_again(source: &Source) -> Option<Extract> {
    extract(source).and_then(Result::ok)
}

/// What every reader promises of its blocks.
fn blocks(extract: &Extract, format: Format) {
    let text = &extract.text;
    assert!(text.len() <= MOST_TEXT, "{} bytes of text", text.len());
    let mut last = 0;
    for block in &extract.blocks {
        let (start, end) = (block.span.start, block.span.end);
        assert!(
            last <= start && start < end,
            "blocks overlap or are empty: {block:?}"
        );
        let words = text.get(start..end);
        let words = words.unwrap_or_else(|| panic!("{block:?} cuts a character or lies outside"));
        assert_eq!(words.trim(), words, "space at the end of {block:?}");
        assert!(block.size >= 0.0, "a size below nothing: {block:?}");
        assert!(
            block.page.is_none_or(|page| page > 0),
            "pages begin with 1: {block:?}"
        );
        if format == Format::Pdf {
            let most = u32::try_from(LIMITS.pages).expect("small");
            assert!(
                block.page.is_some_and(|page| page <= most),
                "no such page: {block:?}"
            );
        }
        last = end;
    }
}
