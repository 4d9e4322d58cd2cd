//! All cues of a set with the words as written, ready to be compared.
//!
//! In: rules and the files as written. Out: [`Item`]s, and an index that finds those which match a reading. Not decided
//! here: what is wrong with any of them.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::pattern::{Pattern, Piece, covers, patterns};
use crate::rules::{Act, Lenient, Placed, Rules};
use crate::span::Span;

/// A cue, with all that lints ask of it.
#[derive(Debug)]
pub(super) struct Item {
    /// Its number in the rules.
    pub(super) number: u32,
    /// The file in which it is written, and where.
    pub(super) file: usize,
    pub(super) at: Span,
    /// As written.
    pub(super) text: String,
    /// The key of the list in which it stands.
    pub(super) list: &'static str,
    /// The file to which it belongs.
    pub(super) owner: u16,
    pub(super) act: Act,
    pub(super) rank: u8,
    pub(super) reach: u8,
    /// Whether its file is to be reported on.
    pub(super) asked: bool,
    /// Its readings; none where they are too many to be compared.
    pub(super) patterns: Vec<Pattern>,
}

impl Item {
    /// Whether readings list it where it stands: words that cut clauses act before, and one may hide another.
    pub(super) fn is_found(&self) -> bool {
        !matches!(self.act, Act::Stop | Act::Content)
    }
}

/// Cues in the order of files and lines, without those that are wrong or switched off.
pub(super) struct Items {
    pub(super) all: Vec<Item>,
    /// Of every cue.
    index: Index,
    /// Of those that are to be reported on.
    asked: Index,
}

/// Readings by their first word.
type Index = HashMap<Arc<str>, Starts>;

/// Readings with one first word, as (item, reading).
#[derive(Default)]
struct Starts {
    /// Those whose first word is just this.
    closed: Ends,
    /// Those whose first word may go on.
    open: Ends,
}

/// Readings by their last word.
#[derive(Default)]
struct Ends {
    /// Those whose last word is just this.
    by: HashMap<Arc<str>, Vec<(usize, usize)>>,
    /// Those whose last word may go on.
    any: Vec<(usize, usize)>,
}

impl Ends {
    /// Readings that may end as a word does; all that end openly, where it may go on itself.
    fn ending<'a>(&'a self, last: Option<&str>) -> impl Iterator<Item = &'a (usize, usize)> {
        let by = last.and_then(|last| self.by.get(last));
        self.any.iter().chain(by.into_iter().flatten())
    }
}

fn enter(index: &mut Index, item: usize, reading: usize, pattern: &Pattern) {
    let Some(Piece::Word { stem, open }) = pattern.first() else {
        return;
    };
    let starts = index.entry(Arc::clone(stem)).or_default();
    let ends = if *open {
        &mut starts.open
    } else {
        &mut starts.closed
    };
    match last(pattern) {
        Some(last) => ends.by.entry(Arc::clone(last)).or_default(),
        None => &mut ends.any,
    }
    .push((item, reading));
}

impl Items {
    /// `asked`: for each file, whether it is to be reported on.
    pub(super) fn new(lenient: &Lenient, asked: &[bool]) -> Self {
        let written = lists(lenient);
        let lexicon = &lenient.rules.lexicon;
        let mut alive: Vec<bool> = vec![false; lexicon.cues.len()];
        for chain in &lexicon.chains {
            alive[chain.cue as usize] = true;
        }
        let mut all: Vec<Item> = lexicon
            .cues
            .par_iter()
            .enumerate()
            .filter(|(number, _)| alive[*number])
            .filter_map(|(number, cue)| {
                let (list, text) = written.get(&(cue.written.0, cue.written.1.start))?;
                Some(Item {
                    number: u32::try_from(number).ok()?,
                    file: cue.written.0,
                    at: cue.written.1,
                    text: text.value.clone(),
                    list,
                    owner: cue.file,
                    act: cue.act,
                    rank: cue.rank,
                    reach: cue.reach,
                    asked: asked.get(cue.written.0).copied().unwrap_or_default(),
                    patterns: patterns(&text.value).unwrap_or_default(),
                })
            })
            .collect();
        all.sort_by_key(|item| (item.file, item.at.start));
        let (mut index, mut own) = (Index::new(), Index::new());
        for (n, item) in all.iter().enumerate() {
            for (reading, pattern) in item.patterns.iter().enumerate() {
                enter(&mut index, n, reading, pattern);
                if item.asked {
                    enter(&mut own, n, reading, pattern);
                }
            }
        }
        Self {
            all,
            index,
            asked: own,
        }
    }

