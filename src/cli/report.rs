//! `findings report`: one HTML page of visits, what has changed between them, and the letters with their marks.

use std::path::PathBuf;

use clap::Args;
use findings::Rules;
use findings::comparison::{By, comparisons, group};
use findings::report::page::{Page, html};
use findings::report::template::Results;
use findings::visit::visits;

use super::material::Material;
use super::outcome::{Outcome, Stop};
use super::output::{self, Output};
use super::{Arguments, compare, template};

/// Show visits, what has changed between them, and each letter with its sentences marked, as one HTML page
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
    #[command(flatten)]
    templates: template::Templates,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Report {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        if let Some(printed) = self.templates.print() {
            return printed.map(|()| Outcome::Done);
        }
        if !self.templates.wanted() && self.output.is_none() && output::on_terminal() {
            return Err(wrong_call(
                "a page is not for a terminal: name a file by -o report.html".to_owned(),
            ));
        }
        let measured = self.eval.as_deref().map(compare::measured).transpose()?;
        let template = self.templates.open()?;
        let rules = rules()?;
        let read = self.material.read_keeping(true, &rules, wrong_call)?;
        let facts: Vec<_> = read.documents.iter().map(|one| one.facts.clone()).collect();
        let visits = visits(&rules, read.documents, &self.material.options());
        let comparisons = comparisons(&rules, &visits);
        for comparison in &comparisons {
            compare::refuse(&comparison.warnings, &comparison.authority, self.force)?;
        }
        let groups = group(&visits, By::Kind, measured.as_ref());
        if let Some(template) = template {
            let results = Results {
                rules: &rules,
                visits: &visits,
                comparisons: &comparisons,
                groups: &groups,
                facts: &facts,
            };
            template::write(&template, &results, self.output.as_deref())?;
            return Ok(read.outcome);
        }
        let page = html(&Page {
            rules: &rules,
            visits: &visits,
            comparisons: &comparisons,
            groups: &groups,
            readings: &read.readings,
        });
        let mut output = Output::open(self.output.as_deref(), false)?;
        output.write(|out| out.write_all(page.as_bytes()))?;
        output.finish()?;
        Ok(read.outcome)
    }
}

fn wrong_call(message: String) -> Stop {
    Arguments::wrong_call(Some("report"), message)
}
