//! The groups as one object of JSON.

use crate::comparison::Grouping;
use crate::report::whole::{WholeFormat, json};

pub(super) const FORMAT: WholeFormat<Grouping> = WholeFormat {
    name: "json",
    endings: &["json"],
    about: "one object with everything",
    coloured: false,
    write: |grouping, out| json(grouping, out),
};
