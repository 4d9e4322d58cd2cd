use super::{Format, Source};
use crate::error::{Error, Reason};

fn format(name: &str, bytes: &[u8]) -> Format {
    Source::from_bytes(name, bytes.to_vec()).unwrap().format
}

fn reason(name: &str, bytes: &[u8]) -> Reason {
    match Source::from_bytes(name, bytes.to_vec()).unwrap_err() {
        Error::Document { document, reason } => {
            assert_eq!(document, name);
            reason
        }
        other => panic!("{other}"),
    }
}

/// A zip archive of empty parts as their directory shows them, `mimetype` with its content.
fn zip(names: &[&str], media_type: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for name in names {
        let content = if *name == "mimetype" { media_type } else { "" };
        let lengths = [u8::try_from(name.len()).unwrap(), 0, 0, 0];
        bytes.extend(b"PK\x03\x04");
        bytes.extend([0; 22]);
        bytes.extend(lengths);
        bytes.extend(name.bytes().chain(content.bytes()));
        directory.extend(b"PK\x01\x02");
        directory.extend([0; 24]);
        directory.extend(lengths);
        directory.extend([0; 14]);
        directory.extend(name.bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0; 12]);
    bytes.extend(start);
    bytes.extend([0; 2]);
    bytes
}

fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend([0; 64]);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn content_goes_before_name() {
    assert_eq!(format("letter.txt", b"%PDF-1.7\n"), Format::Pdf);
    assert_eq!(
        format("letter.pdf", b"\xef\xbb\xbf\r\n <!DOCTYPE html><p>Not found"),
        Format::Html
    );
    assert_eq!(format("letter.pdf", b"Dear Ms Okafor"), Format::Text);
    assert_eq!(
        format(
            "letter.odt",
            &zip(&["[Content_Types].xml", "word/document.xml"], "")
        ),
        Format::Docx
    );
}

#[test]
fn a_pdf_may_begin_late_but_not_too_late() {
    let mut bytes = b"\xff".repeat(1000);
    bytes.extend(b"%PDF-1.4 ");
    assert_eq!(format("x", &bytes), Format::Pdf);
    let mut bytes = b"\x01".repeat(1100);
    bytes.extend(b"%PDF-1.4 ");
    assert_eq!(reason("x", &bytes), Reason::NotADocument);
}

#[test]
fn names_speak_where_content_does_not() {
    assert_eq!(format("page.HTM", b"Plans are <b>good</b>."), Format::Html);
    assert_eq!(format("notes.md", b"# Plans\n\nGood."), Format::Text);
    assert_eq!(format("-", b"<!-- saved --><html lang=en><body>"), Format::Html);
    assert_eq!(format("-", b"<Redacted> said that plans are good."), Format::Text);
}

#[test]
fn zip_archives_are_told_by_their_parts() {
    let odt = "application/vnd.oasis.opendocument.text";
    assert_eq!(format("x", &zip(&["mimetype", "content.xml"], odt)), Format::Odt);
    let sheet = "application/vnd.oasis.opendocument.spreadsheet";
    assert!(matches!(
        reason("x", &zip(&["mimetype", "content.xml"], sheet)),
        Reason::Unsupported { .. }
    ));
    assert_eq!(
        format("x", &zip(&["[Content_Types].xml", "word/document2.xml"], "")),
        Format::Docx
    );
    let excel = reason("x.docx", &zip(&["[Content_Types].xml", "xl/workbook.xml"], ""));
    assert!(matches!(excel, Reason::Unsupported { format: "Excel", .. }));
    assert!(matches!(
        reason("x.zip", &zip(&["letter.pdf"], "")),
        Reason::Unsupported { format: "ZIP", .. }
    ));
}

#[test]
fn a_zip_archive_cut_short_is_still_known() {
    let whole = zip(&["[Content_Types].xml", "word/document.xml"], "");
    assert_eq!(format("x", &whole[..whole.len() - 60]), Format::Docx);
}

#[test]
fn a_letter_packed_inside_a_zip_archive_is_not_a_letter() {
    let mut bytes = zip(&["a.docx"], "");
    let inner = zip(&["word/document.xml"], "");
    bytes.splice(36..36, inner.iter().copied());
    let end = bytes.len() - 6;
    let start =
        u32::from_le_bytes(*bytes[end..].first_chunk().unwrap()) + u32::try_from(inner.len()).unwrap();
    bytes[end..end + 4].copy_from_slice(&start.to_le_bytes());
    assert!(matches!(
        reason("x", &bytes),
        Reason::Unsupported { format: "ZIP", .. }
    ));
}

#[test]
fn known_but_not_read() {
    assert!(matches!(
        reason("x", b"{\\rtf1\\ansi Plans}"),
        Reason::Unsupported { format: "RTF", .. }
    ));
    assert!(matches!(
        reason("x.docx", &compound("WordDocument")),
        Reason::Unsupported { format: ".doc", .. }
    ));
    assert_eq!(reason("x.docx", &compound("EncryptedPackage")), Reason::Encrypted);
    assert!(
        reason("x", &compound("WordDocument"))
            .to_string()
            .contains(".docx")
    );
    let flat = b"<?xml version='1.0'?><office:document xmlns:office='urn'>";
    assert!(matches!(
        reason("x", flat),
        Reason::Unsupported {
            format: "flat OpenDocument",
            ..
        }
    ));
}

#[test]
fn nothing_in_it() {
    assert_eq!(reason("x", b""), Reason::Empty);
    assert_eq!(reason("x", b" \r\n\x0c"), Reason::Empty);
}

#[test]
fn not_a_document() {
    assert_eq!(
        reason("x.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        Reason::NotADocument
    );
    assert_eq!(
        reason("x.txt", b"Plans\0are good, children are safe, and so on."),
        Reason::NotADocument
    );
    assert!(matches!(
        reason("x.pdf", b"\x89PNG\r\n\x1a\n\0\0\0"),
        Reason::Damaged(_)
    ));
    assert!(matches!(
        reason("x.docx", b"\x89PNG\r\n\x1a\n\0\0\0"),
        Reason::Damaged(_)
    ));
}

#[test]
fn utf16_is_text_for_all_its_zeros() {
    let bytes: Vec<u8> = "Plans are good."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(format("x", &bytes), Format::Text);
}
