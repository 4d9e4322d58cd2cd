//! The command line: one file a command, and beside them what commands share.
//!
//! Only the library's public API is used here. To add a command, write one file and add one variant to [`Command`].

mod explain;
mod agree;
mod eval;
mod inputs;
mod labels;
mod lines;
mod messages;
mod only;
mod outcome;
mod output;
mod rules;
mod stats;
mod tag;
mod text;

use std::path::PathBuf;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use findings::Rules;

use outcome::{Outcome, Stop};

/// Read Ofsted letters and reports on children's services and say, sentence by sentence, what was found: theme,
/// strength or concern, and the words and rules that made each label.
#[derive(Debug, Parser)]
#[command(
    name = "findings",
    disable_version_flag = true,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 all done; 1 done, but some documents could not be read; 2 nothing done."
)]
pub(crate) struct Arguments {
    /// Print the version and the fingerprint of the rules
    #[arg(short = 'V', long)]
    version: bool,
    /// Lay this folder of rules over the built-in ones; a folder with an english.toml replaces them
    ///
    /// Given several times, each is laid over those before it.
    #[arg(long, value_name = "DIR", global = true, display_order = 90)]
    rules: Vec<PathBuf>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Colour::Auto, display_order = 91)]
    color: Colour,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Tag(tag::Tag),
    Stats(stats::Stats),
    Text(text::Text),
    Explain(explain::Explain),
    Eval(eval::Eval),
    Agree(agree::Agree),
    Rules(rules::Rules),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always, also in files and pipes
    Always,
    /// Never
    Never,
}

impl Arguments {
    /// The command line of this process.
    ///
    /// # Errors
    /// A wrong call; also where help was asked for, which ends the run as well.
    pub(crate) fn read() -> Result<Self, Stop> {
        let arguments = Self::try_parse()?;
        match arguments.color {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Ok(arguments)
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// Where nothing could be done.
    pub(crate) fn run(self) -> Result<Outcome, Stop> {
        if self.version {
            return version(&self.rules()?);
        }
        match &self.command {
            Some(Command::Tag(tag)) => tag.run(|| self.rules()),
            Some(Command::Stats(stats)) => stats.run(|| self.rules()),
            Some(Command::Text(text)) => text.run(|| self.rules()),
            Some(Command::Explain(explain)) => explain.run(|| self.rules()),
            Some(Command::Eval(eval)) => eval.run(|| self.rules()),
            Some(Command::Agree(agree)) => agree.run(|| self.rules()),
            Some(Command::Rules(rules)) => rules.run(&self.rules),
            None => Err(Self::wrong_call(None, "no command given")),
        }
    }

    fn rules(&self) -> Result<Rules, Stop> {
        Ok(Rules::from_folders(&self.rules)?)
    }

    /// A wrong call that clap cannot see by itself, told as clap would, with the usage of `command`.
    fn wrong_call(command: Option<&str>, message: impl std::fmt::Display) -> Stop {
        let mut program = Self::command().color(ColorChoice::Auto);
        program.build();
        let command = match command.and_then(|name| program.find_subcommand_mut(name)) {
            Some(command) => command,
            None => &mut program,
        };
        Stop::Call(command.error(clap::error::ErrorKind::ValueValidation, message))
    }
}

fn version(rules: &Rules) -> Result<Outcome, Stop> {
    let line = format!(
        "findings {} (rules {})\n",
        env!("CARGO_PKG_VERSION"),
        rules.fingerprint()
    );
    output::print(&line)?;
    Ok(Outcome::Done)
}
