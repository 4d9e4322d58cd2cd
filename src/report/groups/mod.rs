//! How groups of visits look.

mod csv;
mod json;
mod jsonl;
mod markdown;
mod text;

use super::whole::WholeFormat;
use crate::comparison::Grouping;

/// Every format of `findings compare --by`, in the order in which help lists them.
pub const GROUP_FORMATS: &[WholeFormat<Grouping>] = &[
    text::FORMAT,
    markdown::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
];
