//! Mistakes that loading tells, with more about how such a thing is written, and mends.

use std::collections::{BTreeSet, HashMap};

use super::finding::{Edit, Found};
use super::fix::without;
use crate::error::Mistake;
use crate::rules::Lenient;

/// The mistakes of loading as findings.
pub(super) fn told(lenient: &Lenient) -> Vec<Found> {
    let files = lenient.rules.files();
    let index: HashMap<String, usize> = files
        .iter()
        .enumerate()
        .map(|(n, file)| (file.shown(), n))
        .collect();
    lenient
        .mistakes
        .iter()
        .filter_map(|mistake| {
            let file = *index.get(&mistake.file)?;
            let mut found = Found::new(mistake.code, file, mistake.at, mistake.message.clone());
            found.note = note(lenient, mistake);
            if let Some((says, edits)) = mend(lenient, file, mistake) {
                found = found.fix(says, edits);
            }
            Some(found)
        })
        .collect()
}

/// Codes that tell of something absent: in a file that is no whole TOML it may only not have been read.
const ABSENT: [&str; 5] = ["E104", "E107", "W410", "W411", "W412"];

/// Takes out what only follows from a file that could not be read whole.
pub(super) fn without_echoes(lenient: &Lenient, all: &mut Vec<Found>) {
    let broken: BTreeSet<usize> = all
        .iter()
        .filter(|found| found.code == "E101")
        .map(|found| found.file)
        .collect();
    if broken.is_empty() {
        return;
    }
    let ids: BTreeSet<&str> = broken
        .iter()
        .map(|file| lenient.rules.files()[*file].id())
        .collect();
    all.retain(|found| {
        let absent = ABSENT.contains(&found.code) && broken.contains(&found.file);
        let unknown = matches!(found.code, "E303" | "E304" | "E305")
            && ids.iter().any(|id| found.message.contains(&format!("`{id}")));
        !(absent || unknown)
    });
}

/// How such a thing is written.
fn note(lenient: &Lenient, mistake: &Mistake) -> Option<String> {
    let note = match mistake.code {
        "E101" => {
            "a rule file is TOML: one `key = value` a line; texts in quotation marks, lists in square brackets with a comma \
             behind each entry: names = [\"care plan*\", \"pathway plan*\"]"
        }
        "E103" => {
            "texts are written `about = \"...\"`, lists `names = [\"one\", \"other\"]`, numbers and true or false without \
             quotation marks"
        }
        "E104" if mistake.message.contains("`name`") => {
            "the first line of a theme may be: name = \"Care plans\""
        }
        "E104" if mistake.message.contains("`about`") => {
            "one line for people: about = \"What these words have in common.\""
        }
        "E104" if mistake.message.contains("`role`") => {
            "for words of praise: role = \"strength\"; `findings rules help E105` lists all roles"
        }
        "E104" if mistake.message.contains("`names`") => {
            "such as: names = [\"care plan*\", \"pathway plan*\"]"
        }
        "E104" if mistake.message.contains("`cues`") => {
            "such as: cues = [\"too late\", \"(weak|poor) .. planning\"]"
        }
        "E107" | "E108" => {
            "an example is written:\n[[example]]\ntext = \"Caseloads are too high in two teams.\"\nlabels = [\"caseloads:concern\"]"
        }
        "E109" => {
            "a silence is written:\n[[allow]]\ncode = \"W401\"\ncue = \"care plans\"\nreason = \"kept for its id, which reports name\""
        }
        "E110" => "`findings rules help` lists all codes",
        "E203" | "E204" => {
            "a gap stands between two words: `plans .. late` lets up to 4 words stand between, `plans ..8 late` up to 8"
        }
        "E205" => {
            "alternatives stand in round brackets with `|` between: `(high|heavy) caseloads`; `(very |)high` may be without “very”"
        }
        "E206" => {
            "`plan*` matches plan, plans, planning; at the beginning or in the middle of a word there is no wildcard"
        }
        "E208" => "an alternative that may be nothing needs a word beside it: `(very |)late`",
        "E210" => {
            "lines are regular expressions without look-around; one between three single quotation marks needs no double backslashes: '''^page \\d+$'''"
        }
        "E303" | "E304" => return Some(themes(lenient, mistake)),
        "E305" => return cues(lenient, mistake),
        _ => return None,
    };
    Some(note.to_owned())
}

/// The text between the first backticks.
fn quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

fn themes(lenient: &Lenient, mistake: &Mistake) -> String {
    let wrong = quoted(&mistake.message);
    let known: Vec<&str> = lenient.rules.themes().map(|theme| theme.id.as_str()).collect();
    match nearest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? The themes are {}", known.join(", ")),
        None => format!(
            "a theme's name here is that of its file in themes/, without `.toml`: {}",
            known.join(", ")
        ),
    }
}

fn cues(lenient: &Lenient, mistake: &Mistake) -> Option<String> {
    let near = nearest(quoted(&mistake.message), lenient.rules.cues())?;
    Some(format!("did you mean `{near}`?"))
}

/// The name that fewest changes of letters part from a wrong one, where they are few for its length.
fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (distance(wrong, name), name))
        .filter(|(changes, name)| *changes * 3 <= wrong.chars().count().max(name.chars().count()))
        .min()
        .map(|(_, name)| name)
}

/// Letters to be put in, taken out or changed to make one of the other (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// A mend that cannot change what was meant.
fn mend(lenient: &Lenient, file: usize, mistake: &Mistake) -> Option<(String, Vec<Edit>)> {
    let text = &lenient.rules.files()[file].text;
    let at = mistake.at;
    let written = text.get(at.start..at.end)?;
    let edit = |start: usize, end: usize, text: &str| {
        vec![Edit {
            start,
            end,
            text: text.to_owned(),
        }]
    };
    match mistake.code {
        "E102" => {
            let near = mistake
                .message
                .split("did you mean `")
                .nth(1)?
                .strip_suffix("`?")?;
            let taken = text.lines().any(|line| {
                let key = line.split('=').next().unwrap_or_default().trim();
                key == near || line.trim() == format!("[[{near}]]")
            });
            (!taken && !near.is_empty()).then(|| (format!("write `{near}`"), edit(at.start, at.end, near)))
        }
        "E201" | "E301" => Some(("take it out".to_owned(), without(text, at)?)),
        "E202" => {
            // All of the cue, not only the capitals at the place.
            let start = text[..at.start].rfind(['"', '\''])?;
            let end = at.end + text[at.end..].find(['"', '\'', '\n'])?;
            let lower = text[start..end].to_lowercase();
            (!text[start..end].contains('\\'))
                .then(|| ("write it in lower case".to_owned(), edit(start, end, &lower)))
        }
        "E203" if written.starts_with("..") => {
            let rest = &text[at.end..];
            let behind = rest.len() - rest.trim_start_matches(' ').len();
            let before = text[..at.start].len() - text[..at.start].trim_end_matches(' ').len();
            let start = if behind == 0 { at.start - before } else { at.start };
            Some(("take the gap out".to_owned(), edit(start, at.end + behind, "")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_name() {
        let known = ["caseloads", "plans", "supervision"];
        assert_eq!(nearest("caselods", known.into_iter()), Some("caseloads"));
        assert_eq!(nearest("suprevision", known.into_iter()), Some("supervision"));
        assert_eq!(nearest("weather", known.into_iter()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
