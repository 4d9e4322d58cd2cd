use std::collections::BTreeMap;

use super::*;
use crate::codebook::{Change, Polarity};
use crate::comparison::{
    About, BalanceChange, By, Course, LabelError, Met, Point, Step, ThemeSeries, ThemeStep, TypicalWord,
    Verdict, Warning, group,
};
use crate::facts::{Judgement, Kind};
use crate::row::rows;
use crate::source::Source;
use crate::visit::{
    Balance, Basis, Counts, CountsAs, Document, LeftOut, Length, Mention, Moves, Quote, ThemeFindings, Use,
};

/// Text that would run, close its element or break out of its attribute if it were written as it is.
const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)></title></style></textarea>--><!-- \
                       javascript:alert(3) {{ 7*7 }} {% raw %} &lt;b&gt; \u{0}\u{1b}[31m\u{202e}";

fn counts(strength: usize, concern: usize, mixed: usize, neutral: usize) -> Counts {
    Counts {
        strength,
        concern,
        mixed,
        neutral,
    }
}

fn quote(document: &str, id: &str, polarity: Polarity) -> Quote {
    Quote {
        id: id.to_owned(),
        document: document.to_owned(),
        sentence: 1,
        page: Some(2),
        paragraph: None,
        text: format!("Caseloads {HOSTILE}"),
        polarity,
        change: Change::None,
        evidence: vec![HOSTILE.to_owned()],
        corrected: false,
    }
}

/// A visit whose every text is hostile, with its reading.
fn visit(rules: &Rules, n: usize, sum: Counts) -> (Visit, Reading) {
    let name = format!("{n}/{HOSTILE}");
    let text = format!(
        "Dear {HOSTILE}\n\nFindings {HOSTILE}\n\nCaseloads are too high {HOSTILE} in two teams. Supervision is regular.\n\n\
         Plans were looked at. Supervision is good, but plans are weak {HOSTILE}.\n\n• Assessments are timely.\n\n• {HOSTILE}\n"
    );
    let source = Source::from_text(&name, &text);
    let reading = rules.read(&source).unwrap();
    let rows = rows(rules, &reading);
    let theme = |id: &str, name: &str, mention, sum: Counts| ThemeFindings {
        theme: id.to_owned(),
        name: name.to_owned(),
        mention,
        counts: sum,
        balance: (mention == Mention::Judged).then_some(Balance {
            value: -0.5,
            low: -0.9,
            high: 0.1,
        }),
        share: 0.25,
        moves: Moves::default(),
        authority: Counts::default(),
        other: Counts::default(),
        past: Counts::default(),
        future: Counts::default(),
        strengths: Vec::new(),
        concerns: Vec::new(),
    };
    let used = rows.iter().enumerate().map(|(n, row)| Use {
        id: row.id.clone(),
        sentence: row.sentence,
        counts_as: if n == 1 {
            CountsAs::Repeat
        } else {
            CountsAs::Finding
        },
        because: None,
        corrected: n == 0,
    });
    let document = Document {
        document: name.clone(),
        kind: Some(Kind::MonitoringLetter),
        published: Some(HOSTILE.to_owned()),
        rules: "f".to_owned(),
        counted: n == 0,
        length: Length {
            sentences: rows.len(),
            words: 40,
        },
        counts: sum,
        left_out: LeftOut::default(),
        themes: Vec::new(),
        sentences: used.collect(),
        rows,
    };
    let visit = Visit {
        schema: 1,
        id: format!("visit-{n}"),
        authority: Some(HOSTILE.to_owned()),
        start: Some(format!("202{n}-03-05")),
        end: Some(HOSTILE.to_owned()),
        kind: Some(Kind::MonitoringLetter),
        visit_number: Some(2),
        judgements: BTreeMap::from([(HOSTILE.to_owned(), Judgement::RequiresImprovement)]),
        further: [(HOSTILE.to_owned(), HOSTILE.into())].into_iter().collect(),
        basis: Basis::Reported,
        rules: vec!["f".to_owned()],
        documents: vec![document],
        length: Length {
            sentences: 5,
            words: 40,
        },
        counts: sum,
        left_out: LeftOut {
            repeats: 1,
            ..LeftOut::default()
        },
        themes: vec![
            theme("caseloads", HOSTILE, Mention::Judged, sum),
            theme("plans", "Plans", Mention::NotJudged, counts(0, 0, 0, 3)),
            theme("recording", HOSTILE, Mention::NotMentioned, Counts::default()),
            theme(
                "practice",
                "Practice",
                [Mention::Judged, Mention::NotMentioned][n.min(1)],
                sum,
            ),
        ],
        notes: vec![HOSTILE.to_owned()],
    };
    (visit, reading)
}

fn comparison(visits: &[Visit]) -> Comparison {
    let change = BalanceChange {
        from: 0,
        to: 1,
        value: -0.4,
        low: -0.9,
        high: -0.1,
        p: 0.01,
        verdict: Verdict::Worse,
        holds_among_all: true,
    };
    let of = |n: usize| {
        (
            visits[n].documents[0].document.as_str(),
            visits[n].documents[0].rows[0].id.as_str(),
        )
    };
    let (then, now) = (of(0), of(1));
    let step = |course| ThemeStep {
        theme: "caseloads".to_owned(),
        name: HOSTILE.to_owned(),
        course,
        since: Some(0),
        before: Some(quote(then.0, then.1, Polarity::Concern)),
        now: Some(quote(now.0, "unknown", Polarity::Mixed)),
        met: vec![Met {
            concern: quote(then.0, then.1, Polarity::Concern),
            by: quote(now.0, now.1, Polarity::Strength),
            likeness: 0.5,
        }],
        improved: vec![quote(now.0, now.1, Polarity::Strength)],
        declined: Vec::new(),
        unchanged: Vec::new(),
    };
    Comparison {
        schema: 1,
        authority: HOSTILE.to_owned(),
        visits: visits.to_vec(),
        warnings: vec![Warning {
            about: About::Kinds,
            message: HOSTILE.to_owned(),
        }],
        themes: vec![ThemeSeries {
            theme: "caseloads".to_owned(),
            name: HOSTILE.to_owned(),
            points: Vec::<Point>::new(),
            changes: vec![change],
            overall: Some(change),
        }],
        steps: vec![Step {
            from: 0,
            to: 1,
            themes: [Course::Persists, Course::PutRight, Course::FallenSilent]
                .map(step)
                .to_vec(),
        }],
        typical: vec![
            vec![TypicalWord {
                word: HOSTILE.to_owned(),
                here: 3,
                elsewhere: 1,
                z: 2.0,
            }],
            Vec::new(),
        ],
        changes_tested: 2,
        expected_by_chance: 0.1,
    }
}

/// A page with every kind of thing that a page can hold.
fn everything(authorities: bool) -> String {
    everything_by(authorities, html)
}

fn everything_by(authorities: bool, write: fn(&Page<'_>) -> String) -> String {
    let rules = Rules::built_in();
    let (visits, readings): (Vec<Visit>, Vec<Reading>) = [
        visit(&rules, 0, counts(3, 2, 1, 4)),
        visit(&rules, 1, counts(0, 7, 0, 1)),
    ]
    .into_iter()
    .unzip();
    let comparisons = [comparison(&visits)];
    let mut visits = visits;
    if authorities {
        let (mut other, _) = visit(&rules, 2, counts(0, 0, 0, 0));
        other.authority = None;
        other.start = None;
        other.end = None;
        other.basis = Basis::Unknown;
        visits.push(other);
    }
    let mut groups = group(&visits, By::Kind, None);
    groups.error = Some(LabelError {
        file: HOSTILE.to_owned(),
        rules: None,
        sentences: Some(40),
        polarity_accuracy: Some(0.9),
    });
    write(&Page {
        rules: &rules,
        visits: &visits,
        comparisons: &comparisons,
        groups: &groups,
        readings: &readings[..1],
    })
}

#[test]
fn nothing_of_a_document_becomes_markup() {
    for page in [everything(false), everything(true)] {
        assert!(
            !page.contains("onerror=alert(2)>"),
            "an element of the document is on the page"
        );
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</script").count(), 1);
        assert_eq!(page.matches("</style").count(), 1);
        assert_eq!(page.matches("<!--").count(), 0);
        assert!(!page.contains(['\u{0}', '\u{1b}']));
        assert!(page.contains("{{ 7*7 }}") && page.contains("&amp;lt;b&amp;gt;"));
        // No attribute acts on its own, and nothing is fetched.
        let (_, body) = page.split_once("<body>").unwrap();
        let body = body.split_once("<script>").unwrap().0;
        for tag in body
            .split('<')
            .skip(1)
            .map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag))
        {
            for attribute in ["style=", "onerror=", "onload=", "src=", "href=\"java", "action="] {
                // Values are quoted, so what a document says of attributes stands inside a value.
                let bare: String = tag.split('"').step_by(2).collect();
                assert!(!bare.contains(attribute), "{tag}");
            }
        }
    }
}

