//! Fuzz targets: one function each, from bytes to nothing; it fails where something breaks what is promised.
//!
//! Each holds properties, not only that nothing panics: spans lie in their texts and quote them, a second run gives the same,
//! rows are JSON that reads back, outputs hold no control characters. `fuzz_targets` gives the functions to libFuzzer;
//! `tests/fuzz` of the project calls them on seeds and on changes of seeds that are the same on every run.

mod foreign;
mod json_lines;
mod outputs;
mod parts;
mod program;
mod readers;
mod rule_files;
mod texts;
mod wholes;

/// The laws of readings, which tests hold of every document.
#[path = "../../tests/laws/mod.rs"]
mod laws;

pub use json_lines::{json_lines, label_lines};
pub use readers::{docx, html, odt, pdf, plain};
pub use rule_files::rules;
pub use texts::{facts, labels, reports};

/// A target.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its folder of seeds and of its file in `fuzz_targets`.
pub const TARGETS: &[(&str, Target)] = &[
    ("labels", labels),
    ("reports", reports),
    ("facts", facts),
    ("plain", plain),
    ("pdf", pdf),
    ("docx", docx),
    ("odt", odt),
    ("html", html),
    ("json_lines", json_lines),
    ("label_lines", label_lines),
    ("rules", rules),
];

/// The built-in rules, compiled once.
fn built_in() -> &'static findings::Rules {
    static RULES: std::sync::LazyLock<findings::Rules> = std::sync::LazyLock::new(findings::Rules::built_in);
    &RULES
}
