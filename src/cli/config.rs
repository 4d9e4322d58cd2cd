//! `findings.toml`: what a team sets once instead of on every command line. `docs/config.md` is the user's view.
//!
//! Whatever a file sets becomes the default of the option of that name, so the command line wins, and a new option needs nothing
//! here. Not decided here: what an option does.

use std::any::TypeId;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use findings::error::Mistake;
use findings::rules::RuleFile;
use findings::span::Span;
use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::outcome::Stop;

/// How the file is called.
const NAME: &str = "findings.toml";
/// Names a file to use instead of the nearest one; empty: none.
const VARIABLE: &str = "FINDINGS_CONFIG";
/// Options that no file can set: an output that everybody writes over unasked helps nobody.
const NEVER: [&str; 3] = ["output", "into", "no-config"];

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

struct Reading {
    file: RuleFile,
    folder: PathBuf,
    set: Vec<Set>,
    mistakes: Vec<Mistake>,
}

impl Reading {
    fn read(&mut self, program: &Command) {
        let text = self.file.text.clone();
        let (table, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            self.mistake(at, format!("this is not TOML: {}", error.message()));
        }
        let commands = commands(program);
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            let command = commands.iter().find(|(path, _)| path.join(" ") == name);
            match (option(program, name), command, value.get_ref()) {
                (Some(arg), _, _) if !value.get_ref().is_table() => self.option(&[], arg, value),
                (_, Some((path, command)), DeValue::Table(inner)) => {
                    for (key, value) in inner {
                        match option(command, key.get_ref()) {
                            Some(arg) => self.option(path, arg, value),
                            None => {
                                let known = options(command).filter_map(Arg::get_long).collect();
                                self.unknown(key, known);
                            }
                        }
                    }
                }
                (None, Some(_), _) => {
                    let message = format!("`{name}` is a command: set its options under a line `[{name}]`");
                    self.mistake(value.span(), message);
                }
                (Some(_), _, _) => {
                    let message = format!("`{name}` is no command: it holds values; see `findings --help`");
                    self.mistake(key.span(), message);
                }
                _ => {
                    let mut known: Vec<&str> = options(program).filter_map(Arg::get_long).collect();
                    let names: Vec<String> = commands.iter().map(|(path, _)| table_name(path)).collect();
                    known.extend(names.iter().map(String::as_str));
                    self.unknown(key, known);
                }
            }
        }
        self.mistakes
            .sort_by_key(|mistake| (mistake.line, mistake.column));
    }

    fn mistake(&mut self, at: std::ops::Range<usize>, message: impl Into<String>) {
        let at = Span::new(at.start, at.end);
        self.mistakes.push(Mistake::new(&self.file, at, message));
    }

    fn unknown<T: AsRef<str>>(&mut self, key: &Spanned<T>, known: Vec<&str>) {
        let name = key.get_ref().as_ref();
        let meant = name.replace('_', "-");
        let advice = if known.contains(&meant.as_str()) {
            format!("did you mean `{meant}`?")
        } else {
            format!("known: {}", known.join(", "))
        };
        self.mistake(key.span(), format!("unknown key `{name}`: {advice}"));
    }

    fn option(&mut self, path: &[String], arg: &Arg, value: &Spanned<DeValue<'_>>) {
        let option = arg.get_long().unwrap_or_default().to_owned();
        let many = matches!(arg.get_action(), ArgAction::Append);
        let flag = matches!(arg.get_action(), ArgAction::SetTrue);
        let mut values = Vec::new();
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(array) if many => array.iter().collect(),
            _ => vec![value],
        };
        for item in items {
            let text = match item.get_ref() {
                DeValue::Boolean(value) if flag => value.to_string(),
                DeValue::String(text) if !flag && !number(arg) => text.to_string(),
                DeValue::Integer(whole) if number(arg) => whole.as_str().to_owned(),
                other => {
                    let wanted = match (flag, many) {
                        (true, _) => "`true` or `false`",
                        (_, true) => "a list of texts: [\"one\", \"other\"]",
                        _ if number(arg) => "a whole number",
                        _ => "a text in quotation marks",
                    };
                    let message = format!("`{option}` is {}: it has to be {wanted}", other.type_str());
                    self.mistake(item.span(), message);
                    continue;
                }
            };
            let text = if is::<PathBuf>(arg) {
                self.folder.join(&text).to_string_lossy().into_owned()
            } else {
                text
            };
            match wrong(arg, &text).filter(|_| !flag) {
                Some(message) => self.mistake(item.span(), message),
                // Defaults live as long as the program, and these are read once.
                None => values.push(&*Box::leak(text.into_boxed_str())),
            }
        }
        self.set.push(Set {
            command: path.to_vec(),
            option,
            values,
        });
    }
}

