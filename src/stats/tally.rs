//! The counts of one document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::count::{Behind, Counts};
use super::duty::{Duty, Roll};
use super::words::Words;
use super::{Evaluative, Spoken};
use crate::codebook::{Polarity, SectionRole, Tone};
use crate::gold::{self, Gold};
use crate::label::Verdict;
use crate::matches::Match;
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

/// A cue that stands in a sentence and is not silenced.
struct Speaking {
    cue: usize,
    clause: usize,
}

/// A sentence in hand.
struct Sentence<'a> {
    n: usize,
    matches: &'a [Match],
    verdict: &'a Verdict,
    gold: Option<&'a Gold>,
    /// Each cue once for each clause.
    speaking: Vec<Speaking>,
    /// For each label the cues and lists in its evidence.
    evidence: Vec<BTreeSet<usize>>,
}

impl<'a> Sentence<'a> {
    fn new(
        roll: &Roll,
        n: usize,
        matches: &'a [Match],
        verdict: &'a Verdict,
        gold: Option<&'a Gold>,
    ) -> Self {
        let alive = || matches.iter().filter(|m| m.silenced_by.is_none());
        let named: BTreeSet<(usize, u16)> = alive()
            .filter_map(|m| {
                let member = &roll.members[m.cue as usize];
                match member.duty {
                    Duty::Name(theme) => Some((m.clause, theme)),
                    Duty::Own(theme, _) if member.near.is_none() => Some((m.clause, theme)),
                    _ => None,
                }
            })
            .collect();
        let speaks = |m: &&Match| {
            let near = roll.members[m.cue as usize].near;
            near.is_none_or(|theme| named.contains(&(m.clause, theme)))
        };
        let speaking: BTreeSet<(usize, usize)> = alive()
            .filter(speaks)
            .map(|m| (m.cue as usize, m.clause))
            .collect();
        let evidence = verdict.labels.iter().map(|label| {
            let cues = label.evidence.iter().filter_map(|piece| roll.number(&piece.rule));
            cues.flat_map(|cue| [cue, roll.list(cue)]).collect()
        });
        Self {
            n,
            matches,
            verdict,
            gold,
            speaking: speaking
                .into_iter()
                .map(|(cue, clause)| Speaking { cue, clause })
                .collect(),
            evidence: evidence.collect(),
        }
    }

    /// Whether a cue or list stands in the evidence of a label.
    fn made(&self, number: usize, fits: impl Fn(&crate::label::Label) -> bool) -> bool {
        let mut labels = self.verdict.labels.iter().zip(&self.evidence);
        labels.any(|(label, evidence)| fits(label) && evidence.contains(&number))
    }

