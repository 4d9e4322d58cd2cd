//! What a sentence is about.
//!
//! A theme named in the sentence comes first; a hint only where nothing is named; then the topic of the paragraph, the
//! theme that its sentences have named most so far ("Early help is well established. Changing needs are met in
//! time."); then the theme of the section's heading.

use std::borrow::Cow;

use super::{Context, Fate, Part};
use crate::codebook::Via;
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
    pub(super) rule: Cow<'static, str>,
    pub(super) via: Via,
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
    let named = context.among(parts, Acts::NAME).next();
    for m in context.among(parts, Acts::HINT) {
        context.note(m, Fate::Hint, named);
    }
}

/// Names of themes that give way to others in the sentence.
fn note_yields(context: &Context<'_>, parts: &[Part<'_>], present: &[u16]) {
    let names = |m: &Match| match context.rules.act(m.cue) {
        Act::Name { theme, .. } | Act::Judge { theme, .. } => Some(theme),
        _ => None,
    };
    let all = || context.among(parts, Acts::NAME.and(Acts::HINT));
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
