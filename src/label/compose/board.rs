//! How operators act on words of judgement inside one clause.

use super::super::{Context, Fate};
use super::item::{Item, Operator, Value};
use crate::rules::Role;
use crate::span::Span;

/// Words from one member of a list to the next: "drift *and* delay", "caseloads *and the* pressure".
const LIST_STEP: usize = 3;

pub(super) struct Board<'b, 'a> {
    pub(super) context: &'b Context<'b>,
    pub(super) operators: &'b [Operator<'a>],
}

impl<'a> Board<'_, 'a> {
    fn between(&self, from: usize, to: usize) -> &str {
        self.context.text.normal.text.get(from..to).unwrap_or_default()
    }

    /// Words from the end of one span to the beginning of another; neighbours have 1.
    fn distance(&self, from: usize, to: usize) -> usize {
        self.words(from, to).count() + 1
    }

    fn words(&self, from: usize, to: usize) -> impl Iterator<Item = &str> {
        let words = self.between(from, to).split(' ');
        words.filter(|word| word.bytes().any(|b| b.is_ascii_alphanumeric()))
    }

    /// The last place at which something may begin and stand at most so many words behind the end of a span; neighbours have 1.
    fn ahead(&self, from: usize, words: usize) -> usize {
        let (mut left, mut counted) = (words, false);
        let bytes = self.context.text.normal.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            if *byte == b' ' {
                counted = false;
            } else if !counted && byte.is_ascii_alphanumeric() {
                counted = true;
                if left <= 1 {
                    return at;
                }
                left -= 1;
            }
        }
        usize::MAX
    }

    /// The first place at which something may end and stand at most so many words before the beginning of a span.
    fn behind(&self, to: usize, words: usize) -> usize {
        let (mut left, mut counted) = (words, false);
        let bytes = self.context.text.normal.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().take(to).rev() {
            if *byte == b' ' {
                counted = false;
            } else if !counted && byte.is_ascii_alphanumeric() {
                counted = true;
                if left <= 1 {
                    return at + 1;
                }
                left -= 1;
            }
        }
        0
    }

    /// Whether an item is a finite verb itself: "Oversight of plans *varies*."
    fn is_verb(&self, item: &Item<'_>) -> bool {
        let words = item.span.of(&self.context.text.normal.text);
        self.context
            .rules
            .english
            .auxiliary(words.split(' ').next().unwrap_or_default())
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
        let last = self.ahead(end, operator.reach);
        let inside = |item: &Item<'_>| item.value != Value::Gone && (end..=last).contains(&item.span.start);
        (0..items.len())
            .filter(|n| inside(&items[*n]) && fits(&items[*n]))
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
        let first = self.behind(start, operator.reach);
        let inside = |item: &Item<'_>| item.value != Value::Gone && (first..=start).contains(&item.span.end);
        (0..items.len())
            .filter(|n| inside(&items[*n]) && fits(&items[*n]))
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
        if from >= to || to > self.ahead(from, LIST_STEP) {
            return false;
        }
        let between = self.between(from, to);
        let joins = between.contains(',')
            || between
                .split(' ')
                .any(|word| self.context.rules.english.joiner(word));
        joins && !self.verb_between(from, to)
    }

    /// "Delays have reduced", "fewer vacancies", "turnover has not increased".
    pub(super) fn fall_or_rise(&self, operator: &Operator<'a>, items: &mut [Item<'a>]) {
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
            self.note_used(operator, &negations);
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

    /// Notes that a rise or fall has used up the negations before it.
    fn note_used(&self, operator: &Operator<'_>, negations: &[Span]) {
        let used = |other: &&Operator<'_>| other.role == Role::Negate && negations.contains(&other.cue.span);
        for other in self.operators.iter().filter(used) {
            self.context.note(other.cue, Fate::TakenAlong, Some(operator.cue));
        }
    }

    /// Need and withheld credit govern the praise behind them: "needs to be timely and thorough".
    pub(super) fn govern(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
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
        let behind_only = operator.role == Role::Tackle;
        self.note_nearest(operator, Fate::OutOfReach, items, behind_only, fits);
    }

    /// The same of one that then is a mild concern by itself.
    fn alone(&self, operator: &Operator<'_>, items: &[Item<'_>], fits: impl Fn(&Item<'_>) -> bool) {
        self.note_nearest(operator, Fate::Alone, items, true, fits);
    }

    fn note_nearest(
        &self,
        operator: &Operator<'_>,
        fate: Fate,
        items: &[Item<'_>],
        behind_only: bool,
        fits: impl Fn(&Item<'_>) -> bool,
    ) {
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
            .filter(|item| item.value != Value::Gone && fits(item))
            .filter(|item| item.span.start >= own.end || (!behind_only && item.span.end <= own.start))
            .map(far)
            .min();
        self.context.note_reach(operator.cue, fate, None, nearest);
    }

    /// "Leaders have addressed the backlog."
    pub(super) fn tackle(&self, operator: &Operator<'a>, items: &mut [Item<'a>]) {
        let end = operator.cue.span.end;
        let found = self.after(operator, items, |item| {
            item.is_bad() && !self.verb_between(end, item.span.start) && !self.is_verb(item)
        });
        let Some(found) = found else {
            self.idle(operator, items, |item| item.is_bad());
            return;
        };
        let own = operator.cue.span;
        let beside = |item: &Item<'_>| item.is_bad() && !item.span.overlaps(own);
        for n in self.beside(items, found, beside) {
            let rank = if items[n].rank >= 2 { 2 } else { 1 };
            items[n].note(self.context, Fate::Turned, operator.cue);
            items[n].turn(operator.cue, Value::Good, rank);
        }
    }

    /// "Plans are not specific or timely", "no children at risk".
    pub(super) fn negate(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
        let Some(found) = self.after(operator, items, |item| !item.fixed) else {
            self.alone(operator, items, |item| !item.fixed);
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
        let bad = |item: &Item<'_>| item.is_bad() && !item.fixed;
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
    pub(super) fn few(&self, operator: &Operator<'a>, items: &mut Vec<Item<'a>>) {
        match self.after(operator, items, |item| {
            matches!(item.value, Value::Good | Value::Bad)
        }) {
            Some(found) => {
                let rank = items[found].rank.max(2);
                items[found].note(self.context, Fate::Turned, operator.cue);
                items[found].turn(operator.cue, Value::Bad, rank);
            }
            None => {
                let fits = |item: &Item<'_>| matches!(item.value, Value::Good | Value::Bad);
                self.alone(operator, items, fits);
                items.push(Item::concern(operator.cue, 1, false));
            }
        }
    }
}
