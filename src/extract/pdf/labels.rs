//! Labels of list items: bullets and numbers at the beginning of a text.

/// Parts a label ("•", "12.", "(a)") from the text after it, where there is one. A bullet of any kind comes as "•".
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    if is_bullet(first) {
        return Some(("•", text[first.len_utf8()..].trim_start()));
    }
    // Courier's "o" is Word's second level of bullets; no English word is a small "o" alone.
    if let Some(rest) = text.strip_prefix("o ") {
        return Some(("•", rest.trim_start()));
    }
    let (label, rest) = text.split_once(' ').unwrap_or((text, ""));
    is_number(label).then(|| (label, rest.trim_start()))
}

/// Whether the text begins with a bullet.
pub(crate) fn is_bullet_item(text: &str) -> bool {
    split(text).is_some_and(|(label, _)| label == "•")
}

/// Whether the character is a bullet wherever it stands at the beginning of a text.
pub(crate) fn is_bullet(c: char) -> bool {
    match c {
        '•' | '‣' | '⁃' | '∙' | '·' | '§' => true,
        // Geometric shapes, dingbats and arrows; Word takes its own bullets from symbol fonts, at private-use points.
        '\u{25A0}'..='\u{25FF}' | '\u{2700}'..='\u{27BF}' | '\u{2190}'..='\u{21FF}' => true,
        '\u{2B00}'..='\u{2BFF}' | '\u{F000}'..='\u{F0FF}' => true,
        _ => false,
    }
}

/// "12.", "3)", "(a)", "iv.", "2.1": a number or a letter with a full stop or a bracket.
fn is_number(label: &str) -> bool {
    let core = label.trim_start_matches('(');
    let Some(name) = core.strip_suffix(['.', ')']) else {
        return label.contains('.') && label.len() <= 6 && digits(label);
    };
    let roman = !name.is_empty() && name.len() <= 5 && name.bytes().all(|byte| b"ivx".contains(&byte));
    let letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    roman || letter || (name.len() <= 5 && digits(name))
}

/// "12", "2.1", up to three digits each: "2014." ends a sentence.
fn digits(name: &str) -> bool {
    let part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    name.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_of_every_kind_come_as_one() {
        for text in [
            "\u{F0B7} Plans",
            "\u{F0A7}Plans",
            "\u{F06E} Plans",
            "• Plans",
            "o Plans",
            "▪  Plans",
            "◼ Plans",
            "➢ Plans",
        ] {
            assert_eq!(split(text), Some(("•", "Plans")), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_labels_only_with_a_stop_or_a_bracket() {
        for text in [
            "12. Children",
            "3) Children",
            "(a) Children",
            "iv. Children",
            "2.1 Children",
            "2.1. Children",
        ] {
            assert_eq!(split(text).map(|(_, rest)| rest), Some("Children"), "{text:?}");
        }
        for text in [
            "12 children",
            "2014. The visit",
            "A. Smith",
            "on. The",
            "Children",
            "",
            "1.5.2019 was",
            "only",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
