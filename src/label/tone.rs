//! What is said: the judgements of a sentence that hold, and its polarity.
//!
//! Clauses that no contrast parts make one segment, and a segment has one bearing: that of its highest rank, and of a
//! concern where ranks are equal ("Delays in making sure that children are well protected" praises nothing). Segments
//! that differ make the sentence mixed, whatever their ranks.

use super::aside::asides;
use super::compose::{JUDGING, compose};
use super::theme::Themes;
use super::{Before, Context, Evidence, Fate, Part};
use crate::codebook::{Polarity, SectionRole, Tone, Via};
use crate::matches::Match;
use crate::rules::{Act, Acts, Role};
use crate::section::Section;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::text::ParagraphKind;

/// Praise or criticism in a clause.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) tone: Tone,
    /// 1 to 3; 0 where only the section speaks.
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

/// Judges a sentence.
pub(super) fn judge(
    context: &Context<'_>,
    sentence: &Sentence,
    parts: &[Part<'_>],
    themes: &Themes,
    before: &Before,
) -> Judged {
    let section = &context.sections[sentence.section];
    // What was looked at is no finding, whatever its words.
    if section.role == SectionRole::Method {
        note_judging(context, parts);
        return Judged {
            judgements: Vec::new(),
            polarity: Polarity::Neutral,
        };
    }
    let mut all = Vec::new();
    if section.role != SectionRole::MustImprove || prose(context, sentence, parts) {
        let asides = asides(context, parts);
        let judging = parts
            .iter()
            .enumerate()
            .filter(|(_, part)| part.acts.any(JUDGING));
        for (n, part) in judging {
            all.extend(compose(context, n, part, themes, &asides));
        }
        hold_back(context, section, parts, &mut all);
        one_bearing(context, parts, &mut all);
    } else {
        note_judging(context, parts);
    }
    if all.is_empty() {
        all = going_on(context, parts, before);
    }
    if all.is_empty() {
        all = by_section(context, section, parts);
    }
    context.note_held(sentence, parts, &all);
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

/// Whether a sentence is told among others in running text. Under "Areas for improvement" a letter may write paragraphs
/// that praise as well: "Supervision takes place regularly. Its impact is not recorded." A list names what has to
/// improve, whatever its words.
fn prose(context: &Context<'_>, sentence: &Sentence, parts: &[Part<'_>]) -> bool {
    let paragraph = &context.text.paragraphs[sentence.paragraph];
    let alone = sentence.span.len() + 2 >= paragraph.span.len();
    let verb = |part: &Part<'_>| {
        let mut words = part.span.of(&context.text.normal.text).split(' ');
        words.any(|word| context.rules.english.verb(word))
    };
    paragraph.kind != ParagraphKind::Item && !alone && parts.iter().any(verb)
}

/// A role's first cue in the sentence.
fn first<'p>(context: &Context<'_>, parts: &[Part<'p>], role: Role) -> Option<&'p Match> {
    context.among(parts, Acts::role(role)).next()
}

/// A sentence of what was looked at, or of plans, judges nothing by mild words: "Inspectors reviewed support plans."
/// A plan keeps the weakness that it answers, and the praise told before it.
fn hold_back(context: &Context<'_>, section: &Section, parts: &[Part<'_>], all: &mut Vec<Judgement>) {
    let top = all.iter().map(|judgement| judgement.rank).max().unwrap_or(0);
    if top >= 3 {
        return;
    }
    let neutral = first(context, parts, Role::Neutral);
    if top <= 1 && (section.role == SectionRole::Background || neutral.is_some()) {
        silence(context, parts, all, Fate::BesideNeutral, neutral);
    }
    if let Some(future) = first(context, parts, Role::Future) {
        let holds =
            |j: &Judgement| j.rank > 1 && (j.span.start < future.span.start || j.tone == Tone::Concern);
        if !all.iter().any(holds) {
            silence(context, parts, all, Fate::Plan, Some(future));
        }
    }
}

fn silence(
    context: &Context<'_>,
    parts: &[Part<'_>],
    all: &mut Vec<Judgement>,
    fate: Fate,
    by: Option<&Match>,
) {
    for judgement in all.drain(..) {
        context.note_lost(parts, &judgement, fate, by);
    }
}

/// Where the section decides, no word of judgement does.
fn note_judging(context: &Context<'_>, parts: &[Part<'_>]) {
    if !context.trace.is_on() {
        return;
    }
    for m in context.among(parts, JUDGING) {
        // What names a theme as well still does.
        if !matches!(context.rules.act(m.cue), Act::Judge { .. }) {
            context.note(m, Fate::Section, None);
        }
    }
}

