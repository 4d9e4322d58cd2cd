//! All cues in the form that runs: what each does, of what literals it is made, and the trie that finds them.
//!
//! Made by `compile` or read back by `table`, used by the steps from `scan` on. Flat lists of numbers, since they are read back
//! at every start of the program: thousands of small lists would each cost an allocation.

use std::borrow::Cow;
use std::ops::{BitOr, BitOrAssign};

use super::cue::Variant;
use super::letters::opens;
use super::trie::Trie;
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

/// A theme: something that inspectors write about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its id, the name of its file.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it covers.
    pub about: String,
    /// One of the themes that reports put first.
    pub core: bool,
}

/// A cue, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cue {
    pub(crate) id: Cow<'static, str>,
    /// Its words as its author wrote them.
    pub(crate) words: Cow<'static, str>,
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

/// What begins with a literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its stretch of the list of all starts.
    pub(super) starts: (u32, u32),
    /// Its stretch of the list of all seconds.
    pub(super) seconds: (u32, u32),
    /// The classes of its seconds, a bit each: see [`class`].
    pub(crate) kin: u64,
    /// How many words may stand, at most, between it and a second part behind it.
    pub(crate) gap: u8,
}

/// The class of a literal, one of 64: what stands behind a first part and is of no class of its seconds is none of them, which
/// most that stands there is not.
#[inline]
pub(crate) fn class(literal: u32) -> u32 {
    literal.wrapping_mul(0xC2B2_AE35) >> 26
}

/// What a literal is in chains, a bit each. It is all that is asked of most literals that stand in a text, so it is kept apart
/// from what is asked of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses(pub(super) u8);

impl Uses {
    /// It is the whole of some chain.
    pub(crate) const WHOLE: Self = Self(1);
    /// It stands in first place of more.
    pub(crate) const FIRST: Self = Self(1 << 1);
    /// It stands in second place.
    pub(crate) const SECOND: Self = Self(1 << 2);
    /// Its last word may go on.
    pub(crate) const OPEN: Self = Self(1 << 3);
    /// A clause begins with it.
    pub(crate) const STOP: Self = Self(1 << 4);
    /// A clause ends with it.
    pub(crate) const CONTENT: Self = Self(1 << 5);

    /// Whether any of these is among them.
    #[inline]
    pub(crate) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Uses {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Uses {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Which literals stand in second place behind which: it says no at once of nearly all that do not, and of none that do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pairs {
    /// A power of two of numbers; a pair's one or two bits, both in one number, are found by a hash.
    pub(super) bits: Vec<u32>,
}

impl Pairs {
    /// Bits for each pair.
    const SPARSE: usize = 8;

    pub(super) fn new(pairs: &[(u32, u32)]) -> Self {
        let numbers = (pairs.len() * Self::SPARSE / 32).next_power_of_two();
        let mut all = Self {
            bits: vec![0; numbers],
        };
        for (first, second) in pairs {
            let (at, both) = all.place(Self::first(*first), Self::second(*second));
            all.bits[at] |= both;
        }
        all
    }

    /// A literal's part of the hash of pairs in which it stands first.
    #[inline]
    pub(crate) fn first(literal: u32) -> u32 {
        literal.wrapping_mul(0x9E37_79B1)
    }

    /// The same in second place.
    #[inline]
    pub(crate) fn second(literal: u32) -> u32 {
        literal.wrapping_mul(0x85EB_CA77)
    }

    #[inline]
    fn place(&self, first: u32, second: u32) -> (usize, u32) {
        let hash = first ^ second;
        let hash = hash ^ hash >> 15;
        let at = (hash >> 10) as usize & self.bits.len().wrapping_sub(1);
        (at, 1 << (hash & 31) | 1 << (hash >> 5 & 31))
    }

    /// Whether a literal may stand in second place behind another, by their parts of the hash.
    #[inline]
    pub(crate) fn may(&self, first: u32, second: u32) -> bool {
        let (at, both) = self.place(first, second);
        self.bits.get(at).is_some_and(|bits| bits & both == both)
    }
}

/// One way in which a cue can stand in a text: a first part, then others behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    pub(crate) cue: u32,
    /// The stretch of the list of all links that holds its further parts.
    pub(super) further: (u32, u32),
}

/// A literal in second place: behind one in first place it goes on with a chain.
///
/// The seconds of a first literal are in the order of their literals, so that the chains that go on are found by what stands
/// in the text: however many chains begin with "is", those are few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Second {
    /// See [`pack`].
    pub(super) literal: u32,
    /// See [`pack`].
    pub(super) chain: u32,
}

/// A further part of a chain, by its stretch of the list of all literals of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(super) literals: (u32, u32),
    /// The classes of its literals, a bit each: see [`class`].
    pub(crate) kin: u64,
    /// How many words may stand between this part and the one before; 0: none.
    pub(crate) gap: u8,
}

