//! Rule files as an author writes them, taken apart but not yet made ready to run.
//!
//! In: [`RuleFile`]s. Out: themes, word files, letter files and English, each with the places of their entries, and
//! the mistakes found on the way. `rules/README.md` is the author's view of the same forms.

use super::file::{Placed, RuleFile, Table, Walk};
use crate::codebook::{Change, Grade, Polarity, SectionRole, Speaker, Time, Tone};
use crate::error::Mistake;
use crate::span::Span;

/// All rule files of a set.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) themes: Vec<WrittenTheme>,
    pub(crate) words: Vec<WrittenWords>,
    pub(crate) letters: Vec<WrittenLetters>,
    pub(crate) english: WrittenEnglish,
    pub(crate) examples: Vec<Example>,
}

/// One file of `rules/themes`.
#[derive(Debug)]
pub(crate) struct WrittenTheme {
    pub(crate) file: usize,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) core: bool,
    pub(crate) order: u8,
    pub(crate) names: Vec<Placed<String>>,
    pub(crate) hints: Vec<Placed<String>>,
    pub(crate) exempt: Vec<Placed<String>>,
    pub(crate) strength: Vec<Placed<String>>,
    pub(crate) concern: Vec<Placed<String>>,
    pub(crate) near_strength: Vec<Placed<String>>,
    pub(crate) near_concern: Vec<Placed<String>>,
    pub(crate) headings: Vec<Placed<String>>,
    pub(crate) yields: Vec<Placed<String>>,
}

/// What the cues of a word file do. `rules/README.md` has the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    Strength,
    Concern,
    Asset,
    Burden,
    Negate,
    Less,
    More,
    Need,
    Tackle,
    Few,
    Most,
    Withhold,
    Neutral,
    Past,
    Future,
    Improved,
    Declined,
    Unchanged,
    Inspector,
    Authority,
    Other,
}

impl Role {
    const ALL: &[(&str, Self)] = &[
        ("strength", Self::Strength),
        ("concern", Self::Concern),
        ("asset", Self::Asset),
        ("burden", Self::Burden),
        ("negate", Self::Negate),
        ("less", Self::Less),
        ("more", Self::More),
        ("need", Self::Need),
        ("tackle", Self::Tackle),
        ("few", Self::Few),
        ("most", Self::Most),
        ("withhold", Self::Withhold),
        ("neutral", Self::Neutral),
        ("past", Self::Past),
        ("future", Self::Future),
        ("improved", Self::Improved),
        ("declined", Self::Declined),
        ("unchanged", Self::Unchanged),
        ("inspector", Self::Inspector),
        ("authority", Self::Authority),
        ("other", Self::Other),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, role)| *role)
    }

    /// The role as rule files write it.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, role)| *role == self)
            .map_or("", |(name, _)| name)
    }
}

/// One file of `rules/words`.
#[derive(Debug)]
pub(crate) struct WrittenWords {
    pub(crate) file: usize,
    pub(crate) id: String,
    pub(crate) role: Role,
    pub(crate) rank: u8,
    pub(crate) reach: u8,
    pub(crate) cues: Vec<Placed<String>>,
    pub(crate) exempt: Vec<Placed<String>>,
}

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
    /// A standing line that is neither heading nor sentence (addresses, web links, captions).
    Aside,
}

/// `rules/english.toml`.
#[derive(Debug, Default)]
pub(crate) struct WrittenEnglish {
    pub(crate) file: usize,
    pub(crate) abbreviations: Vec<Placed<String>>,
    pub(crate) contrast: Vec<Placed<String>>,
    pub(crate) circumstance: Vec<Placed<String>>,
    pub(crate) content: Vec<Placed<String>>,
    pub(crate) opening_circumstance: Vec<Placed<String>>,
    pub(crate) relative: Vec<Placed<String>>,
    pub(crate) opening: Vec<Placed<String>>,
    pub(crate) goes_on: Vec<Placed<String>>,
    pub(crate) auxiliaries: Vec<Placed<String>>,
    pub(crate) subjects: Vec<Placed<String>>,
    pub(crate) verbs: Vec<Placed<String>>,
    pub(crate) hanging: Vec<Placed<String>>,
    pub(crate) joiners: Vec<Placed<String>>,
    pub(crate) links: Vec<Placed<String>>,
    pub(crate) adverbs: Vec<Placed<String>>,
}

/// A sentence with the labels that it must and must not get.
#[derive(Clone, Debug)]
pub struct Example {
    /// Which file it stands in, by its place in the set.
    pub(crate) file: usize,
    /// Where its text stands there.
    pub(crate) at: Span,
    /// The sentence.
    pub text: String,
    /// The sentence before it in the same paragraph.
    pub before: Option<String>,
    /// The heading above it.
    pub section: Option<String>,
    /// The sentence's polarity.
    pub polarity: Option<Polarity>,
    /// Labels that it must get.
    pub labels: Vec<(String, Option<Tone>)>,
    /// Themes, or themes with a polarity, that it must not get.
    pub not: Vec<(String, Option<Tone>)>,
    /// Who says it.
    pub source: Option<Speaker>,
    /// When it holds.
    pub time: Option<Time>,
    /// Whether it has moved.
    pub change: Option<Change>,
    /// Known not to hold yet: reported, does not fail.
    pub todo: bool,
}

