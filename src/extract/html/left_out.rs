//! Elements of a page that are not its content.
//!
//! In: an element. Out: whether it is left out with all that is in it.

use scraper::ElementRef;

/// Elements that hold no words of the page's content.
const LEFT_OUT: [&str; 26] = [
    "aside",
    "button",
    "canvas",
    "datalist",
    "dialog",
    "embed",
    "figcaption",
    "footer",
    "head",
    "iframe",
    "input",
    "label",
    "map",
    "math",
    "nav",
    "noscript",
    "object",
    "option",
    "rt",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
];

/// Roles of the same.
const ROLES_LEFT_OUT: [&str; 7] = [
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "navigation",
    "search",
];

/// How many nodes inside an element are looked at to tell what it is for; a page may nest thousands of the same.
const SEARCHED: usize = 2000;

/// Whether an element below `root`, the page's main content, is left out.
pub(super) fn is_left_out(found: ElementRef<'_>, root: ElementRef<'_>) -> bool {
    let element = found.value();
    let name = element.name();
    if LEFT_OUT.contains(&name)
        || element
            .attr("role")
            .is_some_and(|role| ROLES_LEFT_OUT.contains(&role))
        || element
            .attr("aria-hidden")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || element.attr("hidden").is_some()
        || element
            .classes()
            .chain(element.id())
            .any(|name| name.to_ascii_lowercase().contains("cookie"))
    {
        return true;
    }
    let holds = |names: &[&str]| {
        found
            .descendants()
            .take(SEARCHED)
            .filter_map(|node| node.value().as_element())
            .any(|inner| names.contains(&inner.name()))
    };
    match name {
        // Inside an article it may hold the title; at the top of a page it is the banner.
        "header" => root.value().name() == "body" || !holds(&["h1", "h2", "h3", "h4", "h5", "h6"]),
        // Some servers put the whole page into one form.
        "form" => !holds(&["main", "article", "h1"]),
        // The mark of a footnote, "[1]", is a link within the page.
        "sup" => found
            .descendants()
            .take(SEARCHED)
            .filter_map(|node| node.value().as_element())
            .any(|inner| inner.name() == "a" && inner.attr("href").is_some_and(|href| href.starts_with('#'))),
        _ => false,
    }
}
