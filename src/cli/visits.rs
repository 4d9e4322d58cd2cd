//! `findings visits`: what was found at each visit, theme by theme.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::Rules;
use findings::report::VISIT_FORMATS;
use findings::visit::visits;

use super::material::Material;
use super::outcome::{Outcome, Stop};
use super::{Arguments, whole};

/// Add labels up by visit: strengths, concerns and their balance for each theme, with the strongest sentences
///
/// Letters, press and minutes about the same visit (authority and dates) are grouped. The inspectors' own document counts;
/// the others are shown beside it. What counts and how is told in docs/visits.md.
#[derive(Args, Debug)]
pub(crate) struct Visits {
    #[command(flatten)]
    material: Material,
    /// How results look
    ///
    /// Without it the ending of --output decides; else text on a terminal and json elsewhere.
    #[arg(short, long, value_parser = PossibleValuesParser::new(format_values()))]
    format: Option<String>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write these columns of csv and no others, in this order, such as authority,start,theme,balance
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Quote at most so many sentences for each theme as strengths, and as many as concerns
    #[arg(long, value_name = "N", default_value_t = 3)]
    quotes: usize,
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    VISIT_FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about))
}

impl Visits {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let format = whole::format(VISIT_FORMATS, self.format.as_deref(), self.output.as_deref());
        let format = format.map_err(wrong_call)?;
        whole::check_columns(&self.columns, format.name).map_err(wrong_call)?;
        let rules = rules()?;
        let read = self.material.read(&rules, wrong_call)?;
        let mut options = self.material.options();
        options.quotes = self.quotes;
        let visits = visits(&rules, read.documents, &options);
        whole::write(visits.as_slice(), format, &self.columns, self.output.as_ref())?;
        Ok(read.outcome)
    }
}

fn wrong_call(message: String) -> Stop {
    Arguments::wrong_call(Some("visits"), message)
}
