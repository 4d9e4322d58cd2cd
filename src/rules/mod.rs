//! The rules: what words mean, where they act, and what headings and standing lines say.
//!
//! In: the TOML files of `rules/`, built in or from a folder. Out: [`Rules`], compiled once, the same for every
//! thread. Not decided here: what a match does to a sentence; see [`crate::label`].

mod acts;
mod compile;
mod compiled;
mod cue;
mod facts;
mod file;
mod form;
mod letters;
mod lexicon;
mod lines;
mod not_regex;
mod not_toml;
mod openings;
mod packed;
mod schema;
mod slips;
mod standing;
mod table;
mod trie;
mod walk;
mod written;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(crate) use acts::Acts;
use compiled::Compiled;
pub(crate) use cue::readings;
pub(crate) use facts::{FactRules, Family, Names, Pattern, Signs, name_key, words};
pub(crate) use file::Placed;
pub use file::{Overlay, RuleFile};
pub use form::in_form;
pub(crate) use letters::{English, InClause, Letters};
pub use lexicon::Theme;
pub(crate) use lexicon::{Act, Cue, Entry, Lexicon, Link, Pairs, Uses, class};
pub(crate) use lines::Lines;
pub use schema::{SchemaKind, schema};
pub(crate) use slips::{meant, near, nearest};
use standing::Standing;
use table::Table;
pub use written::Example;
pub(crate) use written::{HeadingKind, LineKind, Role, Scope, Sought, Written};

use crate::error::{Error, Mistake};

/// The files of `rules/`, as they were when the program was built.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The same, compiled; empty where a file holds a mistake.
const TABLE: Table = Table {
    numbers: include_bytes!(concat!(env!("OUT_DIR"), "/rules.numbers")),
    words: include_str!(concat!(env!("OUT_DIR"), "/rules.words")),
};

/// Gates before the patterns of lines in [`TABLE`].
const GATES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.gates"));

/// The file that makes a folder a full set.
const ENGLISH: &str = "english.toml";

/// A compiled set of rules.
///
/// Immutable, `Send` and `Sync`: make one and share it. Reading is a pure function of the rules and the bytes.
#[derive(Debug)]
pub struct Rules {
    fingerprint: String,
    themes: Vec<Theme>,
    pub(crate) lexicon: Lexicon,
    // Of each cue, side by side: it is all that is asked of most.
    acts: Vec<Act>,
    pub(crate) letters: Letters,
    pub(crate) lines: Lines,
    pub(crate) english: English,
    // The built-in ones are made where somebody asks for them: reading a document does not.
    files: OnceLock<Vec<RuleFile>>,
    examples: OnceLock<Vec<Example>>,
    standing: OnceLock<Standing>,
    facts: OnceLock<FactRules>,
}

/// Rules from files that may hold mistakes.
pub(crate) struct Lenient {
    /// What could be read.
    pub(crate) rules: Rules,
    /// The files as written; their examples are in `rules`.
    pub(crate) written: Written,
    /// In the order of files and lines.
    pub(crate) mistakes: Vec<Mistake>,
}

impl Lenient {
    fn sound(self) -> Result<Rules, Error> {
        match self.mistakes {
            mistakes if mistakes.is_empty() => Ok(self.rules),
            mistakes => Err(Error::Rules { mistakes }),
        }
    }
}

impl Rules {
    /// The rules that come with the program.
    ///
    /// # Panics
    /// Never: the tests compile the same files.
    pub fn built_in() -> Self {
        if !TABLE.numbers.is_empty() {
            return Self::new(TABLE.rules(), GATES);
        }
        match Self::compile(built_in_files(), false).sound() {
            Ok(rules) => rules,
            Err(error) => unreachable!("the built-in rules are tested: {error}"),
        }
    }

    /// The same, with the mistakes in them: for the tests that keep [`Rules::built_in`] from ever panicking.
    ///
    /// # Errors
    /// [`Error::Rules`] with every mistake in them.
    pub fn built_in_checked() -> Result<Self, Error> {
        Self::from_files(built_in_files())
    }

