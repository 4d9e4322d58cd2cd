//! `findings rules list`: which rule files there are, or the cues of some of them.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueEnum};
use findings::Rules;
use findings::manual::{self, CueEntry, FileEntry, FileKind, Listed};
use findings::report::visible_line;

use crate::cli::labels::count;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::Output;

pub(super) const HEADING: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

/// List the rule files, or the cues of a theme or a role
#[derive(Args, Debug)]
pub(crate) struct List {
    /// The cues of this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// The cues of the word files with this role: strength, concern, negate ...
    #[arg(long, value_name = "ROLE", conflicts_with = "theme")]
    role: Option<String>,
    /// How it looks
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Form {
    /// Plain words
    Text,
    /// One JSON object with everything
    Json,
}

impl List {
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        let rules = Rules::from_folders(folders)?;
        let mut files = manual::files(&rules);
        let chosen = |file: &FileEntry| match (&self.theme, &self.role) {
            (Some(theme), _) => file.kind == FileKind::Theme && file.id == *theme,
            (_, Some(role)) => file.role.as_ref() == Some(role),
            _ => true,
        };
        let mut cues = None;
        if self.theme.is_some() || self.role.is_some() {
            let all = files.clone();
            files.retain(chosen);
            if files.is_empty() {
                return Err(Stop::Other(self.nothing(&all)));
            }
            let mut own = manual::cues(&rules);
            own.retain(|cue| files.iter().any(|file| file.files.contains(&cue.file)));
            cues = Some(own);
        }
        let shown = Listed {
            schema: manual::SCHEMA,
            rules: rules.fingerprint().to_owned(),
            files,
            cues,
        };
        let mut output = Output::open(None, matches!(self.format, Form::Text))?;
        output.write(|out| match (self.format, &shown.cues) {
            (Form::Json, _) => {
                serde_json::to_writer_pretty(&mut *out, &shown)?;
                writeln!(out)
            }
            (Form::Text, None) => overview(&shown, folders, out),
            (Form::Text, Some(cues)) => {
                for file in &shown.files {
                    head(file, out)?;
                    let own = cues.iter().filter(|cue| file.files.contains(&cue.file));
                    list(&own.collect::<Vec<_>>(), out)?;
                    writeln!(out)?;
                }
                Ok(())
            }
        })?;
        output.finish()?;
        Ok(Outcome::Done)
    }

    fn nothing(&self, files: &[FileEntry]) -> String {
        let mut known: Vec<&str> = match self.theme {
            Some(_) => files
                .iter()
                .filter(|file| file.kind == FileKind::Theme)
                .map(|file| file.id.as_str())
                .collect(),
            None => files.iter().filter_map(|file| file.role.as_deref()).collect(),
        };
        known.sort_unstable();
        known.dedup();
        let (what, name) = match (&self.theme, &self.role) {
            (Some(theme), _) => ("theme", theme.as_str()),
            (_, role) => ("word file with the role", role.as_deref().unwrap_or_default()),
        };
        format!("there is no {what} {name}: there is {}", known.join(", "))
    }
}

fn overview(shown: &Listed, folders: &[PathBuf], out: &mut dyn Write) -> io::Result<()> {
    let sum = |of: fn(&FileEntry) -> usize| shown.files.iter().map(of).sum::<usize>();
    let off = match sum(|file| file.off) {
        0 => String::new(),
        off => format!(" ({off} more switched off)"),
    };
    writeln!(
        out,
        "rules {}: {}, {}{off}, {}",
        shown.rules,
        count(shown.files.len(), "file"),
        count(sum(|file| file.cues), "cue"),
        count(sum(|file| file.examples), "example")
    )?;
    for folder in folders {
        writeln!(out, "from {}", visible_line(&folder.display().to_string()))?;
    }
    let width = shown.files.iter().map(|file| file.id.chars().count()).max();
    let width = width.unwrap_or_default().min(40);
    for (kind, name) in [
        (FileKind::Theme, "Themes"),
        (FileKind::Words, "Words"),
        (FileKind::Letters, "Letters"),
        (FileKind::English, "English"),
        (FileKind::Standing, "Standing text"),
        (FileKind::Facts, "Facts of documents"),
    ] {
        let mut heading = Some(name);
        for file in shown.files.iter().filter(|file| file.kind == kind) {
            if let Some(name) = heading.take() {
                writeln!(out, "\n{HEADING}{name}{HEADING:#}")?;
            }
            let mut does = match (kind, &file.role, file.core) {
                (_, Some(role), _) => role.clone(),
                (_, _, Some(true)) => "core".to_owned(),
                _ => String::new(),
            };
            if let Some(rank) = file.rank {
                does += &format!(" {rank}");
            }
            writeln!(
                out,
                "  {:width$}  {does:10}  {:>4} cues {:>3} examples  {DIM}{}{DIM:#}",
                visible_line(&file.id),
                file.cues,
                file.examples,
                visible_line(&file.about)
            )?;
        }
    }
    Ok(())
}

/// The first lines about a file.
pub(super) fn head(file: &FileEntry, out: &mut dyn Write) -> io::Result<()> {
    let name = file.name.as_deref().unwrap_or_default();
    let title = if name.is_empty() { "" } else { ": " };
    writeln!(
        out,
        "{HEADING}{}{title}{}{HEADING:#}  {DIM}{}{DIM:#}",
        visible_line(&file.id),
        visible_line(name),
        visible_line(&file.files.join(", "))
    )?;
    writeln!(out, "  {}", visible_line(&file.about))?;
    let mut facts = Vec::new();
    if file.core == Some(true) {
        facts.push("a core theme".to_owned());
    }
    if let Some(role) = &file.role {
        facts.push(format!("role {role}"));
    }
    if let Some(rank) = file.rank {
        facts.push(format!("rank {rank}"));
    }
    if let Some(reach) = file.reach {
        facts.push(format!("reach {reach} words"));
    }
    if !file.yields.is_empty() {
        facts.push(format!("gives way to {}", file.yields.join(", ")));
    }
    if !file.headings.is_empty() {
        facts.push(format!("topic under {}", file.headings.join("; ")));
    }
    facts.push(count(file.cues, "cue"));
    if file.off > 0 {
        facts.push(format!("{} switched off", file.off));
    }
    facts.push(count(file.examples, "example"));
    writeln!(out, "  {}", visible_line(&facts.join(", ")))
}

/// Cues below what they do, each with its line and id.
pub(super) fn list(cues: &[&CueEntry], out: &mut dyn Write) -> io::Result<()> {
    let mut above = None;
    for cue in cues {
        let group = (cue.meaning, cue.file.as_str());
        if above != Some(group) {
            above = Some(group);
            writeln!(
                out,
                "\n  {HEADING}{}{HEADING:#}: {}  {DIM}{}{DIM:#}",
                cue.does,
                cue.meaning,
                visible_line(&cue.file)
            )?;
        }
        let off = match &cue.off_by {
            Some(by) => format!("  switched off by {by}"),
            None => String::new(),
        };
        writeln!(
            out,
            "  {:>5}  {}  {DIM}{}{DIM:#}{}",
            cue.line,
            visible_line(&cue.written),
            visible_line(&cue.id),
            visible_line(&off)
        )?;
    }
    Ok(())
}
