use proptest::prelude::*;

use super::super::{BlockKind, Extract};
use super::read;

fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let extract = read(text.as_bytes());
    assert_eq!(extract.text, text);
    check(&extract);
    extract
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(text).to_owned()))
        .collect()
}

fn texts(text: &str) -> Vec<String> {
    blocks(text).into_iter().map(|(_, text)| text).collect()
}

fn pages(text: &str) -> Vec<Option<u32>> {
    read(text.as_bytes())
        .blocks
        .iter()
        .map(|block| block.page)
        .collect()
}

/// In order, apart, trimmed.
fn check(extract: &Extract) {
    let mut end = 0;
    for block in &extract.blocks {
        assert!(end <= block.span.start && !block.span.is_empty());
        let text = block.span.of(&extract.text);
        assert_eq!(text, text.trim());
        end = block.span.end;
    }
    assert!(end <= extract.text.len());
}

#[test]
fn an_empty_line_ends_a_block() {
    assert_eq!(
        texts("\n\nDear Ms Okafor\n \nPlans are good.\r\n\r\nThey help.\n"),
        ["Dear Ms Okafor", "Plans are good.", "They help."]
    );
}

#[test]
fn wrapped_lines_are_one_block() {
    let wrapped = "Leaders know their services well and have acted on what the last visit\n\
        found. Caseloads in the assessment teams have come down since the spring and\n\
        most social workers now say that they have time for direct work.\n\
        Supervision is regular but it does not yet lead to plans that are clear\n\
        enough for parents to follow.";
    assert_eq!(texts(wrapped), [wrapped]);
    assert_eq!(texts(&wrapped.replace('\n', "\r\n")).len(), 1);
}

#[test]
fn a_heading_right_above_wrapped_lines_is_apart() {
    let text = "Evaluation of progress\n\
        Leaders know their services well and have acted on what the last visit\n\
        found. Caseloads in the assessment teams have come down since the spring and\n\
        most social workers now say that they have time.";
    assert_eq!(texts(text)[0], "Evaluation of progress");
    assert_eq!(texts(text).len(), 2);
}

#[test]
fn long_lines_are_paragraphs() {
    let line = "Leaders know their services well and have acted on what the last visit found. ".repeat(3);
    let text = format!("{line}\n{line}\nThey are ambitious.\n{line}");
    assert_eq!(texts(&text).len(), 4);
}

#[test]
fn sentences_of_all_lengths_are_paragraphs() {
    let text = "Plans are good.\nSocial workers see children often and alone, and record what they say.\nIt helps.\n\
        Leaders know this and have acted.";
    assert_eq!(texts(text).len(), 4);
}

#[test]
fn a_sentence_in_two_short_lines_is_one() {
    assert_eq!(texts("Caseloads are too high\nand supervision is weak.").len(), 1);
    assert_eq!(texts("Ms A Okafor\nDirector\nAnytown Council").len(), 3);
}

#[test]
fn bullets_and_letters_are_items() {
    let text = "What needs to improve:\n\u{f0b7} the timeliness of visits\n  to children\n- plans\n(a) reviews\no audits";
    assert_eq!(
        blocks(text),
        [
            (BlockKind::Paragraph, "What needs to improve:".to_owned()),
            (
                BlockKind::Item,
                "\u{f0b7} the timeliness of visits\n  to children".to_owned()
            ),
            (BlockKind::Item, "- plans".to_owned()),
            (BlockKind::Item, "(a) reviews".to_owned()),
            (BlockKind::Item, "o audits".to_owned()),
        ]
    );
}

#[test]
fn numbered_paragraphs_keep_their_number() {
    assert_eq!(
        blocks("1. Plans are good.\n2. They help.\n\n12.\n\nReviews are late.\n\n13.\n14.\nEnd"),
        [
            (BlockKind::Paragraph, "1. Plans are good.".to_owned()),
            (BlockKind::Paragraph, "2. They help.".to_owned()),
            (BlockKind::Paragraph, "12.\n\nReviews are late.".to_owned()),
            (BlockKind::Paragraph, "13.".to_owned()),
            (BlockKind::Paragraph, "14.\nEnd".to_owned()),
        ]
    );
    assert_eq!(
        blocks("•\n\nPlans")[0],
        (BlockKind::Item, "•\n\nPlans".to_owned())
    );
}

#[test]
fn a_wrapped_number_or_dash_begins_nothing() {
    let text = "Some children live in homes that nobody has registered. When inspectors asked\n\
        why, leaders said that no other place could be found in the time they had, and\n\
        that each of these homes is visited every week by a manager and by an advocate.\n\
        Inspectors found that the council had not made enough checks on children under\n\
        16. Leaders accept this and have begun a review of all placements of this kind\n\
        – not only those outside the area – with support from an improvement adviser, and\n\
        (a) small sample seen by inspectors shows that the review is thorough so far.";
    assert_eq!(texts(text), [text]);
}

