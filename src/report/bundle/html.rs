//! One self-contained page.

use super::BundleFormat;
use crate::report::page::html;

pub(super) const FORMAT: BundleFormat = BundleFormat {
    name: "html",
    endings: &["html", "htm"],
    about: "a page that holds everything that it shows, letters too",
    readings: true,
    binary: false,
    write: |bundle, out| {
        out.write_all(html(&bundle.page).as_bytes())?;
        Ok(Vec::new())
    },
};
