//! REFI-QDA 1.5, the exchange standard of programs for qualitative analysis (NVivo, ATLAS.ti, MAXQDA, QualCoder and
//! others): the project (`.qdpx`) with texts and coded passages, and the codebook (`.qdc`) alone.
//!
//! Each theme is a code with three codes below it, for strengths, concerns and what is not judged; sets gather those of
//! one kind over all themes. A program that knows no sets still has all of it. Names of codes are distinct throughout,
//! since some programs know codes by name. Each sentence with labels is a passage; its description says on which words
//! the labels rest.
//!
//! Texts are UTF-8 without a byte order mark, with line feeds, and positions count Unicode characters in them: what the
//! standard says, and the one way on which programs agree.

use std::io::{self, Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::guid::guid;
use super::names::Names;
use super::{Document, Exchange, ExchangeFormat, File, NO_THEME, Plain, codes, grounds, themes};
use crate::codebook::{Fact, Tone};
use crate::facts::Facts;
use crate::report::visible_line;
use crate::row::Row;

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
const PROJECT_SPACE: &str = "urn:QDA-XML:project:1.0";
/// Characters of a passage that name it.
const NAMING: usize = 60;

/// What is said of a theme, the word behind its name, the set that gathers it, and its colour.
const TONES: [(Tone, &str, &str, &str); 3] = [
    (Tone::Strength, "strength", "Strengths", "#1F6F50"),
    (Tone::Concern, "concern", "Concerns", "#A4343A"),
    (Tone::Neutral, "not judged", "Not judged", "#6B6B6B"),
];

/// Facts that sources carry as variables, with their type.
const VARIABLES: [(Fact, &str); 6] = [
    (Fact::Kind, "Text"),
    (Fact::Authority, "Text"),
    (Fact::InspectionStart, "Date"),
    (Fact::InspectionEnd, "Date"),
    (Fact::Published, "Date"),
    (Fact::VisitNumber, "Integer"),
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

/// The archive: the project, and each text under its id.
fn project(exchange: &Exchange<'_>) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of its own, so that the bytes repeat.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut names = Names::default();
    let sources = exchange.documents.iter().enumerate().map(|(place, document)| {
        let before = &exchange.documents[..place];
        // A document may be given twice.
        let nth = before.iter().filter(|other| other.name == document.name).count();
        Source {
            guid: guid("source", &[document.name, &nth.to_string()]),
            name: names.of(document.name),
            document,
            plain: Plain::of(document.text),
        }
    });
    let sources: Vec<Source<'_>> = sources.collect();
    archive.start_file("project.qde", options)?;
    archive.write_all(&write_project(exchange, &sources)?)?;
    for source in &sources {
        archive.start_file(format!("sources/{}.txt", source.guid), options)?;
        archive.write_all(source.plain.text().as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A document in the project.
struct Source<'a> {
    guid: String,
    /// Without folders, by which some programs would be led to make some.
    name: String,
    document: &'a Document<'a>,
    plain: Plain,
}

fn write_project(exchange: &Exchange<'_>, sources: &[Source<'_>]) -> io::Result<Vec<u8>> {
    let mut xml = xml()?;
    let user = guid("user", &[]);
    let origin = origin();
    let mut attributes = vec![
        ("xmlns", PROJECT_SPACE),
        ("name", exchange.name),
        ("origin", &origin),
        ("creatingUserGUID", &user),
    ];
    attributes.extend(exchange.date.map(|date| ("creationDateTime", date)));
    xml.create_element("Project")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            xml.create_element("Users").write_inner_content(|xml| {
                xml.create_element("User")
                    .with_attributes([("guid", user.as_str()), ("name", "findings")])
                    .write_empty()?;
                Ok(())
            })?;
            xml.create_element("CodeBook")
                .write_inner_content(|xml| write_codes(exchange, xml))?;
            xml.create_element("Variables").write_inner_content(|xml| {
                for (fact, kind) in VARIABLES {
                    xml.create_element("Variable")
                        .with_attributes([
                            ("guid", guid("variable", &[fact.name()]).as_str()),
                            ("name", fact.name()),
                            ("typeOfVariable", kind),
                        ])
                        .write_empty()?;
                }
                Ok(())
            })?;
            if !sources.is_empty() {
                xml.create_element("Sources").write_inner_content(|xml| {
                    sources
                        .iter()
                        .try_for_each(|source| write_source(exchange, source, &user, xml))
                })?;
            }
            write_sets(exchange, "targetGUID", xml)?;
            let rules = exchange.rules.fingerprint();
            let about = format!("Labelled by {origin} with rules {rules}.");
            text(xml, "Description", &about)
        })?;
    Ok(xml.into_inner())
}

fn write_source(exchange: &Exchange<'_>, source: &Source<'_>, user: &str, xml: &mut Xml) -> io::Result<()> {
    let path = format!("internal://{}.txt", source.guid);
    let mut attributes = vec![
        ("guid", source.guid.as_str()),
        ("name", &source.name),
        ("plainTextPath", &path),
        ("creatingUser", user),
    ];
    attributes.extend(exchange.date.map(|date| ("creationDateTime", date)));
    xml.create_element("TextSource")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            text(xml, "Description", source.document.name)?;
            for row in source.document.rows {
                write_passage(exchange, source, row, user, xml)?;
            }
            write_facts(source.document.facts, xml)
        })?;
    Ok(())
}

