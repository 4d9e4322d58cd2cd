//! Names of files made from names of documents.

use std::collections::BTreeMap;

/// Names given so far: those of documents without folder and ending, each once.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    /// The name for one more document: letters, digits, `.`, `_` and `-`.
    pub(super) fn of(&mut self, document: &str) -> String {
        let name = document.rsplit(['/', '\\']).next().unwrap_or(document);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let plain = |c: char| {
            if c.is_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        };
        let stem: String = stem.chars().map(plain).collect();
        let stem = match stem.trim_start_matches('.') {
            "" => "document",
            stem => stem,
        };
        let mut name = stem.to_owned();
        let mut nth = 1;
        // Names that differ in case alone are one file on some systems.
        while self.0.contains_key(&name.to_lowercase()) {
            nth += 1;
            name = format!("{stem}-{nth}");
        }
        self.0.insert(name.to_lowercase(), nth);
        name
    }
}
