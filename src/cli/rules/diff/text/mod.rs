//! A difference as tables and sentences for reading.

mod figures;
mod sentences;
mod table;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use findings::diff::{Diff, Kind};
use findings::report::visible_line;

use crate::cli::labels::count;

use figures::{figures, on_gold};
use sentences::sentences;
use table::{rules, table};

const HEADING: Style = Style::new().bold();

const DIM: Style = Style::new().dimmed();

const OLD: Style = AnsiColor::Red.on_default();

const NEW: Style = AnsiColor::Green.on_default();

/// How much is shown.
pub(super) struct Options<'a> {
    /// The old rules as the call names them.
    pub(super) old: &'a str,
    /// The new rules as the call names them.
    pub(super) new: &'a str,
    /// Lines of each table.
    pub(super) top: usize,
    /// Sentences of each cue.
    pub(super) sentences: usize,
}

pub(super) fn write(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(diff, options, out)?;
    if !diff.is_empty() {
        rules(diff, options, out)?;
        let themes = diff
            .themes
            .iter()
            .map(|theme| (theme.theme.as_str(), &theme.sums));
        table("By theme", &LABELS, diff.gold.is_some(), themes, options.top, out)?;
        let documents = diff
            .by_document
            .iter()
            .map(|document| (document.document.as_str(), &document.sums));
        table(
            "By document",
            &Kind::ALL,
            diff.gold.is_some(),
            documents,
            options.top,
            out,
        )?;
        figures(diff, options, out)?;
    }
    if let Some(gold) = &diff.gold {
        on_gold(gold, out)?;
    }
    sentences(diff, options, out)
}

/// Only labels are of a theme.
const LABELS: [Kind; 3] = [Kind::Gained, Kind::Lost, Kind::Turned];

fn head(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{OLD}-{OLD:#} {} {DIM}(rules {}){DIM:#}",
        visible_line(options.old),
        diff.old_rules
    )?;
    writeln!(
        out,
        "{NEW}+{NEW:#} {} {DIM}(rules {}){DIM:#}",
        visible_line(options.new),
        diff.new_rules
    )?;
    let of = format!(
        "{} of {}",
        count(diff.sentences, "sentence"),
        count(diff.documents, "document")
    );
    if diff.is_empty() {
        return writeln!(out, "\nAll labels are the same: {of}.");
    }
    let sums = &diff.sums;
    let differ = if sums.sentences == 1 { "differs" } else { "differ" };
    writeln!(
        out,
        "\n{} of {} {differ}, in {} of {}",
        sums.sentences,
        count(diff.sentences, "sentence"),
        diff.by_document.len(),
        count(diff.documents, "document")
    )?;
    writeln!(
        out,
        "labels: {} gained, {} lost, {} turned; sentences: {} with another polarity, {} source, {} time, {} change, {} cut otherwise",
        sums.gained, sums.lost, sums.turned, sums.polarity, sums.source, sums.time, sums.change, sums.cut
    )?;
    if diff.gold.is_some() {
        writeln!(out, "on gold: {} mended, {} broken", sums.mended, sums.broken)?;
    }
    Ok(())
}