    /// Whether a cue judges it: whether it says anything by sections alone.
    fn judged(&self, roll: &Roll) -> bool {
        self.speaking
            .iter()
            .any(|speaking| roll.members[speaking.cue].alone)
    }
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
        for number in self.numbers(sentence.speaking.iter().map(|speaking| speaking.cue)) {
            self.count(number, |counts| {
                counts.sentences += 1;
                if let Some(gold) = sentence.gold {
                    counts.gold.polarity[gold.polarity as usize] += 1;
                }
            });
            self.keep(number, Behind::Hits, sentence.n);
        }
    }

    /// Cues and their lists, each once.
    fn numbers(&self, cues: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        cues.flat_map(|cue| [cue, self.roll.list(cue)]).collect()
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
        let verdict = sentence.verdict;
        for number in self.numbers(sentence.speaking.iter().map(|speaking| speaking.cue)) {
            let duty = self.roll.duty(number);
            let (own, gold) = match duty {
                Duty::Time(time) => (verdict.time == time, sentence.gold.map(|gold| gold.time == time)),
                Duty::Change(change) => (
                    verdict.change == change,
                    sentence.gold.map(|gold| gold.change == change),
                ),
                Duty::Source(source) => (
                    verdict.source == source,
                    sentence.gold.map(|gold| gold.source == source),
                ),
                Duty::Plain => (
                    verdict.polarity == Polarity::Neutral,
                    sentence.gold.map(|gold| gold.polarity == Polarity::Neutral),
                ),
                _ => continue,
            };
            if !own {
                continue;
            }
            self.count(number, |counts| {
                counts.decided += 1;
                if let Some(right) = gold {
                    counts.gold.decided += 1;
                    counts.gold.right += u64::from(right);
                    counts.gold.wrong += u64::from(!right);
                }
            });
            self.keep(number, Behind::Decided, sentence.n);
            if gold == Some(false) {
                self.keep(number, Behind::Wrong, sentence.n);
            }
        }
    }

    /// Cues that say what another cue of the sentence says too.
    fn overlaps(&mut self, sentence: &Sentence<'_>) {
        let roll = self.roll;
        let cues: BTreeSet<usize> = sentence.speaking.iter().map(|speaking| speaking.cue).collect();
        let same = |a: usize, b: usize| match (roll.duty(a), roll.duty(b)) {
            (Duty::Shape, _) => false,
            (Duty::Name(a), Duty::Name(b)) => a == b,
            (a, b) if a.tone().is_some() => a.tone() == b.tone(),
            (Duty::Turn(_), Duty::Turn(_)) => roll.members[a].list == roll.members[b].list,
            (a, b) => a == b,
        };
        let double = cues
            .iter()
            .filter(|a| cues.iter().any(|b| **a != *b && same(**a, *b)));
        for number in self.numbers(double.copied()) {
            self.count(number, |counts| counts.overlap += 1);
            self.keep(number, Behind::Overlap, sentence.n);
        }
    }

    /// Cues that judge, beside one of the opposite tone: in one clause, unless both made the same label ("delays have
    /// been well addressed"), or in the evidence of opposite labels of one theme.
    fn conflicts(&mut self, sentence: &Sentence<'_>) {
        let tone = |cue: usize| self.roll.members[cue].duty.tone();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for a in &sentence.speaking {
            for b in &sentence.speaking {
                let opposite = matches!((tone(a.cue), tone(b.cue)), (Some(a), Some(b)) if a != b);
                let together =
                    |evidence: &BTreeSet<usize>| evidence.contains(&a.cue) && evidence.contains(&b.cue);
                if opposite && a.clause == b.clause && !sentence.evidence.iter().any(together) {
                    found.insert(a.cue);
                }
            }
        }
        let labels = || sentence.verdict.labels.iter().zip(&sentence.evidence);
        for (label, evidence) in labels() {
            let opposed = labels().any(|(other, _)| {
                other.theme == label.theme
                    && matches!(
                        (label.tone, other.tone),
                        (Tone::Strength, Tone::Concern) | (Tone::Concern, Tone::Strength)
                    )
            });
            if opposed {
                let cues = evidence
                    .iter()
                    .filter(|number| **number < self.roll.members.len());
                found.extend(cues.filter(|cue| self.roll.members[**cue].duty.judges()));
            }
        }
        for number in self.numbers(found.into_iter()) {
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
            let (wanted, found) = wanted(self.roll, sentence, gold, number);
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
            for stretch in self.unmatched(sentence) {
                self.tally.words.count(&stretch, judged);
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

    /// The words of a sentence outside the cues that judge: what stands beside praise and criticism.
    fn unmatched(&self, sentence: &Sentence<'_>) -> Vec<String> {
        let whole = self.reading.sentences[sentence.n].span;
        let normal = &self.reading.text.normal;
        let whole = normal.span_from_text(whole);
        let mut stretches = Vec::new();
        let mut at = whole.start;
        let judging = sentence
            .matches
            .iter()
            .filter(|m| self.roll.members[m.cue as usize].duty.judges());
        let mut runs: Vec<_> = judging.flat_map(|m| m.runs()).copied().collect();
        runs.sort();
        for run in runs {
            if run.start > at {
                stretches.extend(normal.text.get(at..run.start).map(str::to_owned));
            }
            at = at.max(run.end);
        }
        stretches.extend(normal.text.get(at..whole.end).map(str::to_owned));
        stretches
    }
}

/// How many things of its kind gold has in a sentence, and how many of them a cue or list has made.
fn wanted(roll: &Roll, sentence: &Sentence<'_>, gold: &Gold, number: usize) -> (u64, u64) {
    let finding = |tone: Tone| tone != Tone::Neutral;
    let one = |wants: bool, has: bool| (u64::from(wants), u64::from(wants && has));
    let speaks = || {
        sentence
            .speaking
            .iter()
            .any(|speaking| speaking.cue == number || roll.list(speaking.cue) == number)
    };
    match roll.duty(number) {
        Duty::Name(theme) => {
            let wants = gold.labels.iter().any(|label| label.theme == roll.theme(theme));
            one(wants, sentence.made(number, |label| label.theme == theme))
        }
        Duty::Own(theme, tone) => {
            let wants = gold.pairs().contains(&(roll.theme(theme), tone));
            one(
                wants,
                sentence.made(number, |label| label.theme == theme && label.tone == tone),
            )
        }
        Duty::Judge(own) | Duty::Turn(Some(own)) => {
            let (mut wanted, mut found) = (0, 0);
            for (theme, tone) in gold.pairs() {
                let has = sentence.made(number, |label| {
                    roll.theme(label.theme) == theme && label.tone == tone
                });
                if finding(tone) && (tone == own || has) {
                    wanted += 1;
                    found += u64::from(has);
                }
            }
            (wanted, found)
        }
        Duty::Time(time) => one(gold.time == time, sentence.verdict.time == time && speaks()),
        Duty::Change(change) => one(
            gold.change == change,
            sentence.verdict.change == change && speaks(),
        ),
        Duty::Source(source) => one(
            gold.source == source,
            sentence.verdict.source == source && speaks(),
        ),
        Duty::Plain => one(
            gold.polarity == Polarity::Neutral,
            sentence.verdict.polarity == Polarity::Neutral && speaks(),
        ),
        Duty::Turn(None) | Duty::Shape => (0, 0),
    }
}

/// A label held against the gold labels of its sentence.
#[derive(Clone, Copy, Debug)]
struct Against {
    /// Gold has the label.
    right: bool,
    /// Gold does not name the theme.
    theme_wrong: bool,
    /// Gold says something else of the theme, or where it does not name it, of the sentence.
    polarity_wrong: bool,
}

impl Against {
    fn new(gold: &Gold, theme: &str, tone: Tone) -> Self {
        let right = gold.pairs().contains(&(theme, tone));
        let named = gold.labels.iter().any(|label| label.theme == theme);
        let of_sentence = match tone {
            Tone::Strength => matches!(gold.polarity, Polarity::Strength | Polarity::Mixed),
            Tone::Concern => matches!(gold.polarity, Polarity::Concern | Polarity::Mixed),
            Tone::Neutral => gold.polarity == Polarity::Neutral,
        };
        Self {
            right,
            theme_wrong: !named,
            polarity_wrong: if named { !right } else { !of_sentence },
        }
    }

    /// Whether the label is wrong in what a cue of this duty decides.
    fn fault(self, duty: Duty) -> bool {
        match duty {
            Duty::Name(_) => self.theme_wrong,
            Duty::Own(..) => !self.right,
            Duty::Judge(_) | Duty::Turn(_) => self.polarity_wrong,
            _ => false,
        }
    }
}

/// A sentence's words in normal form.
pub(super) fn normal(text: &str) -> String {
    Normal::new(text).text
}
