//! Bullets, numbers and hashes at the start of a line.
//!
//! In: a line. Out: what its first characters mark, if they mark anything. Does not decide whether a number belongs to
//! a wrapped sentence.

/// What stands at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// Markdown's heading: its level, and bytes to leave out before the title.
    Hashes {
        /// Level from 1 to 6.
        level: u8,
        /// Bytes of hashes.
        skip: usize,
    },
    /// The number of a paragraph, "12.", "2.4".
    Number {
        /// Its first figure.
        number: u16,
        /// Nothing follows it on the line.
        alone: bool,
    },
    /// A bullet, or a letter or number in brackets.
    Item {
        /// Nothing follows it on the line.
        alone: bool,
        /// Its characters occur at the start of a wrapped line of prose too.
        plain: bool,
    },
}

impl Marker {
    /// The marker of a line without white space at its ends.
    pub(super) fn of(line: &str) -> Option<Self> {
        hashes(line)
            .or_else(|| number(line))
            .or_else(|| bullet(line))
            .or_else(|| bracketed(line))
    }
}

fn hashes(line: &str) -> Option<Marker> {
    let skip = line.len() - line.trim_start_matches('#').len();
    let level = u8::try_from(skip).ok().filter(|level| (1..=6).contains(level))?;
    let title = &line[skip..];
    (title.starts_with([' ', '\t']) && !title.trim_matches(['#', ' ', '\t']).is_empty())
        .then_some(Marker::Hashes { level, skip })
}

/// "12." with or without text, "2.4 Text"; not "2.4 million", not "2019. Text".
fn number(line: &str) -> Option<Marker> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = digits(line);
    if !(1..=3).contains(&first) {
        return None;
    }
    let number = line[..first].parse().ok()?;
    let mut rest = line[first..].strip_prefix('.')?;
    let mut parts = 1;
    loop {
        let more = digits(rest);
        if more == 0 || more > 2 {
            break;
        }
        parts += 1;
        rest = &rest[more..];
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None => break,
        }
    }
    let text = rest.trim_start();
    if text.is_empty() {
        return (parts == 1).then_some(Marker::Number { number, alone: true });
    }
    let apart = text.len() < rest.len();
    (apart && (parts == 1 || text.starts_with(char::is_uppercase)))
        .then_some(Marker::Number { number, alone: false })
}

fn bullet(line: &str) -> Option<Marker> {
    let mut characters = line.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    let alone = rest.trim().is_empty();
    match first {
        // Word's bullets come out of PDFs as private-use characters of the Symbol and Wingdings fonts.
        '•'
        | '·'
        | '∙'
        | '●'
        | '○'
        | '◦'
        | '▪'
        | '▫'
        | '■'
        | '□'
        | '◼'
        | '◾'
        | '◆'
        | '❖'
        | '➢'
        | '➤'
        | '►'
        | '▶'
        | '‣'
        | '⁃'
        | '✓'
        | '✔'
        | '\u{f000}'..='\u{f0ff}' => Some(Marker::Item { alone, plain: false }),
        '-' | '–' | '—' | '*' | 'o' if rest.starts_with(char::is_whitespace) => Some(Marker::Item {
            alone: false,
            plain: matches!(first, '-' | '–' | '—'),
        }),
        _ => None,
    }
}

/// "(a) Text", "(iv) Text", "(3) Text", "a) Text", "3) Text".
fn bracketed(line: &str) -> Option<Marker> {
    let (open, body) = line.strip_prefix('(').map_or((false, line), |body| (true, body));
    let (label, rest) = body.split_once(')')?;
    let roman = label.chars().all(|c| "ivxIVX".contains(c)) && label.len() <= 5;
    let letter = label.len() == 1 && label.starts_with(|c: char| c.is_ascii_alphabetic());
    let figure = label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit());
    let known = !label.is_empty() && (letter || figure || (open && roman));
    (known && rest.starts_with(char::is_whitespace)).then_some(Marker::Item {
        alone: false,
        plain: true,
    })
}

#[cfg(test)]
mod tests {
    use super::Marker;

    #[test]
    fn bullets() {
        for line in [
            "• Plans",
            "·         Plans",
            "\u{f0b7} Plans",
            "\u{f0a7}Plans",
            "- Plans",
            "– Plans",
            "* Plans",
            "o Plans",
        ] {
            assert!(
                matches!(Marker::of(line), Some(Marker::Item { alone: false, .. })),
                "{line}"
            );
        }
        for line in ["-5 %", "–", "of plans", "*", "Plans - all", "**Plans**"] {
            assert_eq!(Marker::of(line), None, "{line}");
        }
        assert!(matches!(Marker::of("•"), Some(Marker::Item { alone: true, .. })));
    }

    #[test]
    fn letters_in_brackets() {
        for line in ["(a) Plans", "(iv) Plans", "(3) Plans", "b) Plans", "12) Plans"] {
            assert!(matches!(Marker::of(line), Some(Marker::Item { .. })), "{line}");
        }
        for line in [
            "(LSCB) Plans",
            "() Plans",
            "(a)Plans",
            "(2019) Plans",
            "ii) Plans",
        ] {
            assert_eq!(Marker::of(line), None, "{line}");
        }
    }

    #[test]
    fn numbers_of_paragraphs() {
        assert_eq!(
            Marker::of("12."),
            Some(Marker::Number {
                number: 12,
                alone: true
            })
        );
        assert_eq!(
            Marker::of("12. Plans"),
            Some(Marker::Number {
                number: 12,
                alone: false
            })
        );
        assert_eq!(
            Marker::of("2.4 Plans"),
            Some(Marker::Number {
                number: 2,
                alone: false
            })
        );
        assert_eq!(
            Marker::of("2.4.1. Plans"),
            Some(Marker::Number {
                number: 2,
                alone: false
            })
        );
        for line in ["2.4 million", "2019. Plans", "12", "12 plans", "3.5%", "2.4"] {
            assert_eq!(Marker::of(line), None, "{line}");
        }
    }

    #[test]
    fn hashes() {
        assert_eq!(Marker::of("## Plans"), Some(Marker::Hashes { level: 2, skip: 2 }));
        for line in ["#plans", "####### Plans", "#", "# #"] {
            assert_eq!(Marker::of(line), None, "{line}");
        }
    }
}
