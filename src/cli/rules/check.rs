//! `findings rules check`: every mistake in every rule file, in one run.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use findings::check::{self, Seen, Wanted};
use findings::rules::RuleFile;
use findings::{Rules, Source};

use super::documents::{each, threads};
use crate::cli::labels::Lists;
use crate::cli::messages;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;

/// Check rule files: every mistake in every file, each with its place, its reason and what to do
///
/// Loading refuses files with errors; warnings tell of cues that are idle, collide or can never match, and of what no example
/// shows. A warning can be silenced in its file with a reason, see docs/lints.md; `findings rules help CODE` explains a code.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 nothing that fails; 1 errors, warnings with --deny-warnings, or documents of --corpus that could not \
                  be read; 2 nothing checked."
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
        let under = super::under(folders, &self.folders);
        let all = [under.as_slice(), &self.folders].concat();
        // What the command names is reported on, else all that --rules names.
        let own = if self.folders.is_empty() {
            folders
        } else {
            &self.folders
        };
        let mended = if self.fix { mend(&all, own)? } else { 0 };
        let check = check::Check::new(Rules::files_of(&all)?);
        let (seen, read) = if self.corpus.is_empty() {
            (None, Outcome::Done)
        } else {
            let (seen, read) = seen(check.rules(), &self.corpus)?;
            (Some(seen), read)
        };
        let report = check.report(&Wanted {
            files: Some(&|file: &RuleFile| is_of(own, file)),
            seen: seen.as_ref(),
            each_cue: self.each_cue,
        });
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
        Ok(read)
    }
}

/// Whether a file lies in one of the folders; without folders every file does.
fn is_of(folders: &[PathBuf], file: &RuleFile) -> bool {
    let path = file.path.as_ref();
    folders.is_empty() || path.is_some_and(|path| folders.iter().any(|folder| path.starts_with(folder)))
}

/// Mends the files of `own`, which lie on the others of `all`, until nothing is left that can be mended; gives how many
/// things were.
fn mend(all: &[PathBuf], own: &[PathBuf]) -> Result<usize, Stop> {
    if own.is_empty() {
        return Err(crate::cli::Arguments::wrong_call(
            Some("rules"),
            "--fix needs a folder: the built-in rules are part of the program",
        ));
    }
    let mut mended = 0;
    for _ in 0..ROUNDS {
        let check = check::Check::new(Rules::files_of(all)?);
        let report = check.report(&Wanted {
            files: Some(&|file: &RuleFile| is_of(own, file)),
            ..Wanted::default()
        });
        let fixed = check::fixed(&check, &report);
        if fixed.is_empty() {
            break;
        }
        for (file, made) in fixed {
            if let Some(path) = &file.path {
                write(path, &file.text)?;
                mended += made;
            }
        }
    }
    Ok(mended)
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let mut output = Output::open(Some(path), false)?;
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.finish()
}

/// What documents show. One that cannot be read is named, and the others count.
fn seen(rules: &Rules, paths: &[PathBuf]) -> Result<(Seen, Outcome), Stop> {
    let mut all = Seen::default();
    let one = |source: Source, extract| {
        let mut seen = Seen::default();
        seen.add(&rules.read_extract(&source, extract));
        seen
    };
    let read = each(paths, &Lists::default(), &threads(None)?, one, |seen| {
        all.merge(seen)
    })?;
    Ok((all, read))
}
