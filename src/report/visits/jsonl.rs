//! JSON Lines: one visit a line.

use crate::report::whole::{WholeFormat, json_lines};
use crate::visit::Visit;

pub(super) const FORMAT: WholeFormat<[Visit]> = WholeFormat {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "one visit a line as JSON",
    coloured: false,
    write: |visits, out| json_lines(visits, out),
};
