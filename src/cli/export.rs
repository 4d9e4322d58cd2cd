//! `findings export`: labelled documents for other programs that work on texts.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::facts::{Facts, facts};
use findings::report::exchange::{Document, EXCHANGE_FORMATS, Exchange, ExchangeFormat, File};
use findings::row::{Row, rows};
use findings::{Reading, Rules};
use rayon::prelude::*;

use super::facts::{given, warn_of_unknown};
use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::outcome::{Outcome, Stop};
use super::output::{self, Output};
use super::progress::Progress;
use super::threads::threads;
use super::told::{NAMED, summary};
use super::{Arguments, contained, made, messages, tag};

/// Hand labelled documents to other programs: NVivo, ATLAS.ti, MAXQDA, QualCoder, brat, Label Studio, CoNLL readers
///
/// Each sentence with labels is a marked passage of its document. docs/exchange.md tells what each program keeps, and how
/// to open it there.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// Documents and folders; - for standard input; none for a codebook
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// For which program
    ///
    /// Without it the ending of --output decides.
    #[arg(short, long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(format_values()))]
    to: Option<String>,
    /// Write to this file, or this folder, which must be new or empty; whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What an input holds
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = InputFormat::Auto)]
    input_format: InputFormat,
    /// Take facts from this TOML or CSV file; they win over what documents say
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Name the project so, instead of by the name of the output
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

fn format_values() -> impl Iterator<Item = PossibleValue> {
    EXCHANGE_FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about))
}

/// A document that was read.
struct Read {
    reading: Reading,
    rows: Vec<Row>,
    facts: Facts,
}

