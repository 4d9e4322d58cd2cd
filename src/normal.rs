//! The normal form in which cues and text meet.
//!
//! In: text as read. Out: the same in lower case, with straight quotes, hyphens as spaces, single spaces, and a map
//! back. Not decided here: where words, sentences or clauses end.
//!
//! One form for both sides is what lets a cue written `children's` find "Children’s", and what keeps spans true: a
//! match in the normal form is carried back by the map and never looked for again.

use crate::span::Span;

/// Text in normal form and the way back to the text that it was made from.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Normal {
    /// The normal form.
    pub text: String,
    /// (byte in the normal form, byte in the text), one entry wherever the distance between the two changes.
    map: Vec<(usize, usize)>,
}

impl Normal {
    /// The normal form of `text`.
    pub fn new(text: &str) -> Self {
        let mut normal = Self { text: String::with_capacity(text.len()), map: vec![(0, 0)] };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let run = bytes[at..].iter().take_while(|b| b.is_ascii() && **b != b'-').count();
            if run > 0 {
                let start = normal.text.len();
                normal.text.push_str(&text[at..at + run]);
                normal.text[start..].make_ascii_lowercase();
                at += run;
                continue;
            }
            let c = text[at..].chars().next().expect("`at` stands on a character");
            push(&mut normal.text, c);
            at += c.len_utf8();
            let distance = normal.map.last().map_or(0, |(n, t)| t - n);
            if at - normal.text.len() != distance || at < normal.text.len() {
                normal.map.push((normal.text.len(), at));
            }
        }
        normal
    }

    /// The place in the text of a byte of the normal form.
    pub fn to_text(&self, at: usize) -> usize {
        let entry = self.map.partition_point(|(n, _)| *n <= at) - 1;
        let (n, t) = self.map[entry];
        t + (at - n)
    }

    /// The place in the normal form of a byte of the text.
    pub fn from_text(&self, at: usize) -> usize {
        let entry = self.map.partition_point(|(_, t)| *t <= at) - 1;
        let (n, t) = self.map[entry];
        let limit = self.map.get(entry + 1).map_or(self.text.len(), |next| next.0);
        (n + (at - t)).min(limit)
    }

    /// The span in the text of a span of the normal form.
    pub fn span_to_text(&self, span: Span) -> Span {
        Span::new(self.to_text(span.start), self.to_text(span.end))
    }

    /// The span in the normal form of a span of the text.
    pub fn span_from_text(&self, span: Span) -> Span {
        Span::new(self.from_text(span.start), self.from_text(span.end))
    }
}

/// Only forms that are never longer than what they stand for, so that the normal form never outgrows the text.
fn push(out: &mut String, c: char) {
    match c {
        '-' | '\u{2010}' | '\u{2011}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
        '‘' | '’' | 'ʼ' | '′' | '`' => out.push('\''),
        '“' | '”' | '″' => out.push('"'),
        '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
        'ﬁ' => out.push_str("fi"),
        'ﬂ' => out.push_str("fl"),
        'ﬀ' => out.push_str("ff"),
        'ﬃ' => out.push_str("ffi"),
        'ﬄ' => out.push_str("ffl"),
        _ => {
            let before = out.len();
            out.extend(c.to_lowercase());
            if out.len() - before > c.len_utf8() {
                out.truncate(before);
                out.push(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_spans_both_ways() {
        let text = "Children’s – “multi‑agency” PLANS";
        let normal = Normal::new(text);
        assert_eq!(normal.text, "children's – \"multi agency\" plans");
        let at = normal.text.find("plans").expect("stands there");
        assert_eq!(normal.span_to_text(Span::new(at, at + 5)).of(text), "PLANS");
        let start = text.find("multi").expect("stands there");
        let there = normal.span_from_text(Span::new(start, start + "multi‑agency".len()));
        assert_eq!(there.of(&normal.text), "multi agency");
    }

    #[test]
    fn lower_case_never_grows() {
        for text in ["İstanbul", "ẞ", "ǅ", "", "\u{ad}\u{ad}", "ﬃ-ﬁ"] {
            assert!(Normal::new(text).text.len() <= text.len(), "{text}");
        }
    }
}
