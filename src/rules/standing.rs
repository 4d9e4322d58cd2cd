//! Text that recurs in letters on any authority and finds nothing, ready to run.
//!
//! In: [`WrittenStanding`]. Out: [`Standing`]. The list is part of the rules, so that what counts never depends on which
//! other letters are read in the same run.

use super::cue::{self, Part, Variant};
use super::file::{Placed, RuleFile};
use super::written::WrittenStanding;
use crate::error::Mistake;
use crate::normal::Normal;

/// Beginnings of standing sentences.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    openers: Vec<Opener>,
}

/// One cue in all its readings.
#[derive(Debug)]
struct Opener {
    id: String,
    variants: Vec<Variant>,
}

impl Standing {
    /// The rule that knows the sentence.
    pub(crate) fn rule(&self, sentence: &str) -> Option<&str> {
        let normal = Normal::new(sentence).text;
        let normal: Vec<&str> = normal.split_whitespace().collect();
        let normal = normal.join(" ");
        let start = normal.find(char::is_alphanumeric)?;
        let opener = self
            .openers
            .iter()
            .find(|opener| opener.opens(&normal[start..]))?;
        Some(&opener.id)
    }
}

impl Opener {
    fn opens(&self, normal: &str) -> bool {
        self.variants.iter().any(|variant| begins(&variant.parts, normal))
    }
}

/// Whether a text begins with the first part and the others stand behind it, each within its gap.
fn begins(parts: &[Part], text: &str) -> bool {
    let Some((part, others)) = parts.split_first() else {
        return true;
    };
    let mut rest = text;
    for _ in 0..=part.gap {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let found = part.literals.iter().any(|literal| {
            let after = rest.strip_prefix(literal.words.as_str());
            after.is_some_and(|after| {
                let whole = !after.starts_with(char::is_alphanumeric);
                let after = after.trim_start_matches(char::is_alphanumeric);
                (whole || literal.open) && begins(others, after)
            })
        });
        if found {
            return true;
        }
        rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '\'');
    }
    false
}

/// Compiles the list and holds it against its own examples.
pub(crate) fn standing(
    files: &[RuleFile],
    written: &WrittenStanding,
    mistakes: &mut Vec<Mistake>,
) -> Standing {
    let Some(file) = files.get(written.file) else {
        return Standing::default();
    };
    let mut mistake = |at: &Placed<String>, message: String| {
        mistakes.push(Mistake::new(file, at.at, message));
    };
    let mut openers = Vec::new();
    for text in &written.opens {
        match cue::variants(&text.value) {
            Ok(variants) => openers.push(Opener {
                id: format!("{}/{}", file.id(), cue::slug(&cue::first_reading(&text.value))),
                variants,
            }),
            Err(message) => mistake(text, message),
        }
    }
    let standing = Standing { openers };
    for text in &written.examples {
        if standing.rule(&text.value).is_none() {
            mistake(text, "no cue of `opens` begins this example".to_owned());
        }
    }
    for text in &written.not {
        if let Some(rule) = standing.rule(&text.value) {
            mistake(text, format!("this is no standing text, but `{rule}` takes it"));
        }
    }
    for (opener, text) in standing.openers.iter().zip(&written.opens) {
        let shown = written
            .examples
            .iter()
            .any(|example| standing.rule(&example.value) == Some(&opener.id));
        if !shown {
            mistake(
                text,
                "no sentence of `examples` is taken by this cue: add one".to_owned(),
            );
        }
    }
    standing
}
