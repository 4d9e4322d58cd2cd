use proptest::prelude::*;

use super::*;
use crate::error::Error;

fn sentences(text: &str) -> Vec<Gold> {
    from_bytes("labels", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Each mistake as "line: message".
fn mistakes(text: &str) -> Vec<String> {
    match from_bytes("labels", text.as_bytes()) {
        Err(Error::Labels { mistakes }) => mistakes
            .into_iter()
            .map(|mistake| format!("{}: {}", mistake.line, mistake.message))
            .collect(),
        other => panic!("no mistakes: {other:?}"),
    }
}

fn placed(id: &str, start: usize, end: usize, text: &str) -> Gold {
    Gold {
        id: id.to_owned(),
        doc: "letter".to_owned(),
        place: Some(Place { start, end }),
        text: text.to_owned(),
        polarity: Polarity::Neutral,
        labels: Vec::new(),
        source: Speaker::Inspector,
        time: Time::Current,
        change: Change::None,
    }
}

#[test]
fn hand_labels_rows_and_tables_say_the_same() {
    let by_hand = r#"{"id": "a#1", "doc": "a", "start": 3, "end": 19, "text": "Plans were weak.", "polarity": "concern",
        "labels": [["plans", "concern"]], "source": "other", "time": "past", "change": "none"}"#
        .replace('\n', "");
    let row = r#"{"schema": 1, "id": "a#1", "document": "letters/a.pdf", "start": 3, "end": 19, "text": "Plans were weak.",
        "polarity": "concern", "labels": [{"theme": "plans", "polarity": "concern", "evidence": []}],
        "source": "other", "time": "past", "change": "none"}"#
        .replace('\n', "");
    let table = "id,doc,start,end,text,polarity,labels,source,time,change,note\n\
                 a#1,a,3,19,Plans were weak.,concern,plans:concern,other,past,,not sure\n";
    assert_eq!(sentences(&by_hand), sentences(&row));
    assert_eq!(sentences(&by_hand), sentences(table));
    assert_eq!(sentences(&by_hand)[0].pairs(), [("plans", Tone::Concern)].into());
}

