//! The program `findings`: reads the command line, does what it asks, and says by its exit code how that went.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = cli::as_reader() {
        return code;
    }
    match cli::Arguments::read().and_then(cli::Arguments::run) {
        Ok(outcome) => outcome.into(),
        Err(stop) => stop.tell(),
    }
}
