//! The sheet of an authority: themes by visit, with colour, small lines and a chart.
//!
//! In: the visits of one authority in order of date. Out: a sheet with the balance of each theme at each visit, the counts
//! behind it, and a chart of the latest visit.

use std::io;

use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatDataBar, ConditionalFormatType, Sparkline,
    SparklineType, Worksheet,
};

use super::looks::{BAD, GOOD};
use super::{Book, Value, chart_of_themes, data_of_themes, failed, height_of_chart};
use crate::visit::{Counts, Mention, ThemeFindings, Visit};

/// The row of the heads; groups of columns are named above it.
const HEAD: u32 = 4;
/// Width of a column of numbers, in characters.
const WIDTH: f64 = 16.0;

/// What a block of columns shows of a theme.
type Shown = fn(&ThemeFindings) -> Value;

/// Adds a sheet of that name.
pub(in crate::report) fn themes(
    book: &mut Book,
    name: &str,
    authority: &str,
    visits: &[&Visit],
) -> io::Result<()> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).map_err(failed)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 30).map_err(failed)?;
    book.say(
        &mut sheet,
        (0, 0),
        &format!("{authority}: themes by visit"),
        |looks| &looks.title,
    )?;
    book.say(
        &mut sheet,
        (1, 0),
        "Balance: strengths less concerns, divided by both: +1 where inspectors only praise, −1 where they only criticise. Few \
         sentences make it jump: the sheet Themes has its 95 % interval. All other numbers count sentences.",
        |looks| &looks.text,
    )?;
    // What cannot be put in order stands in the sheets of all.
    let dated: Vec<&Visit> = visits
        .iter()
        .copied()
        .filter(|visit| visit.start.is_some())
        .collect();
    let visits = if dated.is_empty() { visits } else { &dated };
    let rows = spoken(visits);
    let columns = u16::try_from(visits.len()).unwrap_or(u16::MAX).min(MOST);
    let visits = &visits[visits.len() - usize::from(columns)..];
    let last = HEAD + u32::try_from(rows.len()).unwrap_or(u32::MAX);

    // Dates take two lines.
    sheet.set_row_height(HEAD, 32).map_err(failed)?;
    book.say(&mut sheet, (HEAD, 0), "Theme", |looks| &looks.head)?;
    for (row, (_, name)) in (HEAD + 1..).zip(&rows) {
        book.say(&mut sheet, (row, 0), name, |looks| &looks.strong)?;
    }
    let blocks: [(&str, Shown); 4] = [
        ("Balance", balance),
        ("Concerns", |theme| Value::count(theme.counts.concern)),
        ("Strengths", |theme| Value::count(theme.counts.strength)),
        ("Both at once", |theme| Value::count(theme.counts.mixed)),
    ];
    // Small lines stand behind the balances.
    let lines = 1 + columns;
    let mut column = 1;
    for (n, (title, of)) in blocks.iter().enumerate() {
        if n == 1 {
            column += 1;
        }
        book.say(&mut sheet, (HEAD - 1, column), title, |looks| &looks.strong)?;
        for (k, visit) in (column..).zip(visits) {
            sheet.set_column_width(k, WIDTH).map_err(failed)?;
            book.say(&mut sheet, (HEAD, k), &visit.when(), |looks| &looks.head)?;
            for (row, (id, _)) in (HEAD + 1..).zip(&rows) {
                let theme = visit.themes.iter().find(|theme| theme.theme == *id);
                let spoken = theme.filter(|theme| theme.mention != Mention::NotMentioned);
                let value = spoken.map_or(Value::Empty, of);
                book.put(&mut sheet, (row, k), &value, false)?;
            }
        }
        let end = column + columns - 1;
        if !rows.is_empty() {
            match n {
                0 => tint(&mut sheet, (HEAD + 1, column, last, end), &scale())?,
                1 => tint(&mut sheet, (HEAD + 1, column, last, end), &bars(BAD))?,
                2 => tint(&mut sheet, (HEAD + 1, column, last, end), &bars(GOOD))?,
                _ => {}
            }
        }
        column = end + 1;
    }
    if visits.len() > 1 {
        book.say(&mut sheet, (HEAD, lines), "Over time", |looks| &looks.head)?;
        sheet.set_column_width(lines, WIDTH).map_err(failed)?;
        for row in HEAD + 1..=last {
            let line = Sparkline::new()
                .set_range((name, row, 1, row, columns))
                .set_type(SparklineType::Line)
                .set_sparkline_color(Color::RGB(0x12_3A5F))
                .show_markers(true)
                .show_axis(true)
                .set_custom_min(-1.0)
                .set_custom_max(1.0);
            sheet.add_sparkline(row, lines, &line).map_err(failed)?;
        }
    } else {
        sheet.set_column_hidden(lines).map_err(failed)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 1).map_err(failed)?;
    sheet.set_repeat_rows(HEAD, HEAD).map_err(failed)?;
    let bottom = below(book, &mut sheet, name, visits, &rows, (last + 2, column + 1))?;
    // Without the cells that the chart draws from.
    sheet
        .set_print_area(0, 0, bottom, column.max(8) - 1)
        .map_err(failed)?;
    book.push(sheet);
    Ok(())
}

