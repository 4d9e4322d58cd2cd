//! A cue as an author writes it, taken apart.
//!
//! In: the phrase of a rule file. Out: its variants, each a row of parts to be found one after the other.

use crate::normal::Normal;

/// Words that may stand between two parts joined by a bare `..`.
const USUAL_GAP: u8 = 4;
/// Variants that one cue may stand for; more is surely a slip of `(a|b)`.
const MOST_VARIANTS: usize = 4000;

/// One way in which a cue can stand in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Variant {
    pub(crate) parts: Vec<Part>,
}

/// A run of whole words in normal form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) words: String,
    /// The last word may go on: `caseload*`.
    pub(crate) open: bool,
    /// How many words may stand between this part and the one before; 0: none.
    pub(crate) gap: u8,
}

/// Takes a cue apart. The error says what is wrong and what to do.
pub(crate) fn variants(cue: &str) -> Result<Vec<Variant>, String> {
    if cue.trim().is_empty() {
        return Err("the cue is empty: write a phrase or take the line out".into());
    }
    if cue.chars().any(char::is_uppercase) {
        return Err("the cue holds capitals: write it in lower case, it matches any capitals".into());
    }
    let mut found = Vec::new();
    for text in alternatives(cue)? {
        for text in hyphens(&text) {
            found.push(Variant { parts: parts(&text)? });
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// `(a|b) c` as `a c` and `b c`.
fn alternatives(cue: &str) -> Result<Vec<String>, String> {
    let mut all = vec![String::new()];
    let mut rest = cue;
    while let Some(open) = rest.find('(') {
        let before = &rest[..open];
        let Some(close) = rest[open..].find(')').map(|at| open + at) else {
            return Err("a bracket `(` is not closed: write `(one|other)`".into());
        };
        let inside = &rest[open + 1..close];
        if inside.contains('(') {
            return Err("brackets stand inside brackets: write the alternatives out".into());
        }
        if before.contains(['|', ')']) {
            return Err("`|` or `)` stands outside brackets: write `(one|other)`".into());
        }
        let choices: Vec<&str> = inside.split('|').collect();
        if all.len() * choices.len() > MOST_VARIANTS {
            return Err(format!("the cue stands for more than {MOST_VARIANTS} phrases: write it as several cues"));
        }
        all = all
            .iter()
            .flat_map(|start| choices.iter().map(move |choice| format!("{start}{before}{choice}")))
            .collect();
        rest = &rest[close + 1..];
    }
    if rest.contains(['|', ')']) {
        return Err("`|` or `)` stands outside brackets: write `(one|other)`".into());
    }
    for text in &mut all {
        text.push_str(rest);
    }
    Ok(all)
}

/// `multi-agency` as `multi agency` and `multiagency`: readers of PDF files swallow hyphens at line ends.
fn hyphens(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (nth, piece) in text.split('-').enumerate() {
        if nth > 0 {
            all = all.iter().flat_map(|start| [format!("{start} "), start.clone()]).collect();
        }
        for start in &mut all {
            start.push_str(piece);
        }
    }
    all
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    let mut gap = 0;
    let mut fresh = true;
    for word in text.split_whitespace() {
        if let Some(words) = word.strip_prefix("..") {
            if parts.is_empty() {
                return Err("the cue starts with a gap `..`: start it with a word".into());
            }
            gap = if words.is_empty() {
                USUAL_GAP
            } else {
                words.parse::<u8>().ok().filter(|n| (1..=20).contains(n)).ok_or_else(|| {
                    format!("`{word}` is no gap: write `..` or `..` and a number of words from 1 to 20")
                })?
            };
            fresh = true;
            continue;
        }
        let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        if stem.contains('*') {
            return Err(format!("`*` stands inside `{word}`: it can only end a word"));
        }
        if stem.is_empty() {
            return Err("`*` stands alone: write the beginning of a word before it".into());
        }
        let stem = Normal::new(stem).text;
        match parts.last_mut() {
            Some(last) if !fresh && !last.open => {
                last.words.push(' ');
                last.words.push_str(&stem);
                last.open = open;
            }
            _ => parts.push(Part { words: stem, open, gap: if fresh { gap } else { 0 } }),
        }
        fresh = false;
        gap = 0;
    }
    if parts.is_empty() {
        return Err("one alternative of the cue is empty: every alternative needs a word".into());
    }
    if fresh {
        return Err("the cue ends with a gap `..`: end it with a word".into());
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
        slug.extend(word.chars().filter(|c| !matches!(c, '\'' | '(' | ')')).map(|c| if c == '|' { '/' } else { c }));
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
        variants(cue)
            .expect("a cue")
            .iter()
            .map(|variant| {
                let part = |p: &Part| format!("{}{}{}", if p.gap > 0 { format!("<{}>", p.gap) } else { String::new() }, p.words, if p.open { "*" } else { "" });
                variant.parts.iter().map(part).collect::<Vec<_>>().join("+")
            })
            .collect()
    }

    #[test]
    fn takes_cues_apart() {
        assert_eq!(show("multi-agency plan*"), ["multi agency plan*", "multiagency plan*"]);
        assert_eq!(show("(too |)high"), ["high", "too high"]);
        assert_eq!(show("caseload* are ..2 high"), ["caseload*+are+<2>high"]);
        assert_eq!(show("caseloads .. high"), ["caseloads+<4>high"]);
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
            ("(a|)", "every alternative"),
        ] {
            let error = variants(cue).expect_err(cue);
            assert!(error.contains(words), "{cue}: {error}");
        }
    }
}
