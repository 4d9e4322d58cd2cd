//! `findings rules diff`: what a change of the rules does to labels, to published figures and to agreement with gold.

mod text;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use findings::Rules;
use findings::diff::{Collector, Diff as Difference, document};
use findings::eval::Options;
use findings::gold;

use super::super::labels::{Docs, Format, labels};
use super::super::messages;
use super::super::outcome::{Outcome, Stop};
use super::super::output::Output;
use super::documents::{each, threads};

/// The name of the rules that come with the program.
const BUILT_IN: &str = "built-in";

/// Say which sentences gain, lose or turn a label between two sets of rules, and by which cue
///
/// Reads every document by both sets. Tells what has moved by cue, theme and document, then the sentences, the published
/// figures that move and, with --gold, what the change does to each figure of `findings eval`.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 all labels are the same; 1 they differ, or some documents could not be read; 2 nothing done."
)]
pub(crate) struct Diff {
    /// The old rules: built-in, a folder, or folders laid one on another, as in built-in,mine
    #[arg(value_name = "OLD")]
    old: String,
    /// The new rules, in the same way
    #[arg(value_name = "NEW")]
    new: String,
    /// Documents and folders, as for `findings tag`; - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Labels made by hand, as for `findings eval`; - for standard input
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    #[command(flatten)]
    docs: Docs,
    /// Show so many sentences of each cue; json has all
    #[arg(long, value_name = "N", default_value_t = 3)]
    sentences: usize,
    /// Show so many lines of each table; json has all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// How results look [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw so often for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl Diff {
    /// `folders` are those that --rules names.
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        if !folders.is_empty() {
            return Err(Stop::Other(
                "rules diff takes its rules as OLD and NEW, not by --rules: name folders laid one on another with commas, \
                 as in built-in,mine"
                    .to_owned(),
            ));
        }
        let (old, new) = (rules(&self.old)?, rules(&self.new)?);
        let lists = self.docs.lists()?;
        let mut gold = self.gold.as_deref().map(labels).transpose()?;
        if let Some(gold) = &mut gold {
            self.docs.keep(gold)?;
        }
        let with_gold: BTreeSet<&str> = gold.iter().flatten().map(|one| one.doc.as_str()).collect();
        // Gold that is known by ids alone need not say of which documents it is.
        let wanted = |name: &str| with_gold.contains("") || with_gold.contains(gold::stem(name).as_str());
        let mut output = Output::open(self.output.as_deref(), self.format() == Format::Text)?;
        let mut collector = Collector::new(&old, &new);
        let read = each(
            &self.paths,
            &lists,
            &threads(self.jobs)?,
            |source, extract| document(&old, &new, &source, extract, wanted(&source.name)),
            |document| {
                for warning in &document.warnings {
                    messages::warning(&document.document, warning);
                }
                collector.add(document);
            },
        )?;
        let mut options = Options::new(&new);
        options.draws.draws = self.draws;
        options.draws.seed = self.seed;
        let diff = collector.finish(gold.as_deref().map(|gold| (gold, &options)))?;
        output.write(|out| match self.format() {
            Format::Text => text::write(
                &diff,
                &text::Options {
                    old: &self.old,
                    new: &self.new,
                    top: self.top,
                    sentences: self.sentences,
                },
                out,
            ),
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &diff)?;
                writeln!(out)
            }
        })?;
        output.finish()?;
        Ok(outcome(&diff, read))
    }

    fn format(&self) -> Format {
        Format::chosen(self.format, self.output.as_deref())
    }
}

fn outcome(diff: &Difference, read: Outcome) -> Outcome {
    if diff.is_empty() { read } else { Outcome::Against }
}

/// The rules that an argument names.
fn rules(named: &str) -> Result<Rules, Stop> {
    let mut folders: Vec<PathBuf> = named.split(',').map(str::trim).map(PathBuf::from).collect();
    if folders.iter().any(|folder| folder.as_os_str().is_empty()) {
        return Err(Stop::Other(format!(
            "'{named}' names no rules: write built-in, a folder, or several with commas between them"
        )));
    }
    if folders.first().is_some_and(|first| first == Path::new(BUILT_IN)) {
        folders.remove(0);
        let full = folders
            .first()
            .filter(|first| first.join("english.toml").is_file());
        if let Some(full) = full {
            return Err(Stop::Other(format!(
                "{} is a full set of rules and cannot lie on the built-in ones: name it alone",
                full.display()
            )));
        }
    }
    Ok(Rules::from_folders(&folders)?)
}
