//! JSON Lines: one group a line.

use crate::comparison::Grouping;
use crate::report::whole::{WholeFormat, json_lines};

pub(super) const FORMAT: WholeFormat<Grouping> = WholeFormat {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "one group a line as JSON",
    coloured: false,
    write: |grouping, out| json_lines(&grouping.groups, out),
};
