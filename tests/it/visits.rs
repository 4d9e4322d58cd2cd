//! Visits and comparisons: of the invented series, and of the real one where it lies beside the checkout.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use findings::Rules;
use findings::codebook::Polarity;
use findings::comparison::{About, By, Comparison, Course, comparisons, group};
use findings::facts::{Given, facts};
use findings::row::rows;
use findings::visit::{Basis, Counts, CountsAs, Labelled, Mention, Options, Visit, visits};
use rayon::prelude::*;

use crate::documents;

fn labelled(path: &Path, given: &Given) -> Labelled {
    let rules = documents::rules();
    let reading = rules
        .read(&documents::source(path))
        .unwrap_or_else(|error| panic!("{error}"));
    let mut facts = facts(rules, &reading);
    given.correct(&mut facts);
    Labelled {
        facts,
        rows: rows(rules, &reading),
        ..Labelled::default()
    }
}

fn all(paths: &[PathBuf], given: &Given) -> Vec<Labelled> {
    paths.par_iter().map(|path| labelled(path, given)).collect()
}

fn of(documents: Vec<Labelled>) -> Vec<Visit> {
    visits(documents::rules(), documents, &Options::default())
}

fn wexcombe() -> Vec<Labelled> {
    let given = Given::open(&documents::path("fixtures/facts.toml")).unwrap();
    let paths: Vec<PathBuf> = [
        "wexcombe-monitoring-3",
        "wexcombe-press",
        "wexcombe-monitoring-1",
        "wexcombe-minutes",
        "wexcombe-monitoring-2",
    ]
    .iter()
    .map(|name| documents::path(&format!("fixtures/letters/{name}.txt")))
    .collect();
    all(&paths, &given)
}

fn theme<'v>(visit: &'v Visit, id: &str) -> &'v findings::visit::ThemeFindings {
    visit.themes.iter().find(|theme| theme.theme == id).unwrap()
}

#[test]
fn the_invented_series_is_three_visits_and_what_stands_beside_adds_nothing() {
    let found = of(wexcombe());
    let starts: Vec<_> = found
        .iter()
        .map(|visit| visit.start.as_deref().unwrap())
        .collect();
    assert_eq!(starts, ["2023-09-12", "2024-03-05", "2024-11-12"]);
    assert_eq!(found[1].documents.len(), 3);
    let counted: Vec<_> = found[1]
        .documents
        .iter()
        .map(|document| document.counted)
        .collect();
    assert_eq!(counted, [true, false, false]);
    let letters: Vec<Labelled> = wexcombe()
        .into_iter()
        .filter(|one| one.facts.document.contains("monitoring-2"))
        .collect();
    let alone = &of(letters)[0];
    assert_eq!(alone.counts, found[1].counts);
    assert_eq!(alone.themes, found[1].themes);
    // The minutes print their motion twice.
    let minutes = found[1]
        .documents
        .iter()
        .find(|one| one.document.contains("minutes"))
        .unwrap();
    assert!(minutes.left_out.repeats > 3, "{:?}", minutes.left_out);
    assert!(found.iter().all(|visit| visit.left_out.standing >= 3));
}

#[test]
fn the_invented_series_reads_as_it_was_written() {
    let compared = comparisons(documents::rules(), &of(wexcombe()));
    let [series] = &compared[..] else {
        panic!("one authority")
    };
    assert!(series.warnings.is_empty(), "{:?}", series.warnings);
    let second = |theme: &str| {
        series.steps[0]
            .themes
            .iter()
            .find(|step| step.theme == theme)
            .unwrap()
    };
    let said = |quotes: &[findings::visit::Quote], words: &str| {
        quotes.iter().any(|quote| quote.text.contains(words))
    };
    assert!(said(&second("caseloads").improved, "caseloads are reducing"));
    assert!(said(&second("workforce").declined, "Vacancies have risen"));
    assert!(said(&second("plans").unchanged, "have not improved"));
    assert!(
        second("supervision")
            .met
            .iter()
            .any(|met| met.concern.text.contains("does not happen regularly")
                && met.by.text.contains("more regular"))
    );
    let third = |theme: &str| {
        series.steps[1]
            .themes
            .iter()
            .find(|step| step.theme == theme)
            .unwrap()
    };
    assert!(said(&third("care_leavers").declined, "has declined"));
    assert!(said(&third("assessments").improved, "71 to 88"));
}

