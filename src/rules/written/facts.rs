//! Files of `rules/facts`: words and shapes that all families of documents share, names of authorities, and one file a family.

use super::super::file::Placed;
use super::super::walk::{Table, Walk, span};
use super::required;
use crate::codebook::{Judgement, Kind};
use crate::span::Span;

/// All files of `rules/facts`.
#[derive(Debug, Default)]
pub(crate) struct WrittenFacts {
    pub(crate) shared: Vec<WrittenShared>,
    /// Authorities: the name, and other names of it after a bar.
    pub(crate) known: Vec<Placed<String>>,
    pub(crate) families: Vec<WrittenFamily>,
}

/// `common.toml`; an overlay's stands behind the one below it.
#[derive(Debug, Default)]
pub(crate) struct WrittenShared {
    pub(crate) file: usize,
    /// Name and regular expression, in the order of the file.
    pub(crate) shapes: Vec<(String, Placed<String>)>,
    pub(crate) months: Vec<Placed<String>>,
    pub(crate) weekdays: Vec<Placed<String>>,
    pub(crate) ordinals: Vec<Placed<String>>,
    pub(crate) grades: Vec<(Judgement, Vec<Placed<String>>)>,
    pub(crate) before: Vec<Placed<String>>,
    pub(crate) behind: Vec<Placed<String>>,
    pub(crate) not: Vec<Placed<String>>,
}

/// A family of documents.
#[derive(Debug)]
pub(crate) struct WrittenFamily {
    pub(crate) file: usize,
    /// The name of the file; an overlay's goes on with the one of that name below it.
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// Where two families fit equally well the lower one has it.
    pub(crate) order: u8,
    /// By what a document is known to be of the family.
    pub(crate) signs: Vec<(Scope, i32, Vec<Placed<String>>)>,
    pub(crate) patterns: Vec<(Sought, Scope, Vec<Placed<String>>)>,
    /// What a match may not hold.
    pub(crate) unless: Vec<(Sought, Vec<Placed<String>>)>,
    /// Areas of judgement by name, in the order of the file, with the phrases that stand in a table or list.
    pub(crate) areas: Vec<(String, Vec<Placed<String>>)>,
    /// The same as patterns that hold their grade.
    pub(crate) judged: Vec<(String, Vec<Placed<String>>)>,
    /// Lines above lists of judgements of an inspection before.
    pub(crate) earlier: Vec<Placed<String>>,
}

/// Where in a document a pattern is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// At its head; the first match counts.
    Opening,
    /// In all of it; all matches have to agree.
    Anywhere,
}

/// What a pattern looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// The place.
    Authority,
    /// First and last day.
    Inspection,
    /// The day of publication, or of the letter.
    Published,
    /// Which visit it is.
    VisitNumber,
    /// A person.
    LeadInspector,
}

impl Sought {
    /// Its name in the file, and the shape that holds the value.
    pub(crate) const ALL: [(&'static str, &'static str, Self); 5] = [
        ("authority", "authority", Self::Authority),
        ("inspection", "dates", Self::Inspection),
        ("published", "date", Self::Published),
        ("visit_number", "ordinal", Self::VisitNumber),
        ("lead_inspector", "person", Self::LeadInspector),
    ];
}

const SCOPES: [(&str, Scope); 2] = [("opening", Scope::Opening), ("anywhere", Scope::Anywhere)];

/// What each sign adds.
const WEIGHTS: [(&str, i32); 4] = [("sure", 8), ("strong", 3), ("weak", 1), ("against", -8)];

/// Takes one file of `rules/facts` apart.
pub(crate) fn facts(walk: &mut Walk<'_>, file: usize, table: &Table<'_>, all: &mut WrittenFacts) {
    required(walk, table, "about");
    match walk.file.id() {
        "common" => all.shared.push(shared(walk, file, table)),
        "authorities" => {
            walk.file_keys(table, &["about", "known"]);
            all.known.extend(walk.strings(table, "known"));
        }
        _ => {
            let id = walk.file.id();
            let below = all.families.iter().find(|family| family.id == id);
            let below = below.map(|family| (family.kind, family.order));
            all.families.extend(family(walk, file, below, table));
        }
    }
}

