//! How visits look.

pub(super) mod csv;
mod json;
mod jsonl;
mod markdown;
pub(super) mod text;

use super::whole::WholeFormat;
use crate::visit::Visit;

/// Every format of `findings visits`, in the order in which help lists them.
pub const VISIT_FORMATS: &[WholeFormat<[Visit]>] = &[
    text::FORMAT,
    markdown::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
];
