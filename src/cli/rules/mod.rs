//! `findings rules`: the workbench of those who write rules. One file a command below this one.

mod check;
mod diff;
mod documents;
mod fmt;
mod help;
mod init;
mod list;
mod paired;
mod schema;
mod show;
mod suggest;
mod test;

use std::path::{Path, PathBuf};

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
    Test(test::Test),
    List(list::List),
    Show(show::Show),
    Fmt(fmt::Fmt),
    Init(init::Init),
    Schema(schema::Schema),
}

impl Rules {
    /// Does what was asked; `folders` are those that --rules names.
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        match &self.command {
            Command::Check(check) => check.run(folders),
            Command::Diff(diff) => diff.run(folders),
            Command::Suggest(suggest) => suggest.run(folders),
            Command::Help(help) => help.run(),
            Command::Test(test) => test.run(folders),
            Command::List(list) => list.run(folders),
            Command::Show(show) => show.run(folders),
            Command::Fmt(fmt) => fmt.run(folders),
            Command::Init(init) => init.run(),
            Command::Schema(schema) => schema.run(),
        }
    }
}

/// The folders that --rules or findings.toml names, without those that the command names itself: a folder lies there once.
fn under(folders: &[PathBuf], named: &[PathBuf]) -> Vec<PathBuf> {
    let place = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let named: Vec<PathBuf> = named.iter().map(|folder| place(folder)).collect();
    let others = folders.iter().filter(|folder| !named.contains(&place(folder)));
    others.cloned().collect()
}
