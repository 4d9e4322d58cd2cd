//! Tests of the whole, one module each.

// Examples in the rule files hold.
mod examples;
// A letter says the same in every format.
#[cfg(all(feature = "pdf", feature = "docx", feature = "html"))]
mod same_letter;
// Text cases of single steps hold.
#[cfg(feature = "html")]
mod stages;
