use crate::extract::Limits;
use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Element, Package, Visitor, walk};
use crate::error::{Limit, Reason};

/// An archive of the parts given.
pub(in super::super) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[derive(Default)]
struct Trace(String);

impl Visitor for Trace {
    fn open(&mut self, element: &Element<'_>) -> bool {
        self.0 += &format!("<{}{}>", element.name, element.get("v").unwrap_or_default());
        element.name != "x:skip"
    }

    fn close(&mut self, name: &str) {
        self.0 += &format!("</{name}>");
    }

    fn text(&mut self, text: &str) {
        self.0 += text;
    }
}

fn trace(xml: &str) -> Result<String, Reason> {
    let mut trace = Trace::default();
    walk("x.xml", xml, Limits::default().depth, &mut trace)?;
    Ok(trace.0)
}

#[test]
fn elements_text_and_entities() {
    let xml =
        "<?xml version='1.0'?><a x:v='1 &amp; 2'>b&amp;&#8217;&#x41;&nbsp;<!-- c --><![CDATA[<d>]]><e/></a>";
    assert_eq!(trace(xml).unwrap(), "<a1 & 2>b&’A<d><e></e></a>");
    assert_eq!(trace("<a>R & D</a>").unwrap(), "<a>R & D</a>");
}

#[test]
fn what_is_left_out_stays_out() {
    assert_eq!(
        trace("<a><x:skip>b<x:skip>c</x:skip>d</x:skip><x:skip/>e</a>").unwrap(),
        "<a><x:skip><x:skip>e</a>"
    );
}

#[test]
fn damage_is_named() {
    for xml in ["<a><b></a>", "<a>", "<a", "<x:skip>", "<a>b</a></c>"] {
        let Err(Reason::Damaged(why)) = trace(xml) else {
            panic!("{xml}")
        };
        assert!(why.contains("x.xml"), "{why}");
    }
    assert!(matches!(trace(&"<a>".repeat(5000)), Err(Reason::Damaged(_))));
}

#[test]
fn declared_entities_are_not_expanded() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><a>&c;&c;.</a>";
    assert_eq!(trace(bomb).unwrap(), "<a>.</a>");
}

#[test]
fn a_part_may_not_unpack_without_end() {
    let bytes = zip(&[("a.xml", &" ".repeat(2 << 20)), ("b.xml", "<b/>")]);
    let mut package = Package::open(
        &bytes,
        &Limits {
            bytes: 1 << 20,
            ..Limits::default()
        },
    )
    .unwrap();
    assert_eq!(
        package.part("a.xml"),
        Err(Reason::TooLarge {
            limit: Limit::Bytes,
            message: "its part a.xml unpacks to more than 1 MB".into()
        })
    );
    assert_eq!(package.part("b.xml").unwrap().as_deref(), Some("<b/>"));
    assert_eq!(package.part("c.xml"), Ok(None));
    assert!(matches!(package.needed("c.xml"), Err(Reason::Damaged(_))));
}

#[test]
fn archives_cut_short_are_damaged() {
    let bytes = zip(&[("a.xml", "<a/>")]);
    for end in 0..bytes.len() {
        let part =
            Package::open(&bytes[..end], &Limits::default()).and_then(|mut package| package.needed("a.xml"));
        assert!(matches!(part, Err(Reason::Damaged(_))), "{end}");
    }
}