#[test]
fn the_order_of_documents_changes_nothing() {
    let documents = wexcombe();
    let expected = of(documents.clone());
    let compared = comparisons(documents::rules(), &expected);
    for turn in 1..documents.len() {
        let mut turned = documents.clone();
        turned.rotate_left(turn);
        let mut found = of(turned);
        // Documents beside stand in the order of the call.
        for (visit, other) in found.iter_mut().zip(&expected) {
            visit.documents.sort_by_key(|one| {
                other
                    .documents
                    .iter()
                    .position(|known| known.document == one.document)
            });
        }
        assert!(found == expected, "turned by {turn}, the visits differ");
        assert!(
            comparisons(documents::rules(), &found) == compared,
            "turned by {turn}, the comparison differs"
        );
    }
}

#[test]
fn what_is_read_back_is_what_was_written() {
    let mut found = of(wexcombe());
    let mut compared = comparisons(documents::rules(), &found);
    let series = compared.iter_mut().flat_map(|series| &mut series.visits);
    for document in series.chain(&mut found).flat_map(|visit| &mut visit.documents) {
        document.rows.clear();
    }
    let back: Vec<Comparison> = serde_json::from_str(&serde_json::to_string(&compared).unwrap()).unwrap();
    assert!(back == compared, "a comparison is not what was written");
    let back: Vec<Visit> = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
    assert!(back == found, "a visit is not what was written");
}

/// What holds of every visit.
fn lawful(visit: &Visit) {
    let id = &visit.id;
    let mut sum = Counts::default();
    for document in &visit.documents {
        assert_eq!(document.rows.len(), document.sentences.len(), "{id}");
        let findings = document
            .sentences
            .iter()
            .filter(|used| used.counts_as == CountsAs::Finding);
        assert_eq!(findings.count(), document.counts.all(), "{id}");
        assert_eq!(document.counts.all(), document.length.sentences, "{id}");
        let out = &document.left_out;
        let apart = out.authority.all() + out.other.all() + out.past.all() + out.future.all();
        let all = document.counts.all() + apart + out.standing + out.repeats;
        assert_eq!(
            all,
            document.rows.len(),
            "{id}: every sentence is somewhere, and once"
        );
        if document.counted {
            sum.add_all(&document.counts);
        }
    }
    assert_eq!(sum, visit.counts, "{id}");
    let known: BTreeSet<&str> = visit
        .documents
        .iter()
        .filter(|document| document.counted)
        .flat_map(|document| document.sentences.iter())
        .filter(|used| used.counts_as == CountsAs::Finding)
        .map(|used| used.id.as_str())
        .collect();
    for theme in &visit.themes {
        let name = &theme.theme;
        assert!(theme.counts.all() <= visit.counts.all(), "{id} {name}");
        assert!((0.0..=1.0).contains(&theme.share), "{id} {name}");
        assert_eq!(
            theme.mention == Mention::NotMentioned,
            theme.counts.all() == 0,
            "{id} {name}"
        );
        assert_eq!(
            theme.mention == Mention::Judged,
            theme.counts.judged() > 0,
            "{id} {name}"
        );
        assert_eq!(
            theme.balance.is_some(),
            theme.counts.strength + theme.counts.concern > 0,
            "{id} {name}"
        );
        if let Some(balance) = theme.balance {
            assert!(-1.0 <= balance.low && balance.low <= balance.value, "{id} {name}");
            assert!(
                balance.value <= balance.high && balance.high <= 1.0,
                "{id} {name}"
            );
        }
        for quote in theme.strengths.iter().chain(&theme.concerns) {
            assert!(
                known.contains(quote.id.as_str()),
                "{id} {name}: a quotation that does not count"
            );
        }
        assert!(
            theme
                .strengths
                .iter()
                .all(|quote| quote.polarity == Polarity::Strength)
        );
    }
}

/// What holds of every comparison.
fn lawful_series(series: &Comparison) {
    for theme in &series.themes {
        assert_eq!(theme.points.len(), series.visits.len());
        for change in theme.changes.iter().chain(&theme.overall) {
            assert!(change.from < change.to);
            assert!(change.low <= change.value && change.value <= change.high);
            assert!((0.0..=1.0).contains(&change.p));
        }
    }
    for step in &series.steps {
        for theme in &step.themes {
            assert!(theme.since.is_none_or(|since| since < step.to));
            if theme.course == Course::FallenSilent {
                assert!(theme.now.is_none());
            }
            for met in &theme.met {
                assert!((0.0..=1.0).contains(&met.likeness));
            }
        }
    }
    let tested = series
        .themes
        .iter()
        .map(|theme| theme.changes.len() + usize::from(theme.overall.is_some()));
    assert_eq!(series.changes_tested, tested.sum::<usize>());
}

