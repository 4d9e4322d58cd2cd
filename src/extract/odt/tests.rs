use super::super::package::tests::zip;
use super::super::{BlockKind, Extract};
use super::read;
use crate::error::Reason;
use crate::extract::Limits;

const STYLES: &str = r#"<office:document-styles><office:styles>
    <style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"/></style:default-style>
    <style:style style:name="Title" style:family="paragraph"/>
    <style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>
    <text:list-style style:name="Numbers">
        <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
        <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2" text:start-value="5"/>
    </text:list-style>
    <text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>
    </office:styles><office:master-styles><text:p>Header</text:p></office:master-styles></office:document-styles>"#;

const AUTOMATIC: &str = r#"<office:automatic-styles>
    <style:style style:name="P1" style:parent-style-name="Title"/>
    <style:style style:name="P2"><style:paragraph-properties fo:break-before="page"/></style:style>
    <style:style style:name="T1" style:parent-style-name="Strong"/>
    </office:automatic-styles>"#;

fn document(body: &str) -> Extract {
    let xml = format!(
        "<office:document-content>{AUTOMATIC}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    read(
        &zip(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &xml),
            ("styles.xml", STYLES),
        ]),
        &Limits::default(),
    )
    .unwrap()
}

fn blocks(body: &str) -> Vec<(BlockKind, String)> {
    let extract = document(body);
    extract
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&extract.text).to_owned()))
        .collect()
}

fn texts(body: &str) -> Vec<String> {
    blocks(body).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn headings_and_paragraphs() {
    let body = "<text:p text:style-name=\"P1\">Visit</text:p><text:h text:outline-level=\"2\">Plans</text:h><text:p>They help.</text:p>";
    assert_eq!(
        blocks(body),
        [
            (BlockKind::Heading(1), "Visit".to_owned()),
            (BlockKind::Heading(2), "Plans".to_owned()),
            (BlockKind::Paragraph, "They help.".to_owned()),
        ]
    );
}

#[test]
fn lists_are_printed_with_their_labels() {
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let text = |text: &str| format!("<text:p>{text}</text:p>");
    let list = |attributes: &str, inner: &str| format!("<text:list {attributes}>{inner}</text:list>");
    let deep = list("", &item(&text("e")));
    let inner = list("", &(item(&text("b")) + &item(&(text("c") + &deep))));
    let numbers = "text:style-name=\"Numbers\"";
    let body = [
        list(
            numbers,
            &(item(&(text("a") + &text("more") + &inner)) + &item(&text("d"))),
        ),
        text("Between"),
        list(
            &format!("{numbers} text:continue-numbering=\"true\""),
            &item(&text("f")),
        ),
        list(numbers, &item(&text("g"))),
        list("text:style-name=\"Bullets\"", &item(&text("h"))),
        list("", &item(&text("i"))),
        list(
            numbers,
            "<text:list-item text:start-value=\"12\"><text:p>j</text:p></text:list-item>",
        ),
    ];
    use BlockKind::{Item, Paragraph};
    let expected = [
        (Paragraph, "1. a"),
        (Paragraph, "more"),
        (Item, "(a) b"),
        (Item, "(b) c"),
        (Paragraph, "b.5 e"),
        (Paragraph, "2. d"),
        (Paragraph, "Between"),
        (Paragraph, "3. f"),
        (Paragraph, "1. g"),
        (Item, "• h"),
        (Item, "• i"),
        (Paragraph, "12. j"),
    ];
    assert_eq!(
        blocks(&body.concat()),
        expected.map(|(kind, text)| (kind, text.to_owned()))
    );
}

#[test]
fn what_is_not_printed_is_left_out() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>Plans<office:annotation><text:p>Really?</text:p></office:annotation> are <text:change text:change-id=\"1\"/>good.\
        <draw:frame><svg:title>Crest</svg:title></draw:frame></text:p>";
    assert_eq!(texts(body), ["Plans are good."]);
}

#[test]
fn notes_come_last() {
    let body = "<text:p>Plans<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Of children.</text:p></text:note-body></text:note> help.</text:p><text:p>End</text:p>";
    assert_eq!(
        blocks(body),
        [
            (BlockKind::Paragraph, "Plans help.".to_owned()),
            (BlockKind::Paragraph, "End".to_owned()),
            (BlockKind::Note, "Of children.".to_owned()),
        ]
    );
}

#[test]
fn spaces_that_are_elements() {
    assert_eq!(
        texts(
            "<text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d\n  e co\u{ad}operate</text:p>"
        ),
        ["a b c d e cooperate"]
    );
}

#[test]
fn tables_boxes_and_contents() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        "<text:table-of-content><text:table-of-content-source><text:p>Pattern</text:p></text:table-of-content-source>\
         <text:index-body><text:p>Plans 3</text:p></text:index-body></text:table-of-content>\
         <table:table><table:table-row>{}{}</table:table-row></table:table>\
         <text:p>Before <draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>after</text:p>",
        cell("Leaders"),
        cell("Good")
    );
    use BlockKind::{Cell, Contents, Paragraph};
    assert_eq!(
        blocks(&body),
        [
            (Contents, "Plans 3".to_owned()),
            (Cell, "Leaders".to_owned()),
            (Cell, "Good".to_owned()),
            (Paragraph, "Before after".to_owned()),
            (Paragraph, "boxed".to_owned()),
        ]
    );
}

#[test]
fn bold_and_size() {
    let extract = document(
        "<text:p><text:span text:style-name=\"T1\">Plans</text:span>.</text:p><text:p>Plans <text:span text:style-name=\"T1\">x</text:span></text:p>",
    );
    let types: Vec<(bool, f32)> = extract
        .blocks
        .iter()
        .map(|block| (block.bold, block.size))
        .collect();
    assert_eq!(types, [(true, 14.0), (false, 11.0)]);
}

#[test]
fn pages_are_those_of_words_start() {
    let pages =
        |body: &str| -> Vec<Option<u32>> { document(body).blocks.iter().map(|block| block.page).collect() };
    assert_eq!(pages("<text:p>a</text:p>"), [None]);
    let body = "<text:p text:style-name=\"P2\">a</text:p><text:p>b<text:soft-page-break/>c</text:p><text:p text:style-name=\"P2\">d</text:p>";
    assert_eq!(pages(body), [Some(1), Some(1), Some(3)]);
}

#[test]
fn encrypted_and_damaged_files() {
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let bytes = zip(&[("content.xml", "\u{1}\u{2}"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(read(&bytes, &Limits::default()), Err(Reason::Encrypted));
    assert!(matches!(
        read(
            &zip(&[("content.xml", "<office:body><text:p>")]),
            &Limits::default()
        ),
        Err(Reason::Damaged(_))
    ));
    assert!(matches!(
        read(&zip(&[("styles.xml", STYLES)]), &Limits::default()),
        Err(Reason::Damaged(_))
    ));
}
