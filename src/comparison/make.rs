//! From visits to comparisons.

use std::collections::BTreeMap;

use super::difference::{change, expected_by_chance, holm};
use super::steps::Steps;
use super::typical::typical;
use super::{About, BalanceChange, Comparison, Point, ThemeSeries, Warning};
use crate::rules::Rules;
use crate::visit::{Mention, SCHEMA, Visit, authority_key};

/// A letter so many times as long as another is remarked upon.
const MUCH_LONGER: usize = 2;

/// A comparison for each authority with two or more visits whose dates are known, in the order of their names.
pub fn comparisons(rules: &Rules, visits: &[Visit]) -> Vec<Comparison> {
    let mut series: BTreeMap<String, Vec<&Visit>> = BTreeMap::new();
    for visit in visits {
        if let Some(authority) = &visit.authority {
            series.entry(authority_key(authority)).or_default().push(visit);
        }
    }
    series
        .into_values()
        .filter_map(|visits| comparison(rules, &visits))
        .collect()
}

fn comparison(rules: &Rules, all: &[&Visit]) -> Option<Comparison> {
    let (mut visits, undated): (Vec<Visit>, Vec<Visit>) = all
        .iter()
        .map(|visit| (*visit).clone())
        .partition(|visit| visit.start.is_some());
    if visits.len() < 2 {
        return None;
    }
    visits.sort_by(|a, b| (&a.start, &a.end, &a.id).cmp(&(&b.start, &b.end, &b.id)));
    let mut themes = series(&visits);
    let mut changes: Vec<&mut BalanceChange> = themes
        .iter_mut()
        .flat_map(|theme| theme.changes.iter_mut().chain(&mut theme.overall))
        .collect();
    let changes_tested = changes.len();
    holm(&mut changes);
    Some(Comparison {
        schema: SCHEMA,
        authority: visits[0].authority.clone().unwrap_or_default(),
        warnings: warnings(&visits, &undated),
        steps: Steps::new(rules, &visits, &themes).all(),
        typical: typical(&visits),
        themes,
        visits,
        changes_tested,
        expected_by_chance: expected_by_chance(changes_tested),
    })
}

/// Every theme that any of the visits mentions.
fn series(visits: &[Visit]) -> Vec<ThemeSeries> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for theme in visits.iter().flat_map(|visit| &visit.themes) {
        if !names.iter().any(|(id, _)| *id == theme.theme) {
            names.push((&theme.theme, &theme.name));
        }
    }
    let series = names.into_iter().filter_map(|(theme, name)| {
        let points: Vec<Point> = visits
            .iter()
            .enumerate()
            .map(|(n, visit)| point(n, visit, theme))
            .collect();
        let heard = points.iter().any(|point| point.mention != Mention::NotMentioned);
        heard.then(|| {
            let judged: Vec<&Point> = points.iter().filter(|point| point.balance.is_some()).collect();
            let between =
                |one: &Point, other: &Point| change(one.visit, &one.counts, other.visit, &other.counts);
            ThemeSeries {
                theme: theme.to_owned(),
                name: name.to_owned(),
                changes: judged
                    .windows(2)
                    .filter_map(|pair| between(pair[0], pair[1]))
                    .collect(),
                overall: match judged[..] {
                    [first, _, .., last] => between(first, last),
                    _ => None,
                },
                points,
            }
        })
    });
    series.collect()
}

fn point(n: usize, visit: &Visit, theme: &str) -> Point {
    let found = visit.themes.iter().find(|found| found.theme == theme);
    found.map_or(
        Point {
            visit: n,
            mention: Mention::NotMentioned,
            counts: crate::visit::Counts::default(),
            balance: None,
            share: 0.0,
            moves: crate::visit::Moves::default(),
        },
        |found| Point {
            visit: n,
            mention: found.mention,
            counts: found.counts,
            balance: found.balance,
            share: found.share,
            moves: found.moves,
        },
    )
}

fn warnings(visits: &[Visit], undated: &[Visit]) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = [different_rules(visits), different_kinds(visits), lengths(visits)]
        .into_iter()
        .flatten()
        .collect();
    if !undated.is_empty() {
        let names: Vec<&str> = undated
            .iter()
            .flat_map(|visit| &visit.documents)
            .map(|document| document.document.as_str())
            .collect();
        warnings.push(Warning {
            about: About::Dates,
            message: format!(
                "Left out, since their dates are not known: {}. Give them in a facts file (--facts FILE).",
                names.join(", ")
            ),
        });
    }
    warnings
}

/// Visits labelled under different rules.
pub(super) fn different_rules(visits: &[Visit]) -> Option<Warning> {
    let mut rules: Vec<&str> = visits
        .iter()
        .flat_map(|visit| &visit.rules)
        .map(String::as_str)
        .collect();
    rules.sort_unstable();
    rules.dedup();
    (rules.len() > 1).then(|| Warning {
        about: About::Rules,
        message: format!(
            "The visits were labelled under different rules ({}), so a difference may be one of rules. Label the documents anew with one set.",
            rules.join(", ")
        ),
    })
}

/// Visits told by different kinds of documents.
pub(super) fn different_kinds(visits: &[Visit]) -> Option<Warning> {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for visit in visits {
        let kind = visit
            .kind
            .map_or_else(|| "unknown".to_owned(), |kind| kind.name().replace('_', " "));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    (kinds.len() > 1).then(|| {
        let kinds: Vec<String> = kinds.into_iter().map(|(kind, count)| format!("{count} × {kind}")).collect();
        Warning {
            about: About::Kinds,
            message: format!(
                "The counts come from different kinds of documents ({}), which look at different things and choose differently what to tell.",
                kinds.join(", ")
            ),
        }
    })
}

/// Visits of very different length.
pub(super) fn lengths(visits: &[Visit]) -> Option<Warning> {
    let sentences = || visits.iter().map(|visit| visit.length.sentences);
    let (shortest, longest) = (sentences().min()?, sentences().max()?);
    (longest > shortest.saturating_mul(MUCH_LONGER)).then(|| Warning {
        about: About::Lengths,
        message: format!(
            "From {shortest} to {longest} sentences count: a longer letter has more strengths and more concerns. Balances and shares can be compared, counts cannot."
        ),
    })
}
