//! What is told of the documents of a run: which could not be read, what to know of those that were, and the sum of it.

use super::inputs::Unread;
use super::journal::Document;
use super::messages;
use super::outcome::{Outcome, Stop};

/// Unread documents that the summary names; each has been named by a line of its own before.
pub(crate) const NAMED: usize = 20;

/// What has been told of the documents so far.
#[derive(Default)]
pub(crate) struct Told {
    read: usize,
    unread: usize,
    named: Vec<String>,
    /// Names of all documents, where somebody will ask for them.
    pub(crate) documents: Option<Vec<String>>,
}

impl Told {
    /// Nothing yet; names of documents are kept where somebody will ask for them.
    pub(crate) fn keeping_names(keep: bool) -> Self {
        Self {
            documents: keep.then(Vec::new),
            ..Self::default()
        }
    }

    /// Counts a document and tells what is to be told of it.
    pub(crate) fn tell<R>(&mut self, document: &Result<Document<R>, Unread>) {
        match document {
            Ok(document) => {
                for warning in &document.warnings {
                    messages::warning(&document.name, warning);
                }
                if let Some(documents) = &mut self.documents {
                    documents.push(document.name.clone());
                }
                self.read += 1;
            }
            Err(unread) => {
                messages::error(&unread.message);
                self.unread += 1;
                if self.named.len() < NAMED {
                    self.named.push(unread.name.clone());
                }
            }
        }
    }

    /// How the run went, in a line where there is something to tell, and for the exit code.
    ///
    /// # Errors
    /// Where nothing was read.
    pub(crate) fn outcome(&self, skipped: usize) -> Result<Outcome, Stop> {
        if self.unread > 0 || skipped > 0 {
            messages::summary(&summary(self.read, self.unread, &self.named, skipped));
        }
        match (self.read, self.unread) {
            (0, 0) => Err(Stop::Other("no document found".to_owned())),
            (0, _) => Err(Stop::NothingRead),
            (_, 0) => Ok(Outcome::Done),
            (_, _) => Ok(Outcome::Partly),
        }
    }
}

/// "12 documents read, 1 not read: letters/scan.pdf; 3 other files skipped".
pub(crate) fn summary(read: usize, unread: usize, named: &[String], skipped: usize) -> String {
    let mut line = format!("{} read", count(read, "document"));
    if unread > 0 {
        line += &format!(", {unread} not read: {}", named.join(", "));
        if unread > named.len() {
            line += &format!(" and {} more", unread - named.len());
        }
    }
    if skipped > 0 {
        let them = if unread > 0 { ";" } else { "," };
        line += &format!("{them} {} skipped", count(skipped, "other file"));
    }
    line
}

/// "1 document", "2 documents".
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}
