//! For people: what was found at each visit, theme by theme, with bars and the strongest sentences.
//!
//! Everything that comes from a document is made safe to show. Colour is always written; the one who owns the terminal
//! takes it out where it is not wanted.

use std::io::{self, Write};

use crate::codebook::Polarity;
use crate::report::text::{DIM, HEADING, polarity_style};
use crate::report::visible_line;
use crate::report::whole::WholeFormat;
use crate::report::wording::{self, NOTHING};
use crate::visit::{Mention, Quote, ThemeFindings, Visit};

pub(super) const FORMAT: WholeFormat<[Visit]> = WholeFormat {
    name: "text",
    endings: &["txt"],
    about: "bars and the strongest sentences, for reading",
    coloured: true,
    write,
};

/// Signs on either side of a bar.
const ROOM: usize = 12;

fn write(visits: &[Visit], out: &mut dyn Write) -> io::Result<()> {
    let themes = || visits.iter().flat_map(|visit| &visit.themes);
    let most = wording::most(themes().map(|theme| &theme.counts));
    for visit in visits {
        one(visit, most, out)?;
    }
    let sentences: usize = visits.iter().map(|visit| visit.length.sentences).sum();
    let documents: usize = visits.iter().map(|visit| visit.documents.len()).sum();
    writeln!(
        out,
        "{} from {}: {} count",
        wording::count(visits.len(), "visit"),
        wording::count(documents, "document"),
        wording::count(sentences, "sentence"),
    )
}

fn one(visit: &Visit, most: usize, out: &mut dyn Write) -> io::Result<()> {
    head(visit, out)?;
    let judged: Vec<&ThemeFindings> = with(visit, Mention::Judged).collect();
    if !judged.is_empty() {
        let width = judged
            .iter()
            .map(|theme| theme.name.chars().count())
            .max()
            .unwrap_or(0);
        let sign = |polarity| polarity_style(polarity);
        let (strength, concern) = (sign(Polarity::Strength), sign(Polarity::Concern));
        writeln!(
            out,
            "  {:width$}  {concern}{:>ROOM$}{concern:#} {strength}{:ROOM$}{strength:#}    {DIM}+   -   ±   ·  share  balance, 95% interval{DIM:#}",
            "", "concerns", "strengths"
        )?;
        for theme in judged {
            let (left, right) = wording::bar(&theme.counts, most, ROOM);
            let counts = &theme.counts;
            writeln!(
                out,
                "  {:width$}  {concern}{left:>ROOM$}{concern:#}|{strength}{right:ROOM$}{strength:#} {:>4}{:>4}{:>4}{:>4}{:>7}  {}",
                visible_line(&theme.name),
                counts.strength,
                counts.concern,
                counts.mixed,
                counts.neutral,
                wording::percent(theme.share),
                wording::balance(theme.balance.as_ref()),
            )?;
        }
        writeln!(out)?;
    }
    let mut named = false;
    for (mention, words) in [
        (Mention::NotJudged, "Mentioned, not judged"),
        (Mention::NotMentioned, "Not mentioned"),
    ] {
        let names: Vec<_> = with(visit, mention)
            .map(|theme| visible_line(&theme.name))
            .collect();
        if !names.is_empty() {
            writeln!(out, "  {words}: {DIM}{}{DIM:#}", names.join(", "))?;
            named = true;
        }
    }
    if named {
        writeln!(out)?;
    }
    for theme in with(visit, Mention::Judged) {
        writeln!(
            out,
            "  {HEADING}{}{HEADING:#}{}",
            visible_line(&theme.name),
            moved(theme)
        )?;
        for quote in theme.concerns.iter().chain(&theme.strengths) {
            sentence(quote, wording::counted(visit), "    ", out)?;
        }
    }
    writeln!(out)
}

fn head(visit: &Visit, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{HEADING}{}{HEADING:#}  {}",
        visible_line(&visit.title()),
        visible_line(&wording::kind(visit))
    )?;
    for document in &visit.documents {
        let beside = if document.counted {
            ""
        } else {
            "beside, not added: "
        };
        let kind = document
            .kind
            .map_or_else(String::new, |kind| format!(" ({})", wording::spaced(kind.name())));
        writeln!(
            out,
            "  {}{kind}: {beside}{}, {}",
            visible_line(&document.document),
            wording::count(document.length.sentences, "sentence"),
            wording::count(document.length.words, "word"),
        )?;
        writeln!(out, "    {}", wording::counts(&document.counts))?;
        let left_out = wording::left_out(&document.left_out);
        if !left_out.is_empty() {
            writeln!(out, "    {DIM}not counted: {left_out}{DIM:#}")?;
        }
        let corrected = document.sentences.iter().filter(|used| used.corrected).count();
        if corrected > 0 {
            writeln!(
                out,
                "    {DIM}corrected by a person: {}{DIM:#}",
                wording::count(corrected, "sentence")
            )?;
        }
    }
    for note in &visit.notes {
        writeln!(out, "  note: {}", visible_line(note))?;
    }
    writeln!(out)
}

fn with(visit: &Visit, mention: Mention) -> impl Iterator<Item = &ThemeFindings> {
    visit.themes.iter().filter(move |theme| theme.mention == mention)
}

/// What the inspectors say has moved, and what stands apart.
fn moved(theme: &ThemeFindings) -> String {
    let parts = [
        (theme.moves.improved, "improved"),
        (theme.moves.declined, "declined"),
        (theme.moves.unchanged, "unchanged"),
        (theme.authority.judged(), "by the authority itself"),
        (theme.past.judged(), "of earlier visits"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("  {DIM}{}{DIM:#}", parts.join(", "))
    }
}

/// A sentence with its sign and its place.
pub(in crate::report) fn sentence(
    quote: &Quote,
    documents: usize,
    indent: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = polarity_style(quote.polarity);
    let place = wording::place(quote, documents);
    let place = if place.is_empty() {
        NOTHING.to_owned()
    } else {
        place
    };
    writeln!(
        out,
        "{indent}{style}{}{style:#} {}  {DIM}({}){DIM:#}",
        wording::sign(quote),
        visible_line(&quote.text),
        visible_line(&place),
    )
}
