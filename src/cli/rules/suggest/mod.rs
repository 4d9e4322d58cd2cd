//! `findings rules suggest`: phrases that would mend most errors, tried on gold labels.

mod text;

use std::path::{Path, PathBuf};

use clap::Args;
use findings::suggest::{Document, Options, Suggestion, Suggestions, overlay, suggest};
use findings::{Rules, eval};

use super::super::Arguments;
use super::super::labels::{Docs, Format, labels};
use super::super::messages;
use super::super::outcome::{Outcome, Stop};
use super::super::output::Output;
use super::documents::{each, threads};

/// Suggest phrases that would mend most errors: words for a theme or a judgement, and cues to switch off
///
/// Counts phrases of one to five words on labels made by hand, tries the best ones by running the rules with them, and
/// ranks them by the net gain that is the least to be expected. Shows what each mends and breaks, and measures the whole
/// search on documents left out of it. Writes no rule file unless --overlay asks for one.
#[derive(Args, Debug)]
pub(crate) struct Suggest {
    /// Labels made by hand, as for `findings eval`, with places in the documents; - for standard input
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Documents and folders: those that gold has labels of, and any others, in which phrases are counted
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    docs: Docs,
    /// Only lines for this theme's file
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Suggest so many lines at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Try so many candidates, the best by counting
    #[arg(long, value_name = "N", default_value_t = 200)]
    tries: usize,
    /// A line has to mend errors in so many documents
    #[arg(long, value_name = "N", default_value_t = 2)]
    in_documents: usize,
    /// Into how many parts to divide the documents for the check on documents left out; 0 for no check
    #[arg(long, value_name = "N", default_value_t = 5)]
    folds: usize,
    /// Show so many sentences on either side of each line
    #[arg(long, value_name = "N", default_value_t = 2)]
    sentences: usize,
    /// Write the lines as an overlay into this folder, which must be new or empty
    ///
    /// Their examples are marked `todo`: the sentences are yours to write. --only says which lines.
    #[arg(long, value_name = "DIR")]
    overlay: Option<PathBuf>,
    /// Write only these lines into the overlay, by their numbers, such as 1,3,4
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "overlay")]
    only: Vec<usize>,
    /// How results look [default: by the ending of --output, else text]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw so often for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(40..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Use so many threads; the output is the same for any number [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl Suggest {
    /// `folders` are those that --rules names.
    pub(crate) fn run(&self, folders: &[PathBuf]) -> Result<Outcome, Stop> {
        if let Some(folder) = &self.overlay {
            check_new(folder)?;
        }
        let rules = Rules::from_folders(folders)?;
        if let Some(theme) = &self.theme
            && !rules.themes().any(|known| known.id == *theme)
        {
            let known: Vec<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
            let message = format!("there is no theme {theme}: the themes are {}", known.join(", "));
            return Err(Arguments::wrong_call(Some("rules"), message));
        }
        let lists = self.docs.lists()?;
        let mut gold = labels(&self.gold)?;
        self.docs.keep(&mut gold)?;
        let threads = threads(self.jobs)?;
        let mut documents = Vec::new();
        let read = each(
            &self.paths,
            &lists,
            &threads,
            |source, extract| Document::new(&rules, source, extract),
            |document: Document| {
                for warning in &document.warnings {
                    messages::warning(&document.name, warning);
                }
                documents.push(document);
            },
        )?;
        let mut options = Options {
            most: self.top,
            tries: self.tries,
            documents: self.in_documents,
            folds: self.folds,
            theme: self.theme.clone(),
            samples: self.sentences,
            eval: eval::Options::new(&rules),
        };
        options.eval.draws.draws = self.draws;
        options.eval.draws.seed = self.seed;
        let found = threads.install(|| suggest(&rules, &documents, &gold, &options))?;
        let lines = self.lines(&found)?;
        let format = Format::chosen(self.format, self.output.as_deref());
        let mut output = Output::open(self.output.as_deref(), format == Format::Text)?;
        output.write(|out| match format {
            Format::Text => text::write(&found, out),
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &found)?;
                writeln!(out)
            }
        })?;
        output.finish()?;
        if let Some(folder) = &self.overlay {
            write(folder, &lines)?;
        }
        Ok(read)
    }

    /// The lines that go into the overlay.
    fn lines<'s>(&self, found: &'s Suggestions) -> Result<Vec<&'s Suggestion>, Stop> {
        let all = &found.suggestions;
        if self.only.is_empty() {
            return Ok(all.iter().collect());
        }
        let of = |&number: &usize| {
            number.checked_sub(1).and_then(|at| all.get(at)).ok_or_else(|| {
                Stop::Other(format!(
                    "--only: there is no suggestion {number}, only {}; nothing is written",
                    all.len()
                ))
            })
        };
        self.only.iter().map(of).collect()
    }
}

/// # Errors
/// Where the folder holds something: rules that somebody wrote are never overwritten.
fn check_new(folder: &Path) -> Result<(), Stop> {
    let used = match folder.read_dir() {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => folder.exists(),
    };
    if used {
        return Err(Stop::Other(format!(
            "{} is there already and not an empty folder: name a new one for --overlay",
            folder.display()
        )));
    }
    Ok(())
}

fn write(folder: &Path, lines: &[&Suggestion]) -> Result<(), Stop> {
    let candidates: Vec<_> = lines.iter().map(|line| line.candidate()).collect();
    let files = overlay(&candidates);
    if files.is_empty() {
        messages::warning(&folder.to_string_lossy(), "there is no suggestion to write");
        return Ok(());
    }
    for file in files {
        let path = folder.join(&file.name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, &file.text))
            .map_err(|error| Stop::not_written(&path.to_string_lossy(), &error))?;
    }
    messages::summary(&format!(
        "{} written to {}; its examples are yours to write",
        super::super::labels::count(lines.len(), "line"),
        folder.display()
    ));
    Ok(())
}
