//! All comparisons as one list of JSON.

use crate::comparison::Comparison;
use crate::report::whole::{WholeFormat, json};

pub(super) const FORMAT: WholeFormat<[Comparison]> = WholeFormat {
    name: "json",
    endings: &["json"],
    about: "one list with everything",
    coloured: false,
    write: |comparisons, out| json(comparisons, out),
};
