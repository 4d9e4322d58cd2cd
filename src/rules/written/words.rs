//! One file of `rules/words`.

use super::super::file::Placed;
use super::super::walk::{Table, Walk};
use super::{Place, required};
use crate::span::Span;

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
    /// Every role.
    pub(crate) const ALL: &[Self] = &[
        Self::Strength,
        Self::Concern,
        Self::Asset,
        Self::Burden,
        Self::Negate,
        Self::Less,
        Self::More,
        Self::Need,
        Self::Tackle,
        Self::Few,
        Self::Most,
        Self::Withhold,
        Self::Neutral,
        Self::Past,
        Self::Future,
        Self::Improved,
        Self::Declined,
        Self::Unchanged,
        Self::Inspector,
        Self::Authority,
        Self::Other,
    ];

    const NAMES: &[(&str, Self)] = &[
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
        Self::NAMES
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, role)| *role)
    }

    /// Every role, as rule files write it.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    /// The role as rule files write it.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, role)| *role == self)
            .map_or("", |(name, _)| name)
    }
}

/// One file of `rules/words`.
#[derive(Debug)]
pub(crate) struct WrittenWords {
    pub(crate) place: Place,
    pub(crate) id: String,
    /// What its cues do; `None` in a file that goes on with another, whose words on that hold.
    pub(crate) does: Option<Does>,
    pub(crate) cues: Vec<Placed<String>>,
    pub(crate) exempt: Vec<Placed<String>>,
    /// Cues of the file below that it switches off, by id.
    pub(crate) off: Vec<Placed<String>>,
}

/// What the cues of a word file do, how strongly and how far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Does {
    pub(crate) role: Role,
    pub(crate) rank: u8,
    pub(crate) reach: u8,
}

/// Takes a word file apart.
pub(super) fn words(walk: &mut Walk<'_>, place: Place, table: &Table<'_>) -> Option<WrittenWords> {
    let cues = walk.strings(table, "cues");
    let does = match place.below {
        None => {
            walk.file_keys(
                table,
                &[
                    "role", "about", "reach", "rank", "cues", "exempt", "example", "allow",
                ],
            );
            required(walk, table, "about");
            if walk.lacks(table, "cues") {
                walk.mistake(
                    "E104",
                    Span::default(),
                    "the file has no `cues`: add at least one",
                );
            }
            Some(Does {
                role: role(walk, table)?,
                rank: walk.number(table, "rank", 1, 3).unwrap_or(2),
                reach: walk.number(table, "reach", 1, 40).unwrap_or(8),
            })
        }
        Some(_) => {
            walk.file_keys(table, &["about", "off", "cues", "exempt", "example", "allow"]);
            None
        }
    };
    Some(WrittenWords {
        place,
        id: walk.file.id().to_owned(),
        does,
        cues,
        exempt: walk.strings(table, "exempt"),
        off: walk.strings(table, "off"),
    })
}

fn role(walk: &mut Walk<'_>, table: &Table<'_>) -> Option<Role> {
    let Some(role) = walk.string(table, "role") else {
        if table.get("role").is_none() {
            walk.mistake(
                "E104",
                Span::default(),
                "the file has no `role`: say what its cues do, such as role = \"concern\" for words of criticism",
            );
        }
        return None;
    };
    let known = Role::from_name(&role.value);
    if known.is_none() {
        let names: Vec<&str> = Role::NAMES.iter().map(|(name, _)| *name).collect();
        walk.mistake(
            "E105",
            role.at,
            format!(
                "unknown role `{}`: it has to be one of {}",
                role.value,
                names.join(", ")
            ),
        );
    }
    known
}
