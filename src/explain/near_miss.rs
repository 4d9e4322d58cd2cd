//! Cues of a theme that all but stand in a sentence: their parts are there, in order, but a clause ends between them or
//! more words do than the cue allows.

use super::View;
use crate::rules::Act;
use crate::scan::Hit;
use crate::span::Span;

/// A cue that all but matches.
pub(super) struct NearMiss {
    /// Its id.
    pub(super) rule: String,
    /// From its first word to its last.
    pub(super) text: String,
    /// How many words too many stand between its parts; 0 where only a clause ends between them.
    pub(super) too_many: usize,
}

/// Words too many that still count as nearly: more, and the parts have nothing to do with one another.
const NEARLY: usize = 8;

impl View<'_> {
    /// The cue that comes nearest to naming a theme: one cut by the end of a clause, else the one with the fewest words too
    /// many.
    pub(super) fn near_miss(&self, n: usize, theme: u16) -> Option<NearMiss> {
        let span = self
            .reading
            .text
            .normal
            .span_from_text(self.reading.sentences[n].span);
        let from = self.hits.partition_point(|hit| hit.start < span.start);
        let upto = self.hits.partition_point(|hit| hit.start < span.end);
        let hits = &self.hits[from..upto];
        let (first, last) = self.clause_range(n);
        let ends: Vec<usize> = self.reading.clauses[first..last]
            .iter()
            .map(|clause| clause.span.end)
            .collect();
        let mut best: Option<(usize, Span, u32)> = None;
        for (at, hit) in hits.iter().enumerate() {
            for (chain, open) in self.rules.lexicon.begins(hit.literal) {
                let cue = self.rules.lexicon.chains[chain as usize].cue;
                let names = match self.rules.cue(cue).act {
                    Act::Name { theme: own, .. } | Act::Judge { theme: own, .. } => own == theme,
                    _ => false,
                };
                if !names || (hit.word_end > hit.end && !open) {
                    continue;
                }
                let Some((end, too_many)) = self.stretch(chain, hit.word_end, &hits[at + 1..]) else {
                    continue;
                };
                let span = Span::new(hit.start, end);
                let cut = ends.iter().any(|at| span.start < *at && *at < span.end);
                let better = best.is_none_or(|(least, _, _)| too_many < least);
                if (cut || too_many > 0) && too_many <= NEARLY && better {
                    best = Some((too_many, span, cue));
                }
            }
        }
        best.map(|(too_many, span, cue)| NearMiss {
            rule: self.rules.cue(cue).id.to_string(),
            text: self.words(span).to_owned(),
            too_many,
        })
    }

    /// The end of a chain whose gaps may stretch, and by how many words they have to.
    fn stretch(&self, chain: u32, begun: usize, hits: &[Hit]) -> Option<(usize, usize)> {
        let normal = &self.reading.text.normal.text;
        let (mut end, mut too_many) = (begun, 0);
        for part in self.rules.lexicon.further(chain) {
            let fits = |hit: &&Hit| {
                let open = self.rules.lexicon.open(part, hit.literal);
                hit.start > end && open.is_some_and(|open| open || hit.word_end == hit.end)
            };
            let next = hits.iter().find(fits)?;
            let between = normal.get(end..next.start)?;
            if part.gap == 0 && between != " " {
                return None;
            }
            let words = between.split(' ');
            let words = words.filter(|word| word.bytes().any(|b| b.is_ascii_alphanumeric()));
            too_many += words.count().saturating_sub(usize::from(part.gap));
            end = next.word_end;
        }
        Some((end, too_many))
    }
}
