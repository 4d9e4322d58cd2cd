//! The documents of commands that weigh rules: each read once, in parallel, in the order of the call.

use std::path::PathBuf;

use findings::Source;
use findings::extract::Extract;
use findings::gold;
use rayon::ThreadPool;
use rayon::prelude::*;

use super::super::contained;
use super::super::inputs::{Input, InputFormat, Inputs, Unread};
use super::super::labels::Lists;
use super::super::messages;
use super::super::outcome::{Outcome, Stop};
use super::super::progress::Progress;
use super::super::tag::{next_batch, paths};
pub(super) use super::super::threads::threads;
use super::super::told::{NAMED, summary};

/// Does `work` on each document that the lists want, and gives the results to `take` in the order of the call.
///
/// # Errors
/// Where no document could be read, or none is wanted.
pub(super) fn each<T: Send>(
    named: &[PathBuf],
    lists: &Lists,
    threads: &ThreadPool,
    work: impl Fn(Source, Extract) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<Outcome, Stop> {
    let mut inputs = Inputs::new(&paths("rules", named)?, InputFormat::Auto);
    let (mut read, mut left_out, mut unread) = (0, 0, Vec::new());
    let one = |input: Input| -> Result<Option<T>, Unread> {
        if !lists.want(&gold::stem(&input.name())) {
            return Ok(None);
        }
        let source = input.open()?;
        let extract = contained::extract(&source)?;
        Ok(Some(work(source, extract)))
    };
    let (mut seen, progress) = (0, Progress::begin(0));
    loop {
        let batch = next_batch(&mut inputs, threads.current_num_threads());
        if batch.is_empty() {
            break;
        }
        seen += batch.len();
        progress.expect(inputs.left().map(|left| seen + left));
        let one = |input| progress.after(|| one(input));
        let done: Vec<_> = threads.install(|| batch.into_par_iter().map(one).collect());
        for document in done {
            match document {
                Ok(Some(document)) => {
                    read += 1;
                    take(document);
                }
                Ok(None) => left_out += 1,
                Err(failed) => {
                    progress.aside(|| messages::error(&failed.message));
                    unread.push(failed.name);
                }
            }
        }
    }
    drop(progress);
    if !unread.is_empty() || inputs.skipped() > 0 {
        let shown = &unread[..unread.len().min(NAMED)];
        messages::summary(&summary(read, unread.len(), shown, inputs.skipped()));
    }
    match (read, unread.len()) {
        (0, 0) if left_out > 0 => Err(Stop::Other(
            "no document is left: --docs and --not-docs leave out all that there are".to_owned(),
        )),
        (0, 0) => Err(Stop::Other("no document found".to_owned())),
        (0, _) => Err(Stop::NothingRead),
        (_, 0) => Ok(Outcome::Done),
        (_, _) => Ok(Outcome::Partly),
    }
}
