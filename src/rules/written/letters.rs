//! One file of `rules/letters`.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};
use super::required;
use crate::codebook::{Grade, SectionRole};

/// One file of `rules/letters`.
#[derive(Debug)]
pub(crate) struct WrittenLetters {
    pub(crate) file: usize,
    pub(crate) headings: Vec<(HeadingKind, Vec<Placed<String>>)>,
    pub(crate) lines: Vec<(LineKind, Vec<Placed<String>>)>,
    pub(crate) grades: Vec<(Grade, Vec<Placed<String>>)>,
}

/// What a heading says of the section below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadingKind {
    /// The section has a role and gives rows.
    Role(SectionRole),
    /// The section gives no rows: contents, tables of judgements, definitions of grades, letterhead.
    NoRows,
}

/// What a short line is, told by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum LineKind {
    /// Page numbers, running headers and footers.
    Furniture,
    /// The line that ends the letterhead ("Dear ...").
    Salutation,
    /// The line at which the letter ends ("Yours sincerely").
    SignOff,
    /// A line that only a council's own minutes have: what nobody else is named to say there, the council says.
    Council,
    /// A standing line that is neither heading nor sentence (addresses, web links, captions).
    Aside,
}

impl LineKind {
    /// Every kind.
    pub(crate) const ALL: &[Self] = &[
        Self::Furniture,
        Self::Salutation,
        Self::SignOff,
        Self::Council,
        Self::Aside,
    ];
}

/// Takes a letter file apart.
pub(super) fn letters(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenLetters {
    walk.file_keys(table, &["about", "headings", "lines", "grades", "allow"]);
    required(walk, table, "about");
    let mut headings = Vec::new();
    if let Some(inner) = walk.inner(table, "headings") {
        let mut known: Vec<&str> = SectionRole::ALL.iter().map(|role| role.name()).collect();
        known.push("no_rows");
        walk.keys(inner, &known);
        for name in known {
            let kind = SectionRole::from_name(name).map_or(HeadingKind::NoRows, HeadingKind::Role);
            headings.push((kind, walk.strings(inner, name)));
        }
    }
    let mut lines = Vec::new();
    if let Some(inner) = walk.inner(table, "lines") {
        let known = [
            ("furniture", LineKind::Furniture),
            ("salutation", LineKind::Salutation),
            ("sign_off", LineKind::SignOff),
            ("council", LineKind::Council),
            ("aside", LineKind::Aside),
        ];
        walk.keys(inner, &known.map(|(name, _)| name));
        for (name, kind) in known {
            lines.push((kind, walk.strings(inner, name)));
        }
    }
    let mut grades = Vec::new();
    if let Some(inner) = walk.inner(table, "grades") {
        walk.keys(
            inner,
            &Grade::ALL.iter().map(|grade| grade.name()).collect::<Vec<_>>(),
        );
        for grade in Grade::ALL {
            grades.push((*grade, walk.strings(inner, grade.name())));
        }
    }
    WrittenLetters {
        file,
        headings,
        lines,
        grades,
    }
}
