//! Tables of rows, as Python holds them.

use arrow_array::{RecordBatch, RecordBatchIterator};
use findings::columns;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::capsule;

/// Rows of sentences with their labels, as an Arrow table.
///
/// It has ``__arrow_c_stream__``, so ``pyarrow.table(t)``, ``polars.DataFrame(t)`` and DuckDB take it without copying. Columns
/// are told in ``docs/output.md``.
#[pyclass(frozen, module = "findings")]
pub(crate) struct Table {
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(batches: Vec<RecordBatch>) -> Self {
        Self { batches }
    }

    /// Its batches in a capsule.
    pub(crate) fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule::stream(py, Box::new(RecordBatchIterator::new(batches, columns::schema())))
    }
}

#[pymethods]
impl Table {
    /// How many rows it has.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of its columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        columns::schema()
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<findings.Table: {} rows>", self.num_rows())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &columns::schema())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer has to take what it is given where its wish cannot be met.
        drop(requested_schema);
        self.stream(py)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        drop(requested_schema);
        let batch = match &self.batches[..] {
            [] => RecordBatch::new_empty(columns::schema()),
            [batch] => batch.clone(),
            batches => {
                let message = format!(
                    "the table has {} batches and is no single array: take it as a stream",
                    batches.len()
                );
                return Err(PyValueError::new_err(message));
            }
        };
        capsule::array(py, batch)
    }
}

/// The Arrow schema of every table that `findings` makes: ``pyarrow.schema(findings.Schema())``.
#[pyclass(frozen, module = "findings")]
pub(crate) struct Schema;

#[pymethods]
impl Schema {
    #[new]
    fn new() -> Self {
        Self
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &columns::schema())
    }
}
