//! Candidates, found by counting.
//!
//! In: gold sentences with their errors. Out: the lines that look best, to be tried. A count takes a phrase to do what its
//! list says wherever it stands, and knows nothing of scope, rank and silencing: only the trial does.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::candidate::{Candidate, List, Lists, Word};
use super::choose::surplus;
use super::documents::{Ground, Sentence};
use super::phrase::{agreeing, phrases, runs, stands_in};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::normal::Normal;
use crate::rules::{Role, Rules};

/// A word in more sentences than this share of all says little by itself.
const FREQUENT: f64 = 0.05;

/// What a phrase could be made to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'a> {
    Name(&'a str),
    Hint(&'a str),
    Exempt(&'a str),
    Judge(&'a str, Tone),
    Near(&'a str, Tone),
    Word(Word),
}

/// What gold and the rules say of a sentence.
struct Facts<'a> {
    sentence: &'a Sentence<'a>,
    gold: BTreeSet<(&'a str, Tone)>,
    given: BTreeSet<(&'a str, Tone)>,
    gold_themes: BTreeSet<&'a str>,
    given_themes: BTreeSet<&'a str>,
    /// Words of the sentence that name a theme, in normal form.
    named: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Facts<'a> {
    fn new(sentence: &'a Sentence<'a>) -> Self {
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
    fn wants(&self) -> Vec<Kind<'a>> {
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
    fn vote(&self, kind: &Kind<'_>) -> Option<bool> {
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

const FRAMES: [Role; 6] = [
    Role::Improved,
    Role::Declined,
    Role::Unchanged,
    Role::Past,
    Role::Future,
    Role::Authority,
];

/// The best candidates of some documents, the best first.
pub(super) fn mine(
    rules: &Rules,
    lists: &Lists,
    ground: &Ground<'_>,
    documents: &BTreeSet<usize>,
    options: &Options,
) -> Vec<Candidate> {
    let facts: Vec<Facts<'_>> = ground
        .sentences
        .iter()
        .filter(|one| documents.contains(&one.document) && one.aligned.given.is_some())
        .map(Facts::new)
        .collect();
    let mut found = Vec::new();
    let telling = Telling::new(ground);
    of_phrases(lists, &facts, &telling, options, &mut found);
    of_cues(rules, lists, &facts, options, &mut found);
    found.retain(|(_, candidate)| {
        options
            .theme
            .as_deref()
            .is_none_or(|theme| candidate.theme() == Some(theme))
    });
    // Best first; of equals the shorter, then by the words, so that the order is the same on every run.
    found.sort_by(|(a, one), (b, other)| {
        b.total_cmp(a)
            .then_with(|| one.length().cmp(&other.length()))
            .then_with(|| one.cmp(other))
    });
    found.truncate(options.tries);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Which phrases say something: those with a word that is not in every other sentence.
struct Telling<'a> {
    frequent: BTreeSet<&'a str>,
}

impl<'a> Telling<'a> {
    fn new(ground: &'a Ground<'_>) -> Self {
        let mut sentences = 0;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in ground.texts.iter().flatten() {
            sentences += 1;
            let words: BTreeSet<&str> = runs(text).into_iter().flatten().collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        let most = (sentences as f64 * FREQUENT).max(10.0);
        Self {
            frequent: counts
                .into_iter()
                .filter(|(_, count)| *count as f64 > most)
                .map(|(word, _)| word)
                .collect(),
        }
    }

    /// Neither made of frequent words alone nor cut off behind one ("of the").
    fn tells(&self, phrase: &str) -> bool {
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2;
        !self.frequent.contains(last)
            && phrase
                .split(' ')
                .any(|word| letters(word) && !self.frequent.contains(word))
    }
}

/// How many sentences a phrase would mend and break.
#[derive(Clone, Debug, Default)]
struct Count {
    mended: usize,
    broken: usize,
    documents: BTreeSet<usize>,
    spoilt: BTreeSet<usize>,
}

impl Count {
    /// How good it looks, in documents as the choice counts them.
    fn score(&self) -> f64 {
        surplus(self.documents.len(), self.spoilt.len())
    }
}

fn count(kind: &Kind<'_>, facts: &[Facts<'_>], sentences: &[usize]) -> Count {
    let mut count = Count::default();
    for &sentence in sentences {
        match facts[sentence].vote(kind) {
            Some(true) => {
                count.mended += 1;
                count.documents.insert(facts[sentence].sentence.document);
            }
            Some(false) => {
                count.broken += 1;
                count.spoilt.insert(facts[sentence].sentence.document);
            }
            None => {}
        }
    }
    count
}

fn of_phrases(
    lists: &Lists,
    facts: &[Facts<'_>],
    telling: &Telling<'_>,
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    let mut stands: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, one) in facts.iter().enumerate() {
        for phrase in phrases(&one.sentence.normal) {
            stands.entry(phrase).or_default().push(n);
        }
    }
    let wants: Vec<Vec<Kind<'_>>> = facts.iter().map(Facts::wants).collect();
    let mut good: BTreeMap<Kind<'_>, Vec<&str>> = BTreeMap::new();
    for (phrase, sentences) in &stands {
        if !telling.tells(phrase) || no_longer(phrase, sentences, &stands, telling) {
            continue;
        }
        let kinds: BTreeSet<&Kind<'_>> = sentences.iter().flat_map(|&n| &wants[n]).collect();
        for kind in kinds {
            let count = count(kind, facts, sentences);
            if count.mended > count.broken {
                good.entry(kind.clone()).or_default().push(phrase);
            }
            keep(kind, phrase, &count, facts, sentences, lists, options, found);
        }
    }
    for (kind, literal) in &good {
        for phrase in agreeing(literal.iter().copied()) {
            let start = phrase.split('*').next().unwrap_or_default();
            let near = stands
                .range(start.to_owned()..)
                .take_while(|(other, _)| other.starts_with(start));
            let meets = near.filter(|(other, _)| {
                other.split(' ').count() == phrase.split(' ').count() && stands_in(&phrase, other)
            });
            let sentences: BTreeSet<usize> = meets.flat_map(|(_, sentences)| sentences).copied().collect();
            let sentences: Vec<usize> = sentences.into_iter().collect();
            let count = count(kind, facts, &sentences);
            keep(kind, &phrase, &count, facts, &sentences, lists, options, found);
        }
    }
}

/// Whether a phrase stands in the same sentences as itself without its first or last word, which then is enough.
fn no_longer(
    phrase: &str,
    sentences: &[usize],
    stands: &BTreeMap<String, Vec<usize>>,
    telling: &Telling<'_>,
) -> bool {
    let shorter = [
        phrase.split_once(' ').map(|(_, rest)| rest),
        phrase.rsplit_once(' ').map(|(rest, _)| rest),
    ];
    shorter.into_iter().flatten().any(|shorter| {
        telling.tells(shorter)
            && stands
                .get(shorter)
                .is_some_and(|own| own.len() == sentences.len())
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of one loop, written once for two kinds of phrases"
)]
fn keep(
    kind: &Kind<'_>,
    phrase: &str,
    count: &Count,
    facts: &[Facts<'_>],
    sentences: &[usize],
    lists: &Lists,
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    if count.documents.len() < options.documents || count.mended <= count.broken {
        return;
    }
    let theme = |theme: &str, list: List| Some((lists.themes.get(theme)?.clone(), list));
    let place = match kind {
        Kind::Name(id) => theme(id, List::Names),
        Kind::Hint(id) => theme(id, List::Hints),
        Kind::Exempt(id) => {
            // It has to hold the words that name the theme, and more.
            let holds = |n: &usize| {
                let named = facts[*n].named.get(id);
                named.is_some_and(|named| {
                    named
                        .iter()
                        .any(|words| phrase.len() > words.len() && phrase.contains(words.as_str()))
                })
            };
            sentences
                .iter()
                .any(holds)
                .then(|| theme(id, List::Exempt))
                .flatten()
        }
        Kind::Judge(id, Tone::Strength) => theme(id, List::Strength),
        Kind::Judge(id, _) => theme(id, List::Concern),
        Kind::Near(id, Tone::Strength) => theme(id, List::NearStrength),
        Kind::Near(id, _) => theme(id, List::NearConcern),
        Kind::Word(word) => lists.words.get(word).map(|file| (file.clone(), List::Cues)),
    };
    if let Some((file, list)) = place {
        let candidate = Candidate {
            file,
            list,
            phrase: phrase.to_owned(),
            words: None,
        };
        found.push((count.score(), candidate));
    }
}

/// Cues that stand behind more wrong labels than right ones are worth a trial without them.
fn of_cues(
    rules: &Rules,
    lists: &Lists,
    facts: &[Facts<'_>],
    options: &Options,
    found: &mut Vec<(f64, Candidate)>,
) {
    let known: BTreeSet<&str> = rules.cues().collect();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for one in facts {
        let labels = one.sentence.aligned.parts.iter().flat_map(|part| &part.labels);
        let (mut right, mut wrong) = (BTreeSet::new(), BTreeSet::new());
        for label in labels {
            let is_right = one.gold.contains(&(label.theme.as_str(), label.polarity));
            let rules = label.evidence.iter().map(|piece| piece.rule.as_str());
            if is_right { &mut right } else { &mut wrong }.extend(rules);
        }
        for rule in wrong.difference(&right) {
            let count = counts.entry(rule).or_default();
            count.mended += 1;
            count.documents.insert(one.sentence.document);
        }
        for rule in right.difference(&wrong) {
            let count = counts.entry(rule).or_default();
            count.broken += 1;
            count.spoilt.insert(one.sentence.document);
        }
    }
    for (rule, count) in counts {
        // Another cue may give the right labels too, so that a cue with as many right as wrong is worth a trial.
        if !known.contains(rule) || count.documents.len() < options.documents || count.mended < count.broken {
            continue;
        }
        let score = count.score();
        if let Some(file) = lists.files.get(rule) {
            let list = List::Off;
            found.push((
                score,
                Candidate {
                    file: file.clone(),
                    list,
                    phrase: rule.to_owned(),
                    words: None,
                },
            ));
        }
        if let Some((file, words)) = lists.names.get(rule) {
            found.push((
                score,
                Candidate {
                    file: file.clone(),
                    list: List::Demote,
                    phrase: rule.to_owned(),
                    words: Some(words.clone()),
                },
            ));
        }
    }
}
