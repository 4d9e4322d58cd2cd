//! What holds of every reading: spans nest, stand in order and cut no character, and no word is lost on the way. For the tests of
//! documents and for the fuzz targets.

use std::collections::HashMap;

use findings::Reading;
use findings::codebook::Via;
use findings::row::Row;
use findings::span::Span;

pub(crate) mod counts;

/// Fails where a reading or its rows break a law. `name` is told with the failure.
pub(crate) fn hold(name: &str, reading: &Reading, rows: &[Row]) {
    whole_characters(name, reading);
    nest(name, reading);
    cover(name, reading);
    evidence(name, reading);
    slices(name, reading, rows);
}

/// No span ends inside a character or outside its text.
fn whole_characters(name: &str, reading: &Reading) {
    let text = &reading.text;
    let whole = |of: &str, span: Span, what: &str| {
        assert!(
            span.start < span.end && of.get(span.start..span.end).is_some(),
            "{name}: the {what} {span:?} cuts a character, is empty or lies outside its text"
        );
    };
    for paragraph in &text.paragraphs {
        whole(&text.read, paragraph.span, "paragraph");
    }
    for section in &reading.sections {
        if let Some(heading) = section.heading {
            whole(&text.read, heading, "heading");
        }
    }
    for sentence in &reading.sentences {
        whole(&text.read, sentence.span, "sentence");
        whole(
            &text.printed,
            text.span_to_printed(sentence.span),
            "sentence as printed",
        );
    }
    let normal = |span: Span, what: &str| {
        whole(&text.normal.text, span, what);
        let read = text.normal.span_to_text(span);
        whole(&text.read, read, what);
        whole(&text.printed, text.span_to_printed(read), what);
    };
    for clause in &reading.clauses {
        let words = clause.span.of(&text.normal.text);
        let start = clause.span.start + words.len() - words.trim_start().len();
        // The space between two clauses may stand for nothing that was printed.
        normal(
            Span::new(start, clause.span.start + words.trim_end().len()),
            "clause",
        );
    }
    for found in &reading.matches {
        normal(found.span, "match");
        for run in found.runs() {
            normal(*run, "run of a match");
        }
    }
    for evidence in reading
        .verdicts
        .iter()
        .flat_map(|v| &v.labels)
        .flat_map(|l| &l.evidence)
    {
        normal(evidence.span, "evidence");
    }
}

/// Whether each span ends before the next begins.
fn in_order(spans: impl Iterator<Item = Span>) -> bool {
    let spans: Vec<Span> = spans.collect();
    spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// Sentences lie in paragraphs, clauses in sentences, matches in clauses, each in order.
fn nest(name: &str, reading: &Reading) {
    let text = &reading.text;
    assert!(
        in_order(text.paragraphs.iter().map(|p| p.span)),
        "{name}: paragraphs overlap"
    );
    assert!(
        in_order(reading.sentences.iter().map(|s| s.span)),
        "{name}: sentences overlap"
    );
    assert!(
        in_order(reading.clauses.iter().map(|c| c.span)),
        "{name}: clauses overlap"
    );
    let printed = reading.sentences.iter().map(|s| text.span_to_printed(s.span));
    assert!(in_order(printed), "{name}: sentences as printed overlap");
    for sentence in &reading.sentences {
        let section = &reading.sections[sentence.section];
        assert!(section.rows, "{name}: a section that gives no rows has sentences");
        assert!(
            section.paragraphs.contains(&sentence.paragraph),
            "{name}: a sentence in a strange section"
        );
        let paragraph = text.paragraphs[sentence.paragraph].span;
        assert!(
            paragraph.contains(sentence.span),
            "{name}: {sentence:?} reaches beyond its paragraph"
        );
    }
    for clause in &reading.clauses {
        let sentence = text
            .normal
            .span_from_text(reading.sentences[clause.sentence].span);
        assert!(
            sentence.contains(clause.span),
            "{name}: {clause:?} reaches beyond its sentence"
        );
    }
    for found in &reading.matches {
        let clause = &reading.clauses[found.clause];
        assert!(
            clause.span.contains(found.span),
            "{name}: {found:?} reaches beyond its clause"
        );
        let (first, last) = (found.runs()[0], found.runs()[found.runs().len() - 1]);
        assert_eq!(
            (first.start, last.end),
            (found.span.start, found.span.end),
            "{name}: {found:?}"
        );
        assert!(
            in_order(found.runs().iter().copied()),
            "{name}: the runs of {found:?} overlap"
        );
        if let Some(by) = found.silenced_by {
            let other = &reading.clauses[reading.matches[by].clause];
            assert_eq!(
                clause.sentence, other.sentence,
                "{name}: {found:?} is silenced from another sentence"
            );
        }
    }
    let starts = |m: &findings::matches::Match| (reading.clauses[m.clause].sentence, m.span.start);
    assert!(
        reading.matches.is_sorted_by_key(starts),
        "{name}: matches are not in order"
    );
}

/// Every sentence is covered by its clauses, every paragraph but for marks by its sentences.
fn cover(name: &str, reading: &Reading) {
    let text = &reading.text;
    let mut clauses = reading.clauses.iter().peekable();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let whole = text.normal.span_from_text(sentence.span);
        let mut at = whole.start;
        while let Some(clause) = clauses.next_if(|clause| clause.sentence == n) {
            assert_eq!(clause.span.start, at, "{name}: words between clauses are lost");
            at = clause.span.end;
        }
        assert_eq!(at, whole.end, "{name}: words behind the last clause are lost");
    }
    assert!(clauses.next().is_none(), "{name}: clauses belong to no sentence");
    let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for section in reading.sections.iter().filter(|section| section.rows) {
        for &n in &section.paragraphs {
            let of = reading
                .sentences
                .iter()
                .filter(|sentence| sentence.paragraph == n);
            let joined: String = of.map(|sentence| letters(sentence.span.of(&text.read))).collect();
            let whole = text.words(&text.paragraphs[n]);
            assert_eq!(
                joined,
                letters(whole),
                "{name}: sentences lose words of the paragraph `{whole}`"
            );
        }
    }
    assert_eq!(
        reading.verdicts.len(),
        reading.sentences.len(),
        "{name}: a sentence has no verdict"
    );
}

