//! Rows as Arrow columns: the one table that the Python package, Spark and Parquet share.
//!
//! In: the [`Row`]s of one document after another, or the reason why there are none. Out: [`RecordBatch`]es of
//! [`schema`]. Not decided here: which rows there are, and where the batches go.
//!
//! Ids are plain texts, not Arrow dictionaries: Spark takes none, and readers of nested ones differ. Parquet folds repeated
//! texts by itself, and where the batches stay in memory a reader can.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

use crate::row::{Evidence, Label, Row};

/// A batch ends behind the document that brings it to so many rows.
pub const BATCH_ROWS: usize = 32_768;

/// A batch ends, inside a document if need be, before the row that would take its texts beyond so many bytes: offsets into
/// them have 31 bits.
const BATCH_BYTES: usize = 1 << 29;

/// The columns: the keys of a [`Row`] in their order, and `error`, why a document gave no rows.
///
/// Every column can be null: in the one row of a document that could not be read all are but `rules`, `document` and `error`.
/// `extra` is JSON.
pub fn schema() -> SchemaRef {
    Arc::clone(&SCHEMA)
}

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let fields: Fields = COLUMNS
        .iter()
        .map(|(name, kind)| Field::new(*name, kind.data_type(), true))
        .collect();
    Arc::new(Schema::new(fields))
});

enum Kind {
    Text,
    Short,
    Long,
    Labels,
}

const COLUMNS: [(&str, Kind); 20] = [
    ("schema", Kind::Short),
    ("rules", Kind::Text),
    ("id", Kind::Text),
    ("document", Kind::Text),
    ("sentence", Kind::Short),
    ("section", Kind::Text),
    ("section_role", Kind::Text),
    ("section_grade", Kind::Text),
    ("page", Kind::Short),
    ("paragraph", Kind::Text),
    ("start", Kind::Long),
    ("end", Kind::Long),
    ("text", Kind::Text),
    ("polarity", Kind::Text),
    ("labels", Kind::Labels),
    ("source", Kind::Text),
    ("time", Kind::Text),
    ("change", Kind::Text),
    ("extra", Kind::Text),
    ("error", Kind::Text),
];

impl Kind {
    fn data_type(&self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Short => DataType::Int32,
            Self::Long => DataType::Int64,
            Self::Labels => DataType::List(element(label_fields())),
        }
    }
}

/// The fields of a label. Inside a list nothing is null.
fn label_fields() -> Fields {
    Fields::from(vec![
        Field::new("theme", DataType::Utf8, false),
        Field::new("polarity", DataType::Utf8, false),
        Field::new("evidence", DataType::List(element(evidence_fields())), false),
    ])
}

fn evidence_fields() -> Fields {
    Fields::from(vec![
        Field::new("rule", DataType::Utf8, false),
        Field::new("start", DataType::Int64, false),
        Field::new("end", DataType::Int64, false),
        Field::new("text", DataType::Utf8, false),
        Field::new("via", DataType::Utf8, false),
    ])
}

/// A member of a list, under the name that the Parquet standard gives it.
fn element(fields: Fields) -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Struct(fields), false))
}

/// A table in the making.
///
/// Where batches end depends on the documents only, so a table is the same however they came in.
#[derive(Debug, Default)]
pub struct Columns {
    batch: Batch,
    full: Vec<RecordBatch>,
}

impl Columns {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the rows of one document.
    pub fn document(&mut self, rows: &[Row]) {
        for row in rows {
            let extra = row.extra.as_ref().map(|extra| {
                serde_json::to_string(extra).expect("keys are texts, and a text takes what is written to it")
            });
            let bytes = size(row, extra.as_deref());
            if bytes > BATCH_BYTES {
                let message = format!(
                    "cannot put sentence {} of {} into a table: its texts are longer than {} MiB",
                    row.sentence,
                    row.document,
                    BATCH_BYTES >> 20
                );
                self.unread(&row.rules, Some(&row.document), &message);
                continue;
            }
            self.make_room(bytes);
            self.batch.row(row, extra.as_deref());
        }
        self.close_if_full();
    }

    /// Adds the one row of a document that could not be read: `None` where not even its name is known.
    pub fn unread(&mut self, rules: &str, document: Option<&str>, error: &str) {
        let document = document.filter(|document| document.len() < BATCH_BYTES / 2);
        let error = shortened(error);
        self.make_room(rules.len() + document.map_or(0, str::len) + error.len());
        self.batch.unread(rules, document, error);
        self.close_if_full();
    }

    /// Takes out the batches that are complete, so that a long table need not be held.
    pub fn take_full(&mut self) -> Vec<RecordBatch> {
        std::mem::take(&mut self.full)
    }

    /// What has not been taken out. A table without rows has no batch.
    pub fn finish(mut self) -> Vec<RecordBatch> {
        self.close();
        self.full
    }

    fn make_room(&mut self, bytes: usize) {
        if self.batch.bytes + bytes > BATCH_BYTES {
            self.close();
        }
        self.batch.bytes += bytes;
    }

