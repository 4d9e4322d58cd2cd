//! Tables of sums.

use std::io::{self, Write};

use findings::diff::{Diff, Kind, RuleSum, SeenBy, Sums};
use findings::report::visible_line;

use super::{DIM, HEADING, Options};

pub(super) fn mark(rule: &RuleSum) -> &'static str {
    match rule.seen_by {
        Some(SeenBy::New) => "+ ",
        Some(SeenBy::Old) => "- ",
        Some(SeenBy::Both) | None => "  ",
    }
}

pub(super) fn title(rule: &RuleSum) -> String {
    let name = rule.rule.as_deref().map_or("(no cue)".into(), visible_line);
    format!("{}{name}", mark(rule))
}

pub(super) fn rules(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    let titles: Vec<String> = diff.rules.iter().map(title).collect();
    let lines = titles
        .iter()
        .map(String::as_str)
        .zip(diff.rules.iter().map(|rule| &rule.sums));
    table("By cue", &Kind::ALL, diff.gold.is_some(), lines, options.top, out)?;
    writeln!(
        out,
        "  {DIM}+ seen by the new rules only, - by the old ones only{DIM:#}"
    )
}

/// A table of sums: kinds that nothing moved are left out.
pub(super) fn table<'a>(
    heading: &str,
    kinds: &[Kind],
    gold: bool,
    lines: impl Iterator<Item = (&'a str, &'a Sums)>,
    top: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lines: Vec<(String, &Sums)> = lines
        .map(|(name, sums)| (visible_line(name).into(), sums))
        .collect();
    if lines.is_empty() || top == 0 {
        return Ok(());
    }
    let kinds: Vec<Kind> = kinds
        .iter()
        .copied()
        .filter(|kind| lines.iter().any(|(_, sums)| sums.of(*kind) > 0))
        .collect();
    let shown = &lines[..lines.len().min(top)];
    let width = shown
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        .max(heading.len());
    writeln!(out)?;
    write!(
        out,
        "{HEADING}{heading}{HEADING:#}{}",
        " ".repeat(width + 2 - heading.len())
    )?;
    for kind in &kinds {
        write!(out, "{:>10}", kind.name())?;
    }
    if gold {
        write!(out, "{:>10}{:>10}", "mended", "broken")?;
    }
    writeln!(out)?;
    for (name, sums) in shown {
        write!(out, "  {name}{}", " ".repeat(width - name.chars().count()))?;
        for kind in &kinds {
            write!(out, "{:>10}", sums.of(*kind))?;
        }
        if gold {
            write!(out, "{:>10}{:>10}", sums.mended, sums.broken)?;
        }
        writeln!(out)?;
    }
    more(lines.len() - shown.len(), "more", out)
}

pub(super) fn more(number: usize, thing: &str, out: &mut dyn Write) -> io::Result<()> {
    if number > 0 {
        writeln!(out, "  {DIM}and {number} {thing}{DIM:#}")?;
    }
    Ok(())
}
