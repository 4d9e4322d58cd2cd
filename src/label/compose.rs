//! Judgements composed inside one clause.
//!
//! "Delays have reduced": *reduced* turns the bad thing *delays* into praise. "Plans are not specific": *not* turns
//! praise into a concern. Operators act from the inner to the outer: fall and rise first, then dealing with things,
//! then need and withheld credit, which govern all praise behind them, then negation and small shares from right to
//! left.

use super::theme::Themes;
use super::tone::Judgement;
use super::{Context, Evidence, Fate, Part};
use crate::codebook::{Tone, Via};
use crate::matches::Match;
use crate::rules::{Act, Role};
use crate::span::Span;

/// What a word of judgement says before or after something turns it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Good,
    Bad,
    Asset,
    Burden,
    /// Governed by another: says nothing any more.
    Gone,
}

struct Item<'a> {
    value: Value,
    rank: u8,
    theme: Option<u16>,
    span: Span,
    made_by: Vec<&'a Match>,
    /// Made by need or withheld credit: negation does not turn it.
    fixed: bool,
}

impl<'a> Item<'a> {
    /// A concern that an operator makes by itself.
    fn concern(cue: &'a Match, rank: u8, fixed: bool) -> Self {
        Self {
            value: Value::Bad,
            rank,
            theme: None,
            span: cue.span,
            made_by: vec![cue],
            fixed,
        }
    }

    /// Notes what became of it.
    fn note(&self, context: &Context<'_>, fate: Fate, by: &Match) {
        for m in self.made_by.iter().filter(|m| !std::ptr::eq(**m, by)) {
            context.note(m, fate, Some(by));
        }
    }

    fn turn(&mut self, cue: &'a Match, value: Value, rank: u8) {
        (self.value, self.rank) = (value, rank);
        self.made_by.push(cue);
        self.span = Span::new(
            self.span.start.min(cue.span.start),
            self.span.end.max(cue.span.end),
        );
    }
}