    fn close_if_full(&mut self) {
        if self.batch.rows >= BATCH_ROWS {
            self.close();
        }
    }

    fn close(&mut self) {
        if self.batch.rows > 0 {
            self.full.push(std::mem::take(&mut self.batch).finish());
        }
    }
}

/// An error's beginning, where it quotes more than anybody reads.
fn shortened(error: &str) -> &str {
    let mut end = error.len().min(1 << 20);
    while !error.is_char_boundary(end) {
        end -= 1;
    }
    &error[..end]
}

/// No column takes more bytes than all texts of the row have together.
fn size(row: &Row, extra: Option<&str>) -> usize {
    let evidence = |evidence: &Evidence| evidence.rule.len() + evidence.text.len() + 16;
    let label = |label: &Label| label.theme.len() + 16 + label.evidence.iter().map(evidence).sum::<usize>();
    let optional = [row.section.as_deref(), row.paragraph.as_deref(), extra];
    let optional: usize = optional.into_iter().flatten().map(str::len).sum();
    let fixed = row.rules.len() + row.id.len() + row.document.len() + row.text.len() + 128;
    fixed + optional + row.labels.iter().map(label).sum::<usize>()
}

/// One batch being filled.
#[derive(Debug, Default)]
struct Batch {
    rows: usize,
    /// An upper bound of what any column of texts holds.
    bytes: usize,
    schema: Int32Builder,
    rules: StringBuilder,
    id: StringBuilder,
    document: StringBuilder,
    sentence: Int32Builder,
    section: StringBuilder,
    section_role: StringBuilder,
    section_grade: StringBuilder,
    page: Int32Builder,
    paragraph: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
    polarity: StringBuilder,
    labels: Labels,
    source: StringBuilder,
    time: StringBuilder,
    change: StringBuilder,
    extra: StringBuilder,
    error: StringBuilder,
}

impl Batch {
    fn row(&mut self, row: &Row, extra: Option<&str>) {
        self.rows += 1;
        self.schema.append_value(short(row.schema));
        self.rules.append_value(&row.rules);
        self.id.append_value(&row.id);
        self.document.append_value(&row.document);
        self.sentence.append_value(short(row.sentence));
        self.section.append_option(row.section.as_deref());
        self.section_role.append_value(row.section_role.name());
        self.section_grade
            .append_option(row.section_grade.map(|grade| grade.name()));
        self.page.append_option(row.page.map(short));
        self.paragraph.append_option(row.paragraph.as_deref());
        self.start.append_value(long(row.start));
        self.end.append_value(long(row.end));
        self.text.append_value(&row.text);
        self.polarity.append_value(row.polarity.name());
        self.labels.append(Some(&row.labels));
        self.source.append_value(row.source.name());
        self.time.append_value(row.time.name());
        self.change.append_value(row.change.name());
        self.extra.append_option(extra);
        self.error.append_null();
    }

    fn unread(&mut self, rules: &str, document: Option<&str>, error: &str) {
        self.rows += 1;
        self.rules.append_value(rules);
        self.document.append_option(document);
        self.error.append_value(error);
        self.labels.append(None);
        for column in [&mut self.schema, &mut self.sentence, &mut self.page] {
            column.append_null();
        }
        for column in [&mut self.start, &mut self.end] {
            column.append_null();
        }
        for column in [
            &mut self.id,
            &mut self.section,
            &mut self.section_role,
            &mut self.section_grade,
            &mut self.paragraph,
            &mut self.text,
            &mut self.polarity,
            &mut self.source,
            &mut self.time,
            &mut self.change,
            &mut self.extra,
        ] {
            column.append_null();
        }
    }

    fn finish(mut self) -> RecordBatch {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.schema.finish()),
            Arc::new(self.rules.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.document.finish()),
            Arc::new(self.sentence.finish()),
            Arc::new(self.section.finish()),
            Arc::new(self.section_role.finish()),
            Arc::new(self.section_grade.finish()),
            Arc::new(self.page.finish()),
            Arc::new(self.paragraph.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.polarity.finish()),
            Arc::new(self.labels.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.time.finish()),
            Arc::new(self.change.finish()),
            Arc::new(self.extra.finish()),
            Arc::new(self.error.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
            .expect("columns are made as the schema lists them, all of one length")
    }
}

/// The labels of sentences: a list of lists, flat with the places where each begins.
#[derive(Debug, Default)]
struct Labels {
    valid: Vec<bool>,
    lengths: Vec<usize>,
    theme: StringBuilder,
    polarity: StringBuilder,
    pieces: Vec<usize>,
    rule: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
    via: StringBuilder,
}

impl Labels {
    fn append(&mut self, labels: Option<&[Label]>) {
        self.valid.push(labels.is_some());
        let labels = labels.unwrap_or_default();
        self.lengths.push(labels.len());
        for label in labels {
            self.theme.append_value(&label.theme);
            self.polarity.append_value(label.polarity.name());
            self.pieces.push(label.evidence.len());
            for piece in &label.evidence {
                self.rule.append_value(&piece.rule);
                self.start.append_value(long(piece.start));
                self.end.append_value(long(piece.end));
                self.text.append_value(&piece.text);
                self.via.append_value(piece.via.name());
            }
        }
    }

