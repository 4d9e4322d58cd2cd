//! What is said: judgements composed inside each clause, and the polarity of the sentence.
//!
//! "Delays have reduced": *reduced* turns the bad thing *delays* into praise. "Plans are not specific": *not* turns
//! praise into a concern. An operator acts on the nearest word of judgement behind it (some, like *reduced*, also
//! before it) inside its clause and its reach.

use super::theme::Themes;
use super::{Context, Evidence, Part};
use crate::codebook::{Polarity, SectionRole, Time, Tone, Via};
use crate::matches::Match;
use crate::rules::{Act, Role};
use crate::section::Section;
use crate::sentence::Sentence;
use crate::span::Span;

/// Praise or criticism in a clause.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) tone: Tone,
    pub(super) rank: u8,
    /// The theme of which alone it speaks.
    pub(super) theme: Option<u16>,
    /// Which clause of the sentence.
    pub(super) part: usize,
    pub(super) span: Span,
    pub(super) evidence: Vec<Evidence>,
}

/// All judgements of a sentence that hold, and what they come to.
pub(super) struct Judged {
    pub(super) judgements: Vec<Judgement>,
    pub(super) polarity: Polarity,
}

/// Notes which clauses stand in contrast to the one before.
pub(super) fn mark_contrast(context: &Context<'_>, parts: &mut [Part<'_>]) {
    let begins: Vec<bool> = parts
        .iter()
        .map(|part| {
            part.matches.iter().any(|m| {
                let cue = &context.rules.lexicon.cues[m.cue as usize];
                let lead = &context.text.normal.text[part.span.start..m.span.start];
                cue.act == Act::Stop && !lead.bytes().any(|byte| byte.is_ascii_alphanumeric())
            })
        })
        .collect();
    for n in 0..parts.len() {
        parts[n].contrast = begins[n] || (n > 0 && begins[n - 1]);
    }
}

/// Composes the judgements of a sentence.
pub(super) fn judgements(
    context: &Context<'_>,
    section: &Section,
    sentence: &Sentence,
    parts: &[Part<'_>],
    themes: &Themes,
    time: Time,
) -> Judged {
    let mut all = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        all.extend(clause(context, n, part, themes));
    }
    let roles = |role: Role| {
        parts
            .iter()
            .flat_map(|part| &part.matches)
            .any(|m| context.rules.lexicon.cues[m.cue as usize].act == Act::Word(role))
    };
    if roles(Role::Neutral) || time == Time::Future {
        all.retain(|judgement| judgement.rank > 1);
    }
    if roles(Role::Neutral) {
        all.retain(|judgement| judgement.rank > 2 || judgement.tone == Tone::Concern);
    }
    // A mild word says nothing beside a plain one, unless contrast sets their clauses apart.
    let top = |part: Option<usize>, all: &[Judgement]| {
        all.iter()
            .filter(|j| part.is_none_or(|part| j.part == part))
            .map(|j| j.rank)
            .max()
            .unwrap_or(0)
    };
    let whole = top(None, &all);
    let keep: Vec<bool> = all
        .iter()
        .map(|judgement| {
            let limit = if parts[judgement.part].contrast {
                top(Some(judgement.part), &all)
            } else {
                whole
            };
            judgement.rank > 1 || limit <= 1
        })
        .collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
    one_bearing(parts.len(), &mut all);
    by_section(context, section, sentence, parts, &mut all);
    let has = |tone| all.iter().any(|judgement| judgement.tone == tone);
    let polarity = match (has(Tone::Strength), has(Tone::Concern)) {
        (true, true) => Polarity::Mixed,
        (true, false) => Polarity::Strength,
        (false, true) => Polarity::Concern,
        (false, false) => Polarity::Neutral,
    };
    Judged {
        judgements: all,
        polarity,
    }
}

/// A clause has one bearing: a concern governs the praise beside it, unless the praise outranks it. "Delays in making
/// sure that children are well protected" praises nothing.
fn one_bearing(parts: usize, all: &mut Vec<Judgement>) {
    for part in 0..parts {
        let rank = |tone| {
            all.iter()
                .filter(|j| j.part == part && j.tone == tone)
                .map(|j| j.rank)
                .max()
                .unwrap_or(0)
        };
        let (strength, concern) = (rank(Tone::Strength), rank(Tone::Concern));
        if strength > 0 && concern > 0 {
            let loser = if concern >= strength {
                Tone::Strength
            } else {
                Tone::Concern
            };
            all.retain(|j| j.part != part || j.tone != loser);
        }
    }
}

