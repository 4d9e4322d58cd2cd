//! Label Studio: tasks with predictions, and the labelling interface that shows and corrects them.
//!
//! Each label of a sentence is a region of its theme with what is said of it as a choice of its own. Offsets count Unicode
//! characters, as Label Studio has stored them since 2022; before that it counted UTF-16 units, which differ only behind
//! characters such as emoji.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use serde_json::{Value, json};

use super::guid::guid;
use super::{Document, Exchange, ExchangeFormat, File, Plain, codes, grounds, themes};
use crate::codebook::Tone;

/// A folder with tasks and the labelling interface.
pub(super) const FORMAT: ExchangeFormat = ExchangeFormat {
    name: "label-studio",
    endings: &[],
    about: "Label Studio: a folder with tasks.json, labels as predictions, and interface.xml",
    folder: true,
    documents: true,
    files,
};

const COLOURS: [&str; 3] = ["#1F6F50", "#A4343A", "#6B6B6B"];

fn files(exchange: &Exchange<'_>) -> io::Result<Vec<File>> {
    let tasks: Vec<Value> = exchange
        .documents
        .iter()
        .enumerate()
        .map(|(place, document)| task(exchange, place, document))
        .collect::<io::Result<_>>()?;
    let mut bytes = serde_json::to_vec_pretty(&tasks)?;
    bytes.push(b'\n');
    let file = |name: &str, bytes| File {
        name: name.to_owned(),
        bytes,
    };
    Ok(vec![
        file("interface.xml", interface(exchange)?),
        file("tasks.json", bytes),
    ])
}

fn task(exchange: &Exchange<'_>, place: usize, document: &Document<'_>) -> io::Result<Value> {
    let plain = Plain::of(document.text);
    let mut result = Vec::new();
    for row in document.rows {
        let (start, end) = (plain.place(row.start), plain.place(row.end));
        let words: String = plain.slice(start, end).iter().collect();
        for (theme, tone) in codes(row) {
            let id = guid(
                "region",
                &[document.name, &place.to_string(), &row.id, theme, tone.name()],
            );
            let region = |from: &str, kind: &str, chosen: &str, meta: Option<Value>| {
                let mut region = json!({
                    "id": id,
                    "from_name": from,
                    "to_name": "text",
                    "type": kind,
                    "value": { "start": start, "end": end, "text": words, kind: [chosen] },
                });
                if let Some(meta) = meta {
                    region["meta"] = meta;
                }
                region
            };
            let note = json!({ "text": [grounds(row, theme, tone)] });
            result.push(region("theme", "labels", theme, Some(note)));
            result.push(region("polarity", "choices", tone.name(), None));
        }
    }
    let facts = serde_json::to_value(document.facts)?;
    let known = [
        "authority",
        "kind",
        "inspection_start",
        "inspection_end",
        "published",
    ];
    let mut data: BTreeMap<&str, Value> = known.map(|name| (name, facts[name].clone())).into();
    data.insert("document", document.name.into());
    data.insert("text", plain.text().into());
    let rules = exchange.rules.fingerprint();
    let version = format!("findings {} rules {rules}", env!("CARGO_PKG_VERSION"));
    Ok(json!({ "data": data, "predictions": [{ "model_version": version, "result": result }] }))
}

fn interface(exchange: &Exchange<'_>) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.create_element("View").write_inner_content(|xml| {
        // Without it the browser takes runs of spaces for one, and shows labels beside their words.
        xml.create_element("Style")
            .write_text_content(quick_xml::events::BytesText::new(
                ".htx-text { white-space: pre-wrap; }",
            ))?;
        xml.create_element("Labels")
            .with_attributes([("name", "theme"), ("toName", "text")])
            .write_inner_content(|xml| {
                for (theme, name, about) in themes(exchange.rules) {
                    xml.create_element("Label")
                        .with_attributes([("value", theme), ("hint", &format!("{name}: {about}"))])
                        .write_empty()?;
                }
                Ok(())
            })?;
        xml.create_element("Choices")
            .with_attributes([
                ("name", "polarity"),
                ("toName", "text"),
                ("choice", "single"),
                ("perRegion", "true"),
                ("required", "true"),
                ("showInLine", "true"),
            ])
            .write_inner_content(|xml| {
                for (tone, colour) in Tone::ALL.iter().zip(COLOURS) {
                    xml.create_element("Choice")
                        .with_attributes([("value", tone.name()), ("background", colour)])
                        .write_empty()?;
                }
                Ok(())
            })?;
        xml.create_element("Text")
            .with_attributes([("name", "text"), ("value", "$text"), ("granularity", "word")])
            .write_empty()?;
        Ok(())
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}
