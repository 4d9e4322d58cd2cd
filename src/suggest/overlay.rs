//! Candidates as the files of an overlay.

use std::collections::BTreeMap;

use super::candidate::{Candidate, List};
use crate::rules::RuleFile;

/// The files of an overlay that holds these lines, in the order of their names.
///
/// Each file carries an example for each line, marked `todo`: its sentence is a person's to write.
pub fn overlay<'c>(candidates: impl IntoIterator<Item = &'c Candidate>) -> Vec<RuleFile> {
    let mut files: BTreeMap<&str, File> = BTreeMap::new();
    for candidate in candidates {
        let file = files.entry(&candidate.file).or_default();
        let add = |lists: &mut BTreeMap<&str, Vec<String>>, list: List, text: &str| {
            lists.entry(list.key()).or_default().push(text.to_owned());
        };
        match (candidate.list, &candidate.words) {
            (List::Demote, Some(words)) => {
                add(&mut file.lists, List::Off, &candidate.phrase);
                add(&mut file.lists, List::Hints, words);
                file.examples.push(example(candidate, words));
            }
            (List::Off | List::Demote, _) => add(&mut file.lists, List::Off, &candidate.phrase),
            (list, _) => {
                add(&mut file.lists, list, &candidate.phrase);
                file.examples.push(example(candidate, &candidate.phrase));
            }
        }
    }
    files
        .into_iter()
        .map(|(name, file)| RuleFile::new(name, file.text()))
        .collect()
}

#[derive(Default)]
struct File {
    lists: BTreeMap<&'static str, Vec<String>>,
    examples: Vec<String>,
}

impl File {
    fn text(mut self) -> String {
        let mut text = String::new();
        for (key, lines) in &mut self.lists {
            lines.sort();
            lines.dedup();
            text += &format!("{key} = [\n");
            for line in lines {
                text += &format!("    {},\n", quoted(line));
            }
            text += "]\n";
        }
        for example in self.examples {
            text += &format!("\n{example}");
        }
        text
    }
}

/// An example that does not hold yet: the sentence is to be written, and what it asks for to be set right.
fn example(candidate: &Candidate, words: &str) -> String {
    let wants = match (candidate.theme(), candidate.list) {
        (Some(theme), List::Exempt) => format!("not = [{}]", quoted(theme)),
        (Some(theme), List::Strength | List::NearStrength) => {
            format!("labels = [{}]", quoted(&format!("{theme}:strength")))
        }
        (Some(theme), List::Concern | List::NearConcern) => {
            format!("labels = [{}]", quoted(&format!("{theme}:concern")))
        }
        (Some(theme), _) => format!("labels = [{}]", quoted(theme)),
        // What a word does to the sentence is for its author to say.
        (None, _) => "polarity = \"mixed\"".to_owned(),
    };
    let sentence = format!("Write a sentence with: {words}");
    format!(
        "[[example]]\ntext = {}\n{wants}\nstate = \"todo\"\n",
        quoted(&sentence)
    )
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
