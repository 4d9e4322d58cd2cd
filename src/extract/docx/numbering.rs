//! Numbers and bullets of a Word document, which stand in no paragraph but are counted when it is printed.
//!
//! In: `numbering.xml`; then every list paragraph in turn. Out: its label as printed. Decides which paragraphs are
//! items of a list: those with a bullet or a letter. Those with a figure are numbered paragraphs of the letter.

use std::collections::{HashMap, HashSet};

use super::super::numeral::{letters, roman};
use super::super::package::{Element, Visitor};

/// Levels that a list has in Word.
const LEVELS: usize = 9;

/// All lists, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: HashMap<String, Vec<Level>>,
    lists: HashMap<String, List>,
    /// By pattern: lists of one pattern count on from one another.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
    /// Where the elements being read belong.
    pattern: Option<String>,
    list: Option<String>,
    level: usize,
}

/// A list as paragraphs name it.
#[derive(Debug, Default)]
struct List {
    pattern: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// One level of a pattern.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: Option<u32>,
    style: Option<String>,
}

/// What is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Bullet,
    /// "12.", "2.4".
    Number(String),
    /// "(a)", "iv.".
    Letter(String),
    /// The list only indents.
    Nothing,
}

impl Numbering {
    /// The label of the next paragraph of `list`. The level, from 0, may be given by the paragraph or be the one that
    /// the list ties to the paragraph's style.
    pub(super) fn next(&mut self, list_id: &str, level: Option<usize>, style: Option<&str>) -> Label {
        let Some(list) = self.lists.get(list_id) else {
            return Label::Bullet;
        };
        let pattern = self.patterns.get(&list.pattern).map_or(&[][..], Vec::as_slice);
        let of_style = || {
            pattern
                .iter()
                .position(|level| level.style.is_some() && level.style.as_deref() == style)
        };
        let at = level.or_else(of_style).unwrap_or_default().min(LEVELS - 1);
        let rule = |at: usize| list.levels.get(&at).or_else(|| pattern.get(at));
        let start = |at: usize| {
            list.starts
                .get(&at)
                .copied()
                .or_else(|| rule(at).and_then(|level| level.start))
                .unwrap_or(1)
        };

        let counts = self.counts.entry(list.pattern.clone()).or_default();
        if self.begun.insert(list_id.to_owned()) {
            for from in list.starts.keys().filter(|from| **from < LEVELS) {
                counts[*from] = None;
            }
        }
        counts[at] = Some(counts[at].map_or_else(|| start(at), |count| count.saturating_add(1)));
        for deeper in &mut counts[at + 1..] {
            *deeper = None;
        }

        let Some(level) = rule(at) else {
            return Label::Bullet;
        };
        if level.format == "bullet" {
            return Label::Bullet;
        }
        let mut label = level.text.clone();
        for (upper, count) in counts.iter().enumerate().take(at + 1) {
            let place = format!("%{}", upper + 1);
            if label.contains(&place) {
                let count = count.unwrap_or_else(|| start(upper));
                let format = rule(upper).map_or("decimal", |level| level.format.as_str());
                label = label.replace(&place, &write(count, format));
            }
        }
        match level.format.as_str() {
            "none" => Label::Nothing,
            _ if label.trim().is_empty() => Label::Nothing,
            "lowerLetter" | "upperLetter" | "lowerRoman" | "upperRoman" => Label::Letter(label),
            _ => Label::Number(label),
        }
    }

    /// The level being read, of a pattern or of a list that changes its pattern.
    fn current(&mut self) -> Option<&mut Level> {
        if let Some(list) = &self.list {
            return Some(self.lists.get_mut(list)?.levels.entry(self.level).or_default());
        }
        self.patterns.get_mut(self.pattern.as_ref()?)?.get_mut(self.level)
    }
}

fn write(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "none" => String::new(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

impl Visitor for Numbering {
    fn open(&mut self, element: &Element<'_>) -> bool {
        let value = element.get("val");
        match element.name {
            "w:abstractNum" => {
                let id = element.get("abstractNumId").unwrap_or_default();
                self.patterns.insert(id.clone(), vec![Level::default(); LEVELS]);
                self.pattern = Some(id);
            }
            "w:num" => {
                let id = element.get("numId").unwrap_or_default();
                self.lists.insert(id.clone(), List::default());
                self.list = Some(id);
            }
            "w:lvl" | "w:lvlOverride" => {
                self.level = element
                    .get("ilvl")
                    .and_then(|level| level.parse().ok())
                    .unwrap_or_default();
            }
            "w:abstractNumId" => {
                if let Some(list) = self.list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                    list.pattern = value.unwrap_or_default();
                }
            }
            "w:startOverride" => {
                let level = self.level;
                if let (Some(list), Some(start)) = (
                    self.list.as_ref().and_then(|id| self.lists.get_mut(id)),
                    value.and_then(|value| value.parse().ok()),
                ) {
                    list.starts.insert(level, start);
                }
            }
            "w:start" | "w:numFmt" | "w:lvlText" | "w:pStyle" => {
                if let Some(level) = self.current() {
                    match element.name {
                        "w:start" => level.start = value.and_then(|value| value.parse().ok()),
                        "w:numFmt" => level.format = value.unwrap_or_default(),
                        "w:lvlText" => level.text = value.unwrap_or_default(),
                        _ => level.style = value,
                    }
                }
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:abstractNum" => self.pattern = None,
            "w:num" => self.list = None,
            _ => {}
        }
    }

    fn text(&mut self, _text: &str) {}
}
