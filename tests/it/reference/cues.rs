//! Cues as `rules/README.md` describes them, taken from the TOML of the rule files.

use std::collections::BTreeSet;

use findings::Rules;
use findings::rules::RuleFile;
use toml::de::DeTable;

/// What a cue does, as far as it matters to which cues it silences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names a theme.
    Name,
    /// Names a theme and judges it.
    Judge,
    /// Judges a theme near it.
    Near,
    /// Praise or criticism.
    Tone,
    /// Has to improve, or withholds credit.
    Verdict,
    /// Turns praise and criticism.
    Turn,
    Neutral,
    /// When it holds, and whether it has moved.
    Frame,
    Speaker,
    /// Silences what it covers of its own file or role, and is never silenced.
    Exempt,
    /// Cuts clauses; silences nothing.
    Cut,
}

impl Kind {
    /// Whether a longer cue of this kind silences a shorter one of the other inside it.
    fn silences(self, other: Self) -> bool {
        let judging = |kind| matches!(kind, Self::Judge | Self::Near | Self::Tone);
        let turning = |kind| matches!(kind, Self::Verdict | Self::Turn);
        ((judging(self) || self == Self::Verdict) && judging(other))
            || ((judging(self) || turning(self)) && turning(other))
            || (self == other && matches!(self, Self::Neutral | Self::Frame | Self::Speaker))
    }
}

/// A word of a cue.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) word: String,
    /// It may go on.
    pub(super) open: bool,
    /// Words that may stand before it.
    pub(super) gap: usize,
}

/// What stands between spaces outside brackets.
#[derive(Debug)]
pub(super) enum Token {
    Gap(usize),
    /// One of these; each may be several words, or nothing.
    Choices(Vec<Vec<Atom>>),
}

/// A cue of a rule file.
pub(super) struct Written {
    pub(super) id: String,
    pub(super) file: String,
    pub(super) kind: Kind,
    /// The role of its file, or the role as which a theme's words of praise or criticism count.
    pub(super) role: String,
    pub(super) tokens: Vec<Token>,
}

/// All cues of a set of rules.
pub(super) fn written(rules: &Rules) -> Vec<Written> {
    rules.files().iter().flat_map(file).collect()
}

fn file(file: &RuleFile) -> Vec<Written> {
    let table = DeTable::parse(&file.text).unwrap();
    let table = table.get_ref();
    let list = |key: &str| -> Vec<String> {
        let array = table.get(key).and_then(|value| value.get_ref().as_array());
        let strings = array.into_iter().flat_map(|array| array.iter());
        strings
            .map(|entry| entry.get_ref().as_str().unwrap().to_owned())
            .collect()
    };
    let role = table.get("role").and_then(|role| role.get_ref().as_str());
    let role = role.unwrap_or_default();
    let lists: Vec<(&str, Kind, &str)> = match file.name.split('/').next().unwrap() {
        "themes" => vec![
            ("names", Kind::Name, ""),
            ("hints", Kind::Name, ""),
            ("strength", Kind::Judge, ""),
            ("concern", Kind::Judge, ""),
            ("near_strength", Kind::Near, "strength"),
            ("near_concern", Kind::Near, "concern"),
            ("exempt", Kind::Exempt, ""),
        ],
        "words" => {
            let kind = match role {
                "strength" | "concern" => Kind::Tone,
                "need" | "withhold" => Kind::Verdict,
                "neutral" => Kind::Neutral,
                "past" | "future" | "improved" | "declined" | "unchanged" => Kind::Frame,
                "inspector" | "authority" | "other" => Kind::Speaker,
                _ => Kind::Turn,
            };
            vec![("cues", kind, role), ("exempt", Kind::Exempt, role)]
        }
        "english.toml" => [
            "contrast",
            "content",
            "circumstance",
            "opening_circumstance",
            "relative",
            "going_on",
        ]
        .map(|key| (key, Kind::Cut, ""))
        .to_vec(),
        _ => Vec::new(),
    };
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for (key, kind, role) in lists {
        let mut cues = list(key);
        // Cues without a choice take their ids first, then the rest in the order of the alphabet.
        cues.sort();
        let (choices, plain): (Vec<String>, Vec<String>) =
            cues.into_iter().partition(|cue| cue.contains('('));
        for cue in plain.into_iter().chain(choices) {
            let free = expand(&cue)
                .into_iter()
                .map(|reading| format!("{}/{}", file.id(), slug(&reading)));
            let id = free.into_iter().find(|id| !taken.contains(id)).unwrap();
            taken.insert(id.clone());
            let tokens = tokens(&cue);
            all.push(Written {
                id,
                file: file.name.clone(),
                kind,
                role: role.to_owned(),
                tokens,
            });
        }
    }
    all
}

