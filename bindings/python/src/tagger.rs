//! Documents to columns, some at once.
//!
//! In: [`Documents`]. Out: rows added to [`Columns`] in the order of the documents, and one row with an error for each that could
//! not be read. A pure function of rules and documents: the same for any number of threads.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use findings::Rules;
use findings::columns::Columns;
use findings::row::{Row, rows};
use rayon::prelude::*;

use crate::document::{Documents, Missing};

/// So many documents for each thread before somebody is told how far it is.
const AT_ONCE: usize = 16;

/// Rules with threads to read by.
pub(crate) struct Tagger {
    rules: Arc<Rules>,
    facts: bool,
    /// None where there is to be one thread only. Its own, not the process's: a child of `fork` has none of its parent's threads.
    threads: Option<rayon::ThreadPool>,
}

impl Tagger {
    /// One that reads by so many threads, 0 for one each processor. `facts` puts the facts of its document into each row.
    ///
    /// # Errors
    /// Where threads cannot be started, in words.
    pub(crate) fn new(rules: Arc<Rules>, threads: usize, facts: bool) -> Result<Self, String> {
        let threads = match threads {
            1 => None,
            threads => Some(
                rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .map_err(|error| format!("cannot start threads: {error}"))?,
            ),
        };
        Ok(Self {
            rules,
            facts,
            threads,
        })
    }

    /// The places of documents, in the portions in which they are best read.
    pub(crate) fn portions(&self, documents: &Documents) -> impl Iterator<Item = Range<usize>> + use<> {
        let threads = self
            .threads
            .as_ref()
            .map_or(1, rayon::ThreadPool::current_num_threads);
        let (all, step) = (documents.len(), AT_ONCE * threads);
        (0..all).step_by(step).map(move |from| from..all.min(from + step))
    }

    /// Reads the documents at these places.
    pub(crate) fn tag(&self, documents: &Documents, portion: Range<usize>, columns: &mut Columns) {
        let read = |at: usize| self.read(documents, at);
        let read: Vec<_> = match &self.threads {
            Some(threads) => threads.install(|| portion.into_par_iter().map(read).collect()),
            None => portion.map(read).collect(),
        };
        for document in read {
            match document {
                Ok(rows) => columns.document(&rows),
                Err(missing) => {
                    columns.unread(
                        self.rules.fingerprint(),
                        missing.document.as_deref(),
                        &missing.error,
                    );
                }
            }
        }
    }

    fn read(&self, documents: &Documents, at: usize) -> Result<Vec<Row>, Missing> {
        let source = documents.get(at)?;
        let name = source.name.clone();
        let missing = |error: String| Missing {
            document: Some(name.clone()),
            error,
        };
        // One document must not end a run over millions.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut reading = self.rules.read(&source)?;
            if self.facts {
                let facts = findings::facts::facts(&self.rules, &reading);
                reading.extra = Some(facts.into_extra());
            }
            Ok(rows(&self.rules, &reading))
        }));
        match read {
            Ok(read) => read.map_err(|error: findings::Error| missing(error.to_string())),
            Err(_) => Err(missing(format!(
                "cannot read {name}: the program has a mistake that this document shows"
            ))),
        }
    }
}
