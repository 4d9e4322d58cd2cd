//! Each format is read back by a reader of its own, which knows the format and not the writer: every passage has to stand
//! where it says, with the labels that its row has.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::*;
use crate::facts::facts;
use crate::reading::Reading;
use crate::row::rows;
use crate::source::Source;

/// What readers have to find: document, words without regard to space, code.
type Found = BTreeSet<(String, String, String)>;

struct Case {
    rules: Rules,
    readings: Vec<Reading>,
    rows: Vec<Vec<Row>>,
    facts: Vec<Facts>,
}

impl Case {
    fn of(documents: &[(&str, String)]) -> Self {
        let rules = Rules::built_in();
        let readings: Vec<Reading> = documents
            .iter()
            .map(|(name, text)| rules.read(&Source::from_text(*name, text.as_str())).unwrap())
            .collect();
        Self {
            rows: readings.iter().map(|reading| rows(&rules, reading)).collect(),
            facts: readings.iter().map(|reading| facts(&rules, reading)).collect(),
            rules,
            readings,
        }
    }

    /// Letters of several kinds: as they are, with line breaks of Windows, and one with all that breaks positions.
    fn letters() -> Self {
        let letter = std::fs::read_to_string("fixtures/letters/wexcombe-monitoring-2.txt").unwrap();
        let windows = letter.replace('\n', "\r\n");
        let hostile = "Findings\r\n\r\nSocial workers’ caseloads\u{c} are too high \u{1F600} & <b>weak</b>.\r\nPlans \
                       are \"weak\"\rand 𝐥𝐚𝐭𝐞]]>. Supervision\u{2028}is regular\u{7}\u{feff}. Something is wrong.";
        Self::of(&[
            ("letters/one.txt", letter),
            ("letters/two.txt", windows),
            ("other/one.pdf", hostile.to_owned()),
            ("letters/one.txt", "Plans are weak.".to_owned()),
            ("empty.txt", "Tea was served.".to_owned()),
        ])
    }

    fn files(&self, name: &str) -> Vec<File> {
        let format = EXCHANGE_FORMATS
            .iter()
            .find(|format| format.name == name)
            .unwrap();
        let documents: Vec<Document<'_>> = (0..self.readings.len())
            .map(|n| Document {
                name: &self.readings[n].document,
                text: &self.readings[n].text.printed,
                rows: &self.rows[n],
                facts: &self.facts[n],
            })
            .collect();
        let exchange = Exchange {
            rules: &self.rules,
            documents: &documents,
            name: "a & <b>",
            date: None,
        };
        let files = (format.files)(&exchange).unwrap();
        assert_eq!(files, (format.files)(&exchange).unwrap(), "the bytes repeat");
        files
    }

    /// What there is to be found, documents named by `names`.
    fn expected(&self, names: &[&str]) -> Found {
        let mut found = Found::new();
        for (n, rows) in self.rows.iter().enumerate() {
            for row in rows {
                for (theme, tone) in codes(row) {
                    let printed: Vec<char> = self.readings[n].text.printed.chars().collect();
                    let words: String = printed[row.start..row.end].iter().collect();
                    found.insert((names[n].to_owned(), bare(&words), format!("{theme} {tone}")));
                }
            }
        }
        assert!(found.len() > 100);
        found
    }
}

/// The letters and signs of words, without space and what becomes space.
fn bare(words: &str) -> String {
    let dropped = |c: &char| c.is_whitespace() || c.is_control() || *c == '\u{feff}';
    words.chars().filter(|c| !dropped(c)).collect()
}

fn slice(text: &str, start: usize, end: usize) -> String {
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(words.chars().count(), end - start, "the text is shorter");
    assert_eq!(words.trim(), words, "a passage begins and ends with words");
    words
}

/// An element of XML: its name, its attributes, its text and what is in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    inner: Vec<Element>,
}

