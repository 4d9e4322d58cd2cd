//! For people: each group's themes with bars, and how far the labels behind them are right.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::codebook::Polarity;
use crate::comparison::{Group, Grouping};
use crate::report::text::{DIM, HEADING, polarity_style};
use crate::report::visible_line;
use crate::report::whole::WholeFormat;
use crate::report::wording;

pub(super) const FORMAT: WholeFormat<Grouping> = WholeFormat {
    name: "text",
    endings: &["txt"],
    about: "bars by group and theme, for reading",
    coloured: true,
    write,
};

/// Signs on either side of a bar.
const ROOM: usize = 12;
const WARNING: Style = AnsiColor::Yellow.on_default();

fn write(grouping: &Grouping, out: &mut dyn Write) -> io::Result<()> {
    for warning in &grouping.warnings {
        writeln!(
            out,
            "{WARNING}warning:{WARNING:#} {}\n",
            visible_line(&warning.message)
        )?;
    }
    writeln!(
        out,
        "{}\n",
        visible_line(&wording::label_error(grouping.error.as_ref()))
    )?;
    for group in &grouping.groups {
        one(group, out)?;
    }
    let visits: usize = grouping.groups.iter().map(|group| group.visits.len()).sum();
    writeln!(
        out,
        "{} in {} by {}",
        wording::count(visits, "visit"),
        wording::count(grouping.groups.len(), "group"),
        grouping.by.name()
    )
}

fn one(group: &Group, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{HEADING}{}{HEADING:#}  {}, {}, {}",
        visible_line(&wording::spaced(group.key.as_deref().unwrap_or("unknown"))),
        wording::count(group.visits.len(), "visit"),
        wording::count(group.length.sentences, "sentence"),
        wording::count(group.length.words, "word"),
    )?;
    let heard: Vec<_> = group.themes.iter().filter(|theme| theme.judged_at > 0).collect();
    let width = heard
        .iter()
        .map(|theme| theme.name.chars().count())
        .max()
        .unwrap_or(0);
    let most = wording::most(heard.iter().map(|theme| &theme.counts));
    let (concern, strength) = (
        polarity_style(Polarity::Concern),
        polarity_style(Polarity::Strength),
    );
    writeln!(
        out,
        "  {:width$}  {concern}{:>ROOM$}{concern:#} {strength}{:ROOM$}{strength:#}  {DIM}    +    -    ±  visits  concern at  label precision, recall  balance, 95% interval{DIM:#}",
        "", "concerns", "strengths"
    )?;
    for theme in heard {
        let (left, right) = wording::bar(&theme.counts, most, ROOM);
        let counts = &theme.counts;
        writeln!(
            out,
            "  {:width$}  {concern}{left:>ROOM$}{concern:#}|{strength}{right:ROOM$}{strength:#}  {:>5}{:>5}{:>5}{:>8}{:>12}{:>25}  {}",
            visible_line(&theme.name),
            counts.strength,
            counts.concern,
            counts.mixed,
            theme.judged_at,
            theme.concern_at,
            wording::theme_error(theme.error.as_ref()),
            wording::balance(theme.balance.as_ref()),
        )?;
    }
    writeln!(out)
}
