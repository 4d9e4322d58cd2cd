//! HTML pages.
//!
//! In: bytes. Out: the words of the page's main content, block by block. Decides what the main content is: `main`, else
//! the longest `article`, else the body; and what is not content: navigation, banners, asides, forms, scripts, captions.
//! Does not decide what a heading is where no tag says so.

mod left_out;
mod nesting;
mod walk;

use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Selector};

use super::{Extract, Limits};
use crate::error::{Limit, Reason};
use crate::source::{encoding, megabytes};
use walk::Walk;

/// How far into a page its encoding may be named, in bytes. Browsers look at 1024; some pages put scripts before.
const HEAD: usize = 4096;

/// How many elements are weighed as the main content: articles may be nested as deeply as all else.
const CANDIDATES: usize = 100;

/// Reads an HTML page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Extract, Reason> {
    let most = limits.bytes / 4;
    if bytes.len() > most {
        return Err(Reason::TooLarge {
            limit: Limit::Bytes,
            message: format!(
                "an HTML page may have {}, this one has {}",
                megabytes(most),
                megabytes(bytes.len())
            ),
        });
    }
    let html = encoding::decode(bytes, declared(bytes));
    if nesting::depth(&html) > limits.depth {
        return Err(Reason::TooLarge {
            limit: Limit::Depth,
            message: format!("a page may nest {} elements", limits.depth),
        });
    }
    let page = Html::parse_document(&html);
    let mut walk = Walk::default();
    walk.through(main_content(&page));
    Ok(walk.finish())
}

/// The encoding that the page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = head
        .windows(7)
        .position(|window| window.eq_ignore_ascii_case(b"charset"))?;
    let value = head[at + 7..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or_else(|| value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)));
    Encoding::for_label(&value[..end.unwrap_or(value.len())])
}

fn main_content(page: &Html) -> ElementRef<'_> {
    // A page of news has an article for the news and one for each teaser below it.
    let longest = |selector: &str| {
        let selector = Selector::parse(selector).ok()?;
        // The first of equals, so that a page without words has its outermost element.
        page.select(&selector)
            .take(CANDIDATES)
            .enumerate()
            .max_by_key(|(at, found)| (found.text().map(str::len).sum::<usize>(), std::cmp::Reverse(*at)))
    };
    ["main, [role=main]", "article", "body"]
        .into_iter()
        .find_map(longest)
        .map_or_else(|| page.root_element(), |(_, found)| found)
}

#[cfg(test)]
mod tests;
