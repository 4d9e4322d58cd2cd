//! Pages of a Word document.
//!
//! In: page breaks and text, in order. Out: the number of the page. Word notes where pages ended when it last laid the
//! document out, and notes those breaks again that the writer set.

/// The page that the walk has come to.
#[derive(Debug)]
pub(super) struct Pages {
    number: u32,
    any: bool,
    /// No text has followed yet on this page.
    fresh: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            number: 1,
            any: false,
            fresh: true,
        }
    }
}

impl Pages {
    /// The page, from 1.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Whether the document said anything of pages; the end of a section alone says too little.
    pub(super) fn any(&self) -> bool {
        self.any
    }

    /// Text stands on the page.
    pub(super) fn text(&mut self) {
        self.fresh = false;
    }

    /// A break that the writer set. Two in a row leave an empty page.
    pub(super) fn set(&mut self) {
        self.any = true;
        // At the very start of a document a break begins page 1.
        if !(self.number == 1 && self.fresh) {
            self.number = self.number.saturating_add(1);
        }
        self.fresh = true;
    }

    /// A break that Word noted, after one that the writer set or on its own.
    pub(super) fn noted(&mut self) {
        self.any = true;
        if !self.fresh {
            self.set();
        }
    }

    /// A paragraph that begins a page.
    pub(super) fn begin(&mut self) {
        self.noted();
    }

    /// A section ends, and the next begins a page.
    pub(super) fn end_section(&mut self) {
        if !self.fresh {
            self.number = self.number.saturating_add(1);
            self.fresh = true;
        }
    }
}
