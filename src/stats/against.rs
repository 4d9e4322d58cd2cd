//! What the rules say of a sentence, held against what gold says.

use super::duty::{Duty, Roll};
use super::sentence::Sentence;
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::gold::Gold;
use crate::label::Verdict;

/// What rules and gold both say of a sentence beside its labels.
pub(super) trait Values {
    /// Polarity, source, time and change.
    fn values(&self) -> (Polarity, Speaker, Time, Change);
}

impl Values for Verdict {
    fn values(&self) -> (Polarity, Speaker, Time, Change) {
        (self.polarity, self.source, self.time, self.change)
    }
}

impl Values for Gold {
    fn values(&self) -> (Polarity, Speaker, Time, Change) {
        (self.polarity, self.source, self.time, self.change)
    }
}

/// Whether a sentence has the value that cues of this duty give; `None` for cues that make labels, or nothing.
pub(super) fn value(duty: Duty, of: &impl Values) -> Option<bool> {
    let (polarity, source, time, change) = of.values();
    match duty {
        Duty::Time(own) => Some(time == own),
        Duty::Change(own) => Some(change == own),
        Duty::Source(own) => Some(source == own),
        Duty::Plain => Some(polarity == Polarity::Neutral),
        _ => None,
    }
}

/// How many things of its kind gold has in a sentence, and how many of them a cue or list has made.
pub(super) fn wanted(roll: &Roll, sentence: &Sentence<'_>, gold: &Gold, number: usize) -> (u64, u64) {
    let finding = |tone: Tone| tone != Tone::Neutral;
    let one = |wants: bool, has: bool| (u64::from(wants), u64::from(wants && has));
    match roll.duty(number) {
        Duty::Name(theme) => {
            let wants = gold.labels.iter().any(|label| label.theme == roll.theme(theme));
            one(wants, sentence.made(number, |label| label.theme == theme))
        }
        Duty::Own(theme, tone) => {
            let wants = gold.pairs().contains(&(roll.theme(theme), tone));
            one(
                wants,
                sentence.made(number, |label| label.theme == theme && label.tone == tone),
            )
        }
        Duty::Judge(own) | Duty::Turn(Some(own)) => {
            let (mut wanted, mut found) = (0, 0);
            for (theme, tone) in gold.pairs() {
                let has = sentence.made(number, |label| {
                    roll.theme(label.theme) == theme && label.tone == tone
                });
                if finding(tone) && (tone == own || has) {
                    wanted += 1;
                    found += u64::from(has);
                }
            }
            (wanted, found)
        }
        duty @ (Duty::Time(_) | Duty::Change(_) | Duty::Source(_) | Duty::Plain) => {
            let has = value(duty, sentence.verdict) == Some(true) && sentence.speaks(roll, number);
            one(value(duty, gold) == Some(true), has)
        }
        Duty::Turn(None) | Duty::Shape => (0, 0),
    }
}

/// A label held against the gold labels of its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Against {
    /// Gold has the label.
    pub(super) right: bool,
    /// Gold does not name the theme.
    pub(super) theme_wrong: bool,
    /// Gold says something else of the theme, or where it does not name it, of the sentence.
    pub(super) polarity_wrong: bool,
}

impl Against {
    pub(super) fn new(gold: &Gold, theme: &str, tone: Tone) -> Self {
        let right = gold.pairs().contains(&(theme, tone));
        let named = gold.labels.iter().any(|label| label.theme == theme);
        let of_sentence = match tone {
            Tone::Strength => matches!(gold.polarity, Polarity::Strength | Polarity::Mixed),
            Tone::Concern => matches!(gold.polarity, Polarity::Concern | Polarity::Mixed),
            Tone::Neutral => gold.polarity == Polarity::Neutral,
        };
        Self {
            right,
            theme_wrong: !named,
            polarity_wrong: if named { !right } else { !of_sentence },
        }
    }

    /// Whether the label is wrong in what a cue of this duty decides.
    pub(super) fn fault(self, duty: Duty) -> bool {
        match duty {
            Duty::Name(_) => self.theme_wrong,
            Duty::Own(..) => !self.right,
            Duty::Judge(_) | Duty::Turn(_) => self.polarity_wrong,
            _ => false,
        }
    }
}