impl Export {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let format = self.format().map_err(wrong_call)?;
        let target = self.output.as_deref().filter(|path| *path != Path::new("-"));
        if target.is_none() && (format.folder || output::on_terminal()) {
            let kind = if format.folder { "folder" } else { "file" };
            return Err(wrong_call(format!(
                "{} is not for a terminal or a pipe: name a {kind} by -o",
                format.name
            )));
        }
        if format.documents == self.paths.is_empty() {
            return Err(wrong_call(if format.documents {
                "no document named: give documents, folders, or - for standard input".to_owned()
            } else {
                format!("{} holds no documents: name none", format.name)
            }));
        }
        let date = made::made(target)?.date.map(|date| date.to_string());
        let given = given(self.facts.as_deref())?;
        let rules = rules()?;
        // Early, so that nobody waits for an output that cannot be written.
        if let (true, Some(folder)) = (format.folder, target) {
            fresh(folder)?;
        }
        let (read, outcome) = self.read(&rules, &given)?;
        let names: Vec<&str> = read.iter().map(|one| one.reading.document.as_str()).collect();
        warn_of_unknown(&given, self.facts.as_deref(), &names);
        let documents: Vec<Document<'_>> = read
            .iter()
            .map(|one| Document {
                name: &one.reading.document,
                text: &one.reading.text.printed,
                rows: &one.rows,
                facts: &one.facts,
            })
            .collect();
        let stem = target
            .and_then(Path::file_stem)
            .map(|stem| stem.to_string_lossy().into_owned());
        let name = self
            .name
            .clone()
            .or(stem)
            .unwrap_or_else(|| "findings".to_owned());
        let files = (format.files)(&Exchange {
            rules: &rules,
            documents: &documents,
            name: &name,
            date: date.as_deref(),
        });
        let files = files.map_err(|error| Stop::Other(format!("cannot make {}: {error}", format.name)))?;
        match target {
            Some(folder) if format.folder => write_folder(folder, &files)?,
            _ => {
                let mut output = Output::open(target, false)?;
                for file in &files {
                    output.write(|out| out.write_all(&file.bytes))?;
                }
                output.finish()?;
            }
        }
        Ok(outcome)
    }

    fn format(&self) -> Result<&'static ExchangeFormat, String> {
        let find =
            |wanted: &dyn Fn(&ExchangeFormat) -> bool| EXCHANGE_FORMATS.iter().find(|format| wanted(format));
        if let Some(name) = &self.to {
            return find(&|format| format.name == name).ok_or_else(|| format!("no format '{name}'"));
        }
        let ending = self.output.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str()).unwrap_or_default();
        let known = |format: &ExchangeFormat| {
            format
                .endings
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        };
        find(&known).ok_or_else(|| {
            let names: Vec<&str> = EXCHANGE_FORMATS.iter().map(|format| format.name).collect();
            format!("for which program? Add --to: {}", names.join(", "))
        })
    }

    fn read(&self, rules: &Rules, given: &findings::facts::Given) -> Result<(Vec<Read>, Outcome), Stop> {
        if self.paths.is_empty() {
            return Ok((Vec::new(), Outcome::Done));
        }
        let mut inputs = Inputs::new(&self.paths, self.input_format);
        let threads = threads(self.jobs)?;
        let one = |input: Input| -> Result<Read, Unread> {
            let source = input.open()?;
            let reading = contained::read(rules, &source)?;
            let mut facts = facts(rules, &reading);
            given.correct(&mut facts);
            let rows = rows(rules, &reading);
            Ok(Read { reading, rows, facts })
        };
        let (mut read, mut unread, mut seen) = (Vec::new(), Vec::new(), 0);
        let progress = Progress::begin(0);
        loop {
            let batch = tag::next_batch(&mut inputs, threads.current_num_threads());
            if batch.is_empty() {
                break;
            }
            seen += batch.len();
            progress.expect(inputs.left().map(|left| seen + left));
            let one = |input| progress.after(|| one(input));
            let done: Vec<_> = threads.install(|| batch.into_par_iter().map(one).collect());
            progress.aside(|| {
                for document in done {
                    match document {
                        Ok(document) => {
                            for warning in &document.reading.warnings {
                                messages::warning(&document.reading.document, warning);
                            }
                            read.push(document);
                        }
                        Err(failed) => {
                            messages::error(&failed.message);
                            unread.push(failed.name);
                        }
                    }
                }
            });
        }
        drop(progress);
        if !unread.is_empty() || inputs.skipped() > 0 {
            let named = &unread[..unread.len().min(NAMED)];
            messages::summary(&summary(read.len(), unread.len(), named, inputs.skipped()));
        }
        match (read.len(), unread.len()) {
            (0, 0) => Err(Stop::Other("no document found".to_owned())),
            (0, _) => Err(Stop::NothingRead),
            (_, 0) => Ok((read, Outcome::Done)),
            (_, _) => Ok((read, Outcome::Partly)),
        }
    }
}

/// Whether a folder can be made under this name: nothing is there, or an empty folder.
fn fresh(folder: &Path) -> Result<(), Stop> {
    let name = folder.to_string_lossy();
    match folder.read_dir().map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Stop::Other(format!(
            "cannot write {name}: the folder is not empty; name a new one"
        ))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Stop::not_written(&name, &error)),
    }
}

/// Writes a folder beside its place and then moves it there, so that it appears whole.
fn write_folder(folder: &Path, files: &[File]) -> Result<(), Stop> {
    let name = folder.to_string_lossy();
    let failed = |error: std::io::Error| Stop::not_written(&name, &error);
    fresh(folder)?;
    let beside = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if !beside.is_dir() {
        let error = format!("there is no folder {}", beside.display());
        return Err(failed(std::io::Error::new(std::io::ErrorKind::NotFound, error)));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".findings-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let part = builder
        .tempdir_in(beside)
        .map_err(|error| failed(std::io::Error::from(error.kind())))?;
    for file in files {
        fs::write(part.path().join(&file.name), &file.bytes).map_err(failed)?;
    }
    if folder.is_dir() {
        fs::remove_dir(folder).map_err(failed)?;
    }
    fs::rename(part.path(), folder).map_err(failed)?;
    // It stands under its name now, and nothing is left to take away.
    let _ = part.keep();
    Ok(())
}

fn wrong_call(message: String) -> Stop {
    Arguments::wrong_call(Some("export"), message)
}
