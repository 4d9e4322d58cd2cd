//! `findings text`: the text of a document as it was read, or a step of the work on it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use findings::report::visible_text;
use findings::{Rules, Stage};

use super::inputs::Input;
use super::outcome::{Outcome, Stop};
use super::{contained, messages, output};

/// Print the text of a document: what the offsets in all outputs count in
///
/// For a plain-text file that is the file itself, decoded; for every other format the extracted words in reading
/// order.
#[derive(Args, Debug)]
pub(crate) struct Text {
    /// The document; - for standard input
    file: PathBuf,
    /// Show a step of the work instead
    #[arg(long, value_enum)]
    stage: Option<Step>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Step {
    /// Blocks of text with the pages they stand on
    Pages,
    /// Headings and what part of the document each opens
    Sections,
    /// Sentences and items of lists
    Sentences,
    /// Stretches of sentences with one bearing
    Clauses,
    /// Every cue seen, with its rule
    Matches,
}

impl Text {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let rules = rules()?;
        if self.file.is_dir() {
            return Err(Stop::Other(format!(
                "{} is a folder; name one document",
                self.file.display()
            )));
        }
        let source = Input::from(self.file.clone()).open()?;
        let reading = contained::read(&rules, &source)?;
        for warning in &reading.warnings {
            messages::warning(&reading.document, warning);
        }
        let mut text = self.stage.map_or_else(
            || reading.text.printed.clone(),
            |step| findings::stage::stage(&rules, &reading, step.into()),
        );
        if !text.ends_with('\n') {
            text.push('\n');
        }
        // In a file or a pipe every character stays: others count in it.
        output::print(&if output::on_terminal() {
            visible_text(&text)
        } else {
            text.as_str().into()
        })?;
        Ok(Outcome::Done)
    }
}

impl From<Step> for Stage {
    fn from(step: Step) -> Self {
        match step {
            Step::Pages => Self::Pages,
            Step::Sections => Self::Sections,
            Step::Sentences => Self::Sentences,
            Step::Clauses => Self::Clauses,
            Step::Matches => Self::Matches,
        }
    }
}
