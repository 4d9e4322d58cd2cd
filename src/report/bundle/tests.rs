use std::io::{Cursor, Read};

use super::*;
use crate::comparison::{By, comparisons, group};
use crate::facts::facts;
use crate::rules::Rules;
use crate::source::Source;
use crate::visit::{Labelled, Options, visits};

/// Text that would be a formula, run, close its element or end the file, were it written as it is.
const HOSTILE: &str = "=1+1 \"'><script>alert(1)</script> & ]]> {{ 7*7 }} \u{0}\u{1b}[31m\u{fffe}";

/// Documents of these authorities: each with two visits, hostile wherever a document can be.
fn with<T>(authorities: &[&str], then: impl FnOnce(&Bundle<'_>) -> T) -> T {
    let rules = Rules::built_in();
    let mut documents = Vec::new();
    for authority in authorities {
        for (n, text) in [
            "Findings\n\nCaseloads are too high. Plans are weak and too often late. Supervision is regular.",
            "Findings\n\nCaseloads are now manageable. Plans are weak. Supervision is reflective, but assessments are late.",
        ]
        .iter()
        .enumerate()
        {
            let name = format!("letters/{authority} {n} {HOSTILE}.txt");
            let reading = rules.read(&Source::from_text(&name, format!("{text}\n\nPlans {HOSTILE} are weak."))).unwrap();
            let mut facts = facts(&rules, &reading);
            facts.authority = Some((*authority).to_owned());
            facts.inspection_start = format!("202{n}-03-05").parse().ok();
            facts.extra.insert(HOSTILE.to_owned(), HOSTILE.into());
            documents.push(Labelled {
                rows: crate::row::rows(&rules, &reading),
                facts,
                ..Labelled::default()
            });
        }
    }
    let facts: Vec<Facts> = documents.iter().map(|one| one.facts.clone()).collect();
    let visits = visits(&rules, documents, &Options::default());
    let made = Made {
        command: format!("findings report {HOSTILE}"),
        date: jiff::Timestamp::from_second(1_700_000_000).ok(),
        to_documents: Some("../".to_owned()),
    };
    then(&Bundle {
        page: Page {
            rules: &rules,
            visits: &visits,
            comparisons: &comparisons(&rules, &visits),
            groups: &group(&visits, By::Kind, None),
            readings: &[],
        },
        facts: &facts,
        made: &made,
    })
}

fn written(name: &str, authorities: &[&str]) -> Vec<u8> {
    let format = BundleFormat::named(name).unwrap();
    with(authorities, |bundle| {
        let mut bytes = Vec::new();
        assert_eq!((format.write)(bundle, &mut bytes).unwrap(), Vec::<String>::new());
        bytes
    })
}

/// The text parts of an archive by name.
#[cfg(feature = "word")]
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let mut text = String::new();
        let name = part.name().unwrap().into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            part.read_to_string(&mut text).unwrap();
            parts.push((name, text));
        }
    }
    parts
}

/// Every part is XML, and no text of a document is more than text in it.
#[cfg(feature = "word")]
fn assert_harmless(parts: &[(String, String)]) {
    for (name, text) in parts {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        assert!(!text.contains("<script"), "{name}");
        assert!(!text.contains(['\u{0}', '\u{1b}', '\u{fffe}']), "{name}");
        assert!(!text.contains(">49<"), "{name}");
    }
}

#[test]
fn no_two_formats_share_a_name_or_an_ending() {
    let names: std::collections::BTreeSet<_> = BUNDLE_FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), BUNDLE_FORMATS.len());
    let endings: Vec<_> = BUNDLE_FORMATS.iter().flat_map(|format| format.endings).collect();
    let distinct: std::collections::BTreeSet<_> = endings.iter().collect();
    assert_eq!(distinct.len(), endings.len());
    assert_eq!(
        BundleFormat::for_ending("HTM").map(|format| format.name),
        Some("html")
    );
}

