//! `findings report --template`: the user's own form of a report.

use std::path::{Path, PathBuf};

use clap::Args;
use findings::report::Bundle;
use findings::report::template::{SHIPPED, Shipped, Template};

use super::outcome::Stop;
use super::output::Output;

/// Which template, if any.
#[derive(Args, Debug)]
pub(crate) struct Templates {
    /// Write by this template instead: a file, or one that comes with the program (board-paper, briefing)
    ///
    /// Templates are MiniJinja; docs/templates.md lists the variables. What a template writes is escaped for the kind of
    /// file that its name ends in: html, md, json, or anything else as it is.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
    /// Print a template that comes with the program, to begin one's own from
    #[arg(long, value_name = "NAME", value_parser = shipped, exclusive = true)]
    print_template: Option<&'static Shipped>,
}

fn shipped(name: &str) -> Result<&'static Shipped, String> {
    SHIPPED
        .iter()
        .find(|shipped| shipped.name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = SHIPPED.iter().map(|shipped| shipped.name).collect();
            format!("templates that come with the program: {}", names.join(", "))
        })
}

impl Templates {
    /// Prints a shipped template where that is asked for; `None` where it is not.
    pub(crate) fn print(&self) -> Option<Result<(), Stop>> {
        self.print_template
            .map(|shipped| super::output::print(shipped.source))
    }

    /// The template that the report goes by, if any.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn open(&self) -> Result<Option<Template>, Stop> {
        Ok(self.template.as_deref().map(Template::open).transpose()?)
    }
}

/// Writes the report that a template makes.
///
/// # Errors
/// Where the template holds a mistake, or the output cannot be written.
pub(crate) fn write(template: &Template, bundle: &Bundle<'_>, target: Option<&Path>) -> Result<(), Stop> {
    let report = template.render(bundle)?;
    let mut output = Output::open(target, false)?;
    output.write(|out| out.write_all(report.as_bytes()))?;
    output.finish()
}
