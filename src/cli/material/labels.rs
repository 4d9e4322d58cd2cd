//! Files of labels: those that `findings tag` has made, and gold labels to be kept.

use std::path::Path;

use findings::facts::Facts;
use findings::gold::Gold;
use findings::row::Row;
use findings::visit::Labelled;
use serde_json::Value;

use super::{Document, unread};
use crate::cli::inputs::Unread;
use crate::cli::outcome::Stop;
use crate::cli::output::Output;

/// The documents of a file of labels, in the order in which they begin. A file with a mistake is not read at all: what is
/// missing would be missing from the counts.
pub(super) fn labels(name: &str, bytes: &[u8]) -> Vec<Result<Document, Unread>> {
    let mut documents: Vec<Labelled> = Vec::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = match serde_json::from_slice::<Row>(line) {
            Ok(row) => row,
            Err(error) => {
                let error = error.to_string().replace(" at line 1 column", " at column");
                let reason = format!(
                    "line {number} is no label ({error}); write labels by findings tag DOCUMENTS -o labels.jsonl"
                );
                return vec![Err(unread(name, &reason))];
            }
        };
        let known = documents
            .iter()
            .rposition(|one| one.facts.document == row.document);
        match known {
            Some(at) => documents[at].rows.push(row),
            None => documents.push(Labelled {
                facts: facts_of(&row),
                rows: vec![row],
                ..Labelled::default()
            }),
        }
    }
    if documents.is_empty() {
        return vec![Err(unread(name, "it holds no labels"))];
    }
    documents
        .into_iter()
        .map(|labelled| {
            Ok(Document {
                labelled,
                warnings: Vec::new(),
                reading: None,
            })
        })
        .collect()
}

/// What the row says of its document: the facts that came with it, and its other fields.
fn facts_of(row: &Row) -> Facts {
    let extra = row.extra.clone().unwrap_or_default();
    Facts::from_extra(&row.document, &row.rules, &extra).unwrap_or_else(|| Facts {
        document: row.document.clone(),
        extra,
        ..Facts::default()
    })
}

/// Writes gold labels, one sentence a line.
pub(super) fn save(path: &Path, gold: &[Gold]) -> Result<(), Stop> {
    let mut output = Output::open(Some(path), false)?;
    output.write(|out| {
        for gold in gold {
            let labels: Vec<Value> = gold
                .pairs()
                .iter()
                .map(|(theme, tone)| serde_json::json!([theme, tone]))
                .collect();
            let line = serde_json::json!({
                "id": gold.id,
                "doc": gold.doc,
                "start": gold.place.map(|place| place.start),
                "end": gold.place.map(|place| place.end),
                "text": gold.text,
                "polarity": gold.polarity,
                "labels": labels,
                "source": gold.source,
                "time": gold.time,
                "change": gold.change,
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    output.finish()
}
