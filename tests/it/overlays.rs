//! Folders of rules laid over the built-in ones: they add, switch off and tell their mistakes.

use std::fs;
use std::path::PathBuf;

use findings::row::rows;
use findings::{Error, Rules, Source};

/// A folder of rules in a temporary place, as (name, text) pairs.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn laid(overlays: &[&tempfile::TempDir]) -> Result<Rules, Error> {
    let folders: Vec<PathBuf> = overlays.iter().map(|dir| dir.path().to_owned()).collect();
    Rules::from_folders(&folders)
}

/// The labels of one sentence among findings, `theme:polarity`.
fn labels(rules: &Rules, sentence: &str) -> Vec<String> {
    let letter = Source::from_text("letter.txt", format!("Findings\n\n{sentence}\n"));
    let rows = rows(rules, &rules.read(&letter).unwrap());
    rows.iter()
        .flat_map(|row| &row.labels)
        .map(|label| format!("{}:{}", label.theme, label.polarity))
        .collect()
}

const WORK: &str = "The zonal triage desk is glorpy.";

#[test]
fn an_overlay_adds_to_files_and_brings_new_ones() {
    let overlay = folder(&[
        (
            "themes/front_door.toml",
            "names = [\"zonal triage desk\"]\n[[example]]\ntext = \"The zonal triage desk is effective.\"\nlabels = [\"front_door:strength\"]\n",
        ),
        (
            "words/local-concern.toml",
            "role = \"concern\"\nabout = \"Words of one council.\"\ncues = [\"glorpy\"]\n[[example]]\ntext = \"Visits are glorpy.\"\npolarity = \"concern\"\n",
        ),
    ]);
    let rules = laid(&[&overlay]).unwrap();
    assert_eq!(labels(&rules, WORK), ["front_door:concern"]);
    let built_in = Rules::built_in();
    assert_ne!(labels(&built_in, WORK), ["front_door:concern"]);
    assert_ne!(rules.fingerprint(), built_in.fingerprint());
    let failures = findings::examples::failures(&rules);
    assert!(failures.iter().all(|failure| failure.todo), "{failures:?}");
    // Evidence of the built-in rules keeps its names whatever is laid over them.
    let known: std::collections::HashSet<&str> = rules.cues().collect();
    assert!(built_in.cues().all(|id| known.contains(id)));
}

#[test]
fn an_overlay_switches_single_cues_off() {
    let sentence = "Caseloads are glorpy.";
    let first = folder(&[(
        "themes/caseloads.toml",
        "concern = [\"caseloads are glorpy\"]\n[[example]]\ntext = \"Caseloads are glorpy.\"\nlabels = [\"caseloads:concern\"]\n",
    )]);
    assert_eq!(labels(&laid(&[&first]).unwrap(), sentence), ["caseloads:concern"]);
    let second = folder(&[(
        "themes/caseloads.toml",
        "off = [\"caseloads/caseloads-are-glorpy\"]\n",
    )]);
    let rules = laid(&[&first, &second]).unwrap();
    assert_ne!(labels(&rules, sentence), ["caseloads:concern"]);
    assert_ne!(rules.fingerprint(), laid(&[&first]).unwrap().fingerprint());
}

#[test]
fn mistakes_in_an_overlay_name_its_folder_and_what_to_do() {
    let overlay = folder(&[
        (
            "themes/caseloads.toml",
            "off = [\"caseloads/no-such-cue\", \"words/good\"]\nrole = \"x\"\n",
        ),
        ("themes/new.toml", "names = [\"new thing\"]\n"),
    ]);
    let error = laid(&[&overlay]).unwrap_err();
    let Error::Rules { mistakes } = &error else {
        panic!("{error}");
    };
    let said = error.to_string();
    assert!(
        mistakes
            .iter()
            .all(|mistake| mistake.file.starts_with(&overlay.path().display().to_string()))
    );
    for words in [
        "there is no cue `caseloads/no-such-cue`",
        "unknown key `role`",
        "the key `name` is missing",
        "the key `about` is missing",
        "the file has no examples",
    ] {
        assert!(said.contains(words), "{words} is not in:\n{said}");
    }
}

#[test]
fn a_cue_that_stands_below_already_is_told_with_its_place() {
    let file =
        "names = [\"glorpy desk\"]\n[[example]]\ntext = \"A glorpy desk.\"\nlabels = [\"caseloads\"]\n";
    let (first, second) = (
        folder(&[("themes/caseloads.toml", file)]),
        folder(&[("themes/caseloads.toml", file)]),
    );
    let said = laid(&[&first, &second]).unwrap_err().to_string();
    let place = format!(
        "stands in {}/themes/caseloads.toml already, at line 1",
        first.path().display()
    );
    assert!(said.contains(&place), "{said}");
}

#[test]
fn a_full_set_comes_first() {
    let full = folder(&[("english.toml", "about = \"x\"\n")]);
    let overlay = folder(&[("themes/caseloads.toml", "about = \"nothing\"\n")]);
    let said = laid(&[&overlay, &full]).unwrap_err().to_string();
    assert!(said.contains("name it first"), "{said}");
}
