use super::*;

fn mistakes(given: Result<Given, Error>) -> Vec<(usize, String)> {
    match given {
        Err(Error::Given { mistakes }) => mistakes
            .into_iter()
            .map(|mistake| (mistake.line, mistake.message))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn corrected(given: &Given, document: &str) -> Facts {
    let mut facts = Facts {
        document: document.to_owned(),
        authority: Some("Harrowmere".to_owned()),
        visit_number: Some(3),
        ..Facts::default()
    };
    given.correct(&mut facts);
    facts
}

const TOML: &str = "\
[\"wexcombe-press.txt\"]
kind = \"press_article\"
authority = \"Wexcombe\"
inspection_start = 2024-03-05
visit_number = \"none\"
judgements = { overall = \"good\" }
ons_code = \"E99\"
population = 412
";

#[test]
fn a_person_wins_and_is_named() {
    let given = Given::from_toml("facts.toml", TOML).unwrap();
    let facts = corrected(&given, "letters/wexcombe-press.txt");
    assert_eq!(facts.kind, Some(Kind::PressArticle));
    assert_eq!(facts.authority.as_deref(), Some("Wexcombe"));
    assert_eq!(facts.inspection_start, facts.inspection_end);
    assert_eq!(facts.visit_number, None);
    assert_eq!(facts.judgements["overall"], Judgement::Good);
    assert_eq!(
        facts.corrected,
        [
            "authority",
            "inspection_end",
            "inspection_start",
            "judgements.overall",
            "kind",
            "visit_number"
        ]
    );
    assert_eq!(facts.extra["ons_code"], "E99");
    assert_eq!(facts.extra["population"], 412);
    assert_eq!(corrected(&given, "other.txt").corrected, [""; 0]);
    assert_eq!(given.unknown(&["b.txt"]), [("wexcombe-press.txt", 1)]);
    assert!(given.unknown(&["x/wexcombe-press.txt"]).is_empty());
}

#[test]
fn documents_are_named_by_path_name_stem_or_id() {
    for (name, document, rank) in [
        ("a/b.txt", "a/b.txt", 4),
        ("b.txt", "b.txt", 4),
        ("a/b.txt", "x/a/b.txt", 3),
        ("b.txt", "x/b.txt", 2),
        ("b", "x/b.txt", 1),
        ("b", "b", 4),
        ("b.txt", "x/ab.txt", 0),
        ("b.pdf", "x/b.txt", 0),
        ("", "x/", 0),
    ] {
        assert_eq!(match_rank(name, document), rank, "{name} {document}");
    }
}

#[test]
fn the_fullest_name_counts() {
    let text = "[letter]\nauthority = \"A\"\n[\"two/letter.txt\"]\nauthority = \"B\"\n";
    let given = Given::from_toml("facts.toml", text).unwrap();
    assert_eq!(
        corrected(&given, "one/letter.txt").authority.as_deref(),
        Some("A")
    );
    assert_eq!(
        corrected(&given, "two/letter.txt").authority.as_deref(),
        Some("B")
    );
}

#[test]
fn every_mistake_in_toml_is_told_with_its_line() {
    let text = "kind = 3\n[a]\nkind = \"letter\"\npublished = \"5 March\"\n[b]\ninspection_start = 2024-03-05\n\
                inspection_end = 2024-03-04\nvisit_number = 0\nauthorty = \"X\"\nregion = [1]\n";
    let lines: Vec<usize> = mistakes(Given::from_toml("facts.toml", text))
        .iter()
        .map(|(line, _)| *line)
        .collect();
    assert_eq!(lines, [1, 3, 4, 5, 8, 9, 10]);
}

#[cfg(feature = "cli")]
#[test]
fn csv_says_the_same_as_toml() {
    let text = "\u{feff}document,kind,authority,inspection_start,visit_number,judgements.overall,ons_code\n\
                wexcombe-press.txt, press_article ,Wexcombe,2024-03-05,none,good,E99\n\
                other.txt,,,,,,\n";
    let given = Given::from_csv("facts.csv", text).unwrap();
    let facts = corrected(&given, "wexcombe-press.txt");
    assert_eq!(facts.kind, Some(Kind::PressArticle));
    assert_eq!(facts.visit_number, None);
    assert_eq!(facts.extra["ons_code"], "E99");
    assert_eq!(corrected(&given, "other.txt").visit_number, Some(3));
}

#[cfg(feature = "cli")]
#[test]
fn every_mistake_in_csv_is_told_with_its_line() {
    let text = "document,published\na,2024-03-05\nb,soon\na,2024-03-06\n,2024-03-06\nc,2024-03-06,more\n";
    let lines: Vec<usize> = mistakes(Given::from_csv("facts.csv", text))
        .iter()
        .map(|(line, _)| *line)
        .collect();
    assert_eq!(lines, [3, 4, 5, 6]);
    let none = mistakes(Given::from_csv("facts.csv", "letter,kind\na,b\n"));
    assert_eq!(none[0].0, 1);
}
