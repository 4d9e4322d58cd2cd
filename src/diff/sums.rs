//! Everything that has moved, added up: by rule, by theme, by document.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Changed, Kind, Move, OnGold, SeenBy};
use crate::rules::Rules;

/// How much has moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sums {
    /// Sentences that differ; a stretch that is cut otherwise counts once.
    pub sentences: usize,
    /// Labels gained.
    pub gained: usize,
    /// Labels lost.
    pub lost: usize,
    /// Labels with another polarity.
    pub turned: usize,
    /// Sentences with another polarity.
    pub polarity: usize,
    /// Sentences with another source.
    pub source: usize,
    /// Sentences with another time.
    pub time: usize,
    /// Sentences with another change.
    pub change: usize,
    /// Stretches cut otherwise.
    pub cut: usize,
    /// Moves that gold calls right now and wrong before.
    pub mended: usize,
    /// Moves that gold calls wrong now and right before.
    pub broken: usize,
}

impl Sums {
    fn add(&mut self, moved: &Move) {
        *match moved.kind {
            Kind::Gained => &mut self.gained,
            Kind::Lost => &mut self.lost,
            Kind::Turned => &mut self.turned,
            Kind::Polarity => &mut self.polarity,
            Kind::Source => &mut self.source,
            Kind::Time => &mut self.time,
            Kind::Change => &mut self.change,
            Kind::Cut => &mut self.cut,
        } += 1;
        match moved.on_gold {
            Some(OnGold::Mended) => self.mended += 1,
            Some(OnGold::Broken) => self.broken += 1,
            _ => {}
        }
    }

    /// All moves.
    pub const fn moves(&self) -> usize {
        self.gained
            + self.lost
            + self.turned
            + self.polarity
            + self.source
            + self.time
            + self.change
            + self.cut
    }

    /// How many moves there are of a kind.
    pub const fn of(&self, kind: Kind) -> usize {
        match kind {
            Kind::Gained => self.gained,
            Kind::Lost => self.lost,
            Kind::Turned => self.turned,
            Kind::Polarity => self.polarity,
            Kind::Source => self.source,
            Kind::Time => self.time,
            Kind::Change => self.change,
            Kind::Cut => self.cut,
        }
    }
}

/// What one cue has moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleSum {
    /// The cue; null for what no cue explains.
    pub rule: Option<String>,
    /// Which rules see it in the sentences; null where there is no cue.
    pub seen_by: Option<SeenBy>,
    /// What it has moved.
    #[serde(flatten)]
    pub sums: Sums,
    /// The sentences, by their places in the list of changed ones, from 0.
    pub changed: Vec<usize>,
}

/// What has moved of one theme's labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeSum {
    /// The theme.
    pub theme: String,
    /// What has moved; only labels are of a theme.
    #[serde(flatten)]
    pub sums: Sums,
}

/// What has moved in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentSum {
    /// The document, as rows name it.
    pub document: String,
    /// What has moved.
    #[serde(flatten)]
    pub sums: Sums,
}

pub(super) fn all(changed: &[Changed]) -> Sums {
    let mut sums = Sums {
        sentences: changed.len(),
        ..Sums::default()
    };
    changed
        .iter()
        .flat_map(|one| &one.moves)
        .for_each(|moved| sums.add(moved));
    sums
}

pub(super) fn by_rule(changed: &[Changed]) -> Vec<RuleSum> {
    let mut rules: BTreeMap<(Option<&str>, Option<SeenBy>), RuleSum> = BTreeMap::new();
    for (place, one) in changed.iter().enumerate() {
        for moved in &one.moves {
            let key = (moved.rule.as_deref(), moved.seen_by);
            let rule = rules.entry(key).or_insert_with(|| RuleSum {
                rule: moved.rule.clone(),
                seen_by: moved.seen_by,
                sums: Sums::default(),
                changed: Vec::new(),
            });
            rule.sums.add(moved);
            if rule.changed.last() != Some(&place) {
                rule.changed.push(place);
                rule.sums.sentences += 1;
            }
        }
    }
    let mut rules: Vec<RuleSum> = rules.into_values().collect();
    rules.sort_by_key(|rule| (rule.rule.is_none(), Reverse(rule.sums.moves())));
    rules
}

pub(super) fn by_theme(changed: &[Changed], rules: &Rules) -> Vec<ThemeSum> {
    let mut themes: BTreeMap<(usize, &str), Sums> = BTreeMap::new();
    let rank = |theme: &str| {
        rules
            .themes()
            .position(|known| known.id == theme)
            .unwrap_or(usize::MAX)
    };
    for one in changed {
        let mut counted = Vec::new();
        for (theme, moved) in one
            .moves
            .iter()
            .filter_map(|moved| Some((moved.theme.as_deref()?, moved)))
        {
            let sums = themes.entry((rank(theme), theme)).or_default();
            sums.add(moved);
            if !counted.contains(&theme) {
                counted.push(theme);
                sums.sentences += 1;
            }
        }
    }
    let theme = |((_, theme), sums): ((usize, &str), Sums)| ThemeSum {
        theme: theme.to_owned(),
        sums,
    };
    themes.into_iter().map(theme).collect()
}

pub(super) fn by_document(changed: &[Changed]) -> Vec<DocumentSum> {
    let same = |one: &Changed, other: &Changed| one.document == other.document;
    changed
        .chunk_by(same)
        .map(|changed| DocumentSum {
            document: changed[0].document.clone(),
            sums: all(changed),
        })
        .collect()
}
