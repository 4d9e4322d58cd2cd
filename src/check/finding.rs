//! What a check finds, and the report of it.

use serde::Serialize;

use super::Wanted;
use crate::error::Mistake;
use crate::rules::{Lenient, RuleFile};
use crate::span::Span;

/// Version of the form of [`Report`]. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// All that a check found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Version of this form.
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// Files looked at.
    pub files: usize,
    /// Cues in all files that could be read, also in those that were not looked at.
    pub cues: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// Warnings that the files silence with a reason.
    pub silenced: usize,
    /// In the order of files and lines.
    pub findings: Vec<Finding>,
}

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// The rules can be used, but something in them is idle, risky or not shown to hold.
    Warning,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Its code, which stays the same for good.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The file, by its path where it has one.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// How many characters of the line it concerns, at least 1.
    pub length: usize,
    /// What is wrong and what to do.
    pub message: String,
    /// More about how such a thing is written, or why it matters.
    pub note: Option<String>,
    /// The line of the file.
    pub source: String,
    /// Other places that have to do with it.
    pub also: Vec<Also>,
    /// A mend that changes no label and loses no comment.
    pub fix: Option<Fix>,
    /// Which file of the rules, for [`super::fixed`].
    #[serde(skip)]
    pub(super) index: usize,
}

/// Another place that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Also {
    /// The file, by its path where it has one.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// What stands there.
    pub what: String,
}

/// A mend.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What it does.
    pub says: String,
    /// Changes of the file, which belong together.
    pub edits: Vec<Edit>,
}

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// First byte of what goes.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What comes instead.
    pub text: String,
}

/// A finding before its place is counted out in lines.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) code: &'static str,
    pub(super) file: usize,
    pub(super) at: Span,
    pub(super) message: String,
    pub(super) note: Option<String>,
    pub(super) also: Vec<(usize, Span, String)>,
    pub(super) fix: Option<Fix>,
    /// The cue as written, by which it can be silenced.
    pub(super) cue: Option<String>,
}

impl Found {
    pub(super) fn new(code: &'static str, file: usize, at: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            file,
            at,
            message: message.into(),
            note: None,
            also: Vec::new(),
            fix: None,
            cue: None,
        }
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(super) fn cue(mut self, cue: &str) -> Self {
        self.cue = Some(cue.to_owned());
        self
    }

    pub(super) fn also(mut self, file: usize, at: Span, what: impl Into<String>) -> Self {
        self.also.push((file, at, what.into()));
        self
    }

    pub(super) fn fix(mut self, says: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            says: says.into(),
            edits,
        });
        self
    }
}

/// A file as messages name it.
pub(super) fn shown(file: &RuleFile) -> String {
    match &file.path {
        Some(path) => path.display().to_string(),
        None => format!("rules/{}", file.name),
    }
}

/// Counts places out and puts findings in order.
pub(super) fn report(
    lenient: &Lenient,
    wanted: &Wanted<'_>,
    all: Vec<Found>,
    cues: usize,
    silenced: usize,
) -> Report {
    let files = lenient.rules.files();
    let looked_at = |file: usize| {
        files
            .get(file)
            .is_some_and(|file| wanted.files.is_none_or(|wants| wants(file)))
    };
    let mut findings: Vec<(usize, Finding)> = all
        .into_iter()
        .filter(|found| looked_at(found.file))
        .map(|found| (found.at.start, finding(files, found)))
        .collect();
    findings.sort_by(|(at, a), (other, b)| {
        (a.index, *at, a.code, &a.message).cmp(&(b.index, *other, b.code, &b.message))
    });
    let findings: Vec<Finding> = findings.into_iter().map(|(_, finding)| finding).collect();
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    Report {
        schema: SCHEMA,
        rules: lenient.rules.fingerprint().to_owned(),
        files: (0..files.len()).filter(|file| looked_at(*file)).count(),
        cues,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        silenced,
        findings,
    }
}

fn finding(files: &[RuleFile], found: Found) -> Finding {
    let place = |file: usize, at: Span| Mistake::new(&files[file], at, String::new());
    let own = place(found.file, found.at);
    // The snippet is the margin, the line and the carets.
    let source = own.snippet.lines().nth(1).unwrap_or_default();
    let source = source.split_once(" | ").map_or(source, |(_, line)| line);
    let length = own
        .snippet
        .lines()
        .nth(2)
        .map_or(1, |line| line.matches('^').count().max(1));
    Finding {
        code: found.code,
        severity: if found.code.starts_with('E') {
            Severity::Error
        } else {
            Severity::Warning
        },
        file: shown(&files[found.file]),
        line: own.line,
        column: own.column,
        length,
        message: found.message,
        note: found.note,
        source: source.to_owned(),
        also: found
            .also
            .into_iter()
            .map(|(file, at, what)| {
                let place = place(file, at);
                Also {
                    file: shown(&files[file]),
                    line: place.line,
                    column: place.column,
                    what,
                }
            })
            .collect(),
        fix: found.fix,
        index: found.file,
    }
}