#[test]
fn the_next_number_in_turn_begins_a_paragraph_even_after_a_full_line() {
    let text = "20. Leaders know their services well and have acted on what the last visit\n\
        found. Caseloads in the assessment teams have come down since the spring and\n\
        they are now low enough for direct work.\n\
        How Anytown serves its children in care and those who have left it: good\n\
        21. Children in care live in homes that are right for them, and most of them\n\
        stay in touch with their family and with friends whom they knew before.";
    assert_eq!(texts(text).len(), 3, "{:#?}", texts(text));
}

#[test]
fn rows_of_a_table_are_cells() {
    let text = "Judgement\tGrade\nLeaders\tGood\nCare leavers          Outstanding\n\n1.\tPlans are good.\nNote:\tPlans are late.";
    use BlockKind::{Cell, Paragraph};
    let expected = [
        (Cell, "Judgement"),
        (Cell, "Grade"),
        (Cell, "Leaders"),
        (Cell, "Good"),
        (Cell, "Care leavers"),
        (Cell, "Outstanding"),
        (Paragraph, "1.\tPlans are good."),
        (Paragraph, "Note:\tPlans are late."),
    ];
    assert_eq!(blocks(text), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn markdown_headings() {
    let text = "# Visit #\nPlans are good.\n\n### What *works*\n\nSummary\n=======\nDetail\n---\n\n***\nEnd";
    assert_eq!(
        blocks(text),
        [
            (BlockKind::Heading(1), "Visit".to_owned()),
            (BlockKind::Paragraph, "Plans are good.".to_owned()),
            (BlockKind::Heading(3), "What *works*".to_owned()),
            (BlockKind::Heading(1), "Summary".to_owned()),
            (BlockKind::Heading(2), "Detail".to_owned()),
            (BlockKind::Paragraph, "End".to_owned()),
        ]
    );
}

#[test]
fn form_feeds_count_pages_and_end_blocks() {
    assert_eq!(pages("Plans.\n\nReviews."), [None, None]);
    assert_eq!(
        pages("Plans are\n\x0cgood.\x0c\x0cEnd"),
        [Some(1), Some(2), Some(4)]
    );
    assert_eq!(texts("12.\n\x0cPlans"), ["12.", "Plans"]);
}

#[test]
fn furniture_is_apart_from_the_sentence_it_cuts() {
    let pages = [
        "Leaders know their services well and have acted on what the last visit\n\
         found. Caseloads in the assessment teams have come down since the spring and\n",
        "most social workers now say that they have time for direct work with those\n\
         children who need it. Supervision is regular but it does not yet lead to plans\n",
        "that are clear enough for parents to follow, and reviews come too late for\n\
         some. Audits find the same, which shows that leaders know what is left to do.\n",
    ];
    let text = pages
        .map(|page| format!("{page}Monitoring visit of Anytown\n2\n"))
        .join("\x0c");
    let found = texts(&text);
    assert_eq!(found.len(), 9, "{found:#?}");
    assert_eq!(found[1..3], ["Monitoring visit of Anytown", "2"]);
    // Copied out of a viewer, a page leaves its number alone.
    assert_eq!(texts(&pages.join("2\n"))[1], "2");
}

#[test]
fn a_number_at_the_edge_of_pages_is_no_furniture() {
    assert_eq!(
        texts("1.\n\nPlans.\n\n\x0c2.\n\nReviews."),
        ["1.\n\nPlans.", "2.\n\nReviews."]
    );
}

#[test]
fn other_line_ends() {
    assert_eq!(texts("Plans.\r\rReviews.\r").len(), 2);
    assert_eq!(texts("Plans.\u{2029}Reviews.").len(), 2);
    assert_eq!(texts("\u{a0}\n Plans.\u{a0}\n"), ["Plans."]);
}

#[test]
fn a_mark_is_not_part_of_the_text() {
    assert_eq!(read(b"\xef\xbb\xbfPlans.").text, "Plans.");
}

proptest! {
    #[test]
    fn any_text_gives_ordered_blocks(text in "([a-zA-Z0-9.,()#•\\-–=o* ]|\n|\r\n|\u{c}|\\PC){0,80}") {
        let extract = read(text.as_bytes());
        check(&extract);
        // No word is lost, lines that are drawn and hashes aside.
        let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let kept: String = extract.blocks.iter().map(|block| words(block.span.of(&extract.text))).collect();
        prop_assert_eq!(kept, words(&extract.text));
    }

    #[test]
    fn any_bytes_give_ordered_blocks(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&read(&bytes));
    }
}
