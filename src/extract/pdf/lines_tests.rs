use super::*;

/// A line of plain running text at a place.
pub(crate) fn line_at(x: f32, y: f32, text: &str) -> Line {
    let end = x + 6.0 * text.chars().count() as f32;
    Line { text: text.to_owned(), x, end, y, size: 12.0, bold: Some(false), place: None, spaced: true, beside: false }
}
