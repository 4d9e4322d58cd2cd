//! What is wrong, sentence by sentence, with the words and rules that made it so.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use findings::eval::{Disputed, Evaluation, Group, Kind, Values, Wrong};
use findings::report::visible_line;
use findings::row::Label;

use super::super::labels::count;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOLD: Style = AnsiColor::Green.on_default();
const GIVEN: Style = AnsiColor::Red.on_default();

/// Writes them, with so many sentences, and so many of one rule.
pub(super) fn write(
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
        "\n{HEADING}Disagreements{HEADING:#} {DIM}({all} on {}, worst rule first){DIM:#}",
        count(evaluation.disputed.len(), "sentence")
    )?;
    let mut left = most;
    for group in &evaluation.disagreements {
        let sentences: Vec<&[Wrong]> = group
            .wrong
            .chunk_by(|one, other| one.sentence == other.sentence)
            .collect();
        let shown = sentences.len().min(of_a_rule).min(left);
        if shown == 0 {
            break;
        }
        left -= shown;
        writeln!(out, "\n  {}", title(group))?;
        for wrong in &sentences[..shown] {
            if let Some(sentence) = wrong
                .first()
                .and_then(|wrong| evaluation.disputed.get(wrong.sentence))
            {
                entry(wrong, sentence, out)?;
            }
        }
        if shown < sentences.len() {
            writeln!(
                out,
                "    {DIM}and {}{DIM:#}",
                count(sentences.len() - shown, "more sentence")
            )?;
        }
    }
    Ok(())
}

fn title(group: &Group) -> String {
    match &group.rule {
        Some(rule) => format!(
            "{HEADING}{}{HEADING:#}: {} wrong; in the evidence of {}",
            visible_line(rule),
            group.wrong.len(),
            count(group.right.unwrap_or_default(), "right label")
        ),
        None => format!(
            "{HEADING}no rule, {}{HEADING:#}: {} wrong",
            group.kind.map(Kind::name).unwrap_or_default(),
            group.wrong.len()
        ),
    }
}

fn entry(wrong: &[Wrong], sentence: &Disputed, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "    {DIM}{}{DIM:#} {}",
        visible_line(&sentence.id),
        visible_line(&sentence.text)
    )?;
    let what: Vec<_> = wrong.iter().map(what).collect();
    writeln!(out, "      {}", what.join("; "))?;
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