/// Evidence stands where it says.
fn evidence(name: &str, reading: &Reading) {
    let text = &reading.text;
    for (sentence, verdict) in reading.sentences.iter().zip(&reading.verdicts) {
        let own = text.normal.span_from_text(sentence.span);
        let paragraph = text
            .normal
            .span_from_text(text.paragraphs[sentence.paragraph].span);
        for evidence in verdict.labels.iter().flat_map(|label| &label.evidence) {
            let right = match evidence.via {
                Via::Clause | Via::Sentence => own.contains(evidence.span),
                Via::Paragraph => paragraph.contains(evidence.span) && evidence.span.end <= own.start,
                Via::Section => evidence.span.end <= own.start,
            };
            assert!(
                right,
                "{name}: {evidence:?} is not there, of `{}`",
                sentence.span.of(&text.read)
            );
        }
        for label in &verdict.labels {
            assert!(
                !label.evidence.is_empty(),
                "{name}: a label of theme {} has no evidence",
                label.theme
            );
            let once = label.evidence.windows(2).all(|pair| pair[0] < pair[1]);
            assert!(
                once,
                "{name}: evidence stands twice or out of order: {:?}",
                label.evidence
            );
        }
    }
}

/// Rows show what stands between their places in the printed text, page furniture and soft hyphens aside.
fn slices(name: &str, reading: &Reading, rows: &[Row]) {
    let printed = &reading.text.printed;
    let places = places(printed);
    let standing = Standing::of(printed);
    let slice = |start: usize, end: usize| &printed[places[start]..places[end]];
    assert_eq!(rows.len(), reading.sentences.len(), "{name}: rows are lost");
    let mut last = 0;
    for (n, row) in rows.iter().enumerate() {
        assert_eq!(row.sentence as usize, n + 1, "{name}");
        assert!(
            last <= row.start && row.start < row.end,
            "{name}: the row {} is out of order",
            row.id
        );
        last = row.end;
        let stands = slice(row.start, row.end);
        assert!(
            shows(&row.text, stands, &standing),
            "{name}: `{}` is not what stands there: `{stands}`",
            row.text
        );
        for evidence in row.labels.iter().flat_map(|label| &label.evidence) {
            let stands = slice(evidence.start, evidence.end);
            assert!(
                shows(&evidence.text, stands, &standing),
                "{name}: `{}` is not what stands there: `{stands}`",
                evidence.text
            );
            let inside = row.start <= evidence.start && evidence.end <= row.end;
            let said = matches!(evidence.via, Via::Clause | Via::Sentence);
            assert_eq!(inside, said, "{name}: {evidence:?} of {}", row.id);
        }
    }
}

/// Where each character of a text begins, in bytes, and where the text ends.
pub(crate) fn places(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

fn tight(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{ad}')
        .collect()
}

/// Whether `text` is `stands` without white space, soft hyphens and whole lines that can be page furniture or notes.
fn shows(text: &str, stands: &str, standing: &Standing) -> bool {
    let text = tight(text);
    if tight(stands) == text {
        return true;
    }
    // Which beginnings of the text the lines so far can have given.
    let mut reached = vec![0];
    for line in stands.split(BREAKS) {
        let words = tight(line);
        let mut next: Vec<usize> = reached
            .iter()
            .filter(|at| text[**at..].starts_with(&words))
            .map(|at| at + words.len())
            .collect();
        if standing.furniture(line) {
            next.extend(&reached);
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    reached.contains(&text.len())
}

const BREAKS: [char; 4] = ['\n', '\r', '\u{b}', '\u{c}'];

/// How often each line stands in a text, its digits aside.
struct Standing(HashMap<String, usize>);

impl Standing {
    fn of(printed: &str) -> Self {
        let mut lines = HashMap::new();
        for line in printed.split(BREAKS) {
            *lines.entry(Self::key(line)).or_default() += 1;
        }
        Self(lines)
    }

    fn key(line: &str) -> String {
        line.trim().chars().filter(|c| !c.is_ascii_digit()).collect()
    }

    /// Lines that a reader may leave out: bare numbers, lines that stand several times, footnotes.
    fn furniture(&self, line: &str) -> bool {
        let bare = !line.contains(char::is_alphabetic);
        let numbered = line.trim().starts_with("Page ") || line.trim().starts_with(char::is_numeric);
        bare || numbered || self.0.get(&Self::key(line)).is_some_and(|times| *times > 1)
    }
}
