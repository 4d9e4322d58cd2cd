//! From the paths of a call to labelled documents: what `visits`, `compare` and `report` begin from.
//!
//! In: documents, folders and files of labels made by `findings tag`, with a facts file and a person's corrections. Out:
//! [`Labelled`] documents in the order of the call.

mod labels;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::facts::facts;
use findings::row::rows;
use findings::visit::{Corrections, CountsAs, Labelled, Options};
use findings::{Reading, Rules, Source};
use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::cli::contained;
use crate::cli::facts::{given, warn_of_unknown};
use crate::cli::inputs::{Input, InputFormat, Inputs, Unread};
use crate::cli::messages;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::progress::Progress;
use crate::cli::threads::threads;
use crate::cli::told::{self, summary};

/// Ids of corrections without a sentence that are named.
const NAMED: usize = 5;

#[derive(Args, Debug)]
pub(crate) struct Material {
    /// Documents, folders, and files of labels made by `findings tag` (.jsonl); - for standard input
    ///
    /// Folders are searched with all folders inside them for documents, as by `findings tag`; files of labels have to be
    /// named. Without PATH, what is piped in is read.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take facts from this TOML or CSV file; they win over what documents say
    ///
    /// As for `findings facts`: authority, inspection_start, inspection_end and kind decide which documents tell of the same
    /// visit. Where only the month of a visit is known, give its first and last day. Further columns are passed on.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Take a person's labels from this JSON Lines or CSV file (id, polarity, labels); they win over those of the rules
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Save the corrected sentences to this file as gold labels, for `findings eval`
    #[arg(long, value_name = "FILE", requires = "corrections")]
    save_gold: Option<PathBuf>,
    /// Count as findings what else is left out: findings of the past, plans, what the authority or others say
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    with: Vec<With>,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum With {
    /// Findings of earlier visits, told as background
    Past,
    /// Intentions and plans
    Future,
    /// What the authority says of itself
    Authority,
    /// What others say
    Other,
}

/// What was read, and how that went.
pub(crate) struct Documents {
    pub(crate) documents: Vec<Labelled>,
    /// How each document was read, where that was asked for; files of labels have none.
    pub(crate) readings: Vec<Reading>,
    pub(crate) outcome: Outcome,
}

/// One path of the call.
enum Item {
    Document(Input),
    Labels(PathBuf),
    Piped,
}

/// A document that was read.
struct Document {
    labelled: Labelled,
    warnings: Vec<String>,
    reading: Option<Reading>,
}

impl Material {
    /// What counts.
    pub(crate) fn options(&self) -> Options {
        let with = self.with.iter().map(|with| match with {
            With::Past => CountsAs::Past,
            With::Future => CountsAs::Future,
            With::Authority => CountsAs::Authority,
            With::Other => CountsAs::Other,
        });
        Options {
            with: with.collect(),
            ..Options::default()
        }
    }

    /// Reads everything. `wrong_call` makes a message of the command.
    pub(crate) fn read(&self, rules: &Rules, wrong_call: fn(String) -> Stop) -> Result<Documents, Stop> {
        self.read_keeping(false, rules, wrong_call)
    }