    /// The rules of folders laid one on another, in order, each laid out like `rules/`.
    ///
    /// A folder that holds an `english.toml` is a full set and can only come first; any other is an overlay, laid on
    /// the full set before it or else on the built-in rules. A file of an overlay whose name the set has already adds its
    /// lists to that file and switches off the cues that it names under `off`; other files are new. Without
    /// folders, the built-in rules.
    ///
    /// # Errors
    /// [`Error::Read`] where a folder or a file in it cannot be read, or a full set comes behind other rules;
    /// [`Error::Rules`] with every mistake in the files.
    pub fn from_folders(folders: &[PathBuf]) -> Result<Self, Error> {
        if folders.is_empty() {
            return Ok(Self::built_in());
        }
        Self::from_files(Self::files_of(folders)?)
    }

    /// The files that [`Rules::from_folders`] makes rules of, before anything is looked for in them: those of the folders, with
    /// the built-in ones where no folder is a full set.
    ///
    /// # Errors
    /// [`Error::Read`] where a folder or a file in it cannot be read, or a full set comes behind other rules.
    pub fn files_of(folders: &[PathBuf]) -> Result<Vec<RuleFile>, Error> {
        let mut all = Vec::new();
        for (nth, folder) in (1..).zip(folders) {
            let mut files = in_folder(folder)?;
            let full = files.iter().any(|file| file.name == ENGLISH);
            if full && nth > 1 {
                let message = format!("it is a full set of rules, since it holds {ENGLISH}: name it first");
                return Err(read_error(folder, message));
            }
            if !full {
                if nth == 1 {
                    all.extend(built_in_files());
                }
                let folder = folder.display().to_string();
                for file in &mut files {
                    file.overlay = Some(Overlay {
                        nth,
                        folder: folder.clone(),
                    });
                }
            }
            all.append(&mut files);
        }
        if folders.is_empty() {
            all.extend(built_in_files());
        }
        Ok(all)
    }

    /// The files of the rules that come with the program.
    pub fn built_in_files() -> Vec<RuleFile> {
        built_in_files()
    }

