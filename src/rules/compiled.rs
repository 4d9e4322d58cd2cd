//! Rule files made ready to run: all that reading a document asks of them.
//!
//! In: [`RuleFile`]s. Out: [`Compiled`], and the mistakes found on the way. The build script calls this for the built-in rules,
//! `Rules` for all others.

use sha2::{Digest, Sha256};

use super::compile;
use super::file::RuleFile;
use super::letters::{self, English, Letters};
use super::lexicon::{Lexicon, Theme};
use super::written::Written;
use crate::error::Mistake;

/// Rules, ready to run.
#[derive(Debug, PartialEq)]
pub(crate) struct Compiled {
    /// Names exactly these rules.
    pub(crate) fingerprint: String,
    /// Core themes first.
    pub(crate) themes: Vec<Theme>,
    pub(crate) lexicon: Lexicon,
    pub(crate) letters: Letters,
    pub(crate) english: English,
}

/// The order in which files are compiled, whatever the order in which they come.
pub(crate) fn sort(files: &mut [RuleFile]) {
    files.sort_by(|a, b| (&a.overlay, &a.name).cmp(&(&b.overlay, &b.name)));
}

/// Compiles rule files in their order, `written` being the same taken apart. What holds a mistake is left out.
pub(crate) fn compiled(files: &[RuleFile], written: &Written, mistakes: &mut Vec<Mistake>) -> Compiled {
    let (themes, lexicon) = compile::lexicon(files, written, mistakes);
    Compiled {
        fingerprint: fingerprint(files),
        themes,
        lexicon,
        letters: letters::letters(files, written, mistakes),
        english: letters::english(&written.english),
    }
}

/// SHA-256 over the engine's version and each file's name and text, lengths before each; its first 8 bytes.
fn fingerprint(files: &[RuleFile]) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for file in files {
        if let Some(overlay) = &file.overlay {
            hash.update(b"overlay");
            hash.update((overlay.nth as u64).to_le_bytes());
        }
        for text in [&file.name, &file.text] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
