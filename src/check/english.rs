//! Lists of `english.toml` that are no cues: entries that can never be met, and entries that stand twice.

use std::collections::HashMap;

use super::finding::{Edit, Found};
use super::fix::without;
use crate::rules::{Lenient, Placed};

/// How a list is compared with a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With so many words in a row.
    Words(usize),
    /// With one word, which may end in `*`.
    Verb,
    /// With words that end in a full stop.
    Abbreviation,
    /// With the end of a word.
    Ending,
}

/// Looks at every list.
pub(super) fn english(lenient: &Lenient) -> Vec<Found> {
    let english = &lenient.written.english;
    let lists: [(&str, &[Placed<String>], Way); 13] = [
        ("abbreviations", &english.abbreviations, Way::Abbreviation),
        ("opening", &english.opening, Way::Words(9)),
        ("goes_on", &english.goes_on, Way::Words(3)),
        ("auxiliaries", &english.auxiliaries, Way::Words(1)),
        ("subjects", &english.subjects, Way::Words(3)),
        ("verbs", &english.verbs, Way::Verb),
        ("hanging", &english.hanging, Way::Words(1)),
        ("joiners", &english.joiners, Way::Words(1)),
        ("links", &english.links, Way::Words(1)),
        ("relatives", &english.relatives, Way::Words(1)),
        ("presenting", &english.presenting, Way::Words(1)),
        ("causes", &english.causes, Way::Words(1)),
        ("adverbs", &english.adverbs, Way::Ending),
    ];
    let mut all = Vec::new();
    for (key, list, way) in lists {
        let mut met: HashMap<&str, &Placed<String>> = HashMap::new();
        for entry in list {
            if let Some(first) = met.get(entry.value.as_str()) {
                let message = format!(
                    "`{}` stands in `{key}` already: take one of the two out",
                    entry.value
                );
                let mut found = Found::new("W401", english.file, entry.at, message)
                    .cue(&entry.value)
                    .also(english.file, first.at, "the first");
                if let Some(edits) = without(&lenient.rules.files()[english.file].text, entry.at) {
                    found = found.fix("take it out", edits);
                }
                all.push(found);
                continue;
            }
            met.insert(&entry.value, entry);
            all.extend(unmet(lenient, english.file, key, entry, way));
        }
    }
    all
}

fn unmet(lenient: &Lenient, file: usize, key: &str, entry: &Placed<String>, way: Way) -> Option<Found> {
    let text = entry.value.as_str();
    let words = text.split_whitespace().count();
    let found = |message: String| Some(Found::new("W404", file, entry.at, message).cue(text));
    if text.contains("..") && way != Way::Abbreviation {
        return found(format!(
            "`{text}` can never match: entries of `{key}` have no gaps; write the words out"
        ));
    }
    match way {
        Way::Abbreviation if !text.ends_with('.') => {
            let end = entry.at.end.saturating_sub(1);
            let whole = found(format!(
                "the abbreviation `{text}` can never match: it is compared with words that end in a full stop; write `{text}.`"
            ))?;
            let quoted = lenient.rules.files()[file].text.get(end..entry.at.end);
            Some(match quoted {
                Some("\"" | "'") => whole.fix(
                    format!("write `{text}.`"),
                    vec![Edit {
                        start: end,
                        end,
                        text: ".".to_owned(),
                    }],
                ),
                _ => whole,
            })
        }
        Way::Words(_) | Way::Ending if text.contains('*') => found(format!(
            "`{text}` can never match: entries of `{key}` have no wildcard; write the words out"
        )),
        Way::Words(most) if words > most => found(format!(
            "`{text}` can never match: entries of `{key}` are compared with {} at most",
            if most == 1 {
                "1 word".to_owned()
            } else {
                format!("{most} words")
            }
        )),
        Way::Verb if words > 1 => found(format!(
            "`{text}` can never match: entries of `{key}` are compared with one word"
        )),
        _ => None,
    }
}
