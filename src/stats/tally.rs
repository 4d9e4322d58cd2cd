//! The counts of one document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::against::{self, Against};
use super::count::{Behind, Counts};
use super::duty::Roll;
use super::sentence::Sentence;
use super::words::Words;
use super::{Evaluative, Spoken};
use crate::codebook::{Polarity, SectionRole};
use crate::gold::{self, Gold};
use crate::normal::Normal;
use crate::reading::Reading;
use crate::row::{Row, rows};
use crate::rules::Rules;

/// What is counted of one document. Made by [`Collector::tally`](super::Collector::tally).
#[derive(Debug)]
pub struct Tally {
    pub(super) counts: BTreeMap<usize, Counts>,
    /// The sentences that stand behind counts, by their places in the document.
    pub(super) sentences: BTreeMap<usize, Spoken>,
    pub(super) candidates: Vec<Evaluative>,
    pub(super) words: Words,
    pub(super) read: u64,
    pub(super) in_gold: u64,
    /// Labels that stand on cues, all and those that gold can judge, and which of them it has.
    pub(super) labels: u64,
    pub(super) in_gold_labels: u64,
    pub(super) right: u64,
}

/// Counts one document; at most `most` sentences stay behind a number.
pub(super) fn tally(roll: &Roll, most: usize, rules: &Rules, reading: &Reading, gold: &[Gold]) -> Tally {
    let rows = rows(rules, reading);
    let gold = beside(&rows, gold);
    let mut counter = Counter {
        roll,
        most,
        reading,
        tally: Tally {
            counts: BTreeMap::new(),
            sentences: BTreeMap::new(),
            candidates: Vec::new(),
            words: Words::default(),
            read: 0,
            in_gold: 0,
            labels: 0,
            in_gold_labels: 0,
            right: 0,
        },
        used: BTreeSet::new(),
    };
    let mut at = 0;
    for (n, row) in rows.iter().enumerate() {
        let from = at;
        at += reading.matches[at..]
            .iter()
            .take_while(|m| reading.clauses[m.clause].sentence == n)
            .count();
        let sentence = Sentence::new(roll, n, &reading.matches[from..at], &reading.verdicts[n], gold[n]);
        counter.sentence(&sentence);
        counter.candidate(&sentence, row);
    }
    let used = std::mem::take(&mut counter.used);
    let spoken = |n: usize| (n, Spoken::new(&rows[n], gold[n]));
    counter.tally.sentences = used.into_iter().map(spoken).collect();
    counter.tally
}

/// For each row the gold sentence in which more than half of it lies. A letter saved in another format, or edited since,
/// has other places: where most words are others too, the sentence is taken for one that gold does not have.
fn beside<'g>(rows: &[Row], gold: &'g [Gold]) -> Vec<Option<&'g Gold>> {
    let mut found = vec![None; rows.len()];
    if gold.is_empty() {
        return found;
    }
    let given: Vec<Gold> = rows.iter().cloned().map(Gold::from).collect();
    let numbers: HashMap<&str, usize> = given
        .iter()
        .enumerate()
        .map(|(n, given)| (given.id.as_str(), n))
        .collect();
    let aligned = gold::align(gold, &given).sentences;
    for (gold, aligned) in gold.iter().zip(&aligned) {
        for part in &aligned.parts {
            if let Some(n) = numbers.get(part.id.as_str())
                && same_words(&gold.text, &rows[*n].text)
            {
                found[*n] = Some(gold);
            }
        }
    }
    found
}

/// Whether at least half of a sentence's words stand in gold's; gold that does not hold its text is taken at its place.
fn same_words(gold: &str, text: &str) -> bool {
    let gold = normal(gold);
    let known: BTreeSet<&str> = gold.split_whitespace().collect();
    let text = normal(text);
    let (mut all, mut same) = (0, 0);
    for word in text.split_whitespace() {
        all += 1;
        same += usize::from(known.contains(word));
    }
    known.is_empty() || same * 2 >= all
}

struct Counter<'a> {
    roll: &'a Roll,
    most: usize,
    reading: &'a Reading,
    tally: Tally,
    /// Sentences that stand behind a number.
    used: BTreeSet<usize>,
}

