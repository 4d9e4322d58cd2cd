//! What is wrong, and which rule made it so.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::figures::{by_theme, outcome};
use super::{Given, Seen};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::gold::{Aligned, Alignment, Gold, Place};
use crate::row::Label;

/// What one rule got wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// The rule; null for what no rule decided.
    pub rule: Option<String>,
    /// In what gold and given differ, where no rule decided it; null where one did.
    pub kind: Option<Kind>,
    /// How many right labels it is in the evidence of; null where there is no rule.
    pub right: Option<usize>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// One disagreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wrong {
    /// The sentence, by its place in the list of disputed ones, from 0.
    pub sentence: usize,
    /// In what gold and given differ.
    pub kind: Kind,
    /// The theme, where it is about a label.
    pub theme: Option<String>,
    /// The value in gold; null where it has none.
    pub gold: Option<String>,
    /// The value given; null where none is.
    pub given: Option<String>,
}

/// In what gold and given differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A label whose theme gold does not have.
    Spurious,
    /// A label whose theme gold has with another polarity.
    Partial,
    /// A label of gold whose theme is not given.
    Missing,
    /// The polarity of the sentence.
    Polarity,
    /// Who says it.
    Source,
    /// When it holds.
    Time,
    /// Whether it has moved.
    Change,
}

impl Kind {
    /// Its name in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spurious => "spurious",
            Self::Partial => "partial",
            Self::Missing => "missing",
            Self::Polarity => "polarity",
            Self::Source => "source",
            Self::Time => "time",
            Self::Change => "change",
        }
    }
}

/// A sentence that gold and given differ on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disputed {
    /// Its id in gold.
    pub id: String,
    /// Its document.
    pub doc: String,
    /// Where it stands, where gold says so.
    pub place: Option<Place>,
    /// Its text, as gold has it, else as given.
    pub text: String,
    /// What gold says.
    pub gold: Values,
    /// What is given, labels with their evidence; null where nothing is.
    pub given: Option<Values>,
    /// Every cue seen in it, with those that were silenced; null where the rules were not run for this.
    pub seen: Option<Vec<Seen>>,
}

/// What is said of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Values {
    /// As a whole.
    pub polarity: Polarity,
    /// Of which theme.
    pub labels: Vec<Label>,
    /// Who says it.
    pub source: Speaker,
    /// When it holds.
    pub time: Time,
    /// Whether it has moved.
    pub change: Change,
}

impl Values {
    fn new(one: &Gold, labels: Vec<Label>) -> Self {
        Self {
            polarity: one.polarity,
            labels,
            source: one.source,
            time: one.time,
            change: one.change,
        }
    }
}

/// Every disagreement by the rule that decided it, worst rule first, and the sentences that they are about.
pub(super) fn disagreements(alignment: &Alignment<'_>, given: &Given) -> (Vec<Group>, Vec<Disputed>) {
    // By rule; what no rule decided by what it is.
    let mut groups: BTreeMap<(Option<String>, Option<Kind>), Vec<Wrong>> = BTreeMap::new();
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    let mut disputed = Vec::new();
    for one in &alignment.sentences {
        let labels: Vec<&Label> = one.parts.iter().flat_map(|part| &part.labels).collect();
        let mut found = of_labels(one, &labels, disputed.len());
        found.extend(of_sentence(one, &labels, disputed.len()));
        if !found.is_empty() {
            disputed.push(dispute(one, &labels, given));
        }
        for (rule, wrong) in found {
            let kind = rule.is_none().then_some(wrong.kind);
            groups.entry((rule, kind)).or_default().push(wrong);
        }
        let gold = one.gold.pairs();
        for label in labels
            .iter()
            .filter(|label| gold.contains(&(label.theme.as_str(), label.polarity)))
        {
            let rules: BTreeSet<&str> = label.evidence.iter().map(|piece| piece.rule.as_str()).collect();
            for rule in rules {
                *right.entry(rule).or_default() += 1;
            }
        }
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|((rule, kind), wrong)| Group {
            right: rule
                .as_deref()
                .map(|rule| right.get(rule).copied().unwrap_or_default()),
            rule,
            kind,
            wrong,
        })
        .collect();
    groups.sort_by(|a, b| {
        let key = |group: &Group| (group.kind, Reverse(group.wrong.len()), group.right);
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule))
    });
    (groups, disputed)
}

