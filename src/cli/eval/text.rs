//! An evaluation as tables for reading.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use findings::bootstrap::{Estimate, Intervals, Over};
use findings::eval::{Disputed, Evaluation, Group, Kind, Values, Wrong};
use findings::gold::MatchedBy;
use findings::report::visible_line;
use findings::row::Label;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOLD: Style = AnsiColor::Green.on_default();
const GIVEN: Style = AnsiColor::Red.on_default();

/// Writes it, with so many disagreements, and so many of one rule.
pub(super) fn write(
    evaluation: &Evaluation,
    most: usize,
    of_a_rule: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    head(evaluation, out)?;
    figures(evaluation, out)?;
    themes(evaluation, out)?;
    confusion(evaluation, out)?;
    labels(evaluation, out)?;
    disagreements(evaluation, most, of_a_rule, out)
}

fn head(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    let by = match evaluation.matched_by {
        MatchedBy::Id => "id",
        MatchedBy::Place => "place",
    };
    write!(
        out,
        "{} gold sentences of {} documents, matched by {by}; {} not found",
        evaluation.sentences, evaluation.documents, evaluation.not_found
    )?;
    match &evaluation.rules {
        Some(rules) => writeln!(out, " {DIM}(rules {rules}){DIM:#}"),
        None => writeln!(out),
    }
}

/// How intervals were made, in a line.
pub(in crate::cli) fn method(intervals: &Intervals) -> String {
    let over = match intervals.over {
        Over::Documents => format!("{} documents", intervals.groups),
        Over::Sentences => format!("{} sentences, there being one document", intervals.groups),
    };
    format!(
        "Interval: {} over {over}; {} draws, seed {}.",
        intervals.method, intervals.draws, intervals.seed
    )
}

/// `0.812  [0.790, 0.834]`, with dashes where there is nothing.
pub(in crate::cli) fn estimate(estimate: Estimate) -> String {
    match (estimate.value, estimate.low, estimate.high) {
        (Some(value), Some(low), Some(high)) => format!("{value:6.3}  [{low:.3}, {high:.3}]"),
        (Some(value), _, _) => format!("{value:6.3}  [-]"),
        _ => "     -".to_owned(),
    }
}

fn figures(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{HEADING}Figures{HEADING:#}")?;
    for (name, figure) in evaluation.figures.each() {
        writeln!(out, "  {name:<18}{}", estimate(figure))?;
    }
    writeln!(out, "  {DIM}{}{DIM:#}", method(&evaluation.intervals))
}

/// A share with three decimals, or a dash.
pub(in crate::cli) fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}

fn themes(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{HEADING}Themes{HEADING:#} {DIM}(strength and concern){DIM:#}"
    )?;
    writeln!(
        out,
        "  {:<20}{:>6}{:>7}{:>11}{:>8}{:>8}",
        "", "gold", "given", "precision", "recall", "F1"
    )?;
    for theme in &evaluation.themes {
        writeln!(
            out,
            "  {:<20}{:>6}{:>7}{:>11}{:>8}{:>8}",
            visible_line(&theme.theme),
            theme.gold,
            theme.given,
            share(theme.precision),
            share(theme.recall),
            share(theme.f1)
        )?;
    }
    Ok(())
}

fn confusion(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{HEADING}Polarity{HEADING:#} {DIM}(gold down, given across){DIM:#}"
    )?;
    writeln!(
        out,
        "  {:<10}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "", "strength", "concern", "mixed", "neutral", "none"
    )?;
    for row in &evaluation.confusion {
        writeln!(
            out,
            "  {:<10}{:>10}{:>10}{:>10}{:>10}{:>10}",
            row.gold.name(),
            row.strength,
            row.concern,
            row.mixed,
            row.neutral,
            row.none
        )?;
    }
    Ok(())
}

fn labels(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    let labels = &evaluation.labels;
    writeln!(
        out,
        "\n{HEADING}Labels{HEADING:#} {DIM}(theme with strength, concern or neutral){DIM:#}"
    )?;
    writeln!(
        out,
        "  {} correct, {} partial (theme right, polarity wrong), {} missing, {} spurious",
        labels.correct, labels.partial, labels.missing, labels.spurious
    )?;
    writeln!(
        out,
        "  precision {}, recall {}, F1 {} {DIM}(a partial label counts half){DIM:#}",
        share(labels.precision),
        share(labels.recall),
        share(labels.f1)
    )
}

