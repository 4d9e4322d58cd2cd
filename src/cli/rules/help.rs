//! `findings rules help`: what a code of `findings rules check` means.

use clap::Args;
use findings::check::{Page, page, pages};

use crate::cli::outcome::{Outcome, Stop};
use crate::cli::{Arguments, output};

/// Say what a code of `findings rules check` means, with an example that is wrong and one that is right
///
/// Without a code, all codes in a line each.
#[derive(Args, Debug)]
pub(crate) struct Help {
    /// The code, such as E202
    code: Option<String>,
}

impl Help {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        let text = match &self.code {
            None => pages()
                .map(|Page { code, title, .. }| format!("{code}  {title}\n"))
                .collect(),
            Some(code) => {
                let Some(Page { code, title, text }) = page(code) else {
                    let message = format!("there is no code '{code}'; `findings rules help` lists all codes");
                    return Err(Arguments::wrong_call(Some("rules"), message));
                };
                format!("{code}: {title}\n\n{text}\n")
            }
        };
        output::print(&text)?;
        Ok(Outcome::Done)
    }
}
