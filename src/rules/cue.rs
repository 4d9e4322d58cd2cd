//! A cue as an author writes it, taken apart.
//!
//! In: the phrase of a rule file. Out: its variants, each a row of parts to be found one after the other.

use super::file::{Placed, RuleFile};
use crate::error::Mistake;
use crate::normal::Normal;
use crate::span::Span;

/// Words that may stand between two parts joined by a bare `..`.
const USUAL_GAP: u8 = 4;
/// Phrases that one word group of a cue may stand for; more is surely a slip of `(a|b)`.
const MOST_CHOICES: usize = 2000;
/// Phrases of neighbouring groups that are written out before the rest becomes a part of its own. Writing all out
/// makes the automaton large; cutting early makes it see parts like "is" everywhere.
const WRITTEN_OUT: usize = 8;

/// One way in which a cue can stand in a text: parts to be found one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Variant {
    pub(crate) parts: Vec<Part>,
}

/// One of several runs of whole words, behind the part before it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) literals: Vec<Literal>,
    /// How many words may stand between this part and the one before; 0: none.
    pub(crate) gap: u8,
}

/// A run of whole words in normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Literal {
    pub(crate) words: String,
    /// The last word may go on: `caseload*`.
    pub(crate) open: bool,
}

/// What is wrong with a cue as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    /// What is wrong and what to do.
    pub(crate) message: String,
    /// Where in the cue, in bytes of it; `None` where it is the cue as a whole.
    pub(crate) at: Option<Span>,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            at: None,
        }
    }

    /// The same at a piece of the cue.
    fn at(mut self, cue: &str, piece: &str) -> Self {
        let start = (piece.as_ptr() as usize).wrapping_sub(cue.as_ptr() as usize);
        if start.checked_add(piece.len()).is_some_and(|end| end <= cue.len()) {
            self.at = Some(Span::new(start, start + piece.len()));
        }
        self
    }

    /// As a mistake of the file in which the cue is written.
    pub(crate) fn mistake(self, file: &RuleFile, cue: &Placed<String>) -> Mistake {
        let at = self.at.and_then(|at| cue.inside(file, at)).unwrap_or(cue.at);
        Mistake::new(file, at, self.message).coded(self.code)
    }
}

/// Takes a cue apart. The error says what is wrong and what to do.
pub(crate) fn variants(cue: &str) -> Result<Vec<Variant>, Fault> {
    variants_up_to(cue, WRITTEN_OUT)
}

/// The same with every phrase written out: clauses are cut at single literals.
pub(crate) fn written_out(cue: &str) -> Result<Vec<Variant>, Fault> {
    variants_up_to(cue, MOST_CHOICES)
}

