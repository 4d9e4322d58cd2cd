//! An explanation in plain words, for the terminal.
//!
//! In: [`Explanation`]s. Out: text. Only how it looks is decided here.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::visible_line;
use crate::codebook::{Polarity, Tone, Via};
use crate::explain::{CueSeen, Explanation, Framed, ThemeSeen};
use crate::label::Fate;
use crate::row::{Label, Row};

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
            let text = visible_line(&clause.text);
            writeln!(out, "  {DIM}clause {n}{contrast}: {text}{DIM:#}")?;
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
    writeln!(
        out,
        "  {}: {}",
        style(row.polarity),
        visible_line(&explanation.decisive.words)
    )?;
    let frame = &explanation.frame;
    let framed = |name: &str, value: &dyn Display, framed: &Framed| {
        if framed.words.is_empty() {
            format!("{name}: {value}")
        } else {
            format!("{name}: {value}, {}", framed.words)
        }
    };
    writeln!(
        out,
        "  {}",
        visible_line(&format!(
            "{}; {}; {}",
            framed("said by", &row.source, &frame.source),
            framed("holds", &row.time, &frame.time),
            framed("change", &row.change, &frame.change)
        ))
    )?;
    for seen in &explanation.themes {
        label(seen, row, out)?;
    }
    if explanation.themes.is_empty() {
        writeln!(
            out,
            "\n  no label: no word of the sentence names a theme, nor does its paragraph or heading"
        )?;
    }
    let concerns =
        |cue: &CueSeen| theme.is_none_or(|theme| cue.theme.as_deref().is_none_or(|own| own == theme));
    let mut heading = "\n  What else stands there:";
    for cue in explanation.cues.iter().filter(|cue| concerns(cue)) {
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

/// A theme's label with its evidence, or why there is none.
fn label(seen: &ThemeSeen, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let (theme, words) = (visible_line(&seen.theme), visible_line(&seen.decisive.words));
    let Some(polarity) = seen.polarity else {
        return writeln!(out, "\n  {HEADING}no label {theme}{HEADING:#}: {words}");
    };
    let tone = match polarity {
        Tone::Strength => "strength",
        Tone::Concern => "concern",
        Tone::Neutral => "named, not judged",
    };
    writeln!(out, "\n  {HEADING}{theme}{HEADING:#}: {tone}; {words}")?;
    let own = |label: &&Label| label.theme == seen.theme && label.polarity == polarity;
    let evidence = row
        .labels
        .iter()
        .find(own)
        .into_iter()
        .flat_map(|label| &label.evidence);
    for evidence in evidence {
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

/// What became of a cue, where that needs words; `None` where it simply spoke.
fn reason(cue: &CueSeen) -> Option<String> {
    let by = cue.by.as_deref();
    let behind = |words: &str| match by {
        Some(by) => format!("{words}, {by}"),
        None => words.to_owned(),
    };
    let brought = |words: &str| format!("{words} {}", by.unwrap_or("another cue"));
    let last = match cue.fate {
        Fate::Spoke | Fate::Structure => return None,
        Fate::Framed => by.map(|by| format!("says the same as {by}"))?,
        Fate::Turned => brought("turned by"),
        Fate::Longer => behind("a longer cue stands over it"),
        Fate::Exempt => behind("only looks like the cue: an exemption stands over it"),
        Fate::OutOfReach | Fate::Alone => {
            let so = if cue.fate == Fate::Alone {
                "; by itself a mild concern"
            } else {
                ""
            };
            match (cue.words_away, cue.reach) {
                (Some(away), Some(reach)) if away > usize::from(reach) => {
                    format!("reaches {reach} words, and the nearest thing to act on is {away} away{so}")
                }
                (Some(away), _) => {
                    format!(
                        "the nearest thing to act on, {away} words away, belongs to another statement{so}"
                    )
                }
                _ => format!("nothing stands in its clause on which it could act{so}"),
            }
        }
        Fate::Yields => brought("its theme gives way to that of"),
        Fate::Hint => behind("only a hint, and the sentence names another theme"),
        Fate::Governed => brought("what needs to be is not: governed by"),
        Fate::TakenAlong => brought("used up by"),
        Fate::Circumstance => behind("tells the circumstances of a child or a case"),
        Fate::BesideNeutral => behind("a mild word beside words that say that nothing is judged"),
        Fate::Plan => behind("only a plan is told"),
        Fate::Outranked => {
            behind("stronger words of the same stretch decide, or a concern of the same strength")
        }
        Fate::FrameRuledOut => match by {
            Some(by) => format!("a stronger word decides, {by}"),
            None => "what the sentence judges rules it out".to_owned(),
        },
        Fate::NotNear | Fate::NeedsMovement | Fate::Section => cue.fate.meaning().to_owned(),
    };
    let mut words = String::new();
    for step in cue.before.iter().filter(|step| step.fate == Fate::Turned) {
        words += &format!("turned by {}; then ", step.by.as_deref().unwrap_or("another cue"));
    }
    Some(words + &last)
}
