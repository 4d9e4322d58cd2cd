//! JSON Lines: the comparison of one authority a line.

use crate::comparison::Comparison;
use crate::report::whole::{WholeFormat, json_lines};

pub(super) const FORMAT: WholeFormat<[Comparison]> = WholeFormat {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "one comparison or group a line as JSON",
    coloured: false,
    write: |comparisons, out| json_lines(comparisons, out),
};
