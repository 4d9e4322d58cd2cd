//! How deeply a page nests its elements, told before it is parsed.
//!
//! In: the page. Out: about how many elements are open at once. HTML's rules make a parser look through the open
//! elements at every new one, so a page of a megabyte of `<div>` would keep it busy for minutes.

/// Elements that hold nothing, or that end by themselves where the next begins.
const UNCOUNTED: [&str; 26] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// The most elements that seem to be open at once. Too high where elements are left unclosed, never much too low.
pub(super) fn depth(page: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let closing = rest.strip_prefix('/');
        let tag = closing.unwrap_or(rest);
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if closing.is_some() {
            depth = depth.saturating_sub(1);
            continue;
        }
        depth += 1;
        most = most.max(depth);
        // Scripts hold `a<b` that is no tag.
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            rest = find_end(tag, &name);
        }
    }
    most
}

/// `text` from the end tag of `name`, whatever its capitals, on.
fn find_end<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at..];
        if rest.as_bytes()[2..]
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        {
            return rest;
        }
        rest = &rest[2..];
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn open_elements_are_counted() {
        assert_eq!(
            depth("<html><body><div><p>a<p>b<br></div><DIV></DIV></body></html>"),
            3
        );
        assert_eq!(depth("<div>".repeat(50).as_str()), 50);
        assert_eq!(depth("a < b </div> <!-- <b><b> --> <i>"), 1);
    }

    #[test]
    fn scripts_hold_no_elements() {
        assert_eq!(depth("<script>for(i=0;i<n;i<b){}'</sc'</SCRIPT><b></b>"), 1);
        assert_eq!(depth("<script>a<b"), 1);
    }
}