impl Element {
    fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        let begin = |start: &quick_xml::events::BytesStart<'_>| Self {
            name: start.name().as_ref().to_owned(),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.unwrap();
                    (
                        attribute.key.as_ref().to_owned(),
                        quick_xml::escape::unescape(&attribute.value)
                            .unwrap()
                            .into_owned(),
                    )
                })
                .collect(),
            ..Self::default()
        };
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(begin(&start)),
                Event::Empty(start) => open.last_mut().unwrap().inner.push(begin(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().inner.push(done);
                }
                Event::Text(text) => {
                    open.last_mut().unwrap().text += &text;
                }
                Event::GeneralRef(name) => {
                    let name = name.to_string();
                    let sign = quick_xml::escape::unescape(&format!("&{name};"))
                        .unwrap()
                        .into_owned();
                    open.last_mut().unwrap().text += &sign;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().unwrap();
        assert!(open.is_empty() && root.inner.len() == 1);
        root.inner.remove(0)
    }

    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.inner.iter().filter(move |inner| inner.name == name)
    }

    fn one(&self, name: &str) -> &Self {
        self.inner.iter().find(|inner| inner.name == name).unwrap()
    }

    /// Names of what is in it, in order, each run of one name once.
    fn order(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.inner.iter().map(|inner| inner.name.as_str()).collect();
        names.dedup();
        names
    }

    fn everywhere<'e>(&'e self, all: &mut Vec<&'e Self>) {
        all.push(self);
        self.inner.iter().for_each(|inner| inner.everywhere(all));
    }
}

/// Theme and tone by the id of their code.
fn code_names(codes: &Element, rules: &Rules) -> HashMap<String, String> {
    let themes = themes(rules);
    let mut names = HashMap::new();
    for code in codes.all("Code") {
        let (theme, name, about) = themes
            .iter()
            .find(|(_, name, _)| code.attributes["name"] == *name)
            .unwrap();
        assert_eq!(code.one("Description").text, *about);
        assert_eq!(code.attributes["isCodable"], "true");
        for inner in code.all("Code") {
            let tone = inner.attributes["name"]
                .strip_prefix(&format!("{name}: "))
                .unwrap();
            let tone = tone.replace("not judged", "neutral");
            names.insert(inner.attributes["guid"].clone(), format!("{theme} {tone}"));
        }
    }
    assert_eq!(names.len(), 3 * themes.len() - 1);
    names
}

#[test]
fn a_project_is_read_back() {
    let case = Case::letters();
    let files = case.files("qdpx");
    let mut archive = zip::ZipArchive::new(Cursor::new(files[0].bytes.as_slice())).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let project = Element::read(&part("project.qde"));
    assert_eq!(project.attributes["xmlns"], PROJECT_SPACE_EXPECTED);
    assert_eq!(project.attributes["name"], "a & <b>");
    // The order that the schema sets.
    let order = ["Users", "CodeBook", "Variables", "Sources", "Sets", "Description"];
    assert_eq!(project.order(), order);
    let names = code_names(project.one("CodeBook").one("Codes"), &case.rules);

    let mut found = Found::new();
    let mut variables = BTreeSet::new();
    for source in project.one("Sources").all("TextSource") {
        let file = source.attributes["plainTextPath"]
            .strip_prefix("internal://")
            .unwrap();
        assert_eq!(file, format!("{}.txt", source.attributes["guid"]));
        let text = String::from_utf8(part(&format!("sources/{file}"))).unwrap();
        let odd = |c: char| c != '\n' && c != '\t' && (c.is_control() || c == '\u{feff}');
        assert!(!text.contains(odd), "a character that programs drop");
        let kinds = source.order();
        let order = ["Description", "PlainTextSelection", "VariableValue"];
        assert!(
            order.iter().filter(|kind| kinds.contains(kind)).eq(kinds.iter()),
            "{kinds:?}"
        );
        for passage in source.all("PlainTextSelection") {
            let place = |name: &str| passage.attributes[name].parse::<usize>().unwrap();
            let words = slice(&text, place("startPosition"), place("endPosition"));
            assert_eq!(passage.order(), ["Description", "Coding"]);
            for coding in passage.all("Coding") {
                let code = &names[&coding.one("CodeRef").attributes["targetGUID"]];
                found.insert((source.attributes["name"].clone(), bare(&words), code.clone()));
                assert!(passage.one("Description").text.contains(code));
            }
        }
        variables.extend(
            source
                .all("VariableValue")
                .map(|value| value.inner[1].name.clone()),
        );
    }
    assert_eq!(found, case.expected(&["one", "two", "one-2", "one-3", "empty"]));
    assert_eq!(
        variables,
        ["DateValue", "IntegerValue", "TextValue"]
            .map(str::to_owned)
            .into()
    );

    // Every id stands once, every reference leads somewhere.
    let mut all = Vec::new();
    project.everywhere(&mut all);
    let ids: Vec<&String> = all.iter().filter_map(|one| one.attributes.get("guid")).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    let mut references = 0;
    for one in &all {
        for name in ["targetGUID", "creatingUser", "creatingUserGUID"] {
            if let Some(id) = one.attributes.get(name) {
                assert!(distinct.contains(&id), "{name} {id}");
                references += 1;
            }
        }
    }
    assert!(references > 500);
}

