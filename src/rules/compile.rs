//! From cues as written to the form that runs: one automaton for all literals, gaps and orders beside it.
//!
//! In: [`Written`] rules. Out: themes and a [`Lexicon`]. Not decided here: headings and lines, see `letters`.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;

use super::Theme;
use super::cue::{self, Variant};
use super::file::{Placed, RuleFile};
use super::letters::opens;
use super::written::{Role, Written, WrittenTheme};
use crate::codebook::Tone;
use crate::error::Mistake;

/// What a cue does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Act {
    /// Names a theme; a hint only where nothing else in the sentence names one.
    Name { theme: u16, hint: bool },
    /// Names a theme and judges it.
    Judge { theme: u16, tone: Tone },
    /// Judges where the theme is named in the same clause.
    Near { theme: u16, tone: Tone },
    /// Does what its role says.
    Word(Role),
    /// Silences the cues of its own file that it covers, and those of other files with the same role.
    Exempt(Option<Role>),
    /// Begins a clause in contrast to the one before.
    Stop,
    /// Ends a clause; what follows is told in contrast to it ("recognise that | more work is needed").
    Content,
    /// What stands from here to the next comma tells a circumstance, not a finding.
    Circumstance,
    /// The same where it opens a sentence.
    OpeningCircumstance,
    /// The same up to the main verb.
    Relative,
}

impl Act {
    /// What it does, in a word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Name { hint: false, .. } => "theme",
            Self::Name { hint: true, .. } => "hint",
            Self::Judge {
                tone: Tone::Strength, ..
            } => "theme, strength",
            Self::Judge { .. } => "theme, concern",
            Self::Near {
                tone: Tone::Strength, ..
            } => "strength near the theme",
            Self::Near { .. } => "concern near the theme",
            Self::Word(role) => role.name(),
            Self::Exempt(_) => "exempt",
            Self::Stop => "contrast",
            Self::Content => "content",
            Self::Circumstance | Self::OpeningCircumstance | Self::Relative => "circumstance",
        }
    }
}

/// A cue, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) id: String,
    /// Place of its file in the set.
    pub(crate) file: u16,
    pub(crate) act: Act,
    /// 1 to 3, tone words only.
    pub(crate) rank: u8,
    /// Words over which it acts.
    pub(crate) reach: u8,
}

/// A literal's place in the automaton's list and what begins with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Chains whose first part it is, and whether its last word may go on there.
    pub(crate) starts: Vec<(u32, bool)>,
    /// Its last word may go on in some chain.
    pub(crate) open: bool,
    /// A clause begins with it.
    pub(crate) stop: bool,
    /// A clause ends with it.
    pub(crate) content: bool,
}

/// A variant whose parts are literals by number.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) cue: u32,
    pub(crate) parts: Vec<Link>,
}

/// One part of a chain: any of these literals, so many words at most behind the part before.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Literals by number, in order, and whether the last word may go on.
    literals: Vec<(u32, bool)>,
    pub(crate) gap: u8,
}

impl Link {
    /// Whether the last word of a literal may go on; `None` where the literal is not of this part.
    pub(crate) fn open(&self, literal: u32) -> Option<bool> {
        let at = self
            .literals
            .binary_search_by_key(&literal, |(literal, _)| *literal)
            .ok()?;
        Some(self.literals[at].1)
    }
}

/// All cues and the automaton that finds their literals.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) cues: Vec<Cue>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) automaton: AhoCorasick,
    /// For each theme, the themes before which it gives way.
    pub(crate) yields: Vec<Vec<u16>>,
    /// For each theme, headings (in normal form) that make it the topic.
    pub(crate) headings: Vec<(Variant, u16)>,
}

impl Lexicon {
    /// The themes that a heading makes the topic of its section.
    pub(crate) fn heading_themes(&self, normal: &str) -> impl Iterator<Item = u16> {
        let mut themes: Vec<u16> = self
            .headings
            .iter()
            .filter(|(variant, _)| opens(variant, normal))
            .map(|(_, theme)| *theme)
            .collect();
        themes.dedup();
        themes.into_iter()
    }
}

pub(crate) struct Compiled {
    pub(crate) themes: Vec<Theme>,
    pub(crate) lexicon: Lexicon,
}

