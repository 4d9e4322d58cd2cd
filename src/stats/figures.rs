//! The statistics as they are given out.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::count::{self, Counts};
use super::duty::Duty;
use super::{Collector, Evaluative, SCHEMA, Spoken};

/// Silencers that are named for a cue or list.
const SILENCERS: usize = 5;

/// Statistics of rules over documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stats {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// Counts over all cues and documents.
    pub summary: Summary,
    /// Lists of cues (of a theme its names, hints and so on; of a word file its cues), worst first.
    pub lists: Vec<ListStats>,
    /// Cues, worst first.
    pub cues: Vec<CueStats>,
    /// Sentences that look evaluative but in which no cue judges: with gold those that gold calls strength, concern or
    /// mixed, where the rules say otherwise first; without gold those among findings, whose polarity is neutral or
    /// comes from the section. Among them the most typical of judged sentences first.
    pub candidates: Vec<Evaluative>,
    /// The sentences behind the numbers; `behind` counts in this list, from 0.
    pub sentences: Vec<Spoken>,
}

/// Counts over all cues and documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Documents read.
    pub documents: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Sentences for which there is a gold sentence.
    pub sentences_in_gold: u64,
    /// Cues of the rules.
    pub cues: u64,
    /// Cues seen at least once, silenced or not.
    pub hit: u64,
    /// Cues never seen.
    pub dead: u64,
    /// Cues seen, but silenced each time.
    pub always_silenced: u64,
    /// Cues that spoke, but decided nothing; those that only shape (exempt, contrast, ...) aside.
    pub idle: u64,
    /// Labels in whose evidence a cue stands.
    pub labels: u64,
    /// Such labels of sentences in gold.
    pub labels_in_gold: u64,
    /// Of those, labels that gold has, with the same polarity.
    pub labels_right: u64,
    /// Sentences that look evaluative but in which no cue judges.
    pub candidates: u64,
    /// Of those, how many have another polarity in gold than by the rules.
    pub candidates_wrong: u64,
}

/// Statistics of a list of cues in a rule file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListStats {
    /// `file.list`, such as `caseloads.names`.
    pub id: String,
    /// The rule file, below the folder of rules.
    pub file: String,
    /// What its cues do.
    pub act: String,
    /// How many cues it holds.
    pub cues: u64,
    /// How many of them were never seen.
    pub dead: u64,
    /// Its numbers.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Statistics of a cue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CueStats {
    /// Its id, as evidence has it.
    pub id: String,
    /// Its list, by id.
    pub list: String,
    /// What it does.
    pub act: String,
    /// Its numbers.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The numbers of a cue, or of the cues of a list together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figures {
    /// How often it was seen, silenced or not.
    pub hits: u64,
    /// Sentences in which it speaks: seen and not silenced, near its theme where it needs that.
    pub sentences: u64,
    /// Labels in whose evidence it stands; for words of time, change and speakers, and for those that say that nothing
    /// is judged, sentences that got its value.
    pub decided: u64,
    /// Sentences in which another cue says the same.
    pub overlap: u64,
    /// Sentences in which a cue of the opposite polarity acts on the same theme.
    pub conflict: u64,
    /// How often a longer cue or an exemption silenced it.
    pub silenced: u64,
    /// By whom most often, up to five.
    pub silenced_by: Vec<Silencer>,
    /// How often it silenced others.
    pub silences: u64,
    /// What gold says; null without gold.
    pub gold: Option<GoldFigures>,
    /// The first sentences behind the numbers.
    pub behind: Behind,
}

/// Who silences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Silencer {
    /// Id of the cue.
    pub id: String,
    /// How often.
    pub times: u64,
}

/// What gold labels say of a cue or list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GoldFigures {
    /// What it decided in sentences that gold has.
    pub decided: u64,
    /// Of that, what gold has too: theme and polarity of a label, or the value.
    pub right: u64,
    /// Labels whose theme gold does not name in the sentence.
    pub wrong_theme: u64,
    /// Labels whose polarity gold does not give the theme; nor, where it does not name the theme, the sentence.
    pub wrong_polarity: u64,
    /// Of what it decided, what is wrong in what it is there for: names and hints `wrong_theme`, words that judge or
    /// turn `wrong_polarity`, a theme's own praise and criticism either, words of time, change and so on their value.
    pub wrong: u64,
    /// 1 - `wrong` / `decided`, to four decimals; null where it decided nothing.
    pub precision: Option<f64>,
    /// What gold has of its kind: for a cue in the sentences in which it was seen, for a list in all. Names: sentences
    /// that name the theme. Words that judge or govern: strengths or concerns, as they are of, and what they decided. Others:
    /// sentences with their value.
    pub wanted: u64,
    /// Of that, what it decided.
    pub found: u64,
    /// `found` / `wanted`, to four decimals; null where nothing was wanted, and for words that only turn others.
    pub recall: Option<f64>,
    /// Sentences in which it speaks, by what gold says of them as a whole.
    pub polarity: PolarityCounts,
    /// Of those, the share with its own polarity, mixed ones among them; null for what does not praise or criticise.
    pub polarity_agrees: Option<f64>,
}

/// Sentences by polarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolarityCounts {
    /// Strengths.
    pub strength: u64,
    /// Concerns.
    pub concern: u64,
    /// Both.
    pub mixed: u64,
    /// Neither.
    pub neutral: u64,
}

/// The first sentences behind the numbers, as places in `sentences`, from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Behind {
    /// In which it speaks.
    pub sentences: Vec<usize>,
    /// In which it decided something.
    pub decided: Vec<usize>,
    /// In which it overlaps.
    pub overlap: Vec<usize>,
    /// In which it conflicts.
    pub conflict: Vec<usize>,
    /// In which it was silenced.
    pub silenced: Vec<usize>,
    /// In which it decided something wrong.
    pub wrong: Vec<usize>,
    /// In which something wanted was not found.
    pub missed: Vec<usize>,
}

