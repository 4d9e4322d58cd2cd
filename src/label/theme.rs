//! What a sentence is about, and which judgement belongs to which theme.
//!
//! A theme named in the sentence comes first; a hint only where nothing is named; then the topic of the paragraph, the
//! theme that its sentences have named most so far ("Early help is well established. Changing needs are met in
//! time."); then the theme of the section's heading.

use std::borrow::Cow;

use super::tone::{Judged, Judgement};
use super::{Context, Evidence, Fate, Label, Part};
use crate::codebook::{Polarity, Tone, Via};
use crate::matches::Match;
use crate::rules::Act;
use crate::sentence::Sentence;
use crate::span::Span;

/// Where a theme is named.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) theme: u16,
    /// Which clause of the sentence; `None` where it stands outside the sentence.
    pub(super) part: Option<usize>,
    pub(super) span: Span,
    rule: Cow<'static, str>,
    via: Via,
}

impl Mention {
    /// The same as later sentences of the paragraph see it.
    fn carried(&self) -> Self {
        Self {
            part: None,
            via: Via::Paragraph,
            ..self.clone()
        }
    }
}

/// The themes of one sentence.
#[derive(Debug, Default)]
pub(super) struct Themes {
    pub(super) mentions: Vec<Mention>,
}

impl Themes {
    /// Whether a theme is named in a clause.
    pub(super) fn in_clause(&self, theme: u16, part: usize) -> bool {
        self.mentions
            .iter()
            .any(|mention| mention.theme == theme && mention.part == Some(part))
    }
}

/// What the sentences of the paragraph in hand have named so far.
#[derive(Debug, Default)]
pub(super) struct Topics {
    paragraph: Option<usize>,
    /// For each theme, how often it was named and where last.
    named: Vec<(u32, Mention)>,
    /// The group of children that the opening sentence is about.
    group: Option<Mention>,
    opened: bool,
}

impl Topics {
    /// Forgets the paragraph.
    pub(super) fn forget(&mut self) {
        self.paragraph = None;
        self.named.clear();
        self.group = None;
        self.opened = false;
    }

    /// A group of children holds through the paragraph that opens with it, beside what later sentences name: "Care
    /// leavers are well supported. Plans are written with them." It ends where another group is named.
    fn hold_group(&mut self, groups: &[bool], mentions: &mut Vec<Mention>) {
        let group = mentions.iter().find(|mention| groups[usize::from(mention.theme)]);
        match group {
            Some(group) if !self.opened => {
                self.group = Some(group.carried());
            }
            Some(group) if self.group.as_ref().is_some_and(|own| own.theme != group.theme) => {
                self.group = None
            }
            None if !mentions.is_empty() => mentions.extend(self.group.clone()),
            _ => {}
        }
        self.opened = true;
    }

    fn note(&mut self, mention: &Mention) {
        let mention = mention.carried();
        match self
            .named
            .iter_mut()
            .find(|(_, other)| other.theme == mention.theme)
        {
            Some((times, last)) => (*times, *last) = (*times + 1, mention),
            None => self.named.push((1, mention)),
        }
    }

    /// The theme named most often so far; none where two are named as often.
    fn topic(&self) -> Option<&Mention> {
        let most = self.named.iter().map(|(times, _)| *times).max()?;
        let mut first = self.named.iter().filter(|(times, _)| *times == most);
        let (_, topic) = first.next()?;
        first.next().is_none().then_some(topic)
    }
}

