//! Markdown: one table a group, ready to paste.

use std::io::{self, Write};

use crate::comparison::Grouping;
use crate::report::markdown::cell;
use crate::report::whole::WholeFormat;
use crate::report::wording::{self, NOTHING};

pub(super) const FORMAT: WholeFormat<Grouping> = WholeFormat {
    name: "markdown",
    endings: &["md", "markdown"],
    about: "tables, ready to paste",
    coloured: false,
    write,
};

fn write(grouping: &Grouping, out: &mut dyn Write) -> io::Result<()> {
    for warning in &grouping.warnings {
        writeln!(out, "*Warning: {}*\n", cell(&warning.message))?;
    }
    writeln!(out, "{}", cell(&wording::label_error(grouping.error.as_ref())))?;
    for group in &grouping.groups {
        writeln!(
            out,
            "\n## {}\n\n{}, {}, {}\n",
            cell(&wording::spaced(group.key.as_deref().unwrap_or("unknown"))),
            wording::count(group.visits.len(), "visit"),
            wording::count(group.length.sentences, "sentence"),
            wording::count(group.length.words, "word"),
        )?;
        writeln!(
            out,
            "| theme | judged at | concern at | strength | concern | mixed | neutral | balance (95 % interval) | design effect | label precision, recall |"
        )?;
        writeln!(out, "|---|--:|--:|--:|--:|--:|--:|---|--:|---|")?;
        for theme in &group.themes {
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
                cell(&theme.name),
                theme.judged_at,
                theme.concern_at,
                theme.counts.strength,
                theme.counts.concern,
                theme.counts.mixed,
                theme.counts.neutral,
                wording::balance(theme.balance.as_ref()),
                theme
                    .design_effect
                    .map_or_else(|| NOTHING.to_owned(), |effect| format!("{effect:.2}")),
                wording::theme_error(theme.error.as_ref()),
            )?;
        }
    }
    Ok(())
}
