//! Judgements composed inside one clause.
//!
//! "Delays have reduced": *reduced* turns the bad thing *delays* into praise. "Plans are not specific": *not* turns
//! praise into a concern. Operators act from the inner to the outer: fall and rise first, then dealing with things,
//! then need and withheld credit, which govern all praise behind them, then negation and small shares from right to
//! left.

mod board;
mod item;

use self::board::Board;
use self::item::{Cues, Item, Operator, Value};
use super::theme::Themes;
use super::tone::Judgement;
use super::{Context, Evidence, Fate, Part};
use crate::codebook::{Tone, Via};
use crate::rules::{Act, Acts, Role};
use crate::span::Span;

/// What makes a judgement or turns one.
pub(super) const JUDGING: Acts = Acts::roles(&[Role::Strength, Role::Concern, Role::Asset, Role::Burden])
    .and(Acts::roles(OPERATORS))
    .and(Acts::JUDGE);

/// Roles of words that turn others, or judge because none stand by them.
const OPERATORS: &[Role] = &[
    Role::Negate,
    Role::Less,
    Role::More,
    Role::Need,
    Role::Tackle,
    Role::Few,
    Role::Withhold,
];

/// The judgements of a clause; `asides` tell circumstances and judge nothing.
pub(super) fn compose(
    context: &Context<'_>,
    n: usize,
    part: &Part<'_>,
    themes: &Themes,
    asides: &[Span],
) -> Vec<Judgement> {
    let (mut items, operators) = gather(context, n, part, themes);
    let board = Board {
        context,
        operators: &operators,
    };
    for operator in &operators {
        board.fall_or_rise(operator, &mut items);
    }
    for operator in operators.iter().filter(|operator| operator.role == Role::Tackle) {
        board.tackle(operator, &mut items);
    }
    for operator in operators
        .iter()
        .filter(|operator| matches!(operator.role, Role::Need | Role::Withhold))
    {
        board.govern(operator, &mut items);
    }
    for operator in operators.iter().rev() {
        match operator.role {
            Role::Negate => board.negate(operator, &mut items),
            Role::Few => board.few(operator, &mut items),
            _ => {}
        }
    }
    let aside = |item: &Item<'_>| {
        let need = item
            .made_by
            .iter()
            .any(|m| context.rules.act(m.cue) == Act::Word(Role::Need));
        (item.rank < 3 || need) && asides.iter().any(|aside| aside.contains(item.span))
    };
    for item in &items {
        let fate = match item.value {
            Value::Asset | Value::Burden => Fate::NeedsMovement,
            Value::Good | Value::Bad if aside(item) => Fate::Circumstance,
            Value::Good | Value::Bad | Value::Gone => continue,
        };
        item.made_by.iter().for_each(|m| context.note(m, fate, None));
    }
    items
        .iter()
        .filter(|item| !aside(item))
        .filter_map(|item| judgement(context, n, item))
        .collect()
}

/// The words of judgement in a clause and the operators on them, in the order in which they stand.
fn gather<'a>(
    context: &Context<'_>,
    n: usize,
    part: &Part<'a>,
    themes: &Themes,
) -> (Vec<Item<'a>>, Vec<Operator<'a>>) {
    let (mut items, mut operators) = (Vec::new(), Vec::new());
    for m in part.matches {
        let cue = context.rules.cue(m.cue);
        let toned = |tone| {
            if tone == Tone::Strength {
                Value::Good
            } else {
                Value::Bad
            }
        };
        let (value, rank, theme) = match cue.act {
            Act::Judge { theme, tone } => (toned(tone), cue.rank, Some(theme)),
            Act::Near { theme, tone } if themes.in_clause(theme, n) => (toned(tone), cue.rank, Some(theme)),
            Act::Near { .. } => {
                context.note(m, Fate::NotNear, None);
                continue;
            }
            Act::Word(Role::Strength) => (Value::Good, cue.rank, None),
            Act::Word(Role::Concern) => (Value::Bad, cue.rank, None),
            Act::Word(Role::Asset) => (Value::Asset, 0, None),
            Act::Word(Role::Burden) => (Value::Burden, 0, None),
            Act::Word(role) if Acts::role(role).any(Acts::roles(OPERATORS)) => {
                operators.push(Operator {
                    cue: m,
                    role,
                    reach: usize::from(cue.reach),
                });
                continue;
            }
            _ => continue,
        };
        items.push(Item {
            value,
            rank,
            theme,
            span: m.span,
            made_by: Cues::new(m),
            fixed: false,
        });
    }
    (items, operators)
}

fn judgement(context: &Context<'_>, part: usize, item: &Item<'_>) -> Option<Judgement> {
    let tone = match item.value {
        Value::Good => Tone::Strength,
        Value::Bad => Tone::Concern,
        Value::Asset | Value::Burden | Value::Gone => return None,
    };
    let runs = item
        .made_by
        .iter()
        .flat_map(|m| m.runs().iter().map(|run| (*run, context.rules.cue(m.cue))));
    let evidence = runs
        .map(|(span, cue)| Evidence {
            span,
            rule: cue.id.clone(),
            via: Via::Clause,
        })
        .collect();
    Some(Judgement {
        tone,
        rank: item.rank,
        theme: item.theme,
        part,
        span: item.span,
        evidence,
    })
}
