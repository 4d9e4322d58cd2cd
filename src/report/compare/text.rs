//! For people: the visits side by side, what has changed and is more than chance, and from step to step what is new,
//! persists, was put right or has fallen silent, with both quotations.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::codebook::Polarity;
use crate::comparison::{BalanceChange, Comparison, Course, Step, ThemeStep, Verdict};
use crate::report::text::{DIM, HEADING, polarity_style};
use crate::report::visible_line;
use crate::report::visits::text::sentence;
use crate::report::whole::WholeFormat;
use crate::report::wording;
use crate::visit::{Mention, Quote};

pub(super) const FORMAT: WholeFormat<[Comparison]> = WholeFormat {
    name: "text",
    endings: &["txt"],
    about: "bars, changes and quotations, for reading",
    coloured: true,
    write,
};

/// Signs on either side of a bar.
const ROOM: usize = 6;
/// Width of a visit's column: a bar, and as much again as parts it from the next.
const COLUMN: usize = 2 * ROOM + 3;

const WARNING: Style = AnsiColor::Yellow.on_default();

fn write(comparisons: &[Comparison], out: &mut dyn Write) -> io::Result<()> {
    for (n, comparison) in comparisons.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        one(comparison, out)?;
    }
    Ok(())
}

fn one(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{HEADING}{}: {}{HEADING:#}\n",
        visible_line(&comparison.authority),
        wording::count(comparison.visits.len(), "visit")
    )?;
    for (n, visit) in comparison.visits.iter().enumerate() {
        writeln!(
            out,
            "  {}. {}, {}: {}, {}",
            n + 1,
            visit.when(),
            visible_line(&wording::kind(visit)),
            wording::count(visit.length.sentences, "sentence"),
            wording::count(visit.length.words, "word"),
        )?;
        for document in &visit.documents {
            let beside = if document.counted { "" } else { " (beside)" };
            writeln!(
                out,
                "     {DIM}{}{beside}{DIM:#}",
                visible_line(&document.document)
            )?;
        }
        for note in &visit.notes {
            writeln!(out, "     note: {}", visible_line(note))?;
        }
    }
    for warning in &comparison.warnings {
        writeln!(
            out,
            "\n  {WARNING}warning:{WARNING:#} {}",
            visible_line(&warning.message)
        )?;
    }
    writeln!(out)?;
    table(comparison, out)?;
    changes(comparison, out)?;
    for step in &comparison.steps {
        self::step(comparison, step, out)?;
    }
    typical(comparison, out)
}

fn table(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let points = || comparison.themes.iter().flat_map(|theme| &theme.points);
    let most = wording::most(points().map(|point| &point.counts));
    let names = comparison.themes.iter().map(|theme| theme.name.chars().count());
    let width = names.max().unwrap_or(0);
    write!(out, "  {:width$}", "")?;
    for visit in &comparison.visits {
        write!(out, "  {HEADING}{:^COLUMN$}{HEADING:#}", visit.when_short())?;
    }
    writeln!(out)?;
    for theme in &comparison.themes {
        write!(out, "  {:width$}", visible_line(&theme.name))?;
        for point in &theme.points {
            let (left, right) = wording::bar(&point.counts, most, ROOM);
            let (concern, strength) = (
                polarity_style(Polarity::Concern),
                polarity_style(Polarity::Strength),
            );
            match point.mention {
                Mention::NotMentioned => write!(out, "  {:COLUMN$}", "")?,
                Mention::NotJudged => write!(out, "  {DIM}{:^COLUMN$}{DIM:#}", "·")?,
                Mention::Judged => {
                    let room = ROOM + 1;
                    write!(
                        out,
                        "  {concern}{left:>room$}{concern:#}|{strength}{right:room$}{strength:#}"
                    )?;
                }
            }
        }
        let last = theme.overall.as_ref().or(theme.changes.last());
        match last.filter(|change| change.verdict != Verdict::NotShown) {
            Some(change) => writeln!(out, "  {}", verdict(change))?,
            None => writeln!(out)?,
        }
    }
    let scale = if most > ROOM {
        format!("; {ROOM} signs stand for {most} sentences")
    } else {
        String::new()
    };
    writeln!(
        out,
        "  {DIM}- concerns, + strengths{scale}; · mentioned, not judged; empty: not mentioned{DIM:#}\n"
    )
}

fn verdict(change: &BalanceChange) -> String {
    let style = match change.verdict {
        Verdict::Better => polarity_style(Polarity::Strength),
        Verdict::Worse => polarity_style(Polarity::Concern),
        Verdict::NotShown => DIM,
    };
    format!("{style}{}{style:#}", wording::verdict(change.verdict))
}

