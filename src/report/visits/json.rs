//! All visits as one list of JSON.

use crate::report::whole::{WholeFormat, json};
use crate::visit::Visit;

pub(super) const FORMAT: WholeFormat<[Visit]> = WholeFormat {
    name: "json",
    endings: &["json"],
    about: "one list with everything",
    coloured: false,
    write: |visits, out| json(visits, out),
};