/// Finds the themes of a sentence and keeps them as the topic for those that follow.
pub(super) fn themes(
    context: &Context<'_>,
    sentence: &Sentence,
    parts: &[Part<'_>],
    topics: &mut Topics,
) -> Themes {
    if topics.paragraph != Some(sentence.paragraph) {
        topics.forget();
        topics.paragraph = Some(sentence.paragraph);
    }
    let mut mentions = named(context, parts, false);
    if mentions.is_empty() {
        mentions = named(context, parts, true);
    } else if context.trace.is_on() {
        note_hints(context, parts);
    }
    let yields = &context.rules.lexicon.yields;
    if mentions
        .iter()
        .any(|mention| !yields[usize::from(mention.theme)].is_empty())
    {
        let present: Vec<u16> = mentions.iter().map(|mention| mention.theme).collect();
        if context.trace.is_on() {
            note_yields(context, parts, &present);
        }
        mentions.retain(|mention| {
            let before = &yields[usize::from(mention.theme)];
            !before.iter().any(|other| present.contains(other))
        });
    }
    for mention in &mentions {
        topics.note(mention);
    }
    topics.hold_group(&context.rules.lexicon.groups, &mut mentions);
    if mentions.is_empty() {
        mentions = topics
            .topic()
            .map_or_else(|| heading(context, sentence), |topic| vec![topic.clone()]);
    }
    Themes { mentions }
}

/// What names a theme in the sentence, or hints at one.
fn named(context: &Context<'_>, parts: &[Part<'_>], hints: bool) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        for m in part.matches {
            let cue = context.rules.cue(m.cue);
            let theme = match cue.act {
                Act::Name { theme, hint } if hint == hints => theme,
                Act::Judge { theme, .. } if !hints => theme,
                _ => continue,
            };
            mentions.push(Mention {
                theme,
                part: Some(n),
                span: m.span,
                rule: cue.id.clone(),
                via: Via::Clause,
            });
        }
    }
    mentions
}

/// Hints say nothing beside a name.
fn note_hints(context: &Context<'_>, parts: &[Part<'_>]) {
    let all = || parts.iter().flat_map(|part| part.matches.iter().copied());
    let named = all().find(|m| {
        matches!(
            context.rules.cue(m.cue).act,
            Act::Name { hint: false, .. } | Act::Judge { .. }
        )
    });
    for m in all() {
        if matches!(context.rules.cue(m.cue).act, Act::Name { hint: true, .. }) {
            context.note(m, Fate::Hint, named);
        }
    }
}

/// Names of themes that give way to others in the sentence.
fn note_yields(context: &Context<'_>, parts: &[Part<'_>], present: &[u16]) {
    let names = |m: &Match| match context.rules.cue(m.cue).act {
        Act::Name { theme, .. } | Act::Judge { theme, .. } => Some(theme),
        _ => None,
    };
    let all = || parts.iter().flat_map(|part| part.matches.iter().copied());
    for m in all() {
        let Some(theme) = names(m).filter(|theme| present.contains(theme)) else {
            continue;
        };
        let before = &context.rules.lexicon.yields[usize::from(theme)];
        let by = all().find(|other| {
            names(other).is_some_and(|other| before.contains(&other) && present.contains(&other))
        });
        if by.is_some() {
            context.note(m, Fate::Yields, by);
        }
    }
}

/// The theme of the section's heading.
fn heading(context: &Context<'_>, sentence: &Sentence) -> Vec<Mention> {
    let Some(span) = context.sections[sentence.section].heading else {
        return Vec::new();
    };
    let span = context.text.normal.span_from_text(span);
    context
        .rules
        .lexicon
        .heading_themes(span.of(&context.text.normal.text))
        .map(|theme| Mention {
            theme,
            part: None,
            span,
            rule: Cow::Borrowed("section/heading"),
            via: Via::Section,
        })
        .collect()
}

/// Joins themes and judgements to labels.
pub(super) fn labels(themes: &Themes, judged: &Judged) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    let near = match judged.polarity {
        Polarity::Mixed => nearest(themes, judged),
        _ => Vec::new(),
    };
    for judgement in &judged.judgements {
        targets(themes, judgement, judged, &near, |mention| {
            add(&mut found, mention, judgement.tone, Some(judgement));
        });
    }
    for mention in &themes.mentions {
        if found.iter().any(|label| label.theme == mention.theme) {
            continue;
        }
        let tone = match judged.polarity {
            Polarity::Strength => Tone::Strength,
            Polarity::Concern => Tone::Concern,
            Polarity::Mixed | Polarity::Neutral => Tone::Neutral,
        };
        let judgement = judged.judgements.iter().find(|judgement| judgement.tone == tone);
        add(&mut found, mention, tone, judgement);
    }
    for label in &mut found {
        label.evidence.sort_unstable();
        label.evidence.dedup();
    }
    // No two are of one theme and tone.
    found.sort_unstable_by_key(|label| (label.theme, label.tone));
    found
}

