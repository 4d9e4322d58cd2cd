//! What stands before the first word of a block: bullets and the document's own numbers.
//!
//! In: the words of a block. Out: a [`Lead`]. Not decided here: whether the block is an item of a list.

/// What stands before the first word of a block.
pub(super) struct Lead {
    /// A bullet or dash stands there.
    pub(super) bullet: bool,
    /// A number, as printed without its full stop.
    pub(super) number: Option<String>,
    /// Where the words begin, in bytes of the block.
    pub(super) rest: usize,
}

/// Parts bullet and number from the words. `before` is the number of the paragraph before: a number that follows it is
/// one also in front of figures ("50. 391 pupils are taught at home.").
pub(super) fn lead(words: &str, before: Option<&str>) -> Lead {
    let trimmed = words.trim_start_matches(is_bullet_or_space);
    let bullets = &words[..words.len() - trimmed.len()];
    let dash = bullets
        .chars()
        .all(|c| matches!(c, '-' | '–' | '—') || c.is_whitespace());
    // A dash is a bullet only where a space follows it.
    if !bullets.trim().is_empty() && (!dash || bullets.ends_with(char::is_whitespace)) {
        return Lead {
            bullet: true,
            number: None,
            rest: bullets.len(),
        };
    }
    if let Some(after) = words
        .strip_prefix("o ")
        .filter(|rest| rest.starts_with(char::is_alphabetic))
    {
        return Lead {
            bullet: true,
            number: None,
            rest: words.len() - after.len(),
        };
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let sub = words[digits..]
        .strip_prefix('.')
        .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if (1..=3).contains(&digits) {
        let whole = if sub > 0 { digits + 1 + sub } else { digits };
        let after = words[whole..].strip_prefix(['.', ')']).unwrap_or(&words[whole..]);
        let marked = after.len() < words.len() - whole || sub > 0;
        let spaced = after.trim_start();
        let follows = || {
            let before: Option<u32> = before.and_then(|number| number.parse().ok());
            before.is_some_and(|before| words[..whole].parse() == Ok(before + 1))
        };
        let opens = spaced.chars().next().is_none_or(|c| {
            c.is_uppercase() || matches!(c, '‘' | '“' | '\'' | '"' | '[') || (c.is_ascii_digit() && follows())
        });
        let parted = after.is_empty() || after.starts_with(char::is_whitespace);
        if marked && opens && parted {
            return Lead {
                bullet: false,
                number: Some(words[..whole].to_owned()),
                rest: words.len() - spaced.len(),
            };
        }
    }
    Lead {
        bullet: false,
        number: None,
        rest: 0,
    }
}

fn is_bullet_or_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '•' | '·'
                | '▪'
                | '■'
                | '●'
                | '○'
                | '◦'
                | '‣'
                | '∙'
                | '*'
                | '-'
                | '–'
                | '—'
                | '►'
                | '➢'
                | '✓'
                // Word's own dash bullet, a stroke through nothing: " ̶ 68 live with parents".
                | '\u{336}'
        )
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}
