//! `findings stats`: how often each cue is seen, what it decides, what silences it, and how often gold agrees.
//!
//! Documents are read in batches as `tag` reads them; what is counted of each is added in the order of the call, so the
//! bytes are the same for any number of threads.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::Rules;
use findings::gold::{self, Gold};
use findings::stats::{Collector, Stats as Figures, Tally, TextOptions, write_csv, write_text};
use rayon::prelude::*;

use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::labels::labels;
use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::progress::Progress;
use super::tag::{next_batch, paths};
use super::threads::threads;
use super::told::{NAMED, summary};
use super::{Arguments, contained, messages};

/// Say of each cue how often it is seen, what it decides, what silences it, and how often gold labels agree
///
/// Counts for every cue of the rules, and for every list of cues, over the documents: hits, labels decided, sentences
/// where another cue says the same or the opposite, who silences it, and with --gold precision and recall; then the
/// sentences that look evaluative but in which no cue judges. Worst first. docs/stats.md explains each number.
#[derive(Args, Debug)]
pub(crate) struct Stats {
    /// Documents and folders, as for `findings tag`; - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What an input holds
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = InputFormat::Auto)]
    input_format: InputFormat,
    /// Labels made by hand, as for `findings eval`; - for standard input
    ///
    /// A document's labels are found by its name without folder and ending, and judge only sentences with the same words.
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Only the documents that this file lists, one a line, without folder and ending
    #[arg(long, value_name = "FILE")]
    docs: Option<PathBuf>,
    /// Only the documents that this file does not list
    #[arg(long, value_name = "FILE")]
    not_docs: Option<PathBuf>,
    /// How results look
    ///
    /// Without it the ending of --output decides (json, csv, txt); else text.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Sentences to keep behind each number, the first in the order of documents
    #[arg(long, value_name = "N", default_value_t = 3)]
    sentences: usize,
    /// Lines of each table of text; the other formats have all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Only cues that these documents never show
    #[arg(long)]
    unused: bool,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A summary and tables, for reading
    Text,
    /// Everything as one JSON object, sentences included
    Json,
    /// One list or cue a line, for spreadsheets
    Csv,
}

impl Stats {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let form = self.form().map_err(wrong_call)?;
        let paths = paths("stats", &self.paths)?;
        let gold = self.gold.as_deref().map(labels).transpose()?;
        let gold = gold.map(by_document);
        let docs = Docs {
            only: self.docs.as_deref().map(names).transpose()?,
            not: self.not_docs.as_deref().map(names).transpose()?,
        };
        let rules = rules()?;
        let threads = threads(self.jobs)?;
        let mut output = Output::open(self.output.as_deref(), form == Form::Text)?;

        let mut inputs = Inputs::new(&paths, self.input_format);
        let mut run = Run {
            collector: Collector::new(&rules, self.sentences),
            read: 0,
            unread: 0,
            named: Vec::new(),
            listed: BTreeSet::new(),
            left_out: 0,
            in_gold: false,
        };
        let (mut seen, progress) = (0, Progress::begin(0));
        loop {
            let batch = next_batch(&mut inputs, threads.current_num_threads());
            if batch.is_empty() {
                break;
            }
            seen += batch.len();
            progress.expect(inputs.left().map(|left| seen + left));
            let collector = &run.collector;
            let read = |input: Input| progress.after(|| read(&rules, collector, gold.as_ref(), &docs, input));
            let done: Vec<_> = threads.install(|| batch.into_par_iter().map(read).collect());
            progress.aside(|| done.into_iter().for_each(|document| run.add(document)));
        }
        drop(progress);
        for (list, names) in [(&self.docs, &docs.only), (&self.not_docs, &docs.not)] {
            if let (Some(list), Some(names)) = (list, names) {
                warn_of_unknown(list, names, &run.listed);
            }
        }
        let in_gold = run.in_gold;
        let (outcome, collector) = run.finish(inputs.skipped())?;
        if gold.is_some() && !in_gold {
            return Err(Stop::Other(
                "the gold labels are of none of the documents read: they belong together by the document's name \
                 without folder and ending"
                    .to_owned(),
            ));
        }
        let mut figures = collector.finish();
        if self.unused {
            only_unused(&mut figures);
        }
        output.write(|out| match form {
            Form::Text => write_text(
                &figures,
                &TextOptions {
                    top: self.top,
                    sentences: self.sentences,
                    unused: self.unused,
                },
                out,
            ),
            Form::Json => {
                serde_json::to_writer(&mut *out, &figures)?;
                out.write_all(b"\n")
            }
            Form::Csv => write_csv(&figures, out),
        })?;
        output.finish()?;
        Ok(outcome)
    }

    fn form(&self) -> Result<Form, String> {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let (None, Some(path)) = (self.format, file) else {
            return Ok(self.format.unwrap_or(Form::Text));
        };
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Ok(Form::Text),
            "json" => Ok(Form::Json),
            "csv" => Ok(Form::Csv),
            _ => Err(format!(
                "the ending of '{}' names no format (txt, json, csv); add --format",
                path.display()
            )),
        }
    }
}

