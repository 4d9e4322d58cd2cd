//! The structure tree of a tagged PDF: which marked content belongs to which paragraph, cell or list item.
//!
//! In: an open file. Out: a [`Place`] for each pair of page and marked-content id. Decides what counts as one block:
//! a label and the first paragraph of its item are one, a paragraph cut up by links and spans is one.

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use super::glyphs::Place;
use crate::extract::BlockKind;

/// Deeper trees are cut off: Word nests some twenty levels, a file that nests more than this is broken or hostile.
const MAX_DEPTH: usize = 100;

/// Places by page (from 0) and marked-content id.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    places: HashMap<(usize, i32), Place>,
    /// Pages whose ids also count inside embedded drawings, so that they do not tell what they belong to.
    ambiguous: HashSet<usize>,
    next: u32,
}

/// What the elements above say about what stands below them.
#[derive(Clone, Copy)]
struct Above {
    page: Option<usize>,
    element: Option<u32>,
    kind: BlockKind,
    label: bool,
    /// The row has no other cell.
    lone: bool,
}

impl Tags {
    /// Reads the tree; empty where the file has none.
    pub(crate) fn read(pdf: &Pdf) -> Self {
        let mut tags = Self::default();
        let Some(root) = pdf
            .xref()
            .get::<Dict<'_>>(pdf.xref().root_id())
            .and_then(|catalog| catalog.get::<Dict<'_>>(b"StructTreeRoot"))
        else {
            return tags;
        };
        let pages = pdf.pages().iter().enumerate();
        let mut walk = Walk {
            pages: pages
                .filter_map(|(index, page)| Some((page.raw().obj_id()?, index)))
                .collect(),
            roles: root.get(b"RoleMap").unwrap_or_default(),
            seen: HashSet::new(),
            begun: HashSet::new(),
            tags: &mut tags,
        };
        let above = Above {
            page: None,
            element: None,
            kind: BlockKind::Paragraph,
            label: false,
            lone: false,
        };
        walk.kids(&root, above, 0);
        tags
    }

    /// Where a marked content stands, if the tree says which paragraph, cell or item that is.
    pub(crate) fn place(&self, page: usize, mcid: i32) -> Option<Place> {
        if self.ambiguous.contains(&page) {
            None
        } else {
            self.places.get(&(page, mcid)).copied()
        }
    }
}

struct Walk<'a, 't> {
    pages: HashMap<ObjectIdentifier, usize>,
    roles: Dict<'a>,
    seen: HashSet<ObjectIdentifier>,
    /// Items, cells and notes whose first paragraph has been seen: the second is a block of its own.
    begun: HashSet<u32>,
    tags: &'t mut Tags,
}

impl<'a> Walk<'a, '_> {
    fn kids(&mut self, parent: &Dict<'a>, above: Above, depth: usize) {
        match parent.get::<Object<'_>>(b"K") {
            Some(Object::Array(array)) => self.array(&array, above, depth),
            Some(kid) => self.kid(kid, above, depth),
            None => {}
        }
    }

    fn array(&mut self, array: &Array<'a>, above: Above, depth: usize) {
        for kid in array.iter::<Object<'_>>() {
            self.kid(kid, above, depth);
        }
    }

    fn kid(&mut self, kid: Object<'a>, above: Above, depth: usize) {
        match kid {
            Object::Number(mcid) => self.content(mcid.as_i64() as i32, above),
            Object::Dict(dict) => match dict.get::<Name<'_>>(b"Type").as_deref() {
                Some(b"OBJR") => {}
                Some(b"MCR") => {
                    let page = self.page(&dict).or(above.page);
                    if let (Some(page), true) = (page, dict.contains_key(b"Stm")) {
                        self.tags.ambiguous.insert(page);
                    }
                    if let Some(mcid) = dict.get::<i32>(b"MCID") {
                        self.content(mcid, Above { page, ..above });
                    }
                }
                _ => self.element(&dict, above, depth),
            },
            _ => {}
        }
    }

    fn element(&mut self, dict: &Dict<'a>, above: Above, depth: usize) {
        if depth > MAX_DEPTH || dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        let Some(name) = dict.get::<Name<'_>>(b"S") else {
            return;
        };
        let name = self.standard(name);
        let mut here = Above {
            page: self.page(dict).or(above.page),
            ..above
        };
        here.kind = match &*name {
            b"TD" | b"TH" if above.lone => above.kind,
            name => kind(name, above.kind),
        };
        match &*name {
            b"P" | b"H" | b"H1" | b"H2" | b"H3" | b"H4" | b"H5" | b"H6" | b"Caption" | b"Title" => {
                // The first paragraph of an item, a cell or a note goes on where its label ends.
                let first = above.element.filter(|element| self.begun.insert(*element));
                here.element = Some(first.unwrap_or_else(|| self.fresh()));
                // A paragraph inside a paragraph (a text box) is its own.
                self.begun.extend(here.element);
            }
            b"LI" | b"TD" | b"TH" | b"Note" | b"FENote" | b"TOCI" | b"Figure" | b"Formula" => {
                here.element = Some(self.fresh());
                here.label = false;
            }
            b"Lbl" => here.label = true,
            b"TR" => {
                here.element = None;
                here.lone = is_lone(dict, &self.roles);
            }
            b"Document" | b"Part" | b"Art" | b"Sect" | b"Div" | b"Table" | b"L" | b"TOC" => {
                here.element = None;
            }
            _ => {}
        }
        self.kids(dict, here, depth + 1);
    }

    fn content(&mut self, mcid: i32, above: Above) {
        let (Some(page), Some(element)) = (above.page, above.element) else {
            return;
        };
        if !above.label {
            self.begun.insert(element);
        }
        self.tags.places.insert(
            (page, mcid),
            Place {
                element,
                kind: above.kind,
            },
        );
    }

    fn fresh(&mut self) -> u32 {
        self.tags.next += 1;
        self.tags.next
    }

    fn page(&self, dict: &Dict<'_>) -> Option<usize> {
        self.pages.get(&dict.get_ref(b"Pg")?.into()).copied()
    }

    fn standard(&self, name: Name<'a>) -> Name<'a> {
        standard(name, &self.roles)
    }
}

