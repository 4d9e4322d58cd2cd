//! How far labels are right, as `findings eval --format json` has measured it.
//!
//! In: its output. Out: [`Measured`].

use std::collections::BTreeMap;

use super::{LabelError, ThemeError};

/// The measured error of labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Of all labels together.
    pub error: LabelError,
    /// By theme.
    pub themes: BTreeMap<String, ThemeError>,
}