/// What stands in a list of things to improve is a concern whatever its words; in a list of strengths it is a
/// strength unless its words say otherwise.
fn by_section(
    context: &Context<'_>,
    section: &Section,
    sentence: &Sentence,
    parts: &[Part<'_>],
    all: &mut Vec<Judgement>,
) {
    let (tone, rule) = match section.role {
        SectionRole::MustImprove => (Tone::Concern, "section/must_improve"),
        SectionRole::Strengths => (Tone::Strength, "section/strengths"),
        _ => return,
    };
    let Some(heading) = section.heading else { return };
    if section.role == SectionRole::MustImprove {
        all.clear();
    } else if !all.is_empty() {
        return;
    }
    let _ = sentence;
    let evidence = Evidence {
        span: context.text.normal.span_from_text(heading),
        rule: rule.to_owned(),
        via: Via::Section,
    };
    for (part, clause) in parts.iter().enumerate() {
        all.push(Judgement {
            tone,
            rank: 2,
            theme: None,
            part,
            span: clause.span,
            evidence: vec![evidence.clone()],
        });
    }
}

/// What a word of judgement says before anything turns it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Good,
    Bad,
    Asset,
    Burden,
}

struct Item<'a> {
    value: Value,
    rank: u8,
    theme: Option<u16>,
    span: Span,
    made_by: Vec<&'a Match>,
}

/// The judgements of one clause.
fn clause(context: &Context<'_>, n: usize, part: &Part<'_>, themes: &Themes) -> Vec<Judgement> {
    let cues = &context.rules.lexicon.cues;
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut operators: Vec<(&Match, Role)> = Vec::new();
    let aside = circumstances(context, part);
    for m in part
        .matches
        .iter()
        .filter(|m| !aside.iter().any(|aside| aside.contains(m.span)))
    {
        let cue = &cues[m.cue as usize];
        let value = |tone| {
            if tone == Tone::Strength {
                Value::Good
            } else {
                Value::Bad
            }
        };
        let (value, theme) = match cue.act {
            Act::Judge { theme, tone } => (value(tone), Some(theme)),
            Act::Near { theme, tone } if themes.in_clause(theme, n) => (value(tone), Some(theme)),
            Act::Word(Role::Strength) => (Value::Good, None),
            Act::Word(Role::Concern) => (Value::Bad, None),
            Act::Word(Role::Asset) => (Value::Asset, None),
            Act::Word(Role::Burden) => (Value::Burden, None),
            Act::Word(role) => {
                operators.push((m, role));
                continue;
            }
            _ => continue,
        };
        items.push(Item {
            value,
            rank: cue.rank,
            theme,
            span: m.span,
            made_by: vec![m],
        });
    }
    // From the last operator to the first, so that the inner one acts before the outer: "not yet effective in
    // reducing delay".
    for (m, role) in operators.iter().rev() {
        operate(context, m, *role, &mut items);
    }
    items
        .into_iter()
        .filter_map(|item| {
            let tone = match item.value {
                Value::Good => Tone::Strength,
                Value::Bad => Tone::Concern,
                Value::Asset | Value::Burden => return None,
            };
            let evidence = item
                .made_by
                .iter()
                .flat_map(|m| m.runs().iter().map(|run| (*run, cues[m.cue as usize].id.clone())))
                .map(|(span, rule)| Evidence {
                    span,
                    rule,
                    via: Via::Clause,
                })
                .collect();
            Some(Judgement {
                tone,
                rank: item.rank,
                theme: item.theme,
                part: n,
                span: item.span,
                evidence,
            })
        })
        .collect()
}

/// Stretches that tell of a child's or a case's circumstances: "When risks do not reduce, plans are reviewed." They
/// run from their word to the next comma, or to the main verb: "staff who work with children | are well trained".
fn circumstances(context: &Context<'_>, part: &Part<'_>) -> Vec<Span> {
    let normal = &context.text.normal.text;
    part.matches
        .iter()
        .filter(|m| context.rules.lexicon.cues[m.cue as usize].act == Act::Circumstance)
        .map(|m| {
            let rest = &normal[m.span.end..part.span.end];
            let rest = &rest[..rest.find(',').unwrap_or(rest.len())];
            Span::new(m.span.start, m.span.end + main_verb(context, rest).unwrap_or(rest.len()))
        })
        .collect()
}

