//! Markdown: tables and quotations ready to paste.

use std::io::{self, Write};

use crate::report::markdown::{cell, quotation};
use crate::report::whole::WholeFormat;
use crate::report::wording;
use crate::visit::{Mention, Visit};

pub(super) const FORMAT: WholeFormat<[Visit]> = WholeFormat {
    name: "markdown",
    endings: &["md", "markdown"],
    about: "tables and quotations, ready to paste",
    coloured: false,
    write,
};

fn write(visits: &[Visit], out: &mut dyn Write) -> io::Result<()> {
    for (n, visit) in visits.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        one(visit, out)?;
    }
    Ok(())
}

fn one(visit: &Visit, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", cell(&visit.title()))?;
    writeln!(out, "{}\n", cell(&wording::kind(visit)))?;
    writeln!(
        out,
        "| document | | sentences | words | strength | concern | mixed | neutral | not counted |"
    )?;
    writeln!(out, "|---|---|--:|--:|--:|--:|--:|--:|---|")?;
    for document in &visit.documents {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            cell(&document.document),
            if document.counted { "counted" } else { "beside" },
            document.length.sentences,
            document.length.words,
            document.counts.strength,
            document.counts.concern,
            document.counts.mixed,
            document.counts.neutral,
            wording::left_out(&document.left_out),
        )?;
    }
    writeln!(out)?;
    for note in &visit.notes {
        writeln!(out, "*Note: {}*\n", cell(note))?;
    }
    writeln!(
        out,
        "| theme | strength | concern | mixed | neutral | share | balance (95 % interval) | said to have moved |"
    )?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|---|---|")?;
    for theme in visit
        .themes
        .iter()
        .filter(|theme| theme.mention != Mention::NotMentioned)
    {
        let moves = [
            (theme.moves.improved, "improved"),
            (theme.moves.declined, "declined"),
            (theme.moves.unchanged, "unchanged"),
        ];
        let moves: Vec<String> = moves
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            cell(&theme.name),
            theme.counts.strength,
            theme.counts.concern,
            theme.counts.mixed,
            theme.counts.neutral,
            wording::percent(theme.share),
            match theme.mention {
                Mention::NotJudged => "not judged".to_owned(),
                _ => wording::balance(theme.balance.as_ref()),
            },
            moves.join(", "),
        )?;
    }
    let silent: Vec<String> = visit
        .themes
        .iter()
        .filter(|theme| theme.mention == Mention::NotMentioned)
        .map(|theme| cell(&theme.name))
        .collect();
    if !silent.is_empty() {
        writeln!(out, "\nNot mentioned: {}.", silent.join(", "))?;
    }
    for theme in &visit.themes {
        if theme.mention != Mention::Judged {
            continue;
        }
        writeln!(out, "\n### {}\n", cell(&theme.name))?;
        for quote in theme.concerns.iter().chain(&theme.strengths) {
            quotation(quote, wording::counted(visit), out)?;
        }
    }
    Ok(())
}