fn variants_up_to(cue: &str, written_out: usize) -> Result<Vec<Variant>, Fault> {
    check(cue)?;
    // Each way so far, and the gap that an empty reading leaves to the part behind it.
    let mut all: Vec<(Vec<Part>, u8)> = vec![(Vec::new(), 0)];
    for (gap, choices) in segments(cue, written_out)? {
        // Each hyphen doubles the phrases: thirty of them would fill any memory.
        let phrases = choices
            .iter()
            .fold(0_usize, |sum, choice| sum.saturating_add(hyphened(choice)));
        if phrases > MOST_CHOICES {
            return Err(too_many(phrases));
        }
        let mut simple = Part {
            literals: Vec::new(),
            gap,
        };
        let mut further: Vec<Vec<Part>> = Vec::new();
        for choice in choices.iter().flat_map(|choice| hyphens(choice)) {
            match parts(&choice)? {
                parts if parts.is_empty() => further.push(Vec::new()),
                mut parts if parts.len() > 1 => {
                    parts[0].gap = gap;
                    further.push(parts);
                }
                parts => simple
                    .literals
                    .extend(parts.into_iter().flat_map(|part| part.literals)),
            }
        }
        simple.literals.sort();
        simple.literals.dedup();
        if !simple.literals.is_empty() {
            further.push(vec![simple]);
        }
        if all.len() * further.len() > MOST_CHOICES {
            return Err(too_many(count(cue)));
        }
        all = all
            .iter()
            .flat_map(|(start, left)| further.iter().map(|end| lengthen(start, *left, end, gap)))
            .collect();
    }
    let mut all: Vec<Variant> = all.into_iter().map(|(parts, _)| Variant { parts }).collect();
    for variant in &mut all {
        match variant.parts.first_mut() {
            Some(first) => first.gap = 0,
            None => {
                return Err(Fault::new(
                    "E208",
                    "with all left out that may be, no word of the cue is left: take out the `|` behind or before which nothing stands, or write a word beside the brackets",
                ));
            }
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// Adds parts to a way; where they are none, their gap is left to what comes behind them.
fn lengthen(start: &[Part], left: u8, end: &[Part], gap: u8) -> (Vec<Part>, u8) {
    let mut parts: Vec<Part> = start.iter().chain(end).cloned().collect();
    if end.is_empty() {
        return (parts, left.max(gap));
    }
    if let Some(first) = parts.get_mut(start.len()) {
        first.gap = first.gap.max(left);
    }
    (parts, 0)
}

/// The readings of a cue, one after the other, without writing all out at once: `(high|heavy) caseloads` as
/// `high caseloads`, `heavy caseloads`.
pub(crate) fn readings(cue: &str) -> impl Iterator<Item = String> {
    let choices: Vec<Vec<String>> = tokens(cue)
        .map(|token| alternatives(token).unwrap_or_else(|_| vec![token.to_owned()]))
        .collect();
    let count = choices
        .iter()
        .fold(1_usize, |count, list| count.saturating_mul(list.len()));
    (0..count).map(move |mut nth| {
        // The last group turns fastest, like the last digit of a number.
        let mut words: Vec<&str> = Vec::with_capacity(choices.len());
        for list in choices.iter().rev() {
            words.push(&list[nth % list.len()]);
            nth /= list.len();
        }
        words.reverse();
        words.join(" ")
    })
}

/// The first of the readings, found without the others.
pub(crate) fn first_reading(cue: &str) -> String {
    let mut text = String::with_capacity(cue.len());
    // How many brackets deep the alternative is that is left out; 0 where none is.
    let (mut depth, mut left_out) = (0_usize, 0_usize);
    for c in cue.chars() {
        match c {
            '(' => depth += 1,
            ')' => {
                if left_out == depth {
                    left_out = 0;
                }
                depth = depth.saturating_sub(1);
            }
            '|' if left_out == 0 => left_out = depth,
            _ if left_out == 0 => text.push(c),
            _ => {}
        }
    }
    text
}

fn check(cue: &str) -> Result<(), Fault> {
    if cue.trim().is_empty() {
        return Err(Fault::new(
            "E201",
            "the cue is empty: write a phrase or take the line out",
        ));
    }
    let capitals = |c: char| c.is_uppercase();
    if let Some(start) = cue.find(capitals) {
        let end = cue[start..]
            .find(|c| !capitals(c))
            .map_or(cue.len(), |end| start + end);
        let message = "the cue holds capitals: write it in lower case, it matches any capitals";
        return Err(Fault::new("E202", message).at(cue, &cue[start..end]));
    }
    let mut tokens = tokens(cue);
    let gap = |token: &&str| token.starts_with("..");
    if let Some(token) = tokens.next().filter(gap) {
        let message = format!("the cue starts with a gap `{token}`: start it with a word");
        return Err(Fault::new("E203", message).at(cue, token));
    }
    if let Some(token) = tokens.last().filter(gap) {
        let message = format!("the cue ends with a gap `{token}`: end it with a word");
        return Err(Fault::new("E203", message).at(cue, token));
    }
    Ok(())
}

fn too_many(count: usize) -> Fault {
    let message = format!(
        "the cue stands for {count} phrases, and {MOST_CHOICES} is the most: write it as several cues, each with some of the alternatives"
    );
    Fault::new("E207", message)
}

/// For how many phrases a cue whose brackets fit stands.
fn count(cue: &str) -> usize {
    // Of each bracket that is open: the sum of the alternatives so far, and the product within the last.
    let mut open: Vec<(usize, usize)> = vec![(0, 1)];
    for c in cue.chars() {
        match (c, open.last_mut()) {
            ('(', _) => open.push((0, 1)),
            ('|', Some((sum, product))) => {
                *sum = sum.saturating_add(*product);
                *product = 1;
            }
            (')', Some((sum, product))) => {
                let all = sum.saturating_add(*product);
                open.pop();
                if let Some((_, product)) = open.last_mut() {
                    *product = product.saturating_mul(all);
                }
            }
            _ => {}
        }
    }
    open.first().map_or(0, |(_, product)| *product)
}

/// The stretches of a cue that no space outside brackets divides.
fn tokens(cue: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    cue.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_whitespace()
    })
    .filter(|token| !token.is_empty())
}

/// Runs of tokens whose readings are written out together, each with the gap before it.
fn segments(cue: &str, written_out: usize) -> Result<Vec<(u8, Vec<String>)>, Fault> {
    let mut segments: Vec<(u8, Vec<String>)> = Vec::new();
    let mut gap = None;
    for token in tokens(cue) {
        if let Some(words) = token.strip_prefix("..") {
            gap = Some(gap_words(token, words).map_err(|fault| fault.at(cue, token))?);
            continue;
        }
        let choices = alternatives(token).map_err(|fault| fault.at(cue, token))?;
        match segments.last_mut() {
            Some((_, last))
                if gap.is_none()
                    && last.len() * choices.len() <= written_out
                    && !last.iter().any(|text| text.ends_with('*')) =>
            {
                *last = last
                    .iter()
                    .flat_map(|start| choices.iter().map(move |end| format!("{start} {end}")))
                    .collect();
            }
            _ => segments.push((gap.unwrap_or(0), choices)),
        }
        gap = None;
    }
    Ok(segments)
}

fn gap_words(token: &str, words: &str) -> Result<u8, Fault> {
    if words.is_empty() {
        return Ok(USUAL_GAP);
    }
    words
        .parse::<u8>()
        .ok()
        .filter(|n| (1..=20).contains(n))
        .ok_or_else(|| {
            let message =
                format!("`{token}` is no gap: write `..` or `..` and a number of words from 1 to 20");
            Fault::new("E204", message)
        })
}

/// `(a|b) c` as `a c` and `b c`; brackets may stand inside brackets.
fn alternatives(cue: &str) -> Result<Vec<String>, Fault> {
    let (all, rest) = choices(cue, 0).map_err(|fault| match fault.code {
        // Told where the brackets met so far are too many: all of them count.
        "E207" => too_many(count(cue).max(MOST_CHOICES + 1)),
        _ => fault,
    })?;
    match rest.chars().next() {
        None => Ok(all),
        Some(c) => Err(Fault::new(
            "E205",
            format!("`{c}` stands outside brackets: write `(one|other)`"),
        )),
    }
}

/// The readings of a text up to the `|` or `)` that ends it, and what stands from there.
fn choices(mut rest: &str, depth: usize) -> Result<(Vec<String>, &str), Fault> {
    let mut all = vec![String::new()];
    loop {
        let next = rest.find(['(', '|', ')']).unwrap_or(rest.len());
        for text in &mut all {
            text.push_str(&rest[..next]);
        }
        rest = &rest[next..];
        if !rest.starts_with('(') {
            return Ok((all, rest));
        }
        if depth > 8 {
            let message = "brackets stand more than eight deep: write the alternatives out";
            return Err(Fault::new("E205", message));
        }
        let mut inside = Vec::new();
        loop {
            let (some, after) = choices(&rest[1..], depth + 1)?;
            inside.extend(some);
            rest = after;
            match rest.chars().next() {
                Some('|') => {}
                Some(_) => break,
                None => {
                    let message = "a bracket `(` is not closed: write `(one|other)`";
                    return Err(Fault::new("E205", message));
                }
            }
        }
        rest = &rest[1..];
        if all.len() * inside.len() > MOST_CHOICES {
            return Err(too_many(all.len() * inside.len()));
        }
        all = all
            .iter()
            .flat_map(|start| inside.iter().map(move |choice| format!("{start}{choice}")))
            .collect();
    }
}

/// `multi-agency` as `multi agency` and `multiagency`: readers of PDF files swallow hyphens at line ends.
fn hyphens(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (nth, piece) in text.split('-').enumerate() {
        if nth > 0 {
            all = all
                .iter()
                .flat_map(|start| [format!("{start} "), start.clone()])
                .collect();
        }
        for start in &mut all {
            start.push_str(piece);
        }
    }
    all
}

/// How many [`hyphens`] would give.
fn hyphened(text: &str) -> usize {
    2_usize.saturating_pow(u32::try_from(text.matches('-').count()).unwrap_or(u32::MAX))
}

fn parts(text: &str) -> Result<Vec<Part>, Fault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut gap = None;
    for word in text.split_whitespace() {
        if let Some(words) = word.strip_prefix("..") {
            gap = Some(gap_words(word, words)?);
            continue;
        }
        let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        if stem.contains('*') {
            let message = format!("`*` stands inside `{word}`: it can only end a word");
            return Err(Fault::new("E206", message));
        }
        if stem.is_empty() {
            let message = "`*` stands alone: write the beginning of a word before it";
            return Err(Fault::new("E206", message));
        }
        let stem = Normal::new(stem).text;
        match parts.last_mut().and_then(|part| part.literals.last_mut()) {
            Some(last) if gap.is_none() && !last.open => {
                last.words.push(' ');
                last.words.push_str(&stem);
                last.open = open;
            }
            _ => parts.push(Part {
                literals: vec![Literal { words: stem, open }],
                gap: gap.unwrap_or(0),
            }),
        }
        gap = None;
    }
    Ok(parts)
}

