//! `findings watch`: letters are labelled as they arrive, each once, and none while it is being copied.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

mod folder;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use folder::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

impl Folder {
    fn command(&self, arguments: &[&str], rules: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .current_dir(self.0.path())
            .args(arguments)
            .arg("--rules")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(rules))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Code, standard output and standard error of a call.
    fn run(&self, arguments: &[&str], rules: &str) -> (Option<i32>, String, String) {
        let output = self.command(arguments, rules).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }
}

const SHARED: &str = "tests/cmd/shared/rules";
const SERIES: &str = "tests/cmd/series/rules";
const ONCE: [&str; 7] = ["watch", "letters", "--into", "labels", "--every", "1", "--once"];

#[test]
fn what_is_new_is_read_and_nothing_else() {
    let folder = Folder::new();
    folder.write("letters/one.txt", "Plans are weak.");
    folder.write("letters/2024/two.txt", "Supervision is regular. Plans are weak.");
    folder.write("letters/2024/empty.txt", "");
    folder.write("letters/notes.xyz", "not a letter");
    let once = || folder.run(&ONCE, SHARED);

    let (code, told, errors) = once();
    assert_eq!(code, Some(1));
    assert_eq!(told, "labels/2024/two.txt.jsonl\nlabels/one.txt.jsonl\n");
    assert!(
        errors.starts_with("error: cannot read letters/2024/empty.txt: it is empty"),
        "{errors}"
    );
    for letter in ["one.txt", "2024/two.txt"] {
        let (_, rows, _) = folder.run(&["tag", &format!("letters/{letter}")], SHARED);
        let labels = fs::read_to_string(folder.path(&format!("labels/{letter}.jsonl"))).unwrap();
        assert_eq!(labels, rows);
    }
    // Nothing is new; what could not be read is not tried again, nor told again.
    assert_eq!(once(), (Some(0), String::new(), String::new()));

    // Changed, touched, new, and one whose labels somebody took away.
    folder.write("letters/one.txt", "Plans are clear and weak.");
    let touched = fs::File::options()
        .write(true)
        .open(folder.path("letters/2024/two.txt"))
        .unwrap();
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    folder.write("letters/three.txt", "Plans are weak.");
    let (code, told, _) = once();
    assert_eq!(
        (code, told.as_str()),
        (Some(0), "labels/one.txt.jsonl\nlabels/three.txt.jsonl\n")
    );
    fs::remove_file(folder.path("labels/2024/two.txt.jsonl")).unwrap();
    assert_eq!(once().1, "labels/2024/two.txt.jsonl\n");

    // A journal of which a cut left half a line: that letter is read again, and no other.
    folder.write("letters/four.txt", "Plans are weak.");
    assert_eq!(once().1, "labels/four.txt.jsonl\n");
    let journal = folder.path("labels/.findings-watch.journal");
    let text = fs::read(&journal).unwrap();
    fs::write(&journal, &text[..text.len() - 5]).unwrap();
    assert_eq!(once().1, "labels/four.txt.jsonl\n");
    assert_eq!(once(), (Some(0), String::new(), String::new()));

    // Other rules, other options.
    let (_, told, _) = folder.run(&ONCE, SERIES);
    assert_eq!(told.lines().count(), 4);
    let facts = [&ONCE[..], &["--with-facts", "-f", "csv"]].concat();
    let (_, told, _) = folder.run(&facts, SERIES);
    assert!(told.starts_with("labels/2024/two.txt.csv\n"), "{told}");

    // A letter that is gone keeps its labels.
    fs::remove_file(folder.path("letters/one.txt")).unwrap();
    assert_eq!(
        folder.run(&facts, SERIES),
        (Some(0), String::new(), String::new())
    );
    assert!(folder.path("labels/one.txt.csv").exists());
}

#[test]
fn a_letter_is_read_when_it_is_there_whole() {
    let folder = Folder::new();
    fs::create_dir(folder.path("letters")).unwrap();
    let call = ["watch", "letters", "--into", "labels", "--every", "1"];
    let mut watch = folder.command(&call, SHARED).spawn().unwrap();
    let mut told = BufReader::new(watch.stdout.take().unwrap()).lines();

    // A copy that takes longer than two looks.
    let mut letter = fs::File::create(folder.path("letters/slow.txt")).unwrap();
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(3500) {
        letter.write_all(b"Plans are weak. ").unwrap();
        std::thread::sleep(Duration::from_millis(100));
        assert!(
            !folder.path("labels/slow.txt.jsonl").exists(),
            "it was read while it was copied"
        );
    }
    letter.write_all(b"Supervision is regular.").unwrap();
    drop(letter);
    assert_eq!(told.next().unwrap().unwrap(), "labels/slow.txt.jsonl");
    let labels = fs::read_to_string(folder.path("labels/slow.txt.jsonl")).unwrap();
    assert!(
        labels
            .trim_end()
            .lines()
            .last()
            .unwrap()
            .contains("Supervision is regular."),
        "{labels}"
    );

    // No second watch beside it.
    let (code, _, errors) = folder.run(&ONCE, SHARED);
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("another run is writing labels/.findings-watch.journal"),
        "{errors}"
    );

    // The folder goes and comes back, as a network drive does.
    fs::rename(folder.path("letters"), folder.path("away")).unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    folder.write("away/next.txt", "Plans are weak.");
    fs::rename(folder.path("away"), folder.path("letters")).unwrap();
    assert_eq!(told.next().unwrap().unwrap(), "labels/next.txt.jsonl");
    watch.kill().unwrap();
    let errors = watch.wait_with_output().unwrap().stderr;
    assert_eq!(
        String::from_utf8(errors).unwrap(),
        "error: cannot read letters: it is not there\n"
    );

    // It goes on where it was.
    assert_eq!(folder.run(&ONCE, SHARED), (Some(0), String::new(), String::new()));
}

#[test]
fn a_watch_does_not_read_its_own_labels() {
    let folder = Folder::new();
    folder.write("letters/one.txt", "Plans are weak.");
    for (call, why) in [
        (
            ["watch", "letters", "--into", "letters/labels", "--once"],
            "must not lie in the folder that is watched",
        ),
        (
            ["watch", "letters", "--into", "letters", "--once"],
            "must not lie in the folder that is watched",
        ),
        (
            ["watch", "nowhere", "--into", "labels", "--once"],
            "nowhere is no folder",
        ),
    ] {
        let (code, _, errors) = folder.run(&call, SHARED);
        assert_eq!(code, Some(2));
        assert!(errors.contains(why), "{errors}");
    }
}