struct Operator<'a> {
    cue: &'a Match,
    role: Role,
    reach: usize,
}

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
            .any(|m| context.rules.cue(m.cue).act == Act::Word(Role::Need));
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
    for m in &part.matches {
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
            Act::Word(role) => {
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
            made_by: vec![m],
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

/// Words from one member of a list to the next: "drift *and* delay", "caseloads *and the* pressure".
const LIST_STEP: usize = 3;

struct Board<'b, 'a> {
    context: &'b Context<'b>,
    operators: &'b [Operator<'a>],
}

impl<'a> Board<'_, 'a> {
    fn between(&self, from: usize, to: usize) -> &str {
        self.context.text.normal.text.get(from..to).unwrap_or_default()
    }

    /// Words from the end of one span to the beginning of another; neighbours have 1.
    fn distance(&self, from: usize, to: usize) -> usize {
        let words = self.between(from, to).split(' ');
        words
            .filter(|word| word.bytes().any(|b| b.is_ascii_alphanumeric()))
            .count()
            + 1
    }

    /// Whether a finite verb or a word of cause stands between: what is behind it belongs to another statement, or tells
    /// why something has moved and not what.
    fn verb_between(&self, from: usize, to: usize) -> bool {
        let english = &self.context.rules.english;
        let mut words = self.between(from, to).split(' ');
        words.any(|word| {
            let word = word.trim_end_matches([',', ';', ':']);
            english.auxiliary(word) || english.cause(word)
        })
    }

    /// The first item behind an operator and inside its reach that will do.
    fn after(
        &self,
        operator: &Operator<'_>,
        items: &[Item<'_>],
        fits: impl Fn(&Item<'_>) -> bool,
    ) -> Option<usize> {
        let end = operator.cue.span.end;
        (0..items.len())
            .filter(|n| items[*n].value != Value::Gone && items[*n].span.start >= end && fits(&items[*n]))
            .filter(|n| self.distance(end, items[*n].span.start) <= operator.reach)
            .min_by_key(|n| (items[*n].span.start, u8::MAX - items[*n].rank, *n))
    }

    /// The last item before an operator and inside its reach that will do.
    fn before(
        &self,
        operator: &Operator<'_>,
        items: &[Item<'_>],
        fits: impl Fn(&Item<'_>) -> bool,
    ) -> Option<usize> {
        let start = operator.cue.span.start;
        (0..items.len())
            .filter(|n| items[*n].value != Value::Gone && items[*n].span.end <= start && fits(&items[*n]))
            .filter(|n| self.distance(items[*n].span.end, start) <= operator.reach)
            .max_by_key(|n| (items[*n].span.end, *n))
    }

    /// Spans of the negations that lie in a stretch.
    fn negations(&self, stretch: Span) -> Vec<Span> {
        let inside = self.operators.iter().filter(|other| other.role == Role::Negate);
        inside
            .map(|other| other.cue.span)
            .filter(|span| stretch.contains(*span))
            .collect()
    }

    /// An item and its neighbours, which one operator turns together: words at the same place ("high caseloads", by
    /// several cues) and members of the same list ("have reduced *caseloads* and *pressure* on teams").
    fn beside(&self, items: &[Item<'_>], found: usize, fits: impl Fn(&Item<'_>) -> bool) -> Vec<usize> {
        let mut all = vec![found];
        let Span { mut start, mut end } = items[found].span;
        let mut rest: Vec<usize> = (0..items.len())
            .filter(|n| *n != found && fits(&items[*n]))
            .collect();
        rest.sort_by_key(|n| (items[*n].span.start, items[*n].span.end));
        let (before, behind) = rest.split_at(rest.partition_point(|n| items[*n].span.start < start));
        for n in before.iter().rev().chain(behind) {
            let span = items[*n].span;
            let joined = || self.in_one_list(span.end, start) || self.in_one_list(end, span.start);
            if span.overlaps(items[found].span) || joined() {
                all.push(*n);
                (start, end) = (start.min(span.start), end.max(span.end));
            }
        }
        all
    }

    /// Whether two members of a list, from the end of one to the beginning of the other, stand side by side.
    fn in_one_list(&self, from: usize, to: usize) -> bool {
        let between = self.between(from, to);
        let joins = between.contains(',')
            || between
                .split(' ')
                .any(|word| self.context.rules.english.joiner(word));
        from < to && joins && self.distance(from, to) <= LIST_STEP && !self.verb_between(from, to)
    }

    /// "Delays have reduced", "fewer vacancies", "turnover has not increased".
    fn fall_or_rise(&self, operator: &Operator<'a>, items: &mut [Item<'a>]) {
        let less = match operator.role {
            Role::Less => true,
            Role::More => false,
            _ => return,
        };
        let own = operator.cue.span;
        let moves = |item: &Item<'_>| matches!(item.value, Value::Asset | Value::Burden | Value::Bad);
        let ahead = self.after(operator, items, |item| {
            moves(item) && !self.verb_between(own.end, item.span.start)
        });
        let all = Span::new(0, usize::MAX);
        let negations = self.negations(all);
        let free = |item: &Item<'_>| !negations.iter().any(|negation| negation.contains(item.span));
        let Some(found) = ahead.or_else(|| self.before(operator, items, |item| moves(item) && free(item)))
        else {
            self.idle(operator, items, moves);
            return;
        };
        let mut good = (items[found].value == Value::Asset) != less;
        let negations = self.negations(Span::new(items[found].span.end, own.start));
        if !negations.is_empty() {
            good = !good;
            for (n, item) in items.iter_mut().enumerate() {
                if n != found && negations.iter().any(|negation| negation.contains(item.span)) {
                    item.value = Value::Gone;
                    item.note(self.context, Fate::TakenAlong, operator.cue);
                }
            }
        }
        let asset = items[found].value == Value::Asset;
        let turned = if good { Value::Good } else { Value::Bad };
        for n in self.beside(items, found, |item| {
            (item.value == Value::Asset) == asset && moves(item)
        }) {
            items[n].note(self.context, Fate::Turned, operator.cue);
            items[n].turn(operator.cue, turned, 2);
        }
    }

    /// Need and withheld credit govern the praise behind them: "needs to be timely and thorough".
    fn govern(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
        for item in items
            .iter_mut()
            .filter(|item| item.value == Value::Good && item.span.start >= operator.cue.span.end)
        {
            item.value = Value::Gone;
            item.note(self.context, Fate::Governed, operator.cue);
        }
        items.push(Item::concern(operator.cue, 3, true));
    }

    /// An operator found nothing inside its reach: notes how far the nearest thing is on which it could act.
    fn idle(&self, operator: &Operator<'_>, items: &[Item<'_>], fits: impl Fn(&Item<'_>) -> bool) {
        if !self.context.trace.is_on() {
            return;
        }
        let own = operator.cue.span;
        let far = |item: &Item<'_>| match item.span.start >= own.end {
            true => self.distance(own.end, item.span.start),
            false => self.distance(item.span.end, own.start),
        };
        let nearest = items
            .iter()
            .filter(|item| item.value != Value::Gone && fits(item) && !item.span.overlaps(own))
            .map(far)
            .min();
        self.context
            .note_reach(operator.cue, Fate::OutOfReach, None, nearest);
    }

    /// "Leaders have addressed the backlog."
    fn tackle(&self, operator: &Operator<'a>, items: &mut [Item<'a>]) {
        let end = operator.cue.span.end;
        let found = self.after(operator, items, |item| {
            matches!(item.value, Value::Burden | Value::Bad) && !self.verb_between(end, item.span.start)
        });
        let Some(found) = found else {
            self.idle(operator, items, |item| {
                matches!(item.value, Value::Burden | Value::Bad)
            });
            return;
        };
        for n in self.beside(items, found, |item| {
            matches!(item.value, Value::Burden | Value::Bad)
        }) {
            let rank = if items[n].rank >= 2 { 2 } else { 1 };
            items[n].note(self.context, Fate::Turned, operator.cue);
            items[n].turn(operator.cue, Value::Good, rank);
        }
    }

    /// "Plans are not specific or timely", "no children at risk".
    fn negate(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
        let Some(found) = self.after(operator, items, |item| !item.fixed) else {
            items.push(Item::concern(operator.cue, 1, false));
            return;
        };
        let praise = matches!(items[found].value, Value::Good | Value::Asset);
        let (value, rank) = match items[found].value {
            Value::Good => (Value::Bad, 2),
            Value::Asset => (Value::Bad, 1),
            _ => (Value::Good, items[found].rank.max(1)),
        };
        let (start, own) = (items[found].span.start, operator.cue.span);
        for (n, item) in items.iter_mut().enumerate() {
            // What was praise is turned, and so is the praise that goes on behind it; "not" itself, a mild concern
            // where it turns nothing, has done its work.
            let further =
                praise && n != found && item.value == Value::Good && item.span.end > own.end.max(start);
            let eaten = n != found && item.value == Value::Bad && item.rank == 1 && own.contains(item.span);
            if further || eaten {
                item.value = Value::Gone;
                item.note(self.context, Fate::TakenAlong, operator.cue);
            }
        }
        let bad = |item: &Item<'_>| matches!(item.value, Value::Bad | Value::Burden) && !item.fixed;
        let all = if praise {
            vec![found]
        } else {
            self.beside(items, found, bad)
        };
        for n in all {
            items[n].note(self.context, Fate::Turned, operator.cue);
            let rank = rank.max(items[n].rank);
            items[n].turn(operator.cue, value, rank);
        }
    }

    /// "Too few plans are specific"; alone a mild concern.
    fn few(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
        match self.after(operator, items, |item| {
            matches!(item.value, Value::Good | Value::Bad)
        }) {
            Some(found) => {
                let rank = items[found].rank.max(2);
                items[found].note(self.context, Fate::Turned, operator.cue);
                items[found].turn(operator.cue, Value::Bad, rank);
            }
            None => items.push(Item::concern(operator.cue, 1, false)),
        }
    }
}
