//! A zip archive of XML parts, which is what DOCX and ODT files are.
//!
//! In: bytes. Out: parts as text, and a walk through a part's elements. Decides nothing about documents; sets the
//! limits on what a part may unpack to.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use crate::error::{Limit, Reason};
use crate::source::{encoding, megabytes};

/// An opened archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Reason> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Reason::Damaged(format!("its zip archive cannot be opened ({error})")))?;
        Ok(Self {
            archive,
            limits: *limits,
        })
    }

    /// A part as text, `None` where the archive has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let broken = |error: &dyn std::fmt::Display| {
            Reason::Damaged(format!("its part {name} cannot be unpacked ({error})"))
        };
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Reason::Encrypted),
            Err(error) => return Err(broken(&error)),
        };
        // The size that the archive states may be a lie, so only what has been unpacked counts.
        let mut bytes = Vec::new();
        file.take(self.limits.bytes as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(&error))?;
        if bytes.len() > self.limits.bytes {
            return Err(Reason::TooLarge {
                limit: Limit::Bytes,
                message: format!(
                    "its part {name} unpacks to more than {}",
                    megabytes(self.limits.bytes)
                ),
            });
        }
        Ok(Some(encoding::decode(&bytes, None)))
    }

    /// A part that the document cannot do without.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Reason> {
        self.part(name)?
            .ok_or_else(|| Reason::Damaged(format!("its part {name} is missing")))
    }

    /// Walks through the XML of the part called `part`.
    pub(super) fn walk(&self, part: &str, xml: &str, visitor: &mut impl Visitor) -> Result<(), Reason> {
        walk(part, xml, self.limits.depth, visitor)
    }
}

/// An element's start.
pub(super) struct Element<'a> {
    /// Its name with the prefix as written, as in `w:p`.
    pub(super) name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let attribute = self
            .start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|found| found.key.local_name().as_ref() == name)?;
        let raw = attribute.value.as_ref();
        Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |value| value.into_owned()))
    }
}

/// What a reader does on a walk through a part.
pub(super) trait Visitor {
    /// An element begins. `false` leaves out all that is in it, and its end.
    fn open(&mut self, element: &Element<'_>) -> bool;
    /// An element ends that was not left out.
    fn close(&mut self, name: &str);
    /// Text between elements.
    fn text(&mut self, text: &str);
}

fn walk(part: &str, xml: &str, deepest: usize, visitor: &mut impl Visitor) -> Result<(), Reason> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| {
            Reason::Damaged(format!(
                "its part {part} is not well-formed at byte {} ({error})",
                reader.error_position()
            ))
        })?;
        match event {
            Event::Start(start) => {
                if visitor.open(&Element {
                    name: start.name().into_inner(),
                    start: &start,
                }) {
                    depth += 1;
                    if depth > deepest {
                        return Err(Reason::TooLarge {
                            limit: Limit::Depth,
                            message: format!("its part {part} may nest {deepest} elements"),
                        });
                    }
                } else {
                    reader.read_to_end(start.name()).map_err(|error| {
                        Reason::Damaged(format!("its part {part} is not well-formed ({error})"))
                    })?;
                }
            }
            Event::Empty(start) => {
                let name = start.name();
                if visitor.open(&Element {
                    name: name.into_inner(),
                    start: &start,
                }) {
                    visitor.close(name.into_inner());
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.name().into_inner());
            }
            Event::Text(text) => visitor.text(&text.xml10_content()),
            Event::CData(text) => visitor.text(&text.xml10_content()),
            Event::GeneralRef(reference) => resolve(&reference, visitor),
            Event::Eof if depth > 0 => return Err(Reason::Damaged(format!("its part {part} is cut short"))),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Entities that a document declares itself are left out: no office program writes them, only attacks do.
fn resolve(reference: &BytesRef<'_>, visitor: &mut impl Visitor) {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        visitor.text(character.encode_utf8(&mut [0; 4]));
    } else if let Some(text) = resolve_predefined_entity(reference) {
        visitor.text(text);
    }
}

#[cfg(test)]
pub(super) mod tests;
