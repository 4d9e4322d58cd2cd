//! An explanation in plain words, for the terminal.
//!
//! In: [`Explanation`]s. Out: text. Only how it looks is decided here.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::visible_line;
use crate::codebook::{Polarity, Tone, Via};
use crate::explain::{CueSeen, Decided, Explanation};
use crate::label::Fate;
use crate::row::Row;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Writes one explanation; with a theme, only what concerns it.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn explained(explanation: &Explanation, theme: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let row = &explanation.sentence;
    writeln!(out, "{HEADING}{}{HEADING:#}", visible_line(&place(row)))?;
    writeln!(out, "  {}", visible_line(&row.text))?;
    if explanation.clauses.len() > 1 {
        for (n, clause) in (1..).zip(&explanation.clauses) {
            let contrast = if clause.contrast { ", in contrast" } else { "" };
            writeln!(
                out,
                "  {DIM}clause {n}{contrast}: {}{DIM:#}",
                visible_line(&clause.text)
            )?;
        }
    }
    writeln!(out)?;
    why(explanation, theme, out)?;
    writeln!(out)
}

/// Writes what an explanation says of its sentence, without the sentence itself.
///
/// # Errors
/// Where `out` cannot be written to.
pub(super) fn why(explanation: &Explanation, theme: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let row = &explanation.sentence;
    writeln!(out, "  {}: {}", style(row.polarity), decided(explanation))?;
    writeln!(
        out,
        "  said by: {}; holds: {}; change: {}",
        row.source, row.time, row.change
    )?;
    let labels = row
        .labels
        .iter()
        .filter(|label| theme.is_none_or(|theme| theme == label.theme));
    let mut any = false;
    for label in labels {
        any = true;
        let tone = match label.polarity {
            Tone::Strength => "strength",
            Tone::Concern => "concern",
            Tone::Neutral => "named, not judged",
        };
        writeln!(
            out,
            "\n  {HEADING}{}{HEADING:#}: {tone}, because of",
            visible_line(&label.theme)
        )?;
        for evidence in &label.evidence {
            let from = match evidence.via {
                Via::Clause => "",
                Via::Sentence => ", elsewhere in the sentence",
                Via::Paragraph => ", earlier in the paragraph",
                Via::Section => ", the heading",
            };
            writeln!(
                out,
                "    “{}”  {DIM}{}{from}{DIM:#}",
                visible_line(&evidence.text),
                visible_line(&evidence.rule)
            )?;
        }
    }
    if !any {
        writeln!(out, "\n  {}", visible_line(&unlabelled(explanation, theme)))?;
    }
    let of_theme = |cue: &CueSeen| {
        theme.is_none_or(|theme| {
            cue.rule.split('/').next() == Some(theme) || !matches!(cue.does.as_str(), "theme" | "hint")
        })
    };
    let mut heading = "\n  What else stands there, and why it made no label:";
    for cue in explanation.cues.iter().filter(|cue| of_theme(cue)) {
        let Some(reason) = reason(cue) else { continue };
        if !heading.is_empty() {
            writeln!(out, "{heading}")?;
            heading = "";
        }
        writeln!(
            out,
            "    “{}”  {DIM}{} ({}){DIM:#}: {}",
            visible_line(&cue.text),
            visible_line(&cue.rule),
            cue.does,
            visible_line(&reason)
        )?;
    }
    Ok(())
}

fn place(row: &Row) -> String {
    let mut place = format!("{}, sentence {}", row.document, row.sentence);
    if let Some(page) = row.page {
        place += &format!(", page {page}");
    }
    if let Some(paragraph) = &row.paragraph {
        place += &format!(", paragraph {paragraph}");
    }
    match &row.section {
        Some(section) => place + &format!(", under “{section}”"),
        None => place + ", under no heading",
    }
}

fn style(polarity: Polarity) -> String {
    let style = match polarity {
        Polarity::Strength => AnsiColor::Green.on_default(),
        Polarity::Concern => AnsiColor::Red.on_default(),
        Polarity::Mixed => AnsiColor::Yellow.on_default(),
        Polarity::Neutral => Style::new(),
    };
    format!("{style}{polarity}{style:#}")
}

fn decided(explanation: &Explanation) -> &'static str {
    match explanation.decided_by {
        Decided::Words => "its own words praise or criticise",
        Decided::Section => "the section decides; no word of its own praises or criticises",
        Decided::NothingJudged => "its words say that nothing is judged, or tell of a plan only",
        Decided::Method => "the section tells what was looked at, not what was found",
        Decided::NoWords => "no word of praise or criticism speaks",
    }
}

/// Why a sentence has no label, or none of a theme.
fn unlabelled(explanation: &Explanation, theme: Option<&str>) -> String {
    let names = |cue: &&CueSeen| {
        matches!(
            cue.does.as_str(),
            "theme" | "hint" | "theme, strength" | "theme, concern"
        )
    };
    let own = |cue: &&CueSeen| theme.is_none_or(|theme| cue.rule.split('/').next() == Some(theme));
    let what = match theme {
        Some(theme) => format!("no label {theme}"),
        None => "no label".to_owned(),
    };
    match explanation.cues.iter().filter(names).find(own) {
        None => format!(
            "{what}: no word of the sentence names {}, nor does its paragraph or heading",
            if theme.is_some() { "it" } else { "a theme" }
        ),
        Some(cue) => format!(
            "{what}: “{}” ({}) named it, but {}",
            cue.text,
            cue.rule,
            reason(cue).unwrap_or_else(|| "the sentence judges something else".to_owned())
        ),
    }
}

/// Why a cue made no label by itself; `None` where it did.
fn reason(cue: &CueSeen) -> Option<String> {
    let by = cue.by.as_deref().unwrap_or("another cue");
    Some(match cue.fate {
        Fate::Spoke | Fate::Framed | Fate::Structure => return None,
        Fate::Turned => format!("turned by {by}"),
        Fate::Longer => format!("a longer cue stands over it, {by}"),
        Fate::Exempt => format!("only looks like it: the exemption {by}"),
        Fate::NotNear => "judges only where its theme is named in the same clause".to_owned(),
        Fate::Hint => "only a hint, and the sentence names another theme".to_owned(),
        Fate::Yields => format!("its theme gives way to that of {by}"),
        Fate::OutOfReach => match (cue.words_away, cue.reach) {
            (Some(away), Some(reach)) if away > usize::from(reach) => {
                format!("reaches {reach} words, and the nearest thing to act on is {away} away")
            }
            _ => "nothing stands in its clause on which it could act".to_owned(),
        },
        Fate::NeedsMovement => "says nothing by itself: it needs a rise or a fall".to_owned(),
        Fate::Governed => format!("governed by {by}: what needs to be is not"),
        Fate::TakenAlong => format!("taken along by the negation {by}"),
        Fate::Circumstance => "tells the circumstances of a child or a case".to_owned(),
        Fate::BesideNeutral => "a mild word beside words that say that nothing is judged".to_owned(),
        Fate::Plan => "only a plan is told".to_owned(),
        Fate::Outranked => {
            "stronger words of the same stretch decide, or a concern of the same strength".to_owned()
        }
        Fate::Section => "the section decides, whatever the words".to_owned(),
        Fate::FrameRuledOut => "the sentence's polarity or a stronger word rules it out".to_owned(),
    })
}