#[test]
fn the_same_bundle_gives_the_same_bytes_in_every_format() {
    let all = || {
        with(&["Wexcombe", "Alderbrook"], |bundle| {
            BUNDLE_FORMATS
                .iter()
                .map(|format| {
                    let mut bytes = Vec::new();
                    (format.write)(bundle, &mut bytes).unwrap();
                    (format.name, bytes)
                })
                .collect::<Vec<_>>()
        })
    };
    for ((name, once), (_, again)) in all().into_iter().zip(all()) {
        assert!(once == again, "{name}");
        assert!(once.len() > 1000, "{name}");
    }
}

#[test]
fn json_holds_all_of_it() {
    let all: serde_json::Value = serde_json::from_slice(&written("json", &["Wexcombe"])).unwrap();
    assert_eq!(all["visits"].as_array().unwrap().len(), 2);
    assert_eq!(all["facts"].as_array().unwrap().len(), 2);
    assert_eq!(all["comparisons"][0]["authority"], "Wexcombe");
    let sentences = all["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 8);
    // Those of the visits, by their ids.
    assert_eq!(
        sentences[0]["id"],
        all["visits"][0]["documents"][0]["sentences"][0]["id"]
    );
}

#[cfg(feature = "word")]
#[test]
fn workbooks_hold_a_sheet_for_each_authority_and_nothing_that_acts() {
    let parts = parts(&written("xlsx", &["Wexcombe", HOSTILE, "Facts"]));
    assert_harmless(&parts);
    let (_, workbook) = parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    let names: Vec<&str> = workbook
        .split("<sheet name=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(names.len(), 8);
    assert_eq!(
        (names[0], &names[2..]),
        (
            "Visits",
            &["Facts 2", "Wexcombe", "Themes", "Findings", "Facts", "About"][..]
        )
    );
    for (name, text) in &parts {
        assert!(
            !name.starts_with("xl/worksheets/sheet") || !text.contains("<f>"),
            "a formula in {name}"
        );
    }
    assert_eq!(
        parts
            .iter()
            .filter(|(name, _)| name.starts_with("xl/charts/chart"))
            .count(),
        3
    );
    // Names that hold a colon or the like are not linked.
    assert!(
        !parts
            .iter()
            .any(|(_, text)| text.contains("TargetMode=\"External\""))
    );
}

#[cfg(feature = "word")]
#[test]
fn papers_hold_every_authority_and_nothing_that_acts() {
    let parts = parts(&written("docx", &["Wexcombe", HOSTILE]));
    assert_harmless(&parts);
    let (_, text) = parts
        .iter()
        .find(|(name, _)| name == "word/document.xml")
        .unwrap();
    assert!(text.starts_with("<?xml"));
    for style in [
        "Title",
        "Heading1",
        "Heading2",
        "Heading3",
        "QuoteConcern",
        "Caption",
    ] {
        assert!(text.contains(&format!("w:val=\"{style}\"")), "{style}");
    }
    // Every style that is used is there.
    let (_, styles) = parts.iter().find(|(name, _)| name == "word/styles.xml").unwrap();
    for rest in text.split("Style w:val=\"").skip(1) {
        let style = rest.split('"').next().unwrap();
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    // A head in every table, as many cells as columns in every row, an alternative text with every chart.
    for table in text.split("<w:tbl>").skip(1) {
        let table = table.split("</w:tbl>").next().unwrap();
        assert_eq!(table.matches("<w:tblHeader/>").count(), 1);
        let columns = table.matches("<w:gridCol").count();
        for row in table.split("<w:tr>").skip(1) {
            assert_eq!(row.matches("<w:tc>").count(), columns);
        }
    }
    assert_eq!(text.matches("<w:drawing>").count(), 2);
    assert_eq!(
        text.matches("descr=\"Concerns and strengths by theme: ").count(),
        2
    );
    for n in 1..=2 {
        let (_, chart) = parts
            .iter()
            .find(|(name, _)| *name == format!("word/charts/chart{n}.xml"))
            .unwrap();
        assert!(chart.contains("<c:numCache>") && chart.ends_with("</c:externalData></c:chartSpace>"));
        assert!(text.contains(&format!("r:id=\"chart{n}\"")));
    }
    assert!(
        text.contains(".txt, sentence 1)"),
        "a quotation says where it stands"
    );
}
