#![cfg(feature = "word")]
use std::io::{Cursor, Read};

use super::table::{Head, Table};
use super::*;

/// The parts of a workbook by name.
fn parts(book: Book) -> Vec<(String, String)> {
    let mut bytes = Vec::new();
    book.write(&mut bytes).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut part = archive.by_index(n).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn part(parts: &[(String, String)], name: &str) -> String {
    let found = parts.iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no {name}")).1.clone()
}

fn book(limits: Limits) -> Book {
    Book::new(&Made::default(), "Test", limits).unwrap()
}

fn table(book: &mut Book, rows: Vec<Vec<Value>>) {
    let heads = vec![Head::new("document", 20.0), Head::wrapped("text", 40.0)];
    let mut table = Table::new(book, "Findings", heads).unwrap();
    for row in rows {
        table.row(book, row).unwrap();
    }
    table.finish(book).unwrap();
}

#[test]
fn what_a_sheet_has_no_room_for_goes_on_and_is_told() {
    let mut small = book(Limits {
        rows: 4,
        links: 2,
        authorities: 1,
    });
    let row = |n: usize| {
        vec![
            Value::Link(format!("{n}.pdf"), format!("file://{n}.pdf")),
            Value::text(format!("sentence {n}")),
        ]
    };
    table(&mut small, (1..=7).map(row).collect());
    assert_eq!(
        small.notes(),
        [
            "2 rows do not link to their document, since Excel keeps 2 links a sheet",
            "rows go on in 2 further sheets, since Excel keeps 4 rows a sheet",
        ]
    );
    let parts = parts(small);
    let workbook = part(&parts, "xl/workbook.xml");
    let names: Vec<&str> = workbook
        .split("<sheet name=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(names, ["Findings", "Findings 2", "Findings 3"]);
    for (n, (rows, links)) in (1..).zip([(3, 2), (3, 2), (1, 1)]) {
        let sheet = part(&parts, &format!("xl/worksheets/sheet{n}.xml"));
        // The head stands on each of them.
        assert_eq!(sheet.matches("<row ").count(), rows + 1);
        assert_eq!(sheet.matches("<hyperlink ").count(), links);
        assert!(sheet.contains("<autoFilter ref=\"A1:B"), "{sheet}");
        assert!(sheet.contains("state=\"frozen\""));
    }
    let all: String = parts.iter().map(|(_, text)| text.as_str()).collect();
    for n in 1..=7 {
        assert_eq!(all.matches(&format!(">sentence {n}<")).count(), 1);
    }
}

#[test]
fn text_stays_text() {
    let hostile = [
        "=1+1",
        "+44 20",
        "- improve visits",
        "@SUM(1)",
        "＝1+1",
        "\t=1",
        "http://example.org",
        "mailto:a@example.org",
        "internal:A1",
        "_x0041_",
        "a\u{1b}[2J\u{fffe}",
        "1e5",
        "2024-03-05",
        "TRUE",
    ];
    let mut one = book(Limits::EXCEL);
    table(
        &mut one,
        hostile
            .iter()
            .map(|text| vec![Value::text(*text), Value::text(*text)])
            .collect(),
    );
    let parts = parts(one);
    let sheet = part(&parts, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula");
    assert!(!sheet.contains("<hyperlink"), "a link");
    assert!(!sheet.contains("<v>"), "a number: {sheet}");
    // Also where somebody edits the cell.
    let styles = part(&parts, "xl/styles.xml");
    let quoted: Vec<usize> = styles
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("<xf ")
        .skip(1)
        .enumerate()
        .filter(|(_, look)| look.split('>').next().unwrap().contains("quotePrefix=\"1\""))
        .map(|(n, _)| n)
        .collect();
    assert_eq!(quoted.len(), 2);
    let cells: Vec<&str> = sheet.split("<c r=\"A").skip(2).collect();
    for (text, cell) in hostile.iter().zip(cells) {
        let look: usize = cell
            .split("s=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(quoted.contains(&look), is_formula(text), "{text}");
    }
    // What Excel would read as an escape is escaped, and control characters are pictures.
    assert!(sheet.contains("_x005F_x0041_"));
    assert!(sheet.contains("a\u{241b}[2J"));
}

#[test]
fn long_text_is_cut_and_told() {
    let mut one = book(Limits::EXCEL);
    // Letters that take two UTF-16 units each: the last one that would be half is left out.
    let long = format!("x{}", "\u{1f600}".repeat(LETTERS / 2 + 5));
    table(
        &mut one,
        vec![vec![Value::Empty, Value::text(&long)], vec![Value::text("short")]],
    );
    assert_eq!(
        one.notes(),
        ["1 cells hold only the first 32767 characters of their text, which is as much as Excel keeps"]
    );
    let sheet = part(&parts(one), "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches('\u{1f600}').count(), LETTERS / 2);
}

#[test]
fn dates_that_excel_cannot_count_stay_words() {
    assert!(day("2024-03-05").is_some());
    for text in ["1899-12-31", "2024-02-30", "March 2024", "", "-0001-01-01"] {
        assert!(day(text).is_none(), "{text}");
    }
}

#[test]
fn the_same_cells_give_the_same_bytes() {
    let made = |made: &Made| {
        let mut book = Book::new(made, "Test", Limits::EXCEL).unwrap();
        table(&mut book, vec![vec![Value::text("a"), Value::text("b")]]);
        about(&mut book, "f", made, &[("Findings", "rows")]).unwrap();
        let mut bytes = Vec::new();
        book.write(&mut bytes).unwrap();
        bytes
    };
    let undated = Made::default();
    let dated = Made {
        date: Some(jiff::Timestamp::from_second(1_700_000_000).unwrap()),
        ..Made::default()
    };
    assert_eq!(made(&undated), made(&undated));
    assert_eq!(made(&dated), made(&dated));
    assert_ne!(made(&dated), made(&undated));
}