/// Takes every file apart.
pub(crate) fn written(files: &[RuleFile], mistakes: &mut Vec<Mistake>) -> Written {
    let mut all = Written::default();
    for (index, file) in files.iter().enumerate() {
        let mut walk = Walk { file, mistakes };
        let table = walk.parse();
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folder {
            "themes" => {
                let theme = theme(&mut walk, index, &table);
                all.themes.push(theme);
                examples(&mut walk, index, &table, &mut all.examples);
            }
            "words" => {
                if let Some(words) = words(&mut walk, index, &table) {
                    all.words.push(words);
                }
                examples(&mut walk, index, &table, &mut all.examples);
            }
            "letters" => all.letters.push(letters(&mut walk, index, &table)),
            "" if file.id() == "english" => all.english = english(&mut walk, index, &table),
            _ => walk.mistake(
                Span::default(),
                "the file stands in no known place: rules lie in themes/, words/, letters/ or english.toml",
            ),
        }
    }
    all
}

fn theme(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenTheme {
    walk.keys(
        table,
        &[
            "name",
            "about",
            "core",
            "order",
            "names",
            "hints",
            "exempt",
            "strength",
            "concern",
            "near_strength",
            "near_concern",
            "headings",
            "yields",
            "example",
        ],
    );
    let id = walk.file.id().to_owned();
    let name = required(walk, table, "name");
    let about = required(walk, table, "about");
    let names = walk.strings(table, "names");
    if names.is_empty() {
        walk.mistake(
            Span::default(),
            "the theme has no `names`: add at least one cue that names it",
        );
    }
    WrittenTheme {
        file,
        id,
        name,
        about,
        core: walk.boolean(table, "core").unwrap_or(false),
        order: walk.number(table, "order", 1, 255).unwrap_or(255),
        names,
        hints: walk.strings(table, "hints"),
        exempt: walk.strings(table, "exempt"),
        strength: walk.strings(table, "strength"),
        concern: walk.strings(table, "concern"),
        near_strength: walk.strings(table, "near_strength"),
        near_concern: walk.strings(table, "near_concern"),
        headings: walk.strings(table, "headings"),
        yields: walk.strings(table, "yields"),
    }
}

fn words(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> Option<WrittenWords> {
    walk.keys(
        table,
        &["role", "about", "reach", "rank", "cues", "exempt", "example"],
    );
    required(walk, table, "about");
    let cues = walk.strings(table, "cues");
    if cues.is_empty() {
        walk.mistake(Span::default(), "the file has no `cues`: add at least one");
    }
    let Some(role) = walk.string(table, "role") else {
        walk.mistake(
            Span::default(),
            "the file has no `role`: say what its cues do, see rules/README.md",
        );
        return None;
    };
    let Some(known) = Role::from_name(&role.value) else {
        let names: Vec<&str> = Role::ALL.iter().map(|(name, _)| *name).collect();
        walk.mistake(
            role.at,
            format!(
                "unknown role `{}`: it has to be one of {}",
                role.value,
                names.join(", ")
            ),
        );
        return None;
    };
    Some(WrittenWords {
        file,
        id: walk.file.id().to_owned(),
        role: known,
        rank: walk.number(table, "rank", 1, 3).unwrap_or(2),
        reach: walk.number(table, "reach", 1, 40).unwrap_or(8),
        cues,
        exempt: walk.strings(table, "exempt"),
    })
}

fn letters(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenLetters {
    walk.keys(table, &["about", "headings", "lines", "grades"]);
    required(walk, table, "about");
    let mut headings = Vec::new();
    if let Some(inner) = table.get("headings").and_then(|value| value.get_ref().as_table()) {
        let mut known: Vec<&str> = SectionRole::ALL.iter().map(|role| role.name()).collect();
        known.push("no_rows");
        walk.keys(inner, &known);
        for name in known {
            let kind = SectionRole::from_name(name).map_or(HeadingKind::NoRows, HeadingKind::Role);
            headings.push((kind, walk.strings(inner, name)));
        }
    }
    let mut lines = Vec::new();
    if let Some(inner) = table.get("lines").and_then(|value| value.get_ref().as_table()) {
        let known = [
            ("furniture", LineKind::Furniture),
            ("salutation", LineKind::Salutation),
            ("sign_off", LineKind::SignOff),
            ("aside", LineKind::Aside),
        ];
        walk.keys(inner, &known.map(|(name, _)| name));
        for (name, kind) in known {
            lines.push((kind, walk.strings(inner, name)));
        }
    }
    let mut grades = Vec::new();
    if let Some(inner) = table.get("grades").and_then(|value| value.get_ref().as_table()) {
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

fn english(walk: &mut Walk<'_>, file: usize, table: &Table<'_>) -> WrittenEnglish {
    walk.keys(
        table,
        &[
            "about",
            "abbreviations",
            "contrast",
            "circumstance",
            "content",
            "opening_circumstance",
            "relative",
            "opening",
            "goes_on",
            "auxiliaries",
            "subjects",
            "verbs",
            "hanging",
            "joiners",
            "links",
            "adverbs",
        ],
    );
    WrittenEnglish {
        file,
        abbreviations: walk.strings(table, "abbreviations"),
        contrast: walk.strings(table, "contrast"),
        circumstance: walk.strings(table, "circumstance"),
        content: walk.strings(table, "content"),
        opening_circumstance: walk.strings(table, "opening_circumstance"),
        relative: walk.strings(table, "relative"),
        opening: walk.strings(table, "opening"),
        goes_on: walk.strings(table, "goes_on"),
        auxiliaries: walk.strings(table, "auxiliaries"),
        subjects: walk.strings(table, "subjects"),
        verbs: walk.strings(table, "verbs"),
        hanging: walk.strings(table, "hanging"),
        joiners: walk.strings(table, "joiners"),
        links: walk.strings(table, "links"),
        adverbs: walk.strings(table, "adverbs"),
    }
}

fn required(walk: &mut Walk<'_>, table: &Table<'_>, key: &str) -> String {
    match walk.string(table, key) {
        Some(text) if !text.value.trim().is_empty() => text.value,
        Some(text) => {
            walk.mistake(text.at, format!("`{key}` is empty: write a line about it"));
            String::new()
        }
        None => {
            if table.get(key).is_none() {
                walk.mistake(Span::default(), format!("the key `{key}` is missing"));
            }
            String::new()
        }
    }
}

fn examples(walk: &mut Walk<'_>, file: usize, table: &Table<'_>, all: &mut Vec<Example>) {
    let before = all.len();
    for (at, inner) in walk.tables(table, "example") {
        walk.keys(
            inner,
            &[
                "text", "before", "section", "polarity", "labels", "not", "source", "time", "change", "state",
            ],
        );
        let Some(text) = walk.string(inner, "text") else {
            walk.mistake(at, "the example has no `text`: write the sentence");
            continue;
        };
        let state = walk.string(inner, "state");
        if let Some(state) = state.as_ref().filter(|state| state.value != "todo") {
            walk.mistake(
                state.at,
                format!("unknown state `{}`: leave it out or write \"todo\"", state.value),
            );
        }
        let example = Example {
            file,
            at: text.at,
            text: text.value,
            before: walk.string(inner, "before").map(|text| text.value),
            section: walk.string(inner, "section").map(|text| text.value),
            polarity: value(walk, inner, "polarity", Polarity::from_name, Polarity::ALL),
            labels: pairs(walk, inner, "labels"),
            not: pairs(walk, inner, "not"),
            source: value(walk, inner, "source", Speaker::from_name, Speaker::ALL),
            time: value(walk, inner, "time", Time::from_name, Time::ALL),
            change: value(walk, inner, "change", Change::from_name, Change::ALL),
            todo: state.is_some(),
        };
        let asks = example.polarity.is_some()
            || !example.labels.is_empty()
            || !example.not.is_empty()
            || example.source.is_some()
            || example.time.is_some()
            || example.change.is_some();
        if !asks {
            walk.mistake(
                example.at,
                "the example asks for nothing: add `polarity`, `labels` or `not`",
            );
        }
        all.push(example);
    }
    if all.len() == before {
        walk.mistake(
            Span::default(),
            "the file has no examples: add at least one under a line `[[example]]`",
        );
    }
}

fn value<T: Copy + std::fmt::Display>(
    walk: &mut Walk<'_>,
    table: &Table<'_>,
    key: &str,
    from_name: fn(&str) -> Option<T>,
    all: &[T],
) -> Option<T> {
    let text = walk.string(table, key)?;
    let value = from_name(&text.value);
    if value.is_none() {
        let known: Vec<String> = all.iter().map(ToString::to_string).collect();
        walk.mistake(
            text.at,
            format!(
                "unknown {key} `{}`: it has to be one of {}",
                text.value,
                known.join(", ")
            ),
        );
    }
    value
}

fn pairs(walk: &mut Walk<'_>, table: &Table<'_>, key: &str) -> Vec<(String, Option<Tone>)> {
    let mut all = Vec::new();
    for entry in walk.strings(table, key) {
        let (theme, tone) = match entry.value.split_once(':') {
            Some((theme, tone)) => (theme, Some(tone)),
            None => (entry.value.as_str(), None),
        };
        let known = tone.and_then(Tone::from_name);
        if tone.is_some() && known.is_none() {
            walk.mistake(
                entry.at,
                "a label is written `theme:strength`, `theme:concern` or `theme:neutral`",
            );
        }
        all.push((theme.to_owned(), known));
    }
    all
}