#[test]
fn templates_cannot_get_round_escaping() {
    for (name, source) in TEMPLATES {
        assert!(
            !source.contains("safe") && !source.contains("autoescape"),
            "{name}"
        );
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    assert_eq!(everything(true), everything(true));
}

#[test]
fn anchors_are_there_once_and_links_lead_to_them() {
    let page = everything(true);
    let mut anchors: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let all = anchors.len();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), all, "an id stands twice");
    let links: Vec<&str> = page
        .split(" href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(links.len() > 20);
    for link in links {
        let anchor = link.strip_prefix('#').expect("links stay on the page");
        assert!(anchors.binary_search(&anchor).is_ok(), "{link} leads nowhere");
    }
}

#[test]
fn documents_without_a_reading_show_their_sentences() {
    let page = everything(false);
    // The first document is shown whole, letterhead and all; of the second there are rows only.
    assert_eq!(page.matches("Dear &quot;").count(), 1);
    let text: String = page
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(text.matches("Plans were looked at.").count(), 2);
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let rules = Rules::built_in();
    let page = html(&Page {
        rules: &rules,
        visits: &[],
        comparisons: &[],
        groups: &group(&[], By::Kind, None),
        readings: &[],
    });
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>"));
}

#[test]
fn a_part_keeps_to_itself() {
    let part = everything_by(true, fragment);
    assert!(part.starts_with("<section class=\"findings-report\"") && part.ends_with("</section>"));
    // No second page inside a page, and nothing that runs.
    for tag in [
        "<html",
        "<head",
        "<body",
        "<main",
        "<h1",
        "<script",
        "<meta",
        "<title",
        "onerror=alert(2)>",
    ] {
        assert!(!part.contains(tag), "{tag}");
    }
    assert_eq!(part.matches("<style").count(), 1);
    // Every id is its own, and every reference leads to one of them.
    let named = |attribute: &str| -> Vec<String> {
        let found = part.split(attribute).skip(1);
        found
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let ids = named(" id=\"");
    assert!(ids.len() > 20 && ids.iter().all(|id| id.starts_with("findings-")));
    for attribute in [" href=\"#", " for=\"", " aria-labelledby=\""] {
        let references = named(attribute);
        assert!(!references.is_empty());
        for id in references {
            assert!(ids.contains(&id), "{attribute}{id} leads nowhere");
        }
    }
    // The style holds within the part, and speaks of no id of the page around it.
    let style = part
        .split("<style>")
        .nth(1)
        .unwrap()
        .split("</style>")
        .next()
        .unwrap();
    assert!(style.starts_with("@scope (.findings-report){"));
    assert_eq!(style.matches('{').count(), style.matches('}').count());
    for of_page in [":root", "\nhtml", "\nbody", "prefers-color-scheme"] {
        assert!(!style.contains(of_page), "{of_page}");
    }
    let hex = |name: &str| matches!(name.len(), 3 | 6) && name.chars().all(|c| c.is_ascii_hexdigit());
    for rest in style.split('#').skip(1) {
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap();
        let name = &rest[..end];
        assert!(hex(name) || ids.iter().any(|id| id == name), "#{name}");
    }
}
