//! Tables that are made while they are read, for what is larger than memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use findings::columns::{self, Columns};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::capsule::{self, Batches};
use crate::document::{self, Documents, Rows};
use crate::failure::Error;
use crate::tagger::Tagger;

/// Rows of sentences with their labels, made batch by batch while somebody reads them.
///
/// It can be read once: ``pyarrow.RecordBatchReader.from_stream(s)``, or give it to what writes a table.
#[pyclass(frozen, module = "findings")]
pub(crate) struct Stream {
    lazy: Mutex<Option<Lazy>>,
}

impl Stream {
    pub(crate) fn new(lazy: Lazy) -> Self {
        Self {
            lazy: Mutex::new(Some(lazy)),
        }
    }
}

#[pymethods]
impl Stream {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &columns::schema())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let lazy = self.lazy.lock().unwrap_or_else(PoisonError::into_inner).take();
        let lazy = lazy.ok_or_else(|| Error::new_err("the stream has been read already; make a new one"))?;
        capsule::stream(py, Box::new(lazy))
    }
}

/// Batches of documents coming in, batches of rows going out.
pub(crate) struct Lazy {
    pub(crate) tagger: Tagger,
    pub(crate) names: document::Columns,
    pub(crate) batches: Batches,
    pub(crate) ready: VecDeque<RecordBatch>,
}

impl Lazy {
    /// The rows of the next batch of documents, `None` at the end.
    fn tag(&mut self) -> Option<Result<Vec<RecordBatch>, ArrowError>> {
        let documents = match self.batches.next()? {
            Ok(batch) => Rows::of(&batch, &self.names).map_err(ArrowError::SchemaError),
            Err(error) => Err(error),
        };
        Some(documents.map(|rows| {
            let documents = Documents::Rows(rows);
            let mut columns = Columns::new();
            for portion in self.tagger.portions(&documents) {
                self.tagger.tag(&documents, portion, &mut columns);
            }
            columns.finish()
        }))
    }
}

impl Iterator for Lazy {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Some(Ok(batch));
            }
            match self.tag()? {
                Ok(batches) => self.ready.extend(batches),
                // The C interface takes messages without NUL only.
                Err(error) => {
                    let message = error.to_string().replace('\0', " ");
                    return Some(Err(ArrowError::ExternalError(message.into())));
                }
            }
        }
    }
}

impl RecordBatchReader for Lazy {
    fn schema(&self) -> SchemaRef {
        columns::schema()
    }
}
