//! Page furniture: page numbers, running headers and footers.
//!
//! In: an extract. Out: for each block whether it is furniture. Not decided here: what it says.

use std::collections::{HashMap, HashSet};

use crate::extract::{Block, Extract};
use crate::rules::{LineKind, Rules};

/// For each block, whether it is page furniture: by its form, or because it stands at the edge of several pages.
pub(super) fn furniture(rules: &Rules, extract: &Extract) -> Vec<bool> {
    const SHORT: usize = 160;
    const EDGE: usize = 3;
    let mut edges: HashMap<String, HashSet<u32>> = HashMap::new();
    let keys: Vec<Option<String>> = (0..extract.blocks.len())
        .map(|at| {
            let block = &extract.blocks[at];
            let page = block.page?;
            let beyond = |other: Option<&Block>| other.is_none_or(|other| other.page != Some(page));
            let edge = (1..=EDGE)
                .any(|n| beyond(extract.blocks.get(at + n)) || at < n || beyond(extract.blocks.get(at - n)));
            (edge && block.span.len() <= SHORT).then(|| key(block.span.of(&extract.text)))
        })
        .collect();
    for (block, key) in extract.blocks.iter().zip(&keys) {
        if let (Some(page), Some(key)) = (block.page, key) {
            edges.entry(key.clone()).or_default().insert(page);
        }
    }
    let pages = extract
        .blocks
        .iter()
        .filter_map(|block| block.page)
        .collect::<HashSet<_>>()
        .len();
    extract
        .blocks
        .iter()
        .zip(&keys)
        .map(|(block, key)| {
            let words = block.span.of(&extract.text);
            let by_form = block.span.len() <= SHORT && rules.lines.is(LineKind::Furniture, words.trim());
            let repeated = key.as_ref().is_some_and(|key| {
                let on = edges.get(key).map_or(0, HashSet::len);
                on >= 3 && on * 3 >= pages && !key.starts_with('•')
            });
            by_form || repeated
        })
        .collect()
}

/// The same for "Page 3 of 12" and "Page 4 of 12".
fn key(words: &str) -> String {
    words
        .split_whitespace()
        .flat_map(|word| word.chars().chain([' ']))
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect()
}
