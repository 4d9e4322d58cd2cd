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

/// Compiles the lists of all layers; `check` holds them against their own examples.
pub(crate) fn standing(
    files: &[RuleFile],
    layers: &[WrittenStanding],
    check: bool,
    mistakes: &mut Vec<Mistake>,
) -> Standing {
    let mut standing = Standing::default();
    for layer in layers {
        for text in &layer.off {
            let before = standing.openers.len();
            standing.openers.retain(|opener| opener.id != text.value);
            if standing.openers.len() == before {
                let message = format!(
                    "there is no cue `{}` to switch off: write the id of one",
                    text.value
                );
                mistakes.push(Mistake::new(&files[layer.file], text.at, message).coded("E305"));
            }
        }
        for text in &layer.opens {
            match cue::variants(&text.value) {
                Ok(variants) => standing.openers.push(Opener {
                    id: format!("standing/{}", cue::slug(&cue::first_reading(&text.value))),
                    variants,
                }),
                Err(fault) => mistakes.push(fault.mistake(&files[layer.file], text)),
            }
        }
        // Which of two cues is named must not depend on the order of the list.
        standing.openers.sort_by(|a, b| a.id.cmp(&b.id));
        if check {
            held(&files[layer.file], layer, &standing, mistakes);
        }
    }
    standing
}

/// Every example is taken, no sentence of `not` is, and every cue takes an example.
fn held(file: &RuleFile, layer: &WrittenStanding, standing: &Standing, mistakes: &mut Vec<Mistake>) {
    let mut mistake = |at: &Placed<String>, message: String| {
        mistakes.push(Mistake::new(file, at.at, message).coded("E111"));
    };
    let examples: Vec<(&Placed<String>, Option<&str>)> = layer
        .examples
        .iter()
        .map(|text| (text, standing.rule(&text.value)))
        .collect();
    for (text, rule) in &examples {
        if rule.is_none() {
            mistake(text, "no cue of `opens` begins this example".to_owned());
        }
    }
    for text in &layer.not {
        if let Some(rule) = standing.rule(&text.value) {
            mistake(text, format!("this is no standing text, but `{rule}` takes it"));
        }
    }
    for text in &layer.opens {
        let id = format!("standing/{}", cue::slug(&cue::first_reading(&text.value)));
        if !examples.iter().any(|(_, rule)| *rule == Some(id.as_str())) {
            mistake(
                text,
                "no sentence of `examples` is taken by this cue: add one".to_owned(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Rules;
    use crate::rules::RuleFile;

    fn rules(text: &str) -> Result<Rules, crate::Error> {
        Rules::from_files(vec![RuleFile::new("standing.toml", text)])
    }

    #[test]
    fn a_sentence_is_taken_by_its_beginning_and_gaps_are_kept() {
        let rules = rules(
            "about = \"a\"\nopens = [\"(the|a) visit was (made|carried out) ..3 act\", \"thank*\"]\n\
             examples = [\"The visit was made under the Act.\", \"Thanks.\"]\n\
             not = [\"So the visit was made under an act.\", \"The visit was made by a team that had no right to act.\"]\n",
        )
        .expect("it holds");
        assert_eq!(
            rules.standing_text("• A visit was carried out, under the ACT"),
            Some("standing/the-visit-was-made..3.act")
        );
        assert_eq!(
            rules.standing_text("Thankfully, all is well."),
            Some("standing/thank*")
        );
        assert_eq!(rules.standing_text("The visitor was made to act."), None);
        assert_eq!(rules.standing_text("–"), None);
    }

    #[test]
    fn a_list_that_does_not_hold_is_told() {
        let error = rules(
            "about = \"a\"\nopens = [\"thank*\", \"dear\"]\nexamples = [\"Thanks.\", \"Plans are weak.\"]\nnot = [\"Thankless work.\"]\n",
        )
        .map(|_| ())
        .expect_err("three mistakes")
        .to_string();
        for told in [
            "standing.toml:3:24: no cue of `opens` begins this example",
            "standing.toml:4:8: this is no standing text, but `standing/thank*` takes it",
            "standing.toml:2:20: no sentence of `examples` is taken by this cue",
        ] {
            assert!(error.contains(told), "{error}");
        }
    }
}
