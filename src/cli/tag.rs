//! `findings tag`: the labels of every sentence of every document.
//!
//! Documents are read in batches: a batch by all threads at once, batches one after another, and rows go out in the
//! order of the call. So memory is bounded, and the bytes are the same for any number of threads.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use findings::Rules;
use findings::facts::Given;
use findings::report::{FORMATS, Format, Made, Run};
use findings::row::rows;
use rayon::prelude::*;

use super::inputs::{Input, InputFormat, Inputs, Unread};
use super::journal::{self, Document, Journal, Stamp};
use super::only::Only;
use super::outcome::{Outcome, Stop};
use super::output;
use super::progress::{self, Progress};
use super::threads::threads;
use super::told::{Told, count};
use super::written::{Rest, Written};
use super::{Arguments, contained, facts, made, messages};

/// A batch ends at so many documents for each thread ...
const BATCH_DOCUMENTS: usize = 16;
/// ... or at so many bytes of input, whichever comes first.
const BATCH_BYTES: u64 = 32 * 1024 * 1024;
/// Label every sentence: theme, strength or concern, who says it, when it holds, on what evidence
///
/// Reads PDF, DOCX, ODT, HTML and text. A document that cannot be read is named on standard error and the run goes on.
#[derive(Args, Debug)]
pub(crate) struct Tag {
    /// Documents and folders; - for standard input
    ///
    /// Folders are searched with all folders inside them for names ending in pdf, docx, odt, html, htm, txt or md (with
    /// --input-format jsonl: jsonl or ndjson), in bytewise order of paths; links are not followed. Without PATH, what is
    /// piped in is read.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What an input holds
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = InputFormat::Auto)]
    input_format: InputFormat,
    /// How results look
    ///
    /// Without it the ending of --output decides; else text on a terminal and jsonl elsewhere.
    #[arg(short, long, value_parser = PossibleValuesParser::new(format_values()))]
    format: Option<String>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Keep only sentences that meet these conditions, such as theme=caseloads,polarity=concern
    ///
    /// Keys: theme and polarity (strength, concern, neutral), which one label of the sentence has to meet together; and
    /// of the sentence source, time, change and section_role. A key given twice takes either value. Where --only is
    /// given twice, both have to be met. A kept sentence keeps all its labels.
    #[arg(long, value_name = "CONDITIONS")]
    only: Vec<Only>,
    /// Add to each row the facts of its document, under "extra"
    ///
    /// Kind, authority, dates, visit number, as `findings facts` prints them: what `findings visits` needs to know.
    #[arg(long)]
    with_facts: bool,
    /// The same with corrections from this TOML or CSV file
    ///
    /// Its further columns come under "extra" too. See `findings facts --help`.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Read so many documents at once; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Keep a journal beside the output, and go on from it where a run was cut off
    ///
    /// Documents that are finished are not read again. Rules, program, options and documents have to be as they were; the
    /// format is free. The journal is FILE.journal; it goes when the output is complete.
    #[arg(long, requires = "output")]
    resume: bool,
    /// Write these columns (for JSON: keys) and no others, in this order, such as document,page,theme,text
    ///
    /// Of csv, xlsx, jsonl and json; docs/output.md lists them. extra.NAME takes a field that came with the document out of
    /// "extra": extra.region, or with --with-facts extra.facts.authority. Where none of the columns tells of a label, a
    /// sentence is one row.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Leave the cells of csv as they are, also those that a spreadsheet would take for formulas
    #[arg(long)]
    raw_cells: bool,
    /// Begin csv with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

fn format_values() -> impl Iterator<Item = clap::builder::PossibleValue> {
    FORMATS
        .iter()
        .map(|format| clap::builder::PossibleValue::new(format.name).help(format.about))
}

