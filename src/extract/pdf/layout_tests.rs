use super::super::glyphs::{Glyph, Place};
use super::super::lines::lines;
use super::super::lines::tests::run;
use super::*;

/// A page of A4 with these letters.
fn sheet(runs: &[Vec<Glyph>]) -> Sheet {
    Sheet {
        height: 842.0,
        lines: lines(&runs.concat()),
    }
}

fn tagged(mut glyphs: Vec<Glyph>, element: u32, kind: BlockKind) -> Vec<Glyph> {
    glyphs
        .iter_mut()
        .for_each(|glyph| glyph.place = Some(Place { element, kind }));
    glyphs
}

fn sized(mut glyphs: Vec<Glyph>, size: f32, bold: bool) -> Vec<Glyph> {
    glyphs
        .iter_mut()
        .for_each(|glyph| (glyph.size, glyph.bold) = (size, bold));
    glyphs
}

fn blocks(sheets: Vec<Sheet>) -> Vec<(u32, BlockKind, String)> {
    let extract = lay_out(sheets);
    let block = |block: &crate::extract::Block| {
        (
            block.page.unwrap_or(0),
            block.kind,
            block.span.of(&extract.text).to_owned(),
        )
    };
    extract.blocks.iter().map(block).collect()
}

fn texts(sheets: Vec<Sheet>) -> Vec<String> {
    blocks(sheets).into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn a_label_and_its_text_are_one_item() {
    let item = |y: f32, label: &str, element: u32| {
        let label = tagged(run(element * 10, 72.0, y, label), element, BlockKind::Item);
        let text = tagged(
            run(element * 10 + 1, 108.0, y, "Children wait too"),
            element,
            BlockKind::Item,
        );
        let rest = tagged(
            run(element * 10 + 2, 108.0, y + 14.0, "long for help."),
            element,
            BlockKind::Item,
        );
        [label, text, rest].concat()
    };
    let page = sheet(&[item(100.0, "12.", 1), item(140.0, "\u{F0B7}", 2)]);
    assert_eq!(
        blocks(vec![page]),
        [
            (
                1,
                BlockKind::Item,
                "12. Children wait too long for help.".to_owned()
            ),
            (
                1,
                BlockKind::Item,
                "• Children wait too long for help.".to_owned()
            ),
        ]
    );
}

#[test]
fn an_element_cut_up_on_a_page_is_one_block_and_over_pages_two() {
    let start = tagged(run(1, 72.0, 700.0, "Leaders know that "), 1, BlockKind::Paragraph);
    let note = tagged(
        sized(run(2, 72.0, 780.0, "Data for March."), 10.0, false),
        2,
        BlockKind::Note,
    );
    let more = tagged(run(3, 72.0, 714.0, "too many "), 1, BlockKind::Paragraph);
    let over = tagged(run(4, 72.0, 100.0, "plans drift."), 1, BlockKind::Paragraph);
    assert_eq!(
        blocks(vec![sheet(&[start, note, more]), sheet(&[over])]),
        [
            (1, BlockKind::Paragraph, "Leaders know that too many".to_owned()),
            (1, BlockKind::Note, "Data for March.".to_owned()),
            (2, BlockKind::Paragraph, "plans drift.".to_owned()),
        ]
    );
}

#[test]
fn notes_stand_at_the_end_of_their_page_whatever_their_order() {
    let note = tagged(
        sized(run(1, 72.0, 780.0, "1 Data for March."), 10.0, false),
        1,
        BlockKind::Note,
    );
    let rest = tagged(
        sized(run(2, 72.0, 792.0, "and April."), 10.0, false),
        2,
        BlockKind::Note,
    );
    let body = tagged(
        run(3, 72.0, 100.0, "Plans drift in some teams."),
        3,
        BlockKind::Paragraph,
    );
    assert_eq!(
        texts(vec![sheet(&[note, rest, body])]),
        ["Plans drift in some teams.", "1 Data for March. and April."]
    );
}

#[test]
fn headings_are_told_by_tag_by_size_and_by_weight() {
    let body = "Social workers see children often and know them well enough to help them.";
    let page = sheet(&[
        tagged(
            sized(run(1, 72.0, 100.0, "Inspection of Wexcombe"), 20.0, false),
            1,
            BlockKind::Paragraph,
        ),
        tagged(
            sized(run(2, 72.0, 150.0, "What must improve"), 12.0, true),
            2,
            BlockKind::Paragraph,
        ),
        tagged(run(3, 72.0, 180.0, "Care leavers"), 3, BlockKind::Heading(3)),
        tagged(run(4, 72.0, 200.0, body), 4, BlockKind::Heading(2)),
        tagged(
            sized(
                run(5, 72.0, 220.0, "All of this is bold but a sentence."),
                12.0,
                true,
            ),
            5,
            BlockKind::Paragraph,
        ),
        tagged(run(6, 72.0, 240.0, body), 6, BlockKind::Paragraph),
        tagged(
            run(7, 72.0, 260.0, "17. Children attend reviews. They"),
            7,
            BlockKind::Heading(2),
        ),
    ]);
    let kinds: Vec<BlockKind> = blocks(vec![page]).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Heading(1),
            BlockKind::Heading(2),
            BlockKind::Heading(3),
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Item,
        ]
    );
}

