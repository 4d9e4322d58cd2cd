//! An agreement as tables for reading: what readers differ on stands before any coefficient.

use std::io::{self, Write};

use anstyle::Style;
use findings::agree::{Agreement, Differing, Measured, Pair, Rating, Scale};
use findings::report::visible_line;

use super::super::labels::{count, estimate, method};

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Writes it, with so many sentences that readers differ on.
pub(super) fn write(agreement: &Agreement, most: usize, out: &mut dyn Write) -> io::Result<()> {
    head(agreement, out)?;
    polarity(agreement, out)?;
    themes(agreement, out)?;
    sentences(agreement, most, out)?;
    coefficients(agreement, out)
}

/// `A`, `B`, and so on; numbers where letters run out.
fn letter(rater: usize) -> String {
    match u8::try_from(rater) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => format!("#{}", rater + 1),
    }
}

fn head(agreement: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    for (n, rater) in agreement.raters.iter().enumerate() {
        let alone = agreement.alone.get(n).copied().unwrap_or_default();
        writeln!(
            out,
            "{} = {}{DIM}; {} labelled by it alone{DIM:#}",
            letter(n),
            visible_line(rater),
            count(alone, "sentence")
        )?;
    }
    writeln!(
        out,
        "{} of {}. Unit: {}.",
        count(agreement.units, "unit"),
        count(agreement.documents, "document"),
        agreement.unit
    )?;
    writeln!(out, "Left out or empty: {}.", agreement.empty)
}

/// The tables of polarity, one for each pair of readers.
fn polarity(agreement: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    let scale = agreement
        .scales
        .iter()
        .find(|scale| scale.measured == Measured::Polarity);
    let Some(scale) = scale else { return Ok(()) };
    for pair in &scale.pairs {
        let (one, other) = (letter(pair.one), letter(pair.other));
        writeln!(
            out,
            "\n{HEADING}Polarity{HEADING:#} {DIM}({one} down, {other} across){DIM:#}"
        )?;
        table(scale, pair, out)?;
    }
    Ok(())
}

fn table(scale: &Scale, pair: &Pair, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "  {:<10}", "")?;
    for value in &scale.values {
        write!(out, "{value:>10}")?;
    }
    writeln!(out)?;
    for (value, row) in scale.values.iter().zip(&pair.table) {
        write!(out, "  {value:<10}")?;
        for count in row {
            write!(out, "{count:>10}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// How often each reader names each theme, and how often they differ.
fn themes(agreement: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    let raters = agreement.raters.len();
    writeln!(
        out,
        "\n{HEADING}Themes{HEADING:#} {DIM}(sentences in which each names the theme; in which they differ on it){DIM:#}"
    )?;
    write!(out, "  {:<20}", "")?;
    for rater in 0..raters {
        write!(out, "{:>7}", letter(rater))?;
    }
    writeln!(out, "{:>10}{:>10}", "presence", "polarity")?;
    for scale in &agreement.scales {
        let Measured::Theme(theme) = &scale.measured else {
            continue;
        };
        write!(out, "  {:<20}", visible_line(theme))?;
        for given in &scale.given {
            write!(out, "{:>7}", given.first().copied().unwrap_or_default())?;
        }
        let of_polarity = agreement
            .scales
            .iter()
            .find(|other| matches!(&other.measured, Measured::ThemePolarity(same) if same == theme));
        writeln!(
            out,
            "{:>10}{:>10}",
            scale.differing,
            of_polarity.map_or(0, |scale| scale.differing)
        )?;
    }
    Ok(())
}

fn sentences(agreement: &Agreement, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let all = &agreement.disagreements;
    if most == 0 || all.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{HEADING}Disagreements{HEADING:#} {DIM}(on {} of {} sentences){DIM:#}",
        all.len(),
        agreement.units
    )?;
    for unit in all.iter().take(most) {
        sentence(unit, out)?;
    }
    if all.len() > most {
        writeln!(out, "  {DIM}and {} more{DIM:#}", all.len() - most)?;
    }
    Ok(())
}

fn sentence(unit: &Differing, out: &mut dyn Write) -> io::Result<()> {
    let on: Vec<_> = unit.on.iter().map(|on| visible_line(on)).collect();
    writeln!(
        out,
        "  {DIM}{}{DIM:#} {} {DIM}({}){DIM:#}",
        visible_line(&unit.id),
        visible_line(&unit.text),
        on.join(", ")
    )?;
    for (n, rating) in unit.ratings.iter().enumerate() {
        let said = rating.as_ref().map_or_else(|| "nothing".to_owned(), values);
        writeln!(out, "    {} {said}", letter(n))?;
    }
    Ok(())
}

/// `concern; plans:concern; past`: what is usual is left out.
fn values(rating: &Rating) -> String {
    let mut parts = vec![rating.polarity.to_string()];
    let themes: Vec<_> = rating
        .themes
        .iter()
        .map(|rating| format!("{}:{}", visible_line(&rating.theme), rating.polarity))
        .collect();
    parts.push(if themes.is_empty() {
        "no theme".to_owned()
    } else {
        themes.join(" ")
    });
    for (value, usual) in [
        (rating.source.name(), "inspector"),
        (rating.time.name(), "current"),
        (rating.change.name(), "none"),
    ] {
        if value != usual {
            parts.push(value.to_owned());
        }
    }
    parts.join("; ")
}

fn coefficients(agreement: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    let kappa = if agreement.raters.len() > 2 {
        " Cohen's kappa (mean)"
    } else {
        " Cohen's kappa"
    };
    type Kind = fn(&Measured) -> bool;
    let kinds: [(&str, Kind); 3] = [
        ("Agreement on the sentence", |measured| {
            !matches!(measured, Measured::Theme(_) | Measured::ThemePolarity(_))
        }),
        ("Agreement on whether a theme is there", |measured| {
            matches!(measured, Measured::Theme(_))
        }),
        ("Agreement on what is said of a theme", |measured| {
            matches!(measured, Measured::ThemePolarity(_))
        }),
    ];
    for (title, kind) in kinds {
        writeln!(out, "\n{HEADING}{title}{HEADING:#}")?;
        writeln!(
            out,
            "  {:<20}{:>6}  {:<24}{:<24}{:<24} Gwet's AC1",
            "", "units", " raw agreement", kappa, " Krippendorff's alpha"
        )?;
        for scale in agreement.scales.iter().filter(|scale| kind(&scale.measured)) {
            let figures = [scale.agreement, scale.kappa, scale.alpha, scale.ac1];
            let figures: Vec<_> = figures
                .iter()
                .map(|figure| format!("{:<24}", estimate(*figure)))
                .collect();
            writeln!(
                out,
                "  {:<20}{:>6}  {}",
                visible_line(&scale.measured.name()),
                scale.units,
                figures.concat().trim_end()
            )?;
        }
    }
    writeln!(out, "\n{DIM}{}{DIM:#}", method(&agreement.intervals))
}
