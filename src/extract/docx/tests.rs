use super::super::package::tests::zip;
use super::super::{Block, BlockKind, Extract};
use super::read;
use crate::error::Reason;
use crate::extract::Limits;

/// A document of these elements, with further parts.
fn document(body: &str, parts: &[(&str, &str)]) -> Extract {
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>{body}</w:body></w:document>");
    let mut all = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", xml.as_str()),
    ];
    all.extend(parts);
    read(&zip(&all), &Limits::default()).unwrap()
}

fn blocks(extract: &Extract) -> Vec<(BlockKind, &str)> {
    extract
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&extract.text)))
        .collect()
}

fn texts(body: &str) -> Vec<String> {
    let extract = document(body, &[]);
    extract
        .blocks
        .iter()
        .map(|block| block.span.of(&extract.text).to_owned())
        .collect()
}

fn pages(body: &str) -> Vec<Option<u32>> {
    document(body, &[])
        .blocks
        .iter()
        .map(|block| block.page)
        .collect()
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const STYLES: &str = r#"<w:styles>
    <w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
    <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
        <w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Area"><w:name w:val="Area heading"/><w:basedOn w:val="H2"/></w:style>
    <w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Finding"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Ring1"><w:name w:val="r1"/><w:basedOn w:val="Ring2"/></w:style>
    <w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="r2"/><w:basedOn w:val="Ring1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered"/>
        <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
    </w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/></w:lvlOverride></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
    </w:numbering>"#;

fn listed(list: u32, level: u32, text: &str) -> String {
    p(
        &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
        text,
    )
}

#[test]
fn headings_by_style_its_ancestors_and_outline() {
    let body = [
        p("<w:pStyle w:val=\"Title\"/>", "Visit"),
        p("<w:pStyle w:val=\"H2\"/>", "Plans"),
        p("<w:pStyle w:val=\"Area\"/>", "Reviews"),
        p("<w:pStyle w:val=\"Out\"/>", "Audit"),
        p("<w:outlineLvl w:val=\"0\"/>", "Panel"),
        p("<w:pStyle w:val=\"H2\"/><w:outlineLvl w:val=\"9\"/>", "Body"),
        p("<w:pStyle w:val=\"TOC1\"/>", "Plans 3"),
        p("<w:pStyle w:val=\"Ring1\"/>", "Round"),
        p("<w:pStyle w:val=\"Heading3\"/>", "Unknown style"),
        p("", "Text"),
    ];
    let extract = document(&body.concat(), &[("word/styles.xml", STYLES)]);
    let kinds: Vec<BlockKind> = extract.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Contents, Heading, Paragraph};
    let expected = [
        Heading(1),
        Heading(2),
        Heading(2),
        Heading(3),
        Heading(1),
        Paragraph,
        Contents,
        Paragraph,
        Heading(3),
        Paragraph,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn bold_and_size_of_a_block() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let body = [
        p("<w:pStyle w:val=\"Area\"/>", "By style"),
        format!(
            "<w:p>{}{}</w:p>",
            run("<w:b/>", "Bold "),
            run("<w:rStyle w:val=\"Strong\"/>", "too")
        ),
        format!(
            "<w:p>{}{}</w:p>",
            run("<w:b/>", "Bold: "),
            run("<w:b w:val=\"0\"/><w:sz w:val=\"20\"/>", "not all of it")
        ),
        // Properties of the paragraph's mark are not its text's.
        p("<w:rPr><w:b/><w:sz w:val=\"90\"/></w:rPr>", "Plain"),
    ];
    let extract = document(&body.concat(), &[("word/styles.xml", STYLES)]);
    let types: Vec<(bool, f32)> = extract
        .blocks
        .iter()
        .map(|block| (block.bold, block.size))
        .collect();
    assert_eq!(types, [(true, 14.0), (true, 12.0), (false, 10.0), (false, 12.0)]);
}

#[test]
fn lists_are_printed_with_their_labels() {
    let body = [
        listed(1, 0, "One"),
        listed(1, 1, "Letter"),
        listed(1, 1, "Letter"),
        p("", "Between"),
        listed(1, 0, "Two"),
        listed(1, 1, "Again"),
        listed(1, 2, "Deep"),
        listed(2, 0, "Bullet"),
        listed(3, 0, "Twenty"),
        listed(3, 0, "Next"),
        listed(4, 0, "Indented"),
        listed(0, 0, "None"),
        listed(99, 0, "Lost"),
    ];
    let extract = document(&body.concat(), &[("word/numbering.xml", NUMBERING)]);
    use BlockKind::{Item, Paragraph};
    assert_eq!(
        blocks(&extract),
        [
            (Paragraph, "1. One"),
            (Item, "(a) Letter"),
            (Item, "(b) Letter"),
            (Paragraph, "Between"),
            (Paragraph, "2. Two"),
            (Item, "(a) Again"),
            (Paragraph, "2.1 Deep"),
            (Item, "• Bullet"),
            (Paragraph, "20. Twenty"),
            (Paragraph, "21. Next"),
            (Paragraph, "Indented"),
            (Paragraph, "None"),
            (Item, "• Lost"),
        ]
    );
}

#[test]
fn a_style_may_number_its_paragraphs() {
    let body = p("<w:pStyle w:val=\"Numbered\"/>", "One") + &p("<w:pStyle w:val=\"Numbered\"/>", "Two");
    let extract = document(
        &body,
        &[("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)],
    );
    assert_eq!(extract.text, "1. One\n\n2. Two");
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Plans are </w:t></w:r>\
        <w:del><w:r><w:delText>poor</w:delText></w:r></w:del><w:ins><w:r><w:t>good</w:t></w:r></w:ins>\
        <w:moveFrom><w:r><w:t>here</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>.</w:t></w:r></w:moveTo></w:p>";
    assert_eq!(texts(body), ["Plans are good."]);
}

#[test]
fn a_deleted_paragraph_end_joins_two_paragraphs() {
    let body = p("<w:rPr><w:del w:id=\"1\"/></w:rPr>", "Plans are ") + &p("", "good.");
    assert_eq!(texts(&body), ["Plans are good."]);
    assert_eq!(
        texts(&p("<w:rPr><w:del w:id=\"1\"/></w:rPr>", "The last.")),
        ["The last."]
    );
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let boxed = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{boxed}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>"
    );
    assert_eq!(texts(&body), ["Before after", "In the box"]);
}

#[test]
fn fields_give_their_result() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText>REF a</w:instrText><w:t>code</w:t></w:r>{}<w:r><w:t>Plans</w:t></w:r>{}\
         <w:fldSimple w:instr=\"DATE\"><w:r><w:t> in May</w:t></w:r></w:fldSimple></w:p>\
         <w:p>{}<w:r><w:t>lost</w:t></w:r></w:p><w:p><w:r><w:t>Kept</w:t></w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end"),
        field("begin")
    );
    assert_eq!(texts(&body), ["Plans in May", "Kept"]);
}

