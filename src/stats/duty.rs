//! What a cue decides, and the list of which rule file it stands in.

use std::collections::{BTreeSet, HashMap};

use crate::codebook::{Change, Speaker, Time, Tone};
use crate::rules::{Act, Role, Rules};

/// What a cue decides where it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Duty {
    /// Names a theme.
    Name(u16),
    /// Judges one theme only.
    Own(u16, Tone),
    /// Judges.
    Judge(Tone),
    /// Turns or governs judgements; with the tone where it makes one by itself.
    Turn(Option<Tone>),
    /// Says when.
    Time(Time),
    /// Says whether it has moved.
    Change(Change),
    /// Says who.
    Source(Speaker),
    /// Says that nothing is judged.
    Plain,
    /// Silences others or cuts sentences; decides nothing by itself.
    Shape,
}

impl Duty {
    fn of(act: Act) -> Self {
        match act {
            Act::Name { theme, .. } => Self::Name(theme),
            Act::Judge { theme, tone } | Act::Near { theme, tone } => Self::Own(theme, tone),
            Act::Word(role) => Self::of_role(role),
            _ => Self::Shape,
        }
    }

    fn of_role(role: Role) -> Self {
        match role {
            Role::Strength => Self::Judge(Tone::Strength),
            Role::Concern => Self::Judge(Tone::Concern),
            Role::Need | Role::Withhold | Role::Few => Self::Turn(Some(Tone::Concern)),
            Role::Neutral => Self::Plain,
            Role::Past => Self::Time(Time::Past),
            Role::Future => Self::Time(Time::Future),
            Role::Improved => Self::Change(Change::Improved),
            Role::Declined => Self::Change(Change::Declined),
            Role::Unchanged => Self::Change(Change::Unchanged),
            Role::Inspector => Self::Source(Speaker::Inspector),
            Role::Authority => Self::Source(Speaker::Authority),
            Role::Other => Self::Source(Speaker::Other),
            Role::Most => Self::Shape,
            _ => Self::Turn(None),
        }
    }

    /// The tone of a word of praise or criticism, before anything turns it.
    pub(super) fn tone(self) -> Option<Tone> {
        match self {
            Self::Own(_, tone) | Self::Judge(tone) => Some(tone),
            _ => None,
        }
    }

    /// Whether it can be part of a judgement.
    pub(super) fn judges(self) -> bool {
        matches!(self, Self::Own(..) | Self::Judge(_) | Self::Turn(_))
    }

    /// Whether it decides anything by itself.
    pub(super) fn decides(self) -> bool {
        self != Self::Shape
    }
}

/// A list of cues in a rule file.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// `caseloads.names`.
    pub(super) id: String,
    pub(super) file: String,
    pub(super) act: &'static str,
    pub(super) duty: Duty,
    /// How many cues it holds.
    pub(super) cues: usize,
}

/// A cue as counted.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) list: usize,
    pub(super) duty: Duty,
    /// It speaks only in clauses that name this theme.
    pub(super) near: Option<u16>,
    /// By itself enough to make a sentence one that words judge.
    pub(super) alone: bool,
}

/// All cues and lists, numbered in one row: cues first, by the numbers that matches carry, then lists.
#[derive(Debug)]
pub(super) struct Roll {
    pub(super) members: Vec<Member>,
    pub(super) lists: Vec<List>,
    pub(super) themes: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Roll {
    pub(super) fn new(rules: &Rules) -> Self {
        let mut lists: Vec<List> = Vec::new();
        // By name, since an overlay adds to the lists of a file that has the same name.
        let mut known: HashMap<(&str, &'static str), usize> = HashMap::new();
        let mut members = Vec::new();
        for cue in &rules.lexicon.cues {
            let name = list_name(cue.act);
            let file = &rules.files()[usize::from(cue.file)];
            let list = *known.entry((&file.name, name)).or_insert_with(|| {
                lists.push(List {
                    id: format!("{}.{name}", file.id()),
                    file: file.name.clone(),
                    act: cue.act.name(),
                    duty: Duty::of(cue.act),
                    cues: 0,
                });
                lists.len() - 1
            });
            lists[list].cues += 1;
            let duty = Duty::of(cue.act);
            members.push(Member {
                id: cue.id.to_string(),
                list,
                duty,
                near: match cue.act {
                    Act::Near { theme, .. } => Some(theme),
                    _ => None,
                },
                alone: duty.tone().is_some()
                    || matches!(duty, Duty::Turn(Some(_)))
                    || cue.act == Act::Word(Role::Negate),
            });
        }
        let numbers = members
            .iter()
            .enumerate()
            .map(|(n, member)| (member.id.clone(), n))
            .collect();
        Self {
            members,
            lists,
            themes: rules.themes().map(|theme| theme.id.clone()).collect(),
            numbers,
        }
    }

    /// The cue of an id, by its number; `None` for what is no cue, such as `section/findings`.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The number of a cue's list.
    pub(super) fn list(&self, cue: usize) -> usize {
        self.members.len() + self.members[cue].list
    }

    /// Cues and their lists, each once.
    pub(super) fn with_lists(&self, cues: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        cues.flat_map(|cue| [cue, self.list(cue)]).collect()
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.members.len() + self.lists.len()
    }

    /// The duty of a cue or list.
    pub(super) fn duty(&self, number: usize) -> Duty {
        match number.checked_sub(self.members.len()) {
            None => self.members[number].duty,
            Some(list) => self.lists[list].duty,
        }
    }

    /// The id of a theme.
    pub(super) fn theme(&self, theme: u16) -> &str {
        self.themes.get(usize::from(theme)).map_or("", String::as_str)
    }
}

/// The key under which a rule file has the list.
fn list_name(act: Act) -> &'static str {
    match act {
        Act::Name { hint: false, .. } => "names",
        Act::Name { hint: true, .. } => "hints",
        Act::Judge {
            tone: Tone::Strength, ..
        } => "strength",
        Act::Judge { .. } => "concern",
        Act::Near {
            tone: Tone::Strength, ..
        } => "near_strength",
        Act::Near { .. } => "near_concern",
        Act::Word(_) => "cues",
        Act::Exempt(_) => "exempt",
        Act::Stop => "contrast",
        Act::Content => "content",
        Act::Circumstance => "circumstance",
        Act::OpeningCircumstance => "opening_circumstance",
        Act::Relative => "relative",
        Act::GoingOn => "going_on",
    }
}
