//! Lines that could be added to a rule file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codebook::Tone;
use crate::rules::{Act, Role, Rules};

/// The list of a rule file that a line goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Names of a theme.
    Names,
    /// Hints of a theme.
    Hints,
    /// Looks like a name of the theme but is none.
    Exempt,
    /// Names a theme and praises it.
    Strength,
    /// Names a theme and criticises it.
    Concern,
    /// Praises where the theme is named.
    NearStrength,
    /// Criticises where the theme is named.
    NearConcern,
    /// The cues of a word file.
    Cues,
    /// Cues that are switched off.
    Off,
    /// A name that becomes a hint: it is switched off, and its words are added to the hints.
    Demote,
}

impl List {
    /// The key in the rule file, but for a name that becomes a hint.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Hints => "hints",
            Self::Exempt => "exempt",
            Self::Strength => "strength",
            Self::Concern => "concern",
            Self::NearStrength => "near_strength",
            Self::NearConcern => "near_concern",
            Self::Cues => "cues",
            Self::Off => "off",
            Self::Demote => "demote",
        }
    }
}

/// One line for one list of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The file, by its path below a rules folder.
    pub file: String,
    /// The list.
    pub list: List,
    /// The phrase; for a cue that is switched off or becomes a hint, its id.
    pub phrase: String,
    /// For a name that becomes a hint, its words as its author wrote them.
    pub words: Option<String>,
}

impl Candidate {
    /// The id of its file.
    pub fn file_id(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// The theme to whose file it belongs.
    pub fn theme(&self) -> Option<&str> {
        self.file.starts_with("themes/").then(|| self.file_id())
    }

    /// How many words it has.
    pub(super) fn length(&self) -> usize {
        self.phrase.split(' ').count()
    }
}

/// What a phrase can come to do, beside naming and judging themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    Judges(Tone),
    Role(Role),
}

/// The files to which lines can be added.
#[derive(Debug)]
pub(super) struct Lists {
    /// Ids of themes and their files.
    pub(super) themes: BTreeMap<String, String>,
    /// The file for each thing that words do: the one with most cues.
    pub(super) words: BTreeMap<Word, String>,
    /// Names that could become hints, by cue id: file and words.
    pub(super) names: BTreeMap<String, (String, String)>,
    /// The files of all cues, by id.
    pub(super) files: BTreeMap<String, String>,
}

impl Lists {
    pub(super) fn new(rules: &Rules) -> Self {
        let themes = rules
            .files()
            .iter()
            .filter(|file| file.name.starts_with("themes/"));
        let mut lists = Self {
            themes: themes
                .map(|file| (file.id().to_owned(), file.name.clone()))
                .collect(),
            words: BTreeMap::new(),
            names: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        let mut most: BTreeMap<(Word, &str), usize> = BTreeMap::new();
        for cue in &rules.lexicon.cues {
            let file = &rules.files()[usize::from(cue.file)].name;
            lists.files.insert(cue.id.to_string(), file.clone());
            match cue.act {
                Act::Name { hint: false, .. } => {
                    lists
                        .names
                        .insert(cue.id.to_string(), (file.clone(), cue.words.to_string()));
                }
                Act::Word(role) => {
                    if let Some(word) = word(role, cue.rank) {
                        *most.entry((word, file)).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        let mut best: BTreeMap<Word, (usize, &str)> = BTreeMap::new();
        for ((word, file), cues) in most {
            let own = best.entry(word).or_insert((cues, file));
            if cues > own.0 {
                *own = (cues, file);
            }
        }
        lists.words = best
            .into_iter()
            .map(|(word, (_, file))| (word, file.to_owned()))
            .collect();
        lists
    }
}

/// What phrases are sought for. Words that act on other words (negation, fall and rise) are left to people.
fn word(role: Role, rank: u8) -> Option<Word> {
    match role {
        Role::Strength if rank == 2 => Some(Word::Judges(Tone::Strength)),
        Role::Concern if rank == 2 => Some(Word::Judges(Tone::Concern)),
        Role::Neutral => Some(Word::Judges(Tone::Neutral)),
        Role::Improved | Role::Declined | Role::Unchanged | Role::Past | Role::Future | Role::Authority => {
            Some(Word::Role(role))
        }
        _ => None,
    }
}
