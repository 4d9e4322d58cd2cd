//! An evaluation as tables for reading.

use std::io::{self, Write};

use anstyle::Style;
use findings::eval::Evaluation;
use findings::gold::MatchedBy;
use findings::report::visible_line;

use super::super::labels::{count, estimate, method};
use super::wrong;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

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
    wrong::write(evaluation, most, of_a_rule, out)
}

fn head(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    let by = match evaluation.matched_by {
        MatchedBy::Id => "id",
        MatchedBy::Place => "place",
    };
    write!(
        out,
        "{} of {}, matched by {by}; {} not found",
        count(evaluation.sentences, "gold sentence"),
        count(evaluation.documents, "document"),
        evaluation.not_found
    )?;
    match &evaluation.rules {
        Some(rules) => writeln!(out, " {DIM}(rules {rules}){DIM:#}"),
        None => writeln!(out),
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
fn share(value: Option<f64>) -> String {
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
