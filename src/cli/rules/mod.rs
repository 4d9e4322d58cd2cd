//! `findings rules`: the workbench of those who write rules. One file a command below this one.

mod check;
mod diff;
mod documents;
mod help;
mod suggest;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::outcome::{Outcome, Stop};

/// Write, check and compare rules
///
/// Folders of rules are named by --rules, as for every command, or behind the command.
#[derive(Args, Debug)]
#[command(
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Diff(diff::Diff),
    Suggest(suggest::Suggest),
    Help(help::Help),
}

impl Rules {
    /// Does what was asked; `folders` are those that --rules names.
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        match &self.command {
            Command::Check(check) => check.run(folders),
            Command::Diff(diff) => diff.run(folders),
            Command::Suggest(suggest) => suggest.run(folders),
            Command::Help(help) => help.run(),
        }
    }
}
