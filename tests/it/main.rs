//! Tests of the whole, one module each.

// Examples in the rule files hold.
mod examples;