/// Makes the statistics.
pub(super) fn stats(collector: Collector) -> Stats {
    let roll = &collector.roll;
    let gold = collector.in_gold > 0;
    let figures = |number: usize| figures(&collector, number, gold);
    let mut cues: Vec<CueStats> = roll
        .members
        .iter()
        .enumerate()
        .map(|(number, member)| CueStats {
            id: member.id.clone(),
            list: roll.lists[member.list].id.clone(),
            act: roll.lists[member.list].act.to_owned(),
            figures: figures(number),
        })
        .collect();
    let dead_in = |list: usize| {
        let members = roll.members.iter().zip(&collector.counts);
        members
            .filter(|(member, counts)| member.list == list && counts.hits == 0)
            .count() as u64
    };
    let mut lists: Vec<ListStats> = roll
        .lists
        .iter()
        .enumerate()
        .map(|(number, list)| ListStats {
            id: list.id.clone(),
            file: list.file.clone(),
            act: list.act.to_owned(),
            cues: list.cues as u64,
            dead: dead_in(number),
            figures: figures(roll.members.len() + number),
        })
        .collect();
    cues.sort_by(|a, b| {
        badness(&a.figures)
            .cmp(&badness(&b.figures))
            .then_with(|| a.id.cmp(&b.id))
    });
    lists.sort_by(|a, b| {
        badness(&a.figures)
            .cmp(&badness(&b.figures))
            .then_with(|| a.id.cmp(&b.id))
    });
    Stats {
        schema: SCHEMA,
        rules: collector.fingerprint.clone(),
        summary: summary(&collector),
        lists,
        cues,
        candidates: collector.candidates,
        sentences: collector.sentences,
    }
}

/// Worst first: most wrong, then most in conflict, then most silenced.
fn badness(figures: &Figures) -> [Reverse<u64>; 3] {
    let wrong = figures.gold.as_ref().map_or(0, |gold| gold.wrong);
    [
        Reverse(wrong),
        Reverse(figures.conflict),
        Reverse(figures.silenced),
    ]
}

fn summary(collector: &Collector) -> Summary {
    let cues = || collector.roll.members.iter().zip(&collector.counts);
    let hit = cues().filter(|(_, counts)| counts.hits > 0).count() as u64;
    let all = collector.roll.members.len() as u64;
    let silent = |counts: &Counts| counts.hits > 0 && counts.silenced == counts.hits;
    Summary {
        documents: collector.documents,
        sentences: collector.read,
        sentences_in_gold: collector.in_gold,
        cues: all,
        hit,
        dead: all - hit,
        always_silenced: cues().filter(|(_, counts)| silent(counts)).count() as u64,
        idle: cues()
            .filter(|(cue, counts)| cue.duty.decides() && counts.sentences > 0 && counts.decided == 0)
            .count() as u64,
        labels: collector.labels,
        labels_in_gold: collector.in_gold_labels,
        labels_right: collector.right,
        candidates: collector.candidates.len() as u64 + collector.left_out,
        candidates_wrong: collector.candidates_wrong,
    }
}

fn figures(collector: &Collector, number: usize, gold: bool) -> Figures {
    let counts = &collector.counts[number];
    let roll = &collector.roll;
    let mut silencers: Vec<Silencer> = counts
        .silencers
        .iter()
        .map(|(by, times)| Silencer {
            id: roll.members[*by].id.clone(),
            times: *times,
        })
        .collect();
    silencers.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.id.cmp(&b.id)));
    silencers.truncate(SILENCERS);
    let behind = |kind: count::Behind| counts.behind(kind).to_vec();
    Figures {
        hits: counts.hits,
        sentences: counts.sentences,
        decided: counts.decided,
        overlap: counts.overlap,
        conflict: counts.conflict,
        silenced: counts.silenced,
        silenced_by: silencers,
        silences: counts.silences,
        gold: gold.then(|| gold_figures(counts, roll.duty(number))),
        behind: Behind {
            sentences: behind(count::Behind::Hits),
            decided: behind(count::Behind::Decided),
            overlap: behind(count::Behind::Overlap),
            conflict: behind(count::Behind::Conflict),
            silenced: behind(count::Behind::Silenced),
            wrong: behind(count::Behind::Wrong),
            missed: behind(count::Behind::Missed),
        },
    }
}

/// To four decimals: what lies behind them differs between systems and says nothing.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

fn gold_figures(counts: &Counts, duty: Duty) -> GoldFigures {
    let gold = &counts.gold;
    let share = |part: u64, of: u64| (of > 0).then(|| rounded(part as f64 / of as f64));
    let [strength, concern, mixed, neutral] = gold.polarity;
    let agrees = duty.tone().map(|tone| match tone {
        crate::codebook::Tone::Concern => concern + mixed,
        _ => strength + mixed,
    });
    GoldFigures {
        decided: gold.decided,
        right: gold.right,
        wrong_theme: gold.wrong_theme,
        wrong_polarity: gold.wrong_polarity,
        wrong: gold.wrong,
        precision: share(gold.decided - gold.wrong, gold.decided),
        wanted: gold.wanted,
        found: gold.found,
        recall: share(gold.found, gold.wanted),
        polarity: PolarityCounts {
            strength,
            concern,
            mixed,
            neutral,
        },
        polarity_agrees: agrees.and_then(|agrees| share(agrees, gold.polarity.iter().sum())),
    }
}
