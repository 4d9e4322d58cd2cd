//! brat standoff (brat.nlplab.org/standoff.html): a text and its annotations side by side, and what annotators may choose.
//!
//! Each label of a sentence is an annotation of its theme, with what is said of it, who says it, when it holds and whether it
//! moves as attributes, and the words behind it as a note. An annotation has a stretch for each line, since brat knows none
//! that run over a line break.

use std::fmt::Write as _;
use std::io;

use super::names::Names;
use super::{Document, Exchange, ExchangeFormat, File, Plain, codes, grounds, themes};
use crate::codebook::{Change, Speaker, Time, Tone};
use crate::report::visible_line;

/// A folder of texts, annotations and configuration.
pub(super) const FORMAT: ExchangeFormat = ExchangeFormat {
    name: "brat",
    endings: &[],
    about: "brat standoff: a folder with a text and an annotation file a document, and the configuration",
    folder: true,
    documents: true,
    files,
};

fn files(exchange: &Exchange<'_>) -> io::Result<Vec<File>> {
    let file = |name: &str, text: String| File {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let mut files = vec![
        file("annotation.conf", configuration(exchange)),
        file("visual.conf", shown(exchange)),
    ];
    let mut names = Names::default();
    for document in exchange.documents {
        let name = names.of(document.name);
        let plain = Plain::of(document.text);
        files.push(file(&format!("{name}.ann"), annotations(document, &plain)));
        files.push(file(&format!("{name}.txt"), plain.text()));
    }
    Ok(files)
}

/// The attributes of an annotation, with their values.
fn attributes() -> [(&'static str, Vec<&'static str>); 4] {
    [
        ("Polarity", Tone::ALL.iter().map(|tone| tone.name()).collect()),
        (
            "Source",
            Speaker::ALL.iter().map(|source| source.name()).collect(),
        ),
        ("Time", Time::ALL.iter().map(|time| time.name()).collect()),
        ("Change", Change::ALL.iter().map(|change| change.name()).collect()),
    ]
}

fn configuration(exchange: &Exchange<'_>) -> String {
    let mut text = String::from("[entities]\n\n");
    for (theme, ..) in themes(exchange.rules) {
        text += &format!("{theme}\n");
    }
    text += "\n[relations]\n\n[events]\n\n[attributes]\n\n";
    for (name, values) in attributes() {
        text += &format!("{name}\tArg:<ENTITY>, Value:{}\n", values.join("|"));
    }
    text
}

/// Names and colours.
fn shown(exchange: &Exchange<'_>) -> String {
    let mut text = String::from("[labels]\n\n");
    for (theme, name, _) in themes(exchange.rules) {
        text += &format!("{theme} | {name}\n");
    }
    text += "\n[drawing]\n\nSPAN_DEFAULT\tfgColor:black, bgColor:#e8eef4, borderColor:darken\n";
    text += "Polarity\tposition:right, glyph:+|−|·\n";
    text
}

fn annotations(document: &Document<'_>, plain: &Plain) -> String {
    let mut text = String::new();
    let (mut nth, mut attribute) = (0_usize, 0_usize);
    for row in document.rows {
        let (start, end) = (plain.place(row.start), plain.place(row.end));
        let stretches = stretches(plain, start, end);
        if stretches.is_empty() {
            continue;
        }
        let places: Vec<String> = stretches
            .iter()
            .map(|(start, end)| format!("{start} {end}"))
            .collect();
        let words: Vec<String> = stretches
            .iter()
            .map(|(start, end)| plain.slice(*start, *end).iter().collect())
            .collect();
        for (theme, tone) in codes(row) {
            nth += 1;
            // To a string, so it cannot fail.
            let _ = writeln!(text, "T{nth}\t{theme} {}\t{}", places.join(";"), words.join(" "));
            let values = [tone.name(), row.source.name(), row.time.name(), row.change.name()];
            for ((name, _), value) in attributes().into_iter().zip(values) {
                attribute += 1;
                let _ = writeln!(text, "A{attribute}\t{name} T{nth} {value}");
            }
            let grounds = grounds(row, theme, tone);
            if !grounds.is_empty() {
                let _ = writeln!(text, "#{nth}\tAnnotatorNotes T{nth}\t{}", visible_line(&grounds));
            }
        }
    }
    text
}

/// The lines of a passage without the space around them.
fn stretches(plain: &Plain, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut begin = start;
    for line in plain.slice(start, end).split(|character| *character == '\n') {
        let space = |character: &&char| character.is_whitespace();
        let before = line.iter().take_while(space).count();
        let after = line.iter().rev().take_while(space).count();
        if before < line.len() {
            found.push((begin + before, begin + line.len() - after));
        }
        begin += line.len() + 1;
    }
    found
}
