//! A sentence with its mark: its sign, its classes for colour and filters, and the note that comes up beside it.
//!
//! In: a row and whether it counts. Out: what the template shows of it, and the anchor by which links find it.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::super::place::stretches;
use super::theme::Themes;
use super::visits::because;
use crate::codebook::{Change, Polarity, Tone, Via};
use crate::row::{Evidence, Label, Row};
use crate::visit::Use;

/// A sentence with its mark.
#[derive(Debug, Serialize)]
pub(super) struct Sentence {
    anchor: String,
    /// Classes by which it is coloured and filtered.
    pub(super) classes: String,
    /// Nothing to say of it: neither theme nor judgement.
    plain: bool,
    sign: &'static str,
    /// What the sign says, for those who hear the page.
    says: String,
    /// Text, and whether it is evidence.
    stretches: Vec<(String, bool)>,
    notes: Vec<Note>,
    /// Where it stands and what is unusual about it.
    aside: String,
}

/// A label, in the note that comes up beside its sentence.
#[derive(Debug, Serialize)]
struct Note {
    class: &'static str,
    sign: &'static str,
    theme: String,
    says: &'static str,
    /// A line for each piece of evidence: words and the rule that read them. Plain text: a page can hold tens of
    /// thousands of notes, and elements are what makes a page slow to open.
    evidence: String,
}

/// Anchors of sentences: one of its own for each, made from its id, so that a link to it holds when the page is
/// made anew.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// From (document, id).
    of: HashMap<(String, String), String>,
}

impl Anchors {
    /// A label file may hold any id; only letters and digits go into the page's own names.
    fn give(&mut self, row: &Row) -> String {
        let sound =
            !row.id.is_empty() && row.id.len() <= 64 && row.id.bytes().all(|b| b.is_ascii_alphanumeric());
        let stem = if sound {
            format!("s-{}", row.id)
        } else {
            "s-x".to_owned()
        };
        let mut anchor = stem.clone();
        let mut copy = 1;
        while !self.taken.insert(anchor.clone()) {
            copy += 1;
            anchor = format!("{stem}-{copy}");
        }
        let place = (row.document.clone(), row.id.clone());
        self.of.entry(place).or_insert_with(|| anchor.clone());
        anchor
    }

    /// The anchor of a sentence that is on the page.
    pub(super) fn of(&self, document: &str, id: &str) -> Option<&str> {
        self.of
            .get(&(document.to_owned(), id.to_owned()))
            .map(String::as_str)
    }
}

/// A sentence, and the place by which links find it from now on.
pub(super) fn sentence(row: &Row, used: Option<&Use>, themes: &Themes, anchors: &mut Anchors) -> Sentence {
    let plain = row.labels.is_empty() && row.polarity == Polarity::Neutral;
    let evidence = row.labels.iter().flat_map(|label| &label.evidence);
    Sentence {
        anchor: anchors.give(row),
        classes: classes(row, used, themes),
        plain,
        sign: sign(row.polarity),
        says: says(row, themes),
        stretches: stretches(row, evidence),
        notes: row.labels.iter().map(|label| note(label, themes)).collect(),
        aside: if plain { String::new() } else { aside(row, used) },
    }
}

/// `s`, its polarity, `x` where it does not count, and for each label the theme, alone and with what is said of it.
fn classes(row: &Row, used: Option<&Use>, themes: &Themes) -> String {
    let mut classes = vec!["s".to_owned(), letter_of(row.polarity).to_owned()];
    if used.is_some_and(|used| because(used.counts_as).is_some()) {
        classes.push("x".to_owned());
    }
    for label in &row.labels {
        let theme = themes.class(&label.theme);
        let both = format!("{theme}{}", tone_letter(label.polarity));
        for class in [theme, both] {
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
    }
    classes.join(" ")
}

/// The class of a sentence's polarity.
pub(super) const fn letter_of(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Strength => "p",
        Polarity::Concern => "c",
        Polarity::Mixed => "m",
        Polarity::Neutral => "n",
    }
}

/// The class of what is said of a theme.
pub(super) const fn tone_letter(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "p",
        Tone::Concern => "c",
        Tone::Neutral => "n",
    }
}

/// The sign of a polarity: never colour alone.
pub(super) const fn sign(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Strength => "+",
        Polarity::Concern => "\u{2212}",
        Polarity::Mixed => "±",
        Polarity::Neutral => "·",
    }
}

const fn tone_sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "+",
        Tone::Concern => "\u{2212}",
        Tone::Neutral => "·",
    }
}

const fn tone_says(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "strength",
        Tone::Concern => "concern",
        Tone::Neutral => "mentioned, not judged",
    }
}

/// "Concern: Caseloads, Supervision".
fn says(row: &Row, themes: &Themes) -> String {
    let word = match row.polarity {
        Polarity::Strength => "Strength",
        Polarity::Concern => "Concern",
        Polarity::Mixed => "Strength and concern",
        Polarity::Neutral => "Not judged",
    };
    let mut names: Vec<&str> = Vec::new();
    for label in &row.labels {
        let name = themes.name(&label.theme);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return word.to_owned();
    }
    format!("{word}: {}", names.join(", "))
}

const fn moved(change: Change) -> &'static str {
    match change {
        Change::Improved => "improved",
        Change::Declined => "declined",
        Change::Unchanged | Change::None => "not moved",
    }
}

fn note(label: &Label, themes: &Themes) -> Note {
    let mut lines: Vec<String> = Vec::new();
    for evidence in &label.evidence {
        let line = line(evidence);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Note {
        class: tone_letter(label.polarity),
        sign: tone_sign(label.polarity),
        theme: themes.name(&label.theme).to_owned(),
        says: tone_says(label.polarity),
        evidence: lines.concat(),
    }
}

/// "“too high”, caseloads/too-high", on a line of its own.
fn line(evidence: &Evidence) -> String {
    let words: Vec<&str> = evidence.text.split_whitespace().collect();
    let from = match evidence.via {
        Via::Clause => "",
        Via::Sentence => " (elsewhere in the sentence)",
        Via::Paragraph => " (earlier in the paragraph)",
        Via::Section => " (in the heading)",
    };
    format!("\n“{}”{from}, {}", words.join(" "), evidence.rule)
}

/// "page 3, paragraph 12, improved".
fn aside(row: &Row, used: Option<&Use>) -> String {
    let mut parts = Vec::new();
    parts.extend(row.page.map(|page| format!("page {page}")));
    parts.extend(
        row.paragraph
            .as_ref()
            .map(|paragraph| format!("paragraph {paragraph}")),
    );
    match row.change {
        Change::None => {}
        change => parts.push(format!("said to have {}", moved(change))),
    }
    if let Some(used) = used {
        parts.extend(because(used.counts_as).map(|reason| format!("not counted: {reason}")));
        if used.corrected {
            parts.push("corrected by a person".to_owned());
        }
    }
    parts.join(", ")
}
