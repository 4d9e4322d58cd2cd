//! Parquet: one sentence a row in typed columns, for data tools. The format is always known; its writer is a feature.

#[cfg(feature = "parquet")]
mod file;

use super::Format;

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    endings: &["parquet"],
    about: "one sentence a row in typed columns, for data tools",
    coloured: false,
    binary: true,
    bom: false,
    raw: false,
    columns: &[],
    #[cfg(feature = "parquet")]
    begin: |run| Box::new(file::Parquet::new(run)),
    #[cfg(not(feature = "parquet"))]
    begin: |_| Box::new(not_built::NotBuilt),
};

#[cfg(not(feature = "parquet"))]
mod not_built {
    use std::io::{self, Write};

    use crate::report::Report;
    use crate::row::Row;

    /// In the place of the writer.
    pub(super) struct NotBuilt;

    impl Report for NotBuilt {
        fn head(&mut self, _out: &mut dyn Write) -> io::Result<()> {
            Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "this build has no writer for Parquet; build with the feature `parquet`",
            ))
        }

        fn document(&mut self, _rows: &[Row], _out: &mut dyn Write) -> io::Result<()> {
            Ok(())
        }
    }
}
