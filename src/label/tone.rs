//! What is said: the judgements of a sentence that hold, and its polarity.
//!
//! Clauses that no contrast parts make one segment, and a segment has one bearing: that of its highest rank, and of a
//! concern where ranks are equal ("Delays in making sure that children are well protected" praises nothing). Segments
//! that differ make the sentence mixed, whatever their ranks.

use super::aside::asides;
use super::compose::compose;
use super::theme::Themes;
use super::{Before, Context, Evidence, Fate, Part};
use crate::codebook::{Polarity, SectionRole, Tone, Via};
use crate::matches::Match;
use crate::rules::{Act, Role};
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
        for (n, part) in parts.iter().enumerate() {
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

/// Where a role's first cue stands in the sentence.
fn first(context: &Context<'_>, parts: &[Part<'_>], role: Role) -> Option<usize> {
    let cues = parts.iter().flat_map(|part| &part.matches);
    cues.filter(|m| context.rules.cue(m.cue).act == Act::Word(role))
        .map(|m| m.span.start)
        .min()
}

/// A sentence of what was looked at, or of plans, judges nothing by mild words: "Inspectors reviewed support plans."
/// A plan keeps the weakness that it answers, and the praise told before it.
fn hold_back(context: &Context<'_>, section: &Section, parts: &[Part<'_>], all: &mut Vec<Judgement>) {
    let top = all.iter().map(|judgement| judgement.rank).max().unwrap_or(0);
    if top >= 3 {
        return;
    }
    let told = section.role == SectionRole::Background || first(context, parts, Role::Neutral).is_some();
    if top <= 1 && told {
        silence(context, all, Fate::BesideNeutral);
    }
    if let Some(future) = first(context, parts, Role::Future) {
        let holds = |j: &Judgement| j.rank > 1 && (j.span.start < future || j.tone == Tone::Concern);
        if !all.iter().any(holds) {
            silence(context, all, Fate::Plan);
        }
    }
}

fn silence(context: &Context<'_>, all: &mut Vec<Judgement>, fate: Fate) {
    for judgement in all.drain(..) {
        context.note_evidence(&judgement.evidence, fate, None);
    }
}

/// Where the section decides, no word of judgement does.
fn note_judging(context: &Context<'_>, parts: &[Part<'_>]) {
    if !context.trace.is_on() {
        return;
    }
    for m in parts.iter().flat_map(|part| &part.matches) {
        if matches!(context.rules.cue(m.cue).act, Act::Near { .. } | Act::Word(_)) {
            context.note(m, Fate::Section, None);
        }
    }
}

/// Gives every segment between contrasts one bearing.
fn one_bearing(context: &Context<'_>, parts: &[Part<'_>], all: &mut Vec<Judgement>) {
    let mut last = 0;
    let segments: Vec<usize> = parts
        .iter()
        .map(|part| {
            last += usize::from(part.contrast);
            last
        })
        .collect();
    for segment in 0..=last {
        let inside = |j: &Judgement| segments[j.part] == segment;
        let rank = |tone| {
            all.iter()
                .filter(|j| inside(j) && j.tone == tone)
                .map(|j| j.rank)
                .max()
                .unwrap_or(0)
        };
        let (strength, concern) = (rank(Tone::Strength), rank(Tone::Concern));
        if strength == 0 || concern == 0 || (strength == 3 && concern == 3) {
            continue;
        }
        let loser = if concern >= strength {
            Tone::Strength
        } else {
            Tone::Concern
        };
        all.retain(|j| {
            let loses = segments[j.part] == segment && j.tone == loser;
            if loses {
                context.note_evidence(&j.evidence, Fate::Outranked, None);
            }
            !loses
        });
    }
}

/// "Too many visits are late. This includes visits to children in care.": the second sentence goes on with the first.
fn going_on(context: &Context<'_>, parts: &[Part<'_>], before: &Before) -> Vec<Judgement> {
    let (Some(tone), Some(first)) = (before.bearing, parts.first()) else {
        return Vec::new();
    };
    let opens = |m: &&&Match| {
        let before = &context.text.normal.text[first.span.start..m.span.start];
        context.rules.cue(m.cue).act == Act::GoingOn && !before.contains(char::is_alphanumeric)
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
        rule: rule.to_owned(),
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
