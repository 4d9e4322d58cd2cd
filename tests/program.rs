//! The program among programs: completions in a real shell, manual pages, progress on a terminal and silence elsewhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_findings");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Whether a program is there to be run.
#[cfg(unix)]
fn there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = text(&output.stdout);
        for name in ["export", "resume", "corrections"] {
            assert!(script.contains(name), "{shell} does not know {name}");
        }
    }
    assert_eq!(run(&["completions", "dos"]).status.code(), Some(2));
}

/// What bash itself completes.
#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    let complete = |words: &[&str]| -> Vec<String> {
        let script = text(&run(&["completions", "bash"]).stdout);
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let last = words.len() - 1;
        let call = format!(
            "{script}\nCOMP_WORDS=({}); COMP_CWORD={last}\n_findings findings {} {}\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words[last],
            words[last - 1],
        );
        let output = Command::new("bash").arg("-c").arg(call).output().unwrap();
        text(&output.stdout).lines().map(str::to_owned).collect()
    };
    assert_eq!(complete(&["findings", "exp"]), ["explain", "export"]);
    assert_eq!(complete(&["findings", "tag", "--res"]), ["--resume"]);
    assert_eq!(complete(&["findings", "export", "--to", "q"]), ["qdpx", "qdc"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    let output = run(&["man", "--into", pages.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let page = |name: &str| fs::read_to_string(pages.join(format!("{name}.1"))).unwrap();
    // As help lists them.
    let help = text(&run(&["--help"]).stdout);
    let commands = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(commands.len() > 12, "{commands:?}");
    for command in &commands {
        let text = page(&format!("findings-{command}"));
        assert!(
            text.contains(&format!(".TH FINDINGS-{} 1", command.to_uppercase())),
            "{command}"
        );
        assert!(
            page("findings").contains(&format!("findings\\-{command}(1)")),
            "{command}"
        );
    }
    let tag = page("findings-tag");
    assert!(tag.contains("\\-\\-resume") && tag.contains("Keep a journal beside the output"));
    assert_eq!(tag, text(&run(&["man", "tag"]).stdout));
    assert_eq!(
        page("findings-rules-check"),
        text(&run(&["man", "rules", "check"]).stdout)
    );
    let wrong = run(&["man", "tagg"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("there is no command `tagg`; there are tag, "));
}

/// The pages as `man` sets them, where it can be asked.
#[cfg(unix)]
#[test]
fn manual_pages_are_set_without_complaint() {
    if !there("groff") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().to_str().unwrap();
    assert_eq!(run(&["man", "--into", pages]).status.code(), Some(0));
    for entry in fs::read_dir(pages).unwrap() {
        let path = entry.unwrap().path();
        let output = Command::new("groff")
            .args(["-man", "-Tutf8", "-ww", "-K", "utf8"])
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(text(&output.stderr), "", "{}", path.display());
        assert!(output.stdout.len() > 500);
    }
}

/// Letters enough that a run shows how far it is.
fn letters(folder: &Path) {
    for number in 0..40 {
        let text = format!("Plans are weak in {number} teams.\n").repeat(30);
        fs::create_dir_all(folder.join("letters")).unwrap();
        fs::write(folder.join(format!("letters/{number}.txt")), text).unwrap();
    }
}

#[test]
fn a_pipe_hears_nothing_of_progress() {
    let folder = tempfile::tempdir().unwrap();
    letters(folder.path());
    for call in [
        &["tag", "letters", "-o", "labels.jsonl"][..],
        &["facts", "letters", "--jobs", "2", "-o", "facts.csv"],
        &["stats", "letters", "-o", "stats.json"],
        &["visits", "letters", "-o", "visits.json"],
        &["export", "letters", "-o", "letters.qdpx"],
    ] {
        let output = Command::new(PROGRAM)
            .current_dir(folder.path())
            .args(call)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{call:?}");
        assert_eq!(
            (text(&output.stdout), text(&output.stderr)),
            (String::new(), String::new()),
            "{call:?}"
        );
    }
}

/// On a terminal, which `script` makes.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_sees_how_far_it_is() {
    assert!(
        there("script"),
        "`script` of util-linux makes the terminal of this test"
    );
    let folder = tempfile::tempdir().unwrap();
    letters(folder.path());
    for (call, shown) in [
        ("tag letters -o labels.jsonl", true),
        ("tag letters --resume -o labels.csv", true),
        ("facts letters -o facts.csv", true),
        ("stats letters -o stats.json", true),
        ("visits letters -o visits.json", true),
        ("export letters -o letters.qdpx", true),
        // Little to do, or results on the terminal, which say by themselves how far it is.
        ("tag letters/1.txt -o labels.jsonl", false),
        ("tag letters", false),
    ] {
        let output = Command::new("script")
            .current_dir(folder.path())
            .env("TERM", "xterm")
            .args(["-qec", &format!("{PROGRAM} {call}"), "/dev/null"])
            .output()
            .unwrap();
        let seen = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{call}: {seen}");
        assert_eq!(
            seen.contains("of 40 documents, ") && seen.contains("/s, "),
            shown,
            "{call}: {seen}"
        );
        // Nothing of it stays: the last line is cleared.
        assert!(
            !shown || seen.trim_end_matches(['\r', '\n']).ends_with("\u{1b}[2K"),
            "{call}: {seen:?}"
        );
    }
}
