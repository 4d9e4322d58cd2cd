//! CSV: columns by name, one sentence a row.

use super::lines::{Named, names};
use super::read::{Found, Mistakes};
use super::{Gold, Place};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::row::Label;

/// Signs that may part columns; spreadsheets write `;` where the comma is the decimal sign.
const PARTING: [u8; 3] = [b',', b';', b'\t'];

/// The sentences of a table. Columns that it does not know are passed over: people keep notes beside labels.
pub(super) fn sentences(text: &str, mistakes: &mut Mistakes) -> Vec<Found> {
    let first = text.lines().next().unwrap_or_default();
    let often = |sign: u8| first.bytes().filter(|&byte| byte == sign).count();
    // The first of several that are level.
    let parting = PARTING
        .into_iter()
        .rev()
        .max_by_key(|&sign| often(sign))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(parting)
        .flexible(true)
        .from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => {
            mistakes.add(1, format!("this is no CSV: {error}"));
            return Vec::new();
        }
    };
    let Some(columns) = Columns::new(&head, mistakes) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let line = usize::try_from(line).unwrap_or(usize::MAX);
                let row = Row {
                    columns: &columns,
                    record: &record,
                    line,
                    mistakes,
                };
                found.extend(row.sentence());
            }
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let line = usize::try_from(line).unwrap_or(usize::MAX);
                mistakes.add(line, format!("this is no CSV: {error}"));
            }
        }
    }
    found
}

/// Where each known column stands.
struct Columns {
    id: Option<usize>,
    doc: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    text: Option<usize>,
    polarity: usize,
    labels: usize,
    source: Option<usize>,
    time: Option<usize>,
    change: Option<usize>,
}

impl Columns {
    fn new(head: &[String], mistakes: &mut Mistakes) -> Option<Self> {
        let column = |name: &str| head.iter().position(|known| known == name);
        if column("labels").is_none() && column("theme_polarity").is_some() {
            mistakes.add(
                1,
                "this table has one label a row, as `findings tag --format csv` writes it; \
                 use `--format jsonl`, which has one sentence a line",
            );
            return None;
        }
        let placed = ["doc", "start", "end"].iter().all(|name| column(name).is_some());
        let mut missing: Vec<&str> = ["polarity", "labels"]
            .into_iter()
            .filter(|name| column(name).is_none())
            .collect();
        if column("id").is_none() && !placed {
            missing.insert(0, "id (or doc, start, end)");
        }
        if !missing.is_empty() {
            mistakes.add(
                1,
                format!(
                    "the first line has to name the columns; missing: {}; found: {}",
                    missing.join(", "),
                    head.join(", ")
                ),
            );
            return None;
        }
        Some(Self {
            id: column("id"),
            doc: column("doc"),
            start: column("start"),
            end: column("end"),
            text: column("text"),
            polarity: column("polarity")?,
            labels: column("labels")?,
            source: column("source"),
            time: column("time"),
            change: column("change"),
        })
    }
}

/// A row in hand.
struct Row<'a> {
    columns: &'a Columns,
    record: &'a csv::StringRecord,
    line: usize,
    mistakes: &'a mut Mistakes,
}

impl Row<'_> {
    fn sentence(mut self) -> Option<Found> {
        let columns = self.columns;
        let place = self.place();
        let polarity = self.value("polarity", Some(columns.polarity), Polarity::ALL, None);
        let labels = self.labels();
        let source = self.value("source", columns.source, Speaker::ALL, Some(Speaker::Inspector));
        let time = self.value("time", columns.time, Time::ALL, Some(Time::Current));
        let change = self.value("change", columns.change, Change::ALL, Some(Change::None));
        let doc = self.cell(columns.doc).to_owned();
        let place = place?;
        let id = match (self.cell(columns.id), place) {
            ("", Some(Place { start, end })) if !doc.is_empty() => format!("{doc}:{start}-{end}"),
            ("", _) => {
                self.wrong("it needs an id, or doc, start and end");
                return None;
            }
            (id, _) => id.to_owned(),
        };
        if place.is_some() && doc.is_empty() {
            self.wrong("start and end need the doc in which they count");
            return None;
        }
        Some(Found {
            gold: Gold {
                id,
                doc: doc.clone(),
                place,
                // Spaces at its ends count: offsets are of the text as it stands.
                text: columns
                    .text
                    .and_then(|at| self.record.get(at))
                    .unwrap_or_default()
                    .to_owned(),
                polarity: polarity?,
                labels: labels?,
                source: source?,
                time: time?,
                change: change?,
            },
            document: doc,
            line: self.line,
        })
    }

    fn wrong(&mut self, message: impl Into<String>) {
        self.mistakes.add(self.line, message);
    }

    /// The cell without space around it; empty where there is none.
    fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|at| self.record.get(at))
            .unwrap_or_default()
            .trim()
    }

    fn place(&mut self) -> Option<Option<Place>> {
        let (start, end) = (self.cell(self.columns.start), self.cell(self.columns.end));
        match (start.parse(), end.parse()) {
            _ if start.is_empty() && end.is_empty() => Some(None),
            (Ok(start), Ok(end)) if start < end => Some(Some(Place { start, end })),
            (Ok(_), Ok(_)) => {
                self.wrong("end is not behind start");
                None
            }
            _ => {
                let message = format!("start and end are no whole numbers from 0: \"{start}\", \"{end}\"");
                self.wrong(message);
                None
            }
        }
    }

    fn value<T: Copy + Named>(
        &mut self,
        name: &str,
        column: Option<usize>,
        all: &[T],
        usual: Option<T>,
    ) -> Option<T> {
        let cell = self.cell(column).to_lowercase();
        if cell.is_empty() && usual.is_some() {
            return usual;
        }
        let found = all.iter().copied().find(|value| value.named() == cell);
        if found.is_none() {
            let values = names(all);
            self.wrong(format!("\"{cell}\" is no {name}; values: {values}"));
        }
        found
    }

    /// `plans:concern supervision:strength`.
    fn labels(&mut self) -> Option<Vec<Label>> {
        let written = self.cell(Some(self.columns.labels)).to_owned();
        let mut labels = Some(Vec::new());
        for word in written.split_whitespace() {
            let label = word.split_once(':').and_then(|(theme, tone)| {
                let polarity = Tone::from_name(&tone.to_lowercase())?;
                Some((theme, polarity)).filter(|(theme, _)| !theme.is_empty())
            });
            match label {
                Some((theme, polarity)) => {
                    if let Some(labels) = &mut labels {
                        labels.push(Label {
                            theme: theme.to_owned(),
                            polarity,
                            evidence: Vec::new(),
                        });
                    }
                }
                None => {
                    let values = names(Tone::ALL);
                    self.wrong(format!(
                        "the label \"{word}\" is not theme:polarity, such as plans:concern; polarities: {values}; \
                         spaces part labels"
                    ));
                    labels = None;
                }
            }
        }
        labels
    }
}
