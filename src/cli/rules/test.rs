//! `findings rules test`: whether the examples of rule files hold.

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use findings::Rules;
use findings::examples::{State, Tested, Tried, try_all};
use findings::report::{tested, visible_line};

use crate::cli::labels::count;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;

/// Examples of the rules below that text names; JSON has them all.
const BELOW: usize = 10;

/// Run the examples that rule files carry, and say why those fail that do not hold
///
/// Each example is read as a document of its own. An example fails where a label that it must get is missing, one that it
/// must not get is there (noisy), polarity, source, time or change differs, or it is not read as one sentence (span). One
/// marked `state = "todo"` is reported but does not fail.
#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 no example failed; 1 one did; 2 no example was run.")]
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
        let (tested, below): (Vec<Tried>, Vec<Tried>) = all.into_iter().partition(own);
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
        let shown = Tested::new(&rules, tested, below);
        let mut output = Output::open(None, matches!(self.format, Form::Text))?;
        output.write(|out| match self.format {
            Form::Text => text(&shown, out),
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

fn text(shown: &Tested, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    const TODO: Style = AnsiColor::Yellow.on_default();
    for tried in shown.results.iter().filter(|tried| tried.state == State::Failed) {
        tested(tried, out)?;
    }
    for tried in &shown.results {
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
    for tried in shown.below.iter().take(BELOW) {
        let (file, line) = (visible_line(&tried.file), tried.line);
        let message = visible_line(&tried.place.message);
        writeln!(out, "{TODO}below{TODO:#} {file}:{line}: {message}")?;
    }
    if shown.below.len() > BELOW {
        let more = shown.below.len() - BELOW;
        writeln!(
            out,
            "{TODO}below{TODO:#} ... and {more} more; --format json has them all"
        )?;
    }
    writeln!(out, "{}", summary(shown))
}

fn summary(shown: &Tested) -> String {
    let mut line = format!("{}: {} held", count(shown.examples, "example"), shown.held);
    if shown.failed > 0 {
        let kinds = [
            (shown.missing, "missing"),
            (shown.noisy, "noisy"),
            (shown.differs, "differs"),
            (shown.span, "span"),
        ];
        let kinds: Vec<String> = kinds
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, kind)| format!("{number} {kind}"))
            .collect();
        line += &format!(", {} failed ({})", shown.failed, kinds.join(", "));
    }
    if shown.todo > 0 {
        line += &format!(", {} to do", shown.todo);
    }
    if shown.todo_held > 0 {
        line += &format!(", {} marked to do held", shown.todo_held);
    }
    if !shown.below.is_empty() {
        line += &format!("; {} of the rules below no longer hold", shown.below.len());
    }
    line
}
