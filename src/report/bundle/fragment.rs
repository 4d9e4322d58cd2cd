//! The page as a part of another page.

use super::BundleFormat;
use crate::report::page::fragment;

pub(super) const FORMAT: BundleFormat = BundleFormat {
    name: "html-fragment",
    endings: &[],
    about: "the same as a part for another page: its style keeps to itself, no script",
    readings: true,
    binary: false,
    write: |bundle, out| {
        out.write_all(fragment(&bundle.page).as_bytes())?;
        Ok(Vec::new())
    },
};
