//! A paper for a board, as a Word document: the comparison in words and tables, with a chart for each authority and the
//! inspectors' own sentences, each with its document, page and paragraph.
//!
//! The text is a template, [`document.xml`](TEMPLATE); this file fills it and packs it with what Word wants beside it. The
//! chart is the one of the workbook, with its numbers packed along, so that it can be changed in Word.

mod chart;
mod package;
mod view;

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, escape_formatter};

use super::{Bundle, BundleFormat};
use crate::report::visible_line;

pub(super) const FORMAT: BundleFormat = BundleFormat {
    name: "docx",
    endings: &["docx"],
    about: "a paper for a board: tables, charts and quotations",
    readings: false,
    binary: true,
    write: |bundle, out| write(bundle, out),
};

const TEMPLATE: &str = include_str!("document.xml");

fn write(bundle: &Bundle<'_>, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let (view, charts) = view::view(bundle);
    let text = render(&view)?;
    let charts: Vec<chart::Parts> = charts.iter().map(chart::parts).collect::<io::Result<_>>()?;
    out.write_all(&package::package(&text, view.title(), bundle.made.date, &charts)?)?;
    Ok(Vec::new())
}

fn render(view: &impl serde::Serialize) -> io::Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .map_err(io::Error::other)?;
    environment.set_syntax(syntax);
    // What HTML escapes, XML reads alike: its five letters, by name or number.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(visible);
    environment.remove_filter("safe");
    environment
        .render_named_str("document.xml", TEMPLATE, Serde(view))
        .map_err(io::Error::other)
}

/// Control characters as pictures of themselves, and none that XML has no way to say; then escaping.
fn visible(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            let shown = visible_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
            escape_formatter(out, state, &Value::from(shown))
        }
        _ => escape_formatter(out, state, value),
    }
}
