//! A report for people: each finding with the line of the file, a caret, and what to do.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::finding::{Finding, Report, Severity};
use crate::report::{visible_line, visible_text};

const DIM: Style = AnsiColor::Blue.on_default();
const BOLD: Style = Style::new().bold();

/// Writes it. Escape sequences for colour are always written; whoever owns the terminal takes them out.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_text(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        one(finding, out)?;
    }
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    };
    let found = match (report.errors, report.warnings) {
        (0, 0) => "nothing to mend".to_owned(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    let silenced = match report.silenced {
        0 => String::new(),
        number => format!("; {} silenced with a reason", count(number, "warning")),
    };
    writeln!(out, "{}: {found}{silenced}", count(report.files, "file"))?;
    let fixes = report
        .findings
        .iter()
        .filter(|finding| finding.fix.is_some())
        .count();
    if fixes > 0 {
        writeln!(out, "--fix mends {fixes} of them")?;
    }
    if let Some(finding) = report.findings.first() {
        writeln!(
            out,
            "`findings rules help {}` says more about a code",
            finding.code
        )?;
    }
    Ok(())
}

fn one(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (word, style) = match finding.severity {
        Severity::Error => ("error", AnsiColor::Red.on_default().bold()),
        Severity::Warning => ("warning", AnsiColor::Yellow.on_default().bold()),
    };
    writeln!(
        out,
        "{style}{word}[{}]{style:#}{BOLD}: {}{BOLD:#}",
        finding.code,
        visible_line(&finding.message)
    )?;
    let number = finding.line.to_string();
    let margin = " ".repeat(number.len());
    let bar = format!("{DIM}|{DIM:#}");
    let place = format!("{}:{}:{}", finding.file, finding.line, finding.column);
    writeln!(out, "{margin}{DIM}-->{DIM:#} {}", visible_line(&place))?;
    writeln!(out, "{margin} {bar}")?;
    writeln!(out, "{DIM}{number} |{DIM:#} {}", visible_line(&finding.source))?;
    let before = " ".repeat(finding.column.saturating_sub(1));
    writeln!(
        out,
        "{margin} {bar} {before}{style}{}{style:#}",
        "^".repeat(finding.length)
    )?;
    for also in &finding.also {
        let place = format!("{}:{}:{}: {}", also.file, also.line, also.column, also.what);
        writeln!(out, "{margin} {DIM}={DIM:#} see {}", visible_line(&place))?;
    }
    if let Some(note) = &finding.note {
        for (nth, line) in visible_text(note).lines().enumerate() {
            let lead = if nth == 0 { "note: " } else { "      " };
            writeln!(out, "{margin} {DIM}={DIM:#} {lead}{line}")?;
        }
    }
    if let Some(fix) = &finding.fix {
        writeln!(out, "{margin} {DIM}={DIM:#} fix: {}", visible_line(&fix.says))?;
    }
    writeln!(out)
}