fn changes(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "  {HEADING}Changes of balance that are more than chance{HEADING:#}"
    )?;
    let when = |n: usize| comparison.visits[n].when_short();
    let (mut shown, mut hold) = (0, 0);
    for theme in &comparison.themes {
        for change in theme.changes.iter().chain(&theme.overall) {
            if change.verdict == Verdict::NotShown {
                continue;
            }
            shown += 1;
            hold += usize::from(change.holds_among_all);
            writeln!(
                out,
                "    {} {} from {} to {}: {}{}",
                visible_line(&theme.name),
                verdict(change),
                when(change.from),
                when(change.to),
                wording::change(change),
                if change.holds_among_all {
                    ", also with all taken together"
                } else {
                    ""
                },
            )?;
        }
    }
    let chance = wording::chance(
        comparison.changes_tested,
        shown,
        hold,
        comparison.expected_by_chance,
    );
    writeln!(out, "    {DIM}{chance}{DIM:#}\n")
}

fn step(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let when = |n: usize| comparison.visits[n].when();
    writeln!(
        out,
        "  {HEADING}From {} to {}{HEADING:#}",
        when(step.from),
        when(step.to)
    )?;
    for (course, heading) in wording::COURSES {
        let themes: Vec<&ThemeStep> = step
            .themes
            .iter()
            .filter(|theme| theme.course == *course)
            .collect();
        if themes.is_empty() {
            continue;
        }
        if wording::named_only(*course) {
            let names: Vec<_> = themes.iter().map(|theme| wording::with_sign(theme)).collect();
            writeln!(out, "    {heading}: {}", visible_line(&names.join(", ")))?;
            continue;
        }
        writeln!(out, "    {heading}")?;
        for theme in themes {
            self::theme(comparison, step, theme, out)?;
        }
    }
    met(comparison, step, out)?;
    moved(comparison, step, out)?;
    writeln!(out)
}

fn theme(comparison: &Comparison, step: &Step, theme: &ThemeStep, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "      {}{DIM}{}{DIM:#}",
        visible_line(&theme.name),
        wording::since(comparison, step, theme)
    )?;
    if let (Some(before), Some(since)) = (&theme.before, theme.since) {
        quoted(comparison, "then", before, since, out)?;
    }
    if let Some(now) = &theme.now {
        quoted(comparison, "now", now, step.to, out)?;
    }
    Ok(())
}

fn quoted(
    comparison: &Comparison,
    label: &str,
    quote: &Quote,
    visit: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "        {DIM}{label:7}{DIM:#}")?;
    sentence(quote, wording::counted(&comparison.visits[visit]), "", out)
}

/// Concerns of earlier visits that are met now, also where others of the theme persist.
fn met(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let met = |theme: &&ThemeStep| !theme.met.is_empty() && theme.course != Course::PutRight;
    let themes: Vec<&ThemeStep> = step.themes.iter().filter(met).collect();
    if !themes.is_empty() {
        writeln!(out, "    Met in part")?;
    }
    for theme in themes {
        writeln!(
            out,
            "      {}{DIM}{}{DIM:#}",
            visible_line(&theme.name),
            wording::since(comparison, step, theme)
        )?;
        for met in &theme.met {
            quoted(
                comparison,
                "then",
                &met.concern,
                theme.since.unwrap_or(step.from),
                out,
            )?;
            quoted(comparison, "met by", &met.by, step.to, out)?;
        }
    }
    Ok(())
}

/// What the inspectors themselves say has moved.
fn moved(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let documents = wording::counted(&comparison.visits[step.to]);
    let mut first = true;
    for (what, quotes) in [
        (
            "improved",
            (|theme: &ThemeStep| &theme.improved) as fn(&ThemeStep) -> &Vec<Quote>,
        ),
        ("declined", |theme| &theme.declined),
        ("unchanged", |theme| &theme.unchanged),
    ] {
        // A sentence about several themes is told once.
        let mut told: Vec<&str> = Vec::new();
        for quote in step.themes.iter().filter_map(|theme| quotes(theme).first()) {
            if told.contains(&quote.id.as_str()) {
                continue;
            }
            told.push(&quote.id);
            if first {
                writeln!(out, "    The inspectors themselves say")?;
                first = false;
            }
            write!(out, "      {DIM}{what:10}{DIM:#}")?;
            sentence(quote, documents, "", out)?;
        }
    }
    Ok(())
}

fn typical(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {HEADING}Words most typical of each visit{HEADING:#}")?;
    for (visit, words) in comparison.visits.iter().zip(&comparison.typical) {
        let words: Vec<_> = words.iter().map(|word| visible_line(&word.word)).collect();
        let words = if words.is_empty() {
            "none stands out".to_owned()
        } else {
            words.join(", ")
        };
        writeln!(out, "    {}: {words}", visit.when())?;
    }
    Ok(())
}
