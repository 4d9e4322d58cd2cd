//! Sentences under the cue that moved them.

use std::io::{self, Write};

use findings::diff::{Changed, Diff, Kind, Move, OnGold, RuleSum, Said};
use findings::report::visible_line;

use super::table::title;
use super::{DIM, HEADING, NEW, OLD, Options};
use crate::cli::labels::count;

pub(super) fn sentences(diff: &Diff, options: &Options<'_>, out: &mut dyn Write) -> io::Result<()> {
    if options.sentences == 0 || options.top == 0 || diff.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEADING}Sentences{HEADING:#}")?;
    for rule in diff.rules.iter().take(options.top) {
        writeln!(out, "\n  {HEADING}{}{HEADING:#}", title(rule))?;
        let places = &rule.changed[..rule.changed.len().min(options.sentences)];
        for one in places.iter().filter_map(|&place| diff.changed.get(place)) {
            sentence(one, rule, out)?;
        }
        let left = rule.changed.len() - places.len();
        if left > 0 {
            writeln!(out, "    {DIM}and {}{DIM:#}", count(left, "more sentence"))?;
        }
    }
    Ok(())
}

/// Where a sentence stands, in a few words.
pub(super) fn place(document: &str, said: &Said) -> String {
    let mut place = visible_line(document).into_owned();
    if let Some(page) = said.page {
        place += &format!(", page {page}");
    }
    match &said.paragraph {
        Some(paragraph) => place += &format!(", paragraph {}", visible_line(paragraph)),
        None => place += &format!(", sentence {}", said.sentence),
    }
    place
}

pub(super) fn sentence(one: &Changed, rule: &RuleSum, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = one.new.first().or(one.old.first()) else {
        return Ok(());
    };
    writeln!(out, "    {DIM}{}{DIM:#}", place(&one.document, first))?;
    let cut = one.old.len() != 1 || one.new.len() != 1;
    if cut {
        for (style, mark, said) in [(OLD, "-", &one.old), (NEW, "+", &one.new)] {
            for said in said {
                writeln!(out, "      {style}{mark}{style:#} {}", visible_line(&said.text))?;
            }
        }
    } else {
        writeln!(out, "      {}", visible_line(&first.text))?;
    }
    let own = one
        .moves
        .iter()
        .filter(|moved| moved.rule == rule.rule && moved.seen_by == rule.seen_by);
    let own: Vec<String> = own.map(what).collect();
    writeln!(out, "      {}", own.join("; "))
}

pub(super) fn what(moved: &Move) -> String {
    let theme = moved.theme.as_deref().map(visible_line).unwrap_or_default();
    let (old, new) = (
        moved.old.as_deref().unwrap_or("none"),
        moved.new.as_deref().unwrap_or("none"),
    );
    let said = match moved.kind {
        Kind::Gained => format!("{NEW}gained{NEW:#} {theme}:{new}"),
        Kind::Lost => format!("{OLD}lost{OLD:#} {theme}:{old}"),
        Kind::Turned => format!("turned {theme}: {old} → {new}"),
        Kind::Cut => format!("cut otherwise: {old} → {new}"),
        kind => format!("{}: {old} → {new}", kind.name()),
    };
    match moved.on_gold {
        Some(OnGold::Mended) => format!("{said} {DIM}(mended){DIM:#}"),
        Some(OnGold::Broken) => format!("{said} {DIM}(broken){DIM:#}"),
        _ => said,
    }
}
