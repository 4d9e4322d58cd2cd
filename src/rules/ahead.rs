//! What the build script needs of the rules: the loader, without anything that only a running program asks for.
//!
//! It is a list of the modules beside it. The build script takes it in as its own `rules`, so that what is made when the
//! program is built and what is made of a user's folder come from the same lines.

mod compile;
pub(crate) mod compiled;
mod cue;
pub(crate) mod file;
pub(crate) mod gates;
pub(crate) mod letters;
mod lexicon;
mod not_toml;
mod openings;
mod schema;
mod slips;
pub(crate) mod table;
mod trie;
mod walk;
pub(crate) mod written;

use file::RuleFile;

const ENGLISH: &str = "english.toml";
