//! How fast reading is beside what it can be measured by, in one run and as ratios, since seconds differ between machines.
//!
//!     cargo bench --bench ratios
//!     cargo bench --bench ratios -- FOLDER
//!
//! The text is the letters of `fixtures/letters`, or all `.txt` files of a folder. Three questions:
//!
//! - Against the limit: text to labels beside a bare Aho-Corasick scan of the same bytes for the same phrases.
//! - Growth: whether four times the input takes four times as long, for texts made to provoke a step that takes its square.
//! - Cues: whether ten times as many cost at most twice the time.
//!
//! Rounds of all candidates take turns, and the fastest round of each counts: what else the machine does only ever adds. Time is
//! the thread's own on Linux, the clock's elsewhere. Ends with 1 where something grows out of proportion.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, hint};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use findings::rules::{Overlay, RuleFile};
use findings::{Rules, Source};

/// Rounds of each candidate.
const ROUNDS: usize = 9;
/// How long what is measured lasts at least, in seconds.
const LONG_ENOUGH: f64 = 0.1;
/// Bytes of the shorter of two texts whose growth is measured.
const SHORT: usize = 1 << 18;
/// How many times the longer is as long.
const LONGER: usize = 4;
/// Time for each byte of the longer text, over that of the shorter one, from which on it grows out of proportion.
const OUT_OF_PROPORTION: f64 = 2.0;

fn main() -> ExitCode {
    let folder = env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/letters");
    let letters = letters(folder.as_deref().map_or(own.as_path(), Path::new));
    let rules = Rules::built_in();
    against_the_limit(&rules, &letters);
    more_cues(&rules, &letters);
    if growth(&rules) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The documents of a folder, over and over until there are half a million bytes.
fn letters(folder: &Path) -> Vec<Source> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    assert!(!texts.is_empty(), "no .txt file in {}", folder.display());
    let mut bytes = 0;
    let enough = texts.iter().cycle().take_while(|text| {
        bytes += text.len();
        bytes < (1 << 19) + text.len()
    });
    let mut letters: Vec<&String> = enough.collect();
    if letters.len() < texts.len() {
        letters = texts.iter().collect();
    }
    letters
        .into_iter()
        .enumerate()
        .map(|(n, text)| Source::from_text(format!("letter-{n}.txt"), text.clone()))
        .collect()
}

fn against_the_limit(rules: &Rules, letters: &[Source]) {
    let phrases = rules.phrases();
    let scan = |kind, match_kind| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(kind))
            .match_kind(match_kind)
            .build(&phrases)
            .expect("the phrases fit an automaton")
    };
    let nfa = scan(AhoCorasickKind::ContiguousNFA, MatchKind::Standard);
    let dfa = scan(AhoCorasickKind::DFA, MatchKind::Standard);
    let longest = scan(AhoCorasickKind::ContiguousNFA, MatchKind::LeftmostLongest);
    let overlapping = |automaton: &AhoCorasick| {
        let found = letters
            .iter()
            .map(|letter| automaton.find_overlapping_iter(&letter.bytes).count());
        hint::black_box(found.sum::<usize>());
    };
    let fastest = fastest(&mut [
        &mut || overlapping(&nfa),
        &mut || overlapping(&dfa),
        &mut || {
            let found = letters
                .iter()
                .map(|letter| longest.find_iter(&letter.bytes).count());
            hint::black_box(found.sum::<usize>());
        },
        &mut || read(rules, letters),
    ]);
    let bytes: usize = letters.iter().map(|letter| letter.bytes.len()).sum();
    println!("against the limit, {} phrases, {bytes} bytes", phrases.len());
    let names = [
        "scan, contiguous NFA",
        "scan, DFA",
        "scan, leftmost longest",
        "text to labels",
    ];
    for (name, seconds) in names.iter().zip(&fastest) {
        println!("  {name:24} {:7.1} MB/s", bytes as f64 / seconds / 1e6);
    }
    let limit = fastest[0].min(fastest[1]);
    println!(
        "  text to labels takes {:.2} times the faster overlapping scan",
        fastest[3] / limit
    );
}

