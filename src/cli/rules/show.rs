//! `findings rules show`: all that can be said of a cue, a theme or a file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use findings::Rules;
use findings::manual::{CueShown, FileShown, SCHEMA, Shown, find};
use findings::report::visible_line;

use super::list::{DIM, Form, HEADING, head, list};
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;

/// Show a cue, a theme or a file: its words, where they stand and what they do
///
/// A cue comes with the phrases for which it stands and the examples of its file in which it fires.
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// Id of a cue as evidence shows it, the words of a cue, a theme, or a file such as words/negate
    #[arg(value_name = "ID")]
    id: String,
    /// How it looks
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

impl Show {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let rules = Rules::from_folders(folders)?;
        let found = find(&rules, &self.id);
        if found.cues.is_empty() && found.files.is_empty() {
            let what = format!("there is no cue, theme or file {}", self.id);
            return Err(Stop::Other(if found.near.is_empty() {
                format!("{what}; `findings rules list` names themes and files, --theme and --role their cues")
            } else {
                format!("{what}; cues with these words: {}", found.near.join(", "))
            }));
        }
        let mut output = Output::open(None, matches!(self.format, Form::Text))?;
        output.write(|out| match self.format {
            Form::Text => {
                found.cues.iter().try_for_each(|shown| cue(shown, out))?;
                found.files.iter().try_for_each(|shown| file(shown, out))
            }
            Form::Json => {
                let shown = Shown {
                    schema: SCHEMA,
                    rules: rules.fingerprint().to_owned(),
                    found: found.clone(),
                };
                serde_json::to_writer_pretty(&mut *out, &shown)?;
                writeln!(out)
            }
        })?;
        output.finish()?;
        Ok(Outcome::Done)
    }
}

fn cue(shown: &CueShown, out: &mut dyn Write) -> io::Result<()> {
    let cue = &shown.cue;
    writeln!(
        out,
        "{HEADING}{}{HEADING:#}  {DIM}{}:{}{DIM:#}",
        visible_line(&cue.id),
        visible_line(&cue.file),
        cue.line
    )?;
    writeln!(out, "  {}", visible_line(&cue.written))?;
    let mut does = format!("{}: {}", cue.does, cue.meaning);
    if let Some(rank) = cue.rank {
        does += &format!("; rank {rank}");
    }
    if let Some(reach) = cue.reach {
        does += &format!("; reach {reach} words");
    }
    writeln!(out, "  {does}")?;
    if let Some(by) = &cue.off_by {
        writeln!(out, "  switched off by {}", visible_line(by))?;
    }
    if shown.readings_in_all > 1 {
        writeln!(out, "\n  {HEADING}Stands for{HEADING:#}")?;
        for reading in &shown.readings {
            writeln!(out, "    {}", visible_line(reading))?;
        }
        if shown.readings_in_all > shown.readings.len() {
            let more = shown.readings_in_all - shown.readings.len();
            writeln!(out, "    ... and {more} more")?;
        }
    }
    if shown.examples.is_empty() {
        writeln!(out, "\n  Fires in no example of its file.\n")?;
        return Ok(());
    }
    writeln!(out, "\n  {HEADING}Fires in examples of its file{HEADING:#}")?;
    for example in &shown.examples {
        let fates: Vec<&str> = example.fates.iter().map(|fate| fate.name()).collect();
        writeln!(
            out,
            "  {:>5}  {}  {DIM}{}{DIM:#}",
            example.line,
            visible_line(&example.text),
            fates.join(", ")
        )?;
    }
    writeln!(out)
}

fn file(shown: &FileShown, out: &mut dyn Write) -> io::Result<()> {
    head(&shown.file, out)?;
    list(&shown.entries.iter().collect::<Vec<_>>(), out)?;
    for (name, entries) in &shown.lists {
        writeln!(out, "\n  {HEADING}{}{HEADING:#}", visible_line(name))?;
        for entry in entries {
            writeln!(out, "         {}", visible_line(entry))?;
        }
    }
    if !shown.sentences.is_empty() {
        writeln!(out, "\n  {HEADING}Examples{HEADING:#}")?;
    }
    for (_, line, text) in &shown.sentences {
        writeln!(out, "  {line:>5}  {}", visible_line(text))?;
    }
    writeln!(out)
}
