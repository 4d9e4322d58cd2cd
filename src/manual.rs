//! The manual of the rules, from the rule files themselves: what files and cues there are, where each stands and what
//! it does.
//!
//! In: [`Rules`]. Out: [`FileEntry`]s and [`CueEntry`]s, and by name [`Found`]. Not decided here: how they look.

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::codebook::Tone;
use crate::error::Mistake;
use crate::examples;
use crate::explain::explain;
use crate::label::Fate;
use crate::rules::{Act, Cue, Role, RuleFile, Rules, readings};
use crate::span::Span;

/// Readings of a cue that are written out.
const READINGS: usize = 24;
/// Cues that are named where nothing is called by a name.
const NEAR: usize = 8;

/// What kind of rule file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// A theme.
    Theme,
    /// Words with one role.
    Words,
    /// Headings and standing lines.
    Letters,
    /// Words at which sentences and clauses are cut.
    English,
    /// Text that recurs in letters on any authority.
    Standing,
    /// How documents tell of what they are and of what.
    Facts,
}

/// A rule file, with what overlays add to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileEntry {
    /// Its id: the name without folder and ending.
    pub id: String,
    /// What kind it is.
    pub kind: FileKind,
    /// The files, in the order in which they lie one on another.
    pub files: Vec<String>,
    /// Its name for people; themes only.
    pub name: Option<String>,
    /// What it covers.
    pub about: String,
    /// Whether reports put it first; themes only.
    pub core: Option<bool>,
    /// The themes before which it gives way; themes only.
    pub yields: Vec<String>,
    /// Headings that make it the topic; themes only.
    pub headings: Vec<String>,
    /// What its cues do; words only.
    pub role: Option<String>,
    /// How strongly, 1 to 3; words only.
    pub rank: Option<u8>,
    /// How far they act, in words; only where the role acts on other words.
    pub reach: Option<u8>,
    /// Cues, without those that are switched off.
    pub cues: usize,
    /// Cues that are switched off.
    pub off: usize,
    /// Examples.
    pub examples: usize,
}

/// A cue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueEntry {
    /// Its id.
    pub id: String,
    /// As its file writes it.
    pub written: String,
    /// What it does, in a word: `theme`, `strength`, `negate` ...
    pub does: &'static str,
    /// The same in a sentence.
    pub meaning: &'static str,
    /// The file that it stands in, in an overlay with the folder before it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// How strongly it judges, 1 to 3; only where it judges.
    pub rank: Option<u8>,
    /// How many words far it acts; only where it acts on other words.
    pub reach: Option<u8>,
    /// The file that switches it off.
    pub off_by: Option<String>,
}

/// A cue with all that can be said of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueShown {
    /// The cue.
    #[serde(flatten)]
    pub cue: CueEntry,
    /// Phrases for which it stands, the first of them where they are many.
    pub readings: Vec<String>,
    /// How many phrases it stands for in all.
    pub readings_in_all: usize,
    /// The examples of its file in which its words stand.
    pub examples: Vec<ExampleSeen>,
}

/// An example in which a cue's words stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExampleSeen {
    /// Its file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// What became of the cue there, each time that it stands there.
    pub fates: Vec<Fate>,
}

/// A file with its cues and examples.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileShown {
    /// The file.
    #[serde(flatten)]
    pub file: FileEntry,
    /// Its cues, in the order in which they stand.
    pub entries: Vec<CueEntry>,
    /// Lists that hold no cues (headings of letters, abbreviations ...), by name.
    pub lists: Vec<(String, Vec<String>)>,
    /// Its examples: file, line and sentence.
    pub sentences: Vec<(String, usize, String)>,
}

/// What is called by a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// Cues of that id, or else written so.
    pub cues: Vec<CueShown>,
    /// Files of that id or name.
    pub files: Vec<FileShown>,
    /// Where there are neither: ids of cues in which all its words stand.
    pub near: Vec<String>,
}

/// Every file, themes first in the order of reports, then words, letters and English by name.
pub fn files(rules: &Rules) -> Vec<FileEntry> {
    let mut all: Vec<FileEntry> = bases(rules).map(|base| file(rules, base)).collect();
    let place = |id: &str| rules.themes().position(|theme| theme.id == id);
    all.sort_by_cached_key(|file| (file.kind, place(&file.id), file.id.clone()));
    all
}

