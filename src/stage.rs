//! Any step of the work, printed: what `findings text --stage` shows.
//!
//! In: a [`Reading`]. Out: text for people, one item a line, in the order of the document.

use std::fmt::Write as _;

use crate::reading::Reading;
use crate::rules::Rules;
use crate::span::Span;

/// A step whose result can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Paragraphs with their pages, numbers and kinds.
    Pages,
    /// Headings with their roles and grades.
    Sections,
    /// Sentences and list items.
    Sentences,
    /// Clauses, one a line, a blank line between sentences.
    Clauses,
    /// Cues seen in each sentence, and by what they were silenced.
    Matches,
}

impl Stage {
    /// Every stage, in the order of the work.
    pub const ALL: &'static [Self] = &[
        Self::Pages,
        Self::Sections,
        Self::Sentences,
        Self::Clauses,
        Self::Matches,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Sections => "sections",
            Self::Sentences => "sentences",
            Self::Clauses => "clauses",
            Self::Matches => "matches",
        }
    }

    /// The stage of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.name() == name)
    }
}

/// Prints a step's result.
pub fn stage(rules: &Rules, reading: &Reading, stage: Stage) -> String {
    let mut out = String::new();
    match stage {
        Stage::Pages => pages(reading, &mut out),
        Stage::Sections => sections(reading, &mut out),
        Stage::Sentences => {
            for sentence in &reading.sentences {
                line(&mut out, sentence.span.of(&reading.text.read));
            }
        }
        Stage::Clauses => {
            let mut last = None;
            for clause in &reading.clauses {
                if last.is_some_and(|last| last != clause.sentence) {
                    out.push('\n');
                }
                last = Some(clause.sentence);
                line(&mut out, read(reading, clause.span).trim());
            }
        }
        Stage::Matches => matches(rules, reading, &mut out),
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// The words of a span of the normal form, as read.
fn read(reading: &Reading, span: Span) -> &str {
    reading.text.normal.span_to_text(span).of(&reading.text.read)
}

fn pages(reading: &Reading, out: &mut String) {
    let mut page = None;
    for paragraph in &reading.text.paragraphs {
        if paragraph.page != page {
            page = paragraph.page;
            writeln!(out, "--- page {} ---", page.unwrap_or_default()).expect("to a string");
        }
        let kind = format!("{:?}", paragraph.kind).to_lowercase();
        let number = paragraph
            .number
            .as_deref()
            .map(|number| format!(" {number}."))
            .unwrap_or_default();
        writeln!(out, "[{kind}{number}] {}", reading.text.words(paragraph)).expect("to a string");
    }
}

fn sections(reading: &Reading, out: &mut String) {
    for section in &reading.sections {
        let heading = section
            .heading
            .map_or("(before the first heading)", |span| span.of(&reading.text.read));
        let grade = section
            .grade
            .map(|grade| format!(", {grade}"))
            .unwrap_or_default();
        let rows = if section.rows { "" } else { ", gives no rows" };
        let count = section.paragraphs.len();
        writeln!(
            out,
            "{heading} [{}{grade}{rows}; {count} paragraphs]",
            section.role
        )
        .expect("to a string");
    }
}

fn matches(rules: &Rules, reading: &Reading, out: &mut String) {
    let mut at = 0;
    for (n, sentence) in reading.sentences.iter().enumerate() {
        line(out, sentence.span.of(&reading.text.read));
        while let Some(m) = reading
            .matches
            .get(at)
            .filter(|m| reading.clauses[m.clause].sentence == n)
        {
            let cue = rules.cue(m.cue);
            let silenced = m
                .silenced_by
                .map(|by| format!("  silenced by {}", rules.cue(reading.matches[by].cue).id))
                .unwrap_or_default();
            writeln!(
                out,
                "  {} ({}): {}{silenced}",
                cue.id,
                cue.act.name(),
                read(reading, m.span)
            )
            .expect("to a string");
            at += 1;
        }
    }
}
