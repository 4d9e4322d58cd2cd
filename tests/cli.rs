//! The program from outside. Most cases are files: `tests/cmd/*.toml`, one call each, on the documents and rules of
//! `tests/cmd/shared` (rules of their own, so that no case changes when the built-in rules do). What differs on
//! purpose is written anew by `TRYCMD=overwrite cargo test --test cli`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use findings::Rules;

use folder::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

#[test]
fn calls() {
    let own = Rules::from_folder(Path::new("tests/cmd/shared/rules")).unwrap();
    let cases = trycmd::TestCases::new();
    cases.register_bin("findings", Path::new(PROGRAM));
    cases.insert_var("[VERSION]", env!("CARGO_PKG_VERSION")).unwrap();
    cases
        .insert_var("[RULES]", Rules::built_in().fingerprint().to_owned())
        .unwrap();
    cases
        .insert_var("[OWNRULES]", own.fingerprint().to_owned())
        .unwrap();
    let series = Rules::from_folder(Path::new("tests/cmd/series/rules")).unwrap();
    cases
        .insert_var("[SERIESRULES]", series.fingerprint().to_owned())
        .unwrap();
    let facts = Rules::from_folder(Path::new("tests/cmd/facts/rules")).unwrap();
    cases
        .insert_var("[FACTSRULES]", facts.fingerprint().to_owned())
        .unwrap();
    let counted = Rules::from_folder(Path::new("tests/cmd/stats/rules")).unwrap();
    cases
        .insert_var("[STATSRULES]", counted.fingerprint().to_owned())
        .unwrap();
    cases.case("tests/cmd/*.toml");
}

/// The commands of README.md with their output, on the letters in the repository. Labels change with the rules: write the
/// output anew with `TRYCMD=overwrite cargo test --locked --all-features --test cli readme`, and leave out what does
/// not matter with a line `...`.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn readme_output_is_what_the_program_prints() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("findings", Path::new(PROGRAM));
    cases.case("README.md");
}

/// The commands of docs/gold.md with their output, which leaves open what better rules change.
#[test]
fn gold_output_is_what_the_program_prints() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("findings", Path::new(PROGRAM));
    cases.case("docs/gold.md");
}

/// The commands of README.md that write files or whose output does not matter, one after another in a copy of what they
/// name.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn readme_commands_work() {
    commands_work("README.md", 6);
}

/// Those of docs/gold.md.
#[test]
fn gold_commands_work() {
    commands_work("docs/gold.md", 3);
}

/// Those of docs/templates.md.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn template_commands_work() {
    commands_work("docs/templates.md", 3);
}

/// Those of docs/exchange.md.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn exchange_commands_work() {
    commands_work("docs/exchange.md", 5);
}

/// Those of docs/running.md.
#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
fn running_commands_work() {
    commands_work("docs/running.md", 5);
}

/// Runs the commands of a page, of which there are at least so many.
fn commands_work(page: &str, at_least: usize) {
    let folder = tempfile::tempdir().unwrap();
    for part in ["fixtures/letters", "fixtures/gold", "tests/cmd/shared", "rules"] {
        copy(Path::new(part), &folder.path().join(part));
    }
    let readme = fs::read_to_string(page).unwrap();
    let commands: Vec<&str> = readme
        .split("```sh\n")
        .skip(1)
        .flat_map(|rest| rest.split("```").next().unwrap().lines())
        .collect();
    assert!(commands.len() >= at_least, "only {commands:?}");
    for line in commands {
        let mut words = line.split(' ');
        assert_eq!(words.next(), Some("findings"), "{line}");
        let arguments: Vec<&str> = words.collect();
        let output = Command::new(PROGRAM)
            .current_dir(&folder)
            .args(&arguments)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{line}\n{errors}");
        let target = |argument: &&str| ["-o", "--into"].contains(argument);
        let written = match arguments.iter().position(target) {
            Some(at) => {
                let written = folder.path().join(arguments[at + 1]);
                match written.is_dir() {
                    true => vec![0; written.read_dir().unwrap().count()],
                    false => fs::read(written).unwrap(),
                }
            }
            None => output.stdout,
        };
        assert!(!written.is_empty(), "{line} wrote nothing");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            fs::copy(&path, there).unwrap();
        }
    }
}

