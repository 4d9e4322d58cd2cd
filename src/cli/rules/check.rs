//! `findings rules check`: every mistake in every rule file, in one run.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::Rules;
use findings::check::{self, Report, Seen, Wanted};
use findings::rules::RuleFile;
use rayon::prelude::*;

use crate::cli::contained;
use crate::cli::inputs::{Input, InputFormat, Inputs};
use crate::cli::messages;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;
use crate::cli::progress::Progress;

/// Check rule files: every mistake in every file, each with its place, its reason and what to do
///
/// Loading refuses files with errors; warnings tell of cues that are idle, collide or can never match, and of what no example
/// shows. A warning can be silenced in its file with a reason, see docs/lints.md; `findings rules help CODE` explains a code.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 nothing that fails; 1 errors, or warnings with --deny-warnings; 2 nothing checked."
)]
pub(crate) struct Check {
    /// Folders of rules, laid over those of --rules; without one, those of --rules, else the built-in ones
    ///
    /// Only these folders are reported on; what lies below them counts where cues collide.
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Make the mends that change no label; comments and everything else stay as they are
    #[arg(long)]
    fix: bool,
    /// Fail on warnings, too
    #[arg(long)]
    deny_warnings: bool,
    /// Also report cues that none of these documents shows; a document or folder, may be given several times
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,
    /// Also report every cue that no example shows
    #[arg(long)]
    each_cue: bool,
    /// How it looks
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Each finding with its line, a caret and what to do
    Text,
    /// One JSON object
    Json,
}

/// Rounds of mending: a mend may uncover another.
const ROUNDS: usize = 20;

impl Check {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let (report, mended) = if self.fix {
            self.mend(folders)?
        } else {
            (self.look(folders)?.1, 0)
        };
        let mut output = Output::open(None, self.format == Form::Text)?;
        output.write(|out| match self.format {
            Form::Text => check::write_text(&report, out),
            Form::Json => {
                serde_json::to_writer_pretty(&mut *out, &report)?;
                writeln!(out)
            }
        })?;
        output.finish()?;
        if self.fix {
            let things = if mended == 1 { "thing" } else { "things" };
            messages::summary(&format!("{mended} {things} mended"));
        }
        if report.errors > 0 || (self.deny_warnings && report.warnings > 0) {
            return Ok(Outcome::Against);
        }
        Ok(Outcome::Done)
    }

    /// Checks once.
    fn look(&self, folders: &[PathBuf]) -> Result<(check::Check, Report), Stop> {
        let all: Vec<PathBuf> = folders.iter().chain(&self.folders).cloned().collect();
        let check = check::Check::new(Rules::files_of(&all)?);
        let of = if self.folders.is_empty() {
            folders
        } else {
            &self.folders
        };
        let own = |file: &RuleFile| {
            of.is_empty()
                || file
                    .path
                    .as_ref()
                    .is_some_and(|path| of.iter().any(|folder| path.starts_with(folder)))
        };
        let seen = if self.corpus.is_empty() {
            None
        } else {
            Some(seen(check.rules(), &self.corpus)?)
        };
        let report = check.report(&Wanted {
            files: Some(&own),
            seen: seen.as_ref(),
            each_cue: self.each_cue,
        });
        Ok((check, report))
    }

    /// Checks and mends until nothing is left that can be mended.
    fn mend(&self, folders: &[PathBuf]) -> Result<(Report, usize), Stop> {
        if folders.is_empty() && self.folders.is_empty() {
            return Err(crate::cli::Arguments::wrong_call(
                Some("rules"),
                "--fix needs a folder: the built-in rules are part of the program",
            ));
        }
        let mut mended = 0;
        for _ in 0..ROUNDS {
            let (check, report) = self.look(folders)?;
            let fixed = check::fixed(&check, &report);
            if fixed.is_empty() {
                return Ok((report, mended));
            }
            for (file, made) in fixed {
                if let Some(path) = &file.path {
                    write(path, &file.text)?;
                    mended += made;
                }
            }
        }
        Ok((self.look(folders)?.1, mended))
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let mut output = Output::open(Some(path), false)?;
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.finish()
}

/// What documents show. One that cannot be read is named, and the others count.
fn seen(rules: &Rules, paths: &[PathBuf]) -> Result<Seen, Stop> {
    let inputs: Vec<Input> = Inputs::new(paths, InputFormat::Auto).collect();
    let found = !inputs.is_empty();
    let progress = Progress::begin(0);
    progress.expect(Some(inputs.len()));
    let one = |input: Input| {
        let source = input.open().map_err(|unread| unread.message)?;
        let reading = contained::read(rules, &source).map_err(|unread| unread.message)?;
        let mut seen = Seen::default();
        seen.add(&reading);
        Ok(seen)
    };
    let one = |input| progress.after(|| one(input));
    let read: Vec<Result<Seen, String>> = inputs.into_par_iter().map(one).collect();
    drop(progress);
    let mut all = Seen::default();
    let mut any = false;
    for one in read {
        match one {
            Ok(seen) => {
                any = true;
                all.merge(seen);
            }
            Err(message) => messages::error(&message),
        }
    }
    match (found, any) {
        (_, true) => Ok(all),
        (true, false) => Err(Stop::NothingRead),
        (false, false) => Err(Stop::Other("no document found".to_owned())),
    }
}
