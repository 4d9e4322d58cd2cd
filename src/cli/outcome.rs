//! How a run ends, and the exit code for it.

use std::io;
use std::process::ExitCode;

use super::inputs::Unread;
use super::messages;

/// A run that did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Done, but some documents could not be read; they have been named.
    Partly,
    /// Done, but a check ended with a finding against it, which has been named.
    Against,
}

/// Why nothing was done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A wrong call, or a call for help.
    Call(clap::Error),
    /// Wrong rules, or a document that was the only one.
    Library(findings::Error),
    /// Documents were given, but none could be read; each has been named.
    NothingRead,
    /// Something else, said in one line.
    Other(String),
    /// Whoever read the output has stopped reading: nobody is left to be told.
    ClosedPipe,
}

impl Stop {
    /// `target` could not be written.
    pub(crate) fn not_written(target: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Other(format!("cannot write {target}: {error}")),
        }
    }

    /// Tells the user and gives the exit code.
    pub(crate) fn tell(self) -> ExitCode {
        match self {
            Self::Call(error) => {
                // If not even the message can be written, the code still tells.
                let _ = error.print();
                return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            }
            Self::ClosedPipe => return ExitCode::SUCCESS,
            Self::Library(error) => messages::error(&error),
            Self::NothingRead => messages::error(&"no document could be read"),
            Self::Other(message) => messages::error(&message),
        }
        ExitCode::from(2)
    }
}

/// Where the document is the only one.
impl From<Unread> for Stop {
    fn from(unread: Unread) -> Self {
        Self::Other(unread.message)
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Partly | Outcome::Against => Self::from(1),
        }
    }
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Self::Call(error)
    }
}

impl From<findings::Error> for Stop {
    fn from(error: findings::Error) -> Self {
        Self::Library(error)
    }
}