const PROJECT_SPACE_EXPECTED: &str = "urn:QDA-XML:project:1.0";

#[test]
fn a_codebook_has_the_codes_of_the_project() {
    let case = Case::letters();
    let codebook = Element::read(&case.files("qdc")[0].bytes);
    assert_eq!(codebook.name, "CodeBook");
    assert_eq!(codebook.attributes["xmlns"], "urn:QDA-XML:codebook:1.0");
    assert_eq!(codebook.order(), ["Codes", "Sets"]);
    let names = code_names(codebook.one("Codes"), &case.rules);
    let mut distinct = BTreeSet::new();
    for set in codebook.one("Sets").all("Set") {
        for member in set.all("MemberCode") {
            let name = &names[&member.attributes["guid"]];
            distinct.insert(name);
            let word = set.attributes["name"]
                .to_lowercase()
                .replace("not judged", "neutrals");
            assert_eq!(name.rsplit(' ').next().unwrap(), word.trim_end_matches('s'));
        }
    }
    assert_eq!(distinct.len(), names.len());
}

#[test]
fn brat_is_read_back() {
    let case = Case::letters();
    let files = case.files("brat");
    let texts: HashMap<&str, &str> = files
        .iter()
        .map(|file| (file.name.as_str(), std::str::from_utf8(&file.bytes).unwrap()))
        .collect();
    assert_eq!(texts.len(), 2 + 2 * 5);
    let configuration = texts["annotation.conf"];
    let entities = configuration.split("[relations]").next().unwrap();
    let entities: BTreeSet<&str> = entities.lines().skip(1).filter(|line| !line.is_empty()).collect();
    let mut found = Found::new();
    for (name, annotations) in texts
        .iter()
        .filter_map(|(name, text)| Some((name.strip_suffix(".ann")?, text)))
    {
        let text = texts[format!("{name}.txt").as_str()];
        let mut passages: HashMap<&str, (String, &str)> = HashMap::new();
        for line in annotations.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            match &line[..1] {
                "T" => {
                    let (kind, places) = cells[1].split_once(' ').unwrap();
                    assert!(entities.contains(kind), "{kind}");
                    let words: Vec<String> = places
                        .split(';')
                        .map(|place| {
                            let (start, end) = place.split_once(' ').unwrap();
                            slice(text, start.parse().unwrap(), end.parse().unwrap())
                        })
                        .collect();
                    assert!(words.iter().all(|words| !words.contains('\n')));
                    assert_eq!(words.join(" "), cells[2]);
                    passages.insert(cells[0], (bare(cells[2]), kind));
                }
                "A" => {
                    let words: Vec<&str> = cells[1].split(' ').collect();
                    let known = configuration
                        .lines()
                        .find(|line| line.starts_with(&format!("{}\t", words[0])));
                    let values = known.unwrap().rsplit(':').next().unwrap();
                    assert!(values.split('|').any(|value| value == words[2]), "{line}");
                    if words[0] == "Polarity" {
                        let (passage, kind) = &passages[words[1]];
                        found.insert((name.to_owned(), passage.clone(), format!("{kind} {}", words[2])));
                    }
                }
                "#" => assert!(
                    passages.contains_key(cells[1].split(' ').nth(1).unwrap()),
                    "{line}"
                ),
                _ => panic!("{line}"),
            }
        }
    }
    assert_eq!(found, case.expected(&["one", "two", "one-2", "one-3", "empty"]));
}

