//! How far the labels behind counts are right.
//!
//! In: an [`Evaluation`] of the labels against labels made by hand. Out: what of it stands beside counts.

use std::collections::BTreeMap;

use super::{LabelError, ThemeError};
use crate::eval::Evaluation;

/// The measured error of labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Of all labels together.
    pub error: LabelError,
    /// By theme.
    pub themes: BTreeMap<String, ThemeError>,
}

impl Measured {
    /// What `file` tells, the output of `findings eval --format json`.
    pub fn new(file: &str, evaluation: &Evaluation) -> Self {
        let themes = evaluation.themes.iter().map(|theme| {
            let error = ThemeError {
                precision: theme.precision,
                recall: theme.recall,
                labels: usize::try_from(theme.gold).ok(),
            };
            (theme.theme.clone(), error)
        });
        Self {
            error: LabelError {
                file: file.to_owned(),
                rules: evaluation.rules.clone(),
                sentences: Some(evaluation.sentences),
                polarity_accuracy: evaluation.figures.polarity_accuracy.value,
            },
            themes: themes.collect(),
        }
    }
}
