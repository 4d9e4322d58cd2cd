//! OpenDocument text.
//!
//! In: bytes. Out: the letter's text as a word processor would print it, with headings, lists, tables, notes, pages and
//! type. Decides what is printed: not tracked deletions, comments, headers or footers. Does not decide what is a
//! heading where nothing marks it.

mod body;
mod lists;
mod styles;

use super::package::Package;
use super::{Extract, Limits};
use crate::error::Reason;
use body::Body;
use styles::Styles;

/// Reads an ODT file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Extract, Reason> {
    let mut package = Package::open(bytes, limits)?;
    // Encrypted parts are no XML any more; the list of parts says so.
    if package
        .part("META-INF/manifest.xml")?
        .is_some_and(|manifest| manifest.contains("encryption-data"))
    {
        return Err(Reason::Encrypted);
    }
    let content = package.needed("content.xml")?;
    let mut styles = Styles::default();
    if let Some(xml) = package.part("styles.xml")? {
        package.walk("styles.xml", &xml, &mut styles)?;
    }
    // Styles that the writer made by hand stand with the text.
    package.walk("content.xml", &content, &mut styles)?;
    let mut body = Body::new(&styles);
    package.walk("content.xml", &content, &mut body)?;
    Ok(body.finish())
}

#[cfg(test)]
mod tests;