/// What is wrong with a value, if anything: asked of a program that has this option alone.
fn wrong(arg: &Arg, value: &str) -> Option<String> {
    let long = arg.get_long()?;
    let parser: ValueParser = arg.get_value_parser().clone();
    let alone = Arg::new("value").long("value").value_parser(parser);
    let mut call = OsString::from("--value=");
    call.push(value);
    let error = Command::new(NAME)
        .no_binary_name(true)
        .arg(alone)
        .try_get_matches_from([call])
        .err()?;
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    if !possible.is_empty() {
        return Some(format!("`{long}` has to be one of {}", possible.join(", ")));
    }
    let message = error.to_string();
    let line = message.lines().next().unwrap_or_default();
    Some(
        line.trim_start_matches("error: ")
            .replace("'--value <value>'", &format!("`{long}`")),
    )
}

/// Whether the values of an option are of a type.
fn is<T: 'static>(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<T>()
}

/// Whether the values of an option are whole numbers.
fn number(arg: &Arg) -> bool {
    is::<u8>(arg) || is::<u16>(arg) || is::<u32>(arg) || is::<u64>(arg) || is::<usize>(arg)
}

/// The commands that do something, with their names from the top.
fn commands(program: &Command) -> Vec<(Vec<String>, &Command)> {
    let mut all = Vec::new();
    for command in program.get_subcommands() {
        let name = command.get_name().to_owned();
        let inner = commands(command);
        if inner.is_empty() {
            all.push((vec![name], command));
        } else {
            all.extend(
                inner
                    .into_iter()
                    .map(|(path, command)| ([vec![name.clone()], path].concat(), command)),
            );
        }
    }
    all
}

/// How a command's table is called in the file.
fn table_name(path: &[String]) -> String {
    match path {
        [name] => format!("[{name}]"),
        _ => format!("[\"{}\"]", path.join(" ")),
    }
}

/// The options of a command that a file can set.
fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| {
        let long = arg.get_long();
        long.is_some_and(|long| !NEVER.contains(&long))
            && matches!(
                arg.get_action(),
                ArgAction::Set | ArgAction::Append | ArgAction::SetTrue
            )
            && arg.get_id() != "version"
    })
}

fn option<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    options(command).find(|arg| arg.get_long() == Some(name))
}

/// The JSON Schema of the file, for editors; draft 4 like those of rule files.
pub(crate) fn schema() -> Value {
    let program = <super::Arguments as clap::CommandFactory>::command();
    let mut properties: Map<String, Value> = options(&program).map(property).collect();
    for (path, command) in commands(&program) {
        let inner: Map<String, Value> = options(command).map(property).collect();
        let table = json!({
            "description": command.get_about().map(ToString::to_string).unwrap_or_default(),
            "type": "object",
            "properties": inner,
            "additionalProperties": false,
        });
        properties.insert(path.join(" "), table);
    }
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Settings of findings",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(arg: &Arg) -> (String, Value) {
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    let mut schema = match arg.get_action() {
        ArgAction::SetTrue => json!({ "type": "boolean" }),
        _ if number(arg) => json!({ "type": "integer" }),
        _ if !possible.is_empty() => json!({ "type": "string", "enum": possible }),
        _ => json!({ "type": "string" }),
    };
    if matches!(arg.get_action(), ArgAction::Append) {
        schema = json!({ "type": "array", "items": schema });
    }
    schema["description"] = arg.get_help().map(ToString::to_string).unwrap_or_default().into();
    (arg.get_long().unwrap_or_default().to_owned(), schema)
}
