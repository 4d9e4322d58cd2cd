//! Clauses: stretches of a sentence with one bearing.
//!
//! In: [`Sentence`]s and the words of contrast seen by the scan. Out: [`Clause`]s in order, covering each sentence.
//! Cut at contrast, at semicolons, and at a comma or "and" only where a new subject and verb begin. Not decided here:
//! what the clauses say.
//!
//! A comma alone is no end, or lists would fall apart: "Plans are clear, specific, regularly reviewed and shared."

use serde::{Deserialize, Serialize};

use crate::rules::Rules;
use crate::scan::Hit;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::text::Text;

/// A stretch of a sentence with one bearing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Bytes of the text in normal form, [`Text::normal`].
    pub span: Span,
    /// Its sentence, by its place in the reading's list.
    pub sentence: usize,
}

/// How far behind a comma the verb of a new clause may stand, in words.
const VERB_WITHIN: usize = 9;

/// Cuts sentences into clauses.
pub(crate) fn clauses(rules: &Rules, text: &Text, sentences: &[Sentence], hits: &[Hit]) -> Vec<Clause> {
    let normal = &text.normal.text;
    let mut clauses = Vec::with_capacity(sentences.len() * 2);
    let mut next = 0;
    for (n, sentence) in sentences.iter().enumerate() {
        let span = text.normal.span_from_text(sentence.span);
        next += hits[next..].partition_point(|hit| hit.start < span.start);
        let upto = next + hits[next..].partition_point(|hit| hit.start < span.end);
        let stops: Vec<usize> = hits[next..upto]
            .iter()
            .filter(|hit| rules.lexicon.entries[hit.literal as usize].stop && hit.end == hit.word_end)
            .map(|hit| hit.start)
            .collect();
        next = upto;
        let mut start = span.start;
        for cut in cuts(rules, normal, span, &stops) {
            if cut > start && has_word(&normal[start..cut]) && has_word(&normal[cut..span.end]) {
                clauses.push(Clause {
                    span: Span::new(start, cut),
                    sentence: n,
                });
                start = cut;
            }
        }
        clauses.push(Clause {
            span: Span::new(start, span.end),
            sentence: n,
        });
    }
    clauses
}

fn has_word(words: &str) -> bool {
    words.bytes().filter(u8::is_ascii_alphabetic).count() > 2
}

/// Where clauses begin, in order.
fn cuts(rules: &Rules, normal: &str, span: Span, stops: &[usize]) -> Vec<usize> {
    let words = span.of(normal);
    let leading = stops
        .first()
        .is_some_and(|at| normal[span.start..*at].bytes().all(|b| !b.is_ascii_alphabetic()));
    let mut cuts: Vec<usize> = stops.iter().copied().filter(|at| *at > span.start).collect();
    let mut waiting = leading;
    let mut verb_seen = false;
    let mut word_start = 0;
    for (at, byte) in words.bytes().enumerate() {
        match byte {
            b' ' => {
                let word = words[word_start..at].trim_end_matches([',', ';', ':']);
                verb_seen |= rules.english.verb(word);
                if verb_seen && rules.english.link(word) && begins(rules, &words[at..], 4) {
                    cuts.push(span.start + word_start);
                    verb_seen = false;
                }
                word_start = at + 1;
            }
            b';' => cuts.push(span.start + at + 1),
            b',' => {
                let rest = &words[at + 1..];
                // "Although plans are clear, most drift": the comma after an opening contrast ends its clause.
                if begins(rules, rest, VERB_WITHIN) || (waiting && verb_follows(rules, rest, VERB_WITHIN)) {
                    cuts.push(span.start + at + 1);
                    waiting = false;
                    verb_seen = false;
                }
            }
            _ => {}
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Whether a subject and, within so many words and before the next comma, its verb stand here.
fn begins(rules: &Rules, rest: &str, within: usize) -> bool {
    let mut words = rest.split(' ').filter(|word| !word.is_empty()).peekable();
    while words.peek().is_some_and(|word| rules.english.joiner(word)) {
        words.next();
    }
    let first: Vec<&str> = words.clone().take(3).collect();
    let subject = (1..=first.len()).any(|n| rules.english.subject(&first[..n].join(" ")));
    subject && verb_follows(rules, rest, within)
}

fn verb_follows(rules: &Rules, rest: &str, within: usize) -> bool {
    for word in rest.split(' ').filter(|word| !word.is_empty()).take(within) {
        if rules.english.verb(word.trim_end_matches([',', ';', ':', '.'])) {
            return true;
        }
        if word.ends_with([',', ';']) {
            return false;
        }
    }
    false
}
