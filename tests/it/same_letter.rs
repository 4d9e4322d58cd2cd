//! The same letter as plain text, PDF, DOCX, HTML and ODT gives the same sentences in the same sections.

use std::path::Path;

use findings::{Rules, Source, row};

/// What must not depend on the format: sentence, heading, role, grade, number of the paragraph, item or not.
fn read(rules: &Rules, file: &str) -> Vec<String> {
    let source = Source::open(Path::new(file)).unwrap_or_else(|error| panic!("{error}"));
    let reading = rules.read(&source).unwrap_or_else(|error| panic!("{error}"));
    let rows = row::rows(rules, &reading);
    assert_eq!(rows.len(), reading.sentences.len());
    rows.iter()
        .zip(&reading.sentences)
        .map(|(row, sentence)| {
            let heading = row.section.as_deref().unwrap_or("-");
            let grade = row.section_grade.map_or("-", |grade| grade.name());
            let number = row.paragraph.as_deref().unwrap_or("-");
            format!(
                "{} | {heading} | {} | {grade} | {number} | item: {}",
                row.text, row.section_role, sentence.item
            )
        })
        .collect()
}

fn is_the_same_in_every_format(letter: &str, least: usize) {
    let rules = Rules::built_in();
    let stem = format!("fixtures/letters/{letter}");
    let text = read(&rules, &format!("{stem}.txt"));
    assert!(text.len() >= least, "only {} sentences in {stem}.txt", text.len());
    let mut wrong = Vec::new();
    for format in ["pdf", "docx", "html", "odt"] {
        let other = read(&rules, &format!("{stem}.{format}"));
        wrong.extend(
            text.iter()
                .filter(|row| !other.contains(row))
                .map(|row| format!("not in {format}: {row}")),
        );
        wrong.extend(
            other
                .iter()
                .filter(|row| !text.contains(row))
                .map(|row| format!("only in {format}: {row}")),
        );
        if other != text && wrong.is_empty() {
            wrong.push(format!("another order or count in {format}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_monitoring_letter() {
    is_the_same_in_every_format("wexcombe-monitoring-1", 60);
}

#[test]
fn an_inspection_report() {
    is_the_same_in_every_format("harrowmere-inspection", 90);
}

#[test]
fn an_untagged_pdf_gives_the_sentences_of_the_text() {
    let rules = Rules::built_in();
    let sentences = |file: &str| -> Vec<String> {
        let rows = read(&rules, file);
        rows.iter()
            .map(|row| row.split(" | ").next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        sentences("fixtures/letters/wexcombe-monitoring-1.txt"),
        sentences("fixtures/letters/untagged/wexcombe-monitoring-1.pdf")
    );
}

#[test]
fn a_sentence_stands_on_the_page_on_which_it_begins() {
    let rules = Rules::built_in();
    let source = Source::open(Path::new("fixtures/letters/harrowmere-inspection.pdf"))
        .unwrap_or_else(|error| panic!("{error}"));
    let reading = rules.read(&source).unwrap_or_else(|error| panic!("{error}"));
    let rows = row::rows(&rules, &reading);
    let pages: Vec<_> = rows.iter().map(|row| row.page).collect();
    assert!(pages.is_sorted(), "{pages:?}");
    assert!(pages.iter().all(Option::is_some));
    let crossing = reading.sentences.iter().zip(&rows).filter(|(sentence, row)| {
        let paragraph = &reading.text.paragraphs[sentence.paragraph];
        paragraph.page != row.page
    });
    let other = reading
        .sentences
        .iter()
        .filter(|sentence| reading.text.page(sentence.span.end - 1) != reading.text.page(sentence.span.start))
        .count();
    assert!(
        crossing.count() + other > 0,
        "no sentence of the fixture crosses a page"
    );
}
