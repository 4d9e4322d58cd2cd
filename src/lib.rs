//! Reads inspection letters.

pub mod error;
pub mod span;
pub mod codebook;
pub mod rules;
pub mod source;
pub mod extract;
pub mod row;

pub use error::Error;
pub use source::Source;
