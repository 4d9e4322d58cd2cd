//! What is wrong with a regular expression, said for people who want a page number dropped.
//!
//! In: what the builder of patterns says. Out: one line that says what to write. Not decided here: which patterns there are.

/// What is wrong, and what to do where that can be known.
pub(super) fn fault(error: &regex::Error) -> String {
    let error = error.to_string();
    // The crate draws the pattern first and says what is wrong with it in the last line.
    let said = error.lines().last().unwrap_or_default();
    let said = said.trim_start_matches("error: ");
    let plain = match said {
        "unclosed group" => "a bracket `(` is not closed; one that is meant as a bracket is written `\\(`",
        "unopened group" => "a bracket `)` closes none; one that is meant as a bracket is written `\\)`",
        "unclosed character class" => {
            "a bracket `[` is not closed; one that is meant as a bracket is written `\\[`"
        }
        "repetition operator missing expression" => {
            "a `*`, `+` or `?` has nothing before it to repeat; one that is meant as a sign is written `\\*`, `\\+` or `\\?`"
        }
        other => other,
    };
    format!("this is no regular expression: {plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The crate's words are no promise: where they change, a message falls back to them.
    #[test]
    fn knows_what_the_crate_says() {
        for (pattern, words) in [
            ("^page (", "written `\\(`"),
            ("page )", "written `\\)`"),
            ("[0-9", "written `\\[`"),
            ("*page", "written `\\*`"),
            ("(?=x)", "look-ahead"),
        ] {
            let error = regex::Regex::new(pattern).expect_err(pattern);
            let said = fault(&error);
            assert!(said.contains(words), "{pattern}: {said}");
            assert!(!said.contains('\n'), "{pattern}: {said}");
        }
    }
}
