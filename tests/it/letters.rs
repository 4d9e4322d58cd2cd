//! What the fixture letters say, readable beside them: `fixtures/golden/NAME.labels`.
//!
//! One line a sentence: `+`, `-`, `±` or `.` for its polarity; its labels, a mark behind each theme; source, time and
//! change where unusual, in brackets; its words. With `SNAPSHOTS=overwrite` the files are written anew.

use std::fmt::Write as _;

use findings::codebook::{Change, Polarity, Speaker, Time, Tone};
use findings::row::Row;

use crate::documents;

fn mark(tone: Tone) -> char {
    match tone {
        Tone::Strength => '+',
        Tone::Concern => '-',
        Tone::Neutral => '.',
    }
}

fn line(row: &Row) -> String {
    let mut line = match row.polarity {
        Polarity::Strength => "+",
        Polarity::Concern => "-",
        Polarity::Mixed => "±",
        Polarity::Neutral => ".",
    }
    .to_owned();
    for label in &row.labels {
        write!(line, " {}{}", label.theme, mark(label.polarity)).unwrap();
    }
    let frame = [
        (row.source != Speaker::Inspector).then(|| row.source.name()),
        (row.time != Time::Current).then(|| row.time.name()),
        (row.change != Change::None).then(|| row.change.name()),
    ];
    let frame: Vec<&str> = frame.into_iter().flatten().collect();
    if !frame.is_empty() {
        write!(line, " [{}]", frame.join(" ")).unwrap();
    }
    write!(line, " | {}", row.text).unwrap();
    line
}

/// The rows under the headings that they stand under.
fn labels(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut section = None;
    for row in rows {
        if section != Some(&row.section) {
            let grade = row
                .section_grade
                .map(|grade| format!(", {grade}"))
                .unwrap_or_default();
            let heading = row.section.as_deref().unwrap_or("(no heading)");
            let gap = if section.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}# {heading} ({}{grade})", row.section_role).unwrap();
            section = Some(&row.section);
        }
        writeln!(out, "{}", line(row)).unwrap();
    }
    out
}

#[test]
fn say_what_they_said() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = Vec::new();
    for path in documents::letters() {
        let golden = documents::path(&format!("fixtures/golden/{}.labels", documents::stem(&path)));
        let (_, rows) = documents::read(&path);
        let found = labels(&rows);
        if overwrite {
            std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
            std::fs::write(&golden, &found).unwrap();
            continue;
        }
        let wanted = std::fs::read_to_string(&golden)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if found != wanted {
            let pairs = found
                .lines()
                .zip(wanted.lines())
                .find(|(found, wanted)| found != wanted);
            let (found, wanted) = pairs.unwrap_or(("", "another number of lines"));
            wrong.push(format!(
                "{}\n  found  {found}\n  wanted {wanted}",
                golden.display()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "labels of fixture letters have changed; the first line of each that differs:\n{}\n\
         where the change is meant, run again with SNAPSHOTS=overwrite and look at the difference",
        wrong.join("\n")
    );
}

/// Forms that are known to differ, still to be mended: what stands on a report's first page above the first heading
/// gives rows, and which of its lines are headings is told by their look in some formats and by their words in others.
const KNOWN: &[&str] = &[
    "harrowmere-inspection.pdf",
    "harrowmere-inspection.docx",
    "harrowmere-inspection.odt",
    "harrowmere-inspection.html",
];

/// The same letter in every format gives the same sentences and labels.
#[test]
fn say_the_same_in_every_format() {
    let (mut compared, mut different) = (0, Vec::new());
    for path in documents::letters() {
        let (_, rows) = documents::read(&path);
        let usual: Vec<String> = rows.iter().map(line).collect();
        for (ending, built) in [
            ("pdf", cfg!(feature = "pdf")),
            ("docx", cfg!(feature = "docx")),
            ("odt", cfg!(feature = "docx")),
            ("html", cfg!(feature = "html")),
        ] {
            let other = path.with_extension(ending);
            if !built || !other.exists() {
                continue;
            }
            let (_, rows) = documents::read(&other);
            let found: Vec<String> = rows.iter().map(line).collect();
            let differ = usual.iter().zip(&found).find(|(usual, found)| usual != found);
            let name = other.file_name().unwrap().to_string_lossy().into_owned();
            if differ.is_some() || usual.len() != found.len() {
                different.push((name, usual.len(), found.len(), format!("{differ:#?}")));
            }
            compared += 1;
        }
    }
    println!("{compared} other forms compared");
    different.retain(|(name, ..)| !KNOWN.contains(&name.as_str()));
    assert!(
        different.is_empty(),
        "rows in the text, in the other form, the first that differs: {different:#?}"
    );
}