/// The part of an id that a cue's words give: `caseloads .. too high` as `caseloads..too-high`.
pub(crate) fn slug(cue: &str) -> String {
    let mut slug = String::new();
    for word in cue.split_whitespace() {
        let gap = word.starts_with("..");
        if !slug.is_empty() && !gap && !slug.ends_with('.') {
            slug.push('-');
        }
        slug.extend(
            word.chars()
                .filter(|c| !matches!(c, '\'' | '(' | ')'))
                .map(|c| if c == '|' { '/' } else { c }),
        );
        if gap && word.len() > 2 {
            slug.push('.');
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(cue: &str) -> Vec<String> {
        let literal = |l: &Literal| format!("{}{}", l.words, if l.open { "*" } else { "" });
        let part = |p: &Part| {
            let gap = if p.gap > 0 {
                format!("<{}>", p.gap)
            } else {
                String::new()
            };
            format!(
                "{gap}{}",
                p.literals.iter().map(literal).collect::<Vec<_>>().join("|")
            )
        };
        variants(cue)
            .expect(cue)
            .iter()
            .map(|v| v.parts.iter().map(part).collect::<Vec<_>>().join("+"))
            .collect()
    }

    #[test]
    fn takes_cues_apart() {
        assert_eq!(
            show("multi-agency plan*"),
            ["multi agency plan*|multiagency plan*"]
        );
        assert_eq!(show("(too |)high"), ["high|too high"]);
        assert_eq!(show("a (b (c|d)|e)"), ["a b c|a b d|a e"]);
        assert_eq!(show("caseload* are ..2 high"), ["caseload*+are+<2>high"]);
        assert_eq!(show("caseloads .. (very|) high"), ["caseloads+<4>high|very high"]);
        assert_eq!(
            show("(child* in need|they) (are|) .. late"),
            [
                "child*+in need+<4>late",
                "child*+in need are+<4>late",
                "they|they are+<4>late"
            ]
        );
        assert_eq!(
            show("plans .. (a|b|c|d|e|f|g|h|i|) late"),
            ["plans+<4>a|b|c|d|e|f|g|h|i+late", "plans+<4>late"]
        );
    }

    #[test]
    fn cuts_what_would_be_too_many() {
        assert_eq!(show("(a|b|c) (d|e|f) (g|h)"), ["a|b|c+d g|d h|e g|e h|f g|f h"]);
    }

    #[test]
    fn names_cues_by_their_words() {
        assert_eq!(slug("not .. good* ..8 enough").as_str(), "not..good*..8.enough");
        assert_eq!(
            readings("(high|heavy) caseload*")
                .next()
                .map(|text| slug(&text))
                .as_deref(),
            Some("high-caseload*")
        );
    }

    #[test]
    fn finds_the_first_reading_without_the_others() {
        for cue in [
            "a",
            "(high|heavy) caseload*",
            "a (b (c|d) e|f) g",
            "(x|) .. (y (z|)|w) v",
            "((a|b)|c) d",
        ] {
            let first = readings(cue).next().unwrap();
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&first_reading(cue)), words(&first), "{cue}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (cue, words) in [
            ("", "empty"),
            ("High", "capitals"),
            ("(a|b", "not closed"),
            ("a|b", "outside brackets"),
            (".. a", "starts with a gap"),
            ("a ..", "ends with a gap"),
            ("a ..x b", "no gap"),
            ("a*b", "inside"),
            ("*", "alone"),
            ("(a|)", "no word"),
        ] {
            let error = variants(cue).expect_err(cue);
            assert!(error.message.contains(words), "{cue}: {error:?}");
        }
    }
}
