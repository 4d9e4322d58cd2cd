//! What gold and the rules say of a sentence, and what a phrase could mend in it.
//!
//! In: an aligned sentence. Out: [`Kind`]s that would help, and the vote of the sentence on one. Not decided here: which phrases stand in it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::candidate::Word;
use super::super::documents::Sentence;
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::normal::Normal;
use crate::rules::Role;

/// What a phrase could be made to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind<'a> {
    Name(&'a str),
    Hint(&'a str),
    Exempt(&'a str),
    Judge(&'a str, Tone),
    Near(&'a str, Tone),
    Word(Word),
}

/// What gold and the rules say of a sentence.
pub(super) struct Facts<'a> {
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) gold: BTreeSet<(&'a str, Tone)>,
    given: BTreeSet<(&'a str, Tone)>,
    gold_themes: BTreeSet<&'a str>,
    given_themes: BTreeSet<&'a str>,
    /// Words of the sentence that name a theme, in normal form.
    pub(super) named: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(sentence: &'a Sentence<'a>) -> Self {
        let gold = sentence.aligned.gold.pairs();
        let given: BTreeSet<(&str, Tone)> = sentence
            .aligned
            .parts
            .iter()
            .flat_map(|part| &part.labels)
            .map(|label| (label.theme.as_str(), label.polarity))
            .collect();
        let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for label in sentence.aligned.parts.iter().flat_map(|part| &part.labels) {
            let own = |rule: &str| rule.split_once('/').is_some_and(|(file, _)| file == label.theme);
            let words = label.evidence.iter().filter(|piece| own(&piece.rule));
            named
                .entry(&label.theme)
                .or_default()
                .extend(words.map(|piece| Normal::new(&piece.text).text));
        }
        let themes = |pairs: &BTreeSet<(&'a str, Tone)>| pairs.iter().map(|(theme, _)| *theme).collect();
        Self {
            gold_themes: themes(&gold),
            given_themes: themes(&given),
            sentence,
            gold,
            given,
            named,
        }
    }

    /// What could mend an error of this sentence.
    pub(super) fn wants(&self) -> Vec<Kind<'a>> {
        let mut all = Vec::new();
        for theme in self.gold_themes.difference(&self.given_themes) {
            all.extend([Kind::Name(theme), Kind::Hint(theme)]);
        }
        for (theme, tone) in self.gold.difference(&self.given) {
            if *tone != Tone::Neutral {
                all.push(Kind::Judge(theme, *tone));
                if self.given_themes.contains(theme) {
                    all.push(Kind::Near(theme, *tone));
                }
            }
        }
        all.extend(
            self.given_themes
                .difference(&self.gold_themes)
                .map(|theme| Kind::Exempt(theme)),
        );
        for &tone in Tone::ALL {
            if self.judged(tone) == Some(true) {
                all.push(Kind::Word(Word::Judges(tone)));
            }
        }
        for role in FRAMES {
            if self.framed(role) == Some(true) {
                all.push(Kind::Word(Word::Role(role)));
            }
        }
        all
    }

    /// Whether a phrase that does this would mend (`true`) or break something here; `None` where it would do neither.
    pub(super) fn vote(&self, kind: &Kind<'_>) -> Option<bool> {
        let gained = |wanted: bool, there: bool| (!there).then_some(wanted);
        match kind {
            Kind::Name(theme) => gained(
                self.gold_themes.contains(theme),
                self.given_themes.contains(theme),
            ),
            // A hint speaks only where nothing else names a theme.
            Kind::Hint(theme) => {
                let wanted = self.gold_themes.contains(theme);
                gained(wanted, self.given_themes.contains(theme))
                    .filter(|_| wanted || self.given_themes.is_empty())
            }
            Kind::Exempt(theme) => self
                .given_themes
                .contains(theme)
                .then(|| !self.gold_themes.contains(theme)),
            Kind::Judge(theme, tone) => gained(
                self.gold.contains(&(*theme, *tone)),
                self.given.contains(&(*theme, *tone)),
            ),
            Kind::Near(theme, tone) => gained(
                self.gold.contains(&(*theme, *tone)),
                self.given.contains(&(*theme, *tone)),
            )
            .filter(|_| self.given_themes.contains(theme)),
            Kind::Word(Word::Judges(tone)) => self.judged(*tone),
            Kind::Word(Word::Role(role)) => self.framed(*role),
        }
    }

    fn judged(&self, tone: Tone) -> Option<bool> {
        let says = |polarity: Polarity| match tone {
            Tone::Strength => matches!(polarity, Polarity::Strength | Polarity::Mixed),
            Tone::Concern => matches!(polarity, Polarity::Concern | Polarity::Mixed),
            Tone::Neutral => polarity == Polarity::Neutral,
        };
        let given = self.sentence.aligned.given?.polarity;
        (!says(given)).then(|| says(self.sentence.aligned.gold.polarity))
    }

    fn framed(&self, role: Role) -> Option<bool> {
        let given = self.sentence.aligned.given?;
        let gold = self.sentence.aligned.gold;
        let (gold, given) = match role {
            Role::Improved => (gold.change == Change::Improved, given.change == Change::Improved),
            Role::Declined => (gold.change == Change::Declined, given.change == Change::Declined),
            Role::Unchanged => (
                gold.change == Change::Unchanged,
                given.change == Change::Unchanged,
            ),
            Role::Past => (gold.time == Time::Past, given.time == Time::Past),
            Role::Future => (gold.time == Time::Future, given.time == Time::Future),
            Role::Authority => (
                gold.source == Speaker::Authority,
                given.source == Speaker::Authority,
            ),
            _ => return None,
        };
        (!given).then_some(gold)
    }
}

pub(super) const FRAMES: [Role; 6] = [
    Role::Improved,
    Role::Declined,
    Role::Unchanged,
    Role::Past,
    Role::Future,
    Role::Authority,
];
