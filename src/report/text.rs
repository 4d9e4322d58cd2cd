//! For people: sentences grouped by theme, the words that made each label underlined, and a tally at the end.
//!
//! Everything that comes from a document is made safe to show. Colour is always written; the one who owns the terminal
//! takes it out where it is not wanted.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::place::stretches;
use super::{Format, Report, Run, visible_line};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone, Via};
use crate::row::{Label, Row};

pub(super) const FORMAT: Format = Format {
    name: "text",
    endings: &["txt"],
    about: "sentences grouped by theme, for reading",
    coloured: true,
    binary: false,
    bom: false,
    raw: false,
    columns: &[],
    begin: |run| Box::new(Text::new(run)),
};

const PLAIN: Style = Style::new();
pub(super) const HEADING: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

struct Text {
    /// Id and name of each theme, in the order of the rules.
    themes: Vec<(String, String)>,
    fingerprint: String,
    documents: usize,
    polarities: BTreeMap<Polarity, usize>,
}

impl Text {
    fn new(run: &Run<'_>) -> Self {
        Self {
            themes: run
                .rules
                .themes()
                .map(|theme| (theme.id.clone(), theme.name.clone()))
                .collect(),
            fingerprint: run.rules.fingerprint().to_owned(),
            documents: 0,
            polarities: BTreeMap::new(),
        }
    }
}

impl Report for Text {
    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        self.documents += 1;
        for row in rows {
            *self.polarities.entry(row.polarity).or_default() += 1;
        }
        let Some(first) = rows.first() else { return Ok(()) };
        writeln!(out, "{HEADING}{}{HEADING:#}\n", visible_line(&first.document))?;
        for (id, name) in &self.themes {
            let named = rows
                .iter()
                .map(|row| (row, labels_of(row, id)))
                .filter(|(_, labels)| !labels.is_empty());
            group(name, &named.collect::<Vec<_>>(), out)?;
        }
        let judged = rows
            .iter()
            .filter(|row| row.labels.is_empty() && row.polarity != Polarity::Neutral);
        group(
            "No theme",
            &judged.map(|row| (row, Vec::new())).collect::<Vec<_>>(),
            out,
        )?;
        let silent = rows
            .iter()
            .filter(|row| row.labels.is_empty() && row.polarity == Polarity::Neutral)
            .count();
        if silent > 0 {
            writeln!(
                out,
                "  {DIM}Not shown: {} without theme or judgement.{DIM:#}\n",
                sentences(silent)
            )?;
        }
        Ok(())
    }

    fn foot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let all = self.polarities.values().sum();
        let counts: Vec<_> = Polarity::ALL
            .iter()
            .map(|polarity| {
                let count = self.polarities.get(polarity).copied().unwrap_or_default();
                let style = polarity_style(*polarity);
                format!("{style}{count} {polarity}{style:#}")
            })
            .collect();
        let documents = if self.documents == 1 {
            "document"
        } else {
            "documents"
        };
        writeln!(
            out,
            "{} in {} {documents}: {} {DIM}(rules {}){DIM:#}",
            sentences(all),
            self.documents,
            counts.join(", "),
            self.fingerprint,
        )
    }
}

fn labels_of<'a>(row: &'a Row, theme: &str) -> Vec<&'a Label> {
    row.labels.iter().filter(|label| label.theme == theme).collect()
}

/// A theme's heading and its sentences; nothing where it has none.
fn group(name: &str, rows: &[(&Row, Vec<&Label>)], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {HEADING}{}{HEADING:#}", visible_line(name))?;
    for (row, labels) in rows {
        let (mark, style) = mark(row, labels);
        write!(out, "    {style}{mark}{style:#} ")?;
        sentence(row, labels, style, out)?;
        match aside(row, labels) {
            aside if aside.is_empty() => writeln!(out)?,
            aside => writeln!(out, "  {DIM}({}){DIM:#}", visible_line(&aside))?,
        }
    }
    writeln!(out)
}

/// The sign before a sentence: what its labels of this theme say; without labels, what the sentence says.
fn mark(row: &Row, labels: &[&Label]) -> (char, Style) {
    let says = |tone| labels.iter().any(|label| label.polarity == tone);
    let polarity = match (says(Tone::Strength), says(Tone::Concern)) {
        _ if labels.is_empty() => row.polarity,
        (true, true) => Polarity::Mixed,
        (true, false) => Polarity::Strength,
        (false, true) => Polarity::Concern,
        (false, false) => Polarity::Neutral,
    };
    let sign = match polarity {
        Polarity::Strength => '+',
        Polarity::Concern => '-',
        Polarity::Mixed => '±',
        Polarity::Neutral => '·',
    };
    (sign, polarity_style(polarity))
}

pub(super) fn polarity_style(polarity: Polarity) -> Style {
    match polarity {
        Polarity::Strength => AnsiColor::Green.on_default(),
        Polarity::Concern => AnsiColor::Red.on_default(),
        Polarity::Mixed => AnsiColor::Yellow.on_default(),
        Polarity::Neutral => DIM,
    }
}

/// The sentence with its evidence underlined.
fn sentence(row: &Row, labels: &[&Label], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let evidence = labels.iter().flat_map(|label| &label.evidence);
    for (text, marked) in stretches(row, evidence) {
        let style = if marked { style.underline() } else { PLAIN };
        write!(out, "{style}{text}{style:#}")?;
    }
    Ok(())
}

/// Where the sentence stands, and what is not as usual about it.
fn aside(row: &Row, labels: &[&Label]) -> String {
    let mut parts = Vec::new();
    parts.extend(row.page.map(|page| format!("page {page}")));
    parts.extend(
        row.paragraph
            .as_ref()
            .map(|paragraph| format!("paragraph {paragraph}")),
    );
    if row.source != Speaker::Inspector {
        parts.push(format!("{} speaks", row.source));
    }
    if row.time != Time::Current {
        parts.push(row.time.to_string());
    }
    if row.change != Change::None {
        parts.push(row.change.to_string());
    }
    let taken = |via| {
        labels
            .iter()
            .flat_map(|label| &label.evidence)
            .any(|evidence| evidence.via == via)
    };
    if taken(Via::Paragraph) {
        parts.push("theme from its paragraph".to_owned());
    }
    if taken(Via::Section) {
        parts.push("from its heading".to_owned());
    }
    parts.join(", ")
}

fn sentences(count: usize) -> String {
    if count == 1 {
        "1 sentence".to_owned()
    } else {
        format!("{count} sentences")
    }
}
