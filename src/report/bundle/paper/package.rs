//! The parts of a Word document, packed (ECMA-376, parts 1 and 2). Times in the archive are fixed, so that the bytes repeat.

use std::io::{self, Cursor, Write};

use jiff::Timestamp;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::chart::Parts;

const STYLES: &str = include_str!("styles.xml");
const THEME: &str = include_str!("theme.xml");
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The file.
pub(super) fn package(
    document: &str,
    title: &str,
    date: Option<Timestamp>,
    charts: &[Parts],
) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o600);
    let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
        archive.start_file(name, options).map_err(io::Error::other)?;
        archive.write_all(bytes)
    };
    put("[Content_Types].xml", types(charts.len()).as_bytes())?;
    put("_rels/.rels", ways().as_bytes())?;
    put("docProps/core.xml", core(title, date).as_bytes())?;
    put("docProps/app.xml", app().as_bytes())?;
    put("word/document.xml", document.as_bytes())?;
    put("word/styles.xml", STYLES.as_bytes())?;
    put("word/theme/theme1.xml", THEME.as_bytes())?;
    put("word/fontTable.xml", fonts().as_bytes())?;
    put("word/settings.xml", settings().as_bytes())?;
    put("word/footer1.xml", footer().as_bytes())?;
    put(
        "word/_rels/document.xml.rels",
        ways_of_document(charts.len()).as_bytes(),
    )?;
    for (n, chart) in (1..).zip(charts) {
        put(&format!("word/charts/chart{n}.xml"), chart.drawing.as_bytes())?;
        put(
            &format!("word/charts/_rels/chart{n}.xml.rels"),
            ways_of_chart(n).as_bytes(),
        )?;
        put(&format!("word/embeddings/numbers{n}.xlsx"), &chart.numbers)?;
    }
    let bytes = archive.finish().map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

fn types(charts: usize) -> String {
    let charts: String = (1..=charts)
        .map(|n| {
            format!(
                "<Override PartName=\"/word/charts/chart{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/>"
            )
        })
        .collect();
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{WORD}.styles+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{WORD}.settings+xml\"/>\
         <Override PartName=\"/word/fontTable.xml\" ContentType=\"{WORD}.fontTable+xml\"/>\
         <Override PartName=\"/word/theme/theme1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{WORD}.footer+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
         {charts}</Types>"
    )
}

/// Relations, of id, type and target each.
fn relations<'r>(all: impl IntoIterator<Item = (&'r str, String, String)>) -> String {
    let all: String = all
        .into_iter()
        .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn ways() -> String {
    relations([
        (
            "document",
            format!("{OFFICE}/officeDocument"),
            "word/document.xml".to_owned(),
        ),
        (
            "core",
            format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml".to_owned(),
        ),
        (
            "app",
            format!("{OFFICE}/extended-properties"),
            "docProps/app.xml".to_owned(),
        ),
    ])
}

fn ways_of_document(charts: usize) -> String {
    let names: Vec<String> = (1..=charts).map(|n| format!("chart{n}")).collect();
    let own = ["styles", "settings", "fontTable"]
        .map(|name| (name, format!("{OFFICE}/{name}"), format!("{name}.xml")));
    let theme = ("theme", format!("{OFFICE}/theme"), "theme/theme1.xml".to_owned());
    let footer = ("footer", format!("{OFFICE}/footer"), "footer1.xml".to_owned());
    let charts = names.iter().map(|name| {
        (
            name.as_str(),
            format!("{OFFICE}/chart"),
            format!("charts/{name}.xml"),
        )
    });
    relations(own.into_iter().chain([theme, footer]).chain(charts))
}

fn ways_of_chart(n: usize) -> String {
    relations([(
        "numbers",
        format!("{OFFICE}/package"),
        format!("../embeddings/numbers{n}.xlsx"),
    )])
}

fn fonts() -> String {
    format!(
        "{XML}<w:fonts xmlns:w=\"{MAIN}\"><w:font w:name=\"Arial\"><w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>\
         <w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    )
}

fn settings() -> String {
    // Mode 15 is that of Word 2013 and later; without it Word opens the paper in the mode of 2007.
    format!(
        "{XML}<w:settings xmlns:w=\"{MAIN}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"en-GB\"/></w:settings>"
    )
}

fn footer() -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let (page, pages) = (field("PAGE"), field("NUMPAGES"));
    format!(
        "{XML}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Page </w:t></w:r>\
         {page}<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>{pages}</w:p></w:ftr>"
    )
}

fn core(title: &str, date: Option<Timestamp>) -> String {
    let date = date.map_or_else(String::new, |date| {
        ["created", "modified"]
            .map(|what| format!("<dcterms:{what} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{what}>"))
            .concat()
    });
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>findings {}</dc:creator><dc:language>en-GB</dc:language>{date}</cp:coreProperties>",
        quick_xml::escape::escape(title),
        env!("CARGO_PKG_VERSION")
    )
}

fn app() -> String {
    format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>findings</Application></Properties>"
    )
}