    fn finish(&mut self) -> ListArray {
        let evidence = StructArray::new(
            evidence_fields(),
            vec![
                Arc::new(self.rule.finish()),
                Arc::new(self.start.finish()),
                Arc::new(self.end.finish()),
                Arc::new(self.text.finish()),
                Arc::new(self.via.finish()),
            ],
            None,
        );
        let offsets = OffsetBuffer::from_lengths(std::mem::take(&mut self.pieces));
        let evidence = ListArray::new(element(evidence_fields()), offsets, Arc::new(evidence), None);
        let labels = StructArray::new(
            label_fields(),
            vec![
                Arc::new(self.theme.finish()),
                Arc::new(self.polarity.finish()),
                Arc::new(evidence),
            ],
            None,
        );
        let offsets = OffsetBuffer::from_lengths(std::mem::take(&mut self.lengths));
        let valid = std::mem::take(&mut self.valid).into();
        ListArray::new(element(label_fields()), offsets, Arc::new(labels), Some(valid))
    }
}

/// Ordinals and pages; the largest number stands for all beyond it.
fn short(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn long(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;
    use arrow_array::{Array, StringArray};

    use super::*;
    use crate::row::rows;
    use crate::{Rules, Source};

    fn read(rules: &Rules, document: &str, text: &str) -> Vec<Row> {
        let reading = rules.read(&Source::from_text(document, text)).unwrap();
        rows(rules, &reading)
    }

    fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b StringArray {
        batch.column_by_name(name).unwrap().as_string()
    }

    #[test]
    fn columns_are_the_keys_of_rows() {
        let rules = Rules::built_in();
        let mut row = read(&rules, "a", "Plans are weak.").remove(0);
        row.extra = Some(serde_json::Map::new());
        let keys = serde_json::to_value(&row).unwrap();
        let mut keys: Vec<String> = keys.as_object().unwrap().keys().cloned().collect();
        keys.push("error".to_owned());
        let mut names: Vec<&String> = SCHEMA.fields().iter().map(|field| field.name()).collect();
        names.sort();
        keys.sort();
        assert_eq!(names, keys.iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let rules = Rules::built_in();
        let text = "Findings\n\nCaseloads are too high, but supervision is regular.\n\nThe sky was grey on both days.\n";
        let mut rows = read(&rules, "a", text);
        rows[1].extra = Some(serde_json::from_str(r#"{"year": 2024}"#).unwrap());
        let mut columns = Columns::new();
        columns.unread("f", None, "it has no text");
        columns.document(&rows);
        let batches = columns.finish();
        assert_eq!(batches.len(), 1);
        let batch = &batches[0];
        assert_eq!(batch.num_rows(), 3);

        assert_eq!(column(batch, "error").value(0), "it has no text");
        assert!(column(batch, "document").is_null(0));
        assert!(batch.column_by_name("labels").unwrap().is_null(0));
        assert!(column(batch, "error").is_null(1));
        assert_eq!(column(batch, "text").value(1), rows[0].text);
        assert_eq!(column(batch, "extra").value(2), r#"{"year":2024}"#);

        let labels: &ListArray = batch.column_by_name("labels").unwrap().as_list();
        assert!(labels.is_valid(2) && labels.value(2).is_empty());
        let labels = labels.value(1);
        let themes: Vec<_> = labels
            .as_struct()
            .column(0)
            .as_string::<i32>()
            .iter()
            .flatten()
            .collect();
        assert_eq!(themes, ["caseloads", "supervision"]);
        let evidence = labels.as_struct().column(2).as_list::<i32>().value(1);
        let starts: Vec<_> = evidence
            .as_struct()
            .column(1)
            .as_primitive::<Int64Type>()
            .values()
            .to_vec();
        let wanted: Vec<_> = rows[0].labels[1]
            .evidence
            .iter()
            .map(|piece| long(piece.start))
            .collect();
        assert_eq!(starts, wanted);
    }

    #[test]
    fn batches_end_behind_a_document() {
        let rules = Rules::built_in();
        let rows = read(
            &rules,
            "a",
            "Plans are weak. Visits are regular. Audits are good.",
        );
        let mut columns = Columns::new();
        for _ in 0..BATCH_ROWS / rows.len() + 2 {
            columns.document(&rows);
        }
        let full = columns.take_full();
        assert_eq!(full.len(), 1);
        assert!(full[0].num_rows() >= BATCH_ROWS && full[0].num_rows().is_multiple_of(rows.len()));
        assert_eq!(columns.finish().len(), 1);
    }

    #[test]
    fn nothing_gives_no_batch() {
        assert!(Columns::new().finish().is_empty());
    }

    #[test]
    fn long_errors_are_cut_between_characters() {
        let long = "é".repeat(1 << 20);
        assert_eq!(shortened(&long).len(), 1 << 20);
        assert_eq!(shortened("short"), "short");
    }
}
