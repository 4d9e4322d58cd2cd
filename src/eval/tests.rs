use super::*;
use crate::codebook::Polarity;
use crate::gold::from_bytes;

fn sentences(table: &str) -> Vec<Gold> {
    from_bytes("labels", table.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn given(table: &str) -> Given {
    Given {
        sentences: sentences(table),
        ..Given::default()
    }
}

fn options() -> Options {
    Options {
        themes: ["caseloads", "plans"].map(str::to_owned).to_vec(),
        core: ["caseloads".to_owned()].into(),
        draws: Draws { draws: 50, seed: 1 },
    }
}

const GOLD: &str = "id,doc,polarity,labels,source,time,change
1,a,concern,plans:concern,,,
2,a,mixed,plans:concern plans:strength,,,
3,b,neutral,caseloads:neutral,authority,,
4,b,strength,supervision:strength,,past,improved
";

const GIVEN: &str = "id,doc,polarity,labels,source,time,change
1,a,strength,plans:strength,,,
2,a,mixed,plans:concern practice:concern,,,
3,b,neutral,caseloads:concern,authority,,
";

#[test]
fn figures_are_those_worked_out_by_hand() {
    let found = evaluate(&sentences(GOLD), &given(GIVEN), &options()).unwrap();
    let value = |name: &str| {
        let figures = found.figures.each();
        figures.iter().find(|(known, _)| *known == name).unwrap().1.value
    };
    // Gold has 4 findings; 4 are given; 1 is right.
    assert_eq!(value("finding_f1"), Some(0.25));
    assert_eq!(value("finding_core_f1"), Some(0.0));
    // 3 of 4 themes are given, and 1 that is not gold's.
    assert_eq!(value("theme_f1"), Some(0.75));
    assert_eq!(value("polarity_accuracy"), Some(0.5));
    // Strength and concern 0, mixed and neutral 1.
    assert_eq!(value("polarity_macro_f1"), Some(0.5));
    assert_eq!(value("source_f1"), Some(1.0));
    assert_eq!(value("time_f1"), Some(0.0));
    assert_eq!(value("boundary_recall"), None);
    assert_eq!((found.sentences, found.documents, found.not_found), (4, 2, 1));
    assert_eq!(found.matched_by, MatchedBy::Id);
    let row = found.confusion.iter().find(|row| row.gold == Polarity::Strength);
    assert_eq!(row.map(|row| row.none), Some(1));
}

#[test]
fn labels_are_correct_partial_missing_or_spurious() {
    let found = evaluate(&sentences(GOLD), &given(GIVEN), &options())
        .unwrap()
        .labels;
    // plans:concern of 2 is correct; plans of 1 and caseloads of 3 have another polarity; plans:strength of 2 and
    // supervision of 4 are missing; practice of 2 is spurious.
    assert_eq!(
        (found.correct, found.partial, found.missing, found.spurious),
        (1, 2, 2, 1)
    );
    assert_eq!((found.precision, found.recall), (Some(0.5), Some(0.4)));
}

#[test]
fn themes_are_listed_in_the_order_of_the_rules() {
    let found = evaluate(&sentences(GOLD), &given(GIVEN), &options()).unwrap();
    let themes: Vec<_> = found
        .themes
        .iter()
        .map(|theme| (theme.theme.as_str(), theme.gold, theme.given, theme.f1))
        .collect();
    assert_eq!(
        themes,
        [
            ("caseloads", 0, 1, Some(0.0)),
            ("plans", 3, 2, Some(0.4)),
            ("practice", 0, 1, Some(0.0)),
            ("supervision", 1, 0, Some(0.0)),
        ]
    );
    assert_eq!(found.themes[0].recall, None);
}

#[test]
fn wrong_labels_are_blamed_on_the_rule_that_decided_them() {
    let gold = sentences(
        r#"{"id": "1", "polarity": "strength", "labels": [["plans", "strength"]]}
{"id": "2", "polarity": "concern", "labels": [["plans", "concern"]]}
{"id": "3", "polarity": "neutral", "labels": []}"#,
    );
    let evidence =
        |rule: &str| format!(r#"{{"rule": "{rule}", "start": 0, "end": 1, "text": "x", "via": "clause"}}"#);
    let (plans, weak, good) = (
        evidence("plans/plan*"),
        evidence("weak/weak"),
        evidence("sound/good"),
    );
    let lines = [
        format!(
            r#"{{"id": "1", "polarity": "concern", "labels": [{{"theme": "plans", "polarity": "concern", "evidence": [{weak}, {plans}]}}]}}"#
        ),
        format!(
            r#"{{"id": "2", "polarity": "concern", "labels": [{{"theme": "plans", "polarity": "concern", "evidence": [{plans}, {weak}]}}]}}"#
        ),
        format!(
            r#"{{"id": "3", "polarity": "neutral", "labels": [{{"theme": "plans", "polarity": "strength", "evidence": [{plans}, {good}]}}]}}"#
        ),
    ];
    let found = evaluate(&gold, &given(&lines.join("\n")), &options()).unwrap();
    let groups: Vec<_> = found
        .disagreements
        .iter()
        .map(|group| {
            let kinds: Vec<_> = group
                .wrong
                .iter()
                .map(|wrong| (found.disputed[wrong.sentence].id.as_str(), wrong.kind))
                .collect();
            (group.rule.as_deref(), group.right, kinds)
        })
        .collect();
    // 1: the judgement is wrong; 3: that there is a theme at all.
    assert_eq!(
        groups,
        [
            (
                Some("weak/weak"),
                Some(1),
                vec![("1", Kind::Partial), ("1", Kind::Polarity)]
            ),
            (Some("plans/plan*"), Some(1), vec![("3", Kind::Spurious)]),
        ]
    );
}

#[test]
fn disagreements_can_be_cut_to_the_first_or_to_a_theme() {
    let all = evaluate(&sentences(GOLD), &given(GIVEN), &options()).unwrap();
    let shown = |found: &Evaluation| -> Vec<String> {
        let wrong = found.disagreements.iter().flat_map(|group| &group.wrong);
        wrong
            .map(|wrong| {
                let theme = wrong.theme.as_deref().unwrap_or("-");
                format!(
                    "{} {theme} {}",
                    found.disputed[wrong.sentence].id,
                    wrong.kind.name()
                )
            })
            .collect()
    };
    let mut first = all.clone();
    first.keep_disagreements(2);
    assert_eq!(shown(&first), shown(&all)[..2]);
    assert_eq!(first.disputed.len(), 2);
    let mut supervision = all.clone();
    supervision.keep_theme("supervision");
    assert_eq!(shown(&supervision), ["4 supervision missing"]);
    assert_eq!(supervision.disputed.len(), 1);
    supervision.keep_disagreements(0);
    assert!(supervision.disagreements.is_empty() && supervision.disputed.is_empty());
}

#[test]
fn nothing_that_matches_is_an_error_that_names_both_sides() {
    let other = GIVEN
        .replace("\n1,", "\nx,")
        .replace("\n2,", "\ny,")
        .replace("\n3,", "\nz,");
    let error = evaluate(&sentences(GOLD), &given(&other), &options()).unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("by ids; ids on one side: 1, 2, 3, ...; on the other: x, y, z;"),
        "{said}"
    );
}

#[test]
fn one_document_is_drawn_by_sentences() {
    let one = GOLD.replace(",b,", ",a,");
    let found = evaluate(&sentences(&one), &given(&GIVEN.replace(",b,", ",a,")), &options()).unwrap();
    assert_eq!(
        (found.intervals.over, found.intervals.groups),
        (Over::Sentences, 4)
    );
    assert!(found.figures.finding_f1.low < found.figures.finding_f1.high);
}
