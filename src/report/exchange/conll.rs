//! CoNLL-U Plus (universaldependencies.org/ext-format.html): one token a line, for annotators and for programs that learn
//! from marked words.
//!
//! Comments before a sentence tell what it says as a whole; a column marks the words on which labels rest, `B-` the
//! first and `I-` the others. Only sentences that give rows are there. `start_char` and `end_char` count characters of
//! the sentence as `# text` has it; `# start` is where the sentence begins in the text that `findings text` prints.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use super::{Exchange, ExchangeFormat, File, codes};
use crate::report::place::place;
use crate::report::visible_line;
use crate::row::Row;

/// One file of tokens.
pub(super) const FORMAT: ExchangeFormat = ExchangeFormat {
    name: "conllup",
    endings: &["conllup", "conll"],
    about: "CoNLL-U Plus: one token a line, with the words behind each label",
    folder: false,
    documents: true,
    files,
};

const COLUMNS: &str = "# global.columns = ID FORM MISC FINDINGS:EVIDENCE\n";

fn files(exchange: &Exchange<'_>) -> io::Result<Vec<File>> {
    let mut text = String::from(COLUMNS);
    for document in exchange.documents {
        for (n, row) in document.rows.iter().enumerate() {
            if n == 0 {
                text += &format!("# newdoc id = {}\n", visible_line(document.name));
            }
            sentence(row, &mut text);
        }
    }
    let name = String::new();
    Ok(vec![File {
        name,
        bytes: text.into_bytes(),
    }])
}

fn sentence(row: &Row, out: &mut String) {
    let words = visible_line(&row.text);
    let characters: Vec<char> = words.chars().collect();
    let labels: Vec<String> = codes(row)
        .iter()
        .map(|(theme, tone)| format!("{theme}:{tone}"))
        .collect();
    let labels = if labels.is_empty() {
        "_".to_owned()
    } else {
        labels.join(" ")
    };
    // Writing to a string cannot fail.
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "# {name} = {value}");
    };
    line("sent_id", &row.id);
    line("text", &words);
    line("start", &row.start.to_string());
    line("end", &row.end.to_string());
    if let Some(page) = row.page {
        line("page", &page.to_string());
    }
    if let Some(paragraph) = &row.paragraph {
        line("paragraph", &visible_line(paragraph));
    }
    line("polarity", row.polarity.name());
    line("labels", &labels);
    line("source", row.source.name());
    line("time", row.time.name());
    line("change", row.change.name());
    let marks = marks(row, &characters);
    let tokens = tokens(&characters);
    let mut before: Vec<&str> = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let form: String = characters[token.clone()].iter().collect();
        let next = tokens.get(n + 1).map(|next| next.start);
        let joined = if next == Some(token.end) {
            "|SpaceAfter=No"
        } else {
            ""
        };
        let here: Vec<&str> = marks
            .iter()
            .filter(|(place, _)| place.start < token.end && token.start < place.end)
            .map(|(_, label)| label.as_str())
            .collect();
        let mut shown: Vec<String> = Vec::new();
        for label in &here {
            let opens = if before.contains(label) { "I" } else { "B" };
            let mark = format!("{opens}-{label}");
            if !shown.contains(&mark) {
                shown.push(mark);
            }
        }
        let shown = if shown.is_empty() {
            "_".to_owned()
        } else {
            shown.join("|")
        };
        before = here;
        let (start, end) = (token.start, token.end);
        let _ = writeln!(
            out,
            "{}\t{form}\tstart_char={start}|end_char={end}{joined}\t{shown}",
            n + 1
        );
    }
    out.push('\n');
}

/// Where the words behind labels stand in the sentence, with the label.
fn marks(row: &Row, characters: &[char]) -> Vec<(Range<usize>, String)> {
    let mut marks = Vec::new();
    for label in &row.labels {
        for evidence in &label.evidence {
            if let Some(place) = place(row, characters, evidence) {
                marks.push((place, format!("{}:{}", label.theme, label.polarity)));
            }
        }
    }
    marks.sort_by_key(|(place, _)| place.start);
    marks
}

/// Words, with apostrophes, hyphens and points inside them; numbers; every other sign by itself.
fn tokens(characters: &[char]) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let wordy = |at: usize| characters.get(at).is_some_and(|c| c.is_alphanumeric());
        at += 1;
        if wordy(start) {
            while wordy(at) || ("'’-‑.,".contains(*characters.get(at).unwrap_or(&' ')) && wordy(at + 1)) {
                at += 1;
            }
        }
        tokens.push(start..at);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_signs_stand_alone() {
        let text = "Staff’s well-run teams (over 1,200) aren't “weak”. e.g. £3m…";
        let characters: Vec<char> = text.chars().collect();
        let found: Vec<String> = tokens(&characters)
            .into_iter()
            .map(|token| characters[token].iter().collect())
            .collect();
        assert_eq!(
            found,
            [
                "Staff’s",
                "well-run",
                "teams",
                "(",
                "over",
                "1,200",
                ")",
                "aren't",
                "“",
                "weak",
                "”",
                ".",
                "e.g",
                ".",
                "£",
                "3m",
                "…"
            ]
        );
    }
}
