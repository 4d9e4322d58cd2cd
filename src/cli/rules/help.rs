//! `findings rules help`: what a code of `findings rules check` means.

use clap::Args;

use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output;

/// Say what a code of `findings rules check` means, with an example that is wrong and one that is right
///
/// Without a code, all codes in a line each.
#[derive(Args, Debug)]
pub(crate) struct Help {
    /// The code, such as E101
    code: Option<String>,
}

impl Help {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        output::print(&format!("{:?}\n", self.code))?;
        Ok(Outcome::Done)
    }
}
