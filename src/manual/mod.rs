//! The manual of the rules, from the rule files themselves: what files and cues there are, where each stands and what
//! it does.
//!
//! In: [`Rules`]. Out: [`FileEntry`]s and [`CueEntry`]s, and by name [`Found`]. Not decided here: how they look.

mod entry;
mod meaning;
mod whole;

use serde::Serialize;
use toml::de::DeTable;

use crate::label::Fate;
use crate::rules::{RuleFile, Rules};
use crate::span::Span;

use entry::{entry, file, written};
use whole::{shown, whole};

/// Cues that are named where nothing is called by a name.
const NEAR: usize = 8;

/// Version of the JSON forms of [`Listed`] and [`Shown`]. It rises when a field changes its meaning or goes; new fields may
/// come without.
pub const SCHEMA: u32 = 1;

/// Rule files, and cues where some were asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listed {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// The files.
    pub files: Vec<FileEntry>,
    /// Their cues; only where a theme or a role is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cues: Option<Vec<CueEntry>>,
}

/// What is called by a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shown {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// What was found.
    #[serde(flatten)]
    pub found: Found,
}

/// What kind of rule file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
