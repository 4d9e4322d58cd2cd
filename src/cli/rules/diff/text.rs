//! A difference as tables and sentences for reading.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use findings::bootstrap::Estimate;
use findings::diff::{Changed, Diff, Figures, Kind, Move, OnGold, RuleSum, Said, SeenBy, Sums};
use findings::eval::Paired;
use findings::report::visible_line;

use super::super::super::labels::{count, estimate, method};

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

fn mark(rule: &RuleSum) -> &'static str {
    match rule.seen_by {
        Some(SeenBy::New) => "+ ",
        Some(SeenBy::Old) => "- ",
        Some(SeenBy::Both) | None => "  ",
    }
}

fn title(rule: &RuleSum) -> String {
    let name = rule.rule.as_deref().map_or("(no cue)".into(), visible_line);
    format!("{}{name}", mark(rule))
}

fn rules(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
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
fn table<'a>(
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

fn more(number: usize, thing: &str, out: &mut dyn Write) -> io::Result<()> {
    if number > 0 {
        writeln!(out, "  {DIM}and {number} {thing}{DIM:#}")?;
    }
    Ok(())
}

fn figures(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    if diff.figures.is_empty() || options.top == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{HEADING}Figures that move{HEADING:#} {DIM}(sentences of the inspectors on the time of the visit; balance is (S − C) / (S + C)){DIM:#}"
    )?;
    let shown = &diff.figures[..diff.figures.len().min(options.top)];
    let mut document = "";
    for moved in shown {
        if moved.document != document {
            document = &moved.document;
            writeln!(out, "  {}", visible_line(document))?;
        }
        let number = |old: usize, new: usize| {
            if old == new {
                old.to_string()
            } else {
                format!("{old} → {new}")
            }
        };
        let (old, new) = (&moved.old, &moved.new);
        writeln!(
            out,
            "    {:<20} strength {:<10} concern {:<10} mixed {:<10} balance {}",
            visible_line(&moved.theme),
            number(old.strength, new.strength),
            number(old.concern, new.concern),
            number(old.mixed, new.mixed),
            balances(old, new)
        )?;
    }
    more(diff.figures.len() - shown.len(), "more", out)
}

fn balances(old: &Figures, new: &Figures) -> String {
    let balance = |figures: &Figures| {
        figures
            .balance
            .map_or("-".to_owned(), |balance| format!("{balance:+.2}"))
    };
    if old.balance == new.balance {
        return balance(old);
    }
    format!("{} → {}", balance(old), balance(new))
}

fn on_gold(gold: &Paired, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{HEADING}On gold{HEADING:#} {DIM}({} of {}){DIM:#}",
        count(gold.sentences, "sentence"),
        count(gold.documents, "document")
    )?;
    writeln!(out, "  {:<18}{:>6}{:>8}   difference", "", "old", "new")?;
    let value = |estimate: Estimate| {
        estimate
            .value
            .map_or("-".to_owned(), |value| format!("{value:.3}"))
    };
    for figure in &gold.figures {
        writeln!(
            out,
            "  {:<18}{:>6}{:>8}   {}",
            figure.name,
            value(figure.old),
            value(figure.new),
            estimate(figure.difference)
        )?;
    }
    writeln!(
        out,
        "  {DIM}{} The same documents are drawn for old and new.{DIM:#}",
        method(&gold.intervals)
    )
}

fn sentences(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    if options.sentences == 0 || options.top == 0 || diff.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEADING}Sentences{HEADING:#}")?;
    for rule in diff.rules.iter().take(options.top) {
        writeln!(out, "\n  {HEADING}{}{HEADING:#}", title(rule))?;
        let places = &rule.changed[..rule.changed.len().min(options.sentences)];
        for one in places.iter().filter_map(|&place| diff.changed.get(place)) {
            sentence(one, rule, out)?;
        }
        let left = rule.changed.len() - places.len();
        if left > 0 {
            writeln!(out, "    {DIM}and {}{DIM:#}", count(left, "more sentence"))?;
        }
    }
    Ok(())
}

/// Where a sentence stands, in a few words.
fn place(document: &str, said: &Said) -> String {
    let mut place = visible_line(document).into_owned();
    if let Some(page) = said.page {
        place += &format!(", page {page}");
    }
    match &said.paragraph {
        Some(paragraph) => place += &format!(", paragraph {}", visible_line(paragraph)),
        None => place += &format!(", sentence {}", said.sentence),
    }
    place
}

fn sentence(one: &Changed, rule: &RuleSum, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = one.new.first().or(one.old.first()) else {
        return Ok(());
    };
    writeln!(out, "    {DIM}{}{DIM:#}", place(&one.document, first))?;
    let cut = one.old.len() != 1 || one.new.len() != 1;
    if cut {
        for (style, mark, said) in [(OLD, "-", &one.old), (NEW, "+", &one.new)] {
            for said in said {
                writeln!(out, "      {style}{mark}{style:#} {}", visible_line(&said.text))?;
            }
        }
    } else {
        writeln!(out, "      {}", visible_line(&first.text))?;
    }
    let own = one
        .moves
        .iter()
        .filter(|moved| moved.rule == rule.rule && moved.seen_by == rule.seen_by);
    let own: Vec<String> = own.map(what).collect();
    writeln!(out, "      {}", own.join("; "))
}

fn what(moved: &Move) -> String {
    let theme = moved.theme.as_deref().map(visible_line).unwrap_or_default();
    let (old, new) = (
        moved.old.as_deref().unwrap_or("none"),
        moved.new.as_deref().unwrap_or("none"),
    );
    let said = match moved.kind {
        Kind::Gained => format!("{NEW}gained{NEW:#} {theme}:{new}"),
        Kind::Lost => format!("{OLD}lost{OLD:#} {theme}:{old}"),
        Kind::Turned => format!("turned {theme}: {old} → {new}"),
        Kind::Cut => format!("cut otherwise: {old} → {new}"),
        kind => format!("{}: {old} → {new}", kind.name()),
    };
    match moved.on_gold {
        Some(OnGold::Mended) => format!("{said} {DIM}(mended){DIM:#}"),
        Some(OnGold::Broken) => format!("{said} {DIM}(broken){DIM:#}"),
        _ => said,
    }
}
