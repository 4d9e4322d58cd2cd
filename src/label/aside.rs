//! Stretches that tell a child's or a case's circumstances, not a finding.
//!
//! "When risks do not reduce, plans are reviewed." criticises nothing; "Staff who work with children at risk are well
//! trained." speaks of the staff.

use super::{Context, Part};
use crate::rules::{Act, Acts};
use crate::span::Span;

/// Longest stretch behind "who", in words.
const LONGEST_RELATIVE: usize = 8;

/// The stretches of a sentence, in the order of their beginnings.
pub(super) fn asides(context: &Context<'_>, parts: &[Part<'_>]) -> Vec<Span> {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return Vec::new();
    };
    let sentence = Span::new(first.span.start, last.span.end);
    let normal = &context.text.normal.text;
    let mut asides = Vec::new();
    // Where the first word ends that presents what follows; looked for once, however often "who" stands behind it.
    let mut presented: Option<usize> = None;
    // The same of the comma or semicolon behind a cue: from where on none stands before it, and where it stands.
    let mut next: Option<(usize, usize)> = None;
    for m in context.among(parts, Acts::CIRCUMSTANCE) {
        let rest = &normal[m.span.end..sentence.end];
        let mut comma = || {
            let (_, at) = match next {
                Some((from, at)) if (from..=at).contains(&m.span.end) => (from, at),
                _ => {
                    let at = rest.find([',', ';']).map_or(sentence.end, |on| m.span.end + on);
                    *next.insert((m.span.end, at))
                }
            };
            (at < sentence.end).then(|| at - m.span.end)
        };
        let opens = || opens(&normal[sentence.start..m.span.start]);
        let end = match context.rules.act(m.cue) {
            Act::Circumstance | Act::OpeningCircumstance if opens() => comma(),
            Act::Circumstance => Some(comma().unwrap_or(rest.len())),
            Act::Relative
                if *presented.get_or_insert_with(|| first_presenting(context, sentence)) < m.span.start =>
            {
                None
            }
            Act::Relative => Some(relative(context, &rest[..comma().unwrap_or(rest.len())])),
            _ => None,
        };
        asides.extend(end.map(|end| Span::new(m.span.start, m.span.end + end)));
    }
    asides
}

/// Whether a word behind these opens the sentence, alone or behind a short phrase: "As a result, when ...".
fn opens(before: &str) -> bool {
    let before = before.trim();
    let short = before.len() <= 20 && (before.ends_with(',') || !before.contains(' '));
    short || !before.contains(char::is_alphanumeric)
}

/// The end of the first word of a sentence that presents what follows as the finding: "There are children who ..."; beyond
/// any sentence where there is none.
fn first_presenting(context: &Context<'_>, sentence: Span) -> usize {
    let mut end = sentence.start;
    for word in sentence.of(&context.text.normal.text).split(' ') {
        end += word.len();
        if context.rules.english.presenting(word) {
            return end;
        }
        end += 1;
    }
    usize::MAX
}

/// How far a relative clause goes: to the verb of the main clause, which is the second group of verbs.
fn relative(context: &Context<'_>, rest: &str) -> usize {
    let english = &context.rules.english;
    let (mut at, mut words, mut groups) = (0, 0, 0);
    let (mut in_group, mut auxiliary) = (false, false);
    for word in rest.split(' ') {
        if !word.is_empty() {
            words += 1;
            // The word behind "who" is its verb, whether the list knows it or not: "who abscond".
            let verb = english.verb(word) || (words == 1 && !english.adverb(word));
            let new = verb && !(in_group && auxiliary);
            groups += usize::from(new);
            if groups == 2 || words > LONGEST_RELATIVE {
                return at.max(1) - 1;
            }
            // "who do not yet have": what stands between the verbs of a group leaves it one.
            if !(in_group && !verb && english.adverb(word)) {
                auxiliary = verb && english.auxiliary(word);
                in_group = verb;
            }
        }
        at += word.len() + 1;
    }
    rest.len()
}
