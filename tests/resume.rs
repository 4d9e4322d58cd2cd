//! `findings tag --resume`: a run that was cut off goes on where it was, and ends as an uncut one does.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use folder::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

impl Folder {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .current_dir(self.0.path())
            .args(arguments)
            .arg("--rules")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/shared/rules"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

/// Letters long and short, and one in nine that cannot be read.
fn many_letters(folder: &Folder, letters: usize) {
    for number in 0..letters {
        let text = if number % 9 == 4 {
            String::new()
        } else {
            format!("Plans are weak in {number} teams. Supervision is regular.\n")
                .repeat(number * number % 30 + 10)
        };
        folder.write(&format!("letters/{number:04}.txt"), &text);
    }
}

/// Begins a run, kills it in the middle, and gives what its journal holds.
fn cut_off(folder: &Folder, call: &[&str], journal: &str, entries: usize) -> Vec<u8> {
    let mut child = folder.command(call).spawn().unwrap();
    let started = Instant::now();
    let so_far = || fs::read(folder.path(journal)).unwrap_or_default();
    while so_far().iter().filter(|byte| **byte == b'\n').count() <= entries {
        assert!(started.elapsed() < Duration::from_secs(60), "nothing is noted");
        assert!(
            child.try_wait().unwrap().is_none(),
            "the run was over before it was cut"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    // SIGKILL: the run cannot clear up behind itself.
    child.kill().unwrap();
    child.wait().unwrap();
    so_far()
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let folder = Folder::new();
    many_letters(&folder, 160);
    for (format, ending) in [("jsonl", "jsonl"), ("csv", "csv"), ("text", "txt")] {
        let whole = format!("whole.{ending}");
        let uncut = folder.run(&["tag", "letters", "-o", &whole]);
        assert_eq!(code(&uncut), Some(1));
        let expected = fs::read(folder.path(&whole)).unwrap();

        let output = format!("cut.{ending}");
        let journal = format!("{output}.journal");
        let call = [
            "tag", "letters", "--jobs", "1", "--resume", "-f", format, "-o", &output,
        ];
        let noted = cut_off(&folder, &call, &journal, 20);
        assert!(!folder.path(&output).exists());
        assert!(
            !folder.names().iter().any(|name| name.ends_with(".part")),
            "{:?}",
            folder.names()
        );

        // A finished document is not read again: this one looks as it did, and says something else by now.
        let first = folder.path("letters/0000.txt");
        let (text, met) = (fs::read_to_string(&first).unwrap(), fs::metadata(&first).unwrap());
        fs::write(&first, text.replace("weak", "fine")).unwrap();
        let file = fs::File::options().write(true).open(&first).unwrap();
        file.set_modified(met.modified().unwrap()).unwrap();

        let resumed = folder.run(&call);
        let told = String::from_utf8_lossy(&resumed.stderr).into_owned();
        let (begin, rest) = told
            .rsplit_once(" finished before the run was cut off\n")
            .unwrap();
        let begin = begin.rsplit_once('\n').map_or("", |(begin, _)| begin);
        let rest = format!("{begin}\n{rest}");
        assert_eq!(rest.trim_start(), String::from_utf8_lossy(&uncut.stderr));
        assert_eq!(code(&resumed), Some(1));
        assert!(
            fs::read(folder.path(&output)).unwrap() == expected,
            "{format} differs"
        );
        assert!(!folder.path(&journal).exists());
        fs::write(&first, &text).unwrap();
        file.set_modified(met.modified().unwrap()).unwrap();

        // Wherever the cut falls, in the head, in a line, between lines.
        let places = [0, 1, 30, noted.len() / 3, noted.len() / 2, noted.len() - 1];
        let places = if format == "text" {
            &places[..]
        } else {
            &places[5..]
        };
        for &at in places {
            fs::write(folder.path(&journal), &noted[..at]).unwrap();
            assert_eq!(code(&folder.run(&call)), Some(1), "cut at {at}");
            assert!(
                fs::read(folder.path(&output)).unwrap() == expected,
                "{format} cut at {at} differs"
            );
        }
        fs::remove_file(folder.path(&output)).unwrap();
    }
}

#[test]
fn a_run_does_not_go_on_under_other_conditions() {
    let folder = Folder::new();
    many_letters(&folder, 160);
    folder.write("facts.csv", "document,authority\n0000.txt,Wexcombe\n");
    let call = ["tag", "letters", "--jobs", "1", "--resume", "-o", "cut.jsonl"];
    let with_facts = [&call[..], &["--facts", "facts.csv"]].concat();
    let noted = cut_off(&folder, &call, "cut.jsonl.journal", 20);
    let refused = |call: &[&str], why: &str| {
        let output = folder.run(call);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), Some(2), "{told}");
        assert!(
            told.contains(why) && told.contains("remove that file to begin anew"),
            "{told}"
        );
        assert!(fs::read(folder.path("cut.jsonl.journal")).unwrap() == noted);
        assert!(!folder.path("cut.jsonl").exists());
    };
    // Rules: those that come with the program.
    let mut command = Command::new(PROGRAM);
    let output = command.current_dir(folder.0.path()).args(call).output().unwrap();
    assert_eq!(code(&output), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("under other rules ("));
    // Options that decide what is kept.
    refused(
        &[&call[..], &["--only", "theme=plans"]].concat(),
        "--only is not as in the run",
    );
    refused(&with_facts, "--facts is not as in the run");
    refused(
        &[&call[..], &["--with-facts"]].concat(),
        "--with-facts is not as in the run",
    );
    // Documents.
    let second = folder.path("letters/0001.txt");
    let text = fs::read_to_string(&second).unwrap();
    fs::write(&second, "Plans are good.").unwrap();
    refused(&call, "letters/0001.txt has changed since it was read");
    fs::remove_file(&second).unwrap();
    refused(&call, "letters/0002.txt stands where letters/0001.txt stood");
    fs::write(&second, &text).unwrap();
    folder.write("letters/0000-more.txt", "Plans are good.");
    refused(&call, "letters/0000-more.txt stands where letters/0000.txt stood");
    fs::remove_file(folder.path("letters/0000-more.txt")).unwrap();
    // Program: any other build has another name in the first line.
    let head = String::from_utf8(noted.split(|byte| *byte == b'\n').next().unwrap().to_vec()).unwrap();
    let head: serde_json::Value = serde_json::from_str(&head).unwrap();
    let program = head["program"].as_str().unwrap();
    assert!(
        program.starts_with(env!("CARGO_PKG_VERSION")) && program.len() > 20,
        "{program}"
    );
    let other = String::from_utf8(noted.clone())
        .unwrap()
        .replacen(program, "0.0.1 0123", 1);
    fs::write(folder.path("cut.jsonl.journal"), &other).unwrap();
    let output = folder.run(&call);
    assert_eq!(code(&output), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("another version of this program"));
    // Somebody else's file of that name is left alone.
    fs::write(folder.path("cut.jsonl.journal"), "Dear diary,\n").unwrap();
    let output = folder.run(&call);
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is no journal of this program"));
    assert_eq!(
        fs::read(folder.path("cut.jsonl.journal")).unwrap(),
        b"Dear diary,\n"
    );
    // As it was, though written anew (with another time of change), and with a new letter behind: on it goes.
    fs::write(folder.path("cut.jsonl.journal"), &noted).unwrap();
    folder.write("letters/9999.txt", "Plans are good.");
    assert_eq!(code(&folder.run(&call)), Some(1));
    assert_eq!(
        code(&folder.run(&["tag", "letters", "-o", "whole.jsonl"])),
        Some(1)
    );
    let read = |name: &str| fs::read(folder.path(name)).unwrap();
    assert!(read("cut.jsonl") == read("whole.jsonl"));
    // What comes through a pipe cannot be had again.
    let output = folder.run(&["tag", "-", "--resume", "-o", "cut.jsonl"]);
    assert_eq!(code(&output), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("--resume is for documents and an output that are files")
    );
}

#[test]
fn two_runs_do_not_share_a_journal() {
    let folder = Folder::new();
    many_letters(&folder, 160);
    let call = ["tag", "letters", "--jobs", "1", "--resume", "-o", "cut.jsonl"];
    let mut first = folder.command(&call).spawn().unwrap();
    while !folder.path("cut.jsonl.journal").exists() {
        assert!(first.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(2));
    }
    let second = folder.run(&call);
    assert_eq!(code(&second), Some(2));
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(
        told.contains("another run is writing cut.jsonl.journal"),
        "{told}"
    );
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(1));
    assert!(folder.path("cut.jsonl").exists());
}
