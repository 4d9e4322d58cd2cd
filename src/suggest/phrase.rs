//! Phrases of sentences, in the form of cues.
//!
//! A phrase is a run of one to five words that nothing but a space divides. `*` ends a word whose endings agree.

use std::collections::BTreeMap;

/// Words of the longest phrase.
pub(super) const LONGEST: usize = 5;
/// Letters that a word keeps before `*`.
const STEM: usize = 4;
/// Letters that may stand behind a stem: "s", "ed", "ing", "ly".
const ENDING: usize = 3;

/// The words of a sentence in normal form, in runs that nothing but single spaces divides.
pub(super) fn runs(normal: &str) -> Vec<Vec<&str>> {
    let in_word = |c: char| c.is_alphanumeric() || c == '\'';
    let mut runs: Vec<Vec<&str>> = Vec::new();
    let mut end = None;
    let mut rest = 0;
    while let Some(from) = normal[rest..].find(in_word) {
        let start = rest + from;
        let length = normal[start..]
            .find(|c| !in_word(c))
            .unwrap_or(normal.len() - start);
        let word = &normal[start..start + length];
        let goes_on = end.is_some_and(|end| &normal[end..start] == " ");
        match runs.last_mut() {
            Some(run) if goes_on => run.push(word),
            _ => runs.push(vec![word]),
        }
        rest = start + length;
        end = Some(rest);
    }
    runs
}

/// Every phrase of a sentence, each once.
pub(super) fn phrases(normal: &str) -> std::collections::BTreeSet<String> {
    let mut all = std::collections::BTreeSet::new();
    for run in runs(normal) {
        for length in 1..=LONGEST {
            all.extend(run.windows(length).map(|words| words.join(" ")));
        }
    }
    all
}

/// Whether a phrase stands in a sentence.
pub(super) fn stands_in(phrase: &str, normal: &str) -> bool {
    let words: Vec<&str> = phrase.split(' ').collect();
    let meets = |wanted: &str, word: &str| match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == wanted,
    };
    runs(normal).iter().any(|run| {
        run.windows(words.len())
            .any(|window| words.iter().zip(window).all(|(wanted, word)| meets(wanted, word)))
    })
}

/// Phrases that differ in the ending of one word only, as one phrase with `*`: `plan is late` and `plans is late` as
/// `plan* is late`.
pub(super) fn agreeing<'p>(phrases: impl Iterator<Item = &'p str>) -> Vec<String> {
    // By what stands before and behind the word, and its stem: "caseload" and "caseloads" meet at "case".
    let mut near: BTreeMap<(String, String, String), Vec<&str>> = BTreeMap::new();
    for phrase in phrases {
        let words: Vec<&str> = phrase.split(' ').collect();
        for (at, word) in words.iter().enumerate() {
            let Some((cut, _)) = word.char_indices().nth(STEM) else {
                // A word as short as a stem is its own stem.
                if word.chars().count() == STEM {
                    let key = (
                        words[..at].join(" "),
                        (*word).to_owned(),
                        words[at + 1..].join(" "),
                    );
                    near.entry(key).or_default().push(word);
                }
                continue;
            };
            let key = (
                words[..at].join(" "),
                word[..cut].to_owned(),
                words[at + 1..].join(" "),
            );
            near.entry(key).or_default().push(word);
        }
    }
    let mut all = Vec::new();
    for ((before, _, behind), mut words) in near {
        words.sort_unstable();
        for pair in words.windows(2) {
            let stem = common(pair[0], pair[1]);
            let longest = pair.iter().map(|word| word.chars().count()).max().unwrap_or(0);
            if longest - stem.chars().count() <= ENDING {
                let parts = [before.as_str(), &format!("{stem}*"), behind.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                all.push(parts.join(" "));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn common<'w>(one: &'w str, other: &str) -> &'w str {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let end = one.char_indices().nth(same).map_or(one.len(), |(at, _)| at);
    &one[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_divide_words_into_runs() {
        assert_eq!(
            runs("plans, in two teams, aren't good (yet)."),
            [
                vec!["plans"],
                vec!["in", "two", "teams"],
                vec!["aren't", "good"],
                vec!["yet"]
            ]
        );
        assert!(runs(" .").is_empty());
    }

    #[test]
    fn phrases_do_not_cross_marks() {
        let found = phrases("plans, not good");
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            ["good", "not", "not good", "plans"]
        );
    }

    #[test]
    fn endings_agree_where_the_stem_is_long_enough() {
        let of = |phrases: &[&str]| agreeing(phrases.iter().copied());
        assert_eq!(of(&["late plan is", "late plans is"]), ["late plan* is"]);
        assert_eq!(of(&["delayed", "delaying"]), ["delay*"]);
        assert!(of(&["care", "carefully"]).is_empty());
        assert!(of(&["a plan", "the plans", "car", "cars"]).is_empty());
    }

    #[test]
    fn a_star_stands_for_any_ending() {
        assert!(stands_in("plan* are", "most plans are late"));
        assert!(!stands_in("plan are", "most plans are late"));
        assert!(!stands_in("plans are", "most plans, are late"));
    }
}