impl Counter<'_> {
    fn count(&mut self, number: usize, count: impl FnOnce(&mut Counts)) {
        count(self.tally.counts.entry(number).or_default());
    }

    fn keep(&mut self, number: usize, behind: Behind, sentence: usize) {
        let counts = self.tally.counts.entry(number).or_default();
        counts.keep(behind, sentence, self.most);
        if counts.behind(behind).last() == Some(&sentence) {
            self.used.insert(sentence);
        }
    }

    fn sentence(&mut self, sentence: &Sentence<'_>) {
        self.tally.read += 1;
        self.tally.in_gold += u64::from(sentence.gold.is_some());
        self.hits(sentence);
        self.labels(sentence);
        self.values(sentence);
        self.overlaps(sentence);
        self.conflicts(sentence);
        self.wanted(sentence);
    }

    /// Hits, who silences whom, and the sentences in which cues and lists speak.
    fn hits(&mut self, sentence: &Sentence<'_>) {
        for m in sentence.matches {
            let cue = m.cue as usize;
            let by = m.silenced_by.map(|by| self.reading.matches[by].cue as usize);
            for number in [cue, self.roll.list(cue)] {
                self.count(number, |counts| {
                    counts.hits += 1;
                    if let Some(by) = by {
                        counts.silenced += 1;
                        *counts.silencers.entry(by).or_default() += 1;
                    }
                });
                if by.is_some() {
                    self.keep(number, Behind::Silenced, sentence.n);
                }
            }
            if let Some(by) = by {
                for number in [by, self.roll.list(by)] {
                    self.count(number, |counts| counts.silences += 1);
                }
            }
        }
        for number in self.roll.with_lists(sentence.cues()) {
            self.count(number, |counts| {
                counts.sentences += 1;
                if let Some(gold) = sentence.gold {
                    counts.gold.polarity[gold.polarity as usize] += 1;
                }
            });
            self.keep(number, Behind::Hits, sentence.n);
        }
    }

    /// Labels in whose evidence cues stand.
    fn labels(&mut self, sentence: &Sentence<'_>) {
        for (label, evidence) in sentence.verdict.labels.iter().zip(&sentence.evidence) {
            if evidence.is_empty() {
                continue;
            }
            let theme = self.roll.theme(label.theme);
            let says = sentence.gold.map(|gold| Against::new(gold, theme, label.tone));
            self.tally.labels += 1;
            self.tally.in_gold_labels += u64::from(says.is_some());
            self.tally.right += u64::from(says.is_some_and(|says| says.right));
            for number in evidence {
                let fault = says.is_some_and(|says| says.fault(self.roll.duty(*number)));
                self.count(*number, |counts| {
                    counts.decided += 1;
                    if let Some(says) = says {
                        counts.gold.decided += 1;
                        counts.gold.right += u64::from(says.right);
                        counts.gold.wrong_theme += u64::from(says.theme_wrong);
                        counts.gold.wrong_polarity += u64::from(says.polarity_wrong);
                        counts.gold.wrong += u64::from(fault);
                    }
                });
                self.keep(*number, Behind::Decided, sentence.n);
                if fault {
                    self.keep(*number, Behind::Wrong, sentence.n);
                }
            }
        }
    }

    /// Values of the sentence that no label holds: when, whether it has moved, who says it, that nothing is judged.
    fn values(&mut self, sentence: &Sentence<'_>) {
        for number in self.roll.with_lists(sentence.cues()) {
            let duty = self.roll.duty(number);
            if against::value(duty, sentence.verdict) != Some(true) {
                continue;
            }
            let right = sentence.gold.and_then(|gold| against::value(duty, gold));
            self.count(number, |counts| {
                counts.decided += 1;
                if let Some(right) = right {
                    counts.gold.decided += 1;
                    counts.gold.right += u64::from(right);
                    counts.gold.wrong += u64::from(!right);
                }
            });
            self.keep(number, Behind::Decided, sentence.n);
            if right == Some(false) {
                self.keep(number, Behind::Wrong, sentence.n);
            }
        }
    }

    /// Cues that say what another cue of the sentence says too.
    fn overlaps(&mut self, sentence: &Sentence<'_>) {
        for number in self.roll.with_lists(sentence.doubled(self.roll)) {
            self.count(number, |counts| counts.overlap += 1);
            self.keep(number, Behind::Overlap, sentence.n);
        }
    }

    /// Cues that judge against another.
    fn conflicts(&mut self, sentence: &Sentence<'_>) {
        for number in self.roll.with_lists(sentence.opposed(self.roll)) {
            self.count(number, |counts| counts.conflict += 1);
            self.keep(number, Behind::Conflict, sentence.n);
        }
    }

    /// What gold has of the kind that a cue decides: for a cue in the sentences in which it stands, for a list in all.
    fn wanted(&mut self, sentence: &Sentence<'_>) {
        let Some(gold) = sentence.gold else { return };
        let standing: BTreeSet<usize> = sentence.matches.iter().map(|m| m.cue as usize).collect();
        for number in standing
            .into_iter()
            .chain(self.roll.members.len()..self.roll.len())
        {
            let (wanted, found) = against::wanted(self.roll, sentence, gold, number);
            if wanted == 0 {
                continue;
            }
            self.count(number, |counts| {
                counts.gold.wanted += wanted;
                counts.gold.found += found;
            });
            if found < wanted {
                self.keep(number, Behind::Missed, sentence.n);
            }
        }
    }

    /// Words, and the sentence itself where it looks evaluative but no cue judges it.
    fn candidate(&mut self, sentence: &Sentence<'_>, row: &Row) {
        let judged = sentence.judged(self.roll);
        let polarity = sentence.verdict.polarity;
        if !judged || polarity != Polarity::Neutral {
            for stretch in sentence.beside_cues(self.roll, self.reading) {
                self.tally.words.count(stretch, judged);
            }
        }
        if judged {
            return;
        }
        let looks = match sentence.gold {
            Some(gold) => gold.polarity != Polarity::Neutral,
            None => matches!(
                row.section_role,
                SectionRole::Findings
                    | SectionRole::MustImprove
                    | SectionRole::Summary
                    | SectionRole::Strengths
            ),
        };
        if !looks {
            return;
        }
        self.tally.candidates.push(Evaluative {
            wrong: sentence.gold.is_some_and(|gold| gold.polarity != polarity),
            sentence: Spoken::new(row, sentence.gold),
            score: 0.0,
            words: Vec::new(),
        });
    }
}

/// A sentence's words in normal form.
pub(super) fn normal(text: &str) -> String {
    Normal::new(text).text
}
