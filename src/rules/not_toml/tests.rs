//! Texts that are no TOML, each with what is told of it.

use super::*;

/// What the parser says of a text, and where.
fn errors(text: &str) -> Vec<(Span, String)> {
    let (_, errors) = toml::de::DeTable::parse_recoverable(text);
    errors
        .iter()
        .map(|error| {
            let at = error.span().unwrap_or(0..0);
            (Span::new(at.start, at.end), error.message().to_owned())
        })
        .collect()
}

/// What is told of a text, each with the piece that it is told of.
fn told(text: &str) -> Vec<(String, String)> {
    let errors = errors(text);
    assert!(!errors.is_empty(), "this is TOML: {text}");
    let told = faults(text, errors.iter().map(|(at, message)| (*at, message.as_str())));
    let piece = |at: Span| text.get(at.start..at.end).unwrap_or_default().to_owned();
    told.into_iter()
        .map(|fault| (piece(fault.at), fault.message))
        .collect()
}

#[test]
fn says_one_thing_of_one_mistake() {
    for (text, piece, words) in [
        (
            "names = [\"care plan*, \"pathway plan*\"]\n",
            "\"care plan*",
            "write \"care plan*\",",
        ),
        (
            "names = [\"care plan*, \n  \"x\",\n]\n",
            "\"care plan*",
            "write \"care plan*\",",
        ),
        ("names = [\"a b\", \"c d]\n", "\"c d", "write \"c d\"]"),
        (
            "about = \"Words\nnames = [\"a b\"]\n",
            "\"Words",
            "write \"Words\"",
        ),
        ("names = [\"a\", b\", \"c\"]\n", "b\"", "write \"b\""),
        ("about = 'the child's plan'\n", "'the child'", "apostrophe"),
        (
            "names = [\"x y\", \"z w\"\n\n[[example]]\ntext = \"a\"\n",
            "[",
            "no closing bracket",
        ),
        (
            "names = [\n  \"x y\",\nabout = \"a\"\n",
            "[",
            "no closing bracket",
        ),
        ("names =\n", "names =", "such as names = [\"care plan*\"]"),
        ("about = # later\n", "about = # later", "such as about = \"...\""),
        (
            "names = [\"x\"]\n\nnames = [\"z\"]\n",
            "names",
            "lines 1 and 3: put both lists into one",
        ),
        ("name = \"x\"\nname = \"z\"\n", "name", "lines 1 and 2: keep one"),
        ("names = [\"a\" \"b\"]\n", "", "a comma is missing"),
        ("names = [\"a\", , \"b\"]\n", "", "two commas"),
        ("names = [care plan]\n", "care plan", "write \"care plan\""),
        (
            "names = [“care plan”]\n",
            "“care plan”",
            "straight ones: write \"care plan\"",
        ),
        ("names [\"x y\"]\n", "", "no `=`"),
        ("names = \"a\", \"b\"\n", "", "square brackets"),
        ("[[example]\ntext = \"a\"\n", "", "`[[example]]`"),
        ("furniture = [\"\\(\"]\n", "", "single quotation marks"),
    ] {
        let told = told(text);
        assert_eq!(told.len(), 1, "{text}: {told:#?}");
        assert!(told[0].1.contains(words), "{text}: {told:#?}");
        if !piece.is_empty() {
            assert_eq!(told[0].0, piece, "{text}: {told:#?}");
        }
    }
}

#[test]
fn tells_of_every_line() {
    let told = told("name = \nabout = \"a\"\nnames = [\"x\" \"y\"]\nlist = [\"u\" \"v\" \"w\"]\n");
    assert_eq!(told.len(), 4, "{told:#?}");
}

#[test]
fn nothing_panics() {
    for text in [
        "\"",
        "'",
        "é\" = \"",
        "[\"é",
        "= ",
        "[[",
        "names = ['''",
        "“\"é",
        "a = \"é\\",
        "[[é]\n\"é\"",
    ] {
        let errors = errors(text);
        let _ = faults(text, errors.iter().map(|(at, message)| (*at, message.as_str())));
    }
}