fn write_passage(
    exchange: &Exchange<'_>,
    source: &Source<'_>,
    row: &Row,
    user: &str,
    xml: &mut Xml,
) -> io::Result<()> {
    let codes = codes(row);
    if codes.is_empty() {
        return Ok(());
    }
    let (start, end) = (source.plain.place(row.start), source.plain.place(row.end));
    let id = guid("passage", &[&source.guid, &row.id]);
    let words = visible_line(&row.text);
    let mut name: String = words.chars().take(NAMING).collect();
    if name.len() < words.len() {
        name.push('…');
    }
    let (start, end) = (start.to_string(), end.to_string());
    let mut attributes = vec![
        ("guid", id.as_str()),
        ("name", &name),
        ("startPosition", &start),
        ("endPosition", &end),
        ("creatingUser", user),
    ];
    attributes.extend(exchange.date.map(|date| ("creationDateTime", date)));
    xml.create_element("PlainTextSelection")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            text(xml, "Description", &said(row, &codes))?;
            for (theme, tone) in &codes {
                let coding = guid("coding", &[&id, theme, tone.name()]);
                let mut attributes = vec![("guid", coding.as_str()), ("creatingUser", user)];
                attributes.extend(exchange.date.map(|date| ("creationDateTime", date)));
                xml.create_element("Coding")
                    .with_attributes(attributes)
                    .write_inner_content(|xml| {
                        xml.create_element("CodeRef")
                            .with_attribute(("targetGUID", code_of(theme, *tone).as_str()))
                            .write_empty()?;
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
    Ok(())
}

/// On what the labels rest, and what else is known of the sentence.
fn said(row: &Row, codes: &[(&str, Tone)]) -> String {
    let mut said: Vec<String> = codes
        .iter()
        .map(|(theme, tone)| match grounds(row, theme, *tone) {
            grounds if grounds.is_empty() => format!("{theme} {tone}"),
            grounds => format!("{theme} {tone}: {grounds}"),
        })
        .collect();
    said.push(format!(
        "source {}, time {}, change {}",
        row.source, row.time, row.change
    ));
    said.push(format!("id {}", row.id));
    said.join(". ")
}

fn write_facts(facts: &Facts, xml: &mut Xml) -> io::Result<()> {
    let all = serde_json::to_value(facts)?;
    for (fact, kind) in VARIABLES {
        let value = match &all[fact.name()] {
            serde_json::Value::Null => continue,
            serde_json::Value::String(value) => value.clone(),
            value => value.to_string(),
        };
        xml.create_element("VariableValue").write_inner_content(|xml| {
            xml.create_element("VariableRef")
                .with_attribute(("targetGUID", guid("variable", &[fact.name()]).as_str()))
                .write_empty()?;
            text(xml, &format!("{kind}Value"), &value)
        })?;
    }
    Ok(())
}
