//! `findings eval`: labels measured against gold labels.

mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::eval::{Evaluation, Given, Options, evaluate};
use findings::gold::{self, Gold};
use findings::{Error, Reading, Rules};
use rayon::prelude::*;

use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::{Arguments, messages};

/// Disagreements that are shown where nothing is asked for.
const SHOWN: usize = 10;
/// How many of them of one rule.
const SHOWN_OF_A_RULE: usize = 3;

/// Measure labels against labels made by hand: how often right, where wrong, and which rule was to blame
///
/// Either runs the rules over the documents (--documents) or takes labels that somebody has made (LABELS). What the
/// figures mean and how gold labels are written is told in docs/gold.md.
#[derive(Args, Debug)]
pub(crate) struct Eval {
    /// Gold labels: JSON Lines, or CSV with the columns id, polarity, labels; - for standard input
    gold: PathBuf,
    /// Labels to measure, in the same forms or as `findings tag --format jsonl` writes them; - for standard input
    labels: Option<PathBuf>,
    /// Run the rules over the documents of this folder that gold names
    ///
    /// Gold names a document without folder and ending. Where several have that name, plain text is taken.
    #[arg(long, value_name = "DIR", conflicts_with = "labels")]
    documents: Option<PathBuf>,
    /// Measure only the documents that this file lists, one a line, without folder and ending
    #[arg(long, value_name = "FILE")]
    docs: Option<PathBuf>,
    /// Measure only the documents that this file does not list
    #[arg(long, value_name = "FILE")]
    not_docs: Option<PathBuf>,
    /// How results look [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show so many disagreements, worst rule first [default: a few in text, all in json]
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// End with exit code 1 where a figure is below its floor, such as finding_f1=0.72,polarity_accuracy=0.9
    ///
    /// Names of figures are those of --format json.
    #[arg(long, value_name = "FIGURE=FLOOR", value_delimiter = ',', value_parser = floor)]
    floor: Vec<(String, f64)>,
    /// Draw so often for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for reading
    Text,
    /// One JSON object with everything
    Json,
}