    /// Items, in order and each once, one of whose readings matches all that `narrow` does.
    pub(super) fn covering(&self, narrow: &Pattern, tight: bool) -> Vec<usize> {
        self.covering_of(&self.index, narrow, tight)
    }

    /// The same among those that are to be reported on.
    pub(super) fn asked_covering(&self, narrow: &Pattern, tight: bool) -> Vec<usize> {
        self.covering_of(&self.asked, narrow, tight)
    }

    fn covering_of(&self, index: &Index, narrow: &Pattern, tight: bool) -> Vec<usize> {
        let Some(Piece::Word { stem, open }) = narrow.first() else {
            return Vec::new();
        };
        let mut found: Vec<usize> = Vec::new();
        let end = last(narrow).map(|last| &**last);
        let mut look = |ends: &Ends| {
            for (item, reading) in ends.ending(end) {
                if covers(&self.all[*item].patterns[*reading], narrow, tight) {
                    found.push(*item);
                }
            }
        };
        if let Some(starts) = index.get(stem).filter(|_| !open) {
            look(&starts.closed);
        }
        for (at, c) in stem.char_indices() {
            if let Some(starts) = index.get(&stem[..at + c.len_utf8()]) {
                look(&starts.open);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// How the file of one cue switches off another of the rules below it: where, and what to write; `None` where both are of
/// one layer.
pub(super) fn switched_off(rules: &Rules, here: &Item, below: &Item) -> Option<String> {
    let files = rules.files();
    if files[here.file].overlay <= files[below.file].overlay {
        return None;
    }
    let owner = &files[usize::from(below.owner)].name;
    let place = if *owner == files[here.file].name {
        "this file".to_owned()
    } else {
        format!("{owner} of your folder")
    };
    let id = &rules.cue(below.number).id;
    Some(format!("off = [\"{id}\"] in {place}"))
}

/// The last word of a reading, where it may not go on.
fn last(pattern: &Pattern) -> Option<&Arc<str>> {
    match pattern.last() {
        Some(Piece::Word { stem, open: false }) => Some(stem),
        _ => None,
    }
}

/// Every entry of every list of cues, with the list's key, by file and place.
fn lists(lenient: &Lenient) -> HashMap<(usize, usize), (&'static str, &Placed<String>)> {
    let written = &lenient.written;
    let mut lists: Vec<(usize, &'static str, &[Placed<String>])> = Vec::new();
    for theme in &written.themes {
        let own: [(&'static str, &[Placed<String>]); 7] = [
            ("names", &theme.names),
            ("hints", &theme.hints),
            ("exempt", &theme.exempt),
            ("strength", &theme.strength),
            ("concern", &theme.concern),
            ("near_strength", &theme.near_strength),
            ("near_concern", &theme.near_concern),
        ];
        lists.extend(own.map(|(key, list)| (theme.place.file, key, list)));
    }
    for words in &written.words {
        lists.push((words.place.file, "cues", &words.cues));
        lists.push((words.place.file, "exempt", &words.exempt));
    }
    let english = &written.english;
    let own: [(&'static str, &[Placed<String>]); 6] = [
        ("contrast", &english.contrast),
        ("content", &english.content),
        ("circumstance", &english.circumstance),
        ("opening_circumstance", &english.opening_circumstance),
        ("relative", &english.relative),
        ("going_on", &english.going_on),
    ];
    lists.extend(own.map(|(key, list)| (english.file, key, list)));
    lists
        .into_iter()
        .flat_map(|(file, key, list)| list.iter().map(move |text| ((file, text.at.start), (key, text))))
        .collect()
}
