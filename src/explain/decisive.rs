//! Which reason decided the polarity of a sentence.

use super::{CueSeen, Decisive, Reason, View};
use crate::codebook::{SectionRole, Tone};
use crate::label::{Fate, Held};
use crate::rules::Act;

/// A sentence with what was noted of it.
pub(super) struct Sentence<'v> {
    pub(super) view: &'v View<'v>,
    /// Its place among the reading's sentences.
    pub(super) n: usize,
    pub(super) cues: &'v [CueSeen],
}

/// A cue as sentences of an explanation name it.
pub(super) fn quoted(cue: &CueSeen) -> String {
    format!("“{}” ({})", cue.text, cue.rule)
}

fn listed(cues: &[&CueSeen]) -> String {
    let names: Vec<String> = cues.iter().map(|cue| quoted(cue)).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

pub(super) fn because(reason: Reason, words: String, cues: &[&CueSeen]) -> Decisive {
    Decisive {
        reason,
        words,
        cues: cues.iter().map(|cue| cue.rule.clone()).collect(),
    }
}

/// What praise and criticism do.
fn does(tone: Tone) -> &'static str {
    match tone {
        Tone::Strength => "praises",
        Tone::Concern => "criticises",
        Tone::Neutral => "names",
    }
}

fn judges(cue: &CueSeen) -> bool {
    cue.does.starts_with("strength") || cue.does.starts_with("concern")
}

