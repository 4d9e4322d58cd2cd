//! Text of documents inside Markdown.

use std::io::{self, Write};

use super::{visible_line, wording};
use crate::visit::Quote;

/// Words that stand on one line of Markdown, also inside a table, and mean nothing to it.
pub(super) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (n, c) in visible_line(text).chars().enumerate() {
        let opens = n == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '~');
        if opens || matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '&') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// A sentence as a block of its own: sign, words, place.
pub(super) fn quotation(quote: &Quote, documents: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "> {} {} ({})\n",
        match wording::sign(quote) {
            // Alone in front they would open a list.
            '-' => "\\-".to_owned(),
            '+' => "\\+".to_owned(),
            sign => sign.to_string(),
        },
        cell(&quote.text),
        cell(&wording::place(quote, documents)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_document_are_words() {
        assert_eq!(
            cell("# a | b *c* <i>\n[x](y)"),
            "\\# a \\| b \\*c\\* \\<i>␊\\[x\\](y)"
        );
        assert_eq!(cell("- 5 of 6"), "\\- 5 of 6");
        assert_eq!(cell("plain words, 5–6"), "plain words, 5–6");
    }
}
