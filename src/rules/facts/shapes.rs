//! Shapes: the parts that patterns of facts share, by their names in braces.
//!
//! In: `common.toml`. Out: patterns without names in braces. Not decided here: what a pattern is for.

use std::collections::HashMap;

use super::super::file::Placed;
use super::super::written::WrittenShared;
use super::{GRADE, VALUE, forms, last};

/// Shapes by name, each already without names inside.
pub(super) struct Shapes(HashMap<String, String>);

impl Shapes {
    pub(super) fn new(shared: &[WrittenShared]) -> Self {
        let list = |list: &[Placed<String>]| {
            let mut all: Vec<&str> = list.iter().flat_map(|names| forms(&names.value)).collect();
            all.sort_by_key(|name| (usize::MAX - name.len(), *name));
            format!(
                "(?i:{})",
                all.iter()
                    .map(|name| regex::escape(name))
                    .collect::<Vec<_>>()
                    .join("|")
            )
        };
        let grades: Vec<Placed<String>> = shared
            .iter()
            .flat_map(|shared| &shared.grades)
            .flat_map(|(_, list)| list.clone())
            .collect();
        let mut shapes = Self(HashMap::from([
            ("month".to_owned(), list(last(shared, |shared| &shared.months))),
            (
                "weekday".to_owned(),
                list(last(shared, |shared| &shared.weekdays)),
            ),
            (
                "ordinal".to_owned(),
                list(last(shared, |shared| &shared.ordinals)),
            ),
            (GRADE.to_owned(), list(&grades)),
        ]));
        for (name, shape) in shared.iter().flat_map(|shared| &shared.shapes) {
            let shape = format!("(?:{})", shapes.expand(&shape.value, ""));
            shapes.0.insert(name.clone(), shape);
        }
        shapes
    }

    /// Puts shapes in place of their names; the first one named `sought` becomes the group that is looked for.
    pub(super) fn expand(&self, pattern: &str, sought: &str) -> String {
        let mut out = String::with_capacity(pattern.len() * 4);
        let mut rest = pattern;
        let mut wanted = !sought.is_empty();
        while let Some(at) = rest.find('{') {
            let inside = &rest[at + 1..];
            let name = &inside[..inside.find('}').unwrap_or(0)];
            out.push_str(&rest[..at]);
            match self.0.get(name) {
                Some(shape) if wanted && name == sought => {
                    wanted = false;
                    out.push_str(&format!("(?P<{VALUE}>{shape})"));
                    rest = &inside[name.len() + 1..];
                }
                Some(shape) => {
                    out.push_str(shape);
                    rest = &inside[name.len() + 1..];
                }
                None => {
                    out.push('{');
                    rest = inside;
                }
            }
        }
        out.push_str(rest);
        out
    }
}
