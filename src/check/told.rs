//! Mistakes that loading tells, with more about how such a thing is written, and mends.
//!
//! In: what loading tells. Out: [`Found`]s. Not decided here: which of them only follow from others, see `echoes`.

use std::collections::HashMap;

use super::finding::{Edit, Found};
use super::fix::without;
use crate::error::Mistake;
use crate::rules::{Lenient, SchemaKind, meant, nearest, schema};

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
            found.note = note(lenient, file, mistake);
            if let Some((says, edits)) = mend(lenient, file, mistake) {
                found = found.fix(says, edits);
            }
            Some(found)
        })
        .collect()
}

/// How such a thing is written.
fn note(lenient: &Lenient, file: usize, mistake: &Mistake) -> Option<String> {
    let note = match mistake.code {
        "E101" if mistake.message.starts_with("this is not TOML") => {
            "a rule file is TOML: one `key = value` a line; texts in quotation marks, lists in square brackets with a comma \
             behind each entry: names = [\"care plan*\", \"pathway plan*\"]"
        }
        "E102" => return words(lenient, file, mistake),
        "E104" if mistake.message.contains("`name`") => {
            "the first line of a theme may be: name = \"Care plans\""
        }
        "E104" if mistake.message.contains("`about`") => {
            "one line for people: about = \"What these words have in common.\""
        }
        "E104" if mistake.message.contains("`role`") => ROLES,
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
        "E301" if mistake.message.ends_with("take it out here") => {
            "a list that is left empty, `names = []`, is all right"
        }
        "E203" | "E204" => {
            "a gap stands between two words: `plans .. late` lets up to 4 words stand between, `plans ..8 late` up to 8"
        }
        "E205" => {
            "alternatives stand in round brackets with `|` between: `(high|heavy) caseloads`; `(very |)high` may be without “very”"
        }
        "E206" => {
            "`plan*` matches plan, plans, planning; at the beginning or in the middle of a word there is no wildcard"
        }
        "E207" => {
            "brackets side by side are multiplied out; brackets with spaces between them, each for words of its own, are not"
        }
        "E208" => "an alternative that may be nothing needs a word beside it: `(very |)late`",
        "E210" => {
            "lines are regular expressions without look-around; one between three single quotation marks needs no double backslashes: '''^page \\d+$'''"
        }
        "E303" | "E304" => return Some(themes(lenient, mistake)),
        "E305" => return cues(lenient, file, mistake),
        "E105" => return value(mistake),
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
    match meant(&nearest(wrong, known.iter().copied())) {
        Some(meant) => format!("{meant}? The themes are {}", known.join(", ")),
        None => format!(
            "a theme's name here is that of its file in themes/, without `.toml`: {}",
            known.join(", ")
        ),
    }
}

/// For an id that there is not: those that it may be a slip of. One that belongs elsewhere is no slip.
fn cues(lenient: &Lenient, file: usize, mistake: &Mistake) -> Option<String> {
    let wrong = quoted(&mistake.message);
    if lenient.rules.cues().any(|id| id == wrong) {
        return None;
    }
    let id = lenient.rules.files()[file].id();
    let ids =
        format!("`findings rules show {id}` lists ids, and the evidence of a label names that of its cue");
    Some(match meant(&nearest(wrong, lenient.rules.cues())) {
        Some(meant) => format!("{meant}? {ids}"),
        None => ids,
    })
}

const ROLES: &str = "words of praise have the role `strength`, words of criticism `concern`; `findings rules help E105` names the \
                     others";

/// For a value out of a closed list.
fn value(mistake: &Mistake) -> Option<String> {
    let known = mistake.message.split("one of ").nth(1)?;
    let near = nearest(quoted(&mistake.message), known.split(", "));
    match meant(&near) {
        Some(meant) => Some(format!("{meant}?")),
        None => mistake
            .message
            .starts_with("unknown role")
            .then(|| ROLES.to_owned()),
    }
}

/// For a key of a theme or of words that is no slip of another: in which keys its words may have been meant to stand.
fn words(lenient: &Lenient, file: usize, mistake: &Mistake) -> Option<String> {
    let file = &lenient.rules.files()[file];
    let above = file.text.get(..mistake.at.start)?;
    let at_top = !above.lines().any(|line| line.starts_with('['));
    if !at_top || mistake.message.contains("did you mean") {
        return None;
    }
    let (kind, keys): (SchemaKind, &[&str]) = match file.folder() {
        "themes" => (
            SchemaKind::Theme,
            &["names", "strength", "concern", "near_strength", "near_concern"],
        ),
        "words" => (SchemaKind::Words, &["cues", "exempt"]),
        _ => return None,
    };
    let about = schema(kind);
    let mut note = "here the words stand in".to_owned();
    for key in keys {
        let about = about["properties"][key]["description"]
            .as_str()
            .unwrap_or_default();
        note.push_str(&format!("\n`{key}`: {about}"));
    }
    Some(note)
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