#[test]
fn prose_in_a_table_is_a_paragraph_and_a_grade_is_a_cell() {
    let prose = "Leaders have not acted on the last visit and too many children wait.";
    let page = sheet(&[
        tagged(run(1, 72.0, 100.0, "The impact of leaders"), 1, BlockKind::Cell),
        tagged(run(2, 300.0, 100.0, "Good"), 2, BlockKind::Cell),
        tagged(run(3, 72.0, 120.0, prose), 3, BlockKind::Cell),
    ]);
    let kinds: Vec<BlockKind> = blocks(vec![page]).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, [BlockKind::Cell, BlockKind::Cell, BlockKind::Paragraph]);
}

/// Lines of running text, 70 letters long, as an untagged file draws them.
fn paragraph(first: u32, y: f32, words: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let (mut line, mut y, mut number) = (String::new(), y, first);
    for word in words.split(' ') {
        if line.len() + word.len() > 70 {
            glyphs.extend(run(number, 72.0, y, &line));
            (line, y, number) = (String::new(), y + 14.0, number + 1);
        }
        line.push_str(word);
        line.push(' ');
    }
    glyphs.extend(run(number, 72.0, y, &line));
    glyphs
}

const ONE: &str = "Most children in Wexcombe are visited often by social workers whom they know and trust, and \
                   who write down what they say. Their plans are clear about what has to change and by when, and \
                   managers check that this is so.";
const TWO: &str = "Some children wait too long before they are seen, above all where two services have to agree on \
                   who should act, and nobody has yet told the partnership why that is.";

#[test]
fn paragraphs_of_untagged_files_are_told_by_position() {
    let bullet = [
        run(20, 72.0, 300.0, "\u{F0B7}"),
        run(21, 90.0, 300.0, "swift visits"),
    ]
    .concat();
    let next = [
        run(22, 72.0, 314.0, "\u{F0B7}"),
        run(23, 90.0, 314.0, "clear plans"),
    ]
    .concat();
    let page = sheet(&[
        paragraph(1, 100.0, ONE),
        paragraph(10, 160.0, TWO),
        sized(run(15, 72.0, 240.0, "What works well "), 12.0, true),
        paragraph(16, 254.0, TWO),
        bullet,
        next,
    ]);
    assert_eq!(
        texts(vec![page]),
        [
            ONE,
            TWO,
            "What works well",
            TWO,
            "• swift visits",
            "• clear plans"
        ]
    );
}

#[test]
fn a_short_last_line_ends_a_paragraph_without_a_gap() {
    // The first takes four lines, down to 142.
    let below = 156.0;
    let page = sheet(&[paragraph(1, 100.0, ONE), paragraph(10, below, TWO)]);
    assert_eq!(texts(vec![page]), [ONE, TWO]);
}

#[test]
fn rows_of_untagged_tables_read_label_then_grade() {
    let page = sheet(&[
        paragraph(1, 60.0, ONE),
        run(10, 72.0, 200.0, "The experiences of children"),
        run(11, 72.0, 214.0, "in care"),
        run(12, 300.0, 207.0, "Good"),
        run(13, 72.0, 240.0, "Overall effectiveness"),
        run(14, 300.0, 240.0, "Requires improvement"),
        run(15, 300.0, 254.0, "to be good"),
    ]);
    let cells: Vec<String> = blocks(vec![page])
        .into_iter()
        .filter(|(_, kind, _)| *kind == BlockKind::Cell)
        .map(|(_, _, text)| text)
        .collect();
    assert_eq!(
        cells,
        [
            "The experiences of children in care",
            "Good",
            "Overall effectiveness",
            "Requires improvement to be good"
        ]
    );
}

#[test]
fn furniture_of_untagged_files_is_dropped_by_repetition() {
    let page = |number: u32| {
        let footer = format!("Wexcombe visit, page {number}");
        sheet(&[
            run(1, 72.0, 40.0, "Ofsted visit"),
            paragraph(2, 200.0, ONE),
            run(30, 72.0, 810.0, &footer),
        ])
    };
    assert_eq!(texts((1..=3).map(page).collect()), [ONE, ONE, ONE]);
}

#[test]
fn small_print_with_a_mark_at_the_foot_is_a_note() {
    let note = sized(
        run(30, 72.0, 760.0, "1 Taken from the survey of March."),
        9.0,
        false,
    );
    let kinds: Vec<BlockKind> = blocks(vec![sheet(&[paragraph(1, 100.0, ONE), note])])
        .into_iter()
        .map(|(_, kind, _)| kind)
        .collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Note]);
}

#[test]
fn entries_of_a_table_of_contents_keep_their_page() {
    let entry = |number: u32, y: f32, name: &str, page: &str| {
        [run(number, 72.0, y, name), run(number + 1, 480.0, y, page)].concat()
    };
    let page = sheet(&[
        entry(1, 100.0, "Main findings", "3"),
        entry(3, 114.0, "Care leavers", "12"),
    ]);
    assert_eq!(
        blocks(vec![page]),
        [
            (1, BlockKind::Contents, "Main findings 3".to_owned()),
            (1, BlockKind::Contents, "Care leavers 12".to_owned()),
        ]
    );
}
