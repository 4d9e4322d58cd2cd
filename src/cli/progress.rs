//! How far a long run is: documents done, how fast, how much time is left. Silent where standard error is no terminal.
//!
//! Every command that reads documents shows it, so that nobody wonders whether a run of an hour still lives.

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;

/// Documents from which on it is worth showing.
const MANY: usize = 4;

const KNOWN: &str = "{bar:30} {human_pos} of {human_len} documents, {per_sec:1}, {eta} left";
const UNKNOWN: &str = "{spinner} {human_pos} documents, {per_sec:1}, for {elapsed}";

/// The progress of a run. Nothing of it stays on the terminal.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Begins a run; `before` documents were done by an earlier one, and say nothing about the speed of this.
    pub(crate) fn begin(before: usize) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_position(u64::try_from(before).unwrap_or(u64::MAX));
        bar.reset_eta();
        Self(bar)
    }

    /// Says how many documents there are in all, as far as that is known: again when more come to light.
    pub(crate) fn expect(&self, total: Option<usize>) {
        let style = match total {
            Some(total) if total < MANY => return,
            Some(total) => {
                self.0.set_length(u64::try_from(total).unwrap_or(u64::MAX));
                KNOWN
            }
            None => UNKNOWN,
        };
        if self.0.is_hidden()
            && let Ok(style) = ProgressStyle::with_template(style)
        {
            self.0.set_style(style);
            self.0.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Runs `work`, by which one more document is done.
    pub(crate) fn after<T>(&self, work: impl FnOnce() -> T) -> T {
        let done = work();
        self.0.inc(1);
        done
    }

    /// Runs `work`, which may write to standard error, with the bar out of its way.
    pub(crate) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.suspend(work)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Whether results go to the terminal while documents are read, where they show by themselves how far the run is.
pub(crate) fn in_the_way(target: Option<&Path>) -> bool {
    target.is_none_or(|path| path == Path::new("-")) && output::on_terminal()
}
