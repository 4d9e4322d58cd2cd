//! Names of authorities in one form: the place, without "Council" and the like.
//!
//! In: a name as a document writes it. Out: the name that outputs use, or none where the words name no place. Not
//! decided here: which of the places that a document names it is about.

use crate::rules::{Names, name_key};

/// The name of the place: "Kirklees" for "Kirklees Metropolitan Borough Council".
///
/// Known places get their usual name; others the words that are left.
pub(super) fn place(names: &Names, written: &str) -> Option<String> {
    let written = written.trim_end_matches(|c: char| !c.is_alphanumeric());
    let written = written
        .strip_suffix("’s")
        .or_else(|| written.strip_suffix("'s"))
        .unwrap_or(written);
    let mut words: Vec<&str> = written.split_whitespace().collect();
    loop {
        let key = name_key(&words.join(" "));
        if let Some(known) = names.known.get(&key) {
            return Some(known.clone());
        }
        if key.is_empty() || names.not.contains(&key) || key.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let longest = |list: &[String], matches: fn(&str, &str) -> bool| {
            let found = list.iter().find(|other| matches(&key, other));
            found.map(|found| found.split(' ').count())
        };
        if let Some(count) = longest(&names.behind, |key, other| {
            key.strip_suffix(other)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        }) {
            drop_keys(&mut words, count, true);
        } else if let Some(count) = longest(&names.before, |key, other| {
            key.strip_prefix(other)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }) {
            drop_keys(&mut words, count, false);
        } else {
            return Some(own_form(&words));
        }
    }
}

/// Takes off so many words of the name's key; a word of the text may hold several of them, or none.
fn drop_keys(words: &mut Vec<&str>, count: usize, behind: bool) {
    let mut dropped = 0;
    while dropped < count && !words.is_empty() {
        let word = if behind {
            words.pop().unwrap_or_default()
        } else {
            words.remove(0)
        };
        let key = name_key(word);
        dropped += key.split(' ').filter(|part| !part.is_empty()).count();
    }
}

/// A place that nobody knows, as it is written; capitals throughout become a name's.
fn own_form(words: &[&str]) -> String {
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if out.ends_with(char::is_alphabetic) {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    #[test]
    fn names_become_places() {
        let rules = Rules::built_in();
        for (written, wanted) in [
            ("Kirklees Metropolitan Borough Council", Some("Kirklees")),
            (
                "London Borough of Barking and Dagenham",
                Some("Barking and Dagenham"),
            ),
            (
                "Royal Borough of Kensington & Chelsea",
                Some("Kensington and Chelsea"),
            ),
            ("City of Bradford Metropolitan District Council", Some("Bradford")),
            ("Leeds City", Some("Leeds")),
            ("the Isles of Scilly", Some("Isles of Scilly")),
            ("City of York Council", Some("York")),
            ("City of London", Some("City of London")),
            ("Bristol City Council", Some("Bristol")),
            ("Stockton-on-Tees", Some("Stockton-on-Tees")),
            ("STOKE ON TRENT CITY COUNCIL", Some("Stoke-on-Trent")),
            ("Bradford Children and Families Trust", Some("Bradford")),
            ("Wexcombe County Council", Some("Wexcombe")),
            ("WEXCOMBE COUNTY COUNCIL", Some("Wexcombe")),
            ("London Borough of Nether Aldley", Some("Nether Aldley")),
            ("Oxfordshire Local Area Partnership", Some("Oxfordshire")),
            ("Wexcombe Council’s", Some("Wexcombe")),
            ("The Council", None),
            ("Ofsted", None),
            ("Full Council", None),
            ("Children and Families Trust", None),
        ] {
            assert_eq!(
                place(&rules.facts().names, written).as_deref(),
                wanted,
                "{written}"
            );
        }
    }
}