#[test]
fn characters_that_are_elements() {
    let body = "<w:p><w:r><w:t>multi</w:t><w:noBreakHyphen/><w:t>agency</w:t><w:tab/><w:t>re</w:t><w:softHyphen/><w:t>views</w:t>\
        <w:br/><w:t>co\u{ad}operate well\u{2011}being</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>";
    assert_eq!(texts(body), ["multi-agency reviews cooperate well-being\u{f0b7}"]);
    // A tab in the paragraph's properties is a stop of the ruler, and white space between elements is none of the text.
    assert_eq!(
        texts(
            "<w:p>\n<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\n<w:r><w:t>a&amp;b</w:t></w:r></w:p>"
        ),
        ["a&b"]
    );
}

#[test]
fn tables_give_cells_and_boxes_do_not() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let table = |rows: &[&[&str]]| {
        let rows: String = rows
            .iter()
            .map(|row| {
                format!(
                    "<w:tr>{}</w:tr>",
                    row.iter().map(|text| cell(text)).collect::<String>()
                )
            })
            .collect();
        format!("<w:tbl>{rows}</w:tbl>")
    };
    let body = table(&[&["Judgement", "Grade"], &["Leaders", "Good"]])
        + &p("", "Text")
        + &table(&[&["What must improve"], &["Plans"]]);
    let extract = document(&body, &[]);
    use BlockKind::{Cell, Paragraph};
    let kinds: Vec<BlockKind> = extract.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Cell, Cell, Cell, Cell, Paragraph, Paragraph, Paragraph]);
    assert!(
        extract
            .text
            .starts_with("Judgement\nGrade\nLeaders\nGood\n\nText\n\n")
    );
}

