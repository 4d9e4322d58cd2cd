//! Compiled rules as two flat pieces, numbers and words, so that they can be made when the program is built and need no
//! parsing at its start.
//!
//! In: [`Compiled`]. Out: a [`Table`], and from it the same [`Compiled`] again. Not decided here: what is in it; a test holds
//! the built-in table against what the loader makes of `rules/`.
//!
//! Numbers are of 32 bits, low byte first. Every list has its length before it. Words stand one behind the other; their
//! lengths are among the numbers.

use std::borrow::Cow;

use super::compiled::Compiled;
use super::cue::{Literal, Part, Variant};
use super::letters::{English, Letters};
use super::lexicon::{Act, Chain, Cue, Entry, Lexicon, Link, Pairs, Second, Theme, Uses};
use super::openings::Openings;
use super::trie::Trie;
use super::written::{HeadingKind, LineKind, Role};
use crate::codebook::{Grade, SectionRole, Tone};
use crate::span::Span;

/// Compiled rules, stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) numbers: &'static [u8],
    pub(crate) words: &'static str,
}

/// Stores compiled rules.
#[allow(dead_code, reason = "the build script calls it, and a test of the program")]
pub(crate) fn store(rules: &Compiled) -> (Vec<u8>, String) {
    let mut to = Writer::default();
    rules.put(&mut to);
    let bytes = to.numbers.iter().flat_map(|number| number.to_le_bytes());
    (bytes.collect(), to.words)
}

impl Table {
    /// The rules that were stored. What is missing in a table that was cut short is empty or 0.
    pub(crate) fn rules(self) -> Compiled {
        Compiled::take(&mut Reader {
            numbers: self.numbers,
            words: self.words,
        })
    }
}

#[derive(Default)]
struct Writer {
    numbers: Vec<u32>,
    words: String,
}

impl Writer {
    fn length<T>(&mut self, list: &[T]) {
        self.numbers.push(u32::try_from(list.len()).unwrap_or(u32::MAX));
    }
}

struct Reader {
    numbers: &'static [u8],
    words: &'static str,
}

impl Reader {
    #[inline]
    fn number(&mut self) -> u32 {
        match self.numbers.split_first_chunk() {
            Some((number, rest)) => {
                self.numbers = rest;
                u32::from_le_bytes(*number)
            }
            None => 0,
        }
    }

    /// How many things follow, each of one number or more.
    fn length(&mut self) -> usize {
        (self.number() as usize).min(self.numbers.len() / size_of::<u32>())
    }
}

/// What can stand in a table.
trait Stored {
    fn put(&self, to: &mut Writer);
    fn take(from: &mut Reader) -> Self;
}

impl Stored for u32 {
    fn put(&self, to: &mut Writer) {
        to.numbers.push(*self);
    }

    #[inline]
    fn take(from: &mut Reader) -> Self {
        from.number()
    }
}

macro_rules! smaller {
    ($($number:ty),+) => {$(
        impl Stored for $number {
            fn put(&self, to: &mut Writer) {
                u32::try_from(*self).unwrap_or(u32::MAX).put(to);
            }

            #[inline]
            #[allow(clippy::cast_possible_truncation, reason = "it was one before it was stored")]
            fn take(from: &mut Reader) -> Self {
                from.number() as Self
            }
        }
    )+};
}

smaller!(u8, u16, usize);

impl Stored for u64 {
    fn put(&self, to: &mut Writer) {
        ((self >> 32) as u32).put(to);
        (*self as u32).put(to);
    }

    #[inline]
    fn take(from: &mut Reader) -> Self {
        Self::from(from.number()) << 32 | Self::from(from.number())
    }
}

impl Stored for bool {
    fn put(&self, to: &mut Writer) {
        u32::from(*self).put(to);
    }

    fn take(from: &mut Reader) -> Self {
        from.number() == 1
    }
}

impl Stored for Cow<'static, str> {
    fn put(&self, to: &mut Writer) {
        self.len().put(to);
        to.words.push_str(self);
    }

    #[inline]
    fn take(from: &mut Reader) -> Self {
        let length = usize::take(from);
        let (words, rest) = from.words.split_at_checked(length).unwrap_or_default();
        from.words = rest;
        Cow::Borrowed(words)
    }
}

impl Stored for String {
    fn put(&self, to: &mut Writer) {
        self.len().put(to);
        to.words.push_str(self);
    }

    fn take(from: &mut Reader) -> Self {
        Cow::take(from).into_owned()
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, to: &mut Writer) {
        to.length(self);
        self.iter().for_each(|one| one.put(to));
    }

    fn take(from: &mut Reader) -> Self {
        let length = from.length();
        (0..length).map(|_| T::take(from)).collect()
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
        self.1.put(to);
    }

    #[inline]
    fn take(from: &mut Reader) -> Self {
        (A::take(from), B::take(from))
    }
}

/// A struct is stored field by field, in the order in which they are named here.
macro_rules! fields {
    ($name:ident { $($field:ident),+ }) => {
        impl Stored for $name {
            fn put(&self, to: &mut Writer) {
                $(self.$field.put(to);)+
            }

            #[inline]
            fn take(from: &mut Reader) -> Self {
                $(let $field = Stored::take(from);)+
                Self { $($field),+ }
            }
        }
    };
}

fields!(Compiled {
    fingerprint,
    themes,
    lexicon,
    letters,
    english
});
fields!(Theme {
    id,
    name,
    about,
    core
});
fields!(Lexicon {
    cues,
    chains,
    entries,
    uses,
    starts,
    seconds,
    pairs,
    links,
    literals,
    trie,
    yields,
    groups,
    headings
});
fields!(Cue {
    id,
    words,
    file,
    act,
    rank,
    reach,
    written
});
fields!(Chain { cue, further });
fields!(Second { literal, chain });
fields!(Link { literals, kin, gap });
fields!(Variant { parts });
fields!(Part { literals, gap });
fields!(Literal { words, open });
fields!(Letters {
    headings,
    lines,
    grades
});
fields!(English {
    words,
    cutting,
    adverbs
});
fields!(Openings { bits });
fields!(Span { start, end });
fields!(Entry {
    starts,
    seconds,
    kin,
    gap
});
fields!(Pairs { bits });

