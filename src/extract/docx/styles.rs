//! Styles of a Word document.
//!
//! In: `styles.xml`. Out: what a style means, also by the styles that it is based on.

use std::collections::HashMap;

use super::super::package::{Element, Visitor};

/// Longest chain of styles based on one another. Word allows eleven; a ring has no end.
const CHAIN: usize = 32;

/// All styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    normal: Option<String>,
    default_size: Option<f32>,
    /// The style whose elements are being read.
    current: Option<String>,
    in_defaults: bool,
}

/// What one style says itself.
#[derive(Debug, Default)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    pub(super) bold: Option<bool>,
    pub(super) size: Option<f32>,
    pub(super) hidden: Option<bool>,
    /// Id of the list.
    pub(super) list: Option<String>,
    /// Level in the list, from 0.
    pub(super) level: Option<usize>,
}

/// What a style's name says of its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Contents,
    Bullet,
}

impl Styles {
    /// What a paragraph of this style is, `None` for running text.
    pub(super) fn role(&self, id: Option<&str>) -> Option<Role> {
        self.look(id, |id, style| {
            let name = if style.name.is_empty() { id } else { &style.name };
            role(name).or_else(|| style.outline.and_then(heading))
        })
        // A document without its styles still has their ids.
        .or_else(|| id.and_then(role))
    }

    /// The first answer along the chain of styles from `id`, or from the style of paragraphs that name none.
    pub(super) fn look<T>(&self, id: Option<&str>, get: impl Fn(&str, &Style) -> Option<T>) -> Option<T> {
        let mut id = id.or(self.normal.as_deref())?;
        for _ in 0..CHAIN {
            let style = self.styles.get(id)?;
            if let Some(found) = get(id, style) {
                return Some(found);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// Size of letters in points where no style says it; 0 where nothing does.
    pub(super) fn default_size(&self) -> f32 {
        self.default_size.unwrap_or_default()
    }
}

/// The heading of an outline level, which Word counts from 0; 9 is running text.
pub(super) fn heading(outline: u8) -> Option<Role> {
    (outline < 9).then(|| Role::Heading(outline + 1))
}

/// Built-in styles have the same English names in every language of Word.
fn role(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase().replace(' ', "");
    if let Some(level) = name.strip_prefix("heading") {
        return level
            .parse::<u8>()
            .ok()
            .filter(|level| (1..=9).contains(level))
            .map(Role::Heading);
    }
    match name.as_str() {
        "title" => Some(Role::Heading(1)),
        "tocheading" | "tableoffigures" => Some(Role::Contents),
        _ if name.starts_with("listbullet") => Some(Role::Bullet),
        _ => name
            .strip_prefix("toc")?
            .parse::<u8>()
            .ok()
            .map(|_| Role::Contents),
    }
}

/// Whether an element such as `<w:b/>` or `<w:b w:val="0"/>` says yes.
pub(super) fn is_on(element: &Element<'_>) -> bool {
    !matches!(element.get("val").as_deref(), Some("0" | "false" | "off"))
}

/// Points of an element that counts in half points.
pub(super) fn points(element: &Element<'_>) -> Option<f32> {
    element
        .get("val")?
        .parse::<f32>()
        .ok()
        .filter(|size| size.is_finite() && *size > 0.0)
        .map(|size| size / 2.0)
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name {
            "w:style" => {
                let id = element.get("styleId").unwrap_or_default();
                let is_default = element
                    .get("default")
                    .is_some_and(|value| value == "1" || value == "true");
                if is_default && element.get("type").as_deref() == Some("paragraph") {
                    self.normal = Some(id.clone());
                }
                self.styles.insert(id.clone(), Style::default());
                self.current = Some(id);
                return true;
            }
            "w:rPrDefault" => self.in_defaults = true,
            "w:sz" if self.in_defaults => self.default_size = points(element),
            // What a table's style says of its first row or column, and what a style was before a change.
            "w:tblStylePr" | "w:rPrChange" | "w:pPrChange" => return false,
            _ => {}
        }
        let Some(style) = self.current.as_ref().and_then(|id| self.styles.get_mut(id)) else {
            return true;
        };
        match element.name {
            "w:name" => style.name = element.get("val").unwrap_or_default(),
            "w:basedOn" => style.based_on = element.get("val"),
            "w:outlineLvl" => style.outline = element.get("val").and_then(|value| value.parse().ok()),
            "w:b" => style.bold = Some(is_on(element)),
            "w:vanish" => style.hidden = Some(is_on(element)),
            "w:sz" => style.size = points(element),
            "w:numId" => style.list = element.get("val"),
            "w:ilvl" => style.level = element.get("val").and_then(|value| value.parse().ok()),
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:style" => self.current = None,
            "w:rPrDefault" => self.in_defaults = false,
            _ => {}
        }
    }

    fn text(&mut self, _text: &str) {}
}
