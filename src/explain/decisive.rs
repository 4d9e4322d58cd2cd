//! Which reason decided: the polarity of a sentence, each of its labels, and a theme that it has no label of.

use super::{CueSeen, Decisive, Named, Reason, ThemeSeen, View};
use crate::codebook::{Polarity, SectionRole, Tone, Via};
use crate::label::{Fate, Held};
use crate::row::{Evidence, Label};
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
    names.join(" and ")
}

fn because(reason: Reason, words: String, cues: &[&CueSeen]) -> Decisive {
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
    fn held(&self) -> &[Held] {
        self.view.held_of(self.n)
    }

    fn cues_of(&self, held: &Held) -> Vec<&CueSeen> {
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
    fn judged(&self, held: &Held) -> Decisive {
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
                "{} turns nothing{}, and by itself is a mild concern",
                quoted(first),
                reach(first)
            );
            return because(Reason::Alone, words, &cues);
        }
        because(Reason::Words, format!("{} {say}", quoted(first)), &cues)
    }

    /// Why nothing is judged.
    fn unjudged(&self) -> Decisive {
        let row = &self.view.rows[self.n];
        if row.section_role == SectionRole::Method {
            let heading = row.section.as_deref().unwrap_or_default();
            let words = format!("“{heading}” tells what was looked at, not what was found");
            return because(Reason::Method, words, &[]);
        }
        let beside = |reason, fate, by: &str, what: &str| {
            let lost = self.fated(fate);
            let by = self.doing(by);
            by.map(|by| {
                let lost_words =
                    lost.map(|lost| format!(", and {} is too mild to speak beside it", quoted(lost)));
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
            )
        };
        let plan = || beside(Reason::Plan, Fate::Plan, "future", "tells a plan");
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

    /// What decided the labels: of one theme, or of all that have a label or are named.
    pub(super) fn themes(&self, asked: Option<&str>) -> Vec<ThemeSeen> {
        let row = &self.view.rows[self.n];
        let mut seen = Vec::new();
        for (number, theme) in (0..).zip(&self.view.themes) {
            if asked.is_some_and(|asked| asked != *theme) {
                continue;
            }
            let labels: Vec<&Label> = row.labels.iter().filter(|label| label.theme == *theme).collect();
            seen.extend(labels.iter().map(|label| self.labelled(label)));
            let names =
                |cue: &CueSeen| cue.theme.as_deref() == Some(theme) && !cue.does.ends_with("near the theme");
            if labels.is_empty() && (asked.is_some() || self.cues.iter().any(names)) {
                seen.push(ThemeSeen {
                    theme: (*theme).to_owned(),
                    polarity: None,
                    named: None,
                    decisive: self.unlabelled(theme, number),
                });
            }
        }
        seen
    }

    fn labelled(&self, label: &Label) -> ThemeSeen {
        let held = self
            .held()
            .iter()
            .filter(|held| held.tone == label.polarity && self.made(held, label));
        let held = held.max_by_key(|held| (held.rank, std::cmp::Reverse(held.cues.first().copied())));
        let row = &self.view.rows[self.n];
        let named = self.named(label);
        let mut decisive = match held {
            Some(held) => self.judged(held),
            None if row.polarity == Polarity::Neutral => self.unjudged(),
            None => {
                let other = self.polarity();
                let words = format!("the sentence judges something else: {}", other.words);
                Decisive {
                    reason: Reason::JudgesOther,
                    words,
                    cues: other.cues,
                }
            }
        };
        let elsewhere = held.is_some_and(|held| {
            let cues = self.cues_of(held);
            let at_sentence = |evidence: &&Evidence| evidence.via == Via::Sentence;
            label
                .evidence
                .iter()
                .filter(at_sentence)
                .any(|evidence| cues.iter().any(|cue| of(cue, evidence)))
        });
        match &named {
            Some(named) if named.via == Via::Paragraph => {
                let from = named
                    .sentence
                    .map_or_else(String::new, |n| format!(" of sentence {n}"));
                decisive.words = format!(
                    "carried over from “{}” ({}){from}, in the same paragraph; {}",
                    named.text, named.rule, decisive.words
                );
                decisive.reason = Reason::Topic;
            }
            Some(named) if named.via == Via::Section => {
                decisive.words = format!("the heading “{}” names it; {}", named.text, decisive.words);
                decisive.reason = Reason::Heading;
            }
            _ if elsewhere => {
                decisive.words = format!("in another clause {}", decisive.words);
                decisive.reason = Reason::OtherClause;
            }
            _ => {}
        }
        ThemeSeen {
            theme: label.theme.clone(),
            polarity: Some(label.polarity),
            named,
            decisive,
        }
    }

    /// Whether a judgement is in a label's evidence.
    fn made(&self, held: &Held, label: &Label) -> bool {
        let cues = self.cues_of(held);
        label.evidence.iter().any(|evidence| {
            held.section.as_ref() == Some(&evidence.rule) || cues.iter().any(|cue| of(cue, evidence))
        })
    }

    /// The words that name a label's theme.
    fn named(&self, label: &Label) -> Option<Named> {
        let named = |evidence: &&Evidence| {
            let own = |cue: &CueSeen| {
                of(cue, evidence)
                    && cue.theme.as_ref() == Some(&label.theme)
                    && !cue.does.ends_with("near the theme")
            };
            evidence.via == Via::Paragraph || evidence.rule == "section/heading" || self.cues.iter().any(own)
        };
        let evidence = label.evidence.iter().find(named)?;
        let rows = &self.view.rows;
        let inside = |row: &&crate::row::Row| row.start <= evidence.start && evidence.end <= row.end;
        Some(Named {
            text: evidence.text.clone(),
            rule: evidence.rule.clone(),
            via: evidence.via,
            sentence: rows.iter().find(inside).map(|row| row.sentence),
        })
    }

    /// Why there is no label of a theme.
    fn unlabelled(&self, theme: &str, number: u16) -> Decisive {
        let own = || self.cues.iter().filter(|cue| cue.theme.as_deref() == Some(theme));
        let naming = |fate: Fate| own().find(|cue| cue.fate == fate && !cue.does.ends_with("near the theme"));
        let by = |cue: &CueSeen| match self
            .cues
            .iter()
            .find(|other| Some(&other.rule) == cue.by.as_ref())
        {
            Some(other) => quoted(other),
            None => cue.by.clone().unwrap_or_else(|| "another cue".to_owned()),
        };
        if let Some(cue) = naming(Fate::Yields) {
            let words = format!("{} names it, but gives way to {}", quoted(cue), by(cue));
            return because(Reason::Yields, words, &[cue]);
        }
        if let Some(cue) = naming(Fate::Exempt) {
            return because(Reason::Exempt, exempt(cue), &[cue]);
        }
        if let Some(cue) = naming(Fate::Hint) {
            let words = format!(
                "{} only hints at it, and {} names another theme",
                quoted(cue),
                by(cue)
            );
            return because(Reason::Hint, words, &[cue]);
        }
        if let Some(cue) = naming(Fate::Longer) {
            let words = format!("{} lies inside a longer cue, {}", quoted(cue), by(cue));
            return because(Reason::Longer, words, &[cue]);
        }
        if let Some(miss) = self.view.near_miss(self.n, number) {
            let (reason, words) = match miss.too_many {
                0 => (
                    Reason::Cut,
                    format!(
                        "a clause ends inside “{}”, so {} does not match",
                        miss.text, miss.rule
                    ),
                ),
                1 => (
                    Reason::TooFar,
                    format!(
                        "{} allows one word less than stands in “{}”",
                        miss.rule, miss.text
                    ),
                ),
                many => (
                    Reason::TooFar,
                    format!(
                        "{} allows {many} words less than stand in “{}”",
                        miss.rule, miss.text
                    ),
                ),
            };
            return Decisive {
                reason,
                words,
                cues: vec![miss.rule],
            };
        }
        if let Some(cue) = own().find(|cue| cue.fate == Fate::NotNear) {
            return because(Reason::NotNear, not_near(cue), &[cue]);
        }
        self.not_named(theme, number)
    }

    /// No word of the sentence names the theme: whether its surroundings do.
    fn not_named(&self, theme: &str, number: u16) -> Decisive {
        let row = &self.view.rows[self.n];
        let sentences = &self.view.reading.sentences;
        let here = |evidence: &Evidence| matches!(evidence.via, Via::Clause | Via::Sentence);
        let names = |label: &&Label| self.view.themes.contains(&label.theme.as_str());
        let mut own = row.labels.iter().filter(names);
        let instead = own
            .next()
            .and_then(|label| self.named(label).map(|named| (label, named)));
        let instead = match &instead {
            Some((label, named)) if named.via == Via::Paragraph => {
                format!(
                    "the paragraph is on {} (sentence {})",
                    label.theme,
                    named.sentence.unwrap_or_default()
                )
            }
            Some((label, _)) => format!("this sentence is on {}", label.theme),
            None => "this sentence names none, and the paragraph is on no single theme".to_owned(),
        };
        let before = (0..self.n)
            .rev()
            .take_while(|n| sentences[*n].paragraph == sentences[self.n].paragraph);
        let mut before = before.map(|n| &self.view.rows[n]);
        let named_before = before.find(|row| {
            let label = row.labels.iter().find(|label| label.theme == theme);
            label.is_some_and(|label| label.evidence.iter().any(here))
        });
        if let Some(before) = named_before {
            let words = format!(
                "sentence {} of the paragraph names it, but {instead}",
                before.sentence
            );
            return because(Reason::NamedBefore, words, &[]);
        }
        let reading = self.view.reading;
        let heading = reading.sections[sentences[self.n].section].heading;
        let of_heading = heading.is_some_and(|span| {
            let normal = &reading.text.normal;
            let mut themes = self
                .view
                .rules
                .lexicon
                .heading_themes(normal.span_from_text(span).of(&normal.text));
            themes.any(|theme| theme == number)
        });
        if of_heading {
            let heading = row.section.as_deref().unwrap_or_default();
            let words = format!("the heading “{heading}” names it, but {instead}");
            return because(Reason::HeadingGivesWay, words, &[]);
        }
        let words = "no word of the sentence names it, nor does its paragraph or heading".to_owned();
        because(Reason::NotNamed, words, &[])
    }
}

/// Whether a piece of evidence is of a cue.
fn of(cue: &CueSeen, evidence: &Evidence) -> bool {
    cue.rule == evidence.rule && cue.start <= evidence.start && evidence.end <= cue.end
}

fn exempt(cue: &CueSeen) -> String {
    let by = cue.by.as_deref().unwrap_or("an exemption");
    format!("{} only looks like its cue: {by} stands over it", quoted(cue))
}

fn not_near(cue: &CueSeen) -> String {
    let theme = cue.theme.as_deref().unwrap_or("its theme");
    format!(
        "{} judges only where its clause names {theme}, and it does not",
        quoted(cue)
    )
}

/// How far the nearest thing is for one that found nothing to act on.
pub(super) fn reach(cue: &CueSeen) -> String {
    match (cue.words_away, cue.reach) {
        (Some(away), Some(reach)) if away > usize::from(reach) => {
            format!(": it reaches {reach} words, and the nearest thing to act on is {away} away")
        }
        (Some(_), _) => ": a verb between, or another cue, keeps it from the nearest".to_owned(),
        _ => ": nothing stands in its clause on which it could act".to_owned(),
    }
}