    /// The rule files of a folder as they are, in the order of their names.
    ///
    /// # Errors
    /// [`Error::Read`] where the folder or a file in it cannot be read, or there is none.
    pub fn files_in(folder: &Path) -> Result<Vec<RuleFile>, Error> {
        let mut files = in_folder(folder)?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// The full set of rules in a folder laid out like `rules/`.
    ///
    /// # Errors
    /// [`Error::Read`] where the folder or a file in it cannot be read, [`Error::Rules`] with every mistake in them.
    pub fn from_folder(folder: &Path) -> Result<Self, Error> {
        Self::from_files(in_folder(folder)?)
    }

    /// Rules from files in memory, in any order.
    ///
    /// # Errors
    /// [`Error::Rules`] with every mistake in them.
    pub fn from_files(files: Vec<RuleFile>) -> Result<Self, Error> {
        Self::compile(files, true).sound()
    }

    /// Rules from files that may hold mistakes: what could be read, and every mistake in the order of files and lines.
    pub(crate) fn lenient(files: Vec<RuleFile>) -> Lenient {
        Self::compile(files, true)
    }

    /// Rules from the files of sound ones and more lists of cues: patterns of facts and standing text are not looked at again.
    /// `None` where they do not go together.
    pub(crate) fn with_cues(files: Vec<RuleFile>) -> Option<Self> {
        Self::compile(files, false).sound().ok()
    }

    /// Rules for facts are made when they are asked for; `check` looks for mistakes in them at once.
    fn compile(mut files: Vec<RuleFile>, check: bool) -> Lenient {
        compiled::sort(&mut files);
        let mut mistakes = Vec::new();
        let mut written = written::written(&files, &mut mistakes);
        if check {
            facts::check(&files, &mut mistakes);
        }
        let mut rules = Self::new(compiled::compiled(&files, &written, &mut mistakes), &[]);
        rules.lines.check(&files, &written.letters, &mut mistakes);
        rules.standing = standing::standing(&files, &written.standing, check, &mut mistakes).into();
        rules.examples = std::mem::take(&mut written.examples).into();
        rules.files = files.into();
        mistakes.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Lenient {
            rules,
            written,
            mistakes,
        }
    }

    fn new(compiled: Compiled, gates: &'static [u8]) -> Self {
        let Compiled {
            fingerprint,
            themes,
            lexicon,
            mut letters,
            english,
        } = compiled;
        Self {
            fingerprint,
            themes,
            acts: lexicon.cues.iter().map(|cue| cue.act).collect(),
            lexicon,
            lines: Lines::new(std::mem::take(&mut letters.lines), gates),
            letters,
            english,
            files: OnceLock::new(),
            examples: OnceLock::new(),
            standing: OnceLock::new(),
            facts: OnceLock::new(),
        }
    }

    /// Whether a text is TOML without a mistake.
    pub(crate) fn is_toml(text: &str) -> bool {
        toml::de::DeTable::parse(text).is_ok()
    }

    /// Names exactly these rules: 16 hexadecimal digits, from the version of the engine and the text of every file.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The themes, core themes first.
    pub fn themes(&self) -> impl ExactSizeIterator<Item = &Theme> {
        self.themes.iter()
    }

    /// The examples that the files carry.
    pub fn examples(&self) -> &[Example] {
        self.examples
            .get_or_init(|| written::written(self.files(), &mut Vec::new()).examples)
    }

    /// The files that the rules were made from, in the order of their names.
    pub fn files(&self) -> &[RuleFile] {
        self.files.get_or_init(|| {
            let mut files = built_in_files();
            compiled::sort(&mut files);
            files
        })
    }

    /// The rule that knows a sentence as standing text: words that recur in letters on any authority and find nothing.
    pub fn standing_text(&self, sentence: &str) -> Option<&str> {
        let standing = self.standing.get_or_init(|| {
            let files = self.files();
            let written = written::written_standing(files, &mut Vec::new());
            standing::standing(files, &written, false, &mut Vec::new())
        });
        standing.rule(sentence)
    }

    /// Ids of all cues and how much each says where it judges, 1 to 3; 0 where it only names a theme or turns other words.
    pub(crate) fn ranks(&self) -> impl Iterator<Item = (&str, u8)> {
        self.lexicon
            .cues
            .iter()
            .map(|cue| (cue.id.as_ref(), cue.weight()))
    }

    /// A cue by the number that matches carry.
    pub(crate) fn cue(&self, number: u32) -> &Cue {
        &self.lexicon.cues[number as usize]
    }

    /// What the same does where it stands.
    #[inline]
    pub(crate) fn act(&self, number: u32) -> Act {
        self.acts[number as usize]
    }

    /// What reads the facts of a document.
    pub(crate) fn facts(&self) -> &FactRules {
        self.facts.get_or_init(|| {
            // Mistakes were reported when the files were read.
            facts::facts(&written::written_facts(self.files(), &mut Vec::new()))
        })
    }

    /// Every phrase that is looked for in a text, in normal form and in the order of its bytes: what the speed of reading is
    /// measured against is a bare search for these.
    pub fn phrases(&self) -> Vec<String> {
        let phrases = self.lexicon.trie.phrases().into_iter();
        phrases
            .map(|phrase| String::from_utf8_lossy(&phrase).into_owned())
            .collect()
    }

    /// Ids of all cues, in the order of the numbers that matches carry.
    pub fn cues(&self) -> impl Iterator<Item = &str> {
        self.lexicon.cues.iter().map(|cue| cue.id.as_ref())
    }
}

fn built_in_files() -> Vec<RuleFile> {
    BUILT_IN
        .iter()
        .map(|(name, text)| RuleFile::new(*name, *text))
        .collect()
}

/// All rule files of a folder.
fn in_folder(folder: &Path) -> Result<Vec<RuleFile>, Error> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    if files.is_empty() {
        return Err(read_error(folder, "it holds no .toml files".to_owned()));
    }
    Ok(files)
}

fn read_error(folder: &Path, message: String) -> Error {
    Error::Read {
        path: folder.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::InvalidInput, message),
    }
}

/// The .toml files below a folder, bytewise by name; links are not followed.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<RuleFile>) -> Result<(), Error> {
    let fail = |source| Error::Read {
        path: folder.to_owned(),
        source,
    };
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if kind.is_file() && name.ends_with(".toml") {
            let path = entry.path();
            let text = std::fs::read_to_string(&path).map_err(|source| Error::Read {
                path: path.clone(),
                source,
            })?;
            files.push(RuleFile {
                path: Some(path),
                ..RuleFile::new(name, text)
            });
        }
    }
    Ok(())
}
