use super::*;

/// A line of plain running text at a place.
pub(crate) fn line_at(x: f32, y: f32, text: &str) -> Line {
    let end = x + 6.0 * text.chars().count() as f32;
    Line {
        text: text.to_owned(),
        x,
        end,
        y,
        size: 12.0,
        bold: Some(false),
        place: None,
        spaced: true,
        beside: false,
    }
}

/// Letters of one drawing instruction, each 6 points wide, at 12 points.
pub(crate) fn run(run: u32, x: f32, y: f32, text: &str) -> Vec<Glyph> {
    let glyph = |(index, c): (usize, char)| {
        let x = x + 6.0 * index as f32;
        Glyph {
            text: c.to_string(),
            x,
            end: x + 6.0,
            y,
            size: 12.0,
            bold: false,
            run,
            place: None,
            artifact: false,
        }
    };
    text.chars().enumerate().map(glyph).collect()
}

fn texts(glyphs: &[Glyph]) -> Vec<String> {
    lines(glyphs).into_iter().map(|line| line.text).collect()
}

fn moved(mut glyphs: Vec<Glyph>, dx: f32, dy: f32, size: f32) -> Vec<Glyph> {
    for glyph in &mut glyphs {
        (glyph.x, glyph.end, glyph.y, glyph.size) = (glyph.x + dx, glyph.end + dx, glyph.y + dy, size);
    }
    glyphs
}

#[test]
fn a_small_gap_between_runs_parts_words() {
    // A list's number stands 0.12 em before its text.
    let glyphs = [
        run(1, 72.0, 100.0, "37."),
        run(2, 90.0 + 0.12 * 12.0, 100.0, "The"),
    ]
    .concat();
    assert_eq!(texts(&glyphs), ["37. The"]);
    let glyphs = [
        run(1, 72.0, 100.0, "Requ"),
        run(2, 96.0 + 0.08 * 12.0, 100.0, "ires"),
    ]
    .concat();
    assert_eq!(texts(&glyphs), ["Requires"]);
}

#[test]
fn the_same_gap_inside_a_run_does_not() {
    // The widths of a font that is not embedded are those of a stand-in.
    let mut glyphs = run(1, 72.0, 100.0, "Children");
    glyphs[0].end -= 0.2 * 12.0;
    assert_eq!(texts(&glyphs), ["Children"]);
    glyphs[0].end -= 0.1 * 12.0;
    assert_eq!(texts(&glyphs), ["C hildren"]);
}

#[test]
fn a_line_ends_where_the_baseline_moves_or_the_pen_goes_back() {
    let down = [run(1, 72.0, 100.0, "Plans are"), run(2, 126.0, 114.0, "late.")].concat();
    assert_eq!(texts(&down), ["Plans are", "late."]);
    let back = [run(1, 200.0, 100.0, "Good"), run(2, 72.0, 100.0, "Leaders")].concat();
    assert_eq!(texts(&back), ["Good", "Leaders"]);
}

#[test]
fn footnote_marks_are_raised_digits_and_stay_on_the_line() {
    let mark = moved(run(2, 102.0, 100.0, "1"), 0.0, -4.0, 7.9);
    let glyphs = [run(1, 72.0, 100.0, "board"), mark, run(3, 108.0, 100.0, " met")].concat();
    assert_eq!(texts(&glyphs), ["board¹ met"]);
}

#[test]
fn letters_struck_twice_are_read_once() {
    let heading = run(1, 72.0, 100.0, "Aims");
    let glyphs = [heading.clone(), moved(heading, 0.4, 0.0, 12.0)].concat();
    assert_eq!(texts(&glyphs), ["Aims"]);
}

#[test]
fn characters_are_made_plain() {
    let glyphs = run(
        1,
        72.0,
        100.0,
        "e\u{FB03}cient\u{A0}multi\u{2011}agency\u{200B} wo\u{FB01}",
    );
    assert_eq!(texts(&glyphs), ["efficient multi-agency wofi"]);
}

#[test]
fn artifacts_are_left_out_and_columns_stand_beside() {
    let mut footer = run(1, 72.0, 800.0, "Page 3");
    footer.iter_mut().for_each(|glyph| glyph.artifact = true);
    assert_eq!(texts(&footer), Vec::<String>::new());
    let row = [run(1, 72.0, 100.0, "Leaders"), run(2, 300.0, 100.0, "Good")].concat();
    let row = lines(&row);
    assert_eq!(
        row.iter()
            .map(|line| (line.text.as_str(), line.beside))
            .collect::<Vec<_>>(),
        [("Leaders", false), ("Good", true)]
    );
}

fn joined(first: &str, second: &str, spaced: bool, draws_spaces: bool) -> String {
    let mut above = line_at(72.0, 100.0, first);
    above.spaced = spaced;
    join([&above, &line_at(72.0, 114.0, second)], draws_spaces)
}

#[test]
fn hyphens_at_line_ends_are_kept() {
    assert_eq!(
        joined("strong multi-", "agency work", false, true),
        "strong multi-agency work"
    );
    assert_eq!(
        joined("strong multi-", "agency work", false, false),
        "strong multi-agency work"
    );
    // A space drawn after the hyphen: it stands for a word left out.
    assert_eq!(
        joined("for 16-", "and 17-year-olds", true, true),
        "for 16- and 17-year-olds"
    );
    assert_eq!(
        joined("for 16-", "and 17-year-olds", false, false),
        "for 16- and 17-year-olds"
    );
    assert_eq!(joined("many 16-", "year-olds", false, true), "many 16-year-olds");
}

#[test]
fn ranges_and_pauses_keep_their_dashes() {
    assert_eq!(joined("in 2014–", "15 more", false, true), "in 2014–15 more");
    assert_eq!(joined("in 2014–", "15 more", false, false), "in 2014–15 more");
    assert_eq!(
        joined("some leave –", "others stay", true, true),
        "some leave – others stay"
    );
    assert_eq!(
        joined("some leave –", "others stay", false, false),
        "some leave – others stay"
    );
}

#[test]
fn soft_hyphens_go() {
    assert_eq!(
        joined("super\u{AD}vi\u{AD}", "sion is late", false, true),
        "supervision is late"
    );
}

#[test]
fn plain_lines_are_joined_by_a_space() {
    assert_eq!(joined("Plans are", "late.", true, true), "Plans are late.");
    assert_eq!(joined("Plans are", "late.", false, true), "Plans are late.");
}
