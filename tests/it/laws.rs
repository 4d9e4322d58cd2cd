//! The laws of readings, held of every document.

#[path = "../laws/mod.rs"]
mod readings;

use crate::documents;

pub(crate) use readings::{counts, hold, places};

#[test]
fn of_every_document() {
    for document in documents::read_all() {
        assert!(!document.rows.is_empty(), "{} gives no rows", document.name);
        hold(&document.name, &document.reading, &document.rows);
    }
}
