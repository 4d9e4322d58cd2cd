//! `findings report`: everything of a run in one file: visits, what has changed between them, and the letters with their
//! marks.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::Rules;
use findings::comparison::{By, comparisons, group};
use findings::facts::Facts;
use findings::report::page::Page;
use findings::report::template::Template;
use findings::report::{BUNDLE_FORMATS, Bundle, BundleFormat};
use findings::visit::visits;

use super::material::Material;
use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::{Arguments, compare, made, messages, template};

/// Show visits, what has changed between them, and each letter with its sentences marked, as one HTML page or as a workbook
///
/// The page holds everything that it shows: no network, and no script is needed to read it. Open it in any browser of
/// 2024 or later. Letters are shown as they were written where documents are given, sentence by sentence where files of
/// labels are.
#[derive(Args, Debug)]
pub(crate) struct Report {
    #[command(flatten)]
    material: Material,
    /// State the error of the labels that this file tells, the output of `findings eval --format json`
    #[arg(long, value_name = "FILE")]
    eval: Option<PathBuf>,
    /// Show also a comparison of what was labelled under different rules
    #[arg(long)]
    force: bool,
    /// How the report looks
    ///
    /// Without it the ending of --output decides; else html.
    #[arg(short, long, value_parser = PossibleValuesParser::new(format_values()))]
    format: Option<String>,
    #[command(flatten)]
    templates: template::Templates,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    BUNDLE_FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about))
}

/// By what the report is written.
enum Form {
    Template(Template),
    Format(&'static BundleFormat),
}

impl Report {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        if let Some(printed) = self.templates.print() {
            return printed.map(|()| Outcome::Done);
        }
        let form = match self.templates.open()? {
            Some(template) => Form::Template(template),
            None => Form::Format(self.format().map_err(wrong_call)?),
        };
        let readings = match &form {
            Form::Template(_) => false,
            Form::Format(format) => {
                made::refuse_terminal(self.output.as_deref(), format.name).map_err(wrong_call)?;
                format.readings
            }
        };
        let made = made::made(self.output.as_deref())?;
        let measured = self.eval.as_deref().map(compare::measured).transpose()?;
        let rules = rules()?;
        let read = self.material.read_keeping(readings, &rules, wrong_call)?;
        let facts: Vec<Facts> = read.documents.iter().map(|one| one.facts.clone()).collect();
        let visits = visits(&rules, read.documents, &self.material.options());
        let comparisons = comparisons(&rules, &visits);
        for comparison in &comparisons {
            compare::refuse(&comparison.warnings, &comparison.authority, self.force)?;
        }
        let groups = group(&visits, By::Kind, measured.as_ref());
        let page = Page {
            rules: &rules,
            visits: &visits,
            comparisons: &comparisons,
            groups: &groups,
            readings: &read.readings,
        };
        let bundle = Bundle {
            page,
            facts: &facts,
            made: &made,
        };
        match form {
            Form::Template(template) => template::write(&template, &bundle, self.output.as_deref())?,
            Form::Format(format) => self.write(format, &bundle)?,
        }
        Ok(read.outcome)
    }

    fn write(&self, format: &BundleFormat, bundle: &Bundle<'_>) -> Result<(), Stop> {
        let mut output = Output::open(self.output.as_deref(), false)?;
        let name = output.name().to_owned();
        let mut notes = Vec::new();
        output.write(|out| {
            notes = (format.write)(bundle, out)?;
            Ok(())
        })?;
        output.finish()?;
        for note in &notes {
            messages::warning(&name, note);
        }
        Ok(())
    }

    fn format(&self) -> Result<&'static BundleFormat, String> {
        let named = |name: &str| BundleFormat::named(name).ok_or_else(|| format!("no format '{name}'"));
        match (
            &self.format,
            self.output.as_deref().filter(|path| *path != Path::new("-")),
        ) {
            (Some(name), _) => named(name),
            (None, None) => named("html"),
            (None, Some(path)) => {
                let ending = path
                    .extension()
                    .and_then(|ending| ending.to_str())
                    .unwrap_or_default();
                BundleFormat::for_ending(ending).ok_or_else(|| {
                    let known: Vec<_> = BUNDLE_FORMATS
                        .iter()
                        .flat_map(|format| format.endings)
                        .copied()
                        .collect();
                    format!(
                        "the ending of '{}' names no format ({}); add --format",
                        path.display(),
                        known.join(", ")
                    )
                })
            }
        }
    }
}

fn wrong_call(message: String) -> Stop {
    Arguments::wrong_call(Some("report"), message)
}
