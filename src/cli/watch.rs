//! `findings watch`: new letters are labelled as they arrive in a folder.
//!
//! The folder is looked through again and again, which works on every file system, network drives included. A letter is read
//! once it has stayed as it is from one look to the next, so that none is read while it is being copied; its labels appear
//! whole in a file of their own. A journal beside them says what was read, so that a watch that was stopped goes on where
//! it was, and so that another letter under an old name, or other rules, are read anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::slice;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::Rules;
use findings::facts::Given;
use findings::report::{FORMATS, Format, Made, Run, visible_line};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::journal::{Document, Stamp, Whole, held, line};
use super::outcome::{Outcome, Stop};
use super::tag::labelled;
use super::threads::threads;
use super::written::Written;
use super::{Arguments, contained, facts, messages, output};

/// The journal, in the folder of labels.
const JOURNAL: &str = ".findings-watch.journal";

/// Label letters as they arrive in a folder, each into a file of its own
///
/// Prints the path of each file of labels when it is complete, for whatever comes after. Stop it by Ctrl-C; it goes on where it
/// was. Labels of letters that are gone stay.
#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// The folder to watch, with all folders inside it
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write labels into this folder: those of DIR/2024/letter.pdf to 2024/letter.pdf.jsonl
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// How labels look
    #[arg(short, long, default_value = "jsonl", value_parser = PossibleValuesParser::new(format_values()))]
    format: String,
    /// Add to each row the facts of its document, under "extra"
    #[arg(long)]
    with_facts: bool,
    /// The same with corrections from this TOML or CSV file, read when the watch begins
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Seconds between looks; a letter has to stay as it is for so long before it is read
    #[arg(long, value_name = "S", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    every: u32,
    /// Read what is new and end, for a timer such as cron
    #[arg(long)]
    once: bool,
    /// Read so many documents at once [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    let text = FORMATS.iter().filter(|format| !format.binary);
    text.map(|format| PossibleValue::new(format.name).help(format.about))
}

/// A line of the journal: the last on a letter holds.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The letter, by its path as given.
    letter: String,
    stamp: Stamp,
    /// Under what it was read: rules, program and options.
    under: String,
    /// Whether there are labels; none of a letter that cannot be read.
    labels: bool,
}

/// A letter in the folder that is to be read.
struct Letter {
    path: PathBuf,
    stamp: Stamp,
}

/// A watch that goes on.
struct Watching<'w> {
    watch: &'w Watch,
    rules: &'w Rules,
    format: &'static Format,
    given: Option<&'w Given>,
    under: String,
    journal: PathBuf,
    file: File,
    known: BTreeMap<String, Entry>,
    /// What could not be listed, said once.
    said: BTreeSet<String>,
    unread: bool,
}

impl Watch {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let format = Format::named(&self.format).ok_or_else(|| wrong_call("no such format"))?;
        if !self.folder.is_dir() {
            return Err(wrong_call(format!("{} is no folder", self.folder.display())));
        }
        let given = facts::given(self.facts.as_deref())?;
        let given = (self.with_facts || self.facts.is_some()).then_some(&given);
        let rules = rules()?;
        let failed = |error| Stop::not_written(&self.into.to_string_lossy(), &error);
        fs::create_dir_all(&self.into).map_err(failed)?;
        let real = |path: &Path| path.canonicalize().map_err(failed);
        if real(&self.into)?.starts_with(real(&self.folder)?) {
            return Err(wrong_call(format!(
                "the folder of labels, {}, must not lie in the folder that is watched",
                self.into.display()
            )));
        }
        let facts = self
            .facts
            .clone()
            .and_then(|facts| Stamp::of(&Input::File(facts)));
        let under = format!(
            "{} {} {} {} {} {}",
            env!("CARGO_PKG_VERSION"),
            rules.fingerprint(),
            format.name,
            given.is_some(),
            facts.map(|facts| facts.sha256).unwrap_or_default(),
            contained::limits()
        );
        let journal = self.into.join(JOURNAL);
        let file = held(&journal)?;
        let known = known(&file).map_err(|error| Stop::not_written(&journal.to_string_lossy(), &error))?;
        Watching {
            watch: self,
            rules: &rules,
            format,
            given,
            under,
            journal,
            file,
            known,
            said: BTreeSet::new(),
            unread: false,
        }
        .run()
    }
}

/// What the journal says of each letter. A line that a cut left half is taken off.
fn known(file: &File) -> io::Result<BTreeMap<String, Entry>> {
    let mut known = BTreeMap::new();
    let mut lines = Whole::of(file)?;
    while let Some(line) = lines.next()? {
        if let Ok(entry) = serde_json::from_slice::<Entry>(line) {
            known.insert(entry.letter.clone(), entry);
        }
    }
    file.set_len(lines.end)?;
    Ok(known)
}

