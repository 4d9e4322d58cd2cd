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
use crate::rules::{Act, Acts};
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
    let acts = if hints { Acts::HINT } else { Acts::NAME };
    let mut mentions = Vec::new();
    for (n, part) in parts.iter().enumerate().filter(|(_, part)| part.acts.any(acts)) {
        for m in part.matches {
            let theme = match context.rules.act(m.cue) {
                Act::Name { theme, hint } if hint == hints => theme,
                Act::Judge { theme, .. } if !hints => theme,
                _ => continue,
            };
            mentions.push(Mention {
                theme,
                part: Some(n),
                span: m.span,
                rule: context.rules.cue(m.cue).id.clone(),
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
            context.rules.act(m.cue),
            Act::Name { hint: false, .. } | Act::Judge { .. }
        )
    });
    for m in all() {
        if matches!(context.rules.act(m.cue), Act::Name { hint: true, .. }) {
            context.note(m, Fate::Hint, named);
        }
    }
}

/// Names of themes that give way to others in the sentence.
fn note_yields(context: &Context<'_>, parts: &[Part<'_>], present: &[u16]) {
    let names = |m: &Match| match context.rules.act(m.cue) {
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
    let near = match judged.polarity {
        Polarity::Mixed => nearest(themes, judged),
        _ => Vec::new(),
    };
    let mut said: Vec<Said<'_>> = Vec::with_capacity(themes.mentions.len() + judged.judgements.len());
    for judgement in &judged.judgements {
        targets(themes, judgement, judged, &near, |(nth, mention)| {
            said.push(Said {
                mention,
                nth,
                tone: judgement.tone,
                judgement: Some(judgement),
            });
        });
    }
    for (nth, mention) in themes.mentions.iter().enumerate() {
        let same = |said: &Said<'_>| said.mention.theme == mention.theme;
        if said.iter().any(same) {
            continue;
        }
        let tone = match judged.polarity {
            Polarity::Strength => Tone::Strength,
            Polarity::Concern => Tone::Concern,
            Polarity::Mixed | Polarity::Neutral => Tone::Neutral,
        };
        let judgement = judged.judgements.iter().find(|judgement| judgement.tone == tone);
        said.push(Said {
            mention,
            nth,
            tone,
            judgement,
        });
    }
    // What one judgement says stays together.
    said.sort_by_key(Said::label);
    let mut pieces = Vec::with_capacity(MOST_PIECES);
    let one_label = |a: &Said<'_>, b: &Said<'_>| a.label() == b.label();
    said.chunk_by(one_label)
        .map(|said| {
            gather(said, &mut pieces);
            let mut evidence = Vec::with_capacity(pieces.len());
            evidence.append(&mut pieces);
            Label {
                theme: said[0].mention.theme,
                tone: said[0].tone,
                evidence,
            }
        })
        .collect()
}

/// What a judgement says of a theme where that is named.
struct Said<'t> {
    mention: &'t Mention,
    /// Its place among the mentions of the sentence.
    nth: usize,
    tone: Tone,
    judgement: Option<&'t Judgement>,
}

impl Said<'_> {
    /// What makes it a part of one label.
    fn label(&self) -> (u16, Tone) {
        (self.mention.theme, self.tone)
    }
}

/// So many pieces of evidence, with those that stand there twice, make up all but few labels.
const MOST_PIECES: usize = 16;

/// The evidence of one label, each piece once and in order.
fn gather(said: &[Said<'_>], pieces: &mut Vec<Evidence>) {
    // Three judgements on three mentions are six pieces and nine of what is said. What goes by unseen is taken out at the end.
    let mut mentioned = 0_u64;
    let mut taken: [Option<&Judgement>; 2] = [None; 2];
    for Said {
        mention,
        nth,
        judgement,
        ..
    } in said
    {
        let bit = 1_u64
            .checked_shl(u32::try_from(*nth).unwrap_or(u32::MAX))
            .unwrap_or(0);
        if mentioned & bit == 0 {
            mentioned |= bit;
            pieces.push(Evidence {
                span: mention.span,
                rule: mention.rule.clone(),
                via: mention.via,
            });
        }
        let Some(judgement) = *judgement else { continue };
        let same_clause = mention.part == Some(judgement.part);
        let last = &mut taken[usize::from(same_clause)];
        if last.is_some_and(|last| std::ptr::eq(last, judgement)) {
            continue;
        }
        *last = Some(judgement);
        pieces.extend(judgement.evidence.iter().cloned().map(|mut evidence| {
            if evidence.via == Via::Clause && !same_clause {
                evidence.via = Via::Sentence;
            }
            evidence
        }));
    }
    pieces.sort_unstable();
    pieces.dedup();
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

/// Gives to `take`, each with its place, the mentions of which a judgement speaks: that of its own theme, else those of its clause,
/// else those of the clause before, else of the clause behind, else the topic.
fn targets<'t>(
    themes: &'t Themes,
    judgement: &Judgement,
    judged: &Judged,
    near: &[Nearest],
    take: impl FnMut((usize, &'t Mention)),
) {
    let all = || themes.mentions.iter().enumerate();
    if let Some(theme) = judgement.theme {
        all()
            .find(|(_, mention)| mention.theme == theme)
            .into_iter()
            .for_each(take);
        return;
    }
    let has = |part: &usize| all().any(|(_, mention)| mention.part == Some(*part));
    if !has(&judgement.part) {
        let last = all().filter_map(|(_, mention)| mention.part).max().unwrap_or(0);
        let mut others = (0..judgement.part).rev().chain(judgement.part + 1..=last);
        let part = others.find(has);
        all().filter(|(_, mention)| mention.part == part).for_each(take);
        return;
    }
    let own = |mention: &Mention| mention.part == Some(judgement.part);
    // Praise and criticism side by side in one clause: each theme takes the nearer.
    let mut beside = judged.judgements.iter();
    if beside.any(|other| other.part == judgement.part && other.tone != judgement.tone) {
        let nearer = |((_, mention), near): &((usize, &Mention), &Nearest)| {
            let mine = gap(mention.span, judgement.span);
            let mut others = near.iter().filter(|(tone, _)| *tone != judgement.tone);
            own(mention) && others.all(|(_, gap)| *gap >= mine)
        };
        let nearest = all().zip(near).filter(nearer);
        nearest.map(|(mention, _)| mention).for_each(take);
    } else {
        all().filter(|(_, mention)| own(mention)).for_each(take);
    }
}
