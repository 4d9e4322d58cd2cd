//! The processes that read documents, as many as there are threads that want one.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};

use findings::Source;
use findings::extract::Extract;

use super::Bounds;
use super::child::{Answer, NAME, Request};

/// After so many documents a process makes room for a new one, so that what readers fail to give back does not add up.
const DOCUMENTS: usize = 500;
/// How much is kept of what a dying process says, in bytes.
const LAST_WORDS: u64 = 4096;

static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());

/// Has a document's text taken out.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn extract(source: &Source, bounds: &Bounds) -> Result<Extract, String> {
    let idle = IDLE.lock().map(|mut idle| idle.pop()).unwrap_or_default();
    let mut worker = match idle {
        Some(worker) => worker,
        None => Worker::start(bounds).map_err(|error| {
            format!("no process can be started to read it in ({error}); --in-process reads it in this one")
        })?,
    };
    let answer = match worker.ask(source, bounds) {
        Ok(answer) => answer,
        Err(end) => return Err(worker.end(&end, bounds)),
    };
    worker.documents += 1;
    match IDLE.lock() {
        Ok(mut idle) if worker.documents < DOCUMENTS => idle.push(worker),
        _ => worker.rest(),
    }
    match answer {
        Answer::Read(extract) => Ok(extract),
        Answer::Failed(reason) => Err(reason),
    }
}

/// Lets all processes end, and waits until they have: what they have used then counts as this one's children's.
pub(super) fn rest() {
    let idle = IDLE.lock().map(|mut idle| std::mem::take(&mut *idle));
    idle.unwrap_or_default().into_iter().for_each(Worker::rest);
}

struct Worker {
    process: Child,
    input: ChildStdin,
    answers: Receiver<Vec<u8>>,
    last_words: JoinHandle<String>,
    documents: usize,
}

/// Why there was no answer.
enum End {
    TooSlow,
    Died,
    Nonsense,
}

impl Worker {
    fn start(bounds: &Bounds) -> io::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(NAME)
            .arg(bounds.max_memory.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(errors)) =
            (process.stdin.take(), process.stdout.take(), process.stderr.take())
        else {
            return Err(io::Error::other("it has no pipes"));
        };
        let (send, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = Vec::new();
            while matches!(output.read_until(b'\n', &mut line), Ok(read) if read > 0) {
                if send.send(std::mem::take(&mut line)).is_err() {
                    break;
                }
            }
        });
        let last_words = thread::spawn(move || {
            let (mut words, mut errors) = (Vec::new(), errors);
            let _ = (&mut errors).take(LAST_WORDS).read_to_end(&mut words);
            // It must not wait for somebody to read the rest.
            let _ = io::copy(&mut errors, &mut io::sink());
            String::from_utf8_lossy(&words).into_owned()
        });
        Ok(Self {
            process,
            input,
            answers,
            last_words,
            documents: 0,
        })
    }

    fn ask(&mut self, source: &Source, bounds: &Bounds) -> Result<Answer, End> {
        let request = Request {
            name: source.name.clone(),
            limits: bounds.limits(),
            bytes: source.bytes.len(),
        };
        let sent = serde_json::to_writer(&mut self.input, &request)
            .map_err(io::Error::from)
            .and_then(|()| self.input.write_all(b"\n"))
            .and_then(|()| self.input.write_all(&source.bytes))
            .and_then(|()| self.input.flush());
        sent.map_err(|_| End::Died)?;
        let answer = self
            .answers
            .recv_timeout(bounds.time())
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => End::TooSlow,
                RecvTimeoutError::Disconnected => End::Died,
            })?;
        serde_json::from_slice(&answer).map_err(|_| {
            // Half a line is what a process leaves that died while it wrote.
            if answer.ends_with(b"\n") {
                End::Nonsense
            } else {
                End::Died
            }
        })
    }

    /// Lets it end, as it does where nothing more can come.
    fn rest(mut self) {
        drop(self.input);
        let _ = self.process.wait();
    }

    /// Ends it, and says why the document is unread.
    fn end(mut self, end: &End, bounds: &Bounds) -> String {
        // Dead already, or of no use any more.
        if !matches!(end, End::Died) {
            let _ = self.process.kill();
        }
        drop(self.input);
        let status = self.process.wait().ok();
        let words = self.last_words.join().unwrap_or_default();
        match end {
            End::TooSlow => format!(
                "taking out its text lasts longer than {} seconds (set by --max-seconds)",
                bounds.max_seconds
            ),
            End::Nonsense => "it is damaged: its reader gives no text of any use; save it again".to_owned(),
            End::Died => died(status, &words, bounds),
        }
    }
}

fn died(status: Option<ExitStatus>, words: &str, bounds: &Bounds) -> String {
    if words.contains("memory allocation of") || words.contains("capacity overflow") {
        return format!(
            "taking out its text needs more than {} MB of memory (set by --max-memory)",
            bounds.max_memory
        );
    }
    if words.contains("overflowed its stack") {
        return "it is damaged: it is nested too deeply for its reader".to_owned();
    }
    let how = status.map_or_else(String::new, |status| format!(" ({status})"));
    format!("the process that took out its text has ended{how}; save it again")
}
