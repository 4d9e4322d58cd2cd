//! All cues in the form that runs: what each does, of what literals it is made, and the automaton that finds them.
//!
//! Made by `compile`, read by the steps from `scan` on.

use aho_corasick::AhoCorasick;

use super::cue::Variant;
use super::letters::opens;
use super::written::Role;
use crate::codebook::Tone;
use crate::span::Span;

/// What a cue does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Act {
    /// Names a theme; a hint only where nothing else in the sentence names one.
    Name { theme: u16, hint: bool },
    /// Names a theme and judges it.
    Judge { theme: u16, tone: Tone },
    /// Judges where the theme is named in the same clause.
    Near { theme: u16, tone: Tone },
    /// Does what its role says.
    Word(Role),
    /// Silences the cues of its own file that it covers, and those of other files with the same role.
    Exempt(Option<Role>),
    /// Begins a clause in contrast to the one before.
    Stop,
    /// Ends a clause; what follows is told in contrast to it ("recognise that | more work is needed").
    Content,
    /// What stands from here to the next comma tells a circumstance, not a finding.
    Circumstance,
    /// The same where it opens a sentence.
    OpeningCircumstance,
    /// The same up to the main verb.
    Relative,
    /// Opens a sentence that goes on with the judgement of the one before.
    GoingOn,
}

impl Act {
    /// What it does, in a word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Name { hint: false, .. } => "theme",
            Self::Name { hint: true, .. } => "hint",
            Self::Judge {
                tone: Tone::Strength, ..
            } => "theme, strength",
            Self::Judge { .. } => "theme, concern",
            Self::Near {
                tone: Tone::Strength, ..
            } => "strength near the theme",
            Self::Near { .. } => "concern near the theme",
            Self::Word(role) => role.name(),
            Self::Exempt(_) => "exempt",
            Self::Stop => "contrast",
            Self::Content => "content",
            Self::Circumstance | Self::OpeningCircumstance | Self::Relative => "circumstance",
            Self::GoingOn => "goes on",
        }
    }
}

/// A cue, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) id: String,
    /// Its words as its author wrote them.
    pub(crate) words: String,
    /// Place of its file in the set.
    pub(crate) file: u16,
    pub(crate) act: Act,
    /// 1 to 3, tone words only.
    pub(crate) rank: u8,
    /// Words over which it acts.
    pub(crate) reach: u8,
    /// Where it is written: the file, which in an overlay is not the one it belongs to, and the place there.
    pub(crate) written: (usize, Span),
}

impl Cue {
    /// How much it says where it judges, 1 to 3; 0 where it only names a theme or turns other words.
    pub(crate) fn weight(&self) -> u8 {
        match self.act {
            Act::Judge { .. } | Act::Near { .. } | Act::Word(Role::Strength | Role::Concern) => self.rank,
            Act::Word(Role::Need | Role::Withhold) => 3,
            Act::Word(Role::Few | Role::Tackle) => 1,
            _ => 0,
        }
    }
}

/// A literal's place in the automaton's list and what begins with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Chains whose first part it is, and whether its last word may go on there.
    pub(crate) starts: Vec<(u32, bool)>,
    /// Its last word may go on in some chain.
    pub(crate) open: bool,
    /// A clause begins with it.
    pub(crate) stop: bool,
    /// A clause ends with it.
    pub(crate) content: bool,
}

/// A variant whose parts are literals by number.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) cue: u32,
    pub(crate) parts: Vec<Link>,
}

/// One part of a chain: any of these literals, so many words at most behind the part before.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Literals by number, in order, and whether the last word may go on.
    pub(super) literals: Vec<(u32, bool)>,
    pub(crate) gap: u8,
}

impl Link {
    /// Whether the last word of a literal may go on; `None` where the literal is not of this part.
    pub(crate) fn open(&self, literal: u32) -> Option<bool> {
        let at = self
            .literals
            .binary_search_by_key(&literal, |(literal, _)| *literal)
            .ok()?;
        Some(self.literals[at].1)
    }
}

/// All cues and the automaton that finds their literals.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) cues: Vec<Cue>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) automaton: AhoCorasick,
    /// For each theme, the themes before which it gives way.
    pub(crate) yields: Vec<Vec<u16>>,
    /// For each theme, whether it is a group of children and holds through its paragraph.
    pub(crate) groups: Vec<bool>,
    /// For each theme, headings (in normal form) that make it the topic.
    pub(crate) headings: Vec<(Variant, u16)>,
}

impl Lexicon {
    /// The themes that a heading makes the topic of its section.
    pub(crate) fn heading_themes(&self, normal: &str) -> impl Iterator<Item = u16> {
        let mut themes: Vec<u16> = self
            .headings
            .iter()
            .filter(|(variant, _)| opens(variant, normal))
            .map(|(_, theme)| *theme)
            .collect();
        themes.dedup();
        themes.into_iter()
    }
}
