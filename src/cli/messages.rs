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

/// How the run went, in one line.
pub(crate) fn summary(line: &str) {
    say(&format!("findings: {}", visible_line(line)));
}

fn say(line: &str) {
    // Nothing can be done where standard error is closed, and the exit code still tells.
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}