impl Watching<'_> {
    fn run(mut self) -> Result<Outcome, Stop> {
        let threads = threads(self.watch.jobs)?;
        let mut before: BTreeMap<PathBuf, Stamp> = BTreeMap::new();
        loop {
            let (settled, waiting): (Vec<Letter>, Vec<Letter>) = self
                .look()?
                .into_iter()
                .partition(|letter| before.get(&letter.path) == Some(&letter.stamp));
            for batch in settled.chunks(threads.current_num_threads()) {
                let read =
                    |letter: &Letter| labelled(self.rules, self.given, Input::File(letter.path.clone()));
                let done: Vec<_> = threads.install(|| batch.par_iter().map(read).collect());
                for (letter, document) in batch.iter().zip(done) {
                    self.finish(letter, document)?;
                }
            }
            before = waiting
                .into_iter()
                .map(|letter| (letter.path, letter.stamp))
                .collect();
            if self.watch.once && before.is_empty() {
                return Ok(if self.unread {
                    Outcome::Partly
                } else {
                    Outcome::Done
                });
            }
            std::thread::sleep(Duration::from_secs(self.watch.every.into()));
        }
    }

    /// The letters that are new or have changed.
    fn look(&mut self) -> Result<Vec<Letter>, Stop> {
        let folder = &self.watch.folder;
        let (mut letters, mut failed) = (Vec::new(), BTreeSet::new());
        if folder.is_dir() {
            for input in Inputs::new(slice::from_ref(folder), InputFormat::Auto) {
                match input {
                    Input::File(path) => letters.extend(self.fresh(path)?),
                    Input::Failed { message, .. } => {
                        failed.insert(message);
                    }
                    Input::Standard | Input::Line(_) => {}
                }
            }
        } else {
            // A network drive goes and comes.
            failed.insert(format!("cannot read {}: it is not there", folder.display()));
        }
        for message in failed.difference(&self.said) {
            messages::error(message);
        }
        self.unread |= !failed.is_empty();
        self.said = failed;
        Ok(letters)
    }

    /// A letter, where it is to be read.
    fn fresh(&mut self, path: PathBuf) -> Result<Option<Letter>, Stop> {
        let name = path.to_string_lossy().into_owned();
        let target = self.target(&path);
        let known = self
            .known
            .get(&name)
            .filter(|known| known.under == self.under && (!known.labels || target.is_file()));
        if known.is_some_and(|known| known.stamp.is_met(&path)) {
            return Ok(None);
        }
        // One that cannot be opened at this moment is looked at again.
        let Some(stamp) = Stamp::of(&Input::File(path.clone())) else {
            return Ok(None);
        };
        match known {
            // Touched, but the same.
            Some(known) if known.stamp.sha256 == stamp.sha256 => {
                let labels = known.labels;
                self.note(name, stamp, labels)?;
                Ok(None)
            }
            _ => Ok(Some(Letter { path, stamp })),
        }
    }

    /// Where the labels of a letter stand.
    fn target(&self, letter: &Path) -> PathBuf {
        let within = letter.strip_prefix(&self.watch.folder).unwrap_or(letter);
        let mut name = within.as_os_str().to_owned();
        name.push(".");
        name.push(self.format.endings.first().copied().unwrap_or(self.format.name));
        self.watch.into.join(name)
    }

    fn finish(&mut self, letter: &Letter, document: Result<Document, Unread>) -> Result<(), Stop> {
        // It went or changed while it was read: the next look will tell.
        if !letter.stamp.is_met(&letter.path) {
            return Ok(());
        }
        let target = self.target(&letter.path);
        let labels = document.is_ok();
        match document {
            Ok(document) => {
                for warning in &document.warnings {
                    messages::warning(&document.name, warning);
                }
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)
                        .map_err(|error| Stop::not_written(&folder.to_string_lossy(), &error))?;
                }
                let run = Run {
                    rules: self.rules,
                    bom: false,
                    raw: false,
                    columns: &[],
                    made: &Made::default(),
                };
                let mut written = Written::begin(self.format, &run, Some(&target))?;
                written.document(document)?;
                written.finish()?;
            }
            Err(unread) => {
                messages::error(&unread.message);
                self.unread = true;
            }
        }
        let (name, stamp) = (letter.path.to_string_lossy().into_owned(), letter.stamp.clone());
        self.note(name, stamp, labels)?;
        match labels {
            true => output::print(&format!("{}\n", visible_line(&target.to_string_lossy()))),
            false => Ok(()),
        }
    }

    fn note(&mut self, letter: String, stamp: Stamp, labels: bool) -> Result<(), Stop> {
        let entry = Entry {
            letter,
            stamp,
            under: self.under.clone(),
            labels,
        };
        let mut write = || -> io::Result<()> {
            self.file.write_all(&line(&entry)?)?;
            self.file.sync_data()
        };
        write().map_err(|error| Stop::not_written(&self.journal.to_string_lossy(), &error))?;
        self.known.insert(entry.letter.clone(), entry);
        Ok(())
    }
}

fn wrong_call(message: impl std::fmt::Display) -> Stop {
    Arguments::wrong_call(Some("watch"), message)
}