#[test]
fn what_is_usual_need_not_be_written() {
    let line = &sentences(r#"{"id": 7, "polarity": "neutral", "labels": []}"#)[0];
    let row = &sentences("polarity;labels;id\nneutral;;7\n")[0];
    assert_eq!(line, row);
    assert_eq!(
        (line.place, line.source, line.time, line.change),
        (None, Speaker::Inspector, Time::Current, Change::None)
    );
}

#[test]
fn a_place_does_for_an_id() {
    let line = r#"{"doc": "a", "start": 3, "end": 9, "polarity": "neutral", "labels": []}"#;
    assert_eq!(sentences(line)[0].id, "a:3-9");
    assert_eq!(
        sentences("doc,start,end,polarity,labels\na,3,9,neutral,\n")[0].id,
        "a:3-9"
    );
}

#[test]
fn a_byte_order_mark_and_lines_in_cells_are_read() {
    let table = "\u{feff}id,text,polarity,labels\n1,\"Plans\nare weak.\",concern,plans:concern\n2,x,good,\n";
    // The line of the second row, which its first cell's line break moves down.
    assert_eq!(
        mistakes(table),
        ["4: \"good\" is no polarity; values: strength, concern, mixed, neutral"]
    );
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let text = r#"{"id": "a", "polarity": "bad", "labels": [["plans", "mixed"]], "time": "then", "start": 3}

[1]
{"id":
{"id": "b", "polarity": "neutral"}
{"polarity": "neutral", "labels": [1]}
{"id": "c", "polarity": "neutral", "labels": []}
{"id": "c", "polarity": "neutral", "labels": [], "start": 4, "end": 4}
{"id": "c", "polarity": "neutral", "labels": []}
{"id": "d", "polarity": "neutral", "labels": [], "start": 4, "end": 5}"#;
    let expected = [
        "1: of \"start\" and \"end\" one is missing",
        "1: \"bad\" is no polarity; values: strength, concern, mixed, neutral",
        "1: \"then\" is no time; values: current, past, future",
        "1: \"mixed\" is no polarity of a label; values: strength, concern, neutral",
        "3: this is no JSON object; write {\"id\": ..., ...}",
        "4: this is no JSON: EOF while parsing a value at column 6",
        "5: it has no \"labels\"; write [] where the sentence is of no theme",
        "6: the label 1 is neither [\"theme\", \"polarity\"] nor {\"theme\": ..., \"polarity\": ...}",
        "6: it needs an \"id\", or \"doc\", \"start\" and \"end\"",
        "8: \"end\" is not behind \"start\"",
        "9: the id \"c\" stands in line 7 already",
        "10: \"start\" and \"end\" need the \"doc\" in which they count",
    ];
    assert_eq!(mistakes(text), expected);
}

#[test]
fn every_mistake_of_a_table_is_told() {
    let table = "id,polarity,labels,time,start,end\n1,concern,plans=concern plans:bad,,,\n,neutral,,soon,4,x\n3,neutral,,,,\n";
    assert_eq!(
        mistakes(table),
        [
            "2: the label \"plans=concern\" is not theme:polarity, such as plans:concern; polarities: strength, \
             concern, neutral; spaces part labels",
            "2: the label \"plans:bad\" is not theme:polarity, such as plans:concern; polarities: strength, concern, \
             neutral; spaces part labels",
            "3: start and end are no whole numbers from 0: \"4\", \"x\"",
            "3: \"soon\" is no time; values: current, past, future",
        ]
    );
    assert_eq!(
        mistakes("id,labels\n"),
        ["1: the first line has to name the columns; missing: polarity; found: id, labels"]
    );
    assert!(mistakes("schema,id,polarity,theme,theme_polarity\n")[0].contains("--format jsonl"));
}

#[test]
fn empty_and_strange_files_are_mistakes_too() {
    assert_eq!(
        mistakes("id,polarity,labels\n"),
        ["1: there is no labelled sentence in this file"]
    );
    assert!(mistakes("")[0].contains("missing: id (or doc, start, end), polarity, labels"));
    let strange = from_bytes("labels", b"id,polarity,labels\na,neutral,\nb\xe9,neutral,\n");
    assert!(
        strange
            .unwrap_err()
            .to_string()
            .contains("labels:3: this is not UTF-8")
    );
}

#[test]
fn labels_come_from_every_part_and_the_rest_from_the_largest() {
    let gold = [placed("g", 10, 60, "")];
    let mut given = [
        placed("before", 0, 12, ""),
        placed("small", 12, 20, ""),
        placed("large", 20, 70, ""),
        placed("after", 80, 90, ""),
    ];
    for (one, theme) in given.iter_mut().zip(["a", "b", "c", "d"]) {
        one.labels = vec![Label {
            theme: theme.to_owned(),
            polarity: Tone::Concern,
            evidence: Vec::new(),
        }];
    }
    let alignment = align(&gold, &given);
    let aligned = &alignment.sentences[0];
    assert_eq!(alignment.by, MatchedBy::Place);
    assert_eq!(aligned.given.map(|given| given.id.as_str()), Some("large"));
    assert_eq!(
        aligned.pairs(),
        [("b", Tone::Concern), ("c", Tone::Concern)].into()
    );
    assert_eq!(aligned.exact, Some(false));
}

#[test]
fn bullets_and_outer_space_do_not_part_sentences() {
    let gold = [placed("g", 12, 28, "Plans were weak.")];
    let given = [placed("p", 10, 29, "• Plans were weak. ")];
    assert_eq!(align(&gold, &given).sentences[0].exact, Some(true));
}

#[test]
fn without_places_ids_are_matched_in_the_same_document() {
    let gold = sentences(r#"{"id": "1", "doc": "a", "polarity": "neutral", "labels": []}"#);
    let given = sentences("id,doc,polarity,labels\n1,b,concern,\n1,a,strength,\n");
    let alignment = align(&gold, &given);
    assert_eq!(alignment.by, MatchedBy::Id);
    assert_eq!(alignment.sentences[0].given, Some(&given[1]));
    assert_eq!(alignment.sentences[0].exact, None);
    let nowhere = sentences("id,polarity,labels\n1,concern,\n");
    assert_eq!(align(&gold, &nowhere).sentences[0].given, Some(&nowhere[0]));
}

#[test]
fn documents_of_one_name_would_be_taken_for_one_another() {
    let row = |document: &str, id: &str| {
        format!(
            r#"{{"id": "{id}", "document": "{document}", "start": 0, "end": 9, "polarity": "neutral", "labels": []}}"#
        )
    };
    let rows = [
        row("a/visit.pdf", "1"),
        row("a/visit.txt", "1"),
        row("a/visit.txt", "2"),
        row("b/other.txt", "1"),
    ];
    assert_eq!(
        mistakes(&rows.join("\n")),
        [
            "2: a/visit.txt and a/visit.pdf are both named \"visit\" without folder and ending; leave one of them out"
        ]
    );
}

/// Files that are nearly right: what people and other programs may write.
fn nearly_right() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just("0".to_owned()),
        Just("7".to_owned()),
        Just(u64::MAX.to_string()),
        Just("-1".to_owned()),
        Just("null".to_owned()),
        Just("\"x\"".to_owned()),
    ];
    let word = prop_oneof![
        Just("concern"),
        Just("neutral"),
        Just("a;b,c"),
        Just("\\\""),
        Just("")
    ];
    let line = (number.clone(), number, word.clone(), word).prop_map(|(start, end, one, other)| {
        format!(
            "{{\"id\": \"{one}\", \"doc\": \"d\", \"start\": {start}, \"end\": {end}, \"text\": \"• {other} \", \
             \"polarity\": \"neutral\", \"labels\": [[\"{one}\", \"concern\"]], \"time\": \"{other}\"}}"
        )
    });
    let lines = proptest::collection::vec(line, 0..6).prop_map(|lines| lines.join("\n"));
    let cells = proptest::collection::vec("[a-c0-9:;,\"\n ]{0,12}", 0..6)
        .prop_map(|rows| format!("id,doc,start,end,polarity,labels\n{}", rows.join("\n")));
    prop_oneof![lines, cells, ".{0,60}"]
}

proptest! {
    #[test]
    fn nothing_panics_on_any_file(one in nearly_right(), other in nearly_right()) {
        let mut sides = [one, other].map(|text| from_bytes("labels", text.as_bytes()).unwrap_or_default());
        // What is read with places this large still has to be compared.
        sides[0].push(placed("g", 0, usize::MAX, "• a "));
        sides[1].push(placed("h", usize::MAX - 3, usize::MAX, "• a "));
        prop_assert_eq!(align(&sides[0], &sides[1]).sentences.len(), sides[0].len());
    }
}
