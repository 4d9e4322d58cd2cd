//! CSV for spreadsheets: one label a line, and one line for a sentence without labels.
//!
//! Cells are written so that a spreadsheet takes none for a formula, and hold no control characters.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{self, Columns, NAMES};
use super::{Format, Render, Report, Run, visible_text};
use crate::row::Row;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    endings: &["csv"],
    about: "one label a line, for spreadsheets",
    coloured: false,
    binary: false,
    bom: true,
    raw: true,
    columns: NAMES,
    begin: |run: &Run<'_>| Box::new(Csv::new(run)),
};

struct Csv {
    bom: bool,
    raw: bool,
    columns: Columns,
}

impl Csv {
    fn new(run: &Run<'_>) -> Self {
        Self {
            bom: run.bom,
            raw: run.raw,
            columns: if run.columns.is_empty() {
                Columns::of(NAMES)
            } else {
                Columns::of(run.columns)
            },
        }
    }
}

impl Report for Csv {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let names: Vec<String> = self.columns.names().map(str::to_owned).collect();
        out.write_all(&cells_of([names].into_iter(), self.raw)?)
    }

    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&lines(rows, &self.columns, self.raw)?)
    }

    fn render(&self) -> Option<Render> {
        let (columns, raw) = (self.columns.clone(), self.raw);
        Some(Box::new(move |rows| lines(rows, &columns, raw)))
    }
}

fn lines(rows: &[Row], columns: &Columns, raw: bool) -> io::Result<Vec<u8>> {
    let lines = rows.iter().flat_map(|row| columns.rows(row));
    cells_of(
        lines.map(|cells| cells.into_iter().map(String::from).collect::<Vec<_>>()),
        raw,
    )
}

/// Writes lines whose cells a spreadsheet shows as they are.
pub(crate) fn write_lines<L: AsRef<[String]>>(
    out: &mut dyn Write,
    lines: impl Iterator<Item = L>,
) -> io::Result<()> {
    out.write_all(&cells_of(lines, false)?)
}

/// Of CSV with a head, these columns in this order.
///
/// # Errors
/// Which name is unknown, and those that the head has; also where it is no CSV.
pub fn pick_columns(csv: &[u8], names: &[String]) -> Result<Vec<u8>, String> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut places: Option<Vec<usize>> = None;
    for record in reader.byte_records() {
        let record = record.map_err(|error| error.to_string())?;
        let places = match &mut places {
            Some(places) => places,
            none => {
                let head: Vec<String> = record
                    .iter()
                    .map(|name| String::from_utf8_lossy(name).into_owned())
                    .collect();
                let known: Vec<&str> = head.iter().map(String::as_str).collect();
                columns::check(&known, names)?;
                let place = |name: &String| known.iter().position(|known| known == name);
                none.insert(names.iter().filter_map(place).collect())
            }
        };
        let cells = places.iter().filter_map(|&place| record.get(place));
        writer.write_record(cells).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// Lines are made in memory first: the csv crate hides what kind of error an output gave, and a closed pipe has to be
/// known as one.
///
/// `raw` leaves cells as they are.
fn cells_of<L: AsRef<[String]>>(lines: impl Iterator<Item = L>, raw: bool) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for line in lines {
        if raw {
            writer.write_record(line.as_ref())?;
        } else {
            writer.write_record(line.as_ref().iter().map(|cell| safe(cell).into_owned()))?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))
}

/// What a spreadsheet may take for the beginning of a formula, as OWASP lists it; the wide forms are what Japanese and
/// Chinese keyboards write.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would take the text of a cell for a formula.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.starts_with(FORMULA)
}

/// A cell that a spreadsheet shows as it is: "- improve the timeliness of visits" would be read as a formula, so it
/// gets an apostrophe in front; a negative number is none.
fn safe(cell: &str) -> Cow<'_, str> {
    let number =
        |digits: &str| digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok();
    let negative = cell.strip_prefix('-').is_some_and(number);
    if is_formula(cell) && !negative {
        Cow::Owned(format!("'{}", visible_text(cell)))
    } else {
        visible_text(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Change, Polarity, SectionRole, Speaker, Time, Tone, Via};
    use crate::row::{Evidence, Label};

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

    fn csv(columns: &[&str], raw: bool) -> Csv {
        Csv {
            bom: false,
            raw,
            columns: Columns::of(columns),
        }
    }

    fn written(rows: &[Row]) -> Vec<::csv::StringRecord> {
        records(csv(NAMES, false), rows)
    }

    fn records(mut csv: Csv, rows: &[Row]) -> Vec<::csv::StringRecord> {
        let mut out = Vec::new();
        csv.document(rows, &mut out).unwrap();
        let reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&out[..]);
        reader.into_records().map(Result::unwrap).collect()
    }

    fn column(name: &str) -> usize {
        NAMES.iter().position(|column| *column == name).unwrap()
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
            "\n=1",
            "＝1+1",
            "＋44",
            "－1",
            "＠x",
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

    #[test]
    fn raw_cells_are_as_they_are() {
        let text = "=1+1\u{1b}, \"plans\"";
        assert_eq!(
            &records(csv(NAMES, true), &[row(text, vec![])])[0][column("text")],
            text
        );
        assert_eq!(
            &written(&[row(text, vec![])])[0][column("text")],
            "'=1+1\u{241b}, \"plans\""
        );
    }

    #[test]
    fn without_a_column_of_labels_a_sentence_is_one_line() {
        let mut one = row("A.", vec![label("plans", &["x"]), label("practice", &["z"])]);
        one.extra = serde_json::json!({ "facts": { "authority": "Wexcombe", "visit_number": 2 } })
            .as_object()
            .cloned();
        let chosen = [
            "text",
            "extra.facts.authority",
            "extra.facts.visit_number",
            "extra.region",
        ];
        let lines = records(csv(&chosen, false), &[one.clone()]);
        assert_eq!(lines, [vec!["A.", "Wexcombe", "2", ""]]);
        assert_eq!(records(csv(&["theme", "text"], false), &[one]).len(), 2);
    }

    #[test]
    fn columns_are_picked_out_of_csv() {
        let csv = b"a,b,c\n1,\"x, \"\"y\"\"\nz\",'=3\n4,,6\n";
        let pick = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            pick_columns(csv, &names).map(|csv| String::from_utf8(csv).unwrap())
        };
        assert_eq!(pick(&["c", "b"]).unwrap(), "c,b\n'=3,\"x, \"\"y\"\"\nz\"\n6,\n");
        assert_eq!(pick(&["d"]).unwrap_err(), "no column 'd'; columns: a, b, c");
        assert_eq!(pick(&["a", "a"]).unwrap_err(), "column 'a' stands twice");
    }
}
