//! The file taken apart: what it sets, and every mistake in it.
//!
//! In: TOML and the program's own options. Out: [`Set`]s. Not decided here: where the file stands and what wins.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command};
use findings::error::Mistake;
use findings::rules::RuleFile;
use findings::span::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::options::{commands, is, number, option, options, table_name};
use super::{NAME, Set};

pub(super) struct Reading {
    pub(super) file: RuleFile,
    pub(super) folder: PathBuf,
    pub(super) set: Vec<Set>,
    pub(super) mistakes: Vec<Mistake>,
}

impl Reading {
    pub(super) fn read(&mut self, program: &Command) {
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
pub(super) fn wrong(arg: &Arg, value: &str) -> Option<String> {
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