/// All cues and the trie that finds their literals.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Lexicon {
    pub(crate) cues: Vec<Cue>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) entries: Vec<Entry>,
    /// For each entry what it is in chains.
    pub(crate) uses: Vec<Uses>,
    /// For each entry the chains whose only part it is; see [`pack`].
    pub(super) starts: Vec<u32>,
    /// For each entry what may stand behind it in chains of more parts.
    pub(super) seconds: Vec<Second>,
    /// The same, to be asked first.
    pub(crate) pairs: Pairs,
    /// For each chain its further parts.
    pub(super) links: Vec<Link>,
    /// For each link its literals in order; see [`pack`].
    pub(super) literals: Vec<u32>,
    /// Literals by number.
    pub(crate) trie: Trie,
    /// For each theme, the themes before which it gives way.
    pub(crate) yields: Vec<Vec<u16>>,
    /// For each theme, whether it is a group of children and holds through its paragraph.
    pub(crate) groups: Vec<bool>,
    /// For each theme, headings (in normal form) that make it the topic.
    pub(crate) headings: Vec<(Variant, u16)>,
}

/// A number, and whether the literal's last word may go on there.
pub(super) fn pack(number: u32, open: bool) -> u32 {
    number << 1 | u32::from(open)
}

fn unpack(packed: u32) -> (u32, bool) {
    (packed >> 1, packed & 1 == 1)
}

fn stretch<T>(list: &[T], (from, upto): (u32, u32)) -> &[T] {
    list.get(from as usize..upto as usize).unwrap_or_default()
}

impl Lexicon {
    /// The chains, by number, whose only part a literal is, and whether its last word may go on there.
    #[inline]
    pub(crate) fn starts(&self, entry: &Entry) -> impl Iterator<Item = (u32, bool)> {
        stretch(&self.starts, entry.starts)
            .iter()
            .map(|start| unpack(*start))
    }

    /// The chains of more parts that begin with a first literal and go on with a second: the chain's number, whether the
    /// first's last word may go on there, and whether the second's may.
    #[inline]
    pub(crate) fn go_on(&self, first: &Entry, second: u32) -> impl Iterator<Item = (u32, bool, bool)> {
        let seconds = stretch(&self.seconds, first.seconds);
        let from = seconds.partition_point(|other| other.literal >> 1 < second);
        seconds[from..]
            .iter()
            .take_while(move |other| other.literal >> 1 == second)
            .map(|other| {
                let (chain, first_open) = unpack(other.chain);
                (chain, first_open, unpack(other.literal).1)
            })
    }

    /// Every chain, by number, whose first part a literal is, in their order, and whether its last word may go on there.
    pub(crate) fn begins(&self, literal: u32) -> impl Iterator<Item = (u32, bool)> {
        let entry = self.entries.get(literal as usize).copied().unwrap_or_default();
        let mut packed = stretch(&self.starts, entry.starts).to_vec();
        packed.extend(
            stretch(&self.seconds, entry.seconds)
                .iter()
                .map(|second| second.chain),
        );
        packed.sort_unstable();
        packed.dedup();
        packed.into_iter().map(unpack)
    }

    /// The parts of a chain behind its first.
    #[inline]
    pub(crate) fn further(&self, chain: u32) -> &[Link] {
        let chain = self.chains.get(chain as usize);
        chain.map_or(&[], |chain| stretch(&self.links, chain.further))
    }

    /// Whether the last word of a literal may go on in a part; `None` where the literal is not of this part.
    pub(crate) fn open(&self, part: &Link, literal: u32) -> Option<bool> {
        let literals = stretch(&self.literals, part.literals);
        let at = literals
            .binary_search_by_key(&literal, |packed| packed >> 1)
            .ok()?;
        Some(unpack(literals[at]).1)
    }

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
