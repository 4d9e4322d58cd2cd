#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::comparison::{By, Comparison, Grouping, LabelError, Measured, ThemeError, comparisons, group};
use crate::facts::{Facts, Given, facts};
use crate::report::Made;
use crate::report::page::Page;
use crate::row::rows;
use crate::rules::Rules;
use crate::source::Source;
use crate::visit::{Labelled, Options, Visit, visits};

/// Everything that a template can be given.
pub(super) struct All {
    rules: Rules,
    visits: Vec<Visit>,
    comparisons: Vec<Comparison>,
    groups: Grouping,
    facts: Vec<Facts>,
    made: Made,
}

impl All {
    fn of(documents: &[(&str, &str)]) -> Self {
        let rules = Rules::built_in();
        let given = Given::open(Path::new("fixtures/facts.toml")).unwrap();
        let read = |(name, text): &(&str, &str)| {
            let mut reading = rules.read(&Source::from_text(*name, *text)).unwrap();
            reading.extra = Some([("region".to_owned(), "North".into())].into_iter().collect());
            let mut facts = facts(&rules, &reading);
            // One document stays without what its inspection was, so that there is something to warn of.
            if !name.contains("press") {
                given.correct(&mut facts);
            }
            facts.extra.insert("region".to_owned(), "North".into());
            Labelled {
                facts,
                rows: rows(&rules, &reading),
                ..Labelled::default()
            }
        };
        let documents: Vec<Labelled> = documents.iter().map(read).collect();
        let facts = documents.iter().map(|one| one.facts.clone()).collect();
        let visits = visits(&rules, documents, &Options::default());
        let comparisons = comparisons(&rules, &visits);
        let mut groups = group(&visits, By::Kind, None::<&Measured>);
        groups.error = Some(LabelError {
            file: "eval.json".to_owned(),
            rules: Some(rules.fingerprint().to_owned()),
            sentences: Some(120),
            polarity_accuracy: Some(0.8),
        });
        for theme in groups.groups.iter_mut().flat_map(|group| &mut group.themes) {
            theme.error = Some(ThemeError {
                precision: Some(0.9),
                recall: Some(0.75),
                labels: Some(12),
            });
        }
        Self {
            rules,
            visits,
            comparisons,
            groups,
            facts,
            made: Made {
                command: "findings report letters".to_owned(),
                date: jiff::Timestamp::from_second(1_700_000_000).ok(),
                to_documents: None,
            },
        }
    }

    /// The invented letters that are plain text.
    pub(super) fn letters() -> Self {
        let mut letters = Vec::new();
        for entry in fs::read_dir("fixtures/letters").unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                let text = fs::read_to_string(&path).unwrap();
                letters.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
            }
        }
        letters.sort();
        let letters: Vec<(&str, &str)> = letters
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        Self::of(&letters)
    }

    pub(super) fn bundle(&self) -> Bundle<'_> {
        Bundle {
            page: Page {
                rules: &self.rules,
                visits: &self.visits,
                comparisons: &self.comparisons,
                groups: &self.groups,
                readings: &[],
            },
            facts: &self.facts,
            made: &self.made,
        }
    }

    fn render(&self, name: &str, source: &str) -> Result<String, Error> {
        let template = Template {
            file: name.to_owned(),
            source: source.to_owned(),
            folder: None,
        };
        template.render(&self.bundle())
    }

    fn refused(&self, name: &str, source: &str) -> String {
        self.render(name, source).unwrap_err().to_string()
    }
}

const HOSTILE: &str = "Plans are weak <script>alert(1)</script> & [click](http://x) | *late* \u{1b}[31m.";

#[test]
fn words_of_a_letter_stay_words() {
    let all = All::of(&[("letter", HOSTILE)]);
    let template = "{{ sentences[0].text }}";
    let html = all.render("a.html", template).unwrap();
    assert!(
        html.contains("&lt;script&gt;") && html.contains("&amp;"),
        "{html}"
    );
    assert_eq!(html, all.render("a.HTML.j2", template).unwrap());
    let markdown = all.render("a.md", template).unwrap();
    assert!(
        markdown.contains(r"\<script>")
            && markdown.contains(r"\[click\]")
            && markdown.contains(r"\| \*late\*"),
        "{markdown}"
    );
    let json = all.render("a.json", "{{ sentences[0] }}").unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["text"], HOSTILE);
    let text = all.render("a.txt", template).unwrap();
    assert!(text.contains("<script>"), "{text}");
    for shown in [html, markdown, text] {
        assert!(!shown.contains('\u{1b}') && shown.contains('␛'), "{shown}");
    }
}

