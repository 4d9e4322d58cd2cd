//! What is wrong with the labels of one sentence, thing by thing, so that what a phrase mends and breaks can be counted.

use std::collections::BTreeSet;

use crate::codebook::Tone;
use crate::gold::Aligned;

/// One error. A turned label is two: one too many and one missing, as for F1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Gold has the label, nothing given has.
    Missing(String, Tone),
    /// Given, and gold has it not.
    Spurious(String, Tone),
    /// The polarity of the sentence.
    Polarity,
    /// Who says it.
    Source,
    /// When it holds.
    Time,
    /// Whether it has moved.
    Change,
}

impl Fault {
    /// In words, for outputs.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Missing(theme, tone) => format!("missing {theme}:{tone}"),
            Self::Spurious(theme, tone) => format!("spurious {theme}:{tone}"),
            Self::Polarity => "polarity".to_owned(),
            Self::Source => "source".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Change => "change".to_owned(),
        }
    }
}

/// Every error of a sentence. One that is not found is wrong in its polarity and misses its labels.
pub(super) fn faults(one: &Aligned<'_>) -> BTreeSet<Fault> {
    let (gold, given) = (one.gold.pairs(), one.pairs());
    let missing = gold
        .difference(&given)
        .map(|(theme, tone)| Fault::Missing((*theme).to_owned(), *tone));
    let spurious = given
        .difference(&gold)
        .map(|(theme, tone)| Fault::Spurious((*theme).to_owned(), *tone));
    let mut faults: BTreeSet<Fault> = missing.chain(spurious).collect();
    let Some(given) = one.given else {
        faults.insert(Fault::Polarity);
        return faults;
    };
    let values = [
        (given.polarity != one.gold.polarity, Fault::Polarity),
        (given.source != one.gold.source, Fault::Source),
        (given.time != one.gold.time, Fault::Time),
        (given.change != one.gold.change, Fault::Change),
    ];
    faults.extend(
        values
            .into_iter()
            .filter(|(wrong, _)| *wrong)
            .map(|(_, fault)| fault),
    );
    faults
}