/// The wrong labels of a sentence, each with the rule that decided it.
fn of_labels(one: &Aligned<'_>, labels: &[&Label], sentence: usize) -> Vec<(Option<String>, Wrong)> {
    let mut found = Vec::new();
    for (theme, (gold, given)) in by_theme(&one.gold.pairs(), &one.pairs()) {
        let outcome = outcome(&gold, &given);
        let wrong = |kind, gold: Option<Tone>, given: Option<Tone>| Wrong {
            sentence,
            kind,
            theme: Some(theme.to_owned()),
            gold: gold.map(|tone| tone.to_string()),
            given: given.map(|tone| tone.to_string()),
        };
        let label = |tone: Tone| {
            labels
                .iter()
                .find(|label| label.theme == theme && label.polarity == tone)
        };
        for (gold, given) in outcome.partial {
            let rule = label(given).and_then(|label| judged_by(label));
            found.push((rule, wrong(Kind::Partial, Some(gold), Some(given))));
        }
        for tone in outcome.spurious {
            // Where gold has the theme too, it is the judgement that is one too many.
            let rule = label(tone).and_then(|label| {
                if gold.is_empty() {
                    named_by(label)
                } else {
                    judged_by(label)
                }
            });
            found.push((rule, wrong(Kind::Spurious, None, Some(tone))));
        }
        for tone in outcome.missing {
            found.push((None, wrong(Kind::Missing, Some(tone), None)));
        }
    }
    found
}

/// The rule that gave a label its theme: the first cue of the theme's own file, else the first.
fn named_by(label: &Label) -> Option<String> {
    let own = label
        .evidence
        .iter()
        .find(|piece| of_theme(&piece.rule, &label.theme));
    own.or(label.evidence.first()).map(|piece| piece.rule.clone())
}

/// The rule that gave a label its polarity: the last cue that is not of the theme's own file, else the last. None
/// where it was not judged.
fn judged_by(label: &Label) -> Option<String> {
    if label.polarity == Tone::Neutral {
        return None;
    }
    let other = label
        .evidence
        .iter()
        .rfind(|piece| !of_theme(&piece.rule, &label.theme));
    other.or(label.evidence.last()).map(|piece| piece.rule.clone())
}

fn of_theme(rule: &str, theme: &str) -> bool {
    rule.strip_prefix(theme).is_some_and(|rest| rest.starts_with('/'))
}

/// What else is wrong about the sentence. A wrong polarity is laid to the cue that judged a label the same way.
fn of_sentence(one: &Aligned<'_>, labels: &[&Label], sentence: usize) -> Vec<(Option<String>, Wrong)> {
    let gold = one.gold;
    let values = |one: &Gold| {
        [
            (Kind::Polarity, one.polarity.name()),
            (Kind::Source, one.source.name()),
            (Kind::Time, one.time.name()),
            (Kind::Change, one.change.name()),
        ]
    };
    let given = one.given.map(values);
    let mut found = Vec::new();
    for (n, (kind, gold)) in values(gold).into_iter().enumerate() {
        let given = given.map(|given| given[n].1);
        // A sentence that is not given is wrong once.
        if !given.map_or(kind == Kind::Polarity, |given| given != gold) {
            continue;
        }
        let judged = labels
            .iter()
            .find(|label| kind == Kind::Polarity && Some(label.polarity.name()) == given);
        found.push((
            judged.and_then(|label| judged_by(label)),
            Wrong {
                sentence,
                kind,
                theme: None,
                gold: Some(gold.to_owned()),
                given: given.map(str::to_owned),
            },
        ));
    }
    found
}

fn dispute(one: &Aligned<'_>, labels: &[&Label], given: &Given) -> Disputed {
    let gold = one.gold;
    let seen = given.rules.is_some().then(|| {
        one.parts
            .iter()
            .copied()
            .chain(one.given.filter(|_| one.parts.is_empty()))
            .filter_map(|part| given.seen.get(&(part.doc.clone(), part.id.clone())))
            .flatten()
            .cloned()
            .collect()
    });
    Disputed {
        id: gold.id.clone(),
        doc: gold.doc.clone(),
        place: gold.place,
        text: match one.given {
            Some(given) if gold.text.is_empty() => given.text.clone(),
            _ => gold.text.clone(),
        },
        gold: Values::new(gold, gold.labels.clone()),
        given: one
            .given
            .map(|given| Values::new(given, labels.iter().copied().cloned().collect())),
        seen,
    }
}
