//! The program `findings`.
#![allow(clippy::print_stdout)]
fn main() {
    let rules = match findings::Rules::built_in_checked() { Ok(r) => r, Err(e) => { println!("{e}"); std::process::exit(2) } };
    for path in std::env::args().skip(1) {
        let source = findings::Source::open(std::path::Path::new(&path)).unwrap();
        let reading = rules.read(&source).unwrap();
        for row in findings::row::rows(&rules, &reading) { println!("{}", serde_json::to_string(&row).unwrap()); }
    }
}
