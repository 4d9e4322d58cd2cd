//! What is made of many rows: visits, comparisons, groups, and every output of them.

use findings::comparison::{By, comparisons, group};
use findings::facts::Facts;
use findings::report::exchange::{Document, EXCHANGE_FORMATS, Exchange};
use findings::report::page::Page;
use findings::report::{
    BUNDLE_FORMATS, Bundle, COMPARISON_FORMATS, GROUP_FORMATS, Made, VISIT_FORMATS, WholeFormat,
};
use findings::row::Row;
use findings::visit::{Labelled, Options, Visit, visits};
use findings::{Reading, Rules};

use super::outputs;

/// The documents of a label file, as the program makes them of its rows.
pub(super) fn labelled(rows: &[Row]) -> Vec<Labelled> {
    let mut all: Vec<Labelled> = Vec::new();
    for row in rows {
        let known = all.iter().rposition(|one| one.facts.document == row.document);
        match known {
            Some(at) => all[at].rows.push(row.clone()),
            None => all.push(Labelled {
                facts: facts(row),
                rows: vec![row.clone()],
                ..Labelled::default()
            }),
        }
    }
    all
}

fn facts(row: &Row) -> Facts {
    let extra = row.extra.clone().unwrap_or_default();
    Facts::from_extra(&row.document, &row.rules, &extra).unwrap_or_else(|| Facts {
        document: row.document.clone(),
        extra,
        ..Facts::default()
    })
}

/// What holds of visits, and of all that is written of them.
pub(super) fn hold(rules: &Rules, documents: &[Labelled], readings: &[Reading]) {
    let made = |documents: &[Labelled]| visits(rules, documents.to_vec(), &Options::default());
    let visits = made(documents);
    let json = |visits: &[Visit]| serde_json::to_string(visits).expect("plain data can be written");
    let back: Vec<Visit> = outputs::parsed(&json(&visits));
    assert!(json(&back) == json(&visits), "visits are not what reads back");
    assert!(made(documents) == visits, "two runs differ");
    let mut ids: Vec<&str> = visits.iter().map(|visit| visit.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), visits.len(), "two visits share an id");
    let comparisons = comparisons(rules, &visits);
    whole(VISIT_FORMATS, visits.as_slice());
    whole(COMPARISON_FORMATS, comparisons.as_slice());
    for by in [By::Authority, By::Year, By::Grade, By::Kind] {
        whole(GROUP_FORMATS, &group(&visits, by, None));
    }
    let facts: Vec<Facts> = documents.iter().map(|one| one.facts.clone()).collect();
    let groups = group(&visits, By::Kind, None);
    let bundle = Bundle {
        page: Page {
            rules,
            visits: &visits,
            comparisons: &comparisons,
            groups: &groups,
            readings,
        },
        facts: &facts,
        made: &Made::default(),
    };
    for format in BUNDLE_FORMATS.iter().filter(|format| !format.binary) {
        let mut bytes = Vec::new();
        (format.write)(&bundle, &mut bytes).expect("memory can be written");
        let text = String::from_utf8(bytes).expect("outputs are UTF-8");
        outputs::sound(format.name, &text);
        let scripts = text.to_ascii_lowercase().matches("<script").count();
        let own = usize::from(format.name == "html");
        assert!(
            scripts <= own || format.name == "json",
            "{}: a script that is not the program's own",
            format.name
        );
    }
}

fn whole<T: ?Sized>(formats: &[WholeFormat<T>], result: &T) {
    for format in formats {
        let mut bytes = Vec::new();
        (format.write)(result, &mut bytes).expect("memory can be written");
        let text = String::from_utf8(bytes).expect("outputs are UTF-8");
        outputs::sound(format.name, &text);
    }
}

/// What holds of a document that is handed to other programs.
pub(super) fn exchanged(rules: &Rules, text: &str, rows: &[Row], facts: &Facts) {
    let documents = [Document {
        name: "letter.txt",
        text,
        rows,
        facts,
    }];
    let exchange = Exchange {
        rules,
        documents: &documents,
        name: "letters",
        date: None,
    };
    for format in EXCHANGE_FORMATS {
        let made = || (format.files)(&exchange).expect("memory can be written");
        let files = made();
        assert!(files == made(), "{}: two runs differ", format.name);
    }
}
