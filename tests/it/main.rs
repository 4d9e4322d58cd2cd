//! Tests of the whole, one module each.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::print_stdout, reason = "figures are shown with --nocapture")]

// Examples in the rule files hold.
mod examples;
// Agreement with labels made by hand stays above its floor.
mod floor;
// Modules use what stands above them; vocabulary stands in `rules/`.
mod layers;
// What CONTRIBUTING.md tells to do works as written.
mod recipes;