/// Every cue, in the order of files and lines.
pub fn cues(rules: &Rules) -> Vec<CueEntry> {
    let mut all: Vec<(usize, Span, CueEntry)> = rules
        .lexicon
        .cues
        .iter()
        .map(|cue| (cue.written.0, cue.written.1, entry(rules, cue)))
        .collect();
    all.sort_by_key(|(file, at, _)| (*file, *at));
    all.into_iter().map(|(_, _, entry)| entry).collect()
}

/// What is called so: a cue by its id or as it is written, a file by its id or name.
pub fn find(rules: &Rules, name: &str) -> Found {
    let called = |file: &RuleFile| {
        file.id() == name || file.name == name || file.shown() == name || file.name == format!("{name}.toml")
    };
    let mut found = Found::default();
    let numbered = || (0_u32..).zip(&rules.lexicon.cues);
    found.cues = numbered()
        .filter(|(_, cue)| cue.id == name)
        .map(|(number, cue)| shown(rules, number, cue))
        .collect();
    for base in bases(rules) {
        let own = layers(rules, base).any(|(_, file)| called(file));
        if own {
            found.files.push(whole(rules, base));
        }
    }
    if found.cues.is_empty() && found.files.is_empty() {
        found.cues = numbered()
            .filter(|(_, cue)| written(rules, cue) == name)
            .map(|(number, cue)| shown(rules, number, cue))
            .collect();
    }
    if found.cues.is_empty() && found.files.is_empty() {
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let near = rules.lexicon.cues.iter().filter(|cue| {
            let phrase = written(rules, cue);
            !words.is_empty()
                && words
                    .iter()
                    .all(|word| cue.id.contains(word) || phrase.contains(word))
        });
        let mut near: Vec<String> = near.map(|cue| cue.id.to_string()).collect();
        near.sort_by_key(|id| (id.len(), id.clone()));
        near.truncate(NEAR);
        found.near = near;
    }
    found
}

/// Files that go on with no other, by their place.
fn bases(rules: &Rules) -> impl Iterator<Item = usize> {
    let files = rules.files();
    let first = |place: usize| files.iter().position(|other| other.name == files[place].name);
    (0..files.len()).filter(move |place| first(*place) == Some(*place))
}

/// A file and those that go on with it.
fn layers(rules: &Rules, base: usize) -> impl Iterator<Item = (usize, &RuleFile)> {
    let files = rules.files();
    files
        .iter()
        .enumerate()
        .filter(move |(_, file)| file.name == files[base].name)
}

fn table(file: &RuleFile) -> DeTable<'_> {
    DeTable::parse_recoverable(&file.text).0.into_inner()
}

fn file(rules: &Rules, base: usize) -> FileEntry {
    let own = &rules.files()[base];
    let kind = match own.name.split_once('/') {
        Some(("themes", _)) => FileKind::Theme,
        Some(("words", _)) => FileKind::Words,
        Some(("facts", _)) => FileKind::Facts,
        Some(_) => FileKind::Letters,
        None if own.id() == "standing" => FileKind::Standing,
        None => FileKind::English,
    };
    let table = table(own);
    let text = |key: &str| table.get(key)?.get_ref().as_str().map(str::to_owned);
    let all = |key: &str| -> Vec<String> {
        layers(rules, base)
            .flat_map(|(_, file)| {
                self::table(file)
                    .get(key)
                    .map_or_else(Vec::new, |value| texts(value.get_ref()))
            })
            .collect()
    };
    let places: Vec<usize> = layers(rules, base).map(|(place, _)| place).collect();
    let cues: Vec<&Cue> = rules
        .lexicon
        .cues
        .iter()
        .filter(|cue| places.contains(&cue.written.0))
        .collect();
    let off = cues.iter().filter(|cue| off_by(rules, cue).is_some()).count();
    let words = cues.iter().find(|cue| matches!(cue.act, Act::Word(_)));
    let theme = kind == FileKind::Theme;
    FileEntry {
        id: own.id().to_owned(),
        kind,
        files: layers(rules, base).map(|(_, file)| file.shown()).collect(),
        name: text("name").filter(|_| theme),
        about: text("about").unwrap_or_default(),
        core: theme.then(|| rules.themes().any(|known| known.id == own.id() && known.core)),
        yields: if theme { all("yields") } else { Vec::new() },
        headings: if theme { all("headings") } else { Vec::new() },
        role: text("role"),
        rank: words.and_then(|cue| rank(cue)),
        reach: words.and_then(|cue| reach(cue)),
        cues: cues.len() - off,
        off,
        examples: rules
            .examples()
            .iter()
            .filter(|example| places.contains(&example.file))
            .count(),
    }
}

