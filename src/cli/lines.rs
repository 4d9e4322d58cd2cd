//! JSON Lines as input: one document a line, `{"id": ..., "text": ...}`, read as it comes.
//!
//! In: bytes from a file or standard input. Out: raw lines, and from a line a [`Source`]. No more than one line is held.

use std::io::{self, BufRead};

use findings::Source;
use serde_json::Value;

use super::contained;

/// The lines of one input that are not empty.
pub(crate) struct Lines {
    input: String,
    reader: Box<dyn BufRead + Send>,
    number: usize,
    longest: usize,
}

/// A line that may be a document.
#[derive(Debug)]
pub(crate) struct Line {
    /// "batch.jsonl line 3", for messages.
    pub(crate) place: String,
    /// Its bytes, or why there are none.
    pub(crate) bytes: Result<Vec<u8>, String>,
}

impl Lines {
    pub(crate) fn new(input: String, reader: Box<dyn BufRead + Send>) -> Self {
        Self {
            input,
            reader,
            number: 0,
            longest: contained::most_bytes(),
        }
    }

    /// The next line without its line break; `None` at the end. A line that is too long is passed over, not held.
    fn raw(&mut self) -> io::Result<Option<Result<Vec<u8>, String>>> {
        let mut line = Vec::new();
        let mut length = 0;
        loop {
            let chunk = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let (piece, ended) = match chunk.iter().position(|&byte| byte == b'\n') {
                Some(at) => (&chunk[..at], true),
                None => (chunk, false),
            };
            let (taken, at_end) = (piece.len() + usize::from(ended), chunk.is_empty());
            length += piece.len();
            if length <= self.longest {
                line.extend_from_slice(piece);
            } else {
                line = Vec::new();
            }
            self.reader.consume(taken);
            if at_end && length == 0 {
                return Ok(None);
            }
            if ended || at_end {
                let most = self.longest >> 20;
                let too_long = || format!("the line is longer than {most} MB (set by --max-size)");
                return Ok(Some(if length > self.longest {
                    Err(too_long())
                } else {
                    Ok(line)
                }));
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            self.number += 1;
            let place = format!("{} line {}", self.input, self.number);
            match self.raw() {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(bytes)) => return Some(Line { place, bytes }),
                Err(error) => {
                    // What follows cannot be had either.
                    self.reader = Box::new(io::empty());
                    return Some(Line {
                        place,
                        bytes: Err(error.to_string()),
                    });
                }
            }
        }
    }
}

impl Line {
    /// The document on this line; fields other than `id` and `text` go with it.
    ///
    /// # Errors
    /// The reason, in words, where there is no document on it.
    pub(crate) fn source(self) -> Result<Source, String> {
        let bytes = self
            .bytes
            .map_err(|reason| format!("cannot read {}: {reason}", self.place))?;
        let wrong = |what: &str| format!("cannot read {}: {what}", self.place);
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let value = serde_json::from_slice(bytes).map_err(|error| {
            wrong(&format!(
                "it is not JSON: {}",
                error.to_string().replace(" at line 1 column", " at column")
            ))
        })?;
        let Value::Object(mut fields) = value else {
            return Err(wrong("it is not a JSON object"));
        };
        let id = match fields.remove("id") {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err(wrong("it has no \"id\" that is a string or a number")),
        };
        let Some(Value::String(text)) = fields.remove("text") else {
            return Err(wrong("it has no \"text\" that is a string"));
        };
        let mut source = Source::from_text(id, text);
        source.extra = Some(fields).filter(|fields| !fields.is_empty());
        Ok(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &'static str, longest: usize) -> Lines {
        Lines {
            longest,
            ..Lines::new(
                "in".to_owned(),
                Box::new(io::BufReader::with_capacity(3, text.as_bytes())),
            )
        }
    }

    #[test]
    fn lines_are_numbered_and_empty_ones_passed_over() {
        let found: Vec<_> = lines("{1}\r\n\n  \n{2}", 100)
            .map(|line| (line.place, line.bytes))
            .collect();
        let expected = [
            ("in line 1", Ok(b"{1}\r".to_vec())),
            ("in line 4", Ok(b"{2}".to_vec())),
        ];
        assert_eq!(found, expected.map(|(place, bytes)| (place.to_owned(), bytes)));
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_one_read() {
        let found: Vec<_> = lines("0123456789\nshort\n", 8)
            .map(|line| line.bytes.is_ok())
            .collect();
        assert_eq!(found, [false, true]);
    }

    #[test]
    fn other_fields_go_with_the_document() {
        let read = |text: &str| {
            Line {
                place: "in line 1".to_owned(),
                bytes: Ok(text.into()),
            }
            .source()
        };
        let source = read("\u{feff}{\"id\": 7, \"text\": \"Plans.\", \"year\": 2021}").unwrap();
        assert_eq!((source.name.as_str(), &source.bytes[..]), ("7", &b"Plans."[..]));
        assert_eq!(serde_json::to_string(&source.extra).unwrap(), r#"{"year":2021}"#);
        assert_eq!(read(r#"{"id": "a", "text": "Plans."}"#).unwrap().extra, None);
        for wrong in [
            "[]",
            "{",
            r#"{"text": ""}"#,
            r#"{"id": "a"}"#,
            r#"{"id": "a", "text": 1}"#,
        ] {
            assert!(
                read(wrong).unwrap_err().starts_with("cannot read in line 1: "),
                "{wrong}"
            );
        }
    }
}
