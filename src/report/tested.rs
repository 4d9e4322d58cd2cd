//! An example that does not hold, for the terminal: the sentence with marks under the words that made it so, and why.
//!
//! In: [`Tried`]. Out: text. Only how it looks is decided here.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::explained::why;
use super::visible_line;
use crate::examples::{MadeBy, Tried, only_theme};

const HEADING: Style = Style::new().bold();
const MARK: Style = AnsiColor::Red.on_default().bold();
/// Characters of a sentence that stand on one line, so that marks stay under their words on most terminals.
const WIDTH: usize = 100;

/// Writes an example that does not hold.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn tested(tried: &Tried, out: &mut dyn Write) -> io::Result<()> {
    for fault in &tried.faults {
        writeln!(
            out,
            "{HEADING}{}:{}:{}: {}{HEADING:#}: {}",
            visible_line(&tried.file),
            tried.line,
            tried.column,
            fault.kind,
            visible_line(&fault.message)
        )?;
    }
    if let Some(section) = &tried.section {
        writeln!(out, "  under “{}”", visible_line(section))?;
    }
    if let Some(before) = &tried.before {
        writeln!(out, "  behind “{}”", visible_line(before))?;
    }
    let mut marks: Vec<&MadeBy> = tried.faults.iter().flat_map(|fault| &fault.made_by).collect();
    marks.sort();
    marks.dedup();
    let text = tried
        .explanation
        .as_ref()
        .map_or(&tried.text, |explanation| &explanation.sentence.text);
    sentence(&visible_line(text), &marks, out)?;
    if let Some(explanation) = &tried.explanation {
        writeln!(out)?;
        why(explanation, only_theme(&tried.faults), out)?;
    }
    writeln!(out)
}

/// A sentence on as many lines as it needs, each with marks below it.
fn sentence(text: &str, marks: &[&MadeBy], out: &mut dyn Write) -> io::Result<()> {
    let letters: Vec<char> = text.chars().collect();
    let mut from = 0;
    while from < letters.len() {
        let rest = &letters[from..];
        let length = if rest.len() <= WIDTH {
            rest.len()
        } else {
            rest[..WIDTH]
                .iter()
                .rposition(|letter| *letter == ' ')
                .map_or(WIDTH, |at| at + 1)
        };
        let line: String = rest[..length].iter().collect();
        writeln!(out, "  {}", line.trim_end())?;
        let marked = |at: usize| marks.iter().any(|mark| (mark.start..mark.end).contains(&at));
        let below: String = (from..from + length)
            .map(|at| if marked(at) { '^' } else { ' ' })
            .collect();
        if !below.trim().is_empty() {
            let ends = |mark: &&&MadeBy| (from..from + length).contains(&mark.end.saturating_sub(1));
            let mut rules: Vec<&str> = marks.iter().filter(ends).map(|mark| mark.rule.as_str()).collect();
            rules.dedup();
            writeln!(
                out,
                "  {MARK}{}{MARK:#} {}",
                below.trim_end(),
                visible_line(&rules.join(", "))
            )?;
        }
        from += length;
    }
    Ok(())
}
