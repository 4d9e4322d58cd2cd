//! The columns of [`crate::columns`] as a Parquet file.
//!
//! In: rows. Out: a file that data tools read without being told of its types.
//!
//! Each batch of columns is a row group. Texts that repeat are stored once a row group; those that do not are stored plainly.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::schema::types::ColumnPath;
use arrow_array::RecordBatch;

use crate::columns::{Columns, schema};
use crate::report::{Report, Run};
use crate::row::Row;

/// Columns whose values hardly ever stand twice.
const DISTINCT: [&[&str]; 7] = [
    &["id"],
    &["sentence"],
    &["start"],
    &["end"],
    &["text"],
    &[
        "labels", "list", "element", "evidence", "list", "element", "start",
    ],
    &["labels", "list", "element", "evidence", "list", "element", "end"],
];

pub(super) struct Parquet {
    properties: WriterProperties,
    columns: Columns,
    written: Written,
    writer: Option<ArrowWriter<Written>>,
}

impl Parquet {
    pub(super) fn new(run: &Run<'_>) -> Self {
        let about = [
            ("findings.version", env!("CARGO_PKG_VERSION")),
            ("findings.rules", run.rules.fingerprint()),
        ];
        let about = about.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about.to_vec()));
        for path in DISTINCT {
            let path = path.iter().map(|part| (*part).to_owned()).collect();
            properties = properties.set_column_dictionary_enabled(ColumnPath::new(path), false);
        }
        Self {
            properties: properties.build(),
            columns: Columns::new(),
            written: Written::default(),
            writer: None,
        }
    }

    fn writer(&mut self) -> io::Result<&mut ArrowWriter<Written>> {
        if self.writer.is_none() {
            let writer = ArrowWriter::try_new(self.written.clone(), schema(), Some(self.properties.clone()));
            self.writer = Some(writer.map_err(failed)?);
        }
        self.writer
            .as_mut()
            .ok_or_else(|| io::Error::other("the table was closed before its end"))
    }

    fn write(&mut self, batches: Vec<RecordBatch>, out: &mut dyn Write) -> io::Result<()> {
        for batch in batches {
            let writer = self.writer()?;
            writer.write(&batch).map_err(failed)?;
            writer.flush().map_err(failed)?;
            out.write_all(&self.written.take())?;
        }
        Ok(())
    }
}

impl Report for Parquet {
    fn document(&mut self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        self.columns.document(rows);
        let full = self.columns.take_full();
        self.write(full, out)
    }

    fn foot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let rest = std::mem::take(&mut self.columns).finish();
        self.write(rest, out)?;
        self.writer()?;
        if let Some(writer) = self.writer.take() {
            writer.close().map_err(failed)?;
        }
        out.write_all(&self.written.take())
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(format!("cannot make a table: {error}"))
}

/// Where the writer of the format puts its bytes, which a report sends on to the output of each call.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
