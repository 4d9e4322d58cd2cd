//! `findings eval`: labels measured against gold labels.

mod documents;
mod text;
mod wrong;

use std::path::PathBuf;

use clap::Args;
use findings::Rules;
use findings::eval::{Evaluation, Given, Options, evaluate};

use super::labels::{Docs, Format, labels};
use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::{Arguments, messages};

/// Disagreements that are shown where nothing is asked for.
const SHOWN: usize = 10;
/// How many of them of one rule.
const SHOWN_OF_A_RULE: usize = 3;

/// Measure labels against labels made by hand: how often right, where wrong, and which rule was to blame
///
/// Either runs the rules over the documents (--documents) or takes labels that somebody has made (LABELS). What the
/// figures mean and how gold labels are written is told in docs/gold.md.
#[derive(Args, Debug)]
pub(crate) struct Eval {
    /// Gold labels: JSON Lines, or CSV with the columns id, polarity, labels; - for standard input
    gold: PathBuf,
    /// Labels to measure, in the same forms or as `findings tag --format jsonl` writes them; - for standard input
    labels: Option<PathBuf>,
    /// Run the rules over the documents of this folder that gold names
    ///
    /// Gold names a document without folder and ending. Where several have that name, plain text is taken.
    #[arg(long, value_name = "DIR", conflicts_with = "labels")]
    documents: Option<PathBuf>,
    #[command(flatten)]
    docs: Docs,
    /// How results look [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show so many disagreements, worst rule first [default: a few in text, all in json]
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Show only disagreements on labels of this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// End with exit code 1 where a figure is below its floor, such as finding_f1=0.72,polarity_accuracy=0.9
    ///
    /// Names of figures are those of --format json.
    #[arg(long, value_name = "FIGURE=FLOOR", value_delimiter = ',', value_parser = floor)]
    floor: Vec<(String, f64)>,
    /// Draw so often for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn floor(text: &str) -> Result<(String, f64), String> {
    let (name, floor) = text
        .split_once('=')
        .ok_or_else(|| format!("'{text}' is not FIGURE=FLOOR, such as finding_f1=0.72"))?;
    let floor: f64 = floor
        .trim()
        .parse()
        .ok()
        .filter(|floor| (0.0..=1.0).contains(floor))
        .ok_or_else(|| format!("'{floor}' is no number from 0 to 1"))?;
    let names = findings::eval::FIGURES;
    if !names.contains(&name.trim()) {
        return Err(format!("'{name}' is no figure; figures: {}", names.join(", ")));
    }
    Ok((name.trim().to_owned(), floor))
}

impl Eval {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        if self.labels.is_none() && self.documents.is_none() {
            return Err(Arguments::wrong_call(
                Some("eval"),
                "nothing to measure: name a file of labels, or give --documents DIR to run the rules",
            ));
        }
        let mut gold = labels(&self.gold)?;
        self.docs.keep(&mut gold)?;
        let rules = rules()?;
        let mut options = Options::new(&rules);
        options.draws.draws = self.draws;
        options.draws.seed = self.seed;
        let mut unread = 0;
        let given = match (&self.labels, &self.documents) {
            (Some(path), _) => Given {
                sentences: labels(path)?,
                ..Given::default()
            },
            (None, Some(folder)) => {
                documents::warn_of_themes(&gold, &rules);
                let (given, failed) = documents::run(&rules, &gold, folder)?;
                unread = failed;
                given
            }
            (None, None) => Given::default(),
        };
        let mut evaluation = evaluate(&gold, &given, &options)?;
        self.check(&evaluation)?;
        if let Some(theme) = &self.theme {
            evaluation.keep_theme(theme);
        }
        self.write(&evaluation)?;
        if self.below(&evaluation) {
            return Ok(Outcome::Against);
        }
        Ok(if unread > 0 {
            Outcome::Partly
        } else {
            Outcome::Done
        })
    }

    /// # Errors
    /// Where a theme is asked for that there is not.
    fn check(&self, evaluation: &Evaluation) -> Result<(), Stop> {
        let found = evaluation.sentences - evaluation.not_found;
        let recall = evaluation.figures.boundary_recall.value;
        if recall.is_some_and(|recall| recall * (evaluation.sentences as f64) < 0.5 * found as f64) {
            messages::warning(
                "gold",
                "most sentences do not stand where gold has them; do offsets count the characters of what \
                 `findings text` prints?",
            );
        }
        let Some(theme) = &self.theme else { return Ok(()) };
        let known: Vec<&str> = evaluation
            .themes
            .iter()
            .map(|known| known.theme.as_str())
            .collect();
        if known.contains(&theme.as_str()) {
            return Ok(());
        }
        Err(Arguments::wrong_call(
            Some("eval"),
            format!("--theme: no label is of '{theme}'; themes: {}", known.join(", ")),
        ))
    }

    fn write(&self, evaluation: &Evaluation) -> Result<(), Stop> {
        let format = Format::chosen(self.format, self.output.as_deref());
        let mut output = Output::open(self.output.as_deref(), format == Format::Text)?;
        match format {
            Format::Text => output.write(|out| {
                let (most, of_a_rule) = match self.errors {
                    None => (SHOWN, SHOWN_OF_A_RULE),
                    Some(most) => (most, usize::MAX),
                };
                text::write(evaluation, most, of_a_rule, out)
            })?,
            Format::Json => {
                let mut shown = evaluation.clone();
                if let Some(most) = self.errors {
                    shown.keep_disagreements(most);
                }
                output.write(|out| {
                    serde_json::to_writer_pretty(&mut *out, &shown)?;
                    writeln!(out)
                })?;
            }
        }
        output.finish()
    }

    /// Says which figures are below their floors.
    fn below(&self, evaluation: &Evaluation) -> bool {
        let mut below = false;
        for (name, floor) in &self.floor {
            let figures = evaluation.figures.each();
            let value = figures
                .iter()
                .find(|(known, _)| known == name)
                .and_then(|(_, estimate)| estimate.value);
            let said = match value {
                Some(value) if value >= *floor => continue,
                Some(value) => format!("{name} is {value:.4}, below its floor {floor}"),
                None => format!("{name} cannot be measured here, its floor is {floor}"),
            };
            messages::error(&said);
            below = true;
        }
        below
    }
}
