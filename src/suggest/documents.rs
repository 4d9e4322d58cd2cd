//! The documents on which phrases are tried: each with its words taken out once, what the rules say of it, and what gold
//! says.

use std::collections::{BTreeMap, BTreeSet};

use super::faults::{Fault, faults};
use super::result::Corpus;
use crate::error::Error;
use crate::eval::{Given, Seen, seen};
use crate::extract::Extract;
use crate::gold::{Aligned, Gold, MatchedBy, align, some_names, stem};
use crate::normal::Normal;
use crate::row::rows;
use crate::rules::Rules;
use crate::source::Source;

/// A document, read once by the rules as they are.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name as rows have it.
    pub name: String,
    /// Things that whoever uses the labels should know.
    pub warnings: Vec<String>,
    source: Source,
    extract: Extract,
    /// All its words in normal form.
    normal: String,
    given: Vec<Gold>,
    seen: Vec<Vec<Seen>>,
}

impl Document {
    /// Reads a document whose text has been taken out of its format already.
    pub fn new(rules: &Rules, source: Source, extract: Extract) -> Self {
        let reading = rules.read_extract(&source, extract.clone());
        Self {
            given: rows(rules, &reading).into_iter().map(Gold::from).collect(),
            seen: seen(rules, &reading),
            name: reading.document,
            warnings: reading.warnings,
            normal: reading.text.normal.text,
            source,
            extract,
        }
    }

    /// What other rules say of it.
    pub(super) fn read(&self, rules: &Rules) -> Vec<Gold> {
        let reading = rules.read_extract(&self.source, self.extract.clone());
        rows(rules, &reading).into_iter().map(Gold::from).collect()
    }

    /// Whether words stand in it, in normal form; also inside longer words.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.normal.contains(words)
    }

    /// Whether a cue is seen in it, also one that says nothing there.
    pub(super) fn shows(&self, cue: &str) -> bool {
        self.seen.iter().flatten().any(|seen| seen.rule == cue)
    }

    /// Its sentences in normal form.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.given.iter().map(|one| Normal::new(&one.text).text)
    }
}

/// A gold sentence beside what the rules say of it.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// Its document, by its place among those with gold.
    pub(super) document: usize,
    /// Its words in normal form.
    pub(super) normal: String,
    pub(super) aligned: Aligned<'a>,
    pub(super) faults: BTreeSet<Fault>,
}

/// Documents with gold labels, their sentences, and all documents as a corpus.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    /// Documents with gold, by name.
    pub(super) documents: Vec<&'a Document>,
    /// Gold of each of them.
    pub(super) of_document: Vec<Vec<Gold>>,
    /// The same in one list.
    pub(super) gold: Vec<Gold>,
    pub(super) sentences: Vec<Sentence<'a>>,
    /// The sentences of each document.
    pub(super) ranges: Vec<std::ops::Range<usize>>,
    /// The sentences of every document in normal form.
    pub(super) texts: Vec<Vec<String>>,
}

impl<'a> Ground<'a> {
    /// Puts gold beside the documents that it is of; gold of other documents is left out.
    pub(super) fn new(documents: &'a [Document], gold: &'a [Gold]) -> Result<Self, Error> {
        let mut by_document: BTreeMap<String, Vec<&Gold>> = BTreeMap::new();
        for one in gold {
            by_document.entry(one.doc.clone()).or_default().push(one);
        }
        let mut with_gold: BTreeMap<String, &Document> = BTreeMap::new();
        for document in documents {
            let stem = stem(&document.name);
            if by_document.contains_key(&stem) {
                with_gold.entry(stem).or_insert(document);
            }
        }
        let mut ground = Self {
            documents: with_gold.values().copied().collect(),
            of_document: Vec::new(),
            gold: Vec::new(),
            sentences: Vec::new(),
            ranges: Vec::new(),
            texts: documents
                .iter()
                .map(|document| document.texts().collect())
                .collect(),
        };
        for (place, (stem, document)) in with_gold.iter().enumerate() {
            let own: Vec<Gold> = by_document[stem].iter().map(|one| (*one).clone()).collect();
            let first = ground.sentences.len();
            for gold in &by_document[stem] {
                ground.sentences.push(sentence(place, document, gold));
            }
            ground.ranges.push(first..ground.sentences.len());
            ground.gold.extend(own.iter().cloned());
            ground.of_document.push(own);
        }
        if ground.sentences.iter().all(|one| one.aligned.given.is_none()) {
            let given: Vec<Gold> = documents
                .iter()
                .flat_map(|document| &document.given)
                .cloned()
                .collect();
            return Err(Error::NothingMatches {
                by: MatchedBy::Place.what(),
                what: MatchedBy::Place.names(),
                left: some_names(gold, MatchedBy::Place),
                right: some_names(&given, MatchedBy::Place),
            });
        }
        Ok(ground)
    }

    /// What the rules as they are say of the documents with gold.
    pub(super) fn given(&self, rules: &Rules) -> Given {
        Given {
            sentences: self
                .documents
                .iter()
                .flat_map(|document| &document.given)
                .cloned()
                .collect(),
            rules: Some(rules.fingerprint().to_owned()),
            ..Given::default()
        }
    }

    /// How much there is to count phrases in.
    pub(super) fn corpus(&self) -> Corpus {
        Corpus {
            documents: self.texts.len(),
            sentences: self.texts.iter().map(Vec::len).sum(),
        }
    }
}

fn sentence<'a>(place: usize, document: &'a Document, gold: &'a Gold) -> Sentence<'a> {
    let aligned = align(std::slice::from_ref(gold), &document.given)
        .sentences
        .into_iter()
        .next();
    let aligned = aligned.unwrap_or(Aligned {
        gold,
        given: None,
        parts: Vec::new(),
        exact: None,
    });
    let text = match aligned.given {
        Some(given) if gold.text.is_empty() => &given.text,
        _ => &gold.text,
    };
    Sentence {
        document: place,
        normal: Normal::new(text).text,
        faults: faults(&aligned),
        aligned,
    }
}