struct Compiler<'a> {
    files: &'a [RuleFile],
    mistakes: &'a mut Vec<Mistake>,
    cues: Vec<Cue>,
    /// Cues by number with their files, not yet taken apart.
    pending: Vec<(u32, usize, &'a Placed<String>)>,
    variants: Vec<(u32, Variant)>,
    /// Cues by id and whole words, with their places.
    written: HashMap<String, (usize, usize)>,
    ids: HashSet<String>,
}

/// Compiles; mistakes are reported and leave their cue out.
pub(crate) fn compile(files: &[RuleFile], written: &Written, mistakes: &mut Vec<Mistake>) -> Compiled {
    let mut order: Vec<&WrittenTheme> = written.themes.iter().collect();
    order.sort_by_key(|theme| (!theme.core, theme.order, theme.id.clone()));
    let number: HashMap<&str, u16> = order
        .iter()
        .enumerate()
        .map(|(n, theme)| (theme.id.as_str(), u16::try_from(n).unwrap_or(u16::MAX)))
        .collect();
    let mut compiler = Compiler {
        files,
        mistakes,
        cues: Vec::new(),
        pending: Vec::new(),
        variants: Vec::new(),
        written: HashMap::new(),
        ids: HashSet::new(),
    };
    let (mut yields, mut headings) = (Vec::new(), Vec::new());
    for theme in &order {
        let n = number[theme.id.as_str()];
        compiler.theme(theme, n);
        for heading in &theme.headings {
            for variant in compiler.variants(theme.file, heading) {
                headings.push((variant, n));
            }
        }
        let mut before = Vec::new();
        for other in &theme.yields {
            match number.get(other.value.as_str()) {
                Some(other) => before.push(*other),
                None => compiler.mistake(theme.file, other, format!("there is no theme `{}`", other.value)),
            }
        }
        yields.push(before);
    }
    for words in &written.words {
        compiler.list(
            words.file,
            &words.id,
            &words.cues,
            Act::Word(words.role),
            words.rank,
            words.reach,
        );
        compiler.list(
            words.file,
            &words.id,
            &words.exempt,
            Act::Exempt(Some(words.role)),
            2,
            1,
        );
    }
    let english = &written.english;
    for (list, act) in [
        (&english.contrast, Act::Stop),
        (&english.content, Act::Content),
        (&english.circumstance, Act::Circumstance),
        (&english.opening_circumstance, Act::OpeningCircumstance),
        (&english.relative, Act::Relative),
    ] {
        compiler.list(english.file, "english", list, act, 2, 1);
    }
    compiler.take_apart();
    for example in &written.examples {
        for (theme, _) in example.labels.iter().chain(&example.not) {
            if !number.contains_key(theme.as_str()) {
                let message = format!("the example names the theme `{theme}`, which there is not");
                compiler
                    .mistakes
                    .push(Mistake::new(&files[example.file], example.at, message));
            }
        }
    }
    let themes = order
        .iter()
        .map(|theme| Theme {
            id: theme.id.clone(),
            name: theme.name.clone(),
            about: theme.about.clone(),
            core: theme.core,
        })
        .collect();
    Compiled {
        themes,
        lexicon: compiler.finish(yields, headings),
    }
}

impl<'a> Compiler<'a> {
    fn theme(&mut self, theme: &'a WrittenTheme, n: u16) {
        let lists: [(&[Placed<String>], Act); 7] = [
            (
                &theme.names,
                Act::Name {
                    theme: n,
                    hint: false,
                },
            ),
            (&theme.hints, Act::Name { theme: n, hint: true }),
            (
                &theme.strength,
                Act::Judge {
                    theme: n,
                    tone: Tone::Strength,
                },
            ),
            (
                &theme.concern,
                Act::Judge {
                    theme: n,
                    tone: Tone::Concern,
                },
            ),
            (
                &theme.near_strength,
                Act::Near {
                    theme: n,
                    tone: Tone::Strength,
                },
            ),
            (
                &theme.near_concern,
                Act::Near {
                    theme: n,
                    tone: Tone::Concern,
                },
            ),
            (&theme.exempt, Act::Exempt(None)),
        ];
        for (list, act) in lists {
            self.list(theme.file, &theme.id, list, act, 2, 8);
        }
    }

