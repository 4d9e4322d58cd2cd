//! The Python package `findings`: the library's rules, readings and tables for Python.
//!
//! In: calls from Python. Out: Python objects and Arrow tables. Not decided here: anything about documents or labels;
//! that is the library's.

mod capsule;
mod document;
mod failure;
mod reading;
mod rules;
mod stream;
mod table;
mod tagger;
mod values;

use pyo3::prelude::*;

/// The compiled part of `findings`; the package's own module gives its names.
#[pymodule]
fn _findings(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("Error", py.get_type::<failure::Error>())?;
    module.add("DocumentError", py.get_type::<failure::DocumentError>())?;
    module.add("RulesError", py.get_type::<failure::RulesError>())?;
    module.add_class::<rules::Rules>()?;
    module.add_class::<reading::Reading>()?;
    module.add_class::<stream::Stream>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Schema>()
}