fn disagreements(
    evaluation: &Evaluation,
    most: usize,
    of_a_rule: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all: usize = evaluation
        .disagreements
        .iter()
        .map(|group| group.wrong.len())
        .sum();
    if most == 0 || all == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{HEADING}Disagreements{HEADING:#} {DIM}({all} on {} sentences, worst rule first){DIM:#}",
        evaluation.disputed.len()
    )?;
    let mut left = most;
    for group in &evaluation.disagreements {
        let shown = group.wrong.len().min(of_a_rule).min(left);
        if shown == 0 {
            break;
        }
        left -= shown;
        writeln!(out, "\n  {}", title(group))?;
        for wrong in &group.wrong[..shown] {
            if let Some(sentence) = evaluation.disputed.get(wrong.sentence) {
                entry(wrong, sentence, out)?;
            }
        }
        if shown < group.wrong.len() {
            writeln!(out, "    {DIM}and {} more{DIM:#}", group.wrong.len() - shown)?;
        }
    }
    Ok(())
}

fn title(group: &Group) -> String {
    match &group.rule {
        Some(rule) => format!(
            "{HEADING}{}{HEADING:#}: {} wrong; in the evidence of {} right labels",
            visible_line(rule),
            group.wrong.len(),
            group.right.unwrap_or_default()
        ),
        None => format!("{HEADING}no rule{HEADING:#}: {} wrong", group.wrong.len()),
    }
}

fn entry(wrong: &Wrong, sentence: &Disputed, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "    {DIM}{}{DIM:#} {}",
        visible_line(&sentence.id),
        visible_line(&sentence.text)
    )?;
    writeln!(out, "      {}", what(wrong))?;
    writeln!(out, "      {GOLD}gold{GOLD:#}  {}", values(&sentence.gold))?;
    match &sentence.given {
        None => writeln!(out, "      {GIVEN}given{GIVEN:#} nothing")?,
        Some(given) => {
            writeln!(out, "      {GIVEN}given{GIVEN:#} {}", values(given))?;
            for label in &given.labels {
                why(label, out)?;
            }
        }
    }
    seen(sentence, out)
}

fn what(wrong: &Wrong) -> String {
    let theme = wrong.theme.as_deref().map(visible_line).unwrap_or_default();
    let (gold, given) = (
        wrong.gold.as_deref().unwrap_or("none"),
        wrong.given.as_deref().unwrap_or("none"),
    );
    match wrong.kind {
        Kind::Spurious => format!("spurious {theme}:{given}"),
        Kind::Missing => format!("missing {theme}:{gold}"),
        Kind::Partial => format!("partial {theme}: {gold} in gold, {given} given"),
        kind => format!("{}: {gold} in gold, {given} given", kind.name()),
    }
}

/// `concern; plans:concern; past`: what is usual is left out.
fn values(values: &Values) -> String {
    let mut parts = vec![values.polarity.to_string()];
    let labels: Vec<_> = values
        .labels
        .iter()
        .map(|label| format!("{}:{}", visible_line(&label.theme), label.polarity))
        .collect();
    parts.push(if labels.is_empty() {
        "no theme".to_owned()
    } else {
        labels.join(" ")
    });
    for (value, usual) in [
        (values.source.name(), "inspector"),
        (values.time.name(), "current"),
        (values.change.name(), "none"),
    ] {
        if value != usual {
            parts.push(value.to_owned());
        }
    }
    parts.join("; ")
}

/// The words that made a label.
fn why(label: &Label, out: &mut dyn Write) -> io::Result<()> {
    if label.evidence.is_empty() {
        return Ok(());
    }
    let pieces: Vec<_> = label
        .evidence
        .iter()
        .map(|piece| {
            format!(
                "\"{}\" {} ({})",
                visible_line(&piece.text),
                visible_line(&piece.rule),
                piece.via
            )
        })
        .collect();
    writeln!(
        out,
        "        {}:{} by {}",
        visible_line(&label.theme),
        label.polarity,
        pieces.join(", ")
    )
}

/// The cues that were silenced, and those that stand in no evidence.
fn seen(sentence: &Disputed, out: &mut dyn Write) -> io::Result<()> {
    let Some(seen) = &sentence.seen else { return Ok(()) };
    let used = |rule: &str| {
        sentence.given.as_ref().is_some_and(|given| {
            given
                .labels
                .iter()
                .flat_map(|label| &label.evidence)
                .any(|piece| piece.rule == rule)
        })
    };
    let unused: Vec<_> = seen
        .iter()
        .filter(|cue| cue.silenced_by.is_some() || !used(&cue.rule))
        .map(|cue| {
            let by = cue.silenced_by.as_deref();
            let by = by.map(|by| format!(", silenced by {}", visible_line(by)));
            format!(
                "\"{}\" {}{}",
                visible_line(&cue.text),
                visible_line(&cue.rule),
                by.unwrap_or_default()
            )
        })
        .collect();
    if unused.is_empty() {
        return Ok(());
    }
    writeln!(out, "        {DIM}also seen: {}{DIM:#}", unused.join("; "))
}
