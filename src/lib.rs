//! `findings` reads inspection letters on English councils' children's services and says, sentence by sentence, what
//! was found: which theme, strength or concern, who says it, when it holds and whether it has moved, each label with
//! the words and the rule that made it. No model, no network: the same letter gives the same labels, byte for byte.
//!
//! ```text
//! rules/*.toml ──> Rules ──────────────┬──────────┬────────┬─────────┬─────────┬────────┐
//!                                      v          v        v         v         v        v
//! bytes ──> Source ──> Text ──> Section ──> Sentence ──> scan ──> Clause ──> Match ──> Label
//!                                                                                     │
//!                              Reading  (all of the above, for one document) <────────┘
//!                                 v
//!                              Row      (one a sentence: the stable contract of label files)
//! ```
//!
//! [`Rules`] read a [`Source`] into a [`Reading`]; [`row::rows`] gives its [`Row`](row::Row)s:
//!
//! ```
//! use findings::{Rules, Source, row};
//!
//! # fn main() -> Result<(), findings::Error> {
//! let rules = Rules::built_in();
//! let letter = Source::from_text(
//!     "letter.txt",
//!     "Findings\n\nCaseloads are too high in two teams, but supervision is regular and reflective.\n",
//! );
//! let reading = rules.read(&letter)?;
//! let rows = row::rows(&rules, &reading);
//!
//! let labels: Vec<String> =
//!     rows[0].labels.iter().map(|label| format!("{}: {}", label.theme, label.polarity)).collect();
//! assert_eq!(labels, ["caseloads: concern", "supervision: strength"]);
//! for evidence in &rows[0].labels[0].evidence {
//!     println!("{} by {}", evidence.text, evidence.rule);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Make the rules once and share them: they are immutable, [`Send`] and [`Sync`], and reading is a pure function of the
//! rules and the bytes. Results own what they hold and can be written and read back by serde.
//!
//! # Features
//!
//! | feature | brings | on by default |
//! |---|---|---|
//! | `cli` | the program and the formats of its outputs | yes |
//! | `pdf` | PDF | yes |
//! | `docx` | DOCX and ODT | yes |
//! | `html` | HTML | yes |
//! | `xlsx` | workbooks as outputs | yes |
//! | `word` | Word documents as outputs | yes |
//! | `arrow` | rows as Arrow columns | no |
//! | `parquet` | Parquet among the formats of the program | no |
//! | `schema` | JSON Schemas of the outputs, from the types | no |
//!
//! Without any, the library takes text in and gives labels out.
//!
//! # What it does not contain
//!
//! Readers run in the caller's process. [`extract::Limits`] are checked as a reader goes, but they bound neither time nor
//! memory: a hostile PDF of a few kilobytes can take minutes and gigabytes, and one nested deeply enough the stack. Who reads
//! documents from strangers does so in a process that may be ended, as the program does.

mod bytes;
pub mod span;
pub mod error;
pub mod codebook;
pub mod normal;
pub mod rules;
pub mod source;
pub mod extract;
pub mod text;
pub mod section;
pub mod sentence;
mod scan;
pub mod clause;
pub mod matches;
pub mod label;
pub mod reading;
pub mod row;
#[cfg(feature = "arrow")]
pub mod columns;
pub mod facts;
pub mod gold;
pub mod bootstrap;
pub mod eval;
pub mod visit;
pub mod comparison;
pub mod agree;
pub mod diff;
pub mod suggest;
pub mod explain;
pub mod examples;
pub mod manual;
pub mod stage;
#[cfg(feature = "cli")]
pub mod report;
pub mod stats;
pub mod check;

pub use error::Error;
pub use reading::Reading;
pub use rules::Rules;
pub use source::Source;
pub use stage::Stage;

/// The example in README.md is run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
