use std::path::Path;

use super::glyphs::Page;
use super::*;
use crate::extract::BlockKind;

/// A PDF of one page per text, each shown by one instruction, made by hand: Helvetica, 12 points, no tags.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (index, text) in pages.iter().enumerate() {
        let content = format!("BT /F 12 Tf 72 700 Td ({text}) Tj ET");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * index
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj{object}endobj\n", index + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

#[test]
fn a_file_is_read_with_its_pages() {
    let extract = read(
        &pdf(&["Plans are clear.", "Visits are late."]),
        &Limits::default(),
    )
    .expect("a sound file");
    assert_eq!(extract.text, "Plans are clear.\n\nVisits are late.");
    let pages: Vec<Option<u32>> = extract.blocks.iter().map(|block| block.page).collect();
    assert_eq!(pages, [Some(1), Some(2)]);
    assert_eq!(extract.blocks[0].kind, BlockKind::Paragraph);
    assert_eq!(extract.warnings, Vec::<String>::new());
}

#[test]
fn a_file_without_text_is_refused_and_an_empty_page_is_told() {
    assert_eq!(
        read(&pdf(&["", ""]), &Limits::default()),
        Err(Reason::NoText { pages: 2 })
    );
    let extract = read(&pdf(&["Plans are clear.", ""]), &Limits::default()).expect("a sound file");
    assert_eq!(extract.warnings, ["1 of 2 page(s) hold no text"]);
}

#[test]
fn damaged_files_are_told_and_never_panic() {
    let whole = pdf(&["Plans are clear.", "Visits are late."]);
    for bytes in [&b""[..], b"%PDF-1.7\n", b"<html>not a PDF</html>"] {
        assert!(
            matches!(read(bytes, &Limits::default()), Err(Reason::Damaged(_))),
            "{bytes:?}"
        );
    }
    let cut =
        read(&whole[..whole.len() - 40], &Limits::default()).expect("pages are found without the table");
    assert_eq!(cut.blocks.len(), 2);
    assert_eq!(cut.warnings, [CUT_OFF]);
    let blank = pdf(&[""]);
    assert!(matches!(
        read(&blank[..blank.len() - 40], &Limits::default()),
        Err(Reason::Damaged(_))
    ));
    for end in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..end], &Limits::default());
        let mut hole = whole.clone();
        hole[end] = b'\xFF';
        let _ = read(&hole, &Limits::default());
    }
}

/// Pages made up without a file, as another reader would give them.
struct MadeUp(Vec<Page>);

impl Glyphs for MadeUp {
    fn pages(&self) -> usize {
        self.0.len()
    }

    fn page(&mut self, index: usize) -> Page {
        self.0[index].clone()
    }
}

#[test]
fn letters_that_fonts_do_not_name_are_counted() {
    let page = |text: &str, lost_fonts: usize| {
        MadeUp(vec![Page {
            height: 842.0,
            glyphs: lines::tests::run(1, 72.0, 100.0, text),
            lost_fonts,
        }])
    };
    let some = extract(&mut page("Plans are cl\u{FFFD}ar.", 1), &Limits::default()).expect("one letter lost");
    assert_eq!(
        some.warnings,
        [
            "1 of 14 characters cannot be decoded",
            "1 font(s) cannot be read; what they print is missing"
        ]
    );
    assert!(matches!(
        extract(&mut page("\u{FFFD}\u{FFFD}\u{FFFD} ab", 0), &Limits::default()),
        Err(Reason::Damaged(_))
    ));
}

#[test]
fn too_many_pages_are_refused() {
    let pages = vec![Page::default(); Limits::default().pages + 1];
    assert!(matches!(
        extract(&mut MadeUp(pages), &Limits::default()),
        Err(Reason::TooLarge { .. })
    ));
}

/// Real letters, where they are at hand: every one is read, and no page number or running line is left in any block.
#[test]
fn real_letters_are_read_without_furniture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        #[expect(clippy::print_stdout, reason = "a skipped test should say so")]
        {
            println!("skipped: no letters in {}", folder.display());
        }
        return;
    };
    let (mut read_files, mut broken_paragraphs) = (0, 0);
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if path.extension().is_none_or(|extension| extension != "pdf") {
            continue;
        }
        let name = path.display();
        let extract = read(
            &std::fs::read(&path).expect("a readable file"),
            &Limits::default(),
        )
        .expect("a sound letter");
        assert_eq!(extract.warnings, Vec::<String>::new(), "{name}");
        assert!(
            extract.blocks.len() > 40,
            "{name}: {} blocks",
            extract.blocks.len()
        );
        let mut before: Option<&crate::extract::Block> = None;
        for block in &extract.blocks {
            let text = block.span.of(&extract.text);
            assert!(
                text.contains(char::is_alphabetic) || block.kind == BlockKind::Cell,
                "{name}: {text:?}"
            );
            assert!(
                !text.contains(['\u{FFFD}', '\u{AD}', '\u{F0B7}']),
                "{name}: {text:?}"
            );
            // Two halves of a sentence on one page are a paragraph broken up.
            if let Some(last) = before.filter(|last| last.page == block.page && last.kind == block.kind)
                && matches!(block.kind, BlockKind::Paragraph)
            {
                let above = last.span.of(&extract.text);
                let broken = above.ends_with(char::is_lowercase) && text.starts_with(char::is_lowercase);
                broken_paragraphs += usize::from(broken && above.len() > 120);
            }
            before = Some(block);
        }
        let pages = extract
            .blocks
            .iter()
            .filter_map(|block| block.page)
            .max()
            .unwrap_or(0);
        let mut repeated = std::collections::HashMap::<&str, std::collections::BTreeSet<u32>>::new();
        for block in extract
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
        {
            repeated
                .entry(block.span.of(&extract.text))
                .or_default()
                .extend(block.page);
        }
        for (text, on) in repeated {
            assert!(
                on.len() <= 2 || on.len() * 4 < pages as usize,
                "{name}: {text:?} on {on:?}"
            );
        }
        read_files += 1;
    }
    // One writer did break a sentence by hand.
    assert!(broken_paragraphs <= 2, "{broken_paragraphs}");
    assert!(read_files > 0, "no letters in {}", folder.display());
}
