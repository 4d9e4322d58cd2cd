//! Links from a workbook to documents.

use std::fmt::Write as _;

use crate::report::Made;

/// Most letters in a link, with room for the page behind it.
const LONGEST: usize = 2000;
/// Endings of the files that are linked.
const DOCUMENTS: [&str; 7] = ["pdf", "docx", "odt", "html", "htm", "txt", "md"];

/// The link to a document, and to its page where the format has pages that a viewer can be sent to. `None` for what is no
/// path of a file beside which the workbook could lie: a document may come under any name, and a name like
/// `\\host\share` or `https://...` would call somebody else's machine.
pub(super) fn link(made: &Made, document: &str, page: Option<u32>) -> Option<String> {
    let way = made.to_documents.as_deref()?;
    let (_, ending) = document.rsplit_once('.')?;
    let known = DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(ending));
    let foreign =
        document.starts_with("//") || document.contains([':', '\\']) || document.contains(char::is_control);
    if !known || foreign {
        return None;
    }
    let way = if document.starts_with('/') { "" } else { way };
    let mut link = "file://".to_owned();
    for byte in way.bytes().chain(document.bytes()) {
        // What RFC 3986 leaves unreserved, and the slash between folders.
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            link.push(char::from(byte));
        } else {
            write!(link, "%{byte:02X}").expect("to a string");
        }
    }
    if let Some(page) = page.filter(|_| ending.eq_ignore_ascii_case("pdf")) {
        write!(link, "#page={page}").expect("to a string");
    }
    (link.len() <= LONGEST).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(document: &str, page: Option<u32>) -> Option<String> {
        let made = Made {
            to_documents: Some("../".to_owned()),
            ..Made::default()
        };
        link(&made, document, page)
    }

    #[test]
    fn files_are_linked_with_their_page() {
        assert_eq!(
            to("letters/a.pdf", Some(3)).as_deref(),
            Some("file://../letters/a.pdf#page=3")
        );
        assert_eq!(
            to("letters/a b%#é.PDF", None).as_deref(),
            Some("file://../letters/a%20b%25%23%C3%A9.PDF")
        );
        assert_eq!(to("a.docx", Some(3)).as_deref(), Some("file://../a.docx"));
        assert_eq!(to("/srv/a.txt", None).as_deref(), Some("file:///srv/a.txt"));
    }

    #[test]
    fn names_that_lead_elsewhere_are_not_linked() {
        for name in [
            "https://example.org/a.pdf",
            "javascript:alert(1).html",
            "\\\\host\\share\\a.pdf",
            "//host/a.pdf",
            "C:\\a.pdf",
            "file:///etc/a.txt",
            "mailto:a@example.org?x.pdf",
            "a.exe",
            "alderbrook-7",
            "-",
            "a\n.pdf",
        ] {
            assert_eq!(to(name, Some(1)), None, "{name}");
        }
        assert_eq!(to(&format!("{}.pdf", "a".repeat(2000)), None), None);
        assert_eq!(link(&Made::default(), "a.pdf", None), None);
    }
}