/// Gives every segment between contrasts one bearing.
fn one_bearing(context: &Context<'_>, parts: &[Part<'_>], all: &mut Vec<Judgement>) {
    let says = |tone| all.iter().any(|j| j.tone == tone);
    if !says(Tone::Strength) || !says(Tone::Concern) {
        return;
    }
    let mut last = 0;
    let segments: Vec<usize> = parts
        .iter()
        .map(|part| {
            last += usize::from(part.contrast);
            last
        })
        .collect();
    let mut ranks = vec![(0_u8, 0_u8); last + 1];
    for j in all.iter() {
        let (strength, concern) = &mut ranks[segments[j.part]];
        match j.tone {
            Tone::Strength => *strength = j.rank.max(*strength),
            Tone::Concern => *concern = j.rank.max(*concern),
            Tone::Neutral => {}
        }
    }
    let losers: Vec<Option<Tone>> = ranks
        .into_iter()
        .map(|ranks| match ranks {
            (0, _) | (_, 0) | (3, 3) => None,
            (strength, concern) if concern >= strength => Some(Tone::Strength),
            _ => Some(Tone::Concern),
        })
        .collect();
    if context.trace.is_on() {
        for (segment, loser) in losers.iter().enumerate() {
            if let Some(loser) = loser {
                note_outranked(context, parts, all, |j| segments[j.part] == segment, *loser);
            }
        }
    }
    all.retain(|j| losers[segments[j.part]] != Some(j.tone));
}

/// Notes which judgement of a segment the others lose to.
fn note_outranked(
    context: &Context<'_>,
    parts: &[Part<'_>],
    all: &[Judgement],
    inside: impl Fn(&Judgement) -> bool,
    loser: Tone,
) {
    let winners = all.iter().filter(|j| inside(j) && j.tone != loser);
    let winner = winners.max_by_key(|j| (j.rank, std::cmp::Reverse(j.span.start)));
    let by = winner.and_then(|winner| context.cue_behind(parts, winner));
    for lost in all.iter().filter(|j| inside(j) && j.tone == loser) {
        context.note_lost(parts, lost, Fate::Outranked, by);
    }
}

/// "Too many visits are late. This includes visits to children in care.": the second sentence goes on with the first.
fn going_on(context: &Context<'_>, parts: &[Part<'_>], before: &Before) -> Vec<Judgement> {
    let first = parts.first().filter(|part| part.acts.any(Acts::GOING_ON));
    let (Some(tone), Some(first)) = (before.bearing, first) else {
        return Vec::new();
    };
    let opens = |m: &&&Match| {
        let before = &context.text.normal.text[first.span.start..m.span.start];
        context.rules.act(m.cue) == Act::GoingOn && !before.contains(char::is_alphanumeric)
    };
    let cue = first.matches.iter().find(opens);
    let judgement = |cue: &&Match| Judgement {
        tone,
        rank: 1,
        theme: None,
        part: 0,
        span: cue.span,
        evidence: vec![Evidence {
            span: cue.span,
            rule: context.rules.cue(cue.cue).id.clone(),
            via: Via::Clause,
        }],
    };
    cue.map(judgement).into_iter().collect()
}

/// What the heading says where the words say nothing, or whatever they say: a bullet under "What needs to improve" is
/// a concern, one under "Key strengths" a strength, and so is a plain statement among the findings, since inspectors
/// tell there what they found in place.
fn by_section(context: &Context<'_>, section: &Section, parts: &[Part<'_>]) -> Vec<Judgement> {
    let plain =
        || first(context, parts, Role::Neutral).is_none() && first(context, parts, Role::Future).is_none();
    let (tone, rank, rule) = match section.role {
        SectionRole::MustImprove => (Tone::Concern, 2, "section/must_improve"),
        SectionRole::Strengths => (Tone::Strength, 2, "section/strengths"),
        SectionRole::Findings | SectionRole::Summary if plain() => (Tone::Strength, 0, "section/findings"),
        _ => return Vec::new(),
    };
    let Some(heading) = section.heading else {
        return Vec::new();
    };
    let span = context.text.normal.span_from_text(heading);
    let evidence = Evidence {
        span,
        rule: rule.into(),
        via: Via::Section,
    };
    let judgement = |(part, clause): (usize, &Part<'_>)| Judgement {
        tone,
        rank,
        theme: None,
        part,
        span: clause.span,
        evidence: vec![evidence.clone()],
    };
    parts.iter().enumerate().map(judgement).collect()
}