/// Where, behind its own verb, a subordinate clause meets the verb of the main clause.
fn main_verb(context: &Context<'_>, rest: &str) -> Option<usize> {
    let mut at = 0;
    let (mut own, mut last_was_verb, mut joined) = (false, false, false);
    for word in rest.split(' ') {
        let verb = !word.is_empty() && context.rules.english.verb(word);
        if verb && own && !last_was_verb && !joined {
            return Some(at);
        }
        own |= verb;
        if !word.is_empty() {
            last_was_verb = verb;
            joined = context.rules.english.joiner(word);
        }
        at += word.len() + 1;
    }
    None
}

fn operate<'a>(context: &Context<'_>, m: &'a Match, role: Role, items: &mut Vec<Item<'a>>) {
    let cue = &context.rules.lexicon.cues[m.cue as usize];
    let normal = &context.text.normal.text;
    let reach = usize::from(cue.reach);
    let words = |from: usize, to: usize| normal[from..to].split(' ').filter(|w| !w.is_empty()).count();
    let after = |item: &Item<'_>| {
        (item.span.start >= m.span.end)
            .then(|| words(m.span.end, item.span.start))
            .filter(|gap| *gap <= reach)
    };
    let before = |item: &Item<'_>| {
        (item.span.end <= m.span.start)
            .then(|| words(item.span.end, m.span.start))
            .filter(|gap| *gap <= reach)
    };
    let nearest = |items: &[Item<'_>], back: bool| {
        let ahead = items
            .iter()
            .enumerate()
            .filter_map(|(n, item)| after(item).map(|gap| (gap, n)))
            .min();
        let behind = || {
            items
                .iter()
                .enumerate()
                .filter_map(|(n, item)| before(item).map(|gap| (gap, n)))
                .min()
        };
        match ahead {
            Some((_, n)) => Some(n),
            None if back => behind().map(|(_, n)| n),
            None => None,
        }
    };
    let turn = |value: Value| -> Option<Value> {
        Some(match (role, value) {
            (Role::Negate | Role::Less, Value::Good | Value::Asset) => Value::Bad,
            (Role::Negate | Role::Less, Value::Bad | Value::Burden) => Value::Good,
            (Role::More, Value::Good | Value::Asset) => Value::Good,
            (Role::More, Value::Bad | Value::Burden) => Value::Bad,
            (Role::Tackle, Value::Bad | Value::Burden) => Value::Good,
            (Role::Few, Value::Good | Value::Asset) => Value::Bad,
            (Role::Few, Value::Burden) => Value::Bad,
            _ => return None,
        })
    };
    match role {
        Role::Negate | Role::Less | Role::More | Role::Tackle | Role::Few => {
            let back = matches!(role, Role::Less | Role::More | Role::Tackle);
            if let Some(n) = nearest(items, back) {
                let item = &mut items[n];
                if let Some(value) = turn(item.value) {
                    item.rank = item.rank.max(2);
                    item.value = value;
                    item.made_by.push(m);
                    item.span = Span::new(item.span.start.min(m.span.start), item.span.end.max(m.span.end));
                }
            } else if matches!(role, Role::Negate | Role::Few) {
                items.push(Item {
                    value: Value::Bad,
                    rank: 1,
                    theme: None,
                    span: m.span,
                    made_by: vec![m],
                });
            }
        }
        Role::Need | Role::Withhold => {
            let mut hit = false;
            for item in items.iter_mut() {
                if after(item).is_some() && item.value != Value::Burden {
                    item.value = Value::Bad;
                    item.rank = item.rank.max(2);
                    item.made_by.push(m);
                    hit = true;
                }
            }
            if !hit {
                let rank = if role == Role::Withhold { 3 } else { 2 };
                items.push(Item {
                    value: Value::Bad,
                    rank,
                    theme: None,
                    span: m.span,
                    made_by: vec![m],
                });
            }
        }
        _ => {}
    }
}
