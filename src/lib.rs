//! Reads inspection letters.

pub mod error;
pub mod span;
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
pub mod examples;
pub mod stage;
#[cfg(feature = "cli")]
pub mod report;

pub use error::Error;
pub use reading::Reading;
pub use rules::Rules;
pub use source::Source;
pub use stage::Stage;

/// The example in README.md is run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
