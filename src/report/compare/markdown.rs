//! Markdown: tables and quotations ready to paste.

use std::io::{self, Write};

use crate::comparison::{Comparison, Course, Step, ThemeStep, Verdict};
use crate::report::markdown::{cell, quotation};
use crate::report::whole::WholeFormat;
use crate::report::wording::{self, NOTHING};
use crate::visit::{Mention, Quote};

pub(super) const FORMAT: WholeFormat<[Comparison]> = WholeFormat {
    name: "markdown",
    endings: &["md", "markdown"],
    about: "tables and quotations, ready to paste",
    coloured: false,
    write,
};

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
        "## {}: {}\n",
        cell(&comparison.authority),
        wording::count(comparison.visits.len(), "visit")
    )?;
    for warning in &comparison.warnings {
        writeln!(out, "*Warning: {}*\n", cell(&warning.message))?;
    }
    writeln!(
        out,
        "| visit | | documents | sentences | words | rules |\n|---|---|---|--:|--:|---|"
    )?;
    for visit in &comparison.visits {
        let documents: Vec<String> = visit
            .documents
            .iter()
            .map(|document| {
                let beside = if document.counted { "" } else { " (beside)" };
                format!("{}{beside}", cell(&document.document))
            })
            .collect();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            visit.when(),
            cell(&wording::kind(visit)),
            documents.join("; "),
            visit.length.sentences,
            visit.length.words,
            cell(&visit.rules.join(" ")),
        )?;
    }
    for note in comparison.visits.iter().flat_map(|visit| &visit.notes) {
        writeln!(out, "\n*Note: {}*", cell(note))?;
    }
    table(comparison, out)?;
    changes(comparison, out)?;
    for step in &comparison.steps {
        self::step(comparison, step, out)?;
    }
    typical(comparison, out)
}

/// Strengths and concerns, and the balance, at each visit.
fn table(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### Balance by theme and visit\n")?;
    write!(out, "| theme |")?;
    for visit in &comparison.visits {
        write!(out, " {} |", visit.when())?;
    }
    write!(out, "\n|---|")?;
    for _ in &comparison.visits {
        write!(out, "---|")?;
    }
    writeln!(out)?;
    for theme in &comparison.themes {
        write!(out, "| {} |", cell(&theme.name))?;
        for point in &theme.points {
            match point.mention {
                Mention::NotMentioned => write!(out, " {NOTHING} |")?,
                Mention::NotJudged => write!(out, " not judged |")?,
                Mention::Judged => {
                    let counts = &point.counts;
                    let mixed = if counts.mixed > 0 {
                        format!(" {} mixed", counts.mixed)
                    } else {
                        String::new()
                    };
                    write!(
                        out,
                        " {} + {} −{mixed}; {} |",
                        counts.strength,
                        counts.concern,
                        wording::balance(point.balance.as_ref()),
                    )?;
                }
            }
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "\n\\+ strengths, − concerns; balance (S − C) / (S + C) with its 95 % interval; {NOTHING} not mentioned."
    )
}

fn changes(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### Changes of balance that are more than chance\n")?;
    let when = |n: usize| comparison.visits[n].when();
    let all = comparison.themes.iter().flat_map(|theme| {
        theme
            .changes
            .iter()
            .chain(&theme.overall)
            .map(move |change| (theme, change))
    });
    let shown: Vec<_> = all
        .filter(|(_, change)| change.verdict != Verdict::NotShown)
        .collect();
    if !shown.is_empty() {
        writeln!(
            out,
            "| theme | from | to | | change (95 % interval) | p | holds with all taken together |\n|---|---|---|---|---|--:|---|"
        )?;
    }
    for (theme, change) in &shown {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {:.3} | {} |",
            cell(&theme.name),
            when(change.from),
            when(change.to),
            wording::verdict(change.verdict),
            wording::change(change),
            change.p,
            if change.holds_among_all { "yes" } else { "no" },
        )?;
    }
    let hold = shown.iter().filter(|(_, change)| change.holds_among_all).count();
    writeln!(
        out,
        "{}{}",
        if shown.is_empty() { "" } else { "\n" },
        wording::chance(
            comparison.changes_tested,
            shown.len(),
            hold,
            comparison.expected_by_chance
        )
    )
}

