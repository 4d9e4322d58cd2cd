//! The chart of themes at a visit: concerns to the left of the axis, strengths to the right, sentences that say both across
//! it, as on the page.
//!
//! A native chart, so that it stays sharp, takes the fonts of the reader and can be changed. It draws from cells of its own,
//! in which what lies to the left is negative; number formats show it without the sign.

use std::io;

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartPatternFill,
    ChartPatternFillType, ChartSolidFill, ChartType, Color, Format, Worksheet,
};

use super::failed;
use super::looks::{BAD, BOTH, GOOD};
use super::value::fitting;
#[cfg(feature = "word")]
use super::{Book, Limits};
#[cfg(feature = "word")]
use crate::report::Made;
use crate::visit::Counts;

/// Most UTF-16 units of an alternative text.
const ALT: usize = 255;
/// Numbers without their sign.
const UNSIGNED: &str = "#,##0;#,##0;0";

/// Writes words into a cell.
type Say<'s> = &'s mut dyn FnMut(&mut Worksheet, (u32, u16), &str) -> io::Result<()>;

/// Writes what the chart draws from: the head in the cell given, themes below it. Needs five columns.
pub(super) fn data_of_themes(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    themes: &[(&str, Counts)],
    words: Say<'_>,
) -> io::Result<()> {
    for (n, name) in (0..).zip(["Theme", "both", "concerns", "both", "strengths"]) {
        words(sheet, (row, column + n), name)?;
    }
    let look = Format::new().set_num_format("0.#;0.#;0");
    for (n, (name, counts)) in (1..).zip(themes) {
        words(sheet, (row + n, column), name)?;
        let half = counts.mixed as f64 / 2.0;
        let numbers = [-half, -(counts.concern as f64), half, counts.strength as f64];
        for (k, number) in (1..).zip(numbers) {
            // No zero with a minus sign.
            sheet
                .write_number_with_format(row + n, column + k, number + 0.0, &look)
                .map_err(failed)?;
        }
    }
    Ok(())
}

/// How high a chart of so many themes is, in pixels.
pub(super) fn height_of_chart(themes: usize) -> u32 {
    140 + 24 * u32::try_from(themes).unwrap_or(u32::MAX).min(60)
}

/// The chart over those cells. `name` is that of the sheet, `themes` how many there are.
pub(super) fn chart_of_themes(
    name: &str,
    (row, column): (u32, u16),
    themes: &[(&str, Counts)],
    alt: &str,
) -> Chart {
    let count = u32::try_from(themes.len()).unwrap_or(u32::MAX);
    let last = row + count;
    let mut chart = Chart::new(ChartType::BarStacked);
    let plain = ChartFormat::new()
        .set_solid_fill(ChartSolidFill::new().set_color(GOOD))
        .clone();
    let both = pattern(ChartPatternFillType::Dotted20Percent, BOTH);
    let bad = pattern(ChartPatternFillType::DiagonalStripesWideUpwards, BAD);
    let mixed = themes.iter().any(|(_, counts)| counts.mixed > 0);
    let series = [
        (1, "Both at once, half to the left", &both, mixed),
        (2, "Concerns", &bad, true),
        (3, "Both at once, half to the right", &both, mixed),
        (4, "Strengths", &plain, true),
    ];
    for (n, says, look, _) in series.into_iter().filter(|(.., any)| *any) {
        chart
            .add_series()
            .set_name(says)
            .set_categories((name, row + 1, column, last, column))
            .set_values((name, row + 1, column + n, last, column + n))
            .set_gap(40)
            .set_overlap(100)
            .set_format(&mut look.clone());
    }
    chart
        .title()
        .set_name("Sentences on each theme: concerns to the left, strengths to the right")
        .set_font(ChartFont::new().set_size(11));
    // Bars are drawn from below: turned round, the first theme stands on top, as in the table, and numbers on the other
    // side of the picture, which is below again.
    chart
        .y_axis()
        .set_reverse()
        .set_label_position(ChartAxisLabelPosition::Low);
    chart
        .x_axis()
        .set_num_format(UNSIGNED)
        .set_label_position(ChartAxisLabelPosition::High);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(760).set_height(height_of_chart(themes.len()));
    chart.set_alt_text(fitting(alt, ALT).0);
    chart
}

/// White on a colour, so that colour is never alone.
fn pattern(kind: ChartPatternFillType, colour: Color) -> ChartFormat {
    let mut fill = ChartPatternFill::new();
    fill.set_pattern(kind)
        .set_foreground_color(Color::White)
        .set_background_color(colour);
    ChartFormat::new().set_pattern_fill(&fill).clone()
}

/// A workbook that holds the chart and what it draws from, and nothing else.
#[cfg(feature = "word")]
pub(in crate::report) fn chart_alone(made: &Made, themes: &[(&str, Counts)]) -> io::Result<Vec<u8>> {
    const NAME: &str = "Numbers";
    let mut book = Book::new(made, "Numbers of a chart", Limits::EXCEL)?;
    let mut sheet = Worksheet::new();
    sheet.set_name(NAME).map_err(failed)?;
    sheet.set_column_width(0, 30).map_err(failed)?;
    data_of_themes(&mut sheet, (0, 0), themes, &mut |sheet, at, text| {
        book.say(sheet, at, text, |looks| &looks.text)
    })?;
    let chart = chart_of_themes(NAME, (0, 0), themes, "");
    sheet.insert_chart(0, 6, &chart).map_err(failed)?;
    book.push(sheet);
    let mut bytes = Vec::new();
    book.write(&mut bytes)?;
    Ok(bytes)
}
