//! The command line: one file a command, and beside them what commands share.
//!
//! Only the library's public API is used here. To add a command, write one file and add one variant to [`Command`].

mod agree;
mod compare;
mod completions;
mod config;
mod contained;
mod eval;
mod explain;
mod export;
mod facts;
mod inputs;
mod journal;
mod labels;
mod lines;
mod made;
mod man;
mod material;
mod messages;
mod only;
mod outcome;
mod output;
mod progress;
mod report;
mod rules;
mod shown;
mod stats;
mod tag;
mod template;
mod text;
mod threads;
mod told;
mod visits;
mod watch;
mod whole;
mod written;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
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
    after_help = "Exit codes: 0 all done; 1 done, but some documents could not be read or a figure fell below its floor; 2 nothing done."
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
    /// Leave findings.toml, in or above the working folder, unread
    #[arg(long, global = true, display_order = 92)]
    no_config: bool,
    #[arg(skip)]
    settings: Option<config::Settings>,
    #[command(flatten)]
    bounds: contained::Bounds,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Tag(tag::Tag),
    Watch(watch::Watch),
    Facts(facts::FactsOf),
    Stats(stats::Stats),
    Text(text::Text),
    Explain(explain::Explain),
    Visits(visits::Visits),
    Compare(compare::Compare),
    Report(report::Report),
    Export(export::Export),
    Eval(eval::Eval),
    Agree(agree::Agree),
    Rules(rules::Rules),
    Completions(completions::Completions),
    Man(man::Man),
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

/// Where this process was started to read documents for another: its exit code when it has done so.
pub(crate) fn as_reader() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let called = arguments.next().is_some_and(|first| first == contained::NAME);
    called.then(|| contained::run(arguments.next().as_deref().and_then(OsStr::to_str)))
}

impl Arguments {
    /// The command line of this process.
    ///
    /// # Errors
    /// A wrong call; also where help was asked for, which ends the run as well.
    pub(crate) fn read() -> Result<Self, Stop> {
        let arguments = Self::with_settings()?;
        match arguments.color {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        contained::set(arguments.bounds);
        Ok(arguments)
    }

    /// The command line, with what findings.toml sets as defaults.
    fn with_settings() -> Result<Self, Stop> {
        let program = Self::command();
        // What is wrong with the call can be told only when the defaults are known; here help ends the run.
        let call = program.clone().ignore_errors(true).try_get_matches()?;
        let no_config = config::leaf(&call).1.try_get_one::<bool>("no_config");
        let mut settings = match no_config {
            Ok(Some(true)) => None,
            _ => config::Settings::find(&program)?,
        };
        if let Some(settings) = &mut settings {
            settings.give_way(&call);
        }
        let program = settings
            .iter()
            .fold(program, |program, settings| settings.defaults(program));
        let mut arguments = Self::from_arg_matches(&program.clone().try_get_matches()?)
            .map_err(|error| error.with_cmd(&program))?;
        arguments.settings = settings;
        Ok(arguments)
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// Where nothing could be done.
    pub(crate) fn run(self) -> Result<Outcome, Stop> {
        if self.version {
            return version(&self.rules()?, self.settings.as_ref());
        }
        let outcome = match &self.command {
            Some(Command::Tag(tag)) => tag.run(|| self.rules()),
            Some(Command::Watch(watch)) => watch.run(|| self.rules()),
            Some(Command::Facts(facts)) => facts.run(|| self.rules()),
            Some(Command::Stats(stats)) => stats.run(|| self.rules()),
            Some(Command::Text(text)) => text.run(|| self.rules()),
            Some(Command::Explain(explain)) => explain.run(|| self.rules()),
            Some(Command::Visits(visits)) => visits.run(|| self.rules()),
            Some(Command::Compare(compare)) => compare.run(|| self.rules()),
            Some(Command::Report(report)) => report.run(|| self.rules()),
            Some(Command::Export(export)) => export.run(|| self.rules()),
            Some(Command::Eval(eval)) => eval.run(|| self.rules()),
            Some(Command::Agree(agree)) => agree.run(|| self.rules()),
            Some(Command::Rules(rules)) => rules.run(&self.rules),
            Some(Command::Completions(completions)) => completions.run(),
            Some(Command::Man(man)) => man.run(),
            None => Err(Self::wrong_call(None, "no command given")),
        };
        contained::finish();
        outcome
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

fn version(rules: &Rules, settings: Option<&config::Settings>) -> Result<Outcome, Stop> {
    let mut line = format!(
        "findings {} (rules {})\n",
        env!("CARGO_PKG_VERSION"),
        rules.fingerprint()
    );
    if let Some(settings) = settings {
        line += &format!("settings: {}\n", settings.file.display());
    }
    output::print(&line)?;
    Ok(Outcome::Done)
}
