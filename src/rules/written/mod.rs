//! Rule files as an author writes them, taken apart but not yet made ready to run.
//!
//! In: [`RuleFile`]s. Out: themes, word files, letter files and English, each with the places of their entries, and
//! the mistakes found on the way. `rules/README.md` is the author's view of the same forms.

mod allow;
mod english;
mod example;
mod facts;
mod letters;
mod standing;
mod theme;
mod words;

use super::file::RuleFile;
use super::walk::{Table, Walk};
use crate::error::Mistake;
use crate::span::Span;
use allow::Allow;
pub(crate) use english::WrittenEnglish;
pub use example::Example;
pub(crate) use facts::{Scope, Sought, WrittenFacts, WrittenFamily, WrittenShared};
pub(crate) use letters::{HeadingKind, LineKind, WrittenLetters};
pub(crate) use standing::WrittenStanding;
pub(crate) use theme::WrittenTheme;
pub(crate) use words::{Does, Role, WrittenWords};

/// Which file of the set is being taken apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The file, by its place in the set.
    pub(crate) file: usize,
    /// The file that it goes on with, where it stands in an overlay and has a file of its name below it.
    pub(crate) below: Option<usize>,
}

impl Place {
    /// A file that goes on with no other.
    pub(crate) fn of(file: usize) -> Self {
        Self { file, below: None }
    }

    /// The file to which its cues belong.
    pub(crate) fn owner(self) -> usize {
        self.below.unwrap_or(self.file)
    }
}

/// All rule files of a set.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) themes: Vec<WrittenTheme>,
    pub(crate) words: Vec<WrittenWords>,
    pub(crate) letters: Vec<WrittenLetters>,
    pub(crate) english: WrittenEnglish,
    /// One for each layer, the lowest first.
    pub(crate) standing: Vec<WrittenStanding>,
    pub(crate) examples: Vec<Example>,
    pub(crate) allows: Vec<Allow>,
}

/// Takes every file apart.
pub(crate) fn written(files: &[RuleFile], mistakes: &mut Vec<Mistake>) -> Written {
    let mut all = Written::default();
    for (index, file) in files.iter().enumerate() {
        let folder = file.folder();
        if folder == FACTS {
            // Taken apart where somebody asks for facts: see [`written_facts`].
            continue;
        }
        let mut walk = Walk { file, mistakes };
        let table = walk.parse();
        // A file of an overlay goes on with the file of the same name below it.
        let below = file
            .overlay
            .as_ref()
            .and(files[..index].iter().position(|other| other.name == file.name));
        let place = Place { file: index, below };
        allow::allows(&mut walk, index, &table, &mut all.allows);
        match folder {
            "themes" => {
                let theme = theme::theme(&mut walk, place, &table);
                all.themes.push(theme);
                example::examples(&mut walk, place, &table, &mut all.examples);
            }
            "words" => {
                if let Some(words) = words::words(&mut walk, place, &table) {
                    all.words.push(words);
                }
                example::examples(&mut walk, place, &table, &mut all.examples);
            }
            "letters" => all.letters.push(letters::letters(&mut walk, index, &table)),
            "" if file.id() == "english" => all.english = english::english(&mut walk, index, &table),
            "" if file.name == STANDING => {
                let overlay = !all.standing.is_empty();
                all.standing.push(standing::standing(&mut walk, index, overlay, &table));
            }
            _ => walk.mistake(
                "E106",
                Span::default(),
                "the file stands in no known place: rules lie in themes/, words/, letters/, facts/, english.toml or standing.toml",
            ),
        }
    }
    all
}

/// Takes the lists of standing text apart, the lowest layer first.
#[allow(dead_code, reason = "the build script does not ask for it")]
pub(crate) fn written_standing(files: &[RuleFile], mistakes: &mut Vec<Mistake>) -> Vec<WrittenStanding> {
    let mut all = Vec::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| file.name == STANDING) {
        let mut walk = Walk { file, mistakes };
        let table = walk.parse();
        all.push(standing::standing(&mut walk, index, !all.is_empty(), &table));
    }
    all
}

/// The file of standing text.
const STANDING: &str = "standing.toml";

/// The folder of rules for the facts of documents.
const FACTS: &str = "facts";

/// Takes the files of `rules/facts` apart.
pub(crate) fn written_facts(files: &[RuleFile], mistakes: &mut Vec<Mistake>) -> WrittenFacts {
    let mut all = WrittenFacts::default();
    for (index, file) in files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.folder() == FACTS)
    {
        let mut walk = Walk { file, mistakes };
        let table = walk.parse();
        facts::facts(&mut walk, index, &table, &mut all);
    }
    all
}

fn required(walk: &mut Walk<'_>, table: &Table<'_>, key: &str) -> String {
    match walk.string(table, key) {
        Some(text) if !text.value.trim().is_empty() => text.value,
        Some(text) => {
            walk.mistake(
                "E104",
                text.at,
                format!("`{key}` is empty: write a line about it"),
            );
            String::new()
        }
        None => {
            if table.get(key).is_none() {
                walk.mistake("E104", Span::default(), format!("the key `{key}` is missing"));
            }
            String::new()
        }
    }
}
