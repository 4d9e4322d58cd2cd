//! A workbook: visits, themes by visit for each authority, findings, facts, and what made it.

use std::io::{self, Write};

use super::{Bundle, BundleFormat, authorities};
use crate::report::visits::csv::name;
use crate::report::workbook::{
    Book, Findings, Limits, UNKNOWN, Value, about, facts, long, names, themes, visits,
};
use crate::visit::Use;

pub(super) const FORMAT: BundleFormat = BundleFormat {
    name: "xlsx",
    endings: &["xlsx"],
    about: "a workbook: visits, themes by visit with charts, findings, facts",
    readings: false,
    binary: true,
    write: |bundle, out| write(bundle, Limits::EXCEL, out),
};

/// Name and width of what stands in front of the columns of a finding.
const BEFORE: [(&str, f64); 3] = [("authority", 20.0), ("visit", 24.0), ("counts_as", 13.0)];

fn write(bundle: &Bundle<'_>, limits: Limits, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let page = &bundle.page;
    let mut book = Book::new(bundle.made, "Visits and findings", limits)?;
    visits(&mut book, page.visits)?;
    let authorities = authorities(page.visits);
    let sheets: Vec<&str> = authorities
        .iter()
        .map(|(name, _)| name.unwrap_or(UNKNOWN))
        .collect();
    for ((authority, of), sheet) in authorities.iter().zip(names(&sheets)).take(limits.authorities) {
        themes(&mut book, &sheet, authority.unwrap_or(UNKNOWN), of)?;
    }
    book.leave_out(authorities.len().saturating_sub(limits.authorities));
    long(&mut book, page.visits)?;
    findings(&mut book, bundle)?;
    facts(&mut book, bundle.facts)?;
    let notes = book.notes();
    about(&mut book, page.rules.fingerprint(), bundle.made, READ)?;
    book.write(out)?;
    Ok(notes)
}

/// How the sheets are read.
const READ: &[(&str, &str)] = &[
    (
        "Visits",
        "One row for each visit. Counts are of sentences: those of the inspectors about the time of the visit, each once; not_counted says what is left out.",
    ),
    (
        "Sheets of authorities",
        "Themes by visit: the balance of strengths and concerns, the counts behind it, and a chart of the latest visit.",
    ),
    (
        "Themes",
        "One row for each theme of each visit, mentioned or not, for pivot tables. balance_low and balance_high are its 95 % interval.",
    ),
    (
        "Findings",
        "One row for each label; a sentence with two themes has two rows, one without a theme has one. Filter counts_as by finding to see what the counts come from.",
    ),
    (
        "Facts",
        "One row for each document: what it is and which inspection it tells of.",
    ),
];

fn findings(book: &mut Book, bundle: &Bundle<'_>) -> io::Result<()> {
    let mut sheet = Findings::new(book, bundle.made, &[], &BEFORE)?;
    for visit in bundle.page.visits {
        for document in &visit.documents {
            for (row, used) in document.rows.iter().zip(&document.sentences) {
                let before = [
                    Value::maybe(visit.authority.as_deref()),
                    Value::text(&visit.id),
                    Value::text(counts_as(document.counted, used)),
                ];
                sheet.add(book, row, &before)?;
            }
        }
    }
    sheet.finish(book)
}

/// What became of a sentence; those of documents beside the counts of the visit count for nothing.
fn counts_as(counted: bool, used: &Use) -> String {
    if counted {
        name(&used.counts_as)
    } else {
        "beside".to_owned()
    }
}
