//! JSON Lines: documents as the program takes them in, and label files.

use std::io::Cursor;

use findings::gold;
use findings::row::{Row, rows};

use super::program::lines::Lines;
use super::{built_in, outputs, wholes};

/// Documents, one a line.
pub fn json_lines(data: &[u8]) {
    let lines = Lines::new("in.jsonl".to_owned(), Box::new(Cursor::new(data.to_vec())));
    let most = data.split(|byte| *byte == b'\n').count();
    let mut seen = 0;
    for line in lines {
        seen += 1;
        let place = line.place.clone();
        let source = match line.source() {
            Ok(source) => source,
            Err(message) => {
                assert!(
                    message.starts_with(&format!("cannot read {place}: ")),
                    "{message}"
                );
                continue;
            }
        };
        let Ok(reading) = built_in().read(&source) else {
            continue;
        };
        let rows = rows(built_in(), &reading);
        outputs::hold(built_in(), &reading, &rows);
        for row in &rows {
            assert!(
                row.document == source.name && row.extra == source.extra,
                "what came with the document is lost"
            );
        }
    }
    assert!(seen <= most, "{seen} lines of {most}");
}

/// Label files: rows that others have made, and gold.
pub fn label_lines(data: &[u8]) {
    let rows: Vec<Row> = data
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    outputs::written(built_in(), &rows);
    wholes::hold(built_in(), &wholes::labelled(&rows), &[]);
    for name in ["labels.jsonl", "labels.csv"] {
        let Ok(sentences) = gold::from_bytes(name, data) else {
            continue;
        };
        let aligned = gold::align(&sentences, &sentences);
        assert_eq!(aligned.sentences.len(), sentences.len(), "a sentence is lost");
    }
}
