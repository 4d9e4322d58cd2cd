//! Themes as the page names them.

use std::collections::HashMap;

use crate::row::Row;
use crate::rules::Rules;

/// Every theme of the rules, in their order, and after them those that only the rows know: labels made under other
/// rules, or corrected by hand.
#[derive(Debug)]
pub(super) struct Themes {
    /// Id and name.
    pub(super) all: Vec<(String, String)>,
    place: HashMap<String, usize>,
}

impl Themes {
    pub(super) fn new<'a>(rules: &Rules, rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut themes = Self {
            all: Vec::new(),
            place: HashMap::new(),
        };
        for theme in rules.themes() {
            themes.add(&theme.id, &theme.name);
        }
        for label in rows.flat_map(|row| &row.labels) {
            themes.add(&label.theme, &label.theme);
        }
        themes
    }

    fn add(&mut self, id: &str, name: &str) {
        if !self.place.contains_key(id) {
            self.place.insert(id.to_owned(), self.all.len());
            self.all.push((id.to_owned(), name.to_owned()));
        }
    }

    /// Its name; the id where the rules do not know it.
    pub(super) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.place.get(id).map_or(id, |place| &self.all[*place].1)
    }

    /// Its class on the page, `t` and its place: ids come from files and stay out of names that the page acts on.
    pub(super) fn class(&self, id: &str) -> String {
        self.place
            .get(id)
            .map_or_else(|| "t".to_owned(), |place| format!("t{place}"))
    }
}
