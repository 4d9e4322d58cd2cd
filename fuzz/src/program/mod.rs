//! The program's reader of JSON Lines, which is not part of the library, with what it asks of the module above it.
#![allow(dead_code, reason = "the program uses more of it")]

mod contained {
    /// The longest line: short, so that inputs reach it.
    pub(crate) fn most_bytes() -> usize {
        1 << 16
    }
}

#[path = "../../../src/cli/lines.rs"]
pub(crate) mod lines;
