//! Runs the program on an input, under limits, and says in one line how that ended.

use std::fmt;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

/// Longer than this is a hang: the program's own limit of time for a document is set well below it.
const LONGEST: Duration = Duration::from_secs(120);

/// An input.
pub(crate) struct Case {
    /// Name of the file.
    pub(crate) name: &'static str,
    /// What it is, in words.
    pub(crate) about: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Further arguments of the call.
    pub(crate) arguments: Vec<&'static str>,
}

impl Case {
    pub(crate) fn new(name: &'static str, about: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name,
            about,
            bytes: bytes.into(),
            arguments: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, arguments: &[&'static str]) -> Self {
        self.arguments.extend_from_slice(arguments);
        self
    }
}

/// How a run ended.
pub(crate) struct Outcome {
    /// Exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Rows that came out.
    pub(crate) rows: usize,
    /// Rows with a label.
    pub(crate) labelled: usize,
    /// What it said on standard error.
    pub(crate) said: String,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "exit {code}")?,
            None => write!(f, "ended by a signal")?,
        }
        match (self.rows, self.labelled) {
            (0, _) => {}
            (1, labelled) => write!(f, "; 1 sentence, {labelled} with labels")?,
            (rows, labelled) => write!(f, "; {rows} sentences, {labelled} with labels")?,
        }
        if !self.said.is_empty() {
            write!(f, "; {}", self.said)?;
        }
        Ok(())
    }
}

/// Reads an input from a file of its name.
pub(crate) fn case(case: &Case, folder: &Path) -> Outcome {
    let path = folder.join(case.name);
    fs::write(&path, &case.bytes).unwrap();
    let mut arguments = vec!["tag", case.name];
    arguments.extend_from_slice(&case.arguments);
    let outcome = program(&arguments, folder);
    fs::remove_file(path).unwrap();
    outcome
}

/// Runs the program in a folder, with no more memory than is stated.
pub(crate) fn program(arguments: &[&str], folder: &Path) -> Outcome {
    let script = format!("ulimit -v {}; exec \"$0\" \"$@\"", super::MEGABYTES * 1024);
    shell(&script, arguments, folder)
}

/// Runs a script with the program as `$0` and these arguments as `$@`.
pub(crate) fn shell(script: &str, arguments: &[&str], folder: &Path) -> Outcome {
    let mut process = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = process.stdout.take().unwrap();
    let mut errors = process.stderr.take().unwrap();
    let rows = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        output.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let said = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        errors.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > LONGEST {
            process.kill().unwrap();
            process.wait().unwrap();
            return Outcome {
                code: None,
                rows: 0,
                labelled: 0,
                said: format!("hangs for {} seconds", LONGEST.as_secs()),
            };
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    println!("{arguments:?}: {} ms", begin.elapsed().as_millis());
    let rows = rows.join().unwrap();
    let said = String::from_utf8(said.join().unwrap()).expect("messages are UTF-8");
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    assert!(
        !said.chars().any(|c| c.is_control() && c != '\n'),
        "{arguments:?}: control characters reach the terminal: {said:?}"
    );
    let lines: Vec<&str> = std::str::from_utf8(&rows)
        .expect("rows are UTF-8")
        .lines()
        .collect();
    let labelled = lines.iter().filter(|line| line.contains("\"evidence\"")).count();
    Outcome {
        code: status.code(),
        rows: lines.len(),
        labelled,
        said: shown(&said),
    }
}

/// The message that matters, on one line of a table. Some libraries' words differ from version to version, but not between
/// builds of one lock file.
fn shown(said: &str) -> String {
    let line = said
        .lines()
        .find(|line| line.starts_with("error:") || line.starts_with("warning:"))
        .unwrap_or_default();
    line.replace('|', "\\|").replace('`', "'")
}