    /// A list of cues. Ids are given in the order of the words, so that the order in the file does not matter.
    fn list(&mut self, file: usize, id: &str, list: &'a [Placed<String>], act: Act, rank: u8, reach: u8) {
        let mut list: Vec<&'a Placed<String>> = list.iter().collect();
        list.sort_by_key(|text| (text.value.contains('('), &text.value));
        for text in list {
            self.cue(file, id, text, act, rank, reach);
        }
    }

    fn cue(&mut self, file: usize, id: &str, text: &'a Placed<String>, act: Act, rank: u8, reach: u8) {
        let whole = format!("{id}/{}", cue::slug(&text.value));
        if let Some(other) = self.written.insert(whole, (file, text.at.start)) {
            let line = self.files[other.0].text[..other.1].matches('\n').count() + 1;
            let message =
                format!("the cue stands in this file already, at line {line}: take one of the two out");
            self.mistake(file, text, message);
            return;
        }
        // The id is the cue's first reading that no other cue of the file has taken.
        let mut ids = cue::readings(&text.value)
            .take(1000)
            .map(|reading| format!("{id}/{}", cue::slug(&reading)));
        let Some(id) = ids.find(|id| !self.ids.contains(id)) else {
            let message = "every reading of the cue stands in other cues of this file: take it out";
            self.mistake(file, text, message.to_owned());
            return;
        };
        self.ids.insert(id.clone());
        let number = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
        self.pending.push((number, file, text));
        let file = u16::try_from(file).unwrap_or(u16::MAX);
        self.cues.push(Cue {
            id,
            file,
            act,
            rank,
            reach,
        });
    }

    /// Takes the cues apart, which is most of the work of loading, on all processors.
    fn take_apart(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let taken: Vec<_> = pending
            .par_iter()
            .map(|(_, _, text)| cue::variants(&text.value))
            .collect();
        for ((number, file, text), variants) in pending.into_iter().zip(taken) {
            match variants {
                Ok(variants) => self
                    .variants
                    .extend(variants.into_iter().map(|variant| (number, variant))),
                Err(message) => self.mistake(file, text, message),
            }
        }
    }

    fn variants(&mut self, file: usize, text: &Placed<String>) -> Vec<Variant> {
        match cue::variants(&text.value) {
            Ok(variants) => variants,
            Err(message) => {
                self.mistake(file, text, message);
                Vec::new()
            }
        }
    }

    fn mistake(&mut self, file: usize, text: &Placed<String>, message: String) {
        self.mistakes
            .push(Mistake::new(&self.files[file], text.at, message));
    }

    fn finish(self, yields: Vec<Vec<u16>>, headings: Vec<(Variant, u16)>) -> Lexicon {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut literals: Vec<&str> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut chains = Vec::new();
        for (cue, variant) in &self.variants {
            let chain = u32::try_from(chains.len()).unwrap_or(u32::MAX);
            let mut parts = Vec::new();
            for (place, part) in variant.parts.iter().enumerate() {
                let mut link = Link {
                    literals: Vec::new(),
                    gap: part.gap,
                };
                for literal in &part.literals {
                    let number = *numbers.entry(&literal.words).or_insert_with(|| {
                        literals.push(&literal.words);
                        entries.push(Entry::default());
                        u32::try_from(literals.len() - 1).unwrap_or(u32::MAX)
                    });
                    let entry = &mut entries[number as usize];
                    entry.open |= literal.open;
                    if place == 0 {
                        entry.starts.push((chain, literal.open));
                        let act = self.cues[*cue as usize].act;
                        entry.stop |= variant.parts.len() == 1 && act == Act::Stop;
                        entry.content |= variant.parts.len() == 1 && act == Act::Content;
                    }
                    link.literals.push((number, literal.open));
                }
                link.literals.sort_unstable();
                // "plan" and "plan*" side by side: the open one says it all.
                link.literals.dedup_by(|later, kept| {
                    let same = later.0 == kept.0;
                    kept.1 |= same && later.1;
                    same
                });
                parts.push(link);
            }
            chains.push(Chain { cue: *cue, parts });
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&literals)
            .expect("some thousand short phrases fit an automaton");
        Lexicon {
            cues: self.cues,
            chains,
            entries,
            automaton,
            yields,
            headings,
        }
    }
}
