//! `findings rules test`: whether the examples of rule files hold.

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use findings::Rules;
use findings::examples::{Kind, State, Tried, try_all};
use findings::report::{tested, visible_line};
use serde::Serialize;

use crate::cli::labels::count;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;

/// Examples of the rules below that text names; JSON has them all.
const BELOW: usize = 10;

/// Run the examples that rule files carry, and say why those fail that do not hold
///
/// Each example is read as a document of its own. An example fails where a label that it must get is missing, one that it
/// must not get is there (noisy), polarity, source, time or change differs, or it is not read as one sentence (span). One
/// marked `state = "todo"` is reported but does not fail. Exit code 1 where an example fails.
#[derive(Args, Debug)]
pub(crate) struct Test {
    /// Folders of rules, each laid over those before it as --rules does; their examples are run
    ///
    /// Without DIR, the examples of the folders that --rules names; without either, those of the built-in rules. Examples
    /// of the rules below that no longer hold are told but do not fail.
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Let examples of the rules below fail as well
    #[arg(long)]
    all: bool,
    /// How it looks
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// Plain words
    Text,
    /// One JSON object with everything
    Json,
}

/// What the run has shown.
#[derive(Serialize)]
struct Shown<'a> {
    /// Version of this form.
    schema: u32,
    /// Fingerprint of the rules.
    rules: &'a str,
    examples: usize,
    held: usize,
    failed: usize,
    todo: usize,
    todo_held: usize,
    /// Failed examples by the way in which they fail; one that fails in several counts under each.
    missing: usize,
    noisy: usize,
    differs: usize,
    span: usize,
    /// Examples that do not hold, and those marked to do that hold.
    results: Vec<&'a Tried>,
    /// Examples of the rules below that do not hold.
    below: Vec<&'a Tried>,
}

impl Test {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let under = super::under(folders, &self.folders);
        let folders = [under.as_slice(), &self.folders].concat();
        let rules = Rules::from_folders(&folders)?;
        let all = try_all(&rules);
        // The built-in rules stand below overlays, and what --rules names below what the command names.
        let full = folders
            .first()
            .is_some_and(|first| first.join("english.toml").is_file());
        let own = |tried: &Tried| {
            let nth = tried.overlay.or(full.then_some(1)).unwrap_or(0);
            self.all
                || if self.folders.is_empty() {
                    nth > 0 || folders.is_empty()
                } else {
                    nth > under.len()
                }
        };
        let (tested, below): (Vec<&Tried>, Vec<&Tried>) = all.iter().partition(|tried| own(tried));
        if tested.is_empty() {
            let names: Vec<_> = folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return Err(Stop::Other(format!(
                "no example was run: there is none in {}; add one under a line `[[example]]`",
                names.join(", ")
            )));
        }
        let shown = Shown::new(rules.fingerprint(), &tested, below);
        let mut output = Output::open(None, matches!(self.format, Form::Text))?;
        output.write(|out| match self.format {
            Form::Text => shown.text(out),
            Form::Json => {
                serde_json::to_writer_pretty(&mut *out, &shown)?;
                writeln!(out)
            }
        })?;
        output.finish()?;
        Ok(if shown.failed > 0 {
            Outcome::Against
        } else {
            Outcome::Done
        })
    }
}

impl<'a> Shown<'a> {
    fn new(rules: &'a str, tested: &[&'a Tried], below: Vec<&'a Tried>) -> Self {
        let are = |state: State| tested.iter().filter(|tried| tried.state == state).count();
        let fail = |kind: Kind| {
            let failed = tested.iter().filter(|tried| tried.state == State::Failed);
            failed
                .filter(|tried| tried.faults.iter().any(|fault| fault.kind == kind))
                .count()
        };
        Self {
            schema: 1,
            rules,
            examples: tested.len(),
            held: are(State::Held),
            failed: are(State::Failed),
            todo: are(State::Todo),
            todo_held: are(State::TodoHeld),
            missing: fail(Kind::Missing),
            noisy: fail(Kind::Noisy),
            differs: fail(Kind::Differs),
            span: fail(Kind::Span),
            results: tested
                .iter()
                .copied()
                .filter(|tried| tried.state != State::Held)
                .collect(),
            below: below
                .into_iter()
                .filter(|tried| tried.state == State::Failed)
                .collect(),
        }
    }

    fn text(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        const TODO: Style = AnsiColor::Yellow.on_default();
        for tried in self.results.iter().filter(|tried| tried.state == State::Failed) {
            tested(tried, out)?;
        }
        for tried in &self.results {
            let (file, line) = (visible_line(&tried.file), tried.line);
            match tried.state {
                State::Todo => {
                    let message = tried.place.message.as_str();
                    writeln!(
                        out,
                        "{TODO}to do{TODO:#} {file}:{line}: {}",
                        visible_line(message)
                    )?;
                }
                State::TodoHeld => writeln!(
                    out,
                    "{TODO}done{TODO:#} {file}:{line}: the example holds now: take `state = \"todo\"` out"
                )?,
                State::Held | State::Failed => {}
            }
        }
        for tried in self.below.iter().take(BELOW) {
            let (file, line) = (visible_line(&tried.file), tried.line);
            let message = visible_line(&tried.place.message);
            writeln!(out, "{TODO}below{TODO:#} {file}:{line}: {message}")?;
        }
        if self.below.len() > BELOW {
            let more = self.below.len() - BELOW;
            writeln!(
                out,
                "{TODO}below{TODO:#} ... and {more} more; --format json has them all"
            )?;
        }
        writeln!(out, "{}", self.summary())
    }

    fn summary(&self) -> String {
        let mut line = format!("{}: {} held", count(self.examples, "example"), self.held);
        if self.failed > 0 {
            let kinds = [
                (self.missing, "missing"),
                (self.noisy, "noisy"),
                (self.differs, "differs"),
                (self.span, "span"),
            ];
            let kinds: Vec<String> = kinds
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, kind)| format!("{number} {kind}"))
                .collect();
            line += &format!(", {} failed ({})", self.failed, kinds.join(", "));
        }
        if self.todo > 0 {
            line += &format!(", {} to do", self.todo);
        }
        if self.todo_held > 0 {
            line += &format!(", {} marked to do held", self.todo_held);
        }
        if !self.below.is_empty() {
            line += &format!("; {} of the rules below no longer hold", self.below.len());
        }
        line
    }
}