#[test]
fn laws_hold_for_every_document_and_alone_each_counts_the_same() {
    let paths = documents::all();
    let documents = all(&paths, &Given::default());
    let together = of(documents.clone());
    assert_eq!(
        together.iter().map(|visit| visit.documents.len()).sum::<usize>(),
        paths.len()
    );
    together.iter().for_each(lawful);
    comparisons(documents::rules(), &together)
        .iter()
        .for_each(lawful_series);
    let ids: BTreeSet<&str> = together.iter().map(|visit| visit.id.as_str()).collect();
    assert_eq!(ids.len(), together.len(), "two visits share an id");
    // What counts in a document never depends on which other letters are in the run.
    documents.into_par_iter().for_each(|document| {
        let name = document.facts.document.clone();
        let alone = of(vec![document]);
        let inside = together
            .iter()
            .flat_map(|visit| &visit.documents)
            .find(|one| one.document == name)
            .unwrap();
        let of_alone = &alone[0].documents[0];
        let first = together.iter().any(|visit| visit.documents[0].document == name);
        if first || !inside.counted {
            assert!(of_alone.sentences == inside.sentences, "{name}");
        }
    });
}

#[test]
fn groups_hold_every_visit_once() {
    let documents = all(&documents::letters(), &Given::default());
    let found = of(documents);
    for by in By::ALL {
        let grouping = group(&found, *by, None);
        let visits: BTreeSet<&String> = grouping.groups.iter().flat_map(|group| &group.visits).collect();
        assert_eq!(visits.len(), found.len(), "{by:?}");
        let sentences: usize = grouping.groups.iter().map(|group| group.length.sentences).sum();
        assert_eq!(
            sentences,
            found.iter().map(|visit| visit.length.sentences).sum::<usize>()
        );
        for theme in &grouping.groups[0].themes {
            let of_groups = grouping.groups.iter().flat_map(|group| &group.themes);
            let of_groups: usize = of_groups
                .filter(|other| other.theme == theme.theme)
                .map(|other| other.counts.all())
                .sum();
            let of_visits = found.iter().flat_map(|visit| &visit.themes);
            let of_visits: usize = of_visits
                .filter(|other| other.theme == theme.theme)
                .map(|other| other.counts.all())
                .sum();
            assert_eq!(of_groups, of_visits, "{by:?} {}", theme.theme);
        }
    }
}

#[test]
fn what_is_left_out_counts_where_it_is_asked_for() {
    let options = Options {
        with: vec![
            CountsAs::Authority,
            CountsAs::Past,
            CountsAs::Future,
            CountsAs::Other,
        ],
        ..Options::default()
    };
    let found = visits(documents::rules(), wexcombe(), &options);
    let usual = of(wexcombe());
    for (visit, usual) in found.iter().zip(&usual) {
        lawful(visit);
        let out = &usual.left_out;
        let apart = out.authority.all() + out.other.all() + out.past.all() + out.future.all();
        assert!(apart > 0);
        assert_eq!(visit.counts.all(), usual.counts.all() + apart);
        assert_eq!(visit.left_out.standing, usual.left_out.standing);
    }
}

#[test]
fn labels_of_other_rules_are_known_as_such() {
    let mut documents = wexcombe();
    for row in &mut documents[0].rows {
        row.rules = "00000000000000aa".to_owned();
    }
    let compared = comparisons(documents::rules(), &of(documents));
    assert_eq!(compared[0].warnings[0].about, About::Rules);
}

/// Facts that the five real documents leave out.
const BRADFORD: &str = "
[000_66a0050f2aaca5fc]
inspection_start = 2019-10-01
inspection_end = 2019-10-31

[002_798b61fe7cf4f4a7]
inspection_start = 2022-07-01
inspection_end = 2022-07-31

[004_717871ce20724662]
inspection_start = 2023-11-01
inspection_end = 2023-11-30
";

