//! Rules, as Python holds them, and what is done by them.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use findings::Source;
use findings::columns::Columns;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyTuple};

use crate::capsule;
use crate::document::{self, Documents, Rows};
use crate::failure::{Error, of_document, of_rules};
use crate::reading::Reading;
use crate::stream::{Lazy, Stream};
use crate::table::Table;
use crate::tagger::Tagger;

/// A set of rules: what words mean. It cannot change, and serves any number of threads.
///
/// ``Rules()`` are the built-in ones; ``Rules("ours", "theirs")`` lays folders one on another, as ``--rules`` does. Rules can be
/// pickled and sent to other processes and machines; ``fingerprint`` names exactly these rules.
#[pyclass(frozen, module = "findings")]
pub(crate) struct Rules {
    rules: Arc<findings::Rules>,
}

impl Rules {
    /// Making rules uses threads. They are its own, since a child of `fork` has none of those that its parent started.
    fn make(
        py: Python<'_>,
        make: impl FnOnce() -> Result<findings::Rules, findings::Error> + Send,
    ) -> PyResult<Self> {
        let threads = rayon::ThreadPoolBuilder::new().build();
        let threads = threads.map_err(|error| Error::new_err(format!("cannot start threads: {error}")))?;
        let rules = py.detach(|| threads.install(make)).map_err(of_rules)?;
        Ok(Self {
            rules: Arc::new(rules),
        })
    }

    fn read_source(&self, py: Python<'_>, source: &Source, facts: bool) -> PyResult<Reading> {
        py.detach(|| Reading::read(&self.rules, source, facts))
            .map_err(of_document)
    }

    fn tagger(&self, threads: usize, facts: bool) -> PyResult<Tagger> {
        Tagger::new(Arc::clone(&self.rules), threads, facts).map_err(Error::new_err)
    }
}

#[pymethods]
impl Rules {
    #[new]
    #[pyo3(signature = (*folders))]
    fn new(py: Python<'_>, folders: Vec<PathBuf>) -> PyResult<Self> {
        Self::make(py, || findings::Rules::from_folders(&folders))
    }

