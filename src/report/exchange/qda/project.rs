//! The project: texts, and in them the passages with their codes.

use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::guid::guid;
use super::super::names::Names;
use super::super::{Document, Exchange, Plain, codes, grounds};
use super::{Xml, code_of, origin, text, write_codes, write_sets, xml};
use crate::codebook::{Fact, Tone};
use crate::facts::Facts;
use crate::report::visible_line;
use crate::row::Row;

const SPACE: &str = "urn:QDA-XML:project:1.0";
/// Characters of a passage that name it.
const NAMING: usize = 60;

/// Facts that sources carry as variables, with their type.
const VARIABLES: [(Fact, &str); 6] = [
    (Fact::Kind, "Text"),
    (Fact::Authority, "Text"),
    (Fact::InspectionStart, "Date"),
    (Fact::InspectionEnd, "Date"),
    (Fact::Published, "Date"),
    (Fact::VisitNumber, "Integer"),
];

/// The archive: the project, and each text under its id.
pub(super) fn project(exchange: &Exchange<'_>) -> io::Result<Vec<u8>> {
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
        ("xmlns", SPACE),
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
