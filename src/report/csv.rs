//! CSV for spreadsheets: one label a line, and one line for a sentence without labels.
//!
//! Cells are written so that a spreadsheet takes none for a formula, and hold no control characters.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Format, Report, Run, visible_text};
use crate::row::{Evidence, Label, Row};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    endings: &["csv"],
    about: "one label a line, for spreadsheets",
    coloured: false,
    binary: false,
    bom: true,
    begin: |run: &Run<'_>| Box::new(Csv { bom: run.bom }),
};

const COLUMNS: [&str; 23] = [
    "schema",
    "rules",
    "id",
    "document",
    "sentence",
    "section",
    "section_role",
    "section_grade",
    "page",
    "paragraph",
    "start",
    "end",
    "text",
    "polarity",
    "theme",
    "theme_polarity",
    "evidence",
    "evidence_rules",
    "evidence_via",
    "source",
    "time",
    "change",
    "extra",
];

/// Between the pieces of evidence of one label, in each of the three columns of evidence.
const BETWEEN: &str = " | ";

struct Csv {
    bom: bool,
}

impl Report for Csv {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        write_lines(out, [COLUMNS.map(str::to_owned)].into_iter())
    }

    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        let lines = rows.iter().flat_map(|row| {
            let labels = row
                .labels
                .iter()
                .map(Some)
                .chain(row.labels.is_empty().then_some(None));
            labels.map(|label| line(row, label))
        });
        write_lines(out, lines)
    }
}

fn line(row: &Row, label: Option<&Label>) -> [String; COLUMNS.len()] {
    let evidence = |field: fn(&Evidence) -> &str| {
        let pieces = label.map(|label| label.evidence.iter().map(field).collect::<Vec<_>>());
        pieces.unwrap_or_default().join(BETWEEN)
    };
    let extra = row
        .extra
        .as_ref()
        .map(|extra| serde_json::Value::Object(extra.clone()).to_string());
    [
        row.schema.to_string(),
        row.rules.clone(),
        row.id.clone(),
        row.document.clone(),
        row.sentence.to_string(),
        row.section.clone().unwrap_or_default(),
        row.section_role.to_string(),
        row.section_grade
            .map(|grade| grade.to_string())
            .unwrap_or_default(),
        row.page.map(|page| page.to_string()).unwrap_or_default(),
        row.paragraph.clone().unwrap_or_default(),
        row.start.to_string(),
        row.end.to_string(),
        row.text.clone(),
        row.polarity.to_string(),
        label.map(|label| label.theme.clone()).unwrap_or_default(),
        label.map(|label| label.polarity.to_string()).unwrap_or_default(),
        evidence(|piece| &piece.text),
        evidence(|piece| &piece.rule),
        evidence(|piece| piece.via.name()),
        row.source.to_string(),
        row.time.to_string(),
        row.change.to_string(),
        extra.unwrap_or_default(),
    ]
}

/// Lines are made in memory first: the csv crate hides what kind of error `out` gave, and a closed pipe has to be known
/// as one.
pub(crate) fn write_lines<L: AsRef<[String]>>(
    out: &mut dyn Write,
    lines: impl Iterator<Item = L>,
) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line.as_ref().iter().map(|cell| safe(cell).into_owned()))?;
    }
    out.write_all(
        &writer
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))?,
    )
}

/// A cell that a spreadsheet shows as it is: "- improve the timeliness of visits" would be read as a formula, so it
/// gets an apostrophe in front; a negative number is none.
fn safe(cell: &str) -> Cow<'_, str> {
    let number =
        |digits: &str| digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok();
    let negative = cell.strip_prefix('-').is_some_and(number);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !negative {
        Cow::Owned(format!("'{}", visible_text(cell)))
    } else {
        visible_text(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Change, Polarity, SectionRole, Speaker, Time, Tone, Via};

    fn row(text: &str, labels: Vec<Label>) -> Row {
        Row {
            schema: 1,
            rules: "f".to_owned(),
            id: "a".to_owned(),
            document: "-".to_owned(),
            sentence: 1,
            section: None,
            section_role: SectionRole::Findings,
            section_grade: None,
            page: Some(2),
            paragraph: None,
            start: 0,
            end: 5,
            text: text.to_owned(),
            polarity: Polarity::Concern,
            labels,
            source: Speaker::Inspector,
            time: Time::Current,
            change: Change::None,
            extra: None,
        }
    }

    fn label(theme: &str, evidence: &[&str]) -> Label {
        let piece = |text: &&str| Evidence {
            rule: format!("{theme}/{text}"),
            start: 0,
            end: 1,
            text: (*text).to_owned(),
            via: Via::Clause,
        };
        Label {
            theme: theme.to_owned(),
            polarity: Tone::Concern,
            evidence: evidence.iter().map(piece).collect(),
        }
    }

    fn written(rows: &[Row]) -> Vec<::csv::StringRecord> {
        let mut out = Vec::new();
        Csv { bom: false }.document(rows, &mut out).unwrap();
        let reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&out[..]);
        reader.into_records().map(Result::unwrap).collect()
    }

    fn column(name: &str) -> usize {
        COLUMNS.iter().position(|column| *column == name).unwrap()
    }

    #[test]
    fn cells_that_look_like_formulas_are_disarmed() {
        for cell in [
            "=1+1",
            "+44",
            "- improve visits",
            "@x",
            "\t=1",
            "\r=1",
            "-1+1",
            "-inf",
            "--1",
        ] {
            assert!(safe(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["Plans = goals", "", "a-b", "'quoted'", "-0.3333", "-5"] {
            assert_eq!(safe(cell), cell);
        }
    }

    #[test]
    fn control_characters_are_shown_not_sent() {
        assert_eq!(safe("a\u{1b}[2Jb"), "a\u{241b}[2Jb");
    }

    #[test]
    fn quotes_commas_and_line_breaks_survive() {
        let text = "Plans, \"in the main\", are\nweak.";
        assert_eq!(&written(&[row(text, vec![])])[0][column("text")], text);
    }

    #[test]
    fn one_line_a_label_and_one_without() {
        let rows = [
            row("A.", vec![label("plans", &["x", "y"]), label("practice", &["z"])]),
            row("B.", vec![]),
        ];
        let lines = written(&rows);
        assert_eq!(lines.len(), 3);
        assert_eq!(&lines[0][column("theme")], "plans");
        assert_eq!(&lines[0][column("evidence")], "x | y");
        assert_eq!(&lines[0][column("evidence_rules")], "plans/x | plans/y");
        assert_eq!(&lines[1][column("theme")], "practice");
        assert_eq!(&lines[2][column("theme")], "");
        assert_eq!(&lines[2][column("text")], "B.");
    }
}