#[test]
fn label_studio_is_read_back() {
    let case = Case::letters();
    let files = case.files("label-studio");
    assert_eq!(files[0].name, "interface.xml");
    let interface = Element::read(&files[0].bytes);
    let choices = |name: &str, inner: &str| -> BTreeSet<String> {
        let parent = interface.one(name);
        let values = parent.all(inner).map(|one| one.attributes["value"].clone());
        values.collect()
    };
    let labels = choices("Labels", "Label");
    let tones = choices("Choices", "Choice");
    assert_eq!(interface.one("Text").attributes["value"], "$text");
    let tasks: Value = serde_json::from_slice(&files[1].bytes).unwrap();
    let names = ["one", "two", "one-2", "one-3", "empty"];
    let mut found = Found::new();
    for (task, name) in tasks.as_array().unwrap().iter().zip(names) {
        let text = task["data"]["text"].as_str().unwrap();
        let mut regions: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for region in task["predictions"][0]["result"].as_array().unwrap() {
            regions
                .entry(region["id"].as_str().unwrap())
                .or_default()
                .push(region);
        }
        for pair in regions.values() {
            let [theme, tone] = pair[..] else {
                panic!("{pair:?}")
            };
            let place = |name: &str| usize::try_from(theme["value"][name].as_u64().unwrap()).unwrap();
            let words = slice(text, place("start"), place("end"));
            assert_eq!(words, theme["value"]["text"]);
            assert_eq!(
                (&theme["from_name"], &theme["type"]),
                (&"theme".into(), &"labels".into())
            );
            assert_eq!(
                (&tone["from_name"], &tone["type"]),
                (&"polarity".into(), &"choices".into())
            );
            let theme = theme["value"]["labels"][0].as_str().unwrap();
            let tone = tone["value"]["choices"][0].as_str().unwrap();
            assert!(labels.contains(theme) && tones.contains(tone));
            found.insert((name.to_owned(), bare(&words), format!("{theme} {tone}")));
        }
    }
    assert_eq!(found, case.expected(&names));
}

#[test]
fn tokens_are_read_back() {
    let case = Case::letters();
    let files = case.files("conllup");
    let text = std::str::from_utf8(&files[0].bytes).unwrap();
    let (columns, body) = text.split_once('\n').unwrap();
    assert_eq!(columns, "# global.columns = ID FORM MISC FINDINGS:EVIDENCE");
    let rows: HashMap<(&str, usize), &Row> = case
        .rows
        .iter()
        .flatten()
        .map(|row| ((row.id.as_str(), row.start), row))
        .collect();
    let mut marked = 0;
    let mut sentences = 0;
    for block in body.split("\n\n").filter(|block| !block.is_empty()) {
        let mut said: HashMap<&str, &str> = HashMap::new();
        let mut rebuilt = String::new();
        let mut open: BTreeSet<String> = BTreeSet::new();
        for (n, line) in block.lines().filter(|line| !line.starts_with('#')).enumerate() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(
                (cells.len(), cells[0]),
                (4, (n + 1).to_string().as_str()),
                "{line}"
            );
            let misc: HashMap<&str, &str> = cells[2]
                .split('|')
                .map(|pair| pair.split_once('=').unwrap())
                .collect();
            let start: usize = misc["start_char"].parse().unwrap();
            while rebuilt.chars().count() < start {
                rebuilt.push(' ');
            }
            rebuilt += cells[1];
            assert_eq!(
                rebuilt.chars().count(),
                misc["end_char"].parse::<usize>().unwrap()
            );
            let marks = cells[3].split('|').filter(|mark| *mark != "_");
            let now: BTreeSet<String> = marks
                .map(|mark| {
                    let (place, label) = mark.split_once('-').unwrap();
                    assert_eq!(place == "I", open.contains(label), "{line}");
                    marked += 1;
                    label.to_owned()
                })
                .collect();
            open = now;
        }
        for line in block.lines().filter_map(|line| line.strip_prefix("# ")) {
            let (name, value) = line.split_once(" = ").unwrap();
            said.insert(name, value);
        }
        let row = rows[&(said["sent_id"], said["start"].parse().unwrap())];
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(spaced(&rebuilt), spaced(said["text"]));
        assert_eq!(
            bare(said["text"])
                .chars()
                .filter(|c| !('\u{2400}'..'\u{2425}').contains(c))
                .collect::<String>(),
            bare(&row.text)
        );
        assert_eq!(said["polarity"], row.polarity.name());
        let labels: Vec<String> = codes(row)
            .iter()
            .map(|(theme, tone)| format!("{theme}:{tone}"))
            .collect();
        assert_eq!(
            said["labels"],
            if labels.is_empty() {
                "_".to_owned()
            } else {
                labels.join(" ")
            }
        );
        sentences += 1;
    }
    assert_eq!(sentences, case.rows.iter().map(Vec::len).sum::<usize>());
    assert!(marked > 100);
}
