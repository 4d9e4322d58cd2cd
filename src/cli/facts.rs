//! `findings facts`: what each document is and what its inspection was.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::Rules;
use findings::facts::{Facts, Given, facts};
use findings::report::{FACTS_FORMATS, FactsFormat};
use rayon::prelude::*;

use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::outcome::{Outcome, Stop};
use super::output::{self, Output};
use super::progress::Progress;
use super::threads::threads;
use super::{Arguments, contained, messages, whole};

/// Say what each document is: kind, authority, dates, visit, lead inspector, judgements
///
/// Every fact comes with the words that it was read from. Where a document is silent, or says two things, the fact stays
/// empty; --facts supplies or corrects it.
#[derive(Args, Debug)]
pub(crate) struct FactsOf {
    /// Documents and folders; - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// What an input holds
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = InputFormat::Auto)]
    input_format: InputFormat,
    /// Take facts from this TOML or CSV file; they win over what documents say
    ///
    /// TOML has a table for each document, CSV a row with the column `document`: its path, file name, file name without
    /// ending, or id. Columns are named as in the output; others are passed on. `none` empties a fact.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// How results look
    ///
    /// Without it the ending of --output decides; else text on a terminal and jsonl elsewhere.
    #[arg(short, long, value_parser = PossibleValuesParser::new(format_values()))]
    format: Option<String>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write these columns of csv and no others, in this order, such as document,authority,inspection_start
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Begin csv with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    FACTS_FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about))
}

/// Reads a facts file, if one is named.
///
/// # Errors
/// Where it cannot be read or holds mistakes.
pub(super) fn given(path: Option<&Path>) -> Result<Given, Stop> {
    Ok(path.map_or_else(|| Ok(Given::default()), Given::open)?)
}

/// Warns of rows of a facts file that name none of the documents of a run.
pub(super) fn warn_of_unknown(given: &Given, path: Option<&Path>, documents: &[&str]) {
    let Some(path) = path else { return };
    for (document, line) in given.unknown(documents) {
        let file = format!("{}:{line}", path.display());
        messages::warning(
            &file,
            &format!("`{document}` is none of the documents that were read"),
        );
    }
}

impl FactsOf {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let format = self.format(output::on_terminal()).map_err(wrong_call)?;
        if self.bom && !format.bom {
            return Err(wrong_call(format!("--bom is not for {}", format.name)));
        }
        whole::check_columns(&self.columns, format.name).map_err(wrong_call)?;
        let given = given(self.facts.as_deref())?;
        let rules = rules()?;
        let output = Output::open(self.output.as_deref(), format.coloured)?;
        let mut inputs = Inputs::new(&self.paths, self.input_format);
        let all: Vec<Input> = inputs.by_ref().collect();
        let progress = Progress::begin(0);
        progress.expect(Some(all.len()));
        let read = |input| progress.after(|| read(&rules, &given, input));
        let read: Vec<_> = threads(self.jobs)?.install(|| all.into_par_iter().map(read).collect());
        drop(progress);
        let (mut all, mut unread) = (Vec::new(), 0);
        for document in read {
            match document {
                Ok((facts, warnings)) => {
                    for warning in &warnings {
                        messages::warning(&facts.document, warning);
                    }
                    all.push(facts);
                }
                Err(failed) => {
                    messages::error(&failed.message);
                    unread += 1;
                }
            }
        }
        let names: Vec<&str> = all.iter().map(|facts| facts.document.as_str()).collect();
        warn_of_unknown(&given, self.facts.as_deref(), &names);
        match (all.len(), unread) {
            (0, 0) => return Err(Stop::Other("no document found".to_owned())),
            (0, _) => return Err(Stop::NothingRead),
            _ => {}
        }
        write(output, format, &all, self.bom, &self.columns)?;
        Ok(if unread == 0 {
            Outcome::Done
        } else {
            Outcome::Partly
        })
    }

    fn format(&self, on_terminal: bool) -> Result<&'static FactsFormat, String> {
        let find = |wanted: &dyn Fn(&FactsFormat) -> bool| FACTS_FORMATS.iter().find(|format| wanted(format));
        let target = self.output.as_deref().filter(|path| *path != Path::new("-"));
        if let (None, Some(path)) = (&self.format, target) {
            let ending = path
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            let known = |format: &FactsFormat| {
                format
                    .endings
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(ending))
            };
            return find(&known).ok_or_else(|| {
                let all: Vec<_> = FACTS_FORMATS
                    .iter()
                    .flat_map(|format| format.endings)
                    .copied()
                    .collect();
                let path = path.display();
                format!(
                    "the ending of '{path}' names no format ({}); add --format",
                    all.join(", ")
                )
            });
        }
        let usual = if on_terminal { "text" } else { "jsonl" };
        let name = self.format.as_deref().unwrap_or(usual);
        find(&|format| format.name == name).ok_or_else(|| format!("no format '{name}'"))
    }
}

fn write(
    mut output: Output,
    format: &FactsFormat,
    all: &[Facts],
    bom: bool,
    columns: &[String],
) -> Result<(), Stop> {
    if columns.is_empty() {
        output.write(|out| (format.write)(all, bom, out))?;
        return output.finish();
    }
    let mut csv = Vec::new();
    (format.write)(all, false, &mut csv).map_err(|error| Stop::not_written(output.name(), &error))?;
    let picked = whole::with_columns(csv, columns)?;
    let mark = if bom { "\u{feff}" } else { "" };
    output.write(|out| {
        out.write_all(mark.as_bytes())?;
        out.write_all(&picked)
    })?;
    output.finish()
}

fn wrong_call(message: impl std::fmt::Display) -> Stop {
    Arguments::wrong_call(Some("facts"), message)
}

fn read(rules: &Rules, given: &Given, input: Input) -> Result<(Facts, Vec<String>), Unread> {
    let source = input.open()?;
    let reading = contained::read(rules, &source)?;
    let mut facts = facts(rules, &reading);
    given.correct(&mut facts);
    Ok((facts, reading.warnings))
}