/// Ten times the cues: each phrase in nine further forms, which begin as it does and end in a word that no letter has.
fn more_cues(rules: &Rules, letters: &[Source]) {
    let wanted = rules.cues().count() * 9;
    let phrases = rules.phrases();
    let mut words = phrases.iter().map(String::as_str).cycle();
    let mut list = String::new();
    for n in 0..wanted {
        let phrase = words.next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c == ' ';
        if !phrase.chars().all(plain) {
            continue;
        }
        // Every other one with a gap, which is the dearer kind.
        let gap = if n % 2 == 0 { ".. " } else { "" };
        list += &format!("  \"{phrase} {gap}zq{n}\",\n");
    }
    let theme = format!(
        "name = \"Many\"\nabout = \"Many cues.\"\nnames = [\n{list}]\n\n[[example]]\ntext = \"Nothing.\"\nnot = [\"many\"]\n"
    );
    let mut files = Rules::built_in_files();
    files.push(RuleFile {
        overlay: Some(Overlay {
            nth: 1,
            folder: "many".to_owned(),
        }),
        ..RuleFile::new("themes/many.toml", theme)
    });
    let many = Rules::from_files(files).expect("the cues are sound");
    let fastest = fastest(&mut [&mut || read(rules, letters), &mut || read(&many, letters)]);
    println!(
        "cues\n  {} cues take {:.2} times as long as {}",
        many.cues().count(),
        fastest[1] / fastest[0],
        rules.cues().count()
    );
}

fn read(rules: &Rules, letters: &[Source]) {
    for letter in letters {
        hint::black_box(rules.read(letter).expect("it is text"));
    }
}

/// Texts made to provoke a step that takes the square of their length.
fn growth(rules: &Rules) -> bool {
    let phrases = rules.phrases().join(" ");
    let hostile: [(&str, &str, &str); 19] = [
        (
            "letters",
            "Findings\n\nCaseloads are too high, but supervision is regular. ",
            "",
        ),
        (
            "one line without a full stop",
            "social workers know the children and they are seen by managers who ",
            "",
        ),
        ("one word", "caseload", ""),
        ("spaces", "          ", ""),
        ("opening quotation marks", "“", ""),
        ("quotations in quotations", "“He said: ‘", ""),
        ("brackets", "(", ""),
        ("bullets", "• plans\n", ""),
        (
            "bullets under a heading",
            "• plans are late\n",
            "What needs to improve\n\n",
        ),
        ("lines that go on", "and the plan of the\n\n", ""),
        ("pages", "and the plan of the\x0c", ""),
        ("captions", "Photo: a house\n\n", ""),
        ("headings", "Findings\n\n", ""),
        ("commas", ",", ""),
        ("commas and words", "they, ", ""),
        ("openers", "and while they are, ", ""),
        ("negations", "not no never ", ""),
        ("full stops", ". ", ""),
        ("hyphens at line ends", "a\u{ad}\n-", ""),
    ];
    println!("growth, time for each byte at {LONGER} times the length over that at {SHORT} bytes");
    let mut sound = true;
    let mut measure = |name: &str, start: &str, piece: &str| {
        let text = |length: usize| {
            let text = format!("{start}{}", piece.repeat(length / piece.len() + 1));
            vec![Source::from_text("hostile.txt", text)]
        };
        let (short, long) = (text(SHORT), text(SHORT * LONGER));
        let read = |letters: &[Source]| {
            let _ = hint::black_box(rules.read(&letters[0]));
        };
        let mut best = [f64::INFINITY; 2];
        for _ in 0..3 {
            best[0] = best[0].min(seconds(&mut || read(&short)));
            best[1] = best[1].min(seconds(&mut || read(&long)));
        }
        let ratio = best[1] / best[0] / LONGER as f64;
        let verdict = if ratio < OUT_OF_PROPORTION {
            ""
        } else {
            "  OUT OF PROPORTION"
        };
        sound &= ratio < OUT_OF_PROPORTION;
        println!(
            "  {name:30} {ratio:5.2}   {:8.1} MB/s{verdict}",
            (SHORT * LONGER) as f64 / best[1] / 1e6
        );
    };
    for (name, piece, start) in hostile {
        measure(name, start, piece);
    }
    measure("every phrase of every cue", "", &phrases);
    sound
}

/// The fastest round of each, all taking turns.
fn fastest(candidates: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; candidates.len()];
    for _ in 0..ROUNDS {
        for (best, candidate) in best.iter_mut().zip(candidates.iter_mut()) {
            *best = best.min(seconds(*candidate));
        }
    }
    best
}

/// Seconds of one run, out of as many as take a tenth of a second: some systems count a thread's time in steps of milliseconds.
fn seconds(run: &mut dyn FnMut()) -> f64 {
    let (clock, own) = (Instant::now(), own_time());
    let mut runs = 0.0;
    loop {
        run();
        runs += 1.0;
        let taken = match (own, own_time()) {
            (Some(from), Some(upto)) if upto > from => (upto - from) as f64 / 1e9,
            _ => clock.elapsed().as_secs_f64(),
        };
        if taken >= LONG_ENOUGH {
            return taken / runs;
        }
    }
}

/// Nanoseconds for which this thread has run, where Linux tells.
fn own_time() -> Option<u64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}