#[test]
fn notes_come_last_and_only_those_named() {
    let body = "<w:p><w:r><w:t>Plans</w:t></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r><w:r><w:t xml:space=\"preserve\"> help.</w:t></w:r>\
        <w:del><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:del></w:p><w:p><w:r><w:t>End</w:t></w:r></w:p>";
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:t>Gone</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"3\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> Child plans</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let extract = document(body, &[("word/footnotes.xml", notes)]);
    assert_eq!(
        blocks(&extract),
        [
            (BlockKind::Paragraph, "Plans help."),
            (BlockKind::Paragraph, "End"),
            (BlockKind::Note, "Child plans"),
        ]
    );
}

#[test]
fn a_table_of_contents_is_known_by_its_control() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("", "Plans 3"),
        p("", "Text")
    );
    assert_eq!(
        blocks(&document(&body, &[])),
        [(BlockKind::Contents, "Plans 3"), (BlockKind::Paragraph, "Text")]
    );
}

#[test]
fn pages_are_those_of_words_start() {
    let noted = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let set = "<w:r><w:br w:type=\"page\"/></w:r>";
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    assert_eq!(pages(&p("", "One")), [None]);
    let body = format!(
        "<w:p>{}{noted}{}</w:p><w:p>{noted}{}</w:p>",
        run("starts here"),
        run("ends there"),
        run("next")
    );
    assert_eq!(pages(&body), [Some(1), Some(3)]);
    // A break that the writer set is noted again by Word where the next page begins.
    let body = format!(
        "<w:p>{}</w:p><w:p>{set}</w:p><w:p>{noted}{}</w:p><w:p>{}</w:p>",
        run("a"),
        run("b"),
        run("c")
    );
    assert_eq!(pages(&body), [Some(1), Some(2), Some(2)]);
    // Two breaks set one after the other leave an empty page.
    let body = format!(
        "<w:p>{}{set}{set}{}</w:p><w:p>{}</w:p>",
        run("a"),
        run("b"),
        run("c")
    );
    assert_eq!(pages(&body), [Some(1), Some(3)]);
    let body = format!(
        "{}{}",
        p("<w:pageBreakBefore/>", "a"),
        p("<w:pageBreakBefore/>", "b")
    );
    assert_eq!(pages(&body), [Some(1), Some(2)]);
    let body = format!(
        "{}{}<w:p>{noted}{}</w:p>",
        p("<w:sectPr/>", "a"),
        p("", "b"),
        run("c")
    );
    assert_eq!(pages(&body), [Some(1), Some(2), Some(3)]);
    let body = format!(
        "{}{}{set}",
        p("<w:sectPr><w:type w:val=\"continuous\"/></w:sectPr>", "a"),
        p("", "b")
    );
    assert_eq!(pages(&body), [Some(1), Some(1)]);
}

#[test]
fn parts_are_found_by_their_relations() {
    let xml = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        p("<w:pStyle w:val=\"H2\"/>", "Plans")
    );
    let bytes = zip(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/document2.xml\"/></Relationships>",
        ),
        ("word/document2.xml", &xml),
        (
            "word/_rels/document2.xml.rels",
            "<Relationships><Relationship Type=\"http://x/styles\" Target=\"styles2.xml\"/></Relationships>",
        ),
        ("word/styles2.xml", STYLES),
    ]);
    let extract = read(&bytes, &Limits::default()).unwrap();
    let [Block { kind, size, .. }] = extract.blocks[..] else {
        panic!()
    };
    assert_eq!((kind, size), (BlockKind::Heading(2), 14.0));
}

#[test]
fn damage_is_named() {
    for (xml, word) in [
        ("<w:document><w:p>", "short"),
        ("<w:document></w:p>", "well-formed"),
    ] {
        let Err(Reason::Damaged(why)) = read(&zip(&[("word/document.xml", xml)]), &Limits::default()) else {
            panic!()
        };
        assert!(why.contains(word), "{why}");
    }
    let Err(Reason::Damaged(why)) = read(&zip(&[("word/styles.xml", STYLES)]), &Limits::default()) else {
        panic!()
    };
    assert!(why.contains("word/document.xml"), "{why}");
}