fn texts(value: &DeValue<'_>) -> Vec<String> {
    let items = value.as_array().into_iter().flat_map(|array| array.iter());
    items
        .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
        .collect()
}

fn whole(rules: &Rules, base: usize) -> FileShown {
    let places: Vec<usize> = layers(rules, base).map(|(place, _)| place).collect();
    let mut cues: Vec<&Cue> = rules
        .lexicon
        .cues
        .iter()
        .filter(|cue| places.contains(&cue.written.0))
        .collect();
    cues.sort_by_key(|cue| cue.written);
    let mut sentences: Vec<(usize, Span, &str)> = rules
        .examples()
        .iter()
        .filter(|example| places.contains(&example.file))
        .map(|example| (example.file, example.at, example.text.as_str()))
        .collect();
    sentences.sort_unstable();
    let is_cue = |value: &DeValue<'_>, file: usize| {
        value.as_array().is_some_and(|array| {
            array.iter().any(|item| {
                let start = item.span().start;
                cues.iter()
                    .any(|cue| cue.written.0 == file && cue.written.1.start == start)
            })
        })
    };
    let mut lists = Vec::new();
    for (place, file) in layers(rules, base) {
        for (key, value) in &table(file) {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Array(_) if !is_cue(value.get_ref(), place) && !known_list(name) => {
                    lists.push((name.to_owned(), texts(value.get_ref())));
                }
                DeValue::Table(inner) => {
                    lists.extend(
                        inner.iter().map(|(key, value)| {
                            (format!("{name}.{}", key.get_ref()), texts(value.get_ref()))
                        }),
                    );
                }
                _ => {}
            }
        }
    }
    lists.retain(|(_, list)| !list.is_empty());
    FileShown {
        file: file(rules, base),
        entries: cues.into_iter().map(|cue| entry(rules, cue)).collect(),
        lists,
        sentences: sentences
            .into_iter()
            .map(|(file, at, text)| {
                let file = &rules.files()[file];
                (file.shown(), Mistake::new(file, at, "").line, text.to_owned())
            })
            .collect(),
    }
}

/// Lists that the entry of a file tells already.
fn known_list(name: &str) -> bool {
    matches!(name, "yields" | "headings" | "off" | "example")
}

/// A cue as its file writes it.
fn written(rules: &Rules, cue: &Cue) -> String {
    let (file, at) = cue.written;
    let literal = rules.files()[file].text.get(at.start..at.end).unwrap_or_default();
    let line = format!("cue = {literal}");
    let (table, _) = DeTable::parse_recoverable(&line);
    let text = table.get_ref().get("cue");
    text.and_then(|text| text.get_ref().as_str())
        .unwrap_or(literal)
        .to_owned()
}

fn entry(rules: &Rules, cue: &Cue) -> CueEntry {
    let (file, at) = cue.written;
    let place = Mistake::new(&rules.files()[file], at, "");
    CueEntry {
        id: cue.id.to_string(),
        written: written(rules, cue),
        does: cue.act.name(),
        meaning: meaning(cue.act),
        file: place.file,
        line: place.line,
        rank: rank(cue),
        reach: reach(cue),
        off_by: off_by(rules, cue),
    }
}

fn rank(cue: &Cue) -> Option<u8> {
    let judges = matches!(
        cue.act,
        Act::Judge { .. } | Act::Near { .. } | Act::Word(Role::Strength | Role::Concern)
    );
    judges.then_some(cue.rank)
}

fn reach(cue: &Cue) -> Option<u8> {
    let acts = matches!(
        cue.act,
        Act::Word(
            Role::Negate | Role::Less | Role::More | Role::Tackle | Role::Few | Role::Need | Role::Withhold
        )
    );
    acts.then_some(cue.reach)
}

