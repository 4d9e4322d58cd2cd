//! What each code means: the sections of `docs/lints.md`, built into the program.

/// The page of all codes.
const TEXT: &str = include_str!("../../docs/lints.md");

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// What it tells, in a few words.
    pub title: &'static str,
    /// Its section, in Markdown, without the heading.
    pub text: &'static str,
}

/// Every code, in the order of the page.
pub fn pages() -> impl Iterator<Item = Page> {
    TEXT.split("\n### ").skip(1).filter_map(|section| {
        let (heading, text) = section.split_once('\n')?;
        let (code, title) = heading.split_once(": ")?;
        // What stands behind the last code of a group belongs to the next.
        let text = text.split("\n## ").next().unwrap_or(text);
        Some(Page {
            code,
            title,
            text: text.trim(),
        })
    })
}

/// The section of a code, whatever its capitals.
pub fn page(code: &str) -> Option<Page> {
    pages().find(|page| page.code.eq_ignore_ascii_case(code))
}