impl Tag {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let paths = paths("tag", &self.paths)?;
        let format = self.format(output::on_terminal()).map_err(wrong_call)?;
        if self.bom && !format.bom {
            return Err(wrong_call(format!("--bom is not for {}", format.name)));
        }
        if self.raw_cells && !format.raw {
            return Err(wrong_call(format!("--raw-cells is not for {}", format.name)));
        }
        format.check_columns(&self.columns).map_err(wrong_call)?;
        let made = if format.binary {
            made::refuse_terminal(self.output.as_deref(), format.name).map_err(wrong_call)?;
            made::made(self.output.as_deref())?
        } else {
            Made::default()
        };
        let given = facts::given(self.facts.as_deref())?;
        let given = (self.with_facts || self.facts.is_some()).then_some(&given);
        let rules = rules()?;
        self.only
            .iter()
            .try_for_each(|only| only.check(&rules))
            .map_err(wrong_call)?;
        let threads = threads(self.jobs)?;
        let run = Run {
            rules: &rules,
            bom: self.bom,
            raw: self.raw_cells,
            columns: &self.columns,
            made: &made,
        };
        let begin = || Written::begin(format, &run, self.output.as_deref());
        // With a journal this only tells early whether the output can be written: a run that is killed leaves nothing else.
        let mut written = Some(begin()?);
        let mut journal = self.journal(&paths, &rules)?;
        let mut inputs = Inputs::new(&paths, self.input_format);
        let mut told = Told::keeping_names(self.facts.is_some());
        if let Some(journal) = &mut journal {
            written = None;
            journal.pass(&mut inputs, |document| told.tell(&document))?;
            if journal.finished() > 0 {
                let finished = count(journal.finished(), "document");
                messages::summary(&format!("{finished} finished before the run was cut off"));
            }
        }
        let mut seen = journal.as_ref().map_or(0, Journal::finished);
        let progress = Progress::begin(seen);
        loop {
            let batch = next_batch(&mut inputs, threads.current_num_threads());
            if batch.is_empty() {
                break;
            }
            seen += batch.len();
            if !progress::in_the_way(self.output.as_deref()) {
                progress.expect(inputs.left().map(|left| seen + left));
            }
            let noting = journal.is_some();
            let render = written.as_ref().and_then(Written::render);
            let one = |input: Input| {
                let noted = noting.then(|| (input.name(), Stamp::of(&input)));
                progress.after(|| {
                    let document = self.read(&rules, given, input);
                    let entry = noted.map(|(name, stamp)| journal::entry(name, stamp, &document));
                    match document.map(Document::parted) {
                        Ok((document, rows)) => (Ok(document), entry, Some(Rest::of(rows, render))),
                        Err(unread) => (Err(unread), entry, None),
                    }
                })
            };
            let done: Vec<_> = threads.install(|| batch.into_par_iter().map(one).collect());
            progress.aside(|| -> Result<(), Stop> {
                for (document, entry, rest) in done {
                    told.tell(&document);
                    if let (Some(journal), Some(entry)) = (&mut journal, entry) {
                        journal.add(entry)?;
                    } else if let (Some(written), Some(rest)) = (&mut written, rest) {
                        written.add(rest)?;
                    }
                }
                match (&mut journal, &mut written) {
                    (Some(journal), _) => journal.sync(),
                    (None, Some(written)) => written.flush(),
                    (None, None) => Ok(()),
                }
            })?;
        }
        drop(progress);
        if let (Some(given), Some(documents)) = (given, &told.documents) {
            let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
            facts::warn_of_unknown(given, self.facts.as_deref(), &documents);
        }
        let mut written = match written {
            Some(written) => written,
            None => begin()?,
        };
        if let Some(journal) = &journal {
            journal.documents(|document| written.document(document))?;
        }
        written.finish()?;
        if let Some(journal) = journal {
            journal.remove();
        }
        told.outcome(inputs.skipped())
    }

    /// The journal of the run, where one is wanted.
    fn journal(&self, paths: &[PathBuf], rules: &Rules) -> Result<Option<Journal>, Stop> {
        let Some(output) = self.output.as_deref().filter(|_| self.resume) else {
            return Ok(None);
        };
        let is_standard = |path: &Path| path == Path::new("-");
        // A named pipe or /dev/null is no file that a journal could stand beside.
        if is_standard(output)
            || (output.exists() && !output.is_file())
            || paths.iter().any(|path| is_standard(path))
        {
            return Err(wrong_call(
                "--resume is for documents and an output that are files",
            ));
        }
        let facts = self.facts.clone().map(|facts| Stamp::of(&Input::File(facts)));
        let options = [
            ("--input-format", format!("{:?}", self.input_format)),
            ("--only", format!("{:?}", self.only)),
            ("--with-facts", self.with_facts.to_string()),
            ("a limit on documents", contained::limits()),
            (
                "--facts",
                facts.flatten().map(|facts| facts.sha256).unwrap_or_default(),
            ),
        ];
        let options = options.map(|(name, value)| (name.to_owned(), value));
        Journal::open(output, rules.fingerprint(), options.into()).map(Some)
    }

    fn format(&self, on_terminal: bool) -> Result<&'static Format, String> {
        let named = |name| Format::named(name).ok_or_else(|| format!("no format '{name}'"));
        match (
            &self.format,
            self.output.as_deref().filter(|path| *path != Path::new("-")),
        ) {
            (Some(name), _) => named(name),
            (None, Some(path)) => {
                let ending = path
                    .extension()
                    .and_then(|ending| ending.to_str())
                    .unwrap_or_default();
                Format::for_ending(ending).ok_or_else(|| {
                    let known: Vec<_> = FORMATS
                        .iter()
                        .flat_map(|format| format.endings)
                        .copied()
                        .collect();
                    let path = path.display();
                    format!(
                        "the ending of '{path}' names no format ({}); add --format",
                        known.join(", ")
                    )
                })
            }
            (None, None) => named(if on_terminal { "text" } else { "jsonl" }),
        }
    }

    fn read(&self, rules: &Rules, given: Option<&Given>, input: Input) -> Result<Document, Unread> {
        let mut document = labelled(rules, given, input)?;
        document
            .rows
            .retain(|row| self.only.iter().all(|only| only.keeps(row)));
        Ok(document)
    }
}

