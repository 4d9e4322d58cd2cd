//! Rule files: written, checked, put in form, mended, and used.

use findings::check::{Check, Report, Severity, Wanted, fixed, write_text};
use findings::row::rows;
use findings::rules::{Overlay, RuleFile, in_form};
use findings::{Error, Rules, Source};

use super::{outputs, parts};

/// A small full set, which the files of the input are laid on.
const BASE: [(&str, &str); 7] = [
    (
        "english.toml",
        include_str!("../../fixtures/broken-rules/base/english.toml"),
    ),
    (
        "letters/common.toml",
        include_str!("../../fixtures/broken-rules/base/letters/common.toml"),
    ),
    (
        "themes/caseloads.toml",
        include_str!("../../fixtures/broken-rules/base/themes/caseloads.toml"),
    ),
    (
        "themes/plans.toml",
        include_str!("../../fixtures/broken-rules/base/themes/plans.toml"),
    ),
    (
        "themes/supervision.toml",
        include_str!("../../fixtures/broken-rules/base/themes/supervision.toml"),
    ),
    (
        "words/good.toml",
        include_str!("../../fixtures/broken-rules/base/words/good.toml"),
    ),
    (
        "words/weak.toml",
        include_str!("../../fixtures/broken-rules/base/words/weak.toml"),
    ),
];

/// A short text that rules of all kinds have something to say of.
const LETTER: &str = "Dear Sir\n\nWhat needs to improve\n\n• The quality of plans.\n\nFindings\n\nPlans are weak, but \
    caseloads are manageable and supervision is no longer late. Inspectors saw good care plans in 4 of 10 cases; \
    children’s records were not up to date.\n\nYours sincerely\n";

/// Rule files: parts as [`parts`] has them, an overlay on a small set.
pub fn rules(data: &[u8]) {
    // Files that are not UTF-8 are refused before anything is looked for in them.
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    packed(text);
    let mut own: Vec<RuleFile> = parts::split(text.as_bytes(), "themes/plans.toml")
        .into_iter()
        .filter_map(|(name, text)| Some(RuleFile::new(name, std::str::from_utf8(text).ok()?)))
        .collect();
    // As files in a folder are.
    own.retain(|file| file.name.ends_with(".toml"));
    own.sort_by(|one, other| one.name.cmp(&other.name));
    own.dedup_by(|one, other| one.name == other.name);
    for file in &own {
        form(file);
    }
    let files = set(&own);
    let (check, report) = check(&files);
    match Rules::from_files(files) {
        Ok(rules) => {
            // Which codes there are only check knows.
            let refused = report
                .findings
                .iter()
                .find(|finding| finding.severity == Severity::Error && finding.code != "E110");
            assert_eq!(refused, None, "loading takes what check refuses");
            used(&rules);
        }
        Err(Error::Rules { mistakes }) => {
            assert!(
                !mistakes.is_empty() && report.errors > 0,
                "check takes what loading refuses: {mistakes:?}"
            );
        }
        Err(error) => panic!("an error that rule files cannot have: {error}"),
    }
    mended(&own, &check, &report);
}

/// The small set with the files laid on it; with an `english.toml` of their own, the files in the place of those of their name.
fn set(own: &[RuleFile]) -> Vec<RuleFile> {
    let full = own.iter().any(|file| file.name == "english.toml");
    let replaced = |name: &str| full && own.iter().any(|file| file.name == name);
    let base = BASE.iter().filter(|(name, _)| !replaced(name));
    let mut files: Vec<RuleFile> = base.map(|(name, text)| RuleFile::new(*name, *text)).collect();
    files.extend(own.iter().cloned().map(|mut file| {
        file.overlay = (!full).then(|| Overlay {
            nth: 1,
            folder: "own".to_owned(),
        });
        file
    }));
    files
}

fn check(files: &[RuleFile]) -> (Check, Report) {
    let wanted = Wanted::default();
    let check = Check::new(files.to_vec());
    let report = check.report(&wanted);
    assert!(
        Check::new(files.to_vec()).report(&wanted) == report,
        "two checks differ"
    );
    for finding in &report.findings {
        assert!(finding.line > 0 && finding.column > 0, "no place: {finding:?}");
    }
    let mut said = Vec::new();
    write_text(&report, &mut said).expect("memory can be written");
    outputs::harmless("check", &String::from_utf8(said).expect("text"));
    serde_json::to_string(&report).expect("plain data can be written");
    (check, report)
}

/// What was put in form stays as it is.
fn form(file: &RuleFile) {
    match in_form(file) {
        Ok(formed) => {
            let again = in_form(&RuleFile::new(file.name.as_str(), formed.as_str()));
            let again = again.unwrap_or_else(|error| panic!("what was put in form is refused: {error}"));
            assert_eq!(
                again, formed,
                "what was put in form changes when it is put in form again"
            );
        }
        Err(Error::Rules { mistakes }) => {
            let gave_up = mistakes
                .iter()
                .any(|mistake| mistake.message.contains("stays as it is"));
            assert!(
                !gave_up,
                "a form that would change what the file says: {:?}",
                file.text
            );
        }
        Err(error) => panic!("an error that a form cannot have: {error}"),
    }
}

/// Mends leave TOML where TOML was, and check the same the second time.
fn mended(own: &[RuleFile], check: &Check, report: &Report) {
    for (file, made) in fixed(check, report) {
        assert!(made > 0, "{}: changed without a mend", file.name);
        let was = own.iter().find(|own| own.name == file.name);
        if was.is_some_and(|was| in_form(was).is_ok()) {
            assert!(in_form(&file).is_ok(), "a mend breaks the file: {}", file.text);
        }
    }
}

/// Labels by these rules keep the laws.
fn used(rules: &Rules) {
    let source = Source::from_text("letter.txt", LETTER);
    let reading = rules.read(&source).expect("it holds text");
    outputs::hold(rules, &reading, &rows(rules, &reading));
    assert!(rules.read(&source).ok() == Some(reading), "two runs differ");
    for example in rules.examples() {
        rules.standing_text(&example.text);
    }
    let again = Rules::unpack(&rules.pack()).expect("packed rules unpack");
    assert_eq!(again.fingerprint(), rules.fingerprint());
}

/// Bytes that may be packed rules.
fn packed(text: &str) {
    if let Ok(rules) = Rules::unpack(text.as_bytes()) {
        used(&rules);
    }
}
