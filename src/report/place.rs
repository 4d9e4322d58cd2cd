//! Where a label's words stand in the sentence that is shown.

use std::ops::Range;

use super::visible_line;
use crate::row::{Evidence, Row};

/// Where evidence stands in the sentence as read, in characters.
///
/// The sentence as read leaves out page furniture, so places after a page break lie further left than offsets say:
/// the nearest place at or before the offset that holds the words is taken. Only for showing; where the words are
/// not found as they stand, there is no place.
pub(super) fn place(row: &Row, sentence: &[char], evidence: &Evidence) -> Option<Range<usize>> {
    if evidence.start < row.start || evidence.end > row.end {
        return None;
    }
    let words = evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<char> = visible_line(&words).chars().collect();
    let last = (evidence.start - row.start).min(sentence.len().checked_sub(words.len())?);
    (0..=last)
        .rev()
        .find(|&at| sentence[at..].starts_with(&words))
        .map(|at| at..at + words.len())
}

/// The sentence made safe to show, in stretches that are evidence of one of the labels (`true`) or not.
pub(super) fn stretches<'a>(
    row: &Row,
    evidence: impl IntoIterator<Item = &'a Evidence>,
) -> Vec<(String, bool)> {
    let characters: Vec<char> = visible_line(&row.text).chars().collect();
    let mut marked = vec![false; characters.len()];
    for evidence in evidence {
        if let Some(place) = place(row, &characters, evidence) {
            marked[place].fill(true);
        }
    }
    let mut at = 0;
    let stretches = marked.chunk_by(|left, right| left == right);
    stretches
        .map(|stretch| {
            let text = characters[at..at + stretch.len()].iter().collect();
            at += stretch.len();
            (text, stretch[0])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Via;

    fn row(text: &str, start: usize, end: usize) -> Row {
        serde_json::from_value(serde_json::json!({
            "schema": 1, "rules": "f", "id": "a", "document": "d", "sentence": 1, "section": null,
            "section_role": "findings", "section_grade": null, "page": null, "paragraph": null, "start": start,
            "end": end, "text": text, "polarity": "concern", "labels": [], "source": "inspector",
            "time": "current", "change": "none",
        }))
        .unwrap()
    }

    fn found(row: &Row, start: usize, text: &str) -> Option<Range<usize>> {
        let end = start + text.chars().count();
        let evidence = Evidence {
            rule: "r/r".into(),
            start,
            end,
            text: text.into(),
            via: Via::Clause,
        };
        place(row, &row.text.chars().collect::<Vec<_>>(), &evidence)
    }

    #[test]
    fn evidence_is_found_at_its_offset() {
        let row = row("Weak plans and weak plans.", 100, 126);
        assert_eq!(found(&row, 115, "weak plans"), Some(15..25));
        assert_eq!(found(&row, 105, "plans"), Some(5..10));
        assert_eq!(found(&row, 50, "plans"), None);
    }

    #[test]
    fn evidence_after_dropped_page_furniture_is_found_further_left() {
        // "Plans are" + a page break with its footer of 12 characters + "not weak."
        let row = row("Plans are not weak.", 0, 31);
        assert_eq!(found(&row, 26, "weak"), Some(14..18));
    }

    #[test]
    fn words_that_are_not_there_are_not_underlined() {
        let row = row("Plans.", 0, 40);
        assert_eq!(found(&row, 3, "much longer than the sentence"), None);
        assert_eq!(found(&row, 3, "xyz"), None);
    }
}
