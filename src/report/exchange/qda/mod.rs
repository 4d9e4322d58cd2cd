//! REFI-QDA 1.5, the exchange standard of programs for qualitative analysis (NVivo, ATLAS.ti, MAXQDA, QualCoder and
//! others): the project (`.qdpx`) with texts and coded passages, and the codebook (`.qdc`) alone.
//!
//! Each theme is a code with three codes below it, for strengths, concerns and what is not judged; sets gather those of
//! one kind over all themes. A program that knows no sets still has all of it. Names of codes are distinct throughout,
//! since some programs know codes by name. Each sentence with labels is a passage; its description says on which words
//! the labels rest.
//!
//! Texts are UTF-8 without a byte order mark, and positions count Unicode characters in them, as the standard asks; lines
//! end in line feeds alone, since programs count two characters there as one or as two.

mod project;

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use self::project::project;
use super::guid::guid;
use super::{Exchange, ExchangeFormat, File, NO_THEME, themes};
use crate::codebook::Tone;
use crate::report::visible_line;

/// A project with its documents.
pub(super) const PROJECT: ExchangeFormat = ExchangeFormat {
    name: "qdpx",
    endings: &["qdpx"],
    about: "REFI-QDA project: texts with coded passages, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
    folder: false,
    documents: true,
    files: |exchange| one(project(exchange)?),
};

/// The themes alone.
pub(super) const CODEBOOK: ExchangeFormat = ExchangeFormat {
    name: "qdc",
    endings: &["qdc"],
    about: "REFI-QDA codebook: the themes as codes, without documents",
    folder: false,
    documents: false,
    files: |exchange| one(codebook(exchange)?),
};

const CODEBOOK_SPACE: &str = "urn:QDA-XML:codebook:1.0";

/// What is said of a theme, the word behind its name, the set that gathers it, and its colour.
const TONES: [(Tone, &str, &str, &str); 3] = [
    (Tone::Strength, "strength", "Strengths", "#1F6F50"),
    (Tone::Concern, "concern", "Concerns", "#A4343A"),
    (Tone::Neutral, "not judged", "Not judged", "#6B6B6B"),
];

type Xml = Writer<Vec<u8>>;

fn one(bytes: Vec<u8>) -> io::Result<Vec<File>> {
    let name = String::new();
    Ok(vec![File { name, bytes }])
}

fn origin() -> String {
    format!("findings {}", env!("CARGO_PKG_VERSION"))
}

fn xml() -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

fn code_of(theme: &str, tone: Tone) -> String {
    guid("code", &[theme, tone.name()])
}

/// The codes that there are: of [`NO_THEME`] nothing is not judged.
fn tones(theme: &str) -> impl Iterator<Item = &'static (Tone, &'static str, &'static str, &'static str)> {
    let themeless = theme == NO_THEME;
    TONES
        .iter()
        .filter(move |(tone, ..)| !themeless || *tone != Tone::Neutral)
}

fn codebook(exchange: &Exchange<'_>) -> io::Result<Vec<u8>> {
    let mut xml = xml()?;
    xml.create_element("CodeBook")
        .with_attributes([("xmlns", CODEBOOK_SPACE), ("origin", &origin())])
        .write_inner_content(|xml| {
            write_codes(exchange, xml)?;
            write_sets(exchange, "guid", xml)
        })?;
    Ok(xml.into_inner())
}

fn write_codes(exchange: &Exchange<'_>, xml: &mut Xml) -> io::Result<()> {
    xml.create_element("Codes").write_inner_content(|xml| {
        for (theme, name, about) in themes(exchange.rules) {
            let id = guid("code", &[theme]);
            xml.create_element("Code")
                .with_attributes([("guid", id.as_str()), ("name", name), ("isCodable", "true")])
                .write_inner_content(|xml| {
                    text(xml, "Description", about)?;
                    for (tone, word, _, colour) in tones(theme) {
                        xml.create_element("Code")
                            .with_attributes([
                                ("guid", code_of(theme, *tone).as_str()),
                                ("name", &format!("{name}: {word}")),
                                ("isCodable", "true"),
                                ("color", colour),
                            ])
                            .write_empty()?;
                    }
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The two schemas differ in how a set names its members.
fn write_sets(exchange: &Exchange<'_>, names: &str, xml: &mut Xml) -> io::Result<()> {
    xml.create_element("Sets").write_inner_content(|xml| {
        for (tone, _, set, _) in &TONES {
            let id = guid("set", &[tone.name()]);
            xml.create_element("Set")
                .with_attributes([("guid", id.as_str()), ("name", set)])
                .write_inner_content(|xml| {
                    let themes = themes(exchange.rules);
                    let ours = themes
                        .iter()
                        .filter(|(theme, ..)| tones(theme).any(|(one, ..)| one == tone));
                    for (theme, ..) in ours {
                        xml.create_element("MemberCode")
                            .with_attribute((names, code_of(theme, *tone).as_str()))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(xml: &mut Xml, element: &str, text: &str) -> io::Result<()> {
    xml.create_element(element)
        .write_text_content(BytesText::new(&visible_line(text)))?;
    Ok(())
}
