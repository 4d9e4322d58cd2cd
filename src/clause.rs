//! Clauses: stretches of a sentence with one bearing.
//!
//! In: [`Sentence`]s and the words of contrast seen by the scan. Out: [`Clause`]s in order, covering each sentence.
//! Cut at contrast, at semicolons, and at a comma or "and" only where a new subject and verb begin. Not decided here:
//! what the clauses say.
//!
//! A comma alone is no end, or lists would fall apart: "Plans are clear, specific, regularly reviewed and shared."

use serde::{Deserialize, Serialize};

use crate::rules::{InClause, Rules, Uses};
use crate::scan::{Hit, Scan, begun};
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
    /// It stands in contrast to the clause before: "but", "although", or what is recognised or reported.
    pub contrast: bool,
}

/// How far behind a comma the verb of a new clause may stand, in words.
const VERB_WITHIN: usize = 12;
/// How far behind "and" subject and verb may stand, in words.
const VERB_AFTER_AND: usize = 4;

/// Longest opening clause, in bytes: beyond, no main clause is looked for.
const LONGEST_OPENING: usize = 1024;

/// A place where a clause begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    at: usize,
    contrast: bool,
}

/// Cuts sentences into clauses.
pub(crate) fn clauses(rules: &Rules, text: &Text, sentences: &[Sentence], seen: &Scan) -> Vec<Clause> {
    let normal = &text.normal.text;
    let mut clauses = Vec::with_capacity(sentences.len() * 2);
    let hits = &seen.hits;
    let mut next = 0;
    let mut breaks = seen.breaks.as_slice();
    for (n, sentence) in sentences.iter().enumerate() {
        let span = text.normal.span_from_text(sentence.span);
        next += begun(&hits[next..], span.start);
        let upto = next + begun(&hits[next..], span.end);
        let own = breaks.iter().take_while(|at| **at < span.end).count();
        let inside;
        (inside, breaks) = breaks.split_at(own);
        let (mut start, mut contrast) = (span.start, false);
        for cut in cuts(rules, normal, span, &hits[next..upto], inside) {
            if has_word(&normal[start..cut.at]) && has_word(&normal[cut.at..span.end]) {
                clauses.push(Clause {
                    span: Span::new(start, cut.at),
                    sentence: n,
                    contrast,
                });
                (start, contrast) = (cut.at, cut.contrast);
            } else if cut.at > start {
                contrast |= cut.contrast;
            }
        }
        clauses.push(Clause {
            span: Span::new(start, span.end),
            sentence: n,
            contrast,
        });
        next = upto;
    }
    clauses
}

fn has_word(words: &str) -> bool {
    words.bytes().filter(u8::is_ascii_alphabetic).nth(2).is_some()
}

/// Where clauses begin, in order, one for each place.
fn cuts(rules: &Rules, normal: &str, span: Span, hits: &[Hit], breaks: &[usize]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let cutting = |hit: &&Hit| {
        hit.uses.any(Uses::STOP | Uses::CONTENT) && hit.end == hit.word_end && hit.end <= span.end
    };
    for hit in hits.iter().filter(cutting) {
        if hit.uses.any(Uses::STOP) {
            cuts.push(Cut {
                at: hit.start,
                contrast: true,
            });
            if rules.english.opening(&normal[hit.start..hit.end])
                && opens(rules, &normal[span.start..hit.start])
            {
                let comma = main_clause(rules, &normal[hit.end..span.end]);
                cuts.extend(comma.map(|at| Cut {
                    at: hit.end + at,
                    contrast: true,
                }));
            }
        }
        if hit.uses.any(Uses::CONTENT) {
            cuts.push(Cut {
                at: hit.end,
                contrast: true,
            });
        }
    }
    punctuation(rules, normal, span, breaks, &mut cuts);
    cuts.sort_unstable();
    // Of two cuts at one place the one of contrast, sorted last, stays.
    cuts.reverse();
    cuts.dedup_by_key(|cut| cut.at);
    cuts.reverse();
    cuts
}

/// Whether a word behind these opens a sentence or a part of it: "Although ...", "However, while ...", "...; while".
fn opens(rules: &Rules, before: &str) -> bool {
    let before = before.trim_end();
    let word = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let short = before.ends_with(',') && before.len() <= 24 && !before.trim_end_matches(',').contains(',');
    word.is_empty()
        || short
        || before.ends_with([';', ':'])
        || rules.english.link(
            before
                .trim_end_matches(',')
                .rsplit(' ')
                .next()
                .unwrap_or_default(),
        )
}

/// Where the main clause begins behind an opening clause: behind the first comma that subject and verb follow, else
/// the first that a verb follows and that goes on with no list.
fn main_clause(rules: &Rules, words: &str) -> Option<usize> {
    let words = &words[..words.floor_char_boundary(LONGEST_OPENING)];
    let commas = || words.match_indices(", ").map(|(at, _)| at + 1);
    commas()
        .find(|at| begins(rules, &words[*at..], VERB_WITHIN))
        .or_else(|| {
            commas().find(|at| {
                let rest = words[*at..].trim_start();
                !rules.english.goes_on(rest) && rest.split(' ').take(40).any(|word| is_verb(rules, word))
            })
        })
}

/// Adds the places where marks and "and" begin a clause; `breaks` are the spaces and commas of the sentence.
fn punctuation(rules: &Rules, normal: &str, span: Span, breaks: &[usize], cuts: &mut Vec<Cut>) {
    let mut plain = |at: usize| cuts.push(Cut { at, contrast: false });
    let bytes = normal.as_bytes();
    let (mut verb_seen, mut word_start) = (false, span.start);
    for &at in breaks {
        if bytes[at] == b',' {
            if begins(rules, &normal[at + 1..span.end], VERB_WITHIN) {
                plain(at + 1);
                verb_seen = false;
            }
            continue;
        }
        let word = &bytes[word_start..at];
        let InClause { verb, link } = rules.english.place(word);
        verb_seen |= verb;
        // "Plans are clear and reviews are timely": subject and verb again.
        if verb_seen && link && begins(rules, &normal[at..span.end], VERB_AFTER_AND) {
            plain(word_start);
            verb_seen = false;
        }
        let mark = match word {
            [.., b';' | b':'] => true,
            _ => word == "–".as_bytes() || word == "—".as_bytes(),
        };
        if mark {
            plain(at);
        }
        word_start = at + 1;
    }
}

fn is_verb(rules: &Rules, word: &str) -> bool {
    rules.english.place(word.as_bytes()).verb
}

/// Whether a subject and, within so many words and before the next comma, its verb stand here.
fn begins(rules: &Rules, rest: &str, within: usize) -> bool {
    let mut words = rest.split(' ').filter(|word| !word.is_empty()).peekable();
    while words.peek().is_some_and(|word| rules.english.joiner(word)) {
        words.next();
    }
    rules.english.subject(words) && verb_follows(rules, rest, within)
}

fn verb_follows(rules: &Rules, rest: &str, within: usize) -> bool {
    for (n, word) in rest
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(within)
        .enumerate()
    {
        if is_verb(rules, word) {
            return true;
        }
        // "... the drift and delay that children had known": the verb is that of "that children".
        if n > 0 && rules.english.opens_relative(word) {
            return false;
        }
        if word.ends_with([',', ';']) {
            return false;
        }
    }
    false
}
