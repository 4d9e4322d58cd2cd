//! Results that are written as a whole: in which format, and where.

use std::path::{Path, PathBuf};

use findings::report::{WholeFormat, pick_columns};

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

/// Columns can be chosen of CSV only.
pub(crate) fn check_columns(columns: &[String], format: &str) -> Result<(), String> {
    if columns.is_empty() || format == "csv" {
        Ok(())
    } else {
        Err(format!("--columns is for csv, not for {format}"))
    }
}

/// CSV with these columns only, or as it is where none are named.
pub(crate) fn with_columns(csv: Vec<u8>, columns: &[String]) -> Result<Vec<u8>, Stop> {
    if columns.is_empty() {
        return Ok(csv);
    }
    pick_columns(&csv, columns).map_err(Stop::Other)
}

/// Writes a result, with these columns only where some are named.
pub(crate) fn write<T: ?Sized>(
    result: &T,
    format: &WholeFormat<T>,
    columns: &[String],
    target: Option<&PathBuf>,
) -> Result<(), Stop> {
    if !columns.is_empty() {
        let mut csv = Vec::new();
        let name = target.map_or_else(|| "standard output".into(), |path| path.to_string_lossy());
        (format.write)(result, &mut csv).map_err(|error| Stop::not_written(&name, &error))?;
        let picked = with_columns(csv, columns)?;
        let mut output = Output::open(target.map(PathBuf::as_path), false)?;
        output.write(|out| out.write_all(&picked))?;
        return output.finish();
    }
    let mut output = Output::open(target.map(PathBuf::as_path), format.coloured)?;
    output.write(|out| (format.write)(result, out))?;
    output.finish()
}