#[test]
fn the_five_real_documents_are_five_visits_in_order() {
    let Some(folder) = documents::shared("letters") else {
        return;
    };
    let given = Given::from_toml("facts.toml", BRADFORD).unwrap();
    let found = of(all(&documents::files(&folder, "txt"), &given));
    found.iter().for_each(lawful);
    let when: Vec<String> = found.iter().map(Visit::when).collect();
    assert_eq!(
        when,
        [
            "17–28 September 2018",
            "11 June 2019",
            "October 2019",
            "July 2022",
            "November 2023"
        ]
    );
    assert!(
        found
            .iter()
            .all(|visit| visit.authority.as_deref() == Some("Bradford"))
    );
    let basis: Vec<Basis> = found.iter().map(|visit| visit.basis).collect();
    assert_eq!(basis[1], Basis::Inspectors);
    assert!([0, 2, 3, 4].iter().all(|n| basis[*n] == Basis::Reported));
    // The minutes print their motion twice; it counts once.
    assert!(found[0].left_out.repeats > 20, "{:?}", found[0].left_out);
    let [_, june, _, _, radio] = &found[..] else {
        panic!("five visits")
    };
    assert!(radio.counts.judged() > 0);

    let caseloads = theme(june, "caseloads");
    assert!(caseloads.counts.concern >= 3 && caseloads.balance.unwrap().high < 0.2);
    let supervision = theme(june, "supervision");
    assert!(supervision.balance.unwrap().value < 0.0);
    let rows = june.documents[0].rows.iter().zip(&june.documents[0].sentences);
    assert!(
        rows.filter(|(_, used)| used.counts_as == CountsAs::Finding)
            .any(|(row, _)| {
                row.text.contains("not held regularly")
                    && row.labels.iter().any(|label| label.theme == "supervision")
            })
    );

    let compared = comparisons(documents::rules(), &found);
    let [series] = &compared[..] else {
        panic!("one authority")
    };
    lawful_series(series);
    assert_eq!(series.visits.len(), 5);
    let about: Vec<About> = series.warnings.iter().map(|warning| warning.about).collect();
    assert_eq!(about, [About::Kinds, About::Lengths]);
    let october = series.steps.iter().find(|step| step.to == 2).unwrap();
    let caseloads = october
        .themes
        .iter()
        .find(|step| step.theme == "caseloads")
        .unwrap();
    let told = caseloads.now.as_ref().map(|quote| quote.polarity);
    assert_eq!(
        told,
        Some(Polarity::Strength),
        "the rules no longer read that caseloads are reducing in the post"
    );
    assert_eq!((caseloads.course, caseloads.since), (Course::PutRight, Some(1)));
    assert!(
        caseloads
            .improved
            .iter()
            .any(|quote| quote.text.contains("caseloads are reducing"))
    );
    assert!(caseloads.before.is_some() && caseloads.now.is_some());
}

#[test]
fn the_standing_text_of_the_rules_holds() {
    let rules = Rules::built_in_checked().unwrap();
    assert!(
        rules
            .standing_text("I am copying this letter to the Department for Education.")
            .is_some()
    );
    assert!(
        rules
            .standing_text("Copies of plans are not given to parents.")
            .is_none()
    );
}

/// The manual tells of every value and column.
#[test]
#[cfg(feature = "cli")]
fn values_and_columns_are_told() {
    use findings::report::{COMPARISON_FORMATS, GROUP_FORMATS, VISIT_FORMATS, WholeFormat};
    let text = std::fs::read_to_string(documents::path("docs/visits.md")).unwrap();
    let told: BTreeSet<&str> = text.split('`').skip(1).step_by(2).collect();
    let given = Given::open(&documents::path("fixtures/facts.toml")).unwrap();
    let letters = ["wexcombe-monitoring-1", "wexcombe-monitoring-2"];
    let paths: Vec<PathBuf> = letters
        .iter()
        .map(|name| documents::path(&format!("fixtures/letters/{name}.txt")))
        .collect();
    let found = of(all(&paths, &given));
    let series = comparisons(documents::rules(), &found);
    let groups = group(&found, By::Year, None);
    let mut heads = Vec::new();
    let csv = |bytes: Vec<u8>| {
        String::from_utf8(bytes)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    let mut out = Vec::new();
    (WholeFormat::named(VISIT_FORMATS, "csv").unwrap().write)(&found, &mut out).unwrap();
    heads.push(csv(out));
    let mut out = Vec::new();
    (WholeFormat::named(COMPARISON_FORMATS, "csv").unwrap().write)(&series, &mut out).unwrap();
    heads.push(csv(out));
    let mut out = Vec::new();
    (WholeFormat::named(GROUP_FORMATS, "csv").unwrap().write)(&groups, &mut out).unwrap();
    heads.push(csv(out));
    let mut names: BTreeSet<String> = heads
        .iter()
        .flat_map(|head| head.split(',').map(str::to_owned))
        .collect();
    assert!(names.len() > 50, "{names:?}");
    let schemas = ["visit", "comparison", "grouping"];
    for name in schemas {
        let path = documents::path(&format!("docs/schema/{name}.schema.json"));
        let schema: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for kind in ["CountsAs", "Course", "Mention", "About"] {
            let values = schema["$defs"][kind]["oneOf"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            names.extend(
                values
                    .iter()
                    .filter_map(|value| value["const"].as_str())
                    .map(str::to_owned),
            );
        }
    }
    assert!(
        names.contains("fallen_silent") && names.contains("not_judged"),
        "the schemas were not looked at"
    );
    let untold: Vec<&String> = names
        .iter()
        .filter(|name| !told.contains(name.as_str()))
        .collect();
    assert!(untold.is_empty(), "docs/visits.md does not tell of {untold:?}");
}