impl Stored for Uses {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
    }

    #[inline]
    fn take(from: &mut Reader) -> Self {
        Self(Stored::take(from))
    }
}

impl Stored for Trie {
    fn put(&self, to: &mut Writer) {
        to.length(self.units());
        to.numbers.extend(self.units());
    }

    fn take(from: &mut Reader) -> Self {
        let length = from.length() * size_of::<u32>();
        let (units, rest) = from.numbers.split_at(length);
        from.numbers = rest;
        let units = units.as_chunks().0.iter();
        Self::from_units(units.map(|unit| u32::from_le_bytes(*unit)).collect())
    }
}

/// One of a closed list of values is stored as its place in the list.
fn put_one_of<T: PartialEq>(all: &[T], one: &T, to: &mut Writer) {
    all.iter().position(|other| other == one).unwrap_or(0).put(to);
}

/// The first of the list where the place lies beyond it.
fn take_one_of<T: Copy>(all: &[T], from: &mut Reader) -> T {
    let place = usize::take(from);
    *all.get(place).unwrap_or(&all[0])
}

macro_rules! one_of {
    ($($name:ident),+) => {$(
        impl Stored for $name {
            fn put(&self, to: &mut Writer) {
                put_one_of(Self::ALL, self, to);
            }

            fn take(from: &mut Reader) -> Self {
                take_one_of(Self::ALL, from)
            }
        }
    )+};
}

one_of!(Tone, Grade, SectionRole, LineKind, Role);

impl Stored for HeadingKind {
    fn put(&self, to: &mut Writer) {
        match self {
            Self::NoRows => false.put(to),
            Self::Role(role) => (true, *role).put(to),
        }
    }

    fn take(from: &mut Reader) -> Self {
        match bool::take(from) {
            false => Self::NoRows,
            true => Self::Role(SectionRole::take(from)),
        }
    }
}

impl Stored for Act {
    fn put(&self, to: &mut Writer) {
        match *self {
            Self::Name { theme, hint } => (0_u8, (theme, hint)).put(to),
            Self::Judge { theme, tone } => (1_u8, (theme, tone)).put(to),
            Self::Near { theme, tone } => (2_u8, (theme, tone)).put(to),
            Self::Word(role) => (3_u8, role).put(to),
            Self::Exempt(None) => 4_u8.put(to),
            Self::Exempt(Some(role)) => (5_u8, role).put(to),
            Self::Stop => 6_u8.put(to),
            Self::Content => 7_u8.put(to),
            Self::Circumstance => 8_u8.put(to),
            Self::OpeningCircumstance => 9_u8.put(to),
            Self::Relative => 10_u8.put(to),
            Self::GoingOn => 11_u8.put(to),
        }
    }

    fn take(from: &mut Reader) -> Self {
        match from.number() {
            0 => Self::Name {
                theme: Stored::take(from),
                hint: Stored::take(from),
            },
            1 => Self::Judge {
                theme: Stored::take(from),
                tone: Stored::take(from),
            },
            2 => Self::Near {
                theme: Stored::take(from),
                tone: Stored::take(from),
            },
            3 => Self::Word(Stored::take(from)),
            4 => Self::Exempt(None),
            5 => Self::Exempt(Some(Stored::take(from))),
            6 => Self::Stop,
            7 => Self::Content,
            8 => Self::Circumstance,
            9 => Self::OpeningCircumstance,
            10 => Self::Relative,
            _ => Self::GoingOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{Rules, TABLE, built_in_files, compiled, written};

    #[test]
    fn the_built_in_table_is_what_the_loader_makes_of_the_files() {
        let mut files = built_in_files();
        // Neither the order of the files nor the machine that built the program may show.
        files.reverse();
        compiled::sort(&mut files);
        let mut mistakes = Vec::new();
        let written = written::written(&files, &mut mistakes);
        let made = compiled::compiled(&files, &written, &mut mistakes);
        assert_eq!(mistakes, []);
        let (numbers, words) = super::store(&made);
        assert!(numbers == TABLE.numbers && words == TABLE.words);
        assert!(made == TABLE.rules(), "stored and read back, they are others");
    }

    #[test]
    fn rules_read_the_same_from_the_table_as_from_the_files() {
        let (stored, made) = (
            Rules::built_in(),
            Rules::built_in_checked().expect("they are tested"),
        );
        assert_eq!(stored.fingerprint(), made.fingerprint());
        assert!(stored.themes().eq(made.themes()));
        assert!(stored.cues().eq(made.cues()));
        let names = |rules: &Rules| {
            rules
                .files()
                .iter()
                .map(|file| file.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&stored), names(&made));
        let texts = |rules: &Rules| {
            rules
                .examples()
                .iter()
                .map(|one| one.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&stored), texts(&made));
        let dear = "Dear colleague";
        assert_eq!(stored.lines.kind(dear), made.lines.kind(dear));
        assert!(stored.lines.kind(dear).is_some());
    }

    #[test]
    fn a_table_cut_short_does_no_harm() {
        for length in [0, 1, 4, 100, 1000, TABLE.numbers.len() - 4] {
            let cut = super::Table {
                numbers: &TABLE.numbers[..length],
                words: &TABLE.words[..length.min(80)],
            };
            assert!(cut.rules() != TABLE.rules());
        }
    }
}
