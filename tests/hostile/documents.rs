//! The documents, one line on what each is.

use crate::pdf::{Pdf, deflated, stream, text};
use crate::run::Case;
use crate::zip::{archive, body, docx, odt, paragraph, styles};

/// Bits are turned in the same places on every run.
struct Places(u64);

impl Places {
    /// SplitMix64, by Sebastiano Vigna.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn flipped(mut bytes: Vec<u8>, seed: u64, every: usize) -> Vec<u8> {
    let mut places = Places(seed);
    for _ in 0..bytes.len().div_ceil(every) {
        let at = usize::try_from(places.next() % bytes.len() as u64).unwrap();
        bytes[at] ^= 1 << (places.next() % 8);
    }
    bytes
}

fn cut(bytes: &[u8], percent: usize) -> Vec<u8> {
    bytes[..bytes.len() * percent / 100].to_vec()
}

fn letter(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/letters")
        .join(name);
    std::fs::read(path).unwrap()
}

pub(crate) fn pdfs() -> Vec<Case> {
    let sound = Pdf::sound().bytes();
    let real = letter("wexcombe-monitoring-1.pdf");
    let compressed = |bytes: &[u8]| stream("/Filter/FlateDecode", bytes);
    let spaces = deflated(&[b' '; 1 << 20], 3000);
    let twice = deflated(&spaces, 1);
    let kids = |many: usize| {
        let mut pdf = Pdf::sound();
        let numbers: Vec<String> = (0..many).map(|_| "3 0 R".to_owned()).collect();
        pdf.objects[1] = format!("<</Type/Pages/Count {many}/Kids[{}]>>", numbers.join(" ")).into_bytes();
        pdf.bytes()
    };
    let quick = ["--max-seconds", "5"];
    vec![
        Case::new("sound.pdf", "a sound PDF, for comparison", sound.clone()),
        Case::new("cut-10.pdf", "a letter, its first tenth", cut(&real, 10)),
        Case::new("cut-50.pdf", "a letter, its first half", cut(&real, 50)),
        Case::new("cut-90.pdf", "a letter without its last tenth", cut(&real, 90)),
        Case::new("head.pdf", "the first line of a PDF", "%PDF-1.7\n"),
        Case::new("flipped-1.pdf", "a letter, one bit in 1,000 bytes turned", flipped(real.clone(), 1, 1000)),
        Case::new("flipped-2.pdf", "the same, other bits", flipped(real.clone(), 2, 1000)),
        Case::new("flipped-3.pdf", "one bit in 100 bytes turned", flipped(real.clone(), 3, 100)),
        Case::new("flipped-4.pdf", "one bit in 10 bytes turned", flipped(real, 4, 10)),
        Case::new(
            "encrypted.pdf",
            "a password is needed",
            Pdf::sound()
                .with(6, format!("<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{}>/U<{}>>>", "ab".repeat(32), "cd".repeat(32)))
                .trailer("/Encrypt 6 0 R/ID[<0123456789abcdef0123456789abcdef><0123456789abcdef0123456789abcdef>]")
                .bytes(),
        ),
        Case::new("bomb.pdf", "a page that inflates to 3 GB of spaces", Pdf::page(compressed(&spaces)).bytes()),
        Case::new(
            "double-bomb.pdf",
            "the same, compressed twice: 6 kB",
            Pdf::page(stream("/Filter[/FlateDecode/FlateDecode]", &twice)).bytes(),
        ),
        Case::new(
            "letters-bomb.pdf",
            "a page that shows 27 million letters",
            Pdf::page(compressed(&deflated(&text(&"Plans are weak. ".repeat(100)), 17_000))).bytes(),
        )
        .with(&quick),
        Case::new("kids-cycle.pdf", "a page tree whose node is its own child", Pdf::sound().with(2, "<</Type/Pages/Count 1/Kids[2 0 R]>>").bytes()),
        Case::new(
            "kids-ring.pdf",
            "two nodes of a page tree that are each other's children",
            Pdf::sound()
                .with(2, "<</Type/Pages/Count 2/Kids[6 0 R]>>")
                .with(6, "<</Type/Pages/Count 2/Parent 2 0 R/Kids[2 0 R 3 0 R]>>")
                .bytes(),
        ),
        Case::new("many-pages.pdf", "one page, listed 2,001 times", kids(2001)),
        Case::new("count-lie.pdf", "a page tree that counts 2 billion pages and has one", Pdf::sound().with(2, "<</Type/Pages/Count 2000000000/Kids[3 0 R]>>").bytes()),
        Case::new("contents-self.pdf", "a page whose content is the page", Pdf::sound().with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>").bytes()),
        Case::new(
            "form-cycle.pdf",
            "a form that draws itself",
            Pdf::page(stream("", b"/X Do BT /F 12 Tf 72 700 Td (Plans are weak and visits are late.) Tj ET"))
                .with(6, stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do"))
                .bytes(),
        ),
        Case::new(
            "object-stream-cycle.pdf",
            "object streams that extend each other",
            Pdf::sound()
                .with(6, stream("/Type/ObjStm/N 1/First 4/Extends 7 0 R", b"8 0 null"))
                .with(7, stream("/Type/ObjStm/N 1/First 4/Extends 6 0 R", b"9 0 null"))
                .bytes(),
        ),
        Case::new("previous-self.pdf", "a table of objects that goes on with itself", {
            let pdf = Pdf::sound();
            let at = String::from_utf8_lossy(&pdf.bytes()).rfind("xref\n0").unwrap();
            pdf.trailer(&format!("/Prev {at}")).bytes()
        }),
        Case::new("deep-array.pdf", "an array in an array, 200,000 deep", Pdf::sound().with(6, format!("{}{}", "[".repeat(200_000), "]".repeat(200_000))).bytes()),
        Case::new(
            "deep-array-in-page.pdf",
            "the same among a page's instructions",
            Pdf::page(stream("", format!("{}{} TJ BT /F 12 Tf 72 700 Td (Plans are weak and visits are late.) Tj ET", "[".repeat(200_000), "]".repeat(200_000)).as_bytes())).bytes(),
        ),
        Case::new("saves.pdf", "a million states saved and none restored", Pdf::page(stream("", &[b"q ".repeat(1_000_000), text("Plans are weak and visits are late.")].concat())).bytes()),
        Case::new("open-string.pdf", "a text without an end", Pdf::page(stream("", b"BT /F 12 Tf 72 700 Td (Plans are weak")).bytes()),
        Case::new("huge-box.pdf", "a page as wide as numbers go", Pdf::sound().with(3, "<</Type/Page/Parent 2 0 R/MediaBox[-1e38 -1e38 1e38 1e38]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>").bytes()),
        Case::new("length-lie.pdf", "a content that states a length of 4 billion bytes", {
            let text = String::from_utf8(Pdf::sound().bytes()).unwrap();
            text.replace("/Length 61", "/Length 4294967295")
        }),
        Case::new("no-text.pdf", "a page without text", Pdf::page(stream("", b"0 0 100 100 re f")).bytes()),
        Case::new("really-html.pdf", "an HTML page named .pdf", "<!DOCTYPE html><html><body><p>Plans are weak and visits are late.</p></body></html>"),
        Case::new("really-zip.pdf", "an archive of anything, named .pdf", archive(&[("a.bin", b"\x00\x01\x02")])),
    ]
}

pub(crate) fn offices() -> Vec<Case> {
    let sound = docx(&body(&paragraph("Plans are weak and visits are late.")), &[]);
    let bomb = body(&format!(
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
        " ".repeat(200 << 20)
    ));
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughing = |entities: &str, text: &str| {
        body(&paragraph(text)).replace(
            "<?xml version=\"1.0\"?>",
            &format!("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY l0 \"ha\">{entities}]>"),
        )
    };
    let nested = |depth: usize| {
        let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
        let close = "</w:tc></w:tr></w:tbl>".repeat(depth);
        body(&format!(
            "{open}{}{close}",
            paragraph("Plans are weak and visits are late.")
        ))
    };
    let style_ring = styles(
        "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>",
    );
    let styled = body(
        "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>Plans are weak and visits are late.</w:t></w:r></w:p>",
    );
    let office = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#;
    let open = |inner: &str| {
        format!(
            "<office:document-content {office}><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
        )
    };
    let outside = laughing(
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        "&x;Plans are weak and visits are late.",
    );
    vec![
        Case::new("sound.docx", "a sound Word file, for comparison", sound.clone()),
        Case::new("cut-50.docx", "its first half", cut(&sound, 50)),
        Case::new("cut-95.docx", "all but its last twentieth", cut(&sound, 95)),
        Case::new(
            "flipped.docx",
            "a letter, one bit in 500 bytes turned",
            flipped(letter("wexcombe-monitoring-1.docx"), 5, 500),
        ),
        Case::new("bomb.docx", "a part that unpacks to 200 MB", docx(&bomb, &[])),
        Case::new(
            "laughs.docx",
            "entities that unfold to 2 billion letters",
            docx(&laughing(&laughs, "&l9;Plans are weak and visits are late."), &[]),
        ),
        Case::new(
            "outside.docx",
            "an entity that names a file of the machine",
            docx(&outside, &[]),
        ),
        Case::new(
            "tables.docx",
            "tables in tables, 3,000 deep",
            docx(&nested(3_000), &[]),
        ),
        Case::new(
            "deep-tables.docx",
            "the same, 20,000 deep",
            docx(&nested(20_000), &[]),
        ),
        Case::new(
            "style-ring.docx",
            "styles that rest on each other",
            docx(&styled, &[("word/styles.xml", style_ring.as_bytes())]),
        ),
        Case::new(
            "no-document.docx",
            "no document among its parts",
            archive(&[("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<a/>")]),
        ),
        Case::new(
            "paths.docx",
            "parts whose names climb out of the archive",
            docx(
                &body(&paragraph("Plans are weak and visits are late.")),
                &[
                    ("../../../../tmp/findings-was-here", b"x"),
                    ("/etc/findings-was-here", b"x"),
                ],
            ),
        ),
        Case::new("many-parts.docx", "20,000 parts", {
            let names: Vec<String> = (0..20_000).map(|n| format!("p{n}.xml")).collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
            docx(&body(&paragraph("Plans are weak and visits are late.")), &parts)
        }),
        Case::new(
            "not-closed.docx",
            "elements that are never closed",
            docx("<w:document><w:body><w:p><w:r><w:t>Plans", &[]),
        ),
        Case::new(
            "old-office.docx",
            "a Word file with a password, or of before 2007",
            [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat(),
        ),
        Case::new(
            "encrypted.odt",
            "an OpenDocument text with a password",
            odt(
                "\u{1}\u{2}",
                &[(
                    "META-INF/manifest.xml",
                    b"<manifest><encryption-data/></manifest>",
                )],
            ),
        ),
        Case::new("style-ring.odt", "styles that rest on each other", {
            let ring = "<style:style style:name=\"A\" style:parent-style-name=\"B\"/><style:style style:name=\"B\" style:parent-style-name=\"A\"/>";
            let text = open("<text:p text:style-name=\"A\">Plans are weak and visits are late.</text:p>");
            odt(
                &text,
                &[(
                    "styles.xml",
                    format!("<office:styles {office}>{ring}</office:styles>").as_bytes(),
                )],
            )
        }),
        Case::new(
            "spaces.odt",
            "an element that stands for 4 billion spaces",
            odt(
                &open("<text:p>Plans<text:s text:c=\"4294967295\"/>are weak and visits are late.</text:p>"),
                &[],
            ),
        ),
    ]
}

pub(crate) fn pages() -> Vec<Case> {
    let says = "<p>Plans are weak and visits are late.</p>";
    vec![
        Case::new(
            "deep.html",
            "9,000 elements inside one another",
            format!("{}{says}", "<div>".repeat(9_000)),
        ),
        Case::new(
            "deeper.html",
            "a million elements inside one another",
            format!("{}{says}", "<div>".repeat(1_000_000)),
        ),
        Case::new(
            "comment.html",
            "a comment without an end",
            format!("<html><body>{says}<!-- "),
        ),
        Case::new(
            "script.html",
            "a script, an event handler and a javascript: link",
            format!(
                "<html><body><script>document.title='x'</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>link</a>{says}</body></html>"
            ),
        ),
        Case::new(
            "attributes.html",
            "an element with 20,000 attributes",
            format!(
                "<p {}>Plans are weak and visits are late.</p>",
                (0..20_000).map(|n| format!("a{n}=1 ")).collect::<String>()
            ),
        ),
        Case::new(
            "formatting.html",
            "100,000 elements of type left open across paragraphs",
            format!("<html><body>{}{says}", "<p><b><i>".repeat(33_000)),
        )
        .with(&["--max-seconds", "10"]),
        Case::new(
            "large.html",
            "a page of 40 MB",
            format!("<html><body>{}</body></html>", says.repeat(1 << 20)),
        ),
    ]
}

pub(crate) fn texts() -> Vec<Case> {
    let says = "Plans are weak and visits are late.";
    let wide = |little: bool| -> Vec<u8> {
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        says.encode_utf16().flat_map(bytes).collect()
    };
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    vec![
        Case::new("empty.txt", "nothing", ""),
        Case::new("blank.txt", "nothing but white space", " \n\t\r\n".repeat(1000)),
        Case::new(
            "nul.txt",
            "NUL bytes between words",
            "Plans\0are weak and\0visits are late.",
        ),
        Case::new("all-nul.txt", "a million NUL bytes", vec![0; 1_000_000]),
        Case::new("random.txt", "a million random bytes", {
            let mut places = Places(7);
            (0..125_000)
                .flat_map(|_| places.next().to_le_bytes())
                .collect::<Vec<u8>>()
        }),
        Case::new(
            "utf16le-marked.txt",
            "UTF-16, low byte first, with its mark",
            marked(b"\xff\xfe", wide(true)),
        ),
        Case::new(
            "utf16be-marked.txt",
            "UTF-16, high byte first, with its mark",
            marked(b"\xfe\xff", wide(false)),
        ),
        Case::new(
            "utf16le.txt",
            "UTF-16, low byte first, without a mark",
            wide(true),
        ),
        Case::new(
            "utf16be.txt",
            "UTF-16, high byte first, without a mark",
            wide(false),
        ),
        Case::new(
            "utf16-odd.txt",
            "UTF-16 with half a unit at its end",
            marked(b"\xff\xfe", [wide(true), vec![0x20]].concat()),
        ),
        Case::new(
            "utf8-marked.txt",
            "UTF-8 with a mark",
            marked(b"\xef\xbb\xbf", says.into()),
        ),
        Case::new(
            "latin1.txt",
            "Latin-1, with quotation marks of Windows",
            &b"Plans are \x93weak\x94 and visits are late. Caf\xe9s are no concern."[..],
        ),
        Case::new(
            "surrogates.txt",
            "lone surrogates, written as UTF-8 would write them",
            [&b"\xed\xa0\x80 "[..], says.as_bytes(), b" \xed\xbf\xbf"].concat(),
        ),
        Case::new(
            "overlong.txt",
            "letters in more bytes than they need",
            [&b"\xc0\xaf\xe0\x80\xaf "[..], says.as_bytes()].concat(),
        ),
        Case::new(
            "returns.txt",
            "lines that end in CR alone",
            format!("Findings\r\r{says}\r\rCaseloads are too high.\r"),
        ),
        Case::new(
            "right-to-left.txt",
            "words from right to left, and marks that turn the direction",
            format!("\u{202e}{says}\u{202c} \u{5d0}\u{5d1}\u{5d2} {says}"),
        ),
        Case::new(
            "combining.txt",
            "a letter with 100,000 marks above it",
            format!("Plan{}s are weak. {says}", "\u{301}".repeat(100_000)),
        ),
        Case::new(
            "invisible.txt",
            "letters that take no room inside words",
            "Pl\u{200b}ans are we\u{ad}ak and vis\u{2060}its are late.",
        ),
        Case::new(
            "escapes.txt",
            "sequences that would change a terminal",
            format!("\u{1b}[2J\u{1b}]0;x\u{7}{says}\u{9b}31m"),
        )
        .with(&["--format", "text"]),
        Case::new("spaces.txt", "100 MB of spaces", vec![b' '; 100 << 20]),
        Case::new("too-large.txt", "129 MB of text", vec![b'a'; 129 << 20]),
        Case::new(
            "no-stop.txt",
            "200 kB of words without a full stop",
            "plans are weak and ".repeat(10_000),
        )
        .with(&["--only", "polarity=strength"]),
        Case::new("commas.txt", "200,000 commas", ",".repeat(200_000)),
        Case::new(
            "quotes.txt",
            "200,000 opening quotation marks",
            "\u{201c}".repeat(200_000),
        ),
        Case::new(
            "nested-quotes.txt",
            "quotations in quotations, 2,000 deep",
            format!(
                "{}weak{}.",
                "\u{201c}plans \u{2018}".repeat(2_000),
                "\u{2019}\u{201d}".repeat(2_000)
            ),
        ),
        Case::new(
            "bullets.txt",
            "10,000 bullets",
            "\u{2022} plans are weak\n".repeat(10_000),
        )
        .with(&["--only", "polarity=strength"]),
        Case::new("negations.txt", "5,000 negations in a row", "not ".repeat(5_000)),
        Case::new(
            "cues.txt",
            "6,000 words of criticism in a row",
            "weak poor late ".repeat(2_000),
        ),
        Case::new(
            "picture.txt",
            "a picture named .txt",
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"[..],
        ),
    ]
}

pub(crate) fn lines() -> Vec<Case> {
    let jsonl = ["--input-format", "jsonl"];
    let line = |name, about, text: Vec<u8>| Case::new(name, about, text).with(&jsonl);
    let says = "Plans are weak and visits are late.";
    vec![
        line("surrogate.jsonl", "a lone surrogate in JSON", format!("{{\"id\": \"a\", \"text\": \"\\ud800 {says}\"}}\n").into()),
        line("deep.jsonl", "JSON nested 100,000 deep", format!("{{\"id\": \"a\", \"x\": {}1{}, \"text\": \"{says}\"}}\n", "[".repeat(100_000), "]".repeat(100_000)).into()),
        line("list.jsonl", "a list in place of an object", b"[1, 2, 3]\n".to_vec()),
        line("no-text.jsonl", "no text", b"{\"id\": \"a\"}\n".to_vec()),
        line("number.jsonl", "a number as text", b"{\"id\": \"a\", \"text\": 7}\n".to_vec()),
        line("not-utf8.jsonl", "bytes that are not UTF-8", [&b"{\"id\": \"a\", \"text\": \"\xff\xfe "[..], says.as_bytes(), b"\"}\n"].concat()),
        line("id-with-controls.jsonl", "an id with line feeds and escapes", format!("{{\"id\": \"a\\n\\u001b[2J\\u0000\", \"text\": \"{says}\"}}\n").into()),
        line("long-line.jsonl", "a line of 129 MB", [&b"{\"id\": \"a\", \"text\": \""[..], &vec![b'a'; 129 << 20], b"\"}\n"].concat()),
        line("some.jsonl", "broken lines among sound ones", format!("{{\"id\": \"a\", \"text\": \"{says}\"}}\n{{\"id\": \n\n{{\"id\": \"b\", \"text\": \"{says}\"}}\n").into()),
    ]
}