    /// Reads everything, and keeps how each document was read where `readings` are wanted.
    pub(crate) fn read_keeping(
        &self,
        readings: bool,
        rules: &Rules,
        wrong_call: fn(String) -> Stop,
    ) -> Result<Documents, Stop> {
        let given = given(self.facts.as_deref())?;
        let corrections = self.corrections(rules)?;
        let threads = threads(self.jobs)?;
        let (items, skipped) = self.items(wrong_call)?;
        let progress = Progress::begin(0);
        progress.expect(Some(items.len()));
        let read: Vec<Vec<Result<Document, Unread>>> = threads.install(|| {
            items
                .into_par_iter()
                .map(|item| progress.after(|| item.read(rules, readings)))
                .collect()
        });
        drop(progress);
        let (mut documents, mut kept, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for one in read.into_iter().flatten() {
            match one {
                Ok(document) => {
                    for warning in &document.warnings {
                        messages::warning(&document.labelled.facts.document, warning);
                    }
                    documents.push(document.labelled);
                    kept.extend(document.reading);
                }
                Err(failed) => {
                    messages::error(&failed.message);
                    unread.push(failed.name);
                }
            }
        }
        let names: Vec<String> = documents.iter().map(|one| one.facts.document.clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for labelled in &mut documents {
            given.correct(&mut labelled.facts);
        }
        warn_of_unknown(&given, self.facts.as_deref(), &names);
        if let Some(corrections) = corrections {
            self.correct(&corrections, &mut documents)?;
        }
        if !unread.is_empty() || skipped > 0 {
            let named = &unread[..unread.len().min(told::NAMED)];
            messages::summary(&summary(documents.len(), unread.len(), named, skipped));
        }
        match (documents.len(), unread.len()) {
            (0, 0) => Err(Stop::Other("no document found".to_owned())),
            (0, _) => Err(Stop::NothingRead),
            (_, 0) => Ok(Documents {
                documents,
                readings: kept,
                outcome: Outcome::Done,
            }),
            _ => Ok(Documents {
                documents,
                readings: kept,
                outcome: Outcome::Partly,
            }),
        }
    }

    fn items(&self, wrong_call: fn(String) -> Stop) -> Result<(Vec<Item>, usize), Stop> {
        use io::IsTerminal;
        if self.paths.is_empty() {
            if io::stdin().is_terminal() {
                return Err(wrong_call(
                    "no document named: give documents, folders, files of labels, or - for standard input"
                        .to_owned(),
                ));
            }
            return Ok((vec![Item::Piped], 0));
        }
        let (mut items, mut skipped) = (Vec::new(), 0);
        for path in &self.paths {
            if path == Path::new("-") {
                items.push(Item::Piped);
            } else if of_labels(path) && !path.is_dir() {
                items.push(Item::Labels(path.clone()));
            } else {
                let mut inputs = Inputs::new(std::slice::from_ref(path), InputFormat::Auto);
                items.extend(inputs.by_ref().map(Item::Document));
                skipped += inputs.skipped();
            }
        }
        Ok((items, skipped))
    }

    fn corrections(&self, rules: &Rules) -> Result<Option<Corrections>, Stop> {
        let Some(path) = &self.corrections else {
            return Ok(None);
        };
        let corrections = Corrections::read(path)?;
        let known: Vec<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
        let unknown = corrections
            .themes()
            .into_iter()
            .find(|theme| !known.contains(theme));
        if let Some(theme) = unknown {
            return Err(Stop::Other(format!(
                "{}: there is no theme '{theme}' in the rules; themes: {}",
                path.display(),
                known.join(", ")
            )));
        }
        Ok(Some(corrections))
    }

    fn correct(&self, corrections: &Corrections, documents: &mut [Labelled]) -> Result<(), Stop> {
        let done = corrections.apply(documents);
        if let (Some(path), false) = (&self.corrections, done.unused.is_empty()) {
            let shown: Vec<&str> = done.unused.iter().take(NAMED).map(String::as_str).collect();
            let more = done.unused.len() - shown.len();
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            messages::warning(
                &path.to_string_lossy(),
                &format!("no sentence that was read has the id {}{more}", shown.join(", ")),
            );
        }
        match &self.save_gold {
            None => Ok(()),
            Some(path) => labels::save(path, &done.gold),
        }
    }
}

fn of_labels(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    ["jsonl", "ndjson"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

impl Item {
    fn read(self, rules: &Rules, keep: bool) -> Vec<Result<Document, Unread>> {
        match self {
            Self::Document(input) => {
                let source = input.open();
                vec![source.and_then(|source| document(rules, &source, keep))]
            }
            Self::Labels(path) => {
                let name = path.to_string_lossy().into_owned();
                match std::fs::read(&path) {
                    Ok(bytes) => labels::labels(&name, &bytes),
                    Err(error) => vec![Err(unread(&name, &error.to_string()))],
                }
            }
            Self::Piped => piped(rules, keep),
        }
    }
}

/// Labels, told by their form, or a document.
fn piped(rules: &Rules, keep: bool) -> Vec<Result<Document, Unread>> {
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        return vec![Err(unread("-", &error.to_string()))];
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if serde_json::from_slice::<Map<String, Value>>(first).is_ok() {
        return labels::labels("-", &bytes);
    }
    let source = Source::from_bytes("-", bytes).map_err(|error| Unread {
        name: "-".to_owned(),
        message: error.to_string(),
    });
    vec![source.and_then(|source| document(rules, &source, keep))]
}

fn document(rules: &Rules, source: &Source, keep: bool) -> Result<Document, Unread> {
    let reading = contained::read(rules, source)?;
    let labelled = Labelled {
        facts: facts(rules, &reading),
        rows: rows(rules, &reading),
        ..Labelled::default()
    };
    Ok(Document {
        labelled,
        warnings: reading.warnings.clone(),
        reading: keep.then_some(reading),
    })
}

fn unread(name: &str, reason: &str) -> Unread {
    Unread {
        name: name.to_owned(),
        message: format!("cannot read {name}: {reason}"),
    }
}