#[test]
fn shipped_templates_take_whatever_there_is() {
    let one = All::of(&[("letter", HOSTILE)]);
    let empty = All::of(&[("empty", "Tea was served at noon.")]);
    let many = All::letters();
    assert!(!many.comparisons.is_empty());
    for shipped in SHIPPED {
        for all in [&one, &empty, &many] {
            let made = Template::from(shipped).render(&all.bundle()).unwrap();
            assert!(made.contains(all.rules.fingerprint()), "{}", shipped.name);
            let acts = made.replace("\\<", "").contains("<script");
            assert!(!acts && !made.contains('\u{1b}'), "{made}");
            assert!(!made.contains("{{") && !made.contains("{%"), "{made}");
        }
        // What was found is in it, in the inspectors' words.
        let made = Template::from(shipped).render(&many.bundle()).unwrap();
        let worst = many.visits.iter().flat_map(|visit| &visit.themes);
        let quoted = worst
            .flat_map(|theme| &theme.concerns)
            .filter(|quote| made.contains(&quote.text));
        assert!(quoted.count() > 3, "{} quotes next to nothing", shipped.name);
        let file = Path::new("templates").join(shipped.file);
        assert_eq!(fs::read_to_string(file).unwrap(), shipped.source);
    }
}

#[test]
fn a_mistake_is_named_with_file_line_and_variable() {
    let all = All::of(&[("letter", "Plans are weak.")]);
    let cases = [
        (
            "{% for visit in visits %}\n{{ visit.nmae }}\n{% endfor %}",
            "own.md:2:4: `visit.nmae` is undefined; there are about, ",
        ),
        ("a\n\n{{ vists }}", "own.md:3:4: `vists` is undefined"),
        (
            "{% if visits[0].nothing %}{% endif %}",
            "own.md:1:13: `visits[0].nothing` is undefined",
        ),
        ("\n{% if visits %}", "own.md:2:14: unexpected end of input"),
        ("{{ visits|datum }}", "own.md:1:11: unknown filter"),
        (
            "{{ 'bad'|sign }}",
            "own.md:1:10: invalid operation: `bad` is no polarity",
        ),
        (
            "{% include 'x.md' %}",
            "own.md:1:4: tried to include non-existing",
        ),
        ("{{ 1 // 0 }}", "own.md:1:4: invalid operation"),
    ];
    for (source, said) in cases {
        let message = all.refused("own.md", source);
        assert!(message.contains(said), "{message}");
        assert!(message.contains('^'), "{message}");
    }
}

#[test]
fn a_template_includes_from_its_own_folder_only() {
    let all = All::of(&[("letter", "Plans are weak.")]);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("own")).unwrap();
    fs::write(path("own/page.md"), "{% include \"head.md\" %}\n").unwrap();
    fs::write(path("own/head.md"), "Rules {{ about.rules }}").unwrap();
    fs::write(path("own/out.md"), "{% include \"../secret.md\" %}\n").unwrap();
    fs::write(path("own/bad.md"), "{% include \"broken.md\" %}\n").unwrap();
    fs::write(path("own/broken.md"), "\n{{ about.nothing }}").unwrap();
    fs::write(path("secret.md"), "secret").unwrap();
    let render = |name: &str| Template::open(&path(name)).unwrap().render(&all.bundle());
    let made = render("own/page.md").unwrap();
    assert_eq!(made, format!("Rules {}", all.rules.fingerprint()));
    assert!(
        render("own/out.md")
            .unwrap_err()
            .to_string()
            .contains("not followed")
    );
    let message = render("own/bad.md").unwrap_err().to_string();
    assert!(message.contains("broken.md:2:4: `about.nothing`"), "{message}");
    assert!(message.contains("own"), "{message}");
}

#[test]
fn names_that_messages_list_are_those_there_are() {
    let all = All::of(&[("letter", "Plans are weak.")]);
    let context = serde_json::to_value(view::context(&all.bundle())).unwrap();
    let names: Vec<&str> = context.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, view::NAMES);
    let page = fs::read_to_string("docs/templates.md").unwrap();
    for name in filters::NAMES {
        // A filter that is there refuses a number for another reason, or takes it.
        let message = all
            .render("a.txt", &format!("{{{{ 1.5|{name} }}}}"))
            .map_or_else(|error| error.to_string(), |_| String::new());
        assert!(!message.contains("unknown filter"), "{message}");
        assert!(
            page.contains(&format!("| `{name}` |")),
            "docs/templates.md: {name}"
        );
    }
}

/// The lines of the table of filters in docs/templates.md: what each says it writes is what it writes.
#[test]
fn filters_write_what_their_page_says() {
    let all = All::of(&[("letter", "Plans are weak.")]);
    let page = fs::read_to_string("docs/templates.md").unwrap();
    let mut told = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (Some(name), Some(call), Some(gives)) = (cells.first(), cells.get(2), cells.get(3)) else {
            continue;
        };
        let call = call.trim_matches('`');
        if !call.starts_with("{{") {
            continue;
        }
        // Inside a table the sign of a filter has to be escaped.
        let made = all.render("a.txt", &call.replace(r"\|", "|")).unwrap();
        assert_eq!(made, *gives, "{line}");
        told.insert(name.trim_matches('`').to_owned());
    }
    let names: BTreeSet<String> = filters::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(told, names);
}