/// The nearest praise and the nearest criticism of a clause, each with the bytes between.
type Nearest = [(Tone, usize); 2];

/// For each mention what is nearest to it in its clause.
fn nearest(themes: &Themes, judged: &Judged) -> Vec<Nearest> {
    let of = |mention: &Mention| {
        [Tone::Strength, Tone::Concern].map(|tone| {
            let own = judged
                .judgements
                .iter()
                .filter(|judgement| mention.part == Some(judgement.part) && judgement.tone == tone);
            let gaps = own.map(|judgement| gap(mention.span, judgement.span));
            (tone, gaps.min().unwrap_or(usize::MAX))
        })
    };
    themes.mentions.iter().map(of).collect()
}

/// Bytes between two spans.
fn gap(a: Span, b: Span) -> usize {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// Gives to `take` the themes of which a judgement speaks: its own, else those of its clause, else those of the clause before,
/// else of the clause behind, else the topic.
fn targets<'t>(
    themes: &'t Themes,
    judgement: &Judgement,
    judged: &Judged,
    near: &[Nearest],
    take: impl FnMut(&'t Mention),
) {
    let all = || themes.mentions.iter();
    if let Some(theme) = judgement.theme {
        all()
            .find(|mention| mention.theme == theme)
            .into_iter()
            .for_each(take);
        return;
    }
    let has = |part: &usize| all().any(|mention| mention.part == Some(*part));
    if !has(&judgement.part) {
        let last = all().filter_map(|mention| mention.part).max().unwrap_or(0);
        let mut others = (0..judgement.part).rev().chain(judgement.part + 1..=last);
        let part = others.find(has);
        all().filter(|mention| mention.part == part).for_each(take);
        return;
    }
    let own = |mention: &Mention| mention.part == Some(judgement.part);
    // Praise and criticism side by side in one clause: each theme takes the nearer.
    let mut beside = judged.judgements.iter();
    if beside.any(|other| other.part == judgement.part && other.tone != judgement.tone) {
        let nearer = |(mention, near): &(&Mention, &Nearest)| {
            let mine = gap(mention.span, judgement.span);
            let mut others = near.iter().filter(|(tone, _)| *tone != judgement.tone);
            own(mention) && others.all(|(_, gap)| *gap >= mine)
        };
        let nearest = all().zip(near).filter(nearer);
        nearest.map(|(mention, _)| mention).for_each(take);
    } else {
        all().filter(|mention| own(mention)).for_each(take);
    }
}

fn add(found: &mut Vec<Label>, mention: &Mention, tone: Tone, judgement: Option<&Judgement>) {
    let label = match found
        .iter_mut()
        .position(|label| label.theme == mention.theme && label.tone == tone)
    {
        Some(at) => &mut found[at],
        None => {
            found.push(Label {
                theme: mention.theme,
                tone,
                evidence: Vec::with_capacity(1 + judgement.map_or(0, |judgement| judgement.evidence.len())),
            });
            let last = found.len() - 1;
            &mut found[last]
        }
    };
    label.evidence.push(Evidence {
        span: mention.span,
        rule: mention.rule.clone(),
        via: mention.via,
    });
    if let Some(judgement) = judgement {
        let same_clause = mention.part == Some(judgement.part);
        label
            .evidence
            .extend(judgement.evidence.iter().cloned().map(|mut evidence| {
                if evidence.via == Via::Clause && !same_clause {
                    evidence.via = Via::Sentence;
                }
                evidence
            }));
    }
}
