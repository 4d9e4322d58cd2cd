//! How comparisons look.

mod csv;
mod json;
mod jsonl;
mod markdown;
mod text;

use super::whole::WholeFormat;
use crate::comparison::Comparison;

/// Every format of `findings compare` without `--by`, in the order in which help lists them.
pub const COMPARISON_FORMATS: &[WholeFormat<[Comparison]>] = &[
    text::FORMAT,
    markdown::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
];
