//! Numbers as lists write them.

/// a to z, then aa, bb: word processors repeat the letter. "0" for 0.
pub(super) fn letters(count: u32) -> String {
    let Some(index) = count.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[(index % 26) as usize]);
    // Nobody numbers a letter past zzzz; a damaged count must not ask for megabytes.
    std::iter::repeat_n(letter, (index / 26 + 1).min(4) as usize).collect()
}

/// i, ii, iii; figures for what Roman numbers cannot write.
pub(super) fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut left = count;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            written.push_str(sign);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{letters, roman};

    #[test]
    fn letters_repeat() {
        assert_eq!(
            [letters(1), letters(26), letters(27), letters(0)],
            ["a", "z", "aa", "0"]
        );
        assert_eq!(letters(u32::MAX).len(), 4);
    }

    #[test]
    fn roman_numbers() {
        assert_eq!(
            [roman(4), roman(19), roman(1990), roman(0)],
            ["iv", "xix", "mcmxc", "0"]
        );
    }
}
