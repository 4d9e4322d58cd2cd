//! The library's errors as Python exceptions, with its messages.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    findings,
    Error,
    PyException,
    "What `findings` raises: the base of its exceptions."
);
create_exception!(
    findings,
    DocumentError,
    Error,
    "A document cannot be read: the message names it, says why and what to do."
);
create_exception!(
    findings,
    RulesError,
    Error,
    "Rules cannot be used: the message lists every mistake in them, with file, line and column."
);

/// Of a document.
pub(crate) fn of_document(error: findings::Error) -> PyErr {
    DocumentError::new_err(error.to_string())
}

/// Of rules.
pub(crate) fn of_rules(error: findings::Error) -> PyErr {
    RulesError::new_err(error.to_string())
}
