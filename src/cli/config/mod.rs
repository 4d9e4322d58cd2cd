//! `findings.toml`: what a team sets once instead of on every command line. `docs/config.md` is the user's view.
//!
//! Whatever a file sets becomes the default of the option of that name, so the command line wins, and a new option needs nothing
//! here. Not decided here: what an option does.

mod options;
mod read;
mod schema;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::{ArgMatches, Command};
use findings::rules::RuleFile;

use super::outcome::Stop;

pub(crate) use schema::schema;

use read::Reading;

/// How the file is called.
const NAME: &str = "findings.toml";

/// Names a file to use instead of the nearest one; empty: none.
const VARIABLE: &str = "FINDINGS_CONFIG";

/// The settings of a file.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The file, as messages show it.
    pub(crate) file: PathBuf,
    set: Vec<Set>,
}

/// One option that the file sets.
#[derive(Debug)]
struct Set {
    /// Names of the commands down to the one that has the option; none for an option of all commands.
    command: Vec<String>,
    option: String,
    values: Vec<&'static str>,
}

impl Settings {
    /// The settings of the file in or above the working folder, or the one that the environment names; none where there is no
    /// such file.
    ///
    /// # Errors
    /// Where the file cannot be read, or holds what no option of `program` has.
    pub(crate) fn find(program: &Command) -> Result<Option<Self>, Stop> {
        let Some(file) = place()? else { return Ok(None) };
        let text = fs::read_to_string(&file).map_err(|source| findings::Error::Read {
            path: file.clone(),
            source,
        })?;
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let mut reading = Reading {
            file: RuleFile::new(file.to_string_lossy(), text),
            folder,
            set: Vec::new(),
            mistakes: Vec::new(),
        };
        reading.read(program);
        let Reading { set, mistakes, .. } = reading;
        if mistakes.is_empty() {
            return Ok(Some(Self { file, set }));
        }
        let list: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        Err(Stop::Other(format!(
            "the settings cannot be used (--no-config goes on without them):\n{}",
            list.join("\n")
        )))
    }

    /// The program with these settings as its defaults.
    pub(crate) fn defaults(&self, program: Command) -> Command {
        self.set
            .iter()
            .fold(program, |program, set| default(program, &set.command, set))
    }

    /// Takes out what a call makes void: a format where the call names an output, whose ending then decides.
    pub(crate) fn give_way(&mut self, call: &ArgMatches) {
        let (path, leaf) = leaf(call);
        let named = |id: &str| {
            let source = leaf.try_contains_id(id).ok().and_then(|_| leaf.value_source(id));
            source == Some(clap::parser::ValueSource::CommandLine)
        };
        if named("output") {
            self.set
                .retain(|set| set.option != "format" || set.command != path);
        }
    }
}

/// The command that a call ends in, and its names.
pub(crate) fn leaf(call: &ArgMatches) -> (Vec<String>, &ArgMatches) {
    let (mut path, mut leaf) = (Vec::new(), call);
    while let Some((name, inner)) = leaf.subcommand() {
        path.push(name.to_owned());
        leaf = inner;
    }
    (path, leaf)
}

fn default(program: Command, path: &[String], set: &Set) -> Command {
    match path.split_first() {
        Some((name, rest)) => program.mut_subcommand(name, |command| default(command, rest, set)),
        None => {
            let id = program
                .get_arguments()
                .find(|arg| arg.get_long() == Some(set.option.as_str()))
                .map(|arg| arg.get_id().clone());
            match id {
                Some(id) => program.mut_arg(id, |arg| arg.default_values(&set.values)),
                None => program,
            }
        }
    }
}

/// Where the file stands, seen from the working folder.
fn place() -> Result<Option<PathBuf>, Stop> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Ok(Some(PathBuf::from(named)).filter(|file| !file.as_os_str().is_empty()));
    }
    let here = env::current_dir()
        .map_err(|error: io::Error| Stop::Other(format!("cannot tell the working folder: {error}")))?;
    // Written with `..`, so that names of folders in messages are those that the user would write.
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(NAME).is_file() {
            return Ok(Some(up.join(NAME)));
        }
        up.push("..");
    }
    Ok(None)
}
