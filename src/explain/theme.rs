//! Which reason decided the labels of a sentence: each that it has, and a theme that it has no label of.

use super::decisive::{Sentence, because, exempt, not_near, quoted};
use super::{CueSeen, Decisive, Named, Reason, ThemeSeen};
use crate::codebook::{Polarity, Via};
use crate::label::{Fate, Held};
use crate::row::{Evidence, Label, Row};

impl Sentence<'_> {
    /// What decided the labels: of one theme, or of all that have a label or are named.
    pub(super) fn themes(&self, asked: Option<&str>) -> Vec<ThemeSeen> {
        let row = &self.view.rows[self.n];
        let mut seen = Vec::new();
        for (number, theme) in (0..).zip(&self.view.themes) {
            if asked.is_some_and(|asked| asked != *theme) {
                continue;
            }
            let labels: Vec<&Label> = row.labels.iter().filter(|label| label.theme == *theme).collect();
            seen.extend(labels.iter().map(|label| self.labelled(label)));
            let names =
                |cue: &CueSeen| cue.theme.as_deref() == Some(theme) && !cue.does.ends_with("near the theme");
            if labels.is_empty() && (asked.is_some() || self.cues.iter().any(names)) {
                seen.push(ThemeSeen {
                    theme: (*theme).to_owned(),
                    polarity: None,
                    named: None,
                    decisive: self.unlabelled(theme, number),
                });
            }
        }
        seen
    }

    fn labelled(&self, label: &Label) -> ThemeSeen {
        let held = self
            .held()
            .iter()
            .filter(|held| held.tone == label.polarity && self.made(held, label));
        let held = held.max_by_key(|held| (held.rank, std::cmp::Reverse(held.cues.first().copied())));
        let row = &self.view.rows[self.n];
        let named = self.named(label);
        let mut decisive = match held {
            Some(held) => self.judged(held),
            None if row.polarity == Polarity::Neutral => self.unjudged(),
            None => {
                let other = self.polarity();
                let words = format!("the sentence judges something else: {}", other.words);
                Decisive {
                    reason: Reason::JudgesOther,
                    words,
                    cues: other.cues,
                }
            }
        };
        let elsewhere = held.is_some_and(|held| {
            let cues = self.cues_of(held);
            let at_sentence = |evidence: &&Evidence| evidence.via == Via::Sentence;
            label
                .evidence
                .iter()
                .filter(at_sentence)
                .any(|evidence| cues.iter().any(|cue| of(cue, evidence)))
        });
        match &named {
            Some(named) if named.via == Via::Paragraph => {
                let from = named
                    .sentence
                    .map_or_else(String::new, |n| format!(" of sentence {n}"));
                decisive.words = format!(
                    "carried over from “{}” ({}){from}, in the same paragraph; {}",
                    named.text, named.rule, decisive.words
                );
                decisive.reason = Reason::Topic;
            }
            Some(named) if named.via == Via::Section => {
                decisive.words = format!("the heading “{}” names it; {}", named.text, decisive.words);
                decisive.reason = Reason::Heading;
            }
            _ if elsewhere => {
                decisive.words = format!("in another clause {}", decisive.words);
                decisive.reason = Reason::OtherClause;
            }
            _ => {}
        }
        ThemeSeen {
            theme: label.theme.clone(),
            polarity: Some(label.polarity),
            named,
            decisive,
        }
    }

    /// Whether a judgement is in a label's evidence.
    fn made(&self, held: &Held, label: &Label) -> bool {
        let cues = self.cues_of(held);
        label.evidence.iter().any(|evidence| {
            held.section.as_ref() == Some(&evidence.rule) || cues.iter().any(|cue| of(cue, evidence))
        })
    }

    /// The words that name a label's theme.
    fn named(&self, label: &Label) -> Option<Named> {
        let named = |evidence: &&Evidence| {
            let own = |cue: &CueSeen| {
                of(cue, evidence)
                    && cue.theme.as_ref() == Some(&label.theme)
                    && !cue.does.ends_with("near the theme")
            };
            evidence.via == Via::Paragraph || evidence.rule == "section/heading" || self.cues.iter().any(own)
        };
        let evidence = label.evidence.iter().find(named)?;
        let rows = &self.view.rows;
        let inside = |row: &&Row| row.start <= evidence.start && evidence.end <= row.end;
        Some(Named {
            text: evidence.text.clone(),
            rule: evidence.rule.clone(),
            via: evidence.via,
            sentence: rows.iter().find(inside).map(|row| row.sentence),
        })
    }

    /// Why there is no label of a theme.
    fn unlabelled(&self, theme: &str, number: u16) -> Decisive {
        let own = || self.cues.iter().filter(|cue| cue.theme.as_deref() == Some(theme));
        let naming = |fate: Fate| own().find(|cue| cue.fate == fate && !cue.does.ends_with("near the theme"));
        let by = |cue: &CueSeen| match self
            .cues
            .iter()
            .find(|other| Some(&other.rule) == cue.by.as_ref())
        {
            Some(other) => quoted(other),
            None => cue.by.clone().unwrap_or_else(|| "another cue".to_owned()),
        };
        if let Some(cue) = naming(Fate::Yields) {
            let words = format!("{} names it, but gives way to {}", quoted(cue), by(cue));
            return because(Reason::Yields, words, &[cue]);
        }
        if let Some(cue) = naming(Fate::Exempt) {
            return because(Reason::Exempt, exempt(cue), &[cue]);
        }
        if let Some(cue) = naming(Fate::Hint) {
            let words = format!(
                "{} only hints at it, and {} names another theme",
                quoted(cue),
                by(cue)
            );
            return because(Reason::Hint, words, &[cue]);
        }
        if let Some(cue) = naming(Fate::Longer) {
            let words = format!("{} lies inside a longer cue, {}", quoted(cue), by(cue));
            return because(Reason::Longer, words, &[cue]);
        }
        if let Some(miss) = self.view.near_miss(self.n, number) {
            let (reason, words) = match miss.too_many {
                0 => (
                    Reason::Cut,
                    format!(
                        "a clause ends inside “{}”, so {} does not match",
                        miss.text, miss.rule
                    ),
                ),
                1 => (
                    Reason::TooFar,
                    format!(
                        "{} allows one word less than stands in “{}”",
                        miss.rule, miss.text
                    ),
                ),
                many => (
                    Reason::TooFar,
                    format!(
                        "{} allows {many} words less than stand in “{}”",
                        miss.rule, miss.text
                    ),
                ),
            };
            return Decisive {
                reason,
                words,
                cues: vec![miss.rule],
            };
        }
        if let Some(cue) = own().find(|cue| cue.fate == Fate::NotNear) {
            return because(Reason::NotNear, not_near(cue), &[cue]);
        }
        self.not_named(theme, number)
    }

    /// No word of the sentence names the theme: whether its surroundings do.
    fn not_named(&self, theme: &str, number: u16) -> Decisive {
        let row = &self.view.rows[self.n];
        let sentences = &self.view.reading.sentences;
        let here = |evidence: &Evidence| matches!(evidence.via, Via::Clause | Via::Sentence);
        let names = |label: &&Label| self.view.themes.contains(&label.theme.as_str());
        let mut own = row.labels.iter().filter(names);
        let instead = own
            .next()
            .and_then(|label| self.named(label).map(|named| (label, named)));
        let instead = match &instead {
            Some((label, named)) if named.via == Via::Paragraph => {
                format!(
                    "the paragraph is on {} (sentence {})",
                    label.theme,
                    named.sentence.unwrap_or_default()
                )
            }
            Some((label, _)) => format!("this sentence is on {}", label.theme),
            None => "this sentence names none, and the paragraph is on no single theme".to_owned(),
        };
        let before = (0..self.n)
            .rev()
            .take_while(|n| sentences[*n].paragraph == sentences[self.n].paragraph);
        let mut before = before.map(|n| &self.view.rows[n]);
        let named_before = before.find(|row| {
            let label = row.labels.iter().find(|label| label.theme == theme);
            label.is_some_and(|label| label.evidence.iter().any(here))
        });
        if let Some(before) = named_before {
            let words = format!(
                "sentence {} of the paragraph names it, but {instead}",
                before.sentence
            );
            return because(Reason::NamedBefore, words, &[]);
        }
        let reading = self.view.reading;
        let heading = reading.sections[sentences[self.n].section].heading;
        let of_heading = heading.is_some_and(|span| {
            let normal = &reading.text.normal;
            let mut themes = self
                .view
                .rules
                .lexicon
                .heading_themes(normal.span_from_text(span).of(&normal.text));
            themes.any(|theme| theme == number)
        });
        if of_heading {
            let heading = row.section.as_deref().unwrap_or_default();
            let words = format!("the heading “{heading}” names it, but {instead}");
            return because(Reason::HeadingGivesWay, words, &[]);
        }
        let words = "no word of the sentence names it, nor does its paragraph or heading".to_owned();
        because(Reason::NotNamed, words, &[])
    }
}

/// Whether a piece of evidence is of a cue.
fn of(cue: &CueSeen, evidence: &Evidence) -> bool {
    cue.rule == evidence.rule && cue.start <= evidence.start && evidence.end <= cue.end
}
