//! Names, links, folders and outputs that are not as one would have them.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::run::{Outcome, PROGRAM, program, shell};

const SAYS: &str = "Plans are weak and visits are late.";

/// The name, what it is, and how a run with it ended.
pub(crate) fn outcomes(folder: &Path) -> Vec<(String, String, Outcome)> {
    let mut rows = Vec::new();
    let mut row = |name: &str, about: &str, outcome: Outcome| {
        rows.push((name.to_owned(), about.to_owned(), outcome));
    };
    let place = |name: &str| -> PathBuf {
        let place = folder.join(name);
        fs::create_dir(&place).unwrap();
        fs::write(place.join("sound.txt"), SAYS).unwrap();
        place
    };

    let at = place("not-utf8");
    fs::write(at.join(OsStr::from_bytes(b"l\xff\xfetter.txt")), SAYS).unwrap();
    row(
        "not-utf8/",
        "a name that is not UTF-8, beside a sound letter",
        program(&["tag", "."], &at),
    );

    let at = place("line-feed");
    fs::write(at.join("a\nb\u{1b}[2J.txt"), "").unwrap();
    row(
        "line-feed/",
        "a name with a line feed and an escape sequence, of an empty file",
        program(&["tag", "."], &at),
    );

    let at = place("links");
    symlink(&at, at.join("again")).unwrap();
    symlink("b.txt", at.join("a.txt")).unwrap();
    symlink("a.txt", at.join("b.txt")).unwrap();
    row(
        "links/",
        "links in a circle, in a folder",
        program(&["tag", "."], &at),
    );
    row(
        "links/a.txt",
        "the same, named in the call",
        program(&["tag", "a.txt"], &at),
    );

    let at = place("special");
    let made = Command::new("mkfifo").arg(at.join("pipe.txt")).status().unwrap();
    assert!(made.success());
    fs::create_dir(at.join("folder.pdf")).unwrap();
    row(
        "special/",
        "a pipe and a folder with endings of documents",
        program(&["tag", "."], &at),
    );
    row(
        "/dev/zero",
        "a file without an end",
        program(&["tag", "/dev/zero"], folder),
    );

    row(
        "gigabyte",
        "1 GB of spaces on standard input",
        shell(
            "head -c 1073741824 /dev/zero | tr '\\0' ' ' | \"$0\" \"$@\"",
            &["tag", "-"],
            folder,
        ),
    );

    let at = place("empty");
    fs::remove_file(at.join("sound.txt")).unwrap();
    row("empty/", "an empty folder", program(&["tag", "."], &at));

    row(
        "changing/",
        "a folder whose files come and go during the run",
        changing(&place("changing")),
    );

    // Whoever is root may read everything: then nothing is refused, and the line would tell of the machine.
    let at = place("locked");
    fs::write(at.join("locked.txt"), SAYS).unwrap();
    fs::set_permissions(at.join("locked.txt"), Permissions::from_mode(0o0)).unwrap();
    if fs::read(at.join("locked.txt")).is_ok() {
        println!("skipped: as root every file can be read");
    } else {
        let outcome = program(&["tag", "."], &at);
        assert_eq!((outcome.code, outcome.rows), (Some(1), 1), "{outcome}");
        assert!(
            outcome.said.contains("locked.txt: Permission denied"),
            "{outcome}"
        );
    }

    let at = place("outputs");
    let whole = |outcome: Outcome| {
        let left: Vec<_> = fs::read_dir(&at)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["sound.txt"], "the run leaves something behind");
        outcome
    };
    row(
        "full",
        "an output on a full disk",
        whole(shell(
            "exec \"$0\" \"$@\" > /dev/full",
            &["tag", "sound.txt"],
            &at,
        )),
    );
    row(
        "full-file",
        "the same, as a file of at most 512 bytes",
        whole(shell(
            "ulimit -f 1; trap '' XFSZ; exec \"$0\" \"$@\"",
            &["tag", "sound.txt", "sound.txt", "-o", "out.jsonl"],
            &at,
        )),
    );
    row(
        "closed",
        "a pipe whose reader has gone",
        whole(shell("\"$0\" \"$@\" | true", &["tag", "sound.txt"], &at)),
    );
    row(
        "no-folder",
        "an output in a folder that is not there",
        whole(program(&["tag", "sound.txt", "-o", "none/out.jsonl"], &at)),
    );
    row(
        "folder-as-output",
        "an output that is a folder",
        whole(program(&["tag", "sound.txt", "-f", "jsonl", "-o", ".."], &at)),
    );
    row(
        "read-only",
        "an output where nothing can be written",
        whole(program(&["tag", "sound.txt", "-o", "/proc/out.jsonl"], &at)),
    );
    killed(&at);
    rows
}

/// Files are made and taken away while they are read: what is there when its turn comes is read, what is not is named.
fn changing(at: &Path) -> Outcome {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let path = at.join(format!("{:04}.txt", n % 500));
                if n % 3 == 0 {
                    drop(fs::remove_file(&path))
                } else {
                    fs::write(&path, SAYS).unwrap()
                }
                n += 1;
            }
        });
        std::thread::sleep(Duration::from_millis(100));
        let outcome = program(&["tag", "."], at);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        outcome
    });
    // How many are there when the folder is listed is chance; that the sound one is read is not.
    assert!(
        matches!(outcome.code, Some(0 | 1)) && outcome.rows > 0,
        "{outcome}"
    );
    Outcome {
        code: Some(0),
        rows: 1,
        labelled: 1,
        said: "and a line for each file that was gone when its turn came (then exit 1)".to_owned(),
    }
}

/// A run that is killed leaves no half output.
fn killed(at: &Path) {
    let many = at.join("many.jsonl");
    let line = format!(
        "{{\"id\": \"a\", \"text\": \"{}\"}}\n",
        format!("{SAYS} ").repeat(200)
    );
    fs::write(&many, line.repeat(2_000)).unwrap();
    let mut process = Command::new(PROGRAM)
        .args(["tag", "--input-format", "jsonl", "many.jsonl", "-o", "out.jsonl"])
        .current_dir(at)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    let still = process.try_wait().unwrap().is_none();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(!still || !at.join("out.jsonl").exists(), "half an output is left");
}
