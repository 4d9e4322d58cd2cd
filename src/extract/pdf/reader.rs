//! Letters of a PDF by way of `hayro-interpret`: the one place that knows this library.
//!
//! In: bytes. Out: [`Page`]s of letters. Does not decide which letters make a word, a line or a paragraph.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, InterpreterWarning, RenderContent, SoftMask, TransformExt, interpret_page,
};

use super::glyphs::{Glyph, Glyphs, Page, Place};
use super::tags::Tags;
use crate::error::Reason;

/// Letters on one page beyond this are left out. A full page has some 4,000; a file with this many is hostile.
const MAX_GLYPHS_PER_PAGE: usize = 200_000;

/// An open file.
pub(crate) struct Reader<'p> {
    pdf: &'p Pdf,
    tags: Tags,
    cache: InterpreterCache<'p>,
    settings: InterpreterSettings,
    lost_fonts: Arc<AtomicUsize>,
}

/// Parses the file's frame: its table of objects and its pages.
///
/// # Errors
/// [`Reason::Encrypted`], [`Reason::Damaged`].
pub(crate) fn open(bytes: &[u8]) -> Result<Pdf, Reason> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => Reason::Encrypted,
        LoadPdfError::Decryption(_) => Reason::Damaged("its encryption cannot be understood".to_owned()),
        LoadPdfError::Invalid => Reason::Damaged("no pages can be found in it".to_owned()),
    })
}

impl<'p> Reader<'p> {
    pub(crate) fn new(pdf: &'p Pdf) -> Self {
        let lost_fonts = Arc::new(AtomicUsize::new(0));
        let lost = Arc::clone(&lost_fonts);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |warning| {
                if matches!(warning, InterpreterWarning::UnsupportedFont) {
                    lost.fetch_add(1, Ordering::Relaxed);
                }
            }),
            // Annotations are readers' comments, not the letter's words.
            render_content: RenderContent::PAGE,
            ..InterpreterSettings::default()
        };
        Self {
            pdf,
            tags: Tags::read(pdf),
            cache: InterpreterCache::new(),
            settings,
            lost_fonts,
        }
    }
}

impl Glyphs for Reader<'_> {
    fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    fn page(&mut self, index: usize) -> Page {
        let Some(page) = self.pdf.pages().get(index) else {
            return Page::default();
        };
        let (width, height) = page.render_dimensions();
        self.lost_fonts.store(0, Ordering::Relaxed);
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &self.cache,
            self.pdf.xref(),
            self.settings.clone(),
        );
        let mut collector = Collector {
            index,
            width,
            height,
            tags: &self.tags,
            glyphs: Vec::new(),
            marks: Vec::new(),
            run: 0,
        };
        interpret_page(page, &mut context, &mut collector);
        let glyphs = collector.glyphs;
        Page {
            height,
            glyphs,
            lost_fonts: self.lost_fonts.load(Ordering::Relaxed),
        }
    }
}

/// Takes down the letters of one page while it is being drawn.
struct Collector<'t> {
    index: usize,
    width: f32,
    height: f32,
    tags: &'t Tags,
    glyphs: Vec<Glyph>,
    marks: Vec<Mark>,
    run: u32,
}

/// One level of marked content; what the levels above say holds unless it says something itself.
#[derive(Clone, Default)]
struct Mark {
    artifact: bool,
    place: Option<Place>,
    /// The text that stands for everything drawn inside; given out with the first letter.
    actual: Option<String>,
    replaced: bool,
}

impl Device<'_> for Collector<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        // Text that is filled and outlined is drawn twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.glyphs.last().is_some_and(|last| last.run == self.run)
        {
            return;
        }
        self.run += 1;
        // All letters of a run are of one font.
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => char::REPLACEMENT_CHARACTER.to_string(),
            };
            let width = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(type3) => type3.advance_width(),
            };
            self.take(
                text,
                props.transform * glyph.transform(),
                width.unwrap_or(0.0),
                bold,
            );
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let above = self.marks.last().cloned().unwrap_or_default();
        let mcid = properties.and_then(|properties| properties.get::<i32>(b"MCID"));
        let actual = properties.and_then(|properties| properties.get::<object::String<'_>>(b"ActualText"));
        self.marks.push(Mark {
            artifact: above.artifact || tag == b"Artifact",
            place: mcid
                .and_then(|mcid| self.tags.place(self.index, mcid))
                .or(above.place),
            actual: above
                .actual
                .or_else(|| actual.map(|text| decode(text.as_bytes()))),
            replaced: above.replaced,
        });
    }

    fn end_marked_content(&mut self) {
        let Some(ended) = self.marks.pop() else { return };
        if let Some(mark) = self.marks.last_mut() {
            mark.replaced |= ended.replaced && mark.actual.is_some();
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {}
}

impl Collector<'_> {
    /// `width` counts thousandths of the font's size, as `transform` does.
    fn take(&mut self, mut text: String, transform: Affine, width: f32, bold: bool) {
        if self.glyphs.len() >= MAX_GLYPHS_PER_PAGE {
            return;
        }
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let (start, end) = (
            transform * Point::ZERO,
            transform * Point::new(f64::from(width), 0.0),
        );
        let size = (c.hypot(d) * 1000.0) as f32;
        let outside = |at: f64, limit: f32| at < -1.0 || at > f64::from(limit) + 1.0;
        if !(size.is_finite() && size > 0.1) || outside(start.x, self.width) || outside(start.y, self.height)
        {
            return;
        }
        let mark = self.marks.last_mut();
        if let Some(Mark {
            actual: Some(actual),
            replaced,
            ..
        }) = mark
        {
            text = if std::mem::replace(replaced, true) {
                String::new()
            } else {
                actual.clone()
            };
        }
        let mark = self.marks.last();
        // Text that runs up the page is measured along its own line.
        let turn = b.atan2(a);
        let (sin, cos) = if turn.abs() < 0.02 {
            (0.0, 1.0)
        } else {
            turn.sin_cos()
        };
        let along = |point: Point| (point.x * cos + point.y * sin) as f32;
        self.glyphs.push(Glyph {
            text,
            x: along(start),
            end: along(end),
            y: (start.y * cos - start.x * sin) as f32,
            size,
            bold,
            run: self.run,
            place: mark.and_then(|mark| mark.place),
            artifact: mark.is_some_and(|mark| mark.artifact),
        });
    }
}

fn is_bold(glyph: &Drawn<'_>) -> bool {
    // Type 1 and Type 3 fonts do not say; their text counts as not bold.
    let Drawn::Outline(outline) = glyph else {
        return false;
    };
    outline.font_data().is_some_and(|font| {
        let name = font.postscript_name.unwrap_or_default();
        font.weight.is_some_and(|weight| weight >= 600)
            || ["Bold", "bold", "Black", "Heavy", "Demi"]
                .iter()
                .any(|word| name.contains(word))
    })
}

/// A text string of the file: UTF-16 or UTF-8 with a mark at its beginning, else one byte a character.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded_by_their_mark() {
        assert_eq!(decode(b"\xFE\xFF\x00f\x00i\x20\x19"), "fi\u{2019}");
        assert_eq!(decode(b"\xEF\xBB\xBF\xE2\x80\x93"), "\u{2013}");
        assert_eq!(decode(b"plain"), "plain");
        assert_eq!(decode(b"\xFE\xFF\x00"), "");
    }
}
