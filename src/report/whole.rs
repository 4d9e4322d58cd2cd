//! Formats of results that are there as a whole: visits, comparisons, groups.
//!
//! To add one, write one file with a `FORMAT` and add one line to the list in the folder's `mod.rs`.

use std::io::{self, Write};

/// A format of a result: its name, how its files are called, and how it is written.
pub struct WholeFormat<T: ?Sized> {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Endings of file names that stand for it, in lower case without the dot.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its bytes hold ANSI escape sequences for colour, which the one who writes them has to take out where
    /// no colour is wanted.
    pub coloured: bool,
    /// Writes the result.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub write: fn(&T, &mut dyn Write) -> io::Result<()>,
}

impl<T: ?Sized> WholeFormat<T> {
    /// The format of that name in a list.
    pub fn named<'f>(formats: &'f [Self], name: &str) -> Option<&'f Self> {
        formats.iter().find(|format| format.name == name)
    }

    /// The format in a list that a file name's ending (without the dot, in any case) stands for.
    pub fn for_ending<'f>(formats: &'f [Self], ending: &str) -> Option<&'f Self> {
        formats.iter().find(|format| {
            let known = |known: &str| known.eq_ignore_ascii_case(ending);
            format.endings.iter().any(|ending| known(ending))
        })
    }
}

impl<T: ?Sized> std::fmt::Debug for WholeFormat<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WholeFormat")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// JSON for people who look into it, with a line break at its end.
pub(super) fn json<T: serde::Serialize + ?Sized>(result: &T, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, result)?;
    out.write_all(b"\n")
}

/// One line of JSON for each of several results.
pub(super) fn json_lines<T: serde::Serialize>(results: &[T], out: &mut dyn Write) -> io::Result<()> {
    for result in results {
        serde_json::to_writer(&mut *out, result)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
