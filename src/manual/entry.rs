//! The entry of a file and of a cue.
//!
//! In: [`Rules`] and a place in them. Out: [`FileEntry`] and [`CueEntry`]. Not decided here: which of them are asked for.

use toml::de::{DeTable, DeValue};

use super::meaning::meaning;
use super::{CueEntry, FileEntry, FileKind, layers, table};
use crate::error::Mistake;
use crate::rules::{Act, Cue, Role, RuleFile, Rules};

pub(super) fn file(rules: &Rules, base: usize) -> FileEntry {
    let own = &rules.files()[base];
    let kind = match own.name.split_once('/') {
        Some(("themes", _)) => FileKind::Theme,
        Some(("words", _)) => FileKind::Words,
        Some(("facts", _)) => FileKind::Facts,
        Some(_) => FileKind::Letters,
        None if own.id() == "standing" => FileKind::Standing,
        None => FileKind::English,
    };
    let table = table(own);
    let text = |key: &str| table.get(key)?.get_ref().as_str().map(str::to_owned);
    let all = |key: &str| -> Vec<String> {
        layers(rules, base)
            .flat_map(|(_, file)| {
                self::table(file)
                    .get(key)
                    .map_or_else(Vec::new, |value| texts(value.get_ref()))
            })
            .collect()
    };
    let places: Vec<usize> = layers(rules, base).map(|(place, _)| place).collect();
    let cues: Vec<&Cue> = rules
        .lexicon
        .cues
        .iter()
        .filter(|cue| places.contains(&cue.written.0))
        .collect();
    let off = cues.iter().filter(|cue| off_by(rules, cue).is_some()).count();
    let words = cues.iter().find(|cue| matches!(cue.act, Act::Word(_)));
    let theme = kind == FileKind::Theme;
    FileEntry {
        id: own.id().to_owned(),
        kind,
        files: layers(rules, base).map(|(_, file)| file.shown()).collect(),
        name: text("name").filter(|_| theme),
        about: text("about").unwrap_or_default(),
        core: theme.then(|| rules.themes().any(|known| known.id == own.id() && known.core)),
        yields: if theme { all("yields") } else { Vec::new() },
        headings: if theme { all("headings") } else { Vec::new() },
        role: text("role"),
        rank: words.and_then(|cue| rank(cue)),
        reach: words.and_then(|cue| reach(cue)),
        cues: cues.len() - off,
        off,
        examples: rules
            .examples()
            .iter()
            .filter(|example| places.contains(&example.file))
            .count(),
    }
}

pub(super) fn texts(value: &DeValue<'_>) -> Vec<String> {
    let items = value.as_array().into_iter().flat_map(|array| array.iter());
    items
        .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
        .collect()
}

/// A cue as its file writes it.
pub(super) fn written(rules: &Rules, cue: &Cue) -> String {
    let (file, at) = cue.written;
    let literal = rules.files()[file].text.get(at.start..at.end).unwrap_or_default();
    let line = format!("cue = {literal}");
    let (table, _) = DeTable::parse_recoverable(&line);
    let text = table.get_ref().get("cue");
    text.and_then(|text| text.get_ref().as_str())
        .unwrap_or(literal)
        .to_owned()
}

pub(super) fn entry(rules: &Rules, cue: &Cue) -> CueEntry {
    let (file, at) = cue.written;
    let place = Mistake::new(&rules.files()[file], at, "");
    CueEntry {
        id: cue.id.to_string(),
        written: written(rules, cue),
        does: cue.act.name(),
        meaning: meaning(cue.act),
        file: place.file,
        line: place.line,
        rank: rank(cue),
        reach: reach(cue),
        off_by: off_by(rules, cue),
    }
}

pub(super) fn rank(cue: &Cue) -> Option<u8> {
    let judges = matches!(
        cue.act,
        Act::Judge { .. } | Act::Near { .. } | Act::Word(Role::Strength | Role::Concern)
    );
    judges.then_some(cue.rank)
}

pub(super) fn reach(cue: &Cue) -> Option<u8> {
    let acts = matches!(
        cue.act,
        Act::Word(
            Role::Negate | Role::Less | Role::More | Role::Tackle | Role::Few | Role::Need | Role::Withhold
        )
    );
    acts.then_some(cue.reach)
}

/// The file that switches a cue off.
pub(super) fn off_by(rules: &Rules, cue: &Cue) -> Option<String> {
    let overlays = rules.files().iter().filter(|file| file.overlay.is_some());
    let name = &rules.files()[usize::from(cue.file)].name;
    overlays
        .filter(|file| file.name == *name)
        .find(|file| {
            let off = table(file)
                .get("off")
                .map_or_else(Vec::new, |value| texts(value.get_ref()));
            off.iter().any(|id| *id == cue.id)
        })
        .map(RuleFile::shown)
}
