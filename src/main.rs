//! The program `findings`.
#![allow(clippy::print_stdout)]
fn main() {
    let rules = match std::env::var("RULES").map(|d| findings::Rules::from_folder(std::path::Path::new(&d))).unwrap_or_else(|_| findings::Rules::built_in_checked()) { Ok(r) => r, Err(e) => { println!("{e}"); std::process::exit(2) } };
    for path in std::env::args().skip(1) {
        let source = findings::Source::open(std::path::Path::new(&path)).unwrap();
        let reading = rules.read(&source).unwrap();
        if std::env::var("STAGE").is_ok() { print!("{}", findings::stage::stage(&rules, &reading, findings::stage::Stage::Matches)); continue }
        for row in findings::row::rows(&rules, &reading) { println!("{}", serde_json::to_string(&row).unwrap()); }
    }
}
