//! `findings rules check`: every mistake in every rule file, in one run.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outcome::{Outcome, Stop};

/// Check rule files: every mistake in every file, each with its place, its reason and what to do
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Folders of rules, laid over those of --rules; without one, those of --rules, else the built-in ones
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let all: Vec<PathBuf> = folders.iter().chain(&self.folders).cloned().collect();
        findings::Rules::from_folders(&all)?;
        Ok(Outcome::Done)
    }
}