/// The file that switches a cue off.
fn off_by(rules: &Rules, cue: &Cue) -> Option<String> {
    let overlays = rules.files().iter().filter(|file| file.overlay.is_some());
    let name = &rules.files()[usize::from(cue.file)].name;
    overlays
        .filter(|file| file.name == *name)
        .find(|file| {
            let off = table(file)
                .get("off")
                .map_or_else(Vec::new, |value| texts(value.get_ref()));
            off.iter().any(|id| *id == cue.id)
        })
        .map(RuleFile::shown)
}

fn shown(rules: &Rules, number: u32, cue: &Cue) -> CueShown {
    let phrase = written(rules, cue);
    let home = &rules.files()[usize::from(cue.file)].name;
    let mut examples = Vec::new();
    for example in rules.examples() {
        let file = &rules.files()[example.file];
        if file.name != *home {
            continue;
        }
        let Ok(reading) = examples::read(rules, example) else {
            continue;
        };
        if !reading.matches.iter().any(|m| m.cue == number) {
            continue;
        }
        let fates = explain(rules, &reading, None)
            .pop()
            .map_or_else(Vec::new, |explanation| {
                let own = explanation.cues.into_iter().filter(|seen| seen.rule == cue.id);
                own.map(|seen| seen.fate).collect()
            });
        examples.push(ExampleSeen {
            file: file.shown(),
            line: Mistake::new(file, example.at, "").line,
            text: example.text.clone(),
            fates,
        });
    }
    examples.retain(|example| !example.fates.is_empty());
    CueShown {
        cue: entry(rules, cue),
        // An alternative that is nothing leaves two spaces.
        readings: readings(&phrase)
            .take(READINGS)
            .map(|reading| reading.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect(),
        readings_in_all: readings(&phrase).size_hint().0,
        examples,
    }
}

/// What a cue does, in a sentence.
fn meaning(act: Act) -> &'static str {
    match act {
        Act::Name { hint: false, .. } => "names the theme wherever it stands",
        Act::Name { hint: true, .. } => "names the theme where nothing else in the sentence names one",
        Act::Judge {
            tone: Tone::Strength, ..
        } => "names the theme and praises it",
        Act::Judge { .. } => "names the theme and criticises it",
        Act::Near {
            tone: Tone::Strength, ..
        } => "praises where its theme is named in the same clause",
        Act::Near { .. } => "criticises where its theme is named in the same clause",
        Act::Exempt(None) => "looks like a cue of its file but is none: silences the names that it overlaps",
        Act::Exempt(Some(_)) => "looks like a cue but is none: silences those of its role inside it",
        Act::Stop => "begins a clause in contrast to the one before",
        Act::Content => "ends a clause; what follows stands in contrast to it",
        Act::Circumstance => "what stands from here to the next comma tells a circumstance, not a finding",
        Act::OpeningCircumstance => {
            "where it opens a sentence, what stands up to the next comma tells a circumstance, not a finding"
        }
        Act::Relative => "what stands from here to the main verb tells a circumstance, not a finding",
        Act::GoingOn => {
            "where it opens a sentence that judges nothing, that goes on with the judgement before"
        }
        Act::Word(role) => match role {
            Role::Strength => "says that something works",
            Role::Concern => "says that something does not work",
            Role::Asset => "a thing of which more is good and less is bad; says nothing by itself",
            Role::Burden => "a thing of which more is bad and less is good; says nothing by itself",
            Role::Negate => "turns the next praise, criticism or burden after it",
            Role::Less => "fall of an asset, a burden or a concern behind it, or else before it",
            Role::More => "rise of an asset, a burden or a concern behind it, or else before it",
            Role::Need => "what follows has to improve: a concern that governs praise behind it",
            Role::Tackle => "dealing with or spotting the burden or concern behind it is good",
            Role::Few => "too small a share: praise after it turns into a concern; alone a mild concern",
            Role::Most => "a large share: leaves praise and criticism as they are",
            Role::Withhold => "credit withheld: a concern that outweighs praise after it",
            Role::Neutral => "nothing is judged; mild words say nothing beside it",
            Role::Past => "tells of what was before the visit",
            Role::Future => "tells of an intention or a plan",
            Role::Improved => "says that something is better than before",
            Role::Declined => "says that something is worse than before",
            Role::Unchanged => "says that something has not moved, or too little",
            Role::Inspector => "the inspectors speak",
            Role::Authority => "the council, trust, a leader or staff speak for themselves",
            Role::Other => "somebody else speaks",
        },
    }
}