/// Follows the file's own names ("Heading 1", "Bullet") to the standard ones.
fn standard<'a>(mut name: Name<'a>, roles: &Dict<'a>) -> Name<'a> {
    // Names may be mapped in a circle.
    for _ in 0..8 {
        match roles.get::<Name<'_>>(&*name) {
            Some(next) if next != name => name = next,
            _ => break,
        }
    }
    name
}

fn is<'a>(element: &Dict<'a>, name: &[u8], roles: &Dict<'a>) -> bool {
    element
        .get::<Name<'_>>(b"S")
        .is_some_and(|own| &*standard(own, roles) == name)
}

/// The elements right below one.
fn elements<'a>(parent: &Dict<'a>) -> Vec<Dict<'a>> {
    match parent.get::<Object<'_>>(b"K") {
        Some(Object::Array(array)) => array.iter::<Object<'_>>().filter_map(Object::into_dict).collect(),
        Some(Object::Dict(dict)) => vec![dict],
        _ => Vec::new(),
    }
}

/// Whether a row has one cell only: a box round a text or a heading across a table.
fn is_lone<'a>(row: &Dict<'a>, roles: &Dict<'a>) -> bool {
    elements(row)
        .iter()
        .filter(|cell| is(cell, b"TD", roles) || is(cell, b"TH", roles))
        .count()
        < 2
}

/// What a tag says, given what the tags above it say: a paragraph in a cell is part of the cell.
fn kind(tag: &[u8], above: BlockKind) -> BlockKind {
    match (tag, above) {
        (_, BlockKind::Cell | BlockKind::Note | BlockKind::Contents) => above,
        (b"TD" | b"TH", _) => BlockKind::Cell,
        (b"Note" | b"FENote", _) => BlockKind::Note,
        (b"TOC" | b"TOCI", _) => BlockKind::Contents,
        (b"H" | b"Title", _) => BlockKind::Heading(1),
        ([b'H', level @ b'1'..=b'6'], _) => BlockKind::Heading(level - b'0'),
        (b"LI" | b"Lbl" | b"LBody", _) => BlockKind::Item,
        _ => above,
    }
}
