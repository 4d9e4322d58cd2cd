//! `findings agree`: how well readers agree with one another.

mod text;

use std::path::PathBuf;

use clap::Args;
use findings::Rules;
use findings::agree::{Agreement, Rater, agree};
use findings::bootstrap::Draws;

use super::Arguments;
use super::labels::{Docs, Format, labels};
use super::outcome::{Outcome, Stop};
use super::output::Output;

/// Disagreements that are shown where nothing is asked for.
const SHOWN: usize = 10;

/// Measure how well people, or a person and the rules, agree: what they differ on, then coefficients
///
/// Cohen's kappa, Krippendorff's alpha and Gwet's AC1, for polarity, source, time, change, and for each theme whether it is
/// there and what is said of it. What they mean is told in docs/gold.md.
#[derive(Args, Debug)]
pub(crate) struct Agree {
    /// Two or more files of labels: JSON Lines, CSV with the columns id, polarity, labels, or what `findings tag --format
    /// jsonl` writes; - for standard input
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    docs: Docs,
    /// How results look [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show so many sentences that readers differ on [default: a few in text, all in json]
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Draw so often for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Agree {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        if self.labels.len() < 2 {
            return Err(Arguments::wrong_call(
                Some("agree"),
                "one file cannot disagree: name two or more files of labels",
            ));
        }
        let mut raters = Vec::with_capacity(self.labels.len());
        for path in &self.labels {
            let mut sentences = labels(path)?;
            self.docs.keep(&mut sentences)?;
            raters.push(Rater {
                name: path.to_string_lossy().into_owned(),
                sentences,
            });
        }
        let themes: Vec<String> = rules()?.themes().map(|theme| theme.id.clone()).collect();
        let draws = Draws {
            draws: self.draws,
            seed: self.seed,
        };
        self.write(agree(&raters, &themes, draws)?)?;
        Ok(Outcome::Done)
    }

    fn write(&self, mut agreement: Agreement) -> Result<(), Stop> {
        let format = Format::chosen(self.format, self.output.as_deref());
        let mut output = Output::open(self.output.as_deref(), format == Format::Text)?;
        match format {
            Format::Text => {
                output.write(|out| text::write(&agreement, self.errors.unwrap_or(SHOWN), out))?;
            }
            Format::Json => {
                agreement
                    .disagreements
                    .truncate(self.errors.unwrap_or(usize::MAX));
                output.write(|out| {
                    serde_json::to_writer_pretty(&mut *out, &agreement)?;
                    writeln!(out)
                })?;
            }
        }
        output.finish()
    }
}
