//! Documents that are zip archives.
//!
//! In: bytes. Out: which document the archive is, from the names of its parts. Unpacks nothing, so that formats are told
//! in builds without their readers too.

use super::{Format, find};
use crate::error::Reason;

/// Which document a zip archive is, from the names of its parts.
pub(super) fn format(bytes: &[u8], named: Option<Format>) -> Result<Format, Reason> {
    // OpenDocument keeps its media type as the first part, not compressed, so that it stands at a fixed place.
    let media_type = bytes.get(30..).and_then(|rest| rest.strip_prefix(b"mimetype"));
    if let Some(media_type) = media_type {
        let is = |word: &[u8]| find(&media_type[..media_type.len().min(120)], word).is_some();
        if is(b"opendocument.text") {
            return Ok(Format::Odt);
        }
        if is(b"opendocument.") {
            return Err(Reason::Unsupported {
                format: "OpenDocument other than text",
                advice: "save the text as .odt first",
            });
        }
        if is(b"epub") {
            return Err(Reason::Unsupported {
                format: "EPUB",
                advice: "save it as .html or .docx first",
            });
        }
    }
    let names = part_names(bytes);
    let any = |test: &dyn Fn(&[u8]) -> bool| names.iter().any(|name| test(name));
    if any(&|name| name == b"word/document.xml") {
        return Ok(Format::Docx);
    }
    if any(&|name| name == b"[Content_Types].xml") {
        if any(&|name| name.starts_with(b"word/")) {
            return Ok(Format::Docx);
        }
        if any(&|name| name.starts_with(b"xl/")) {
            return Err(Reason::Unsupported {
                format: "Excel",
                advice: "save the text as .docx or .txt first",
            });
        }
        if any(&|name| name.starts_with(b"ppt/")) {
            return Err(Reason::Unsupported {
                format: "PowerPoint",
                advice: "save it as .pdf first",
            });
        }
    }
    match named {
        // Damaged, most likely: the reader says what it misses.
        Some(format @ (Format::Docx | Format::Odt)) => Ok(format),
        _ if any(&|name| name == b"content.xml") => Ok(Format::Odt),
        _ => Err(Reason::Unsupported {
            format: "ZIP",
            advice: "unpack it and pass the documents in it",
        }),
    }
}

/// Names of the parts of a zip archive, by its directory, or part by part where the directory is cut off.
fn part_names(bytes: &[u8]) -> Vec<&[u8]> {
    let u16_at = |at: usize| Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)));
    let mut names = Vec::new();
    let directory = bytes
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .and_then(|end| {
            let start = u32::from_le_bytes(*bytes.get(end + 16..)?.first_chunk()?);
            usize::try_from(start).ok()
        });
    if let Some(mut at) = directory {
        while bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
        {
            let (Some(name), Some(extra), Some(comment)) =
                (u16_at(at + 28), u16_at(at + 30), u16_at(at + 32))
            else {
                break;
            };
            let Some(found) = bytes.get(at + 46..at + 46 + name) else {
                break;
            };
            names.push(found);
            at += 46 + name + extra + comment;
        }
    }
    if names.is_empty() {
        let starts = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, window)| window == b"PK\x03\x04");
        names.extend(starts.filter_map(|(at, _)| bytes.get(at + 30..at + 30 + u16_at(at + 26)?)));
    }
    names
}
