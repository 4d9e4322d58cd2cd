//! Arrow arrays and streams in the capsules of the Arrow PyCapsule interface: how tables pass between Python packages
//! without being copied.
//!
//! In: an object with `__arrow_c_stream__` or `__arrow_c_array__`. Out: its batches; and our batches as capsules. The package's
//! only unsafe code is here.
//!
//! <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>
#![allow(
    unsafe_code,
    reason = "structures of C are taken out of capsules, in one place"
)]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// Batches as they come out of a Python object.
pub(crate) type Batches = Box<dyn RecordBatchReader + Send>;

/// The table that an object holds or streams.
///
/// # Errors
/// `TypeError` where it holds none, `ValueError` where what it holds is no table.
pub(crate) fn batches(table: &Bound<'_, PyAny>) -> PyResult<Batches> {
    if table.hasattr("__arrow_c_stream__")? {
        let capsule = table.call_method0("__arrow_c_stream__")?;
        let stream: FFI_ArrowArrayStream = taken(&capsule, STREAM, FFI_ArrowArrayStream::empty())?;
        let reader = RecordBatchStreamReader::try_new(stream).map_err(|error| wrong(&error))?;
        return Ok(Box::new(reader));
    }
    if table.hasattr("__arrow_c_array__")? {
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
            table.call_method0("__arrow_c_array__")?.extract()?;
        let schema = taken(&schema, SCHEMA, FFI_ArrowSchema::empty())?;
        let batch = imported(taken(&array, ARRAY, FFI_ArrowArray::empty())?, &schema)
            .map_err(|error| wrong(&error))?;
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    }
    Err(PyTypeError::new_err(format!(
        "{} is no Arrow table: it has neither __arrow_c_stream__ nor __arrow_c_array__; give a table of pyarrow, polars, pandas or \
         DuckDB",
        table.get_type().name()?
    )))
}

/// Our batches, as what `__arrow_c_stream__` returns.
pub(crate) fn stream(py: Python<'_>, batches: Batches) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(batches), STREAM)
}

/// A batch of ours, as what `__arrow_c_array__` returns.
pub(crate) fn array(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyTuple>> {
    let schema = schema(py, &batch.schema())?;
    let array = FFI_ArrowArray::new(&StructArray::from(batch).to_data());
    let array = PyCapsule::new_with_value(py, array, ARRAY)?;
    PyTuple::new(py, [schema, array])
}

/// A schema, as what `__arrow_c_schema__` returns.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(|error| wrong(&error))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn wrong(error: &ArrowError) -> PyErr {
    PyValueError::new_err(format!("this is no Arrow table: {error}"))
}

/// A structure moved out of the capsule that owns it, which keeps an empty one that it has not to release.
fn taken<T>(capsule: &Bound<'_, PyAny>, name: &CStr, empty: T) -> PyResult<T> {
    let pointer = capsule
        .cast::<PyCapsule>()?
        .pointer_checked(Some(name))?
        .cast::<T>();
    if !pointer.is_aligned() {
        return Err(PyValueError::new_err(
            "the structure in the capsule is not aligned",
        ));
    }
    // SAFETY: a capsule of this name holds a structure of type `T` (the interface promises so), alive as long as the capsule,
    // which `capsule` holds; this thread is attached to the interpreter, so no other takes from it. What is put in its place
    // has no release callback, so the capsule's destructor releases nothing.
    Ok(unsafe { pointer.replace(empty) })
}

/// An array of C as a batch; its buffers stay where they are.
fn imported(array: FFI_ArrowArray, schema: &FFI_ArrowSchema) -> Result<RecordBatch, ArrowError> {
    let DataType::Struct(_) = DataType::try_from(schema)? else {
        return Err(ArrowError::SchemaError("it has no columns".to_owned()));
    };
    let fields = Schema::try_from(schema)?;
    // SAFETY: both come from one call of `__arrow_c_array__`, which promises that they belong together and follow the C data
    // interface; `array` is owned and is released once, with the batch.
    let data = unsafe { from_ffi(array, schema)? };
    let columns = StructArray::from(data);
    if columns.null_count() > 0 {
        return Err(ArrowError::SchemaError("whole rows are null".to_owned()));
    }
    let (_, columns, _) = columns.into_parts();
    RecordBatch::try_new(SchemaRef::new(fields), columns)
}
