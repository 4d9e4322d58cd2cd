//! Suggestions for reading.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use findings::eval::Paired;
use findings::report::visible_line;
use findings::suggest::{List, Sample, Suggestion, Suggestions};

use crate::cli::labels::{count, method};
use crate::cli::rules::paired;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const MENDS: Style = AnsiColor::Green.on_default();
const BREAKS: Style = AnsiColor::Red.on_default();

/// Phrases that mend the same and are named.
const INSTEAD: usize = 3;

pub(super) fn write(found: &Suggestions, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{} in {} of {} {DIM}(rules {}){DIM:#}",
        count(found.errors, "error"),
        count(found.sentences, "gold sentence"),
        count(found.documents, "document"),
        found.rules
    )?;
    writeln!(
        out,
        "{} tried; phrases counted in {} of {}",
        count(found.tried, "candidate"),
        count(found.corpus.sentences, "sentence"),
        count(found.corpus.documents, "document")
    )?;
    if found.suggestions.is_empty() {
        writeln!(
            out,
            "\nNothing to suggest: no candidate mends enough, in enough documents, to be more than chance."
        )?;
        return Ok(());
    }
    for (number, suggestion) in (1..).zip(&found.suggestions) {
        writeln!(out)?;
        one(number, suggestion, out)?;
    }
    figures(
        "All of them together, on the documents that they come from",
        &found.together,
        out,
    )?;
    if let Some(held_out) = &found.held_out {
        figures(
            "On documents left out: each by what was chosen without it",
            &held_out.figures,
            out,
        )?;
        let chosen: Vec<String> = held_out.chosen.iter().map(usize::to_string).collect();
        writeln!(
            out,
            "  {DIM}{} parts; chosen without each: {}.{DIM:#}",
            held_out.folds,
            chosen.join(", ")
        )?;
    }
    Ok(())
}

fn one(number: usize, suggestion: &Suggestion, out: &mut dyn Write) -> io::Result<()> {
    let phrase = visible_line(&suggestion.phrase);
    let what = match suggestion.list {
        List::Off => format!("switch off {HEADING}{phrase}{HEADING:#}"),
        List::Demote => format!("make a hint of {HEADING}{phrase}{HEADING:#}"),
        list => format!("{} += {HEADING}\"{phrase}\"{HEADING:#}", list.key()),
    };
    writeln!(out, "{number:>3}. {}: {what}", visible_line(&suggestion.file))?;
    write!(
        out,
        "     mends {} in {}, breaks {}; {:+.1} documents better at least",
        count(suggestion.mended, "error"),
        count(suggestion.documents, "document"),
        suggestion.broken,
        suggestion.surplus
    )?;
    if suggestion.own < suggestion.mended {
        write!(out, "; {} not mended above", suggestion.own)?;
    }
    writeln!(out)?;
    let held_out = &suggestion.held_out;
    write!(
        out,
        "     {DIM}chosen without {}, and there mends {} and breaks {}",
        count(held_out.folds, "part"),
        held_out.mended,
        held_out.broken
    )?;
    if let Some(stands_in) = suggestion.stands_in {
        write!(
            out,
            "; stands in {} of {}",
            count(stands_in.sentences, "sentence"),
            count(stands_in.documents, "document")
        )?;
    }
    writeln!(out, "{DIM:#}")?;
    samples(MENDS, "+", &suggestion.mends, out)?;
    samples(BREAKS, "-", &suggestion.breaks, out)?;
    if !suggestion.instead.is_empty() {
        let shown: Vec<_> = suggestion
            .instead
            .iter()
            .take(INSTEAD)
            .map(|other| visible_line(other))
            .collect();
        let more = suggestion.instead.len() - shown.len();
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        writeln!(
            out,
            "     {DIM}mend mostly the same: {}{more}{DIM:#}",
            shown.join("; ")
        )?;
    }
    Ok(())
}

fn samples(style: Style, mark: &str, samples: &[Sample], out: &mut dyn Write) -> io::Result<()> {
    for sample in samples {
        writeln!(
            out,
            "     {style}{mark}{style:#} {DIM}{}{DIM:#} {}",
            visible_line(&sample.id),
            visible_line(&sample.text)
        )?;
        writeln!(
            out,
            "       {DIM}{}{DIM:#}",
            visible_line(&sample.errors.join("; "))
        )?;
    }
    Ok(())
}

fn figures(heading: &str, paired: &Paired, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{HEADING}{heading}{HEADING:#}")?;
    paired::table(paired, out)?;
    writeln!(out, "  {DIM}{}{DIM:#}", method(&paired.intervals))
}
