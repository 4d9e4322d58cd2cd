//! A journal beside an output, from which `findings tag --resume` goes on where a run was cut off.
//!
//! In: what became of each document, in the order of the call. Out: the same again, after a cut. Each document is one line of
//! JSON, complete once its line break is there: a line that a cut left half is dropped, and its document read again. The
//! output is written from the journal when all documents are done, and appears under its name whole; then the journal goes.
//!
//! The result equals that of an uncut run because nothing is taken over that could differ: other rules, another program,
//! other options and documents that have changed end the run with a message.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use findings::row::Row;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::inputs::{Input, Inputs, Unread};
use super::lines::Line;
use super::outcome::Stop;

/// Version of the form of journals.
const FORM: u32 = 1;

/// How every journal begins.
const BEGIN: &[u8] = b"{\"journal\":";

/// A journal that is open, and held against other runs.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
    finished: usize,
}

/// Under what a run reads: the first line of a journal.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    journal: u32,
    program: String,
    rules: String,
    /// Options that decide what is kept of a document, by name.
    options: BTreeMap<String, String>,
}

/// A document: further lines of a journal.
#[derive(Debug, Serialize, Deserialize)]
struct Entry<R> {
    /// The name by which messages call it.
    input: String,
    /// None where there were no bytes to be had.
    stamp: Option<Stamp>,
    result: R,
}

/// What is kept of a document that was read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Document<R = Vec<Row>> {
    /// Its name.
    pub(crate) name: String,
    /// What whoever uses it should know.
    pub(crate) warnings: Vec<String>,
    /// Its rows.
    pub(crate) rows: R,
}

impl<R> Document<R> {
    /// What is told of it, and its rows.
    pub(crate) fn parted(self) -> (Document<()>, R) {
        let Self { name, warnings, rows } = self;
        let told = Document {
            name,
            warnings,
            rows: (),
        };
        (told, rows)
    }
}

/// What tells whether an input is still the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes and time of change of a file, by which it is known without reading it.
    file: Option<(u64, SystemTime)>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(crate) sha256: String,
}

impl Stamp {
    /// The stamp of an input that is about to be read: of a file before its bytes are, so that a change in between is seen.
    pub(crate) fn of(input: &Input) -> Option<Self> {
        let file = met(input);
        let sha256 = match input {
            Input::File(path) => hash(&mut File::open(path).ok()?)?,
            Input::Line(Line { bytes: Ok(bytes), .. }) => hash(&mut bytes.as_slice())?,
            Input::Standard | Input::Line(_) | Input::Failed { .. } => return None,
        };
        Some(Self { file, sha256 })
    }
}

impl Stamp {
    /// Whether the file under this path looks as it did, without its bytes being read.
    pub(crate) fn is_met(&self, path: &Path) -> bool {
        self.file.is_some() && self.file == met(&Input::File(path.to_owned()))
    }
}

fn met(input: &Input) -> Option<(u64, SystemTime)> {
    let Input::File(path) = input else { return None };
    let met = path.metadata().ok()?;
    Some((met.len(), met.modified().ok()?))
}

fn hash(bytes: &mut dyn Read) -> Option<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match bytes.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => hash.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    Some(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether an input is what it was when it was read.
fn same(input: &Input, stamp: Option<&Stamp>) -> bool {
    match stamp {
        Some(stamp) if stamp.file.is_some() && stamp.file == met(input) => true,
        Some(stamp) => Stamp::of(input).is_some_and(|now| now.sha256 == stamp.sha256),
        None => Stamp::of(input).is_none(),
    }
}

/// This program, so that a journal of another build is not gone on with.
fn program() -> String {
    let build = std::env::current_exe()
        .ok()
        .and_then(|path| hash(&mut File::open(path).ok()?));
    let build = build.as_deref().and_then(|hash| hash.get(..16));
    format!("{} {}", env!("CARGO_PKG_VERSION"), build.unwrap_or("unknown"))
}

/// The lines of a file that are whole.
pub(crate) struct Whole {
    reader: BufReader<File>,
    /// Where the last of them ends, in bytes.
    pub(crate) end: u64,
    line: Vec<u8>,
}

impl Whole {
    pub(crate) fn of(file: &File) -> io::Result<Self> {
        let mut reader = BufReader::new(file.try_clone()?);
        reader.seek(SeekFrom::Start(0))?;
        Ok(Self {
            reader,
            end: 0,
            line: Vec::new(),
        })
    }

    /// The next line, with its break; `None` at the end, and at a line that a cut left half.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        self.reader.read_until(b'\n', &mut self.line)?;
        if self.line.last() != Some(&b'\n') {
            return Ok(None);
        }
        self.end += u64::try_from(self.line.len()).unwrap_or(u64::MAX);
        Ok(Some(&self.line))
    }
}

/// What became of a document, as a line of the journal.
///
/// # Errors
/// Where it cannot be told in JSON.
pub(crate) fn entry(
    input: String,
    stamp: Option<Stamp>,
    result: &Result<Document, Unread>,
) -> io::Result<Vec<u8>> {
    line(&Entry { input, stamp, result })
}

