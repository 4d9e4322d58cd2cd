//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Colours of the page, as a spreadsheet knows them: orange for concerns and blue for strengths, which readers who cannot
/// tell red from green tell apart.
pub(super) const BAD: Color = Color::RGB(0xD5_5E00);
pub(super) const GOOD: Color = Color::RGB(0x00_72B2);
pub(super) const BOTH: Color = Color::RGB(0x9B_5C99);
pub(super) const BAD_TINT: Color = Color::RGB(0xFC_EBDD);
pub(super) const GOOD_TINT: Color = Color::RGB(0xE3_EFF7);
pub(super) const BOTH_TINT: Color = Color::RGB(0xF3_E8F3);
pub(super) const BAND: Color = Color::RGB(0x12_3A5F);
pub(super) const MUTED: Color = Color::RGB(0x50_5A5F);

/// How cells look.
pub(super) struct Looks {
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) head: Format,
    pub(super) title: Format,
    pub(super) strong: Format,
    pub(super) muted: Format,
    pub(super) link: Format,
    pub(super) whole: Format,
    pub(super) decimal: Format,
    pub(super) percent: Format,
    pub(super) date: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            wrapped: top.clone().set_text_wrap(),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(Color::White)
                .set_background_color(BAND)
                .set_border_bottom(FormatBorder::Thin),
            title: Format::new().set_bold().set_font_size(14),
            strong: top.clone().set_bold(),
            muted: top.clone().set_font_color(MUTED),
            link: top.clone().set_hyperlink(),
            whole: top.clone().set_num_format("#,##0"),
            decimal: top.clone().set_num_format("+0.00;\u{2212}0.00;0.00"),
            percent: top.clone().set_num_format("0%"),
            date: top.clone().set_num_format("d mmm yyyy"),
            text: top,
        }
    }
}
