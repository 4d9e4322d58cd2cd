//! What outputs promise whatever the rows: they can be written, read back where they are JSON, and hold nothing that changes a
//! terminal.

use findings::report::{FORMATS, Made, Run};
use findings::row::Row;
use findings::{Reading, Rules};

use super::laws;

/// Codes that the program's own colours are made of; anything else in an escape sequence came from a document.
const COLOURS: [&str; 10] = ["0", "1", "2", "3", "4", "31", "32", "33", "34", "36"];

/// What holds of a document that was read.
pub(super) fn hold(rules: &Rules, reading: &Reading, rows: &[Row]) {
    laws::hold("input", reading, rows);
    laws::counts::hold(rules, "input", rows);
    let mut ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rows.len(), "an id stands twice");
    written(rules, rows);
}

/// What holds of the outputs of rows, wherever they are from.
pub(super) fn written(rules: &Rules, rows: &[Row]) {
    for format in FORMATS.iter().filter(|format| !format.binary) {
        let bytes = output(format, rules, rows);
        assert!(
            bytes == output(format, rules, rows),
            "{}: two runs differ",
            format.name
        );
        let text = String::from_utf8(bytes).expect("outputs are UTF-8");
        match format.name {
            "jsonl" => {
                let back: Vec<Row> = text.lines().map(parsed).collect();
                assert!(back == rows, "rows are not what reads back from JSON Lines");
            }
            name => sound(name, &text),
        }
    }
}

fn output(format: &findings::report::Format, rules: &Rules, rows: &[Row]) -> Vec<u8> {
    let made = Made::default();
    let mut report = (format.begin)(&Run {
        rules,
        bom: false,
        raw: false,
        columns: &[],
        made: &made,
    });
    let mut bytes = Vec::new();
    report.head(&mut bytes).expect("memory can be written");
    report.document(rows, &mut bytes).expect("memory can be written");
    report.foot(&mut bytes).expect("memory can be written");
    bytes
}

/// JSON as what it should be.
pub(super) fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("no JSON that reads back: {error}"))
}

/// Fails where a text is not of the form of its name: JSON, or text for people.
pub(super) fn sound(form: &str, text: &str) {
    match form {
        "json" => drop(parsed::<serde_json::Value>(text)),
        "jsonl" => text
            .lines()
            .for_each(|line| drop(parsed::<serde_json::Value>(line))),
        name => harmless(name, text),
    }
}

/// Fails where a text holds control characters other than line breaks, tabs and the program's own colours.
pub(super) fn harmless(name: &str, text: &str) {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| match piece.split_once('m') {
        Some((codes, rest)) if codes.split(';').all(|code| COLOURS.contains(&code)) => rest,
        _ => panic!("{name}: an escape sequence is not the program's own"),
    });
    for piece in std::iter::once(first).chain(rest) {
        let wrong = piece
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        assert_eq!(wrong, None, "{name}: a control character is written");
    }
}
