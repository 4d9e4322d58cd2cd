//! Published figures that move, and the figures on gold.

use std::io::{self, Write};

use findings::diff::{Diff, Figures};
use findings::eval::Paired;
use findings::report::visible_line;

use super::table::more;
use super::{DIM, HEADING, Options};
use crate::cli::labels::{count, method};
use crate::cli::rules::paired;

pub(super) fn figures(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    if diff.figures.is_empty() || options.top == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{HEADING}Figures that move{HEADING:#} {DIM}(sentences of the inspectors on the time of the visit; balance is (S − C) / (S + C)){DIM:#}"
    )?;
    let shown = &diff.figures[..diff.figures.len().min(options.top)];
    let mut document = "";
    for moved in shown {
        if moved.document != document {
            document = &moved.document;
            writeln!(out, "  {}", visible_line(document))?;
        }
        let number = |old: usize, new: usize| {
            if old == new {
                old.to_string()
            } else {
                format!("{old} → {new}")
            }
        };
        let (old, new) = (&moved.old, &moved.new);
        writeln!(
            out,
            "    {:<20} strength {:<10} concern {:<10} mixed {:<10} balance {}",
            visible_line(&moved.theme),
            number(old.strength, new.strength),
            number(old.concern, new.concern),
            number(old.mixed, new.mixed),
            balances(old, new)
        )?;
    }
    more(diff.figures.len() - shown.len(), "more", out)
}

pub(super) fn balances(old: &Figures, new: &Figures) -> String {
    let balance = |figures: &Figures| {
        figures
            .balance
            .map_or("-".to_owned(), |balance| format!("{balance:+.2}"))
    };
    if old.balance == new.balance {
        return balance(old);
    }
    format!("{} → {}", balance(old), balance(new))
}

pub(super) fn on_gold(gold: &Paired, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{HEADING}On gold{HEADING:#} {DIM}({} of {}){DIM:#}",
        count(gold.sentences, "sentence"),
        count(gold.documents, "document")
    )?;
    paired::table(gold, out)?;
    writeln!(
        out,
        "  {DIM}{} The same documents are drawn for old and new.{DIM:#}",
        method(&gold.intervals)
    )
}