fn step(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let when = |n: usize| comparison.visits[n].when();
    writeln!(out, "\n### From {} to {}", when(step.from), when(step.to))?;
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
            let names: Vec<String> = themes
                .iter()
                .map(|theme| cell(&wording::with_sign(theme)))
                .collect();
            writeln!(out, "\n{heading}: {}.", names.join(", "))?;
            continue;
        }
        writeln!(out, "\n#### {heading}")?;
        for theme in themes {
            name(comparison, step, theme, out)?;
            if let (Some(before), Some(since)) = (&theme.before, theme.since) {
                quoted(comparison, "Then", before, since, out)?;
            }
            if let Some(now) = &theme.now {
                quoted(comparison, "Now", now, step.to, out)?;
            }
        }
    }
    met(comparison, step, out)?;
    moved(comparison, step, out)
}

fn name(comparison: &Comparison, step: &Step, theme: &ThemeStep, out: &mut dyn Write) -> io::Result<()> {
    let since = wording::since(comparison, step, theme);
    writeln!(out, "\n**{}**{}\n", cell(&theme.name), cell(&since))
}

fn quoted(
    comparison: &Comparison,
    label: &str,
    quote: &Quote,
    visit: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let visit = &comparison.visits[visit];
    writeln!(out, "{label}, {}:\n", visit.when())?;
    quotation(quote, wording::counted(visit), out)
}

/// Concerns of earlier visits that are met now, also where others of the theme persist.
fn met(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let met = |theme: &&ThemeStep| !theme.met.is_empty() && theme.course != Course::PutRight;
    let themes: Vec<&ThemeStep> = step.themes.iter().filter(met).collect();
    if !themes.is_empty() {
        writeln!(out, "\n#### Met in part")?;
    }
    for theme in themes {
        name(comparison, step, theme, out)?;
        for met in &theme.met {
            quoted(
                comparison,
                "Then",
                &met.concern,
                theme.since.unwrap_or(step.from),
                out,
            )?;
            quoted(comparison, "Met by", &met.by, step.to, out)?;
        }
    }
    Ok(())
}

fn moved(comparison: &Comparison, step: &Step, out: &mut dyn Write) -> io::Result<()> {
    let documents = wording::counted(&comparison.visits[step.to]);
    for (what, quotes) in [
        (
            "improved",
            (|theme: &ThemeStep| &theme.improved) as fn(&ThemeStep) -> &Vec<Quote>,
        ),
        ("declined", |theme| &theme.declined),
        ("unchanged", |theme| &theme.unchanged),
    ] {
        let mut told: Vec<&str> = Vec::new();
        for quote in step.themes.iter().filter_map(|theme| quotes(theme).first()) {
            if told.contains(&quote.id.as_str()) {
                continue;
            }
            if told.is_empty() {
                writeln!(out, "\n#### The inspectors themselves say: {what}\n")?;
            }
            told.push(&quote.id);
            quotation(quote, documents, out)?;
        }
    }
    Ok(())
}

fn typical(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### Words most typical of each visit\n")?;
    writeln!(out, "| visit | words (here, elsewhere) |\n|---|---|")?;
    for (visit, words) in comparison.visits.iter().zip(&comparison.typical) {
        let words: Vec<String> = words
            .iter()
            .map(|word| format!("{} ({}, {})", cell(&word.word), word.here, word.elsewhere))
            .collect();
        let words = if words.is_empty() {
            NOTHING.to_owned()
        } else {
            words.join(", ")
        };
        writeln!(out, "| {} | {words} |", visit.when())?;
    }
    Ok(())
}
