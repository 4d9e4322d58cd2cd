//! Word documents (Office Open XML).
//!
//! In: bytes. Out: the letter's text as Word would print it, with headings, lists, tables, footnotes, pages and type.
//! Decides what is printed: not tracked deletions, hidden text, field codes, comments, headers or footers. Does not
//! decide what is a heading where no style says so.

mod body;
mod numbering;
mod pages;
mod paragraph;
mod styles;

use std::collections::HashMap;

use super::package::{Element, Package, Visitor};
use super::{Extract, Limits};
use crate::error::Reason;
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Extract, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let main = related(&mut package, "")?
        .remove("officeDocument")
        .unwrap_or_else(|| "word/document.xml".to_owned());
    let xml = package.needed(&main)?;
    let parts = related(&mut package, &main)?;
    let part = |package: &mut Package<'_>, kind: &str| -> Result<Option<(String, String)>, Reason> {
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = parts
            .get(kind)
            .cloned()
            .unwrap_or_else(|| format!("{folder}/{kind}.xml"));
        Ok(package.part(&name)?.map(|xml| (name, xml)))
    };

    let mut styles = Styles::default();
    if let Some((name, xml)) = part(&mut package, "styles")? {
        package.walk(&name, &xml, &mut styles)?;
    }
    let mut numbering = Numbering::default();
    if let Some((name, xml)) = part(&mut package, "numbering")? {
        package.walk(&name, &xml, &mut numbering)?;
    }
    let mut body = Body::new(&styles, &mut numbering);
    package.walk(&main, &xml, &mut body)?;
    for kind in ["footnotes", "endnotes"] {
        if let Some((name, xml)) = part(&mut package, kind)? {
            package.walk(&name, &xml, &mut body)?;
        }
    }
    Ok(body.finish())
}

/// The parts to which a part refers, by kind of relation. `""` stands for the package itself.
fn related(package: &mut Package<'_>, part: &str) -> Result<HashMap<String, String>, Reason> {
    let (folder, file) = part
        .rsplit_once('/')
        .map_or(("", part), |(folder, file)| (folder, file));
    let separator = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{separator}_rels/{file}.rels");
    let mut relations = Relations {
        prefix: format!("{folder}{separator}"),
        targets: HashMap::new(),
    };
    if let Some(xml) = package.part(&name)? {
        package.walk(&name, &xml, &mut relations)?;
    }
    Ok(relations.targets)
}

struct Relations {
    prefix: String,
    targets: HashMap<String, String>,
}

impl Visitor for Relations {
    fn open(&mut self, element: &Element<'_>) -> bool {
        if let (Some(kind), Some(target)) = (element.get("Type"), element.get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{}{target}", self.prefix),
            };
            self.targets.entry(kind).or_insert(path);
        }
        true
    }

    fn close(&mut self, _name: &str) {}

    fn text(&mut self, _text: &str) {}
}

#[cfg(test)]
mod tests;