fn wrong_call(message: impl std::fmt::Display) -> Stop {
    Arguments::wrong_call(Some("stats"), message)
}

/// Gold sentences by document.
fn by_document(gold: Vec<Gold>) -> HashMap<String, Vec<Gold>> {
    let mut documents: HashMap<String, Vec<Gold>> = HashMap::new();
    for one in gold {
        documents.entry(one.doc.clone()).or_default().push(one);
    }
    documents
}

/// The documents that a file names.
fn names(path: &Path) -> Result<BTreeSet<String>, findings::Error> {
    let text = std::fs::read_to_string(path).map_err(|source| findings::Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(gold::stem).collect())
}

/// A list may name a document that has been renamed since.
fn warn_of_unknown(list: &Path, names: &BTreeSet<String>, met: &BTreeSet<String>) {
    let unknown: Vec<&str> = names.difference(met).map(String::as_str).collect();
    if !unknown.is_empty() {
        let message = format!("there is no document {}, which it lists", unknown.join(", "));
        messages::warning(&list.to_string_lossy(), &message);
    }
}

/// Which documents are wanted, by names without folder and ending.
struct Docs {
    only: Option<BTreeSet<String>>,
    not: Option<BTreeSet<String>>,
}

impl Docs {
    /// Whether a list names the document.
    fn list(&self, name: &str) -> bool {
        [&self.only, &self.not]
            .into_iter()
            .flatten()
            .any(|list| list.contains(name))
    }

    fn want(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|list| list.contains(name))
            && !self.not.as_ref().is_some_and(|list| list.contains(name))
    }
}

/// What came of a document.
struct Document {
    /// Its name without folder and ending, where a list names it.
    listed: Option<String>,
    /// `None` where it was to be left out.
    counted: Option<Counted>,
}

/// A document that was read and counted.
struct Counted {
    name: String,
    warnings: Vec<String>,
    tally: Tally,
    in_gold: bool,
}

fn read(
    rules: &Rules,
    collector: &Collector,
    gold: Option<&HashMap<String, Vec<Gold>>>,
    docs: &Docs,
    input: Input,
) -> Result<Document, Unread> {
    let source = input.open()?;
    let stem = gold::stem(&source.name);
    let listed = docs.list(&stem).then(|| stem.clone());
    if !docs.want(&stem) {
        return Ok(Document {
            listed,
            counted: None,
        });
    }
    let reading = contained::read(rules, &source)?;
    let own = gold.and_then(|gold| gold.get(&stem));
    let tally = collector.tally(rules, &reading, own.map_or(&[][..], Vec::as_slice));
    Ok(Document {
        listed,
        counted: Some(Counted {
            name: reading.document,
            warnings: reading.warnings,
            tally,
            in_gold: own.is_some(),
        }),
    })
}

/// What has been done so far.
struct Run {
    collector: Collector,
    read: usize,
    unread: usize,
    named: Vec<String>,
    /// Documents met that a list names.
    listed: BTreeSet<String>,
    left_out: usize,
    in_gold: bool,
}

impl Run {
    fn add(&mut self, document: Result<Document, Unread>) {
        match document {
            Ok(Document { listed, counted }) => {
                self.listed.extend(listed);
                match counted {
                    Some(counted) => self.count(counted),
                    None => self.left_out += 1,
                }
            }
            Err(unread) => {
                messages::error(&unread.message);
                self.unread += 1;
                if self.named.len() < NAMED {
                    self.named.push(unread.name);
                }
            }
        }
    }

    fn count(&mut self, counted: Counted) {
        for warning in &counted.warnings {
            messages::warning(&counted.name, warning);
        }
        self.read += 1;
        self.in_gold |= counted.in_gold;
        self.collector.add(counted.tally);
    }

    fn finish(self, skipped: usize) -> Result<(Outcome, Collector), Stop> {
        if self.unread > 0 || skipped > 0 {
            messages::summary(&summary(self.read, self.unread, &self.named, skipped));
        }
        match (self.read, self.unread) {
            (0, 0) if self.left_out > 0 => Err(Stop::Other(
                "no document is left: --docs and --not-docs leave out all that there are".to_owned(),
            )),
            (0, 0) => Err(Stop::Other("no document found".to_owned())),
            (0, _) => Err(Stop::NothingRead),
            (_, 0) => Ok((Outcome::Done, self.collector)),
            (_, _) => Ok((Outcome::Partly, self.collector)),
        }
    }
}

/// Keeps the cues that were never seen, and nothing that tells of others.
fn only_unused(figures: &mut Figures) {
    figures.cues.retain(|cue| cue.figures.hits == 0);
    figures.lists.clear();
    figures.candidates.clear();
    figures.sentences.clear();
}
