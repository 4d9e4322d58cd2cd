//! A document as read, as Python holds it.

use std::sync::Arc;

use findings::Rules;
use findings::columns::Columns;
use findings::row::{Row, rows};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};

use crate::table::Table;

/// One document with its sentences and labels.
#[pyclass(frozen, module = "findings")]
pub(crate) struct Reading {
    rules: Arc<Rules>,
    reading: findings::Reading,
    rows: Vec<Row>,
}

impl Reading {
    /// Reads a document; `facts` puts its facts into each row.
    pub(crate) fn read(
        rules: &Arc<Rules>,
        source: &findings::Source,
        facts: bool,
    ) -> Result<Self, findings::Error> {
        let mut reading = rules.read(source)?;
        if facts {
            let facts = findings::facts::facts(rules, &reading);
            reading.extra = Some(facts.into_extra());
        }
        Ok(Self {
            rows: rows(rules, &reading),
            rules: Arc::clone(rules),
            reading,
        })
    }

    fn lines(&self) -> String {
        let mut lines = String::new();
        for row in &self.rows {
            lines +=
                &serde_json::to_string(row).expect("keys are texts, and a text takes what is written to it");
            lines.push('\n');
        }
        lines
    }
}

#[pymethods]
impl Reading {
    /// The document: its path as given, or the name given with it.
    #[getter]
    fn document(&self) -> &str {
        &self.reading.document
    }

    /// Fingerprint of the rules that it was read by.
    #[getter]
    fn rules(&self) -> &str {
        &self.reading.rules
    }

    /// What whoever uses the reading should know, such as pages without text.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.reading.warnings.clone()
    }

    /// The text into which ``start`` and ``end`` count: what ``findings text`` prints.
    #[getter]
    fn text(&self) -> &str {
        &self.reading.text.printed
    }

    /// One sentence a line as JSON: the bytes that ``findings tag`` writes, as text.
    fn jsonl(&self, py: Python<'_>) -> String {
        py.detach(|| self.lines())
    }

    /// The sentences with their labels, each a dictionary with the keys of ``docs/output.md``.
    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let lines = self.jsonl(py);
        let array = format!("[{}]", lines.trim_end().replace('\n', ","));
        Ok(py.import("json")?.call_method1("loads", (array,))?.cast_into()?)
    }

    /// What the document is and what its inspection was, as ``findings facts`` tells it; keys as in ``docs/facts.md``.
    #[getter]
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let facts = py.detach(|| {
            let facts = findings::facts::facts(&self.rules, &self.reading);
            serde_json::to_string(&facts).expect("keys are texts, and a text takes what is written to it")
        });
        py.import("json")?.call_method1("loads", (facts,))
    }

    /// The rows as an Arrow table.
    fn table(&self) -> Table {
        let mut columns = Columns::new();
        columns.document(&self.rows);
        Table::new(columns.finish())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        self.table().stream(py)
    }

    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.rows(py)?.try_iter()?.into_any())
    }

    fn __repr__(&self) -> String {
        format!(
            "<findings.Reading of {}: {} sentences>",
            self.reading.document,
            self.rows.len()
        )
    }
}