/// A document with its labels, and with its facts where `given` are wanted.
pub(crate) fn labelled(rules: &Rules, given: Option<&Given>, input: Input) -> Result<Document, Unread> {
    let source = input.open()?;
    let mut reading = contained::read(rules, &source)?;
    if let Some(given) = given {
        let mut facts = findings::facts::facts(rules, &reading);
        given.correct(&mut facts);
        reading.extra = Some(facts.into_extra());
    }
    let rows = rows(rules, &reading);
    Ok(Document {
        name: reading.document,
        warnings: reading.warnings,
        rows,
    })
}

/// What is to be read: standard input where nothing is named but something is piped in.
pub(crate) fn paths(command: &str, named: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    if io::stdin().is_terminal() {
        return Err(Arguments::wrong_call(
            Some(command),
            "no document named: give files, folders, or - for standard input",
        ));
    }
    Ok(vec![PathBuf::from("-")])
}

fn wrong_call(message: impl std::fmt::Display) -> Stop {
    Arguments::wrong_call(Some("tag"), message)
}

pub(crate) fn next_batch(inputs: &mut Inputs, threads: usize) -> Vec<Input> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < threads * BATCH_DOCUMENTS && bytes < BATCH_BYTES {
        let Some(input) = inputs.next() else { break };
        bytes += input.weight();
        batch.push(input);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(arguments: &[&str], on_terminal: bool) -> Result<&'static str, String> {
        #[derive(clap::Parser)]
        struct Call {
            #[command(flatten)]
            tag: Tag,
        }
        let call = <Call as clap::Parser>::parse_from([&["tag"], arguments].concat());
        call.tag.format(on_terminal).map(|format| format.name)
    }

    #[test]
    fn people_get_text_and_programs_get_json() {
        assert_eq!(format(&[], true), Ok("text"));
        assert_eq!(format(&[], false), Ok("jsonl"));
        assert_eq!(format(&["-o", "-"], true), Ok("text"));
        assert_eq!(format(&["--format", "csv"], true), Ok("csv"));
    }

    #[test]
    fn the_ending_of_the_file_decides_unless_the_format_is_named() {
        assert_eq!(format(&["-o", "out/labels.csv"], true), Ok("csv"));
        assert_eq!(format(&["-o", "labels.TXT"], false), Ok("text"));
        assert_eq!(format(&["-o", "labels.csv", "-f", "jsonl"], false), Ok("jsonl"));
        assert!(
            format(&["-o", "labels"], false)
                .unwrap_err()
                .contains("jsonl, ndjson, json, csv, parquet, txt")
        );
    }
}
