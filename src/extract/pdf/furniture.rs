//! Page furniture that nothing marks as such: running headers and footers, page numbers.
//!
//! In: the lines of all pages. Out: the same without furniture. Decides by place and repetition alone, never by words.

use std::collections::HashMap;

use super::lines::Line;

/// Share of the page at its top and at its bottom where furniture is looked for.
const BAND: f32 = 0.12;
/// Furniture stands at the same height on every page, within these points.
const SAME_HEIGHT: f32 = 4.0;

/// A page's lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Height in points.
    pub(crate) height: f32,
    pub(crate) lines: Vec<Line>,
}

/// Takes furniture out of the pages.
pub(crate) fn drop_furniture(sheets: &mut [Sheet]) {
    let mut seen: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for line in sheet.lines.iter().filter(|line| in_band(line, sheet.height)) {
            seen.entry(shape(&line.text)).or_default().push((page, line.y));
        }
    }
    let enough = if sheets.len() < 4 { 2 } else { 3 };
    for sheet in sheets {
        let height = sheet.height;
        let (top, bottom) = edges(sheet);
        // How many lines stand at the very edges: a number that ends an entry of a table is not alone there.
        let alone = |edge: f32| {
            sheet
                .lines
                .iter()
                .filter(|line| (line.y - edge).abs() <= SAME_HEIGHT)
                .count()
                == 1
        };
        let (top, bottom) = (alone(top).then_some(top), alone(bottom).then_some(bottom));
        sheet.lines.retain(|line| {
            if !in_band(line, height) {
                return true;
            }
            if is_page_number(&line.text) && [top, bottom].contains(&Some(line.y)) {
                return false;
            }
            let mut pages: Vec<usize> = seen[&shape(&line.text)]
                .iter()
                .filter(|(_, y)| (y - line.y).abs() <= SAME_HEIGHT)
                .map(|(page, _)| *page)
                .collect();
            pages.dedup();
            pages.len() < enough
        });
    }
}

fn in_band(line: &Line, height: f32) -> bool {
    line.y < BAND * height || line.y > (1.0 - BAND) * height
}

/// Baselines of the uppermost and the lowest line.
fn edges(sheet: &Sheet) -> (f32, f32) {
    let ys = || sheet.lines.iter().map(|line| line.y);
    (
        ys().fold(f32::INFINITY, f32::min),
        ys().fold(f32::NEG_INFINITY, f32::max),
    )
}

/// The text with numbers made alike: "Page 3 of 12" and "Page 4 of 12" are the same line.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !shape.ends_with('#') {
                    shape.push('#');
                }
            }
            c if c.is_whitespace() => {}
            c => shape.extend(c.to_lowercase()),
        }
    }
    shape
}

/// A number by itself, or between dashes: "4", "- 4 -". Not "4." which is the number of a paragraph.
fn is_page_number(text: &str) -> bool {
    let number = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|'));
    (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::line_at;
    use super::*;

    fn sheet(lines: &[(f32, &str)]) -> Sheet {
        let lines = lines.iter().map(|(y, text)| line_at(72.0, *y, text)).collect();
        Sheet { height: 842.0, lines }
    }

    fn texts(sheets: &[Sheet]) -> Vec<Vec<&str>> {
        sheets
            .iter()
            .map(|sheet| sheet.lines.iter().map(|line| line.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn repeated_lines_at_the_edges_go_and_the_same_words_inside_stay() {
        let mut sheets: Vec<Sheet> = (1..=4)
            .map(|page| {
                let footer = format!("Page {page} of 4");
                sheet(&[
                    (40.0, "Visit to Wexcombe"),
                    (400.0, "Visit to Wexcombe"),
                    (800.0, &footer),
                ])
            })
            .collect();
        drop_furniture(&mut sheets);
        assert_eq!(texts(&sheets), vec![vec!["Visit to Wexcombe"]; 4]);
    }

    #[test]
    fn a_line_at_the_edge_that_stands_there_once_or_at_other_heights_stays() {
        let mut sheets = vec![
            sheet(&[(60.0, "Placements"), (800.0, "Staff like working here.")]),
            sheet(&[(75.0, "Placements"), (400.0, "More.")]),
            sheet(&[(90.0, "Placements"), (400.0, "More.")]),
        ];
        let before = texts(&sheets.clone()).concat().len();
        drop_furniture(&mut sheets);
        assert_eq!(texts(&sheets).concat().len(), before);
    }

    #[test]
    fn bare_numbers_at_the_very_edge_go_and_paragraph_numbers_stay() {
        let mut sheets = vec![sheet(&[
            (90.0, "12."),
            (400.0, "7"),
            (780.0, "2019"),
            (810.0, "– 3 –"),
        ])];
        drop_furniture(&mut sheets);
        assert_eq!(texts(&sheets), [["12.", "7", "2019"]]);
    }
}
