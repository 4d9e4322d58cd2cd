//! A sentence as it is counted: which cues speak in it, which say the same, which the opposite.

use std::collections::{BTreeSet, HashMap};

use super::duty::{Duty, Roll};
use crate::codebook::Tone;
use crate::gold::Gold;
use crate::label::{Label, Verdict};
use crate::matches::Match;
use crate::reading::Reading;

/// A sentence in hand.
pub(super) struct Sentence<'a> {
    pub(super) n: usize,
    pub(super) matches: &'a [Match],
    pub(super) verdict: &'a Verdict,
    pub(super) gold: Option<&'a Gold>,
    /// Clauses with the cues that speak in them, each once.
    speaking: BTreeSet<(usize, usize)>,
    /// For each label the cues and lists in its evidence.
    pub(super) evidence: Vec<BTreeSet<usize>>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(
        roll: &Roll,
        n: usize,
        matches: &'a [Match],
        verdict: &'a Verdict,
        gold: Option<&'a Gold>,
    ) -> Self {
        let alive = || matches.iter().filter(|m| m.silenced_by.is_none());
        let named: BTreeSet<(usize, u16)> = alive()
            .filter_map(|m| {
                let member = &roll.members[m.cue as usize];
                match member.duty {
                    Duty::Name(theme) => Some((m.clause, theme)),
                    Duty::Own(theme, _) if member.near.is_none() => Some((m.clause, theme)),
                    _ => None,
                }
            })
            .collect();
        let speaks = |m: &&Match| {
            let near = roll.members[m.cue as usize].near;
            near.is_none_or(|theme| named.contains(&(m.clause, theme)))
        };
        let speaking = alive()
            .filter(speaks)
            .map(|m| (m.clause, m.cue as usize))
            .collect();
        let evidence = verdict.labels.iter().map(|label| {
            let cues = label.evidence.iter().filter_map(|piece| roll.number(&piece.rule));
            cues.flat_map(|cue| [cue, roll.list(cue)]).collect()
        });
        Self {
            n,
            matches,
            verdict,
            gold,
            speaking,
            evidence: evidence.collect(),
        }
    }

    /// Whether a cue or list stands in the evidence of a label.
    pub(super) fn made(&self, number: usize, fits: impl Fn(&Label) -> bool) -> bool {
        let mut labels = self.verdict.labels.iter().zip(&self.evidence);
        labels.any(|(label, evidence)| fits(label) && evidence.contains(&number))
    }

    /// The cues that speak in it.
    pub(super) fn cues(&self) -> impl Iterator<Item = usize> {
        let cues: BTreeSet<usize> = self.speaking.iter().map(|(_, cue)| *cue).collect();
        cues.into_iter()
    }

    /// Whether a cue or a cue of a list speaks in it.
    pub(super) fn speaks(&self, roll: &Roll, number: usize) -> bool {
        self.speaking
            .iter()
            .any(|(_, cue)| *cue == number || roll.list(*cue) == number)
    }

    /// Whether words judge it. Where they do not, it says anything by its section alone.
    pub(super) fn judged(&self, roll: &Roll) -> bool {
        self.speaking.iter().any(|(_, cue)| roll.members[*cue].alone)
    }

    /// Cues that say what another cue of it says too.
    pub(super) fn doubled(&self, roll: &Roll) -> impl Iterator<Item = usize> {
        // Operators are of one kind where they stand in one list.
        let says = |cue: usize| match roll.members[cue].duty {
            Duty::Shape => None,
            Duty::Own(_, tone) => Some((Duty::Judge(tone), None)),
            duty @ Duty::Turn(_) => Some((duty, Some(roll.members[cue].list))),
            duty => Some((duty, None)),
        };
        let mut times: HashMap<_, usize> = HashMap::new();
        for cue in self.cues() {
            *times.entry(says(cue)).or_default() += 1;
        }
        self.cues()
            .filter(move |cue| says(*cue).is_some_and(|says| times[&Some(says)] > 1))
    }

    /// Cues that judge, beside one of the opposite tone: in one clause, unless both made the same label ("delays have
    /// been well addressed"), or in the evidence of opposite labels of one theme.
    pub(super) fn opposed(&self, roll: &Roll) -> impl Iterator<Item = usize> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let toned: Vec<(usize, usize, Tone)> = self
            .speaking
            .iter()
            .filter_map(|(clause, cue)| Some((*clause, *cue, roll.members[*cue].duty.tone()?)))
            .collect();
        for clause in toned.chunk_by(|a, b| a.0 == b.0) {
            for (_, a, tone) in clause {
                let opposes = |(_, b, other): &(usize, usize, Tone)| {
                    let together = |evidence: &BTreeSet<usize>| evidence.contains(a) && evidence.contains(b);
                    other != tone && !self.evidence.iter().any(together)
                };
                if clause.iter().any(opposes) {
                    found.insert(*a);
                }
            }
        }
        let labels = || self.verdict.labels.iter().zip(&self.evidence);
        for (label, evidence) in labels() {
            let opposite = match label.tone {
                Tone::Strength => Tone::Concern,
                Tone::Concern => Tone::Strength,
                Tone::Neutral => continue,
            };
            if labels().any(|(other, _)| other.theme == label.theme && other.tone == opposite) {
                let cues = evidence.iter().filter(|number| **number < roll.members.len());
                found.extend(cues.filter(|cue| roll.members[**cue].duty.judges()));
            }
        }
        found.into_iter()
    }

    /// Its words outside the cues that judge: what stands beside praise and criticism.
    pub(super) fn beside_cues<'r>(&self, roll: &Roll, reading: &'r Reading) -> Vec<&'r str> {
        let normal = &reading.text.normal;
        let whole = normal.span_from_text(reading.sentences[self.n].span);
        let judging = self
            .matches
            .iter()
            .filter(|m| roll.members[m.cue as usize].duty.judges());
        let mut runs: Vec<_> = judging.flat_map(|m| m.runs()).copied().collect();
        runs.sort();
        let mut stretches = Vec::new();
        let mut at = whole.start;
        for run in runs {
            stretches.extend(normal.text.get(at..run.start));
            at = at.max(run.end);
        }
        stretches.extend(normal.text.get(at..whole.end));
        stretches
    }
}
