//! The process that takes text out of documents: one line and the bytes in for each, one line out.
//!
//! Nothing that a document holds is run or opened here. Where it dies, [`super::pool`] says what of.

use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use findings::extract::{Extract, Limits, extract_within};
use findings::{Error, Source};
use serde::{Deserialize, Serialize};

/// The first argument of such a process. No command, since nobody calls it by hand.
pub(crate) const NAME: &str = "--read-documents-for-parent";

/// Deeply nested files make readers call themselves; a thread of this many bytes of stack has room for it.
const STACK: usize = 64 << 20;

/// What goes in before a document's bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    /// Its name, which helps to tell its format.
    pub(super) name: String,
    pub(super) limits: Limits,
    /// How many bytes follow the line.
    pub(super) bytes: usize,
}

/// What comes out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Read(Extract),
    /// Why there is no text.
    Failed(String),
}

/// Reads documents until there are no more, with so many megabytes of memory.
pub(crate) fn run(memory: Option<&str>) -> ExitCode {
    if let Some(megabytes) = memory.and_then(|memory| memory.parse().ok()) {
        limit(megabytes);
    }
    let (requests, documents) = mpsc::channel();
    // Where the parent is gone nobody waits for an answer, also not for one that takes for ever.
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(document) = next(&mut input) {
            if requests.send(document).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    let work = move || {
        for (request, bytes) in documents {
            let answer = answer(&request, bytes);
            let mut output = io::stdout().lock();
            let written = serde_json::to_writer(&mut output, &answer)
                .map_err(io::Error::from)
                .and_then(|()| output.write_all(b"\n"))
                .and_then(|()| output.flush());
            if written.is_err() {
                break;
            }
        }
    };
    let worker = thread::Builder::new().stack_size(STACK).spawn(work);
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn next(input: &mut impl BufRead) -> io::Result<(Request, Vec<u8>)> {
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line)?;
    let request: Request = serde_json::from_slice(&line)?;
    let mut bytes = vec![0; request.bytes];
    input.read_exact(&mut bytes)?;
    Ok((request, bytes))
}

fn answer(request: &Request, bytes: Vec<u8>) -> Answer {
    let read = || {
        let source = Source::from_bytes(request.name.as_str(), bytes)?;
        extract_within(&source, &request.limits)
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(extract)) => Answer::Read(extract),
        Ok(Err(Error::Document { reason, .. })) => Answer::Failed(super::told(&reason)),
        Ok(Err(error)) => Answer::Failed(error.to_string()),
        Err(_) => Answer::Failed("it is damaged: its reader failed on it; save it again".to_owned()),
    }
}

/// Beyond this much address space the process is ended by its own allocator.
#[cfg(unix)]
fn limit(megabytes: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |bytes: u64| Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    // Where the system has no such limit there is none, as the manual says.
    let _ = setrlimit(Resource::As, most(megabytes << 20));
    // What a hostile file leaves in memory is of no use in a folder of letters.
    let _ = setrlimit(Resource::Core, most(0));
}

#[cfg(not(unix))]
fn limit(_megabytes: u64) {}
