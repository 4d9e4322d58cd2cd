//! A walk through the elements of a page.
//!
//! In: an element. Out: blocks. An element that is a block ends the text before it and what it holds itself, so that
//! text straight inside a `div` is a block and a paragraph inside a list item stands there once.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::super::flow::{Flow, Letters, Piece};
use super::super::numeral::{letters, roman};
use super::super::{BlockKind, Extract};
use super::left_out::is_left_out;

/// Elements whose text stands apart from the text around them.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// The walk so far.
#[derive(Default)]
pub(super) struct Walk {
    flow: Flow,
    text: String,
    letters: Letters,
    /// Open headings, innermost last: their levels.
    headings: Vec<u8>,
    lists: Vec<List>,
    /// How many elements that make letters bold are open.
    bold: usize,
    /// The text so far ends with a line break.
    broken: bool,
}

/// An open list.
struct List {
    /// `1`, `a`, `A`, `i`, `I`; `None` for bullets.
    numbers: Option<String>,
    next: u32,
    /// What is printed before the item that has begun, until it is.
    label: Option<(BlockKind, String)>,
}

impl Walk {
    /// Walks through all that stands in `root`.
    pub(super) fn through(&mut self, root: ElementRef<'_>) {
        // Not recursive: a page may be nested as deeply as its bytes allow.
        let mut node = *root;
        loop {
            let is_kept = match node.value() {
                Node::Text(text) => {
                    self.write(text);
                    true
                }
                Node::Element(element) => {
                    let is_kept =
                        node == *root || ElementRef::wrap(node).is_none_or(|found| !is_left_out(found, root));
                    if is_kept {
                        self.open(element);
                    }
                    is_kept
                }
                _ => true,
            };
            if let Some(child) = node.first_child().filter(|_| is_kept) {
                node = child;
                continue;
            }
            if is_kept {
                self.leave(node.value());
            }
            // On to what follows, out of all that ends here.
            loop {
                if node == *root {
                    return self.flush();
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else {
                    return self.flush();
                };
                node = parent;
                self.leave(node.value());
            }
        }
    }

    fn leave(&mut self, node: &Node) {
        if let Node::Element(element) = node {
            self.close(element);
        }
    }

    pub(super) fn finish(self) -> Extract {
        self.flow.finish(false)
    }

    fn write(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.broken = false;
        }
        self.text.push_str(text);
        self.letters.add(text, self.bold > 0, 0.0);
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.flush();
        }
        if is_bold(name) {
            self.bold += 1;
        }
        if let Some(level) = heading(name) {
            self.headings.push(level);
        }
        match name {
            // Old pages part paragraphs by two line breaks.
            "br" if self.broken => self.flush(),
            "br" => {
                self.text.push(' ');
                self.broken = true;
            }
            "wbr" => {}
            "ul" | "ol" | "menu" => {
                let numbers = (name == "ol").then(|| element.attr("type").unwrap_or("1").to_owned());
                let next = element
                    .attr("start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1);
                self.lists.push(List {
                    numbers,
                    next,
                    label: None,
                });
            }
            "li" => self.item(element.attr("value").and_then(|value| value.parse().ok())),
            "table" => self.flow.table(),
            "tr" => self.flow.row(),
            "td" | "th" => self.flow.cell(),
            _ => {}
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.flush();
        }
        if is_bold(name) {
            self.bold = self.bold.saturating_sub(1);
        }
        if heading(name).is_some() {
            self.headings.pop();
        }
        match name {
            "ul" | "ol" | "menu" => {
                self.lists.pop();
            }
            "li" => {
                if let Some(list) = self.lists.last_mut() {
                    list.label = None;
                }
            }
            "table" => self.flow.end_table(),
            _ => {}
        }
    }

    fn item(&mut self, value: Option<u32>) {
        if self.lists.is_empty() {
            self.lists.push(List {
                numbers: None,
                next: 1,
                label: None,
            });
        }
        let Some(list) = self.lists.last_mut() else { return };
        let number = value.unwrap_or(list.next);
        list.next = number.saturating_add(1);
        list.label = Some(match list.numbers.as_deref() {
            None => (BlockKind::Item, "• ".to_owned()),
            Some("a") => (BlockKind::Item, format!("{}. ", letters(number))),
            Some("A") => (BlockKind::Item, format!("{}. ", letters(number).to_uppercase())),
            Some("i") => (BlockKind::Item, format!("{}. ", roman(number))),
            Some("I") => (BlockKind::Item, format!("{}. ", roman(number).to_uppercase())),
            // As in every other format, a paragraph with a figure is a numbered paragraph of the letter.
            Some(_) => (BlockKind::Paragraph, format!("{number}. ")),
        });
    }

    /// Ends the block.
    fn flush(&mut self) {
        self.broken = false;
        let letters = std::mem::take(&mut self.letters);
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let label = self.lists.last_mut().and_then(|list| list.label.take());
        let (kind, label) = match (self.headings.last(), label) {
            (Some(level), _) => (BlockKind::Heading(*level), String::new()),
            (None, Some(label)) => label,
            (None, None) => (BlockKind::Paragraph, String::new()),
        };
        self.flow.add(Piece {
            text: format!("{label}{text}"),
            kind,
            page: None,
            bold: letters.all_bold(),
            size: 0.0,
        });
    }
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_bold(name: &str) -> bool {
    matches!(
        name,
        "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
}