impl Sentence<'_> {
    pub(super) fn held(&self) -> &[Held] {
        self.view.held_of(self.n)
    }

    pub(super) fn cues_of(&self, held: &Held) -> Vec<&CueSeen> {
        let from = self.view.match_range(self.n).0;
        let own = held.cues.iter();
        own.filter_map(|place| self.cues.get(place.checked_sub(from)?))
            .collect()
    }

    fn fated(&self, fate: Fate) -> Option<&CueSeen> {
        self.cues.iter().find(|cue| cue.fate == fate)
    }

    fn doing(&self, does: &str) -> Option<&CueSeen> {
        let speaks = |cue: &&CueSeen| !matches!(cue.fate, Fate::Longer | Fate::Exempt);
        self.cues.iter().filter(speaks).find(|cue| cue.does == does)
    }

    /// What decided the polarity.
    pub(super) fn polarity(&self) -> Decisive {
        let strongest = |tone| {
            let own = self.held().iter().filter(|held| held.tone == tone);
            own.max_by_key(|held| (held.rank, std::cmp::Reverse(held.cues.first().copied())))
        };
        match (strongest(Tone::Strength), strongest(Tone::Concern)) {
            (Some(praise), Some(blame)) => {
                let (praise, blame) = (self.cues_of(praise), self.cues_of(blame));
                let words = format!(
                    "{} praises and {} criticises, and both hold",
                    listed(&praise),
                    listed(&blame)
                );
                because(Reason::Both, words, &[praise, blame].concat())
            }
            (Some(held), None) | (None, Some(held)) => self.judged(held),
            (None, None) => self.unjudged(),
        }
    }

    /// Why a judgement holds.
    pub(super) fn judged(&self, held: &Held) -> Decisive {
        let heading = self.view.rows[self.n].section.as_deref().unwrap_or_default();
        match held.section.as_deref() {
            Some("section/findings") => {
                let words = format!(
                    "no word of judgement stands there; a plain statement under “{heading}” tells what is in place"
                );
                return because(Reason::PlainFinding, words, &[]);
            }
            Some(_) => {
                let list = match held.tone {
                    Tone::Strength => "strengths",
                    _ => "what has to improve, whatever its words",
                };
                let words = format!("it stands under “{heading}”, in a list of {list}");
                return because(Reason::List, words, &[]);
            }
            None => {}
        }
        let cues = self.cues_of(held);
        let Some((first, operators)) = cues.split_first() else {
            return because(Reason::Words, "its own words judge".to_owned(), &[]);
        };
        let say = does(held.tone);
        if first.does == Act::GoingOn.name() {
            let words = format!("{} goes on with the sentence before, which {say}", quoted(first));
            return because(Reason::GoesOn, words, &cues);
        }
        if operators.is_empty() && matches!(first.does.as_str(), "need" | "withhold") {
            let governed = self.cues.iter().filter(|cue| cue.fate == Fate::Governed);
            let governed: Vec<&CueSeen> = governed
                .filter(|cue| cue.by.as_deref() == Some(first.rule.as_str()))
                .collect();
            let what = match (first.does.as_str(), governed.is_empty()) {
                ("withhold", _) => "withholds credit",
                (_, true) => "says that something has to improve",
                _ => "says that what follows is not so yet",
            };
            let words = if governed.is_empty() {
                format!("{} {what}", quoted(first))
            } else {
                format!(
                    "{} {what}, so {} praises nothing",
                    quoted(first),
                    listed(&governed)
                )
            };
            return because(Reason::Need, words, &[&cues[..], &governed].concat());
        }
        // A negation that another cue has used to turn its neighbour stays behind as a mild concern: no rival.
        let mut rivals = self.cues.iter().filter(|cue| cue.fate == Fate::Outranked);
        if let Some(rival) =
            rivals.find(|cue| cue.does != "neutral" && !matches!(cue.does.as_str(), "negate" | "few"))
        {
            let words = format!(
                "{} {say}; {} loses to it: stronger words of a stretch decide, and a concern where both are as strong",
                listed(&cues),
                quoted(rival)
            );
            let mut all = cues.clone();
            all.push(rival);
            return because(Reason::Outranks, words, &all);
        }
        if !operators.is_empty() {
            // "has not increased": the negation acts through the rise and stands in no evidence of its own.
            let through = |cue: &&CueSeen| {
                let by = operators
                    .iter()
                    .any(|operator| cue.by.as_ref() == Some(&operator.rule));
                cue.does == "negate" && cue.fate == Fate::TakenAlong && by
            };
            let through: Vec<&CueSeen> = self.cues.iter().filter(through).collect();
            let all = [through, operators.to_vec()].concat();
            let turn = if all.len() > 1 { "turn" } else { "turns" };
            let words = format!("{} {say}, since {} {turn} it", quoted(first), listed(&all));
            return because(Reason::Turned, words, &[vec![*first], all].concat());
        }
        if first.fate == Fate::Alone {
            let words = format!(
                "{} turns nothing{}; by itself it is a mild concern",
                quoted(first),
                reach(first)
            );
            return because(Reason::Alone, words, &cues);
        }
        because(Reason::Words, format!("{} {say}", quoted(first)), &cues)
    }

    /// Why nothing is judged.
    pub(super) fn unjudged(&self) -> Decisive {
        let row = &self.view.rows[self.n];
        if row.section_role == SectionRole::Method {
            let heading = row.section.as_deref().unwrap_or_default();
            let words = format!("“{heading}” tells what was looked at, not what was found");
            return because(Reason::Method, words, &[]);
        }
        let beside = |reason, fate, by: &str, what: &str, but: &str| {
            let lost = self.fated(fate);
            let by = self.doing(by);
            by.map(|by| {
                let lost_words = lost.map(|lost| format!(", and {} {but}", quoted(lost)));
                let words = format!("{} {what}{}", quoted(by), lost_words.unwrap_or_default());
                let mut cues = vec![by];
                cues.extend(lost);
                because(reason, words, &cues)
            })
        };
        let neutral = || {
            beside(
                Reason::NothingJudged,
                Fate::BesideNeutral,
                "neutral",
                "says that nothing is judged",
                "is too mild to speak beside it",
            )
        };
        let plan = || {
            beside(
                Reason::Plan,
                Fate::Plan,
                "future",
                "tells a plan",
                "is part of it",
            )
        };
        let of_fate = |fate, reason, say: &dyn Fn(&CueSeen) -> String| {
            let found = self
                .cues
                .iter()
                .find(|cue| cue.fate == fate && (judges(cue) || fate != Fate::Exempt));
            found.map(|cue| because(reason, say(cue), &[cue]))
        };
        let found = if self.fated(Fate::Plan).is_some() {
            plan()
        } else {
            None
        };
        found
            .or_else(neutral)
            .or_else(|| {
                of_fate(Fate::BesideNeutral, Reason::Background, &|cue| {
                    let heading = row.section.as_deref().unwrap_or_default();
                    format!(
                        "{} is too mild to judge in a section of background, “{heading}”",
                        quoted(cue)
                    )
                })
            })
            .or_else(plan)
            .or_else(|| {
                of_fate(Fate::Circumstance, Reason::Circumstance, &|cue| {
                    let by = cue.by.as_deref().map(|by| format!(", behind {by}"));
                    let by = by.unwrap_or_default();
                    format!("{} tells the circumstances of a child or a case{by}", quoted(cue))
                })
            })
            .or_else(|| {
                let away = self
                    .cues
                    .iter()
                    .find(|cue| cue.fate == Fate::OutOfReach && cue.words_away.is_some());
                away.map(|cue| {
                    because(
                        Reason::OutOfReach,
                        format!("{} turns nothing{}", quoted(cue), reach(cue)),
                        &[cue],
                    )
                })
            })
            .or_else(|| of_fate(Fate::Exempt, Reason::Exempt, &exempt))
            .or_else(|| of_fate(Fate::NotNear, Reason::NotNear, &not_near))
            .or_else(|| {
                of_fate(Fate::NeedsMovement, Reason::NeedsMovement, &|cue| {
                    format!("{} says nothing without a rise or a fall", quoted(cue))
                })
            })
            .unwrap_or_else(|| {
                because(
                    Reason::NoWords,
                    "no word of praise or criticism stands there".to_owned(),
                    &[],
                )
            })
    }
}

pub(super) fn exempt(cue: &CueSeen) -> String {
    let by = cue.by.as_deref().unwrap_or("an exemption");
    format!("{} only looks like its cue: {by} stands over it", quoted(cue))
}

pub(super) fn not_near(cue: &CueSeen) -> String {
    let theme = cue.theme.as_deref().unwrap_or("its theme");
    format!(
        "{} judges only where its clause names {theme}, and it does not",
        quoted(cue)
    )
}

/// How far the nearest thing is for one that found nothing to act on.
fn reach(cue: &CueSeen) -> String {
    match (cue.words_away, cue.reach) {
        (Some(away), Some(reach)) if away > usize::from(reach) => {
            format!(": it reaches {reach} words, and the nearest thing to act on is {away} away")
        }
        (Some(_), _) => ": a verb between, or another cue, keeps it from the nearest".to_owned(),
        _ => ": nothing stands in its clause on which it could act".to_owned(),
    }
}
