//! Text that is in memory already: labels, and facts.

use findings::facts::{Facts, Given, facts as facts_of};
use findings::report::{FACTS_FORMATS, explained};
use findings::row::rows;
use findings::visit::Labelled;
use findings::{Error, Reading, Source, explain};

use super::{built_in, outputs, parts, wholes};

/// Text to labels.
pub fn labels(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let rules = built_in();
    let source = Source::from_text("letter.txt", text);
    let Some(reading) = read(&source) else { return };
    let found = rows(rules, &reading);
    outputs::hold(rules, &reading, &found);
    assert!(read(&source).as_ref() == Some(&reading), "two runs differ");
    let json = serde_json::to_string(&reading).expect("plain data can be written");
    assert!(
        outputs::parsed::<Reading>(&json) == reading,
        "the reading is not what reads back"
    );
    let explanations = explain::explain(rules, &reading, None);
    assert!(
        explanations.iter().map(|one| &one.sentence).eq(&found),
        "an explanation is of other labels"
    );
    let mut said = Vec::new();
    for explanation in &explanations {
        explained(explanation, None, &mut said).expect("memory can be written");
    }
    outputs::harmless("explanations", &String::from_utf8(said).expect("text"));
}

/// Text to what is made of labels: visits, the page, files for other programs.
pub fn reports(data: &[u8]) {
    let rules = built_in();
    let source = Source::from_text("letter.txt", String::from_utf8_lossy(data));
    let Some(reading) = read(&source) else { return };
    let found = rows(rules, &reading);
    let facts = facts_of(rules, &reading);
    wholes::exchanged(rules, &reading.text.printed, &found, &facts);
    let document = Labelled {
        facts,
        rows: found,
        ..Labelled::default()
    };
    wholes::hold(rules, &[document], &[reading]);
}

fn read(source: &Source) -> Option<Reading> {
    match built_in().read(source) {
        Ok(reading) => Some(reading),
        Err(Error::Document { .. }) => None,
        Err(error) => panic!("an error that reading text cannot have: {error}"),
    }
}

/// What a letter tells of itself, and what a file beside it says of it: parts as [`parts`] has them, first the letter, then facts
/// files, TOML or CSV by their names.
pub fn facts(data: &[u8]) {
    let mut files = parts::split(data, "letter.txt").into_iter();
    let Some((_, letter)) = files.next() else { return };
    let source = Source::from_text("letter.txt", String::from_utf8_lossy(letter));
    let mut all = Vec::new();
    if let Some(reading) = read(&source) {
        let facts = facts_of(built_in(), &reading);
        assert!(facts == facts_of(built_in(), &reading), "two runs differ");
        quoted(&facts, &reading);
        all.push(facts);
    }
    for (name, text) in files {
        let text = String::from_utf8_lossy(text);
        let given = if name.ends_with(".csv") {
            Given::from_csv(&name, &text)
        } else {
            Given::from_toml(&name, &text)
        };
        match given {
            Ok(given) => {
                given.unknown(&["letter.txt"]);
                for facts in &mut all {
                    given.correct(facts);
                }
            }
            Err(Error::Given { mistakes }) => assert!(!mistakes.is_empty(), "refused for no mistake"),
            Err(error) => panic!("an error that a facts file cannot have: {error}"),
        }
    }
    for facts in &all {
        sound(facts);
    }
    for format in FACTS_FORMATS {
        let mut bytes = Vec::new();
        (format.write)(&all, false, &mut bytes).expect("memory can be written");
        let text = String::from_utf8(bytes).expect("outputs are UTF-8");
        match format.name {
            "jsonl" => {
                let back: Vec<Facts> = text.lines().map(outputs::parsed).collect();
                assert!(back == all, "facts are not what reads back");
            }
            name => outputs::sound(name, &text),
        }
    }
}

/// Words of facts stand where they say.
fn quoted(facts: &Facts, reading: &Reading) {
    let printed: Vec<char> = reading.text.printed.chars().collect();
    let tight = |text: &mut dyn Iterator<Item = char>| -> String {
        text.filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
    };
    for (name, words) in &facts.words {
        let stands = printed
            .get(words.start..words.end)
            .unwrap_or_else(|| panic!("{name}: {words:?} lies outside the text"));
        // Page furniture may stand between, so the words are those of the place, or some of them.
        let (mut rest, words) = (tight(&mut stands.iter().copied()), tight(&mut words.text.chars()));
        for wanted in words.chars() {
            let at = rest.find(wanted);
            let at = at.unwrap_or_else(|| panic!("{name}: `{words}` does not stand there: `{rest}`"));
            rest.drain(..at + wanted.len_utf8());
        }
    }
}

fn sound(facts: &Facts) {
    if let (Some(first), Some(last)) = (facts.inspection_start, facts.inspection_end) {
        assert!(first <= last, "an inspection ends before it begins: {facts:?}");
    }
    let extra = facts.clone().into_extra();
    let back = Facts::from_extra(&facts.document, &facts.rules, &extra)
        .unwrap_or_else(|| panic!("facts are lost on the way through rows: {extra:?}"));
    assert_eq!(
        (
            back.kind,
            &back.authority,
            back.inspection_start,
            back.inspection_end,
            back.published
        ),
        (
            facts.kind,
            &facts.authority,
            facts.inspection_start,
            facts.inspection_end,
            facts.published
        ),
        "facts change on the way through rows"
    );
    assert!(
        back.into_extra() == extra,
        "facts change on the way through rows: {extra:?}"
    );
}
