//! Document text that is safe to show on a terminal.
//!
//! A letter comes from somewhere else; an escape sequence inside it must not move the reader's cursor, change the title
//! of the window or hide a sentence.

use std::borrow::Cow;

/// One line with every control character shown as a picture of itself (`␛` for escape, `␊` for a line break), so that
/// it stays one line, and with U+FFFD for marks that turn the direction of all that follows, which could make a line show other
/// words than it holds. Words written from right to left stay as they are. Each character becomes one character: places counted in characters stay right.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, &[])
}

/// As [`visible_line`], but line breaks and tabs stay.
pub fn visible_text(text: &str) -> Cow<'_, str> {
    replaced(text, &['\n', '\t'])
}

fn replaced<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let turns = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hidden = |character: char| (character.is_control() && !kept.contains(&character)) || turns(character);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|character| {
                if hidden(character) {
                    picture(character)
                } else {
                    character
                }
            })
            .collect(),
    )
}

/// Unicode has pictures for the ASCII controls; the others (which some terminals obey as well) have none.
fn picture(control: char) -> char {
    match u32::from(control) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures_one_for_one() {
        let text = "a\u{1b}[31mb\u{9b}31mc\u{7f}\r\n";
        let shown = visible_line(text);
        assert_eq!(shown, "a␛[31mb\u{fffd}31mc␡␍␊");
        assert_eq!(shown.chars().count(), text.chars().count());
        assert_eq!(visible_text("a\tb\nc\r"), "a\tb\nc␍");
    }

    #[test]
    fn marks_that_turn_the_direction_are_shown() {
        assert_eq!(
            visible_line("a\u{202e}b\u{2066}c שלום"),
            "a\u{fffd}b\u{fffd}c שלום"
        );
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(
            visible_line("children’s “plans” – café"),
            Cow::Borrowed(_)
        ));
    }
}