    /// The rules that ``to_bytes`` made bytes of. Bytes of another version of findings are refused where labels could differ.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        Self::make(py, || findings::Rules::unpack(data))
    }

    /// The rules as bytes, to send them elsewhere. The same rules give the same bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.rules.pack())
    }

    /// Names exactly these rules: 16 hexadecimal digits. Every row carries it.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.rules.fingerprint()
    }

    /// The themes, core themes first: dictionaries with ``id``, ``name``, ``about`` and ``core``.
    #[getter]
    fn themes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let themes = self.rules.themes().map(|theme| {
            let all = PyDict::new(py);
            all.set_item("id", &theme.id)?;
            all.set_item("name", &theme.name)?;
            all.set_item("about", &theme.about)?;
            all.set_item("core", theme.core)?;
            Ok(all)
        });
        themes.collect()
    }

    /// Reads one document: a path, or the bytes of a file with a name for it. Raises ``DocumentError`` where no text can be had
    /// from it. ``facts`` puts the facts of the document into each row, under ``extra``.
    #[pyo3(signature = (source, *, name = None, facts = false))]
    fn read(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        name: Option<String>,
        facts: bool,
    ) -> PyResult<Reading> {
        let source = match bytes(source)? {
            Some(bytes) => Source::from_bytes(name.unwrap_or_else(|| "-".to_owned()), bytes),
            None => {
                let path: PathBuf = source.extract().map_err(|_| {
                    PyTypeError::new_err(
                        "a document is a path or the bytes of a file; for a text there is read_text",
                    )
                })?;
                py.detach(|| document::open(&path)).map(|mut source| {
                    source.name = name.unwrap_or(source.name);
                    source
                })
            }
        };
        self.read_source(py, &source.map_err(of_document)?, facts)
    }

    /// Reads a text that is in memory already.
    #[pyo3(signature = (text, *, name = "-", facts = false))]
    fn read_text(&self, py: Python<'_>, text: &str, name: &str, facts: bool) -> PyResult<Reading> {
        self.read_source(py, &Source::from_text(name, text), facts)
    }

    /// Labels every document of a table: anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``.
    ///
    /// ``id`` names the column with the documents' names (texts or whole numbers), ``text`` the one with their texts, or the bytes of
    /// their files. The columns in ``extra`` go along with each row. A document that cannot be read gives one row with the reason in
    /// ``error``. ``threads`` is how many documents are read at once, 0 for one each processor; rows are the same for any number.
    /// ``progress(done, total)`` is called now and then; what it raises ends the run.
    #[pyo3(signature = (table, *, id = "id", text = "text", extra = Vec::new(), facts = false, threads = 0, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keywords of a call")]
    fn tag_table(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        id: &str,
        text: &str,
        extra: Vec<String>,
        facts: bool,
        threads: usize,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let names = columns(id, text, extra);
        let batches = capsule::batches(table)?;
        names.check(&batches.schema()).map_err(PyValueError::new_err)?;
        let batches: Vec<_> = py
            .detach(|| batches.collect::<Result<_, _>>())
            .map_err(|error| PyValueError::new_err(format!("the table cannot be read: {error}")))?;
        let documents = batches
            .iter()
            .map(|batch| Rows::of(batch, &names).map(Documents::Rows));
        let documents: Vec<_> = documents
            .collect::<Result<_, _>>()
            .map_err(PyValueError::new_err)?;
        tag(py, &self.tagger(threads, facts)?, &documents, progress)
    }

    /// Labels files. Documents and keywords as in ``tag_table``.
    #[pyo3(signature = (paths, *, facts = false, threads = 0, progress = None))]
    fn tag_files(
        &self,
        py: Python<'_>,
        paths: &Bound<'_, PyAny>,
        facts: bool,
        threads: usize,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let paths: Vec<PathBuf> = paths
            .try_iter()?
            .map(|path| path?.extract())
            .collect::<PyResult<_>>()?;
        tag(
            py,
            &self.tagger(threads, facts)?,
            &[Documents::Files(paths)],
            progress,
        )
    }

    /// The same as ``tag_table`` for tables that are larger than memory: rows are made while somebody reads them, a batch for each batch
    /// that comes in.
    #[pyo3(signature = (table, *, id = "id", text = "text", extra = Vec::new(), facts = false, threads = 0))]
    fn tag_stream(
        &self,
        table: &Bound<'_, PyAny>,
        id: &str,
        text: &str,
        extra: Vec<String>,
        facts: bool,
        threads: usize,
    ) -> PyResult<Stream> {
        let names = columns(id, text, extra);
        let batches = capsule::batches(table)?;
        names.check(&batches.schema()).map_err(PyValueError::new_err)?;
        Ok(Stream::new(Lazy {
            tagger: self.tagger(threads, facts)?,
            names,
            batches,
            ready: VecDeque::new(),
        }))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let make = py.import("findings")?.getattr("_unpickled")?;
        Ok((make, PyTuple::new(py, [self.to_bytes(py)])?))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().fingerprint() == self.fingerprint())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.fingerprint().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<findings.Rules {}>", self.fingerprint())
    }
}

fn columns(id: &str, text: &str, extra: Vec<String>) -> document::Columns {
    document::Columns {
        id: id.to_owned(),
        text: text.to_owned(),
        extra,
    }
}

/// The bytes of an object that holds some.
fn bytes(source: &Bound<'_, PyAny>) -> PyResult<Option<Vec<u8>>> {
    if let Ok(bytes) = source.cast::<PyBytes>() {
        return Ok(Some(bytes.as_bytes().to_vec()));
    }
    if let Ok(bytes) = source.cast::<PyByteArray>() {
        return Ok(Some(bytes.to_vec()));
    }
    if let Ok(view) = source.cast::<PyMemoryView>() {
        return view.call_method0("tobytes")?.extract().map(Some);
    }
    Ok(None)
}

/// All documents; between portions Python is told how far it is, and may end the run.
fn tag(
    py: Python<'_>,
    tagger: &Tagger,
    documents: &[Documents],
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let total: usize = documents.iter().map(Documents::len).sum();
    let (mut done, mut columns) = (0, Columns::new());
    for documents in documents {
        for portion in tagger.portions(documents) {
            done += portion.len();
            py.detach(|| tagger.tag(documents, portion, &mut columns));
            py.check_signals()?;
            if let Some(progress) = &progress {
                progress.call1((done, total))?;
            }
        }
    }
    Ok(Table::new(columns.finish()))
}
