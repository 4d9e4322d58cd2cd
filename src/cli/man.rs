//! `findings man`: the pages of the manual, for `man` and for packages.

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;

use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::{Arguments, output};

/// Print the manual page of a command, or write all pages to a folder
///
/// Read one by `findings man tag | man -l -`; install all by `findings man --into ~/.local/share/man/man1`.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The command, such as tag or rules check; without it, the page of the program
    #[arg(value_name = "COMMAND", conflicts_with = "into")]
    command: Vec<String>,
    /// Write the pages of all commands to this folder, which is made where there is none
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        let mut program = Arguments::command().version(env!("CARGO_PKG_VERSION"));
        program.build();
        match &self.into {
            Some(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| Stop::not_written(&folder.to_string_lossy(), &error))?;
                write_all(&program, "findings", folder)?;
            }
            None => {
                let mut command = &program;
                let mut name = "findings".to_owned();
                for word in &self.command {
                    command = command
                        .find_subcommand(word)
                        .ok_or_else(|| unknown(command, word))?;
                    name = format!("{name}-{}", command.get_name());
                }
                output::print(&page(command, &name)?)?;
            }
        }
        Ok(Outcome::Done)
    }
}

fn unknown(command: &Command, word: &str) -> Stop {
    let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let within = command.get_name();
    Arguments::wrong_call(
        Some("man"),
        match known.as_slice() {
            [] => format!("`{within}` has no commands of its own, and so no `{word}`"),
            known => format!("there is no command `{word}`; there are {}", known.join(", ")),
        },
    )
}

fn write_all(command: &Command, name: &str, folder: &Path) -> Result<(), Stop> {
    let mut output = Output::open(Some(&folder.join(format!("{name}.1"))), false)?;
    let text = page(command, name)?;
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.finish()?;
    command
        .get_subcommands()
        .try_for_each(|inner| write_all(inner, &format!("{name}-{}", inner.get_name()), folder))
}

/// A page, without a date: the same program gives the same pages.
fn page(command: &Command, name: &str) -> Result<String, Stop> {
    let mut page = Vec::new();
    Page::new(command.clone().version(env!("CARGO_PKG_VERSION")))
        .title(name.to_uppercase())
        .source(format!("findings {}", env!("CARGO_PKG_VERSION")))
        .manual("Findings in inspection letters")
        .render(&mut page)
        .map_err(|error| Stop::not_written("the page", &error))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
