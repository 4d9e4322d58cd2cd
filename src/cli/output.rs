//! Where bytes go: standard output, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use tempfile::TempPath;

use super::outcome::Stop;
use super::shown::Shown;

/// Bytes that are held back until there are so many.
const HELD: usize = 1 << 16;

/// An output that is open. A file appears under its name only by [`Output::finish`].
pub(crate) struct Output {
    /// What messages call it.
    name: String,
    sink: BufWriter<Box<dyn Write>>,
    part: Option<Part>,
}

/// A file in the making, beside the one that it will replace. Without [`Part::persist`] it goes away.
struct Part {
    file: File,
    path: TempPath,
    target: PathBuf,
}

impl Output {
    /// Opens standard output (`None` and `-`) or begins a file. `coloured` says that bytes may hold escape sequences.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(crate) fn open(target: Option<&Path>, coloured: bool) -> Result<Self, Stop> {
        let Some(path) = target.filter(|path| *path != Path::new("-")) else {
            let name = "standard output".to_owned();
            return Ok(Self {
                name,
                sink: BufWriter::with_capacity(HELD, sink(io::stdout(), coloured)),
                part: None,
            });
        };
        let name = path.to_string_lossy().into_owned();
        let (file, part) = begin(path).map_err(|error| Stop::not_written(&name, &error))?;
        Ok(Self {
            name,
            sink: BufWriter::with_capacity(HELD, sink(file, coloured)),
            part,
        })
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Writes through `write`, and turns its failure into the end of the run.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Stop> {
        write(&mut self.sink).map_err(|error| Stop::not_written(&self.name, &error))
    }

    /// Sends out what is held back.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        self.write(|out| out.flush())
    }

    /// Ends the output: a file now stands under its name.
    ///
    /// # Errors
    /// Where the output cannot be written; then the file is as it was before.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        self.flush()?;
        match self.part {
            Some(part) => part
                .persist()
                .map_err(|error| Stop::not_written(&self.name, &error)),
            None => Ok(()),
        }
    }
}

/// Prints to standard output.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut output = Output::open(None, false)?;
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.finish()
}

/// Whether standard output is a terminal.
pub(crate) fn on_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Escape sequences are kept or taken out as `out` and the user want it. What has none of its own may have those of a document.
fn sink<W: RawStream + AsLockedWrite + 'static>(out: W, coloured: bool) -> Box<dyn Write> {
    if coloured {
        Box::new(AutoStream::auto(out))
    } else if out.is_terminal() {
        Box::new(Shown::new(out))
    } else {
        Box::new(out)
    }
}

/// Where to write, and the file in the making if there is one: what is no file (/dev/null, a named pipe) cannot be
/// replaced and is written as it is.
fn begin(path: &Path) -> io::Result<(File, Option<Part>)> {
    // A link stays a link: the file that it names is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return Ok((File::options().write(true).open(&target)?, None));
    }
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("there is no folder {}", folder.display()),
        ));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".findings-").suffix(".part");
    // A temporary file is closed to others by default; an output is a file like any other.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let (file, path) = builder
        .tempfile_in(folder)
        .map_err(|error| io::Error::from(error.kind()))?
        .into_parts();
    if let Some(before) = before {
        file.set_permissions(before.permissions())?;
    }
    Ok((file.try_clone()?, Some(Part { file, path, target })))
}

impl Part {
    fn persist(self) -> io::Result<()> {
        self.file.sync_all()?;
        self.path.persist(&self.target).map_err(|error| error.error)
    }
}
