//! Styles of an OpenDocument text, and the patterns of its lists.
//!
//! In: `styles.xml` and `content.xml`. Out: what a style means, also by the styles above it.

use std::collections::HashMap;

use super::super::package::{Element, Visitor};

/// Longest chain of styles based on one another; a ring has no end.
const CHAIN: usize = 32;

/// All styles by their ids, and all list styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, HashMap<usize, Level>>,
    default_size: Option<f32>,
    /// Where the elements being read belong.
    current: Option<String>,
    list: Option<String>,
    in_default: bool,
}

/// What one style says itself.
#[derive(Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) size: Option<f32>,
    /// A new page begins before its paragraphs.
    pub(super) new_page: Option<bool>,
}

/// One level of a list.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// `1`, `a`, `I`; `None` for a bullet.
    pub(super) format: Option<String>,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) start: u32,
    /// How many levels the label shows.
    pub(super) shown: usize,
}

impl Styles {
    /// The first answer along the chain of styles from `id`.
    pub(super) fn look<T>(&self, id: &str, get: impl Fn(&str, &Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..CHAIN {
            let style = self.styles.get(id)?;
            if let Some(found) = get(id, style) {
                return Some(found);
            }
            id = style.parent.as_deref()?;
        }
        None
    }

    /// Whether the style is the built-in one of this name or based on it.
    pub(super) fn is(&self, id: &str, name: &str) -> bool {
        id == name
            || self
                .look(id, |id, style| {
                    (id == name || style.parent.as_deref() == Some(name)).then_some(())
                })
                .is_some()
    }

    /// A level, counted from 1, of a list style.
    pub(super) fn level(&self, list: &str, level: usize) -> Option<&Level> {
        self.lists.get(list)?.get(&level)
    }

    /// Size of letters in points where no style says it; 0 where nothing does.
    pub(super) fn default_size(&self) -> f32 {
        self.default_size.unwrap_or_default()
    }
}

/// "12pt" as 12. Sizes in other units are rare and left out.
fn points(size: &str) -> Option<f32> {
    size.strip_suffix("pt")?
        .parse::<f32>()
        .ok()
        .filter(|size| size.is_finite() && *size > 0.0)
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element<'_>) -> bool {
        let number = |name: &str| element.get(name).and_then(|value| value.parse::<u32>().ok());
        match element.name {
            "office:text" | "office:master-styles" => return false,
            "style:style" => {
                let id = element.get("name").unwrap_or_default();
                let style = Style {
                    parent: element.get("parent-style-name"),
                    new_page: element
                        .get("master-page-name")
                        .filter(|name| !name.is_empty())
                        .map(|_| true),
                    ..Style::default()
                };
                self.styles.insert(id.clone(), style);
                self.current = Some(id);
            }
            "style:default-style" => self.in_default = element.get("family").as_deref() == Some("paragraph"),
            "style:text-properties" => {
                let size = element.get("font-size").as_deref().and_then(points);
                if self.in_default {
                    self.default_size = size;
                }
                if let Some(style) = self.current.as_ref().and_then(|id| self.styles.get_mut(id)) {
                    style.size = size;
                    style.bold = element.get("font-weight").map(|weight| {
                        weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
                    });
                }
            }
            "style:paragraph-properties" => {
                let breaks = element.get("break-before");
                if let (Some(style), Some(breaks)) = (
                    self.current.as_ref().and_then(|id| self.styles.get_mut(id)),
                    breaks,
                ) {
                    style.new_page = Some(breaks == "page" || style.new_page == Some(true));
                }
            }
            "text:list-style" => {
                let id = element.get("name").unwrap_or_default();
                self.lists.insert(id.clone(), HashMap::new());
                self.list = Some(id);
            }
            "text:list-level-style-bullet"
            | "text:list-level-style-number"
            | "text:list-level-style-image" => {
                let numbered = element.name == "text:list-level-style-number";
                let level = Level {
                    format: numbered.then(|| element.get("num-format").unwrap_or_default()),
                    prefix: element.get("num-prefix").unwrap_or_default(),
                    suffix: element.get("num-suffix").unwrap_or_default(),
                    start: number("start-value").unwrap_or(1),
                    shown: number("display-levels").map_or(1, |shown| shown as usize),
                };
                let list = self.list.as_ref().and_then(|id| self.lists.get_mut(id));
                if let (Some(list), Some(at)) = (list, number("level")) {
                    list.insert(at as usize, level);
                }
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "style:style" => self.current = None,
            "style:default-style" => self.in_default = false,
            "text:list-style" => self.list = None,
            _ => {}
        }
    }

    fn text(&mut self, _text: &str) {}
}
