//! Several files in one input: a line `%%% NAME` opens a file, whose content are the lines up to the next.
//!
//! Archives are made of them here, so that what is changed by a fuzzer is what stands in the files: of a changed archive hardly more
//! than its checksums would be read.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MARK: &[u8] = b"%%% ";
/// As many files as are of use.
const MOST: usize = 16;

/// The files of an input with their names; what stands before the first is the file `first`.
pub(super) fn split<'d>(data: &'d [u8], first: &str) -> Vec<(String, &'d [u8])> {
    let mut files = Vec::new();
    let (mut name, mut start, mut at) = (first.to_owned(), 0, 0);
    while at < data.len() && files.len() < MOST {
        let end = data[at..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(data.len(), |found| at + found + 1);
        if let Some(opened) = data[at..end].strip_prefix(MARK) {
            if at > 0 {
                files.push((name, &data[start..at]));
            }
            name = String::from_utf8_lossy(opened.trim_ascii_end()).into_owned();
            start = end;
        }
        at = end;
    }
    files.push((name, &data[start..]));
    files
}

/// A zip archive of files, not compressed; `None` where their names do not go together.
pub(super) fn archive(files: &[(String, &[u8])]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