/// A value as a line of JSON.
///
/// # Errors
/// Where it cannot be told in JSON.
pub(crate) fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// Opens a file of lines to add to, and holds it against other runs.
///
/// # Errors
/// Where it cannot be written, and where another run holds it.
pub(crate) fn held(path: &Path) -> Result<File, Stop> {
    let file = File::options().read(true).append(true).create(true).open(path);
    let file = file.map_err(|error| unwritten(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Stop::Other(format!(
            "another run is writing {}; wait for it, or name another output",
            path.display()
        ))),
        // Some file systems know no locks: two runs at once are then the user's own affair.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

impl Journal {
    /// Opens the journal beside `output`, or begins it.
    ///
    /// # Errors
    /// Where it cannot be written, where another run holds it, and where it was begun under other rules, by another
    /// program or with other options.
    pub(crate) fn open(output: &Path, rules: &str, options: BTreeMap<String, String>) -> Result<Self, Stop> {
        let mut path = output.as_os_str().to_owned();
        path.push(".journal");
        let path = PathBuf::from(path);
        let failed = |error| unwritten(&path, &error);
        let file = held(&path)?;
        let head = Head {
            journal: FORM,
            program: program(),
            rules: rules.to_owned(),
            options,
        };
        let mut lines = Whole::of(&file).map_err(failed)?;
        let first = lines.next().map_err(failed)?.map(serde_json::from_slice::<Head>);
        // A head that a cut left half; anything else that is no head is not ours.
        let shared = lines.line.len().min(BEGIN.len());
        let torn = lines.line[..shared] == BEGIN[..shared];
        let mut journal = Self {
            path: path.clone(),
            file: BufWriter::new(file),
            finished: 0,
        };
        match first {
            Some(Ok(before)) => journal.agrees(&before, &head)?,
            None if torn => {
                journal.file.get_ref().set_len(0).map_err(failed)?;
                journal.add(line(&head))?;
                journal.sync()?;
            }
            Some(Err(_)) | None => return Err(journal.refused("it is no journal of this program")),
        }
        Ok(journal)
    }

    /// How many documents are finished.
    pub(crate) fn finished(&self) -> usize {
        self.finished
    }

    /// Takes what is finished off the documents of the call, and gives it to `take`.
    ///
    /// # Errors
    /// Where a finished document is no longer the next of the call, or has changed.
    pub(crate) fn pass(
        &mut self,
        inputs: &mut Inputs,
        mut take: impl FnMut(Result<Document<()>, Unread>),
    ) -> Result<(), Stop> {
        let failed = |error| unwritten(&self.path, &error);
        let mut lines = self.lines()?;
        let mut end = lines.end;
        while let Some(line) = lines.next().map_err(failed)? {
            // A line that is whole and no entry is what a power cut left: it is read again with all that follows.
            let Ok(entry) = serde_json::from_slice::<Entry<Result<Document<IgnoredAny>, Unread>>>(line)
            else {
                break;
            };
            let Entry { input, stamp, result } = entry;
            match inputs.next() {
                Some(now) if now.name() == input && same(&now, stamp.as_ref()) => {}
                Some(now) if now.name() == input => {
                    return Err(self.refused(&format!("{input} has changed since it was read")));
                }
                Some(now) => {
                    let now = now.name();
                    let why =
                        format!("the documents are no longer the same: {now} stands where {input} stood");
                    return Err(self.refused(&why));
                }
                None => return Err(self.refused(&format!("{input} is no longer among the documents"))),
            }
            self.finished += 1;
            take(result.map(|document| document.parted().0));
            end = lines.end;
        }
        self.file.get_ref().set_len(end).map_err(failed)
    }

    /// Notes what became of a document, as [`entry`] puts it.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub(crate) fn add(&mut self, entry: io::Result<Vec<u8>>) -> Result<(), Stop> {
        let added = entry.and_then(|entry| self.file.write_all(&entry));
        added.map_err(|error| unwritten(&self.path, &error))
    }

    /// Makes sure that what was noted outlasts this run.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub(crate) fn sync(&mut self) -> Result<(), Stop> {
        let done = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        done.map_err(|error| unwritten(&self.path, &error))
    }

    /// Gives every document that was read to `take`, in the order of the call.
    ///
    /// # Errors
    /// Where the journal cannot be read, and the errors of `take`.
    pub(crate) fn documents(&self, mut take: impl FnMut(Document) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut lines = self.lines()?;
        while let Some(line) = lines.next().map_err(|error| unwritten(&self.path, &error))? {
            let entry: Entry<Result<Document, Unread>> = serde_json::from_slice(line)
                .map_err(|error| self.refused(&format!("a line of it is damaged ({error})")))?;
            if let Ok(document) = entry.result {
                take(document)?;
            }
        }
        Ok(())
    }

    /// The lines behind the head.
    fn lines(&self) -> Result<Whole, Stop> {
        let mut lines = Whole::of(self.file.get_ref());
        if let Ok(lines) = &mut lines
            && let Err(error) = lines.next()
        {
            return Err(unwritten(&self.path, &error));
        }
        lines.map_err(|error| unwritten(&self.path, &error))
    }

    /// Takes the journal away, when the output stands under its name.
    pub(crate) fn remove(self) {
        // If it stays, the next run finds everything finished and writes the same output once more.
        let _ = std::fs::remove_file(&self.path);
    }

    fn agrees(&self, before: &Head, now: &Head) -> Result<(), Stop> {
        if before.journal != now.journal || before.program != now.program {
            return Err(self.refused("the run that was cut off was of another version of this program"));
        }
        if before.rules != now.rules {
            let (before, now) = (&before.rules, &now.rules);
            return Err(self.refused(&format!(
                "the run that was cut off was under other rules ({before}, now {now})"
            )));
        }
        let names = before.options.keys().chain(now.options.keys());
        match names
            .into_iter()
            .find(|name| before.options.get(*name) != now.options.get(*name))
        {
            Some(name) => Err(self.refused(&format!("{name} is not as in the run that was cut off"))),
            None => Ok(()),
        }
    }

    fn refused(&self, why: &str) -> Stop {
        Stop::Other(format!(
            "cannot go on from {}: {why}; make it as it was, or remove that file to begin anew",
            self.path.display()
        ))
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Stop {
    Stop::not_written(&path.to_string_lossy(), error)
}
