//! The figures of `findings eval` before and after a change, as a table.

use std::io::{self, Write};

use findings::bootstrap::Estimate;
use findings::eval::Paired;

use crate::cli::labels::estimate;

/// Writes a line for each figure.
pub(super) fn table(paired: &Paired, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {:<18}{:>6}{:>8}   difference", "", "old", "new")?;
    let value = |estimate: Estimate| {
        estimate
            .value
            .map_or("-".to_owned(), |value| format!("{value:.3}"))
    };
    for figure in &paired.figures {
        writeln!(
            out,
            "  {:<18}{:>6}{:>8}   {}",
            figure.name,
            value(figure.old),
            value(figure.new),
            estimate(figure.difference)
        )?;
    }
    Ok(())
}
