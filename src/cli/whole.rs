//! Results that are written as a whole: in which format, and where.

use std::path::{Path, PathBuf};

use findings::report::WholeFormat;

use super::outcome::Stop;
use super::output::{self, Output};

/// The format that is asked for: by name, else by the ending of the output's name, else text on a terminal and JSON
/// elsewhere.
pub(crate) fn format<'f, T: ?Sized>(
    formats: &'f [WholeFormat<T>],
    named: Option<&str>,
    target: Option<&Path>,
) -> Result<&'f WholeFormat<T>, String> {
    let by_name = |name: &str| WholeFormat::named(formats, name).ok_or_else(|| format!("no format '{name}'"));
    match (named, target.filter(|path| *path != Path::new("-"))) {
        (Some(name), _) => by_name(name),
        (None, None) => by_name(if output::on_terminal() { "text" } else { "json" }),
        (None, Some(path)) => {
            let ending = path
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            WholeFormat::for_ending(formats, ending).ok_or_else(|| {
                let known: Vec<&str> = formats
                    .iter()
                    .flat_map(|format| format.endings)
                    .copied()
                    .collect();
                format!(
                    "the ending of '{}' names no format ({}); add --format",
                    path.display(),
                    known.join(", ")
                )
            })
        }
    }
}

/// Writes a result.
pub(crate) fn write<T: ?Sized>(
    result: &T,
    format: &WholeFormat<T>,
    target: Option<&PathBuf>,
) -> Result<(), Stop> {
    let mut output = Output::open(target.map(PathBuf::as_path), format.coloured)?;
    output.write(|out| (format.write)(result, out))?;
    output.finish()
}
