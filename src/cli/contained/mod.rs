//! Documents of others, read so that none can break or hold up the run.
//!
//! In: a document. Out: its words, or why there are none. The readers of PDF, Word, OpenDocument and HTML unpack and follow
//! what a file tells them to, and a hostile file of a few kilobytes can make them take minutes and gigabytes. So they work
//! in a process of their own, this same program, under limits of time and memory; where one runs away it is ended, the document
//! is named as unread and the run goes on. Such a process reads one document after another, since starting one costs more
//! than most letters do. Plain text is read in place: its reader takes time and memory in proportion to the text.

mod child;
mod pool;

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use clap::Args;
use findings::error::{Limit, Reason};
use findings::extract::{Extract, Limits, extract_within};
use findings::report::visible_line;
use findings::source::Format;
use findings::{Error, Reading, Rules, Source};

use super::inputs::Unread;

pub(crate) use child::{NAME, run};

/// A letter takes a fraction of a second, the longest report known a few.
const SECONDS: u32 = 60;
/// Three times what the process takes before it reads.
const MEGABYTES: u32 = 1024;

/// What a document may cost. The same for every command that reads documents.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Limits on a document")]
pub(crate) struct Bounds {
    /// Largest file, and largest part unpacked from one, in MB
    #[arg(long, value_name = "MB", global = true, display_order = 95, hide_short_help = true, default_value_t = mb(Limits::default().bytes), value_parser = clap::value_parser!(u32).range(1..))]
    max_size: u32,
    /// Most pages of a PDF
    #[arg(long, value_name = "N", global = true, display_order = 95, hide_short_help = true, default_value_t = small(Limits::default().pages), value_parser = clap::value_parser!(u32).range(1..))]
    max_pages: u32,
    /// Most elements of HTML or XML inside one another
    #[arg(long, value_name = "N", global = true, display_order = 95, hide_short_help = true, default_value_t = small(Limits::default().depth), value_parser = clap::value_parser!(u32).range(1..))]
    max_depth: u32,
    /// Longest time that taking the text out of a document may last, in seconds
    #[arg(long, value_name = "S", global = true, display_order = 95, hide_short_help = true, default_value_t = SECONDS, value_parser = clap::value_parser!(u32).range(1..))]
    max_seconds: u32,
    /// Most memory that taking the text out of a document may need, in MB
    ///
    /// Counts the address space of the process that does it, some 300 MB of which are never touched. Not kept on Windows and macOS.
    #[arg(long, value_name = "MB", global = true, display_order = 95, hide_short_help = true, default_value_t = MEGABYTES, value_parser = clap::value_parser!(u32).range(512..))]
    max_memory: u32,
    /// Read documents in this process, without limits of time and memory
    ///
    /// For documents from hands that you trust, where no further process may be started.
    #[arg(long, global = true, display_order = 95, hide_short_help = true)]
    in_process: bool,
}

fn mb(bytes: usize) -> u32 {
    small(bytes >> 20)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Bounds {
    fn limits(&self) -> Limits {
        Limits {
            bytes: wide(self.max_size).saturating_mul(1 << 20),
            pages: wide(self.max_pages),
            depth: wide(self.max_depth),
        }
    }

    fn time(&self) -> Duration {
        Duration::from_secs(self.max_seconds.into())
    }
}

/// Asked for once, on the command line, as colour is; readers deep inside commands need not be told.
static BOUNDS: OnceLock<Bounds> = OnceLock::new();

/// Sets what documents may cost in this run.
pub(crate) fn set(bounds: Bounds) {
    // A second command line in one process does not exist.
    let _ = BOUNDS.set(bounds);
}

fn bounds() -> &'static Bounds {
    BOUNDS.get_or_init(|| Bounds {
        max_size: mb(Limits::default().bytes),
        max_pages: small(Limits::default().pages),
        max_depth: small(Limits::default().depth),
        max_seconds: SECONDS,
        max_memory: MEGABYTES,
        in_process: false,
    })
}

/// What documents may cost, in words that differ where the limits do.
pub(crate) fn limits() -> String {
    format!("{:?}", bounds())
}

/// The largest document that is read, in bytes.
pub(crate) fn most_bytes() -> usize {
    bounds().limits().bytes
}

/// Ends the processes that read documents, at the end of the run.
pub(crate) fn finish() {
    pool::rest();
}

/// A file as a document.
///
/// # Errors
/// Where it cannot be read, is too large, or of a kind that is not read.
pub(crate) fn open(path: &Path) -> Result<Source, Unread> {
    Source::open_within(path, most_bytes()).map_err(|error| unread(&path.to_string_lossy(), &error))
}

/// Reads a document by the rules.
///
/// # Errors
/// Where no text can be had from it within the limits.
pub(crate) fn read(rules: &Rules, source: &Source) -> Result<Reading, Unread> {
    Ok(rules.read_extract(source, extract(source)?))
}

/// Takes the text out of a document.
///
/// # Errors
/// As [`read`].
pub(crate) fn extract(source: &Source) -> Result<Extract, Unread> {
    let bounds = bounds();
    if bounds.in_process || source.format == Format::Text {
        return extract_within(source, &bounds.limits()).map_err(|error| unread(&source.name, &error));
    }
    pool::extract(source, bounds).map_err(|reason| Unread {
        message: one_line(&format!("cannot read {}: {reason}", source.name)),
        name: source.name.clone(),
    })
}

/// A document that could not be read, with the option by which it might be.
pub(crate) fn unread(name: &str, error: &Error) -> Unread {
    let message = match error {
        Error::Document { reason, .. } => format!("cannot read {name}: {}", told(reason)),
        error => error.to_string(),
    };
    Unread {
        name: name.to_owned(),
        message: one_line(&message),
    }
}

/// A name may hold line breaks, and what stands behind one would look like a message of its own.
fn one_line(message: &str) -> String {
    visible_line(message).into_owned()
}

/// A reason; where a limit was passed, with the option that sets it.
fn told(reason: &Reason) -> String {
    let option = match reason {
        Reason::TooLarge { limit, .. } => match limit {
            Limit::Bytes => "--max-size",
            Limit::Pages => "--max-pages",
            Limit::Depth => "--max-depth",
            Limit::Characters => return reason.to_string(),
        },
        reason => return reason.to_string(),
    };
    format!("{reason} (set by {option})")
}
