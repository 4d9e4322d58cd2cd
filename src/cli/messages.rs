//! What is said on standard error. Words of documents and names of files are made safe to show.

use std::fmt::Display;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use findings::report::{visible_line, visible_text};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Something failed. The message may have several lines.
pub(crate) fn error(message: &dyn Display) {
    say(&format!(
        "{ERROR}error:{ERROR:#} {}",
        visible_text(&message.to_string())
    ));
}

/// A document was read, but the reader of the output should know something about it.
pub(crate) fn warning(document: &str, message: &str) {
    say(&format!(
        "{WARNING}warning:{WARNING:#} {}: {}",
        visible_line(document),
        visible_line(message)
    ));
}

/// Unread documents that [`read`] names; each has been named by a line of its own before.
pub(crate) const NAMED: usize = 20;

/// How reading went, in one line; nothing where all was read. `named` are the first of those that were not.
pub(crate) fn read(read: usize, unread: usize, named: &[String], skipped: usize) {
    if unread > 0 || skipped > 0 {
        let line = summary(read, unread, &named[..named.len().min(NAMED)], skipped);
        say(&format!("findings: {}", visible_line(&line)));
    }
}

fn summary(read: usize, unread: usize, named: &[String], skipped: usize) -> String {
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

fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

fn say(line: &str) {
    // Nothing can be done where standard error is closed, and the exit code still tells.
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_was_not_read() {
        assert_eq!(summary(1, 0, &[], 1), "1 document read, 1 other file skipped");
        let named = ["a.pdf".to_owned(), "b.pdf".to_owned()];
        assert_eq!(
            summary(4, 3, &named, 2),
            "4 documents read, 3 not read: a.pdf, b.pdf and 1 more; 2 other files skipped"
        );
    }
}
