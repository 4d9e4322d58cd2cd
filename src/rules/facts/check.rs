//! What is wrong with the patterns of facts.
//!
//! In: rule files. Out: mistakes. Not decided here: what patterns find.

use rayon::prelude::*;

use super::super::file::{Placed, RuleFile};
use super::super::not_regex;
use super::super::written::written_facts;
use super::shapes::Shapes;
use super::{GRADE, build, shape_of};
use crate::error::Mistake;

/// Builds every pattern, on all processors, and reports what is wrong with it.
pub(crate) fn check(files: &[RuleFile], mistakes: &mut Vec<Mistake>) {
    let written = written_facts(files, mistakes);
    let shapes = Shapes::new(&written.shared);
    let mut all: Vec<(usize, &Placed<String>, &str)> = Vec::new();
    for shared in &written.shared {
        all.extend(shared.shapes.iter().map(|(_, shape)| (shared.file, shape, "")));
    }
    for family in &written.families {
        let file = family.file;
        let signs = family.signs.iter().flat_map(|(_, _, list)| list);
        let unless = family.unless.iter().flat_map(|(_, list)| list);
        let plain = signs.chain(&family.earlier).chain(unless);
        all.extend(plain.map(|text| (file, text, "")));
        for (sought, _, list) in &family.patterns {
            all.extend(list.iter().map(|text| (file, text, shape_of(*sought))));
        }
        let judged = family.judged.iter().flat_map(|(_, list)| list);
        all.extend(judged.map(|text| (file, text, GRADE)));
    }
    let found = all.par_iter().filter_map(|(file, text, sought)| {
        let message = mistake(&shapes, &text.value, sought)?;
        Some(Mistake::new(&files[*file], text.at, message).coded("E210"))
    });
    mistakes.extend(found.collect::<Vec<_>>());
}

/// What is wrong with a pattern that looks for the shape `sought`, if any.
fn mistake(shapes: &Shapes, pattern: &str, sought: &str) -> Option<String> {
    if !sought.is_empty() && !pattern.contains(&format!("{{{sought}}}")) {
        return Some(format!(
            "the pattern has to hold {{{sought}}}: that is what it looks for"
        ));
    }
    let error = build(&shapes.expand(pattern, sought)).err()?;
    Some(not_regex::fault(&error))
}
