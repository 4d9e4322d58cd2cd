//! Names of sheets, made from names of authorities.

use std::collections::BTreeSet;

use crate::report::visible_line;

/// Most UTF-16 units in a name.
const LONGEST: usize = 31;
/// Names that other sheets have, and one that Excel keeps for itself; in lower case.
const TAKEN: [&str; 7] = [
    "visits", "themes", "changes", "findings", "facts", "about", "history",
];

/// A name for the sheet of each authority that Excel takes: short, without the letters that it refuses, and no two alike,
/// in capital letters or not.
pub(in crate::report) fn names(authorities: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|&name| name.to_owned()).collect();
    authorities
        .iter()
        .map(|authority| {
            let plain = plain(authority);
            let name = (1..)
                .map(|n| match n {
                    1 => fitting(&plain, ""),
                    n => fitting(&plain, &format!(" {n}")),
                })
                .find(|name| !taken.contains(&name.to_lowercase()))
                .expect("numbers do not end");
            taken.insert(name.to_lowercase());
            name
        })
        .collect()
}

fn plain(authority: &str) -> String {
    let letters: String = visible_line(authority)
        .chars()
        .map(|letter| if "[]:*?/\\".contains(letter) { ' ' } else { letter })
        .collect();
    let plain = letters.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    let lower = plain.to_lowercase();
    if plain.is_empty() || lower.starts_with("findings") {
        return format!("Authority {plain}").trim_end().to_owned();
    }
    plain.to_owned()
}

/// As much of a name as fits before its ending.
fn fitting(name: &str, ending: &str) -> String {
    let (mut short, mut units) = (String::new(), ending.len());
    for letter in name.chars() {
        units += letter.len_utf16();
        if units > LONGEST {
            break;
        }
        short.push(letter);
    }
    short.truncate(
        short
            .trim_end_matches(|letter: char| letter == '\'' || letter.is_whitespace())
            .len(),
    );
    short + ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_excel_takes() {
        let long = "Bournemouth, Christchurch and Poole";
        let given = [
            "Wexcombe",
            "wexcombe",
            "A/B [x]: *?",
            "'quoted'",
            "",
            "Facts",
            "Findings 2",
            long,
            long,
            "=1+1",
            "''",
        ];
        let made = names(&given);
        assert_eq!(
            made,
            [
                "Wexcombe",
                "wexcombe 2",
                "A B  x",
                "quoted",
                "Authority",
                "Facts 2",
                "Authority Findings 2",
                "Bournemouth, Christchurch and P",
                "Bournemouth, Christchurch and 2",
                "=1+1",
                "Authority 2",
            ]
        );
        for name in made {
            assert!(name.encode_utf16().count() <= LONGEST);
            assert!(
                rust_xlsxwriter::Worksheet::new().set_name(&name).is_ok(),
                "{name}"
            );
        }
    }
}
