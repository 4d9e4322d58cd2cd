use super::super::{BlockKind, Extract};
use super::read;
use crate::error::Reason;
use crate::extract::Limits;

fn page(html: &str) -> Extract {
    read(html.as_bytes(), &Limits::default()).unwrap()
}

fn blocks(html: &str) -> Vec<(BlockKind, String)> {
    let extract = page(html);
    extract
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&extract.text).to_owned()))
        .collect()
}

fn texts(html: &str) -> Vec<String> {
    blocks(html).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn main_before_article_before_body() {
    assert_eq!(
        texts("<p>Top</p><article><p>News</p></article><main><p>Main</p></main>"),
        ["Main"]
    );
    assert_eq!(
        texts("<p>Top</p><article><p>News of plans</p></article><article><p>Teaser</p></article>"),
        ["News of plans"]
    );
    assert_eq!(texts("<p>Top</p><div role=main><p>Main</p></div>"), ["Main"]);
    assert_eq!(texts("<title>Title</title><p>Top"), ["Top"]);
}

#[test]
fn blocks_and_their_kinds() {
    use BlockKind::{Heading, Item, Paragraph};
    let html = "<main><h1>Visit <small>2</small></h1><div>Straight in a div <b>and</b> on<p>Plans are good.</p>tail</div>\
        <ul><li>Visits<li><p>Plans</p><p>More</p><ul><li>Inner</ul></ul><blockquote><p>Quoted</p></blockquote>\
        <dl><dt>Term</dt><dd>Meaning</dd></dl></main>";
    let expected = [
        (Heading(1), "Visit 2"),
        (Paragraph, "Straight in a div and on"),
        (Paragraph, "Plans are good."),
        (Paragraph, "tail"),
        (Item, "• Visits"),
        (Item, "• Plans"),
        (Paragraph, "More"),
        (Item, "• Inner"),
        (Paragraph, "Quoted"),
        (Paragraph, "Term"),
        (Paragraph, "Meaning"),
    ];
    assert_eq!(blocks(html), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn numbered_lists() {
    use BlockKind::{Item, Paragraph};
    let html = "<ol start=4><li>Four<li value=9>Nine<li>Ten</ol><ol type=a><li>A<li>B</ol><ol type=i><li>I</ol><li>Stray";
    let expected = [
        (Paragraph, "4. Four"),
        (Paragraph, "9. Nine"),
        (Paragraph, "10. Ten"),
        (Item, "a. A"),
        (Item, "b. B"),
        (Item, "i. I"),
        (Item, "• Stray"),
    ];
    assert_eq!(blocks(html), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn what_is_not_content_is_left_out() {
    let html = "<body><header><h1>Council</h1></header><nav>Menu</nav><div class=\"CookieBanner\">We use</div>\
        <div id=cookie-bar>We use</div><div role=navigation>You are here</div><div aria-hidden=true>x</div><div hidden>y</div>\
        <p>Plans<sup><a href=\"#fn1\">1</a></sup> in m<sup>2</sup><script>var a</script><style>b{}</style>.</p>\
        <figure><img><figcaption>Photo</figcaption></figure><form><label>Name</label><input></form>\
        <aside>Related</aside><footer>Contact</footer></body>";
    assert_eq!(texts(html), ["Plans in m2."]);
}

#[test]
fn a_title_in_an_article_and_a_page_in_a_form_stay() {
    assert_eq!(
        texts("<article><header><h1>Visit</h1></header><p>Plans</p></article>"),
        ["Visit", "Plans"]
    );
    assert_eq!(
        texts("<form><select><option>a</select><h1>Minutes</h1><p>Plans</p></form>"),
        ["Minutes", "Plans"]
    );
}

#[test]
fn line_breaks() {
    assert_eq!(texts("<p>Piccadilly<br>Anytown</p>"), ["Piccadilly Anytown"]);
    assert_eq!(
        texts("<div>Plans are good.<br><br />\n<br>They help.</div>"),
        ["Plans are good.", "They help."]
    );
}

#[test]
fn tables_give_cells_and_boxes_do_not() {
    use BlockKind::{Cell, Heading, Paragraph};
    let html = "<table><tr><th>Leaders<td>Good</table><p>x</p><table><tr><td><h2>Plans</h2><p>Good.</p></table>\
        <table><tr><td>Menu<td><p>Text</p><table><tr><td>a<td>b</table></table>";
    let kinds: Vec<BlockKind> = blocks(html).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            Cell,
            Cell,
            Paragraph,
            Heading(2),
            Paragraph,
            Paragraph,
            Paragraph,
            Cell,
            Cell
        ]
    );
}

#[test]
fn bold_blocks() {
    let extract = page("<p><b>All </b><strong>bold</strong>.</p><p><b>Some</b> bold</p>");
    assert_eq!(
        extract.blocks.iter().map(|block| block.bold).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(
        extract
            .blocks
            .iter()
            .all(|block| block.page.is_none() && block.size == 0.0)
    );
}

#[test]
fn encodings() {
    let text = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap().text;
    assert_eq!(text(b"<meta charset=\"windows-1250\"><p>Pla\xf2s"), "Plaňs");
    assert_eq!(
        text(b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>children\x92s"),
        "children’s"
    );
    assert_eq!(
        text("<meta charset=iso-8859-1><p>children’s &ndash; plans".as_bytes()),
        "children’s – plans"
    );
    assert_eq!(text(b"<p>children\x92s \x93plans\x94"), "children’s “plans”");
    assert_eq!(text(b"\xef\xbb\xbf<p>Plans"), "Plans");
}

#[test]
fn an_empty_main_has_no_blocks() {
    assert_eq!(
        texts("<p>Top</p><main> <script>render()</script></main>"),
        [""; 0]
    );
}

#[test]
fn deep_pages_are_refused_and_fairly_deep_ones_read() {
    let nested = |depth: usize| format!("{}Plans", "<div>".repeat(depth));
    assert!(matches!(
        read(nested(1_000_000).as_bytes(), &Limits::default()),
        Err(Reason::TooLarge { .. })
    ));
    assert_eq!(texts(&nested(5_000)), ["Plans"]);
}
