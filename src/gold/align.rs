//! Which sentence of one file is which of another.

use std::collections::{BTreeSet, HashMap};

use super::{Gold, Pair};

/// How sentences of two files were found to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MatchedBy {
    /// By their ids: at least one of the files has sentences without a place.
    Id,
    /// By document and place.
    Place,
}

impl MatchedBy {
    /// By what sentences are matched, in words.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Id => "ids",
            Self::Place => "documents and places",
        }
    }

    /// What [`some_names`] names.
    pub(crate) fn names(self) -> &'static str {
        match self {
            Self::Id => "ids",
            Self::Place => "documents",
        }
    }
}

/// Some of the ids or documents of sentences, for a message that nothing matches.
pub(crate) fn some_names(sentences: &[Gold], by: MatchedBy) -> String {
    let names: BTreeSet<&str> = sentences
        .iter()
        .map(|one| match by {
            MatchedBy::Id => one.id.as_str(),
            MatchedBy::Place => one.doc.as_str(),
        })
        .collect();
    let mut some: Vec<&str> = names.iter().take(3).copied().collect();
    if names.len() > some.len() {
        some.push("...");
    }
    if some.is_empty() {
        "none".to_owned()
    } else {
        some.join(", ")
    }
}

/// Gold sentences beside what is given for them.
#[derive(Clone, Debug)]
pub struct Alignment<'a> {
    /// How they were matched.
    pub by: MatchedBy,
    /// One for each gold sentence, in their order.
    pub sentences: Vec<Aligned<'a>>,
}

/// A gold sentence beside what is given for it.
#[derive(Clone, Debug)]
pub struct Aligned<'a> {
    /// The gold sentence.
    pub gold: &'a Gold,
    /// The given sentence that overlaps it most, the first of several: it gives polarity, source, time and change.
    pub given: Option<&'a Gold>,
    /// The given sentences that have more than half of their own length inside the gold one: they give the labels.
    pub parts: Vec<&'a Gold>,
    /// Whether a given sentence has exactly its bounds; `None` where sentences were matched by id.
    pub exact: Option<bool>,
}

impl<'a> Aligned<'a> {
    /// The labels that are given.
    pub fn pairs(&self) -> BTreeSet<Pair<'a>> {
        self.parts.iter().flat_map(|part| part.pairs()).collect()
    }
}

/// Sets each gold sentence beside what is given for it.
///
/// Where every sentence has a place, by document and place: polarity, source, time and change come from the given sentence
/// that overlaps the gold one most, labels from every given sentence with more than half of its own length inside it.
/// Otherwise by id; where both sentences name a document, that has to be the same too.
pub fn align<'a>(gold: &'a [Gold], given: &'a [Gold]) -> Alignment<'a> {
    let placed = |all: &[Gold]| all.iter().all(|one| one.place.is_some());
    if placed(gold) && placed(given) {
        by_place(gold, given)
    } else {
        by_id(gold, given)
    }
}

fn by_id<'a>(gold: &'a [Gold], given: &'a [Gold]) -> Alignment<'a> {
    let mut known: HashMap<&str, Vec<&Gold>> = HashMap::new();
    for one in given {
        known.entry(&one.id).or_default().push(one);
    }
    let sentences = gold.iter().map(|gold| {
        let same = |one: &&&Gold| one.doc.is_empty() || gold.doc.is_empty() || one.doc == gold.doc;
        let given = known
            .get(gold.id.as_str())
            .and_then(|same_id| same_id.iter().find(same).copied());
        Aligned {
            gold,
            given,
            parts: given.into_iter().collect(),
            exact: None,
        }
    });
    Alignment {
        by: MatchedBy::Id,
        sentences: sentences.collect(),
    }
}

fn by_place<'a>(gold: &'a [Gold], given: &'a [Gold]) -> Alignment<'a> {
    let mut documents: HashMap<&str, Vec<&Gold>> = HashMap::new();
    for one in given {
        documents.entry(&one.doc).or_default().push(one);
    }
    let sentences = gold.iter().map(|gold| {
        let near = documents.get(gold.doc.as_str()).map_or(&[][..], Vec::as_slice);
        beside(gold, near)
    });
    Alignment {
        by: MatchedBy::Place,
        sentences: sentences.collect(),
    }
}

fn beside<'a>(gold: &'a Gold, near: &[&'a Gold]) -> Aligned<'a> {
    let mut aligned = Aligned {
        gold,
        given: None,
        parts: Vec::new(),
        exact: Some(false),
    };
    let mut most = 0;
    for &one in near {
        let (Some(place), Some(own)) = (one.place, gold.place) else {
            continue;
        };
        let overlap = own.overlap(place);
        if overlap == 0 {
            continue;
        }
        if overlap > most {
            (aligned.given, most) = (Some(one), overlap);
        }
        if place.mostly_inside(own) {
            aligned.parts.push(one);
        }
        if one.bounds() == gold.bounds() {
            aligned.exact = Some(true);
        }
    }
    aligned
}