/// Most visits of an authority; with all their columns they stay within Excel's 16,384.
const MOST: u16 = 500;

/// Height of a row that nobody has changed.
const PIXELS: u32 = 20;

/// What stands under the table: themes that no visit mentions, and the chart of the latest visit, which draws from cells to
/// the right of the table. Gives the last row.
fn below(
    book: &mut Book,
    sheet: &mut Worksheet,
    name: &str,
    visits: &[&Visit],
    rows: &[(&str, &str)],
    (mut row, data): (u32, u16),
) -> io::Result<u32> {
    let Some(latest) = visits.last() else {
        return Ok(row);
    };
    let silent: Vec<&str> = latest
        .themes
        .iter()
        .filter(|theme| !rows.iter().any(|(id, _)| *id == theme.theme))
        .map(|theme| theme.name.as_str())
        .collect();
    if !silent.is_empty() {
        let silent = format!("Not mentioned at any of these visits: {}.", silent.join(", "));
        book.say(sheet, (row, 0), &silent, |looks| &looks.text)?;
        row += 2;
    }
    let judged: Vec<(&str, Counts)> = latest
        .themes
        .iter()
        .filter(|theme| theme.mention == Mention::Judged)
        .map(|theme| (theme.name.as_str(), theme.counts))
        .collect();
    if judged.is_empty() {
        return Ok(row);
    }
    book.say(
        sheet,
        (HEAD - 1, data),
        "The chart draws from these cells; to the left is negative.",
        |looks| &looks.muted,
    )?;
    data_of_themes(sheet, (HEAD, data), &judged, &mut |sheet, at, text| {
        book.say(sheet, at, text, |looks| &looks.muted)
    })?;
    let alt = said(&judged);
    let chart = chart_of_themes(name, (HEAD, data), &judged, &alt);
    book.say(
        sheet,
        (row, 0),
        &format!("The latest visit, {}", latest.when()),
        |looks| &looks.strong,
    )?;
    sheet.insert_chart(row + 1, 0, &chart).map_err(failed)?;
    Ok(row + 2 + height_of_chart(judged.len()).div_ceil(PIXELS))
}

/// A chart in words.
pub(in crate::report) fn said(themes: &[(&str, Counts)]) -> String {
    let themes: Vec<String> = themes
        .iter()
        .map(|(name, counts)| format!("{name} −{} +{}", counts.concern, counts.strength))
        .collect();
    format!("Concerns and strengths by theme: {}.", themes.join(", "))
}

/// Id and name of every theme that any of the visits mentions, in the order of the rules.
fn spoken<'v>(visits: &[&'v Visit]) -> Vec<(&'v str, &'v str)> {
    let mut order: Vec<(&str, &str, bool)> = Vec::new();
    for theme in visits.iter().flat_map(|visit| &visit.themes) {
        let spoken = theme.mention != Mention::NotMentioned;
        match order.iter_mut().find(|(id, ..)| *id == theme.theme) {
            Some((.., any)) => *any |= spoken,
            None => order.push((&theme.theme, &theme.name, spoken)),
        }
    }
    order
        .into_iter()
        .filter(|(.., any)| *any)
        .map(|(id, name, _)| (id, name))
        .collect()
}

fn balance(theme: &ThemeFindings) -> Value {
    match &theme.balance {
        Some(balance) => Value::Decimal(balance.value),
        None => Value::text("not judged"),
    }
}

fn scale() -> impl rust_xlsxwriter::ConditionalFormat + Send + Sync + 'static {
    ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, -1)
        .set_midpoint(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_minimum_color(BAD)
        .set_midpoint_color(Color::White)
        .set_maximum_color(Color::RGB(0x56_B4E9))
}

fn bars(colour: Color) -> impl rust_xlsxwriter::ConditionalFormat + Send + Sync + 'static {
    ConditionalFormatDataBar::new()
        .set_fill_color(colour)
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0)
}

fn tint<C: rust_xlsxwriter::ConditionalFormat + Send + Sync>(
    sheet: &mut Worksheet,
    (row, column, last, end): (u32, u16, u32, u16),
    look: &C,
) -> io::Result<()> {
    sheet
        .add_conditional_format(row, column, last, end, look)
        .map(|_| ())
        .map_err(failed)
}
