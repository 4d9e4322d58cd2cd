//! A chart as parts of a Word document: the drawing, and the workbook with the numbers that it draws.
//!
//! Both are made by the writer of workbooks; its chart is the same language (DrawingML) that Word reads.

use std::io::{self, Cursor, Read};

use crate::report::Made;
use crate::report::workbook::chart_alone;
use crate::visit::Counts;

/// The themes of a visit, to be drawn.
pub(super) struct Chart {
    pub(super) themes: Vec<(String, Counts)>,
}

/// What is packed into the document.
pub(super) struct Parts {
    /// `chart1.xml`.
    pub(super) drawing: String,
    /// The workbook behind it.
    pub(super) numbers: Vec<u8>,
}

const DRAWING: &str = "xl/charts/chart1.xml";
/// How the drawing leads to its numbers, by a relation that [`super::package`] writes.
const NUMBERS: &str =
    "<c:externalData r:id=\"numbers\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>";

pub(super) fn parts(chart: &Chart) -> io::Result<Parts> {
    let themes: Vec<(&str, Counts)> = chart
        .themes
        .iter()
        .map(|(name, counts)| (name.as_str(), *counts))
        .collect();
    let numbers = chart_alone(&Made::default(), &themes)?;
    let mut drawing = String::new();
    zip::ZipArchive::new(Cursor::new(&numbers))
        .and_then(|mut archive| Ok(archive.by_name(DRAWING)?.read_to_string(&mut drawing)?))
        .map_err(io::Error::other)?;
    // Settings for printing a sheet stand where Word has the way to the numbers.
    let Some((before, _)) = drawing.split_once("<c:printSettings>") else {
        return Err(io::Error::other(
            "the chart is not as expected: it has no printSettings",
        ));
    };
    let drawing = before.replace("\"en-US\"", "\"en-GB\"") + NUMBERS;
    Ok(Parts { drawing, numbers })
}
