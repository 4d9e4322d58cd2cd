//! `findings compare`: what has changed from visit to visit, or how groups of visits differ.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use findings::Rules;
use findings::comparison::{About, By, Measured, Warning, comparisons, group};
use findings::eval::Evaluation;
use findings::report::{COMPARISON_FORMATS, GROUP_FORMATS};
use findings::visit::{Visit, visits};

use super::material::Material;
use super::outcome::{Outcome, Stop};
use super::{Arguments, messages, whole};

/// Set visits side by side: what is new, persists, was put right, has fallen silent, and whether it is more than chance
///
/// Takes two visits of an authority or a whole series, in order of date; with --by it sets groups of visits side by side.
/// Every method and its source is told in docs/visits.md.
#[derive(Args, Debug)]
pub(crate) struct Compare {
    #[command(flatten)]
    material: Material,
    /// Set groups of visits side by side, of any authorities
    #[arg(long, value_enum)]
    by: Option<Group>,
    /// State the error of the labels that this file tells, the output of `findings eval --format json`
    #[arg(long, value_name = "FILE", requires = "by")]
    eval: Option<PathBuf>,
    /// Compare also what was labelled under different rules
    #[arg(long)]
    force: bool,
    /// How results look
    ///
    /// Without it the ending of --output decides; else text on a terminal and json elsewhere.
    #[arg(short, long, value_parser = PossibleValuesParser::new(format_values()))]
    format: Option<String>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write these columns of csv and no others, in this order, such as authority,visit,theme,change
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Group {
    /// The authority
    Authority,
    /// The year in which the inspection began
    Year,
    /// The grade of overall effectiveness
    Grade,
    /// The kind of document that the counts come from
    Kind,
}

impl From<Group> for By {
    fn from(group: Group) -> Self {
        match group {
            Group::Authority => Self::Authority,
            Group::Year => Self::Year,
            Group::Grade => Self::Grade,
            Group::Kind => Self::Kind,
        }
    }
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    COMPARISON_FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about))
}

impl Compare {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let (named, target) = (self.format.as_deref(), self.output.as_deref());
        let of_series = whole::format(COMPARISON_FORMATS, named, target).map_err(wrong_call)?;
        let of_groups = whole::format(GROUP_FORMATS, named, target).map_err(wrong_call)?;
        whole::check_columns(&self.columns, of_series.name).map_err(wrong_call)?;
        let measured = self.eval.as_deref().map(measured).transpose()?;
        let rules = rules()?;
        let read = self.material.read(&rules, wrong_call)?;
        let visits = visits(&rules, read.documents, &self.material.options());
        if let Some(by) = self.by {
            let grouping = group(&visits, by.into(), measured.as_ref());
            self.refuse(&grouping.warnings, "groups", of_groups.name)?;
            whole::write(&grouping, of_groups, &self.columns, self.output.as_ref())?;
            return Ok(read.outcome);
        }
        for visit in visits.iter().filter(|visit| visit.authority.is_none()) {
            messages::warning(
                &visit.title(),
                "left out, since its authority is not known; give it in a facts file (--facts FILE)",
            );
        }
        let comparisons = comparisons(&rules, &visits);
        if comparisons.is_empty() {
            return Err(Stop::Other(nothing_to_compare(&visits)));
        }
        for comparison in &comparisons {
            self.refuse(&comparison.warnings, &comparison.authority, of_series.name)?;
        }
        whole::write(
            comparisons.as_slice(),
            of_series,
            &self.columns,
            self.output.as_ref(),
        )?;
        Ok(read.outcome)
    }

    /// What else speaks against a comparison stands in outputs that people read, and is said here for the others.
    fn refuse(&self, warnings: &[Warning], of: &str, format: &str) -> Result<(), Stop> {
        refuse(warnings, of, self.force)?;
        if matches!(format, "text" | "markdown") {
            return Ok(());
        }
        for warning in warnings {
            messages::warning(of, &warning.message);
        }
        Ok(())
    }
}

/// Labels of different rules are not compared unless forced. `of` names the comparison.
pub(crate) fn refuse(warnings: &[Warning], of: &str, force: bool) -> Result<(), Stop> {
    match warnings.iter().find(|warning| warning.about == About::Rules) {
        Some(warning) if !force => Err(Stop::Other(format!(
            "{of}: {} (--force compares them all the same)",
            warning.message
        ))),
        _ => Ok(()),
    }
}

/// The error of labels, from the output of `findings eval`.
pub(crate) fn measured(path: &Path) -> Result<Measured, Stop> {
    let name = path.display();
    let bytes = std::fs::read(path).map_err(|error| Stop::Other(format!("cannot read {name}: {error}")))?;
    let evaluation: Evaluation = serde_json::from_slice(&bytes).map_err(|error| {
        Stop::Other(format!(
            "cannot read {name}: it is not the output of findings eval --format json ({error})"
        ))
    })?;
    Ok(Measured::new(&path.to_string_lossy(), &evaluation))
}

/// Why there is nothing to compare, and what to do.
fn nothing_to_compare(visits: &[Visit]) -> String {
    let undated = visits
        .iter()
        .filter(|visit| visit.authority.is_none() || visit.start.is_none())
        .count();
    let advice = if undated > 0 {
        "give authorities and dates in a facts file (--facts FILE); findings facts shows what is known"
    } else {
        "add documents of other visits, or set different authorities side by side with --by authority"
    };
    format!(
        "nothing to compare: no authority has two visits whose dates are known ({} of {} lack authority or dates); {advice}",
        undated,
        visits.len()
    )
}

fn wrong_call(message: String) -> Stop {
    Arguments::wrong_call(Some("compare"), message)
}
