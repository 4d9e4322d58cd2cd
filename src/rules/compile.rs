//! From cues as written to the form that runs: one trie for all literals, gaps and orders beside it.
//!
//! In: [`Written`] rules. Out: themes and a [`Lexicon`]. Not decided here: headings and lines, see `letters`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::cue::{self, Variant};
use super::file::{Placed, RuleFile};
use super::lexicon::{Act, Chain, Cue, Entry, Lexicon, Link, Pairs, Second, Theme, Uses, class, pack};
use super::trie::Trie;
use super::written::{Does, Place, Written, WrittenTheme};
use crate::codebook::Tone;
use crate::error::Mistake;
use crate::span::Span;

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
pub(super) fn lexicon(
    files: &[RuleFile],
    written: &Written,
    mistakes: &mut Vec<Mistake>,
) -> (Vec<Theme>, Lexicon) {
    let mut order: Vec<&WrittenTheme> = written
        .themes
        .iter()
        .filter(|theme| theme.place.below.is_none())
        .collect();
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
    let groups = order.iter().map(|theme| theme.group).collect();
    for theme in &order {
        let n = number[theme.id.as_str()];
        let mut before = Vec::new();
        // The theme's own file, then what overlays add to it, which so leaves the ids of its cues as they are.
        for file in written
            .themes
            .iter()
            .filter(|file| file.place.owner() == theme.place.file)
        {
            compiler.theme(file, n);
            for heading in &file.headings {
                for variant in compiler.variants(file.place.file, heading) {
                    headings.push((variant, n));
                }
            }
            for other in &file.yields {
                match number.get(other.value.as_str()) {
                    Some(other) => before.push(*other),
                    None => compiler.mistake(
                        "E303",
                        file.place.file,
                        other,
                        format!("there is no theme `{}`", other.value),
                    ),
                }
            }
            compiler.switch_off(file.place.file, &file.id, &file.off);
        }
        yields.push(before);
    }
    for words in &written.words {
        let own = |below: usize| written.words.iter().find(|other| other.place.file == below);
        let Some(does) = words.does.or_else(|| own(words.place.owner())?.does) else {
            continue;
        };
        let Does { role, rank, reach } = does;
        compiler.list(words.place, &words.id, &words.cues, Act::Word(role), rank, reach);
        compiler.list(
            words.place,
            &words.id,
            &words.exempt,
            Act::Exempt(Some(role)),
            2,
            1,
        );
        compiler.switch_off(words.place.file, &words.id, &words.off);
    }
    let english = &written.english;
    for (list, act) in [
        (&english.contrast, Act::Stop),
        (&english.content, Act::Content),
        (&english.circumstance, Act::Circumstance),
        (&english.opening_circumstance, Act::OpeningCircumstance),
        (&english.relative, Act::Relative),
        (&english.going_on, Act::GoingOn),
    ] {
        compiler.list(Place::of(english.file), "english", list, act, 2, 1);
    }
    compiler.take_apart();
    for example in &written.examples {
        for (theme, _) in example.labels.iter().chain(&example.not) {
            if !number.contains_key(theme.as_str()) {
                let message = format!("the example names the theme `{theme}`, which there is not");
                compiler
                    .mistakes
                    .push(Mistake::new(&files[example.file], example.at, message).coded("E304"));
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
    (themes, compiler.finish(yields, groups, headings))
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
            self.list(theme.place, &theme.id, list, act, 2, 8);
        }
    }

    /// A list of cues. Ids are given in the order of the words, so that the order in the file does not matter.
    fn list(&mut self, place: Place, id: &str, list: &'a [Placed<String>], act: Act, rank: u8, reach: u8) {
        let mut list: Vec<&'a Placed<String>> = list.iter().collect();
        list.sort_by_key(|text| (text.value.contains('('), &text.value));
        for text in list {
            self.cue(place, id, text, act, rank, reach);
        }
    }

    fn cue(&mut self, place: Place, id: &str, text: &'a Placed<String>, act: Act, rank: u8, reach: u8) {
        let whole = format!("{id}/{}", cue::slug(&text.value));
        let file = place.file;
        if let Some(other) = self.written.insert(whole, (file, text.at.start)) {
            let line = self.files[other.0].text[..other.1].matches('\n').count() + 1;
            let message = if other.0 == file {
                format!("the cue stands in this file already, at line {line}: take one of the two out")
            } else {
                let below = self.files[other.0].shown();
                format!("the cue stands in {below} already, at line {line}: take it out here")
            };
            self.mistake("E301", file, text, message);
            return;
        }
        // The id is the cue's first reading that no other cue of the file has taken.
        let free = |id: &String| !self.ids.contains(id);
        let named = |reading: String| format!("{id}/{}", cue::slug(&reading));
        let first = Some(named(cue::first_reading(&text.value))).filter(free);
        let id = first.or_else(|| cue::readings(&text.value).take(1000).map(named).find(free));
        let Some(id) = id else {
            let message = "every reading of the cue stands in other cues of this file: take it out";
            self.mistake("E302", file, text, message.to_owned());
            return;
        };
        self.ids.insert(id.clone());
        let number = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
        self.pending.push((number, file, text));
        let file = u16::try_from(place.owner()).unwrap_or(u16::MAX);
        self.cues.push(Cue {
            id: id.into(),
            words: Cow::Owned(text.value.clone()),
            file,
            act,
            rank,
            reach,
            written: (place.file, text.at),
        });
    }

    /// Switches cues off: they keep their number, but nothing in a text is found by them.
    fn switch_off(&mut self, file: usize, id: &str, off: &'a [Placed<String>]) {
        for text in off {
            let cue = self.cues.iter().position(|cue| cue.id == text.value);
            let before = self.pending.len();
            if let Some(cue) = cue {
                self.pending.retain(|(number, _, _)| *number as usize != cue);
            }
            if self.pending.len() < before && text.value.starts_with(&format!("{id}/")) {
                continue;
            }
            let message = match cue {
                Some(cue) if self.pending.len() < before => {
                    let of = &self.files[usize::from(self.cues[cue].file)].name;
                    let here = &self.files[file].name;
                    format!(
                        "`{}` belongs to {of}, so it cannot be switched off in {here}: move the entry to {of} of your folder",
                        text.value
                    )
                }
                Some(_) => format!(
                    "`{}` is switched off already: take one of the two entries out",
                    text.value
                ),
                None => format!(
                    "there is no cue `{}` to switch off: write the id of one",
                    text.value
                ),
            };
            self.mistake("E305", file, text, message);
        }
    }

    /// Takes the cues apart.
    fn take_apart(&mut self) {
        for (number, file, text) in std::mem::take(&mut self.pending) {
            let variants = match self.cues[number as usize].act {
                Act::Stop | Act::Content => cue::written_out(&text.value),
                _ => cue::variants(&text.value),
            };
            match variants {
                Ok(variants) => self
                    .variants
                    .extend(variants.into_iter().map(|variant| (number, variant))),
                Err(fault) => self.mistakes.push(fault.mistake(&self.files[file], text)),
            }
        }
    }

    fn variants(&mut self, file: usize, text: &Placed<String>) -> Vec<Variant> {
        match cue::variants(&text.value) {
            Ok(variants) => variants,
            Err(fault) => {
                self.mistakes.push(fault.mistake(&self.files[file], text));
                Vec::new()
            }
        }
    }

    fn mistake(&mut self, code: &'static str, file: usize, text: &Placed<String>, message: String) {
        self.mistakes
            .push(Mistake::new(&self.files[file], text.at, message).coded(code));
    }

    fn finish(self, yields: Vec<Vec<u16>>, groups: Vec<bool>, headings: Vec<(Variant, u16)>) -> Lexicon {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut phrases: Vec<(&[u8], u32)> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut uses: Vec<Uses> = Vec::new();
        let mut starts: Vec<(Vec<u32>, Vec<Second>)> = Vec::new();
        let mut lexicon = Lexicon::default();
        for (cue, variant) in &self.variants {
            let chain = length(&lexicon.chains);
            let from = length(&lexicon.links);
            let act = self.cues[*cue as usize].act;
            let mut parts = variant.parts.iter().map(|part| {
                let mut packed: Vec<u32> = Vec::with_capacity(part.literals.len());
                for literal in &part.literals {
                    let number = *numbers.entry(&literal.words).or_insert_with(|| {
                        phrases.push((literal.words.as_bytes(), length(&entries)));
                        entries.push(Entry::default());
                        uses.push(Uses::default());
                        starts.push(Default::default());
                        length(&entries) - 1
                    });
                    if literal.open {
                        uses[number as usize] |= Uses::OPEN;
                    }
                    packed.push(pack(number, literal.open));
                }
                packed
            });
            let first = parts.next().unwrap_or_default();
            let mut further: Vec<Vec<u32>> = parts.collect();
            for (packed, part) in further.iter_mut().zip(&variant.parts[1..]) {
                packed.sort_unstable();
                // "plan" and "plan*" side by side: the open one, sorted last, says it all.
                packed.reverse();
                packed.dedup_by_key(|packed| *packed >> 1);
                packed.reverse();
                let literals = length(&lexicon.literals);
                lexicon.literals.extend_from_slice(packed);
                lexicon.links.push(Link {
                    literals: (literals, length(&lexicon.literals)),
                    kin: packed.iter().fold(0, |kin, packed| kin | 1 << class(packed >> 1)),
                    gap: part.gap,
                });
            }
            for second in further.first().into_iter().flatten() {
                uses[*second as usize >> 1] |= Uses::SECOND;
            }
            for packed in first {
                let number = packed as usize >> 1;
                let (entry, (only, seconds)) = (&mut entries[number], &mut starts[number]);
                let start = pack(chain, packed & 1 == 1);
                match further.first() {
                    None => {
                        only.push(start);
                        uses[number] |= match act {
                            Act::Stop => Uses::WHOLE | Uses::STOP,
                            Act::Content => Uses::WHOLE | Uses::CONTENT,
                            _ => Uses::WHOLE,
                        };
                    }
                    Some(second) => {
                        entry.gap = entry.gap.max(variant.parts[1].gap);
                        uses[number] |= Uses::FIRST;
                        seconds.extend(second.iter().map(|literal| Second {
                            literal: *literal,
                            chain: start,
                        }));
                    }
                }
            }
            lexicon.chains.push(Chain {
                cue: *cue,
                further: (from, length(&lexicon.links)),
            });
        }
        let mut pairs = Vec::new();
        for (number, (entry, (mut only, mut seconds))) in (0..).zip(entries.iter_mut().zip(starts)) {
            let first = length(&lexicon.starts);
            lexicon.starts.append(&mut only);
            entry.starts = (first, length(&lexicon.starts));
            seconds.sort_unstable();
            for second in &seconds {
                entry.kin |= 1 << class(second.literal >> 1);
                pairs.push((number, second.literal >> 1));
            }
            let first = length(&lexicon.seconds);
            lexicon.seconds.append(&mut seconds);
            entry.seconds = (first, length(&lexicon.seconds));
        }
        pairs.dedup();
        lexicon.pairs = Pairs::new(&pairs);
        lexicon.entries = entries;
        lexicon.uses = uses;
        lexicon.trie = match Trie::new(phrases) {
            Some(trie) => trie,
            None => {
                let message = "the rules hold more phrases than can be run: some eight million letters";
                if let Some(file) = self.files.first() {
                    let mistake = Mistake::new(file, Span::default(), message);
                    self.mistakes.push(mistake.coded("E207"));
                }
                Trie::default()
            }
        };
        Lexicon {
            cues: self.cues,
            yields,
            groups,
            headings,
            ..lexicon
        }
    }
}

/// The length of a list of which there are never as many as four thousand million.
fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