fn shared(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenShared {
    walk.file_keys(table, &["about", "shapes", "dates", "grades", "names"]);
    let mut all = WrittenShared {
        file,
        ..WrittenShared::default()
    };
    if let Some(inner) = walk.inner(table, "shapes") {
        // The parser gives keys in the order of their names; a shape may use those that stand above it.
        let mut shapes: Vec<(Span, String)> = inner
            .keys()
            .map(|key| (span(key), key.get_ref().to_string()))
            .collect();
        shapes.sort();
        for (_, name) in shapes {
            if let Some(shape) = walk.string(inner, &name) {
                all.shapes.push((name, shape));
            }
        }
    }
    if let Some(inner) = walk.inner(table, "dates") {
        walk.keys(inner, &["months", "weekdays", "ordinals"]);
        all.months = walk.strings(inner, "months");
        all.weekdays = walk.strings(inner, "weekdays");
        all.ordinals = walk.strings(inner, "ordinals");
        if !matches!(all.months.len(), 0 | 12) {
            walk.mistake(
                "E105",
                Span::default(),
                "`months` has to name twelve months, other forms after a bar",
            );
        }
    }
    if let Some(inner) = walk.inner(table, "grades") {
        walk.keys(
            inner,
            &Judgement::ALL
                .iter()
                .map(|grade| grade.name())
                .collect::<Vec<_>>(),
        );
        for grade in Judgement::ALL {
            all.grades.push((*grade, walk.strings(inner, grade.name())));
        }
    }
    if let Some(inner) = walk.inner(table, "names") {
        walk.keys(inner, &["before", "behind", "not"]);
        all.before = walk.strings(inner, "before");
        all.behind = walk.strings(inner, "behind");
        all.not = walk.strings(inner, "not");
    }
    all
}

/// `below`: kind and order of the family with which an overlay's file goes on.
fn family(
    walk: &mut Walk<'_>,
    file: usize,
    below: Option<(Kind, u8)>,
    table: &Table<'_>,
) -> Option<WrittenFamily> {
    walk.file_keys(
        table,
        &[
            "about",
            "kind",
            "order",
            "opening",
            "anywhere",
            "facts",
            "judgements",
            "judged",
            "earlier",
        ],
    );
    let kind = match (walk.string(table, "kind"), below) {
        (None, Some((kind, _))) => kind,
        (None, None) => {
            if table.get("kind").is_none() {
                let message = "the key `kind` is missing: it names the kind of document";
                walk.mistake("E104", Span::default(), message);
            }
            return None;
        }
        (Some(name), _) => match Kind::from_name(&name.value) {
            Some(kind) => kind,
            None => {
                let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                let message = format!(
                    "there is no kind `{}`: write one of {}",
                    name.value,
                    known.join(", ")
                );
                walk.mistake("E105", name.at, message);
                return None;
            }
        },
    };
    let mut family = WrittenFamily {
        file,
        id: walk.file.id().to_owned(),
        kind,
        order: walk
            .number(table, "order", 1, 255)
            .or(below.map(|(_, order)| order))
            .unwrap_or(u8::MAX),
        signs: Vec::new(),
        patterns: Vec::new(),
        unless: Vec::new(),
        areas: named(walk, table, "judgements"),
        judged: named(walk, table, "judged"),
        earlier: Vec::new(),
    };
    for (key, scope) in SCOPES {
        if let Some(inner) = walk.inner(table, key) {
            walk.keys(inner, &WEIGHTS.map(|(name, _)| name));
            for (name, weight) in WEIGHTS {
                let list = walk.strings(inner, name);
                family.signs.push((scope, weight, list));
            }
        }
    }
    if let Some(facts) = walk.inner(table, "facts") {
        walk.keys(facts, &Sought::ALL.map(|(name, ..)| name));
        for (name, _, sought) in Sought::ALL {
            let Some(inner) = walk.inner(facts, name) else {
                continue;
            };
            walk.keys(inner, &["opening", "anywhere", "unless"]);
            let unless = walk.strings(inner, "unless");
            family.unless.push((sought, unless));
            for (key, scope) in SCOPES {
                let list = walk.strings(inner, key);
                family.patterns.push((sought, scope, list));
            }
        }
    }
    if let Some(inner) = walk.inner(table, "earlier") {
        walk.keys(inner, &["under"]);
        family.earlier = walk.strings(inner, "under");
    }
    Some(family)
}

/// The lists of a table whose keys are free.
fn named(walk: &mut Walk<'_>, table: &Table<'_>, key: &str) -> Vec<(String, Vec<Placed<String>>)> {
    let Some(inner) = walk.inner(table, key) else {
        return Vec::new();
    };
    let names: Vec<String> = inner.keys().map(|key| key.get_ref().to_string()).collect();
    names
        .into_iter()
        .map(|name| {
            let list = walk.strings(inner, &name);
            (name, list)
        })
        .collect()
}