impl Folder {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.0.path()).args(arguments);
        command
            .arg("--rules")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/shared/rules"));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn line(id: usize) -> String {
    format!(
        "{{\"id\": \"alderbrook-{id}\", \"text\": \"Plans are weak. Supervision is regular in {id} teams.\"}}\n"
    )
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

/// A new folder of rules: made, tested, in form and listed, and never written over.
#[test]
fn a_starter_holds_what_it_promises() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| {
        let output = Command::new(PROGRAM)
            .current_dir(folder.0.path())
            .args(arguments)
            .output()
            .unwrap();
        let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        (output.status.code(), String::from_utf8(both).unwrap())
    };
    let (code, told) = run(&["rules", "init", "ours"]);
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = run(&["rules", "test", "ours"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("5 examples: 4 held, 1 to do"), "{told}");
    let (code, told) = run(&["rules", "fmt", "--check", "ours"]);
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = run(&["rules", "list", "--rules", "ours", "--theme", "school_transport"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("ours/themes/school_transport.toml"), "{told}");

    // Every file names its schema, and the schema stands there.
    for name in ["themes/school_transport.toml", "words/our-criticism.toml"] {
        let path = folder.path("ours").join(name);
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        let schema = first.strip_prefix("#:schema ").unwrap();
        let schema = fs::read_to_string(path.parent().unwrap().join(schema)).unwrap();
        let kind = if name.starts_with("themes") {
            "overlay-theme"
        } else {
            "overlay-words"
        };
        assert_eq!(run(&["rules", "schema", kind]), (Some(0), schema));
    }

    let theme = folder.path("ours/themes/school_transport.toml");
    fs::write(&theme, "names=[ \"school taxi*\"]# ours\n").unwrap();
    assert_eq!(run(&["rules", "init", "ours"]).0, Some(2));
    assert_eq!(run(&["rules", "fmt", "ours"]).0, Some(0));
    assert_eq!(
        fs::read_to_string(&theme).unwrap(),
        "names = [\"school taxi*\"] # ours\n"
    );
    assert_eq!(run(&["rules", "schema", "--into", "schemas"]).0, Some(0));
    assert_eq!(fs::read_dir(folder.path("schemas")).unwrap().count(), 11);
}

/// What docs/config.md says of where settings are looked for and what wins.
#[test]
fn settings_give_way_to_the_call() {
    let folder = Folder::new();
    folder.write("findings.toml", "[tag]\nformat = \"csv\"\n");
    folder.write("letters/letter.txt", "Plans are weak.");
    let run = |arguments: &[&str], config: Option<&str>| {
        let mut command = folder.command(arguments);
        command.current_dir(folder.path("letters"));
        match config {
            Some(file) => command.env("FINDINGS_CONFIG", file),
            None => command.env_remove("FINDINGS_CONFIG"),
        };
        let output = command.output().unwrap();
        assert_eq!(
            code(&output),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let tag = ["tag", "letter.txt"];
    assert!(run(&tag, None).starts_with("schema,rules,"));
    assert!(run(&tag, Some("")).starts_with("{"));
    assert!(run(&tag, Some("../findings.toml")).starts_with("schema,rules,"));
    assert!(run(&[&tag[..], &["--no-config"]].concat(), None).starts_with("{"));
    assert!(run(&[&tag[..], &["--format", "jsonl"]].concat(), None).starts_with("{"));
    // The ending of the output decides, not the file's format.
    run(&[&tag[..], &["-o", "labels.jsonl"]].concat(), None);
    assert!(
        fs::read_to_string(folder.path("letters/labels.jsonl"))
            .unwrap()
            .starts_with("{")
    );
    // The nearest file counts, alone.
    folder.write("letters/findings.toml", "[tag]\njobs = 1\n");
    assert!(run(&tag, None).starts_with("{"));
    // Help needs no settings.
    folder.write("letters/findings.toml", "wrong = 1\n");
    assert!(run(&["--help"], None).contains("Usage"));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = Folder::new();
    for number in 0..90 {
        // Long and short, and one in seven that cannot be read.
        let text = if number % 7 == 3 {
            String::new()
        } else {
            "Plans are weak. ".repeat(number * number % 50 + 1)
        };
        folder.write(&format!("letters/{number}.txt"), &text);
    }
    folder.write("many.jsonl", &(0..300).map(line).collect::<String>());
    for arguments in [
        &["tag", "letters"][..],
        &["tag", "letters", "--format", "csv"],
        &["tag", "letters", "--format", "text"],
        &["tag", "many.jsonl", "--input-format", "jsonl"],
    ] {
        let one = folder.run(&[arguments, &["--jobs", "1"]].concat());
        assert!(one.stdout.len() > 10_000);
        for jobs in ["2", "7"] {
            let more = folder.run(&[arguments, &["--jobs", jobs]].concat());
            assert_eq!(one, more, "{arguments:?} with {jobs} jobs");
        }
    }
}

/// What is in the file, others read: `bindings/python/tests/test_parquet.py`.
#[test]
fn parquet_is_written_whole_or_the_feature_is_named() {
    let folder = Folder::new();
    folder.write("letter.txt", "Plans are weak.");
    let done = folder.run(&["tag", "letter.txt", "-o", "labels.parquet"]);
    let told = String::from_utf8_lossy(&done.stderr);
    if cfg!(feature = "parquet") {
        assert_eq!((code(&done), told.as_ref()), (Some(0), ""));
        let bytes = fs::read(folder.path("labels.parquet")).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
        let more = folder.run(&["tag", "letter.txt", "-f", "parquet", "--jobs", "3"]);
        assert_eq!(more.stdout, bytes);
        // A file with columns and no rows.
        let none = folder.run(&[
            "tag",
            "letter.txt",
            "-f",
            "parquet",
            "--only",
            "polarity=strength",
        ]);
        assert!(code(&none) == Some(0) && none.stdout.ends_with(b"PAR1"));
    } else {
        assert_eq!(code(&done), Some(2));
        assert!(told.contains("build with the feature `parquet`"), "{told}");
        assert_eq!(folder.names(), ["letter.txt"]);
    }
}

#[test]
fn json_lines_are_read_as_they_come() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["tag", "-", "--input-format", "jsonl", "--jobs", "1"])
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    // The input stays open: what has come in so far has to come out.
    for batch in 0..3 {
        for number in 0..16 {
            input.write_all(line(batch * 16 + number).as_bytes()).unwrap();
        }
        for number in 0..16 {
            let expected = format!("\"document\":\"alderbrook-{}\"", batch * 16 + number);
            for _ in ["Plans are weak.", "Supervision is regular."] {
                let row = output.next().unwrap().unwrap();
                assert!(row.contains(&expected), "{row}");
            }
        }
    }
    drop(input);
    assert!(output.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn an_output_file_is_written_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.write("labels.jsonl", "as before\n");
    let call = [
        "tag",
        "-",
        "--input-format",
        "jsonl",
        "--jobs",
        "1",
        "-o",
        "labels.jsonl",
    ];
    let before = || fs::read_to_string(folder.path("labels.jsonl")).unwrap() == "as before\n";

    // Nothing that can be read.
    let failed = folder.command(&call).stdin(Stdio::null()).output().unwrap();
    assert_eq!(code(&failed), Some(2));
    assert!(before());
    assert_eq!(folder.names(), ["labels.jsonl"]);

    // Half of the work done: several batches are in, the end is not.
    let mut child = folder.command(&call).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for number in 0..100 {
        input.write_all(line(number).as_bytes()).unwrap();
    }
    let in_the_making =
        |name: &String| name != "labels.jsonl" && fs::metadata(folder.path(name)).unwrap().len() > 0;
    let started = Instant::now();
    while !folder.names().iter().any(in_the_making) {
        assert!(started.elapsed() < Duration::from_secs(60), "no batch is written");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(before());

    // All of it.
    drop(input);
    assert!(child.wait().unwrap().success());
    let written = fs::read_to_string(folder.path("labels.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 200);
    assert!(written.ends_with("}\n"));
    assert_eq!(folder.names(), ["labels.jsonl"]);
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let folder = Folder::new();
    folder.write("many.jsonl", &(0..3000).map(line).collect::<String>());
    folder.write("letter.txt", &"Plans are weak.\n".repeat(9000));
    for call in [
        &["tag", "many.jsonl", "--input-format", "jsonl"][..],
        &["text", "letter.txt"],
    ] {
        let mut child = folder.command(call).spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (code(&output), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{call:?}"
        );
    }
}

#[test]
fn corrections_win_and_are_kept_as_gold() {
    let folder = Folder::new();
    folder.write("letter.txt", "Plans are weak. Supervision is regular.");
    let labels = folder.run(&["tag", "letter.txt", "-f", "jsonl"]).stdout;
    fs::write(folder.path("labels.jsonl"), &labels).unwrap();
    let first: serde_json::Value =
        serde_json::from_slice(labels.split(|b| *b == b'\n').next().unwrap()).unwrap();
    folder.write(
        "corrections.jsonl",
        &format!(
            "{{\"id\":{},\"polarity\":\"neutral\",\"labels\":[[\"plans\",\"neutral\"]]}}\n",
            first["id"]
        ),
    );
    // Labels may be piped in.
    let mut child = folder
        .command(&[
            "visits",
            "-",
            "--corrections",
            "corrections.jsonl",
            "--save-gold",
            "gold.jsonl",
            "-f",
            "json",
        ])
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&labels).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (code(&output), String::from_utf8_lossy(&output.stderr).as_ref()),
        (Some(0), "")
    );
    let visits: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(visits[0]["counts"]["concern"], 0);
    assert_eq!(visits[0]["documents"][0]["sentences"][0]["corrected"], true);
    // What was saved is gold, and by it the label as it was is wrong.
    let measured = folder.run(&[
        "eval",
        "gold.jsonl",
        "labels.jsonl",
        "--floor",
        "polarity_accuracy=0.5",
    ]);
    assert_eq!(
        code(&measured),
        Some(1),
        "{}",
        String::from_utf8_lossy(&measured.stderr)
    );
    assert_eq!(
        fs::read_to_string(folder.path("gold.jsonl"))
            .unwrap()
            .lines()
            .count(),
        1
    );
}

#[cfg(unix)]
#[test]
fn links_in_folders_are_not_followed() {
    let folder = Folder::new();
    folder.write("letters/a.txt", "Plans are weak.");
    folder.write("elsewhere/b.txt", "Plans are weak.");
    for (target, link) in [
        ("../elsewhere", "letters/folder"),
        ("a.txt", "letters/file.txt"),
        (".", "letters/loop"),
    ] {
        std::os::unix::fs::symlink(target, folder.path(link)).unwrap();
    }
    let output = folder.run(&["tag", "letters"]);
    assert_eq!(code(&output), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "findings: 1 document read, 3 other files skipped\n"
    );
    // A link that is named is followed.
    let output = folder.run(&["tag", "letters/file.txt", "letters/folder"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = Folder::new();
    folder.write("letter.txt", &"Plans are weak.\n".repeat(900));
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = folder
        .command(&["tag", "letter.txt"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(code(&output), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write standard output: No space left"));
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.write("letter.txt", "Plans are weak.");
    folder.write("real.csv", "as before\n");
    fs::set_permissions(folder.path("real.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.csv", folder.path("link.csv")).unwrap();
    assert_eq!(
        code(&folder.run(&["tag", "letter.txt", "-o", "link.csv"])),
        Some(0)
    );
    assert!(folder.path("link.csv").is_symlink());
    assert!(
        fs::read_to_string(folder.path("real.csv"))
            .unwrap()
            .starts_with("schema,rules,")
    );
    assert_eq!(
        fs::metadata(folder.path("real.csv"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o640
    );
    // A new file is open to those to whom the user's other new files are open.
    assert_eq!(
        code(&folder.run(&["tag", "letter.txt", "-o", "new.csv"])),
        Some(0)
    );
    let mode = |name: &str| fs::metadata(folder.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("new.csv"), mode("letter.txt"));
}