impl Format {
    /// The format that is asked for, else that of the ending of the output's name, else text.
    pub(crate) fn chosen(named: Option<Self>, output: Option<&Path>) -> Self {
        let ending = output
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str());
        match (named, ending) {
            (Some(format), _) => format,
            (None, Some(ending)) if ending.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

fn floor(text: &str) -> Result<(String, f64), String> {
    let (name, floor) = text
        .split_once('=')
        .ok_or_else(|| format!("'{text}' is not FIGURE=FLOOR, such as finding_f1=0.72"))?;
    let floor: f64 = floor
        .trim()
        .parse()
        .ok()
        .filter(|floor| (0.0..=1.0).contains(floor))
        .ok_or_else(|| format!("'{floor}' is no number from 0 to 1"))?;
    let names = findings::eval::FIGURES;
    if !names.contains(&name.trim()) {
        return Err(format!("'{name}' is no figure; figures: {}", names.join(", ")));
    }
    Ok((name.trim().to_owned(), floor))
}

impl Eval {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        if self.labels.is_none() && self.documents.is_none() {
            return Err(Arguments::wrong_call(
                Some("eval"),
                "nothing to measure: name a file of labels, or give --documents DIR to run the rules",
            ));
        }
        let mut gold = labels(&self.gold)?;
        for (list, kept) in [(&self.docs, true), (&self.not_docs, false)] {
            if let Some(list) = list {
                keep(&mut gold, list, kept)?;
            }
        }
        let rules = rules()?;
        let mut options = Options::new(&rules);
        options.draws.draws = self.draws;
        options.draws.seed = self.seed;
        let mut unread = 0;
        let given = match (&self.labels, &self.documents) {
            (Some(path), _) => Given {
                sentences: labels(path)?,
                ..Given::default()
            },
            (None, Some(folder)) => {
                warn_of_themes(&gold, &rules);
                let (given, failed) = run(&rules, &gold, folder)?;
                unread = failed;
                given
            }
            (None, None) => Given::default(),
        };
        let evaluation = evaluate(&gold, &given, &options)?;
        self.write(&evaluation)?;
        if self.below(&evaluation) {
            return Ok(Outcome::Against);
        }
        Ok(if unread > 0 {
            Outcome::Partly
        } else {
            Outcome::Done
        })
    }

    fn write(&self, evaluation: &Evaluation) -> Result<(), Stop> {
        let mut output = Output::open(self.output.as_deref(), true)?;
        match Format::chosen(self.format, self.output.as_deref()) {
            Format::Text => output.write(|out| {
                let (most, of_a_rule) = match self.errors {
                    None => (SHOWN, SHOWN_OF_A_RULE),
                    Some(most) => (most, usize::MAX),
                };
                text::write(evaluation, most, of_a_rule, out)
            })?,
            Format::Json => {
                let mut shown = evaluation.clone();
                if let Some(most) = self.errors {
                    shown.keep_disagreements(most);
                }
                output.write(|out| {
                    serde_json::to_writer_pretty(&mut *out, &shown)?;
                    writeln!(out)
                })?;
            }
        }
        output.finish()
    }

    /// Says which figures are below their floors.
    fn below(&self, evaluation: &Evaluation) -> bool {
        let mut below = false;
        for (name, floor) in &self.floor {
            let figures = evaluation.figures.each();
            let value = figures
                .iter()
                .find(|(known, _)| known == name)
                .and_then(|(_, estimate)| estimate.value);
            let said = match value {
                Some(value) if value >= *floor => continue,
                Some(value) => format!("{name} is {value:.4}, below its floor {floor}"),
                None => format!("{name} cannot be measured here, its floor is {floor}"),
            };
            messages::error(&said);
            below = true;
        }
        below
    }
}

/// A file of labels, or standard input.
pub(crate) fn labels(path: &Path) -> Result<Vec<Gold>, Stop> {
    if path != Path::new("-") {
        return Ok(gold::read(path)?);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(gold::from_bytes("-", &bytes)?)
}

/// Keeps the sentences of the documents that a file lists, or those of all others.
fn keep(gold: &mut Vec<Gold>, list: &Path, listed: bool) -> Result<(), Stop> {
    let text = std::fs::read_to_string(list).map_err(|source| Error::Read {
        path: list.to_owned(),
        source,
    })?;
    let names: BTreeSet<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let docs: BTreeSet<&str> = gold.iter().map(|gold| gold.doc.as_str()).collect();
    let unknown: Vec<&str> = names.difference(&docs).copied().collect();
    if !unknown.is_empty() {
        messages::warning(
            &list.to_string_lossy(),
            &format!(
                "there are no gold labels of {}, which it lists",
                unknown.join(", ")
            ),
        );
    }
    gold.retain(|gold| names.contains(gold.doc.as_str()) == listed);
    if gold.is_empty() {
        let which = if listed { "that" } else { "but those that" };
        return Err(Stop::Other(format!(
            "there are no gold labels of documents {which} {} lists",
            list.display()
        )));
    }
    Ok(())
}

/// A theme that the rules do not know can never be right.
fn warn_of_themes(gold: &[Gold], rules: &Rules) {
    let known: BTreeSet<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
    let used: BTreeSet<&str> = gold
        .iter()
        .flat_map(|gold| &gold.labels)
        .map(|label| label.theme.as_str())
        .collect();
    let unknown: Vec<&str> = used.difference(&known).copied().collect();
    if !unknown.is_empty() {
        messages::warning("gold", &format!("the rules have no theme {}", unknown.join(", ")));
    }
}

/// Runs the rules over the documents that gold names, and counts those that could not be read or are not there.
fn run(rules: &Rules, gold: &[Gold], folder: &Path) -> Result<(Given, usize), Stop> {
    let mut wanted: BTreeMap<&str, Vec<PathBuf>> =
        gold.iter().map(|gold| (gold.doc.as_str(), Vec::new())).collect();
    // Gold that is known by ids alone need not say of which documents it is.
    let all = wanted.contains_key("");
    let mut inputs = Vec::new();
    let mut failed = 0;
    for input in Inputs::new(&[folder.to_owned()], InputFormat::Auto) {
        match input {
            Input::File(path) => {
                let stem = gold::stem(&path.to_string_lossy());
                if let Some(paths) = wanted.get_mut(stem.as_str()) {
                    paths.push(path);
                } else if all {
                    inputs.push(Input::File(path));
                }
            }
            other => inputs.push(other),
        }
    }
    for (doc, paths) in wanted.into_iter().filter(|(doc, _)| !doc.is_empty()) {
        match one_of(paths) {
            Ok(Some(path)) => inputs.push(Input::File(path)),
            Ok(None) => {
                messages::error(&format!("there is no document {doc} in {}", folder.display()));
                failed += 1;
            }
            Err(paths) => {
                let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
                return Err(Stop::Other(format!(
                    "several documents are named {doc}: {}; gold cannot say which is meant, so leave one in {}",
                    paths.join(", "),
                    folder.display()
                )));
            }
        }
    }
    let read = |input: Input| -> Result<Reading, Unread> {
        let source = input.open()?;
        rules.read(&source).map_err(|error| Unread {
            name: source.name.clone(),
            message: error.to_string(),
        })
    };
    let readings: Vec<_> = inputs.into_par_iter().map(read).collect();
    let mut given = Given::default();
    for reading in readings {
        match reading {
            Ok(reading) => {
                for warning in &reading.warnings {
                    messages::warning(&reading.document, warning);
                }
                given.add(rules, &reading);
            }
            Err(unread) => {
                messages::error(&unread.message);
                failed += 1;
            }
        }
    }
    if given.rules.is_none() {
        return Err(Stop::NothingRead);
    }
    Ok((given, failed))
}

/// The document that is meant where several have one name: plain text, in which offsets count in the file itself.
fn one_of(mut paths: Vec<PathBuf>) -> Result<Option<PathBuf>, Vec<PathBuf>> {
    if paths.len() > 1 {
        let plain = |path: &PathBuf| {
            path.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
        };
        let mut texts = paths.iter().filter(|path| plain(path));
        return match (texts.next(), texts.next()) {
            (Some(text), None) => Ok(Some(text.clone())),
            _ => Err(paths),
        };
    }
    Ok(paths.pop())
}
