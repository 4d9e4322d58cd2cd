//! From cues as written to the form that runs: one automaton for all literals, gaps and orders beside it.
//!
//! In: [`Written`] rules. Out: themes and a [`Lexicon`]. Not decided here: headings and lines, see `letters`.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Theme;
use super::cue::{self, Variant};
use super::file::{Mistake, Placed, RuleFile};
use super::letters::opens;
use super::written::{Role, Written, WrittenTheme};
use crate::codebook::Tone;

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
    /// Silences the cues of its own file that it covers.
    Exempt,
    /// Ends a clause.
    Stop,
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

/// That a literal is part of a variant of a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use {
    pub(crate) variant: u32,
    pub(crate) part: u8,
    /// The literal's last word may go on.
    pub(crate) open: bool,
}

/// A variant whose parts are literals by number.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) cue: u32,
    /// (literal, its last word may go on, words that may stand before it)
    pub(crate) parts: Vec<(u32, bool, u8)>,
}

/// All cues and the automaton that finds their literals.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) cues: Vec<Cue>,
    pub(crate) chains: Vec<Chain>,
    /// For each literal, what it is part of.
    pub(crate) uses: Vec<Vec<Use>>,
    pub(crate) automaton: AhoCorasick,
    /// For each theme, the themes before which it gives way.
    pub(crate) yields: Vec<Vec<u16>>,
    /// For each theme, headings (in normal form) that make it the topic.
    pub(crate) headings: Vec<(Variant, u16)>,
}

impl Lexicon {
    /// Whether a literal ends a clause.
    pub(crate) fn is_stop(&self, literal: u32) -> bool {
        self.uses[literal as usize].iter().any(|use_| {
            let chain = &self.chains[use_.variant as usize];
            chain.parts.len() == 1 && self.cues[chain.cue as usize].act == Act::Stop
        })
    }

    /// The themes that a heading makes the topic of its section.
    pub(crate) fn heading_themes(&self, normal: &str) -> impl Iterator<Item = u16> {
        let mut themes: Vec<u16> =
            self.headings.iter().filter(|(variant, _)| opens(variant, normal)).map(|(_, theme)| *theme).collect();
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
    variants: Vec<(u32, Variant)>,
    seen: HashMap<String, (usize, usize)>,
}

/// Compiles; mistakes are reported and leave their cue out.
pub(crate) fn compile(files: &[RuleFile], written: &Written, mistakes: &mut Vec<Mistake>) -> Compiled {
    let mut order: Vec<&WrittenTheme> = written.themes.iter().collect();
    order.sort_by_key(|theme| (!theme.core, theme.order, theme.id.clone()));
    let number: HashMap<&str, u16> =
        order.iter().enumerate().map(|(n, theme)| (theme.id.as_str(), u16::try_from(n).unwrap_or(u16::MAX))).collect();
    let mut compiler = Compiler { files, mistakes, cues: Vec::new(), variants: Vec::new(), seen: HashMap::new() };
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
        for text in &words.cues {
            compiler.cue(words.file, &words.id, text, Act::Word(words.role), words.rank, words.reach);
        }
        for text in &words.exempt {
            compiler.cue(words.file, &words.id, text, Act::Exempt, 2, 1);
        }
    }
    for text in &written.english.contrast {
        compiler.cue(written.english.file, "english", text, Act::Stop, 2, 1);
    }
    for example in &written.examples {
        for (theme, _) in example.labels.iter().chain(&example.not) {
            if !number.contains_key(theme.as_str()) {
                let message = format!("the example names the theme `{theme}`, which there is not");
                compiler.mistakes.push(Mistake::new(&files[example.file], example.at, message));
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
    Compiled { themes, lexicon: compiler.finish(yields, headings) }
}

impl Compiler<'_> {
    fn theme(&mut self, theme: &WrittenTheme, n: u16) {
        let lists: [(&[Placed<String>], Act); 7] = [
            (&theme.names, Act::Name { theme: n, hint: false }),
            (&theme.hints, Act::Name { theme: n, hint: true }),
            (&theme.strength, Act::Judge { theme: n, tone: Tone::Strength }),
            (&theme.concern, Act::Judge { theme: n, tone: Tone::Concern }),
            (&theme.near_strength, Act::Near { theme: n, tone: Tone::Strength }),
            (&theme.near_concern, Act::Near { theme: n, tone: Tone::Concern }),
            (&theme.exempt, Act::Exempt),
        ];
        for (list, act) in lists {
            for text in list {
                self.cue(theme.file, &theme.id, text, act, 2, 8);
            }
        }
    }

    fn cue(&mut self, file: usize, id: &str, text: &Placed<String>, act: Act, rank: u8, reach: u8) {
        let id = format!("{id}/{}", cue::slug(&text.value));
        if let Some((other, at)) = self.seen.get(&id) {
            let line = self.files[*other].text[..*at].matches('\n').count() + 1;
            let message =
                format!("the cue stands in this file already, at line {line}: take one of the two out");
            self.mistake(file, text, message);
            return;
        }
        self.seen.insert(id.clone(), (file, text.at.start));
        let number = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
        for variant in self.variants(file, text) {
            self.variants.push((number, variant));
        }
        let file = u16::try_from(file).unwrap_or(u16::MAX);
        self.cues.push(Cue { id, file, act, rank, reach });
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
        self.mistakes.push(Mistake::new(&self.files[file], text.at, message));
    }

    fn finish(self, yields: Vec<Vec<u16>>, headings: Vec<(Variant, u16)>) -> Lexicon {
        let mut literals: HashMap<&str, u32> = HashMap::new();
        let mut patterns: Vec<&str> = Vec::new();
        let mut uses: Vec<Vec<Use>> = Vec::new();
        let mut chains = Vec::new();
        for (n, (cue, variant)) in self.variants.iter().enumerate() {
            let mut parts = Vec::new();
            for (place, part) in variant.parts.iter().enumerate() {
                let literal = *literals.entry(&part.words).or_insert_with(|| {
                    patterns.push(&part.words);
                    uses.push(Vec::new());
                    u32::try_from(patterns.len() - 1).unwrap_or(u32::MAX)
                });
                parts.push((literal, part.open, part.gap));
                uses[literal as usize].push(Use {
                    variant: u32::try_from(n).unwrap_or(u32::MAX),
                    part: u8::try_from(place).unwrap_or(u8::MAX),
                    open: part.open,
                });
            }
            chains.push(Chain { cue: *cue, parts });
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns)
            .expect("some thousand short phrases fit an automaton");
        Lexicon { cues: self.cues, chains, uses, automaton, yields, headings }
    }
}
