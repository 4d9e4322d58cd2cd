//! Every file of `fixtures/unreadable` gives the reason that the table in `fixtures/README.md` states.

use std::collections::BTreeMap;

use findings::Source;

use crate::documents;

/// File and expected reason, from the table below the heading.
fn table() -> BTreeMap<String, String> {
    let readme = std::fs::read_to_string(documents::path("fixtures/README.md")).unwrap();
    let (_, part) = readme
        .split_once("## unreadable/")
        .expect("the README has a part on unreadable files");
    part.lines()
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let name = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), (*cells.last()?).to_owned()))
        })
        .collect()
}

/// The words of a reason, "page(s)" as "pages".
fn words(reason: &str) -> Vec<String> {
    let plain = reason.replace("(s)", "s").to_lowercase();
    plain
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn says_why() {
    let table = table();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(documents::path("fixtures/unreadable")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let wanted = table
            .get(&name)
            .unwrap_or_else(|| panic!("fixtures/README.md does not tell of {name}"));
        let error = match Source::open(&path).and_then(|source| documents::rules().read(&source)) {
            Ok(reading) => panic!("{name} is read, as `{}`", reading.text.read),
            Err(error) => error.to_string(),
        };
        let built = cfg!(all(feature = "pdf", feature = "docx", feature = "html"));
        if built || !error.contains("this build has no reader") {
            let said = words(&error);
            let missing: Vec<String> = words(wanted)
                .into_iter()
                .filter(|word| !said.contains(word))
                .collect();
            assert!(
                missing.is_empty(),
                "{name}: `{error}` does not say {missing:?}, wanted: {wanted}"
            );
        }
        assert!(error.contains(&name), "`{error}` does not name {name}");
        names.push(name);
    }
    names.sort();
    assert_eq!(
        names,
        table.into_keys().collect::<Vec<_>>(),
        "the table names files that are not there"
    );
}
