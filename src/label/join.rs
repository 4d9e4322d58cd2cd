//! Themes and judgements joined: which judgement belongs to which theme, and the words that made each label.
//!
//! A judgement speaks of the themes of its own clause; where praise and criticism stand in one clause, each theme takes the nearer.

use super::theme::{Mention, Themes};
use super::tone::{Judged, Judgement};
use super::{Evidence, Label};
use crate::codebook::{Polarity, Tone, Via};
use crate::span::Span;

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
        let bit = if *nth < 64 { 1_u64 << nth } else { 0 };
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
