//! How facts of documents look: text, JSON Lines, CSV.
//!
//! In: [`Facts`] of all documents. Out: bytes. Not decided here: what the facts are.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;

use super::visible_line;
use super::write_lines;
use crate::codebook::Fact;
use crate::facts::{Facts, judgement};

/// Writes the facts of all documents.
pub type WriteFacts = fn(&[Facts], bool, &mut dyn Write) -> io::Result<()>;

/// A format of facts.
#[derive(Clone, Copy, Debug)]
pub struct FactsFormat {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Endings of file names that stand for it, in lower case without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its bytes hold ANSI escape sequences, which the one who writes them has to take out where no colour is wanted.
    pub coloured: bool,
    /// Whether it may begin with a byte order mark.
    pub bom: bool,
    /// Writes the facts of all documents; the flag asks for a byte order mark.
    ///
    /// # Errors
    /// Where the bytes cannot be written.
    pub write: WriteFacts,
}

/// Every format of `findings facts`, in the order in which help lists them.
pub const FACTS_FORMATS: &[FactsFormat] = &[
    FactsFormat {
        name: "jsonl",
        endings: &["jsonl", "ndjson"],
        about: "one document a line as JSON, every field",
        coloured: false,
        bom: false,
        write: |all, _, out| jsonl(all, out),
    },
    FactsFormat {
        name: "json",
        endings: &["json"],
        about: "one list with everything",
        coloured: false,
        bom: false,
        write: |all, _, out| super::whole::json(all, out),
    },
    FactsFormat {
        name: "csv",
        endings: &["csv"],
        about: "one document a line, for spreadsheets and as a facts file",
        coloured: false,
        bom: true,
        write: csv,
    },
    FactsFormat {
        name: "text",
        endings: &["txt"],
        about: "each fact with the words that it came from, for reading",
        coloured: true,
        bom: false,
        write: |all, _, out| text(all, out),
    },
];

fn jsonl(all: &[Facts], out: &mut dyn Write) -> io::Result<()> {
    for facts in all {
        serde_json::to_writer(&mut *out, facts)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Values in the order of [`Fact`], judgements left out; empty where the document is silent.
fn values(facts: &Facts) -> [(Fact, String); 7] {
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    [
        (
            Fact::Kind,
            facts.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        ),
        (Fact::Authority, facts.authority.clone().unwrap_or_default()),
        (Fact::InspectionStart, date(facts.inspection_start)),
        (Fact::InspectionEnd, date(facts.inspection_end)),
        (Fact::Published, date(facts.published)),
        (
            Fact::VisitNumber,
            facts
                .visit_number
                .map(|number| number.to_string())
                .unwrap_or_default(),
        ),
        (
            Fact::LeadInspector,
            facts.lead_inspector.clone().unwrap_or_default(),
        ),
    ]
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn csv(all: &[Facts], bom: bool, out: &mut dyn Write) -> io::Result<()> {
    let (head, lines) = table(all);
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    write_lines(out, [head].into_iter().chain(lines))
}

/// Names of columns, and a line for each document: the facts, each judgement that a document of the run has, what a
/// person gave, and further columns.
pub(super) fn table(all: &[Facts]) -> (Vec<String>, Vec<Vec<String>>) {
    let areas: BTreeSet<&String> = all.iter().flat_map(|facts| facts.judgements.keys()).collect();
    let extras: BTreeSet<&String> = all.iter().flat_map(|facts| facts.extra.keys()).collect();
    let none = Facts::default();
    let head = ["document".to_owned()]
        .into_iter()
        .chain(values(&none).map(|(fact, _)| fact.to_string()))
        .chain(areas.iter().map(|area| judgement(area)))
        .chain(["corrected".to_owned(), "rules".to_owned()])
        .chain(extras.iter().map(|name| (*name).clone()))
        .collect::<Vec<_>>();
    let lines = all.iter().map(|facts| {
        [facts.document.clone()]
            .into_iter()
            .chain(values(facts).map(|(_, value)| value))
            .chain(areas.iter().map(|area| {
                let grade = facts.judgements.get(*area);
                grade.map(|grade| grade.to_string()).unwrap_or_default()
            }))
            .chain([facts.corrected.join(" "), facts.rules.clone()])
            .chain(
                extras
                    .iter()
                    .map(|name| facts.extra.get(*name).map(shown).unwrap_or_default()),
            )
            .collect()
    });
    (head, lines.collect())
}

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GIVEN: Style = AnsiColor::Cyan.on_default();
/// Longest words that are shown, in characters.
const LONGEST: usize = 100;

fn text(all: &[Facts], out: &mut dyn Write) -> io::Result<()> {
    for facts in all {
        writeln!(out, "{HEADING}{}{HEADING:#}", visible_line(&facts.document))?;
        let mut lines: Vec<(String, String)> = values(facts)
            .into_iter()
            .map(|(fact, value)| (fact.to_string(), value))
            .collect();
        lines.extend(
            facts
                .judgements
                .iter()
                .map(|(area, grade)| (judgement(area), grade.to_string())),
        );
        let width = lines
            .iter()
            .map(|(_, value)| value.chars().count().max(1))
            .max()
            .unwrap_or(0);
        let names = lines
            .iter()
            .map(|(name, _)| name.chars().count())
            .max()
            .unwrap_or(0);
        for (name, value) in &lines {
            line(facts, name, value, (names, width), out)?;
        }
        for (name, value) in &facts.extra {
            let value = shown(value);
            writeln!(out, "  {:names$}  {}", visible_line(name), visible_line(&value))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn line(
    facts: &Facts,
    name: &str,
    value: &str,
    (names, width): (usize, usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    let value = if value.is_empty() { "-" } else { value };
    let (name_shown, value) = (visible_line(name), visible_line(value));
    write!(out, "  {name_shown:names$}  ")?;
    if facts.corrected.iter().any(|given| given == name) {
        writeln!(out, "{value:width$}  {GIVEN}given{GIVEN:#}")
    } else if let Some(words) = facts.words.get(name) {
        let mut said: String = words.text.chars().take(LONGEST).collect();
        if said.len() < words.text.len() {
            said.push('…');
        }
        let page = words
            .page
            .map(|page| format!(", page {page}"))
            .unwrap_or_default();
        let said = visible_line(&said);
        writeln!(
            out,
            "{value:width$}  {DIM}“{said}” at {}{page}{DIM:#}",
            words.start
        )
    } else {
        writeln!(out, "{value}")
    }
}
