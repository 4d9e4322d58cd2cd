//! A text as other programs keep it, and where places of ours lie in it.

/// A text that stays as it is when another program opens it.
///
/// Programs on Windows and those made with Qt read a line break of two characters as one, and drop characters that cannot be
/// shown; every place behind then lies wrong. So here a line break is one line feed, and each other control character is one
/// space: only places behind a dropped carriage return move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    characters: Vec<char>,
    /// Places of carriage returns that stood before a line feed, in the text as it was.
    dropped: Vec<usize>,
}

impl Plain {
    /// The plain text of a text.
    pub fn of(text: &str) -> Self {
        let mut plain = Self {
            characters: Vec::with_capacity(text.len()),
            dropped: Vec::new(),
        };
        let mut characters = text.chars().enumerate().peekable();
        while let Some((place, character)) = characters.next() {
            let before_feed = characters.peek().is_some_and(|(_, next)| *next == '\n');
            match character {
                '\r' if before_feed => plain.dropped.push(place),
                '\r' | '\u{2028}' | '\u{2029}' => plain.characters.push('\n'),
                '\n' | '\t' => plain.characters.push(character),
                // A byte order mark in the middle is dropped by some readers as one in front is by all.
                '\u{feff}' => plain.characters.push(' '),
                control if control.is_control() => plain.characters.push(' '),
                _ => plain.characters.push(character),
            }
        }
        plain
    }

    /// The text.
    pub fn text(&self) -> String {
        self.characters.iter().collect()
    }

    /// Where a place of the text as it was lies, both in characters.
    pub fn place(&self, character: usize) -> usize {
        character - self.dropped.partition_point(|dropped| *dropped < character)
    }

    /// The characters from one place of this text to another; fewer where it is shorter.
    pub fn slice(&self, start: usize, end: usize) -> &[char] {
        let end = end.min(self.characters.len());
        &self.characters[start.min(end)..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_words() {
        let text = "One\r\ntwo\rthree\u{c}four\r\n\r\nfivé 𝟔\u{feff}";
        let plain = Plain::of(text);
        assert_eq!(plain.text(), "One\ntwo\nthree four\n\nfivé 𝟔 ");
        for word in ["One", "two", "three", "four", "fivé", "𝟔"] {
            let start = text[..text.find(word).unwrap()].chars().count();
            let end = start + word.chars().count();
            let found: String = plain.slice(plain.place(start), plain.place(end)).iter().collect();
            assert_eq!(found, word);
        }
        assert_eq!(plain.slice(100, 200), &[] as &[char]);
    }
}
