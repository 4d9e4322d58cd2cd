//! Tests of the whole, one module each.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "figures are shown with --nocapture")]

// Examples in the rule files hold.
mod examples;
// The documents that tests read.
mod documents;
// Spans nest and no word is lost.
mod laws;
// The same for any text.
mod random;
// The same labels on every run, for any order of rules; ids stay.
mod stability;
// What holds of the labels of every row.
mod counts;
// A slow, plain matcher sees the same cues.
mod reference;
// What the fixture letters say, golden.
mod letters;
// Visits and comparisons: of the invented series, and of the real one.
mod visits;
// Facts of documents agree with those read by hand.
mod facts;
// Agreement with hand labels has floors.
mod gold;
// Real letters are read without page furniture.
mod corpus;
// What cannot be read says why.
mod unreadable;
// Modules use what stands above them; vocabulary stands in `rules/`.
mod layers;
// What CONTRIBUTING.md tells to do works as written.
mod recipes;
// Schemas for editors know what the loader knows.
mod rule_schema;
// The decisive reason of every sentence is named.
mod explain;
// What is wrong in rule files is told, with codes.
mod check;
mod overlays;
// A letter says the same in every format.
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
mod same_letter;
// Text cases of single steps hold.
#[cfg(feature = "html")]
mod stages;