/// `caseloads .. too high` as `caseloads..too-high`, `a ..8 b` as `a..8.b`.
fn slug(reading: &str) -> String {
    let words: Vec<&str> = reading.split_whitespace().collect();
    let joined = words
        .join("-")
        .replace("-..", "..")
        .replace("..-", "..")
        .replace('\'', "");
    // Behind a gap with a number stands a full stop where a hyphen would.
    let mut out = String::new();
    let mut rest = joined.as_str();
    while let Some(at) = rest.find("..") {
        let number = at + 2 + rest[at + 2..].bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(&rest[..number]);
        rest = &rest[number..];
        if let Some(after) = rest.strip_prefix('-').filter(|_| number > at + 2) {
            out.push('.');
            rest = after;
        }
    }
    out + rest
}

/// All ways to read the brackets of a text, the last turning fastest.
fn expand(text: &str) -> Vec<String> {
    fn sequence(chars: &[char], at: &mut usize) -> Vec<String> {
        let mut all = vec![String::new()];
        while *at < chars.len() && !matches!(chars[*at], '|' | ')') {
            let next = if chars[*at] == '(' {
                let mut inside = Vec::new();
                while chars[*at] != ')' {
                    *at += 1;
                    inside.extend(sequence(chars, at));
                }
                inside
            } else {
                vec![chars[*at].to_string()]
            };
            *at += 1;
            all = all
                .iter()
                .flat_map(|start| next.iter().map(move |end| format!("{start}{end}")))
                .collect();
        }
        all
    }
    sequence(&text.chars().collect::<Vec<_>>(), &mut 0)
}

fn gap(word: &str) -> Option<usize> {
    let words = word.strip_prefix("..")?;
    Some(if words.is_empty() {
        4
    } else {
        words.parse().unwrap()
    })
}

fn tokens(cue: &str) -> Vec<Token> {
    let mut pieces = vec![String::new()];
    let mut depth = 0;
    for c in cue.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c.is_whitespace() && depth == 0 {
            pieces.push(String::new());
        } else {
            pieces.last_mut().unwrap().push(c);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    let token = |piece: &String| match gap(piece) {
        Some(gap) => Token::Gap(gap),
        None => Token::Choices(
            expand(piece)
                .iter()
                .flat_map(|reading| hyphens(reading))
                .map(|text| atoms(&text))
                .collect(),
        ),
    };
    pieces.iter().map(token).collect()
}

/// A hyphen as a space and as nothing.
fn hyphens(text: &str) -> Vec<String> {
    match text.split_once('-') {
        None => vec![text.to_owned()],
        Some((start, end)) => {
            let ends = hyphens(end);
            ["", " "]
                .iter()
                .flat_map(|join| ends.iter().map(move |end| format!("{start}{join}{end}")))
                .collect()
        }
    }
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut before = 0;
    for word in text.split_whitespace() {
        if let Some(words) = gap(word) {
            before = words;
            continue;
        }
        let word = word.replace(['’', '‘'], "'").replace(['“', '”'], "\"");
        let open = word.ends_with('*');
        atoms.push(Atom {
            word: word.trim_end_matches('*').to_owned(),
            open,
            gap: before,
        });
        before = 0;
    }
    atoms
}

impl Written {
    /// Whether it names the theme of its file.
    pub(super) fn names(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Judge)
    }

    /// Whether it judges only where the theme of its file is named.
    pub(super) fn is_near(&self) -> bool {
        self.kind == Kind::Near
    }

    /// Whether this cue, where it is the longer, silences another inside it.
    pub(super) fn silences(&self, other: &Self) -> bool {
        let theme = |cue: &Self| matches!(cue.kind, Kind::Name | Kind::Judge);
        // Names of one theme silence one another, not those of another theme.
        self.kind.silences(other.kind) || (theme(self) && theme(other) && self.file == other.file)
    }

    /// Whether this is an exemption that silences another cue: one of its own file or role inside it, and a name of
    /// its own theme already where the two overlap.
    pub(super) fn exempts(&self, other: &Self, inside: bool, overlaps: bool) -> bool {
        let own = self.file == other.file;
        let role = !self.role.is_empty() && self.role == other.role;
        self.kind == Kind::Exempt
            && other.kind != Kind::Exempt
            && match other.kind {
                Kind::Name => own && overlaps,
                _ => (own || role) && inside,
            }
    }

    /// Some ways to write the cue: its first and last alternatives, gaps empty and full, open words going on.
    pub(super) fn samples(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for turn in 0..6_usize {
            let mut words: Vec<String> = Vec::new();
            let full = turn % 2 == 1;
            let fill = |words: &mut Vec<String>, gap: usize| {
                words.extend(std::iter::repeat_n(
                    "wordy".to_owned(),
                    if full { gap } else { 0 },
                ));
            };
            for token in &self.tokens {
                match token {
                    Token::Gap(gap) => fill(&mut words, *gap),
                    Token::Choices(choices) => {
                        for atom in &choices[(turn * choices.len() / 5).min(choices.len() - 1)] {
                            fill(&mut words, atom.gap);
                            words.push(format!(
                                "{}{}",
                                atom.word,
                                if atom.open && full { "ing" } else { "" }
                            ));
                        }
                    }
                }
            }
            all.insert(words.join(" "));
        }
        all
    }
}
