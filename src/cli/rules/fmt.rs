//! `findings rules fmt`: rule files in form.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use findings::report::visible_line;
use findings::rules::{RuleFile, in_form};
use findings::{Error, Rules};

use crate::cli::Arguments;
use crate::cli::labels::count;
use crate::cli::messages;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::{self, Output};

/// Put rule files in form: spaces, line breaks and commas, and nothing else
///
/// Nothing is sorted and no comment is lost. A list on one line stays there while it fits into 120 columns; in one on several
/// lines every cue gets its own line, with a comma behind it. A file that is not TOML stays as it is and is told.
#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Folders of rules, or single rule files; without PATH, the folders that --rules names
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that are not in form, and exit with 1 where there is one
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let paths = if self.paths.is_empty() {
            folders
        } else {
            &self.paths
        };
        if paths.is_empty() {
            let message = "no folder of rules named: the built-in rules cannot be changed";
            return Err(Arguments::wrong_call(Some("rules"), message));
        }
        let (mut seen, mut changed, mut wrong) = (0_usize, 0_usize, 0_usize);
        for path in paths {
            for (place, file) in files(path)? {
                seen += 1;
                let formed = match in_form(&file) {
                    Ok(formed) => formed,
                    Err(error) => {
                        messages::error(&error);
                        wrong += 1;
                        continue;
                    }
                };
                if formed == file.text {
                    continue;
                }
                changed += 1;
                let shown = place.display().to_string();
                let line = first_change(&file.text, &formed);
                let name = visible_line(&shown);
                if self.check {
                    output::print(&format!("{name}:{line}: not in form\n"))?;
                } else {
                    let mut target = Output::open(Some(&place), false)?;
                    target.write(|out| out.write_all(formed.as_bytes()))?;
                    target.finish()?;
                    output::print(&format!("{name}\n"))?;
                }
            }
        }
        let done = if self.check { "not in form" } else { "put in form" };
        let mut summary = format!("{}, {changed} {done}", count(seen, "rule file"));
        if wrong > 0 {
            summary += &format!(", {wrong} not read");
        }
        messages::summary(&summary);
        Ok(if wrong > 0 || (self.check && changed > 0) {
            Outcome::Against
        } else {
            Outcome::Done
        })
    }
}

/// The first line in which two texts differ, from 1.
fn first_change(before: &str, after: &str) -> usize {
    let same = before
        .split('\n')
        .zip(after.split('\n'))
        .take_while(|(one, other)| one == other);
    same.count() + 1
}

/// Rule files with their places: those of a folder, or one that is named.
fn files(path: &Path) -> Result<Vec<(PathBuf, RuleFile)>, Stop> {
    let shown = |mut file: RuleFile| {
        let place = path.join(&file.name);
        // A file is put in form by its name; messages show the folder too.
        file.overlay = Some(findings::rules::Overlay {
            nth: 1,
            folder: path.display().to_string(),
        });
        (place, file)
    };
    if path.is_dir() {
        return Ok(Rules::files_in(path)?.into_iter().map(shown).collect());
    }
    let text = fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let part = |path: Option<&Path>| {
        let name = path.and_then(Path::file_name);
        name.map(|name| name.to_string_lossy().into_owned())
    };
    // The folder of a file says of what kind it is.
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let kind = part(full.parent()).filter(|kind| matches!(kind.as_str(), "themes" | "words" | "letters"));
    let name = part(Some(path)).unwrap_or_default();
    let name = kind.map_or(name.clone(), |kind| format!("{kind}/{name}"));
    Ok(vec![(path.to_owned(), RuleFile::new(name, text))])
}
