//! What is wrong, idle or risky in rule files: every mistake of every file in one run, each with its place and what to do.
//!
//! In: rule files, whole or broken; where asked for, what documents show of them. Out: a [`Report`] of [`Finding`]s with
//! stable codes. Not decided here: whether examples hold, see [`crate::examples`]; nothing here runs when rules are only
//! loaded.
//!
//! Codes that begin with `E` are mistakes which loading refuses; those with `W` are warnings, which a file can silence with
//! a reason. `docs/lints.md` has a section for each; [`page`] gives it.

mod collide;
mod cues;
mod echoes;
mod english;
mod finding;
mod fix;
mod idle;
mod never;
mod pages;
mod pattern;
mod probe;
mod seen;
mod shown;
mod silence;
mod told;
mod wild;
#[cfg(feature = "cli")]
mod text;

use crate::rules::{Lenient, RuleFile, Rules};

pub use finding::{Also, Edit, Finding, Fix, Report, SCHEMA, Severity};
pub use fix::fixed;
pub use pages::{Page, page, pages};
pub use seen::Seen;
#[cfg(feature = "cli")]
pub use text::write_text;

use cues::Items;

/// Rule files, read as far as they can be.
pub struct Check {
    lenient: Lenient,
}

/// What is to be looked for.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Which files are to be reported on; all where it is `None`. The others still count: a cue may collide with theirs.
    pub files: Option<&'a (dyn Fn(&RuleFile) -> bool + Sync)>,
    /// What documents show; cues that they never show are then reported.
    pub seen: Option<&'a Seen>,
    /// Also report every cue that stands in no example.
    pub each_cue: bool,
}

impl Check {
    /// Reads the files. Mistakes in them are no error here: they will be in the report.
    pub fn new(files: Vec<RuleFile>) -> Self {
        Self {
            lenient: Rules::lenient(files),
        }
    }

    /// The rules as far as they could be read, to read documents with for [`Wanted::seen`].
    pub fn rules(&self) -> &Rules {
        &self.lenient.rules
    }

    /// Looks for everything.
    pub fn report(&self, wanted: &Wanted<'_>) -> Report {
        let lenient = &self.lenient;
        let asked: Vec<bool> = lenient
            .rules
            .files()
            .iter()
            .map(|file| wanted.files.is_none_or(|wants| wants(file)))
            .collect();
        let items = Items::new(lenient, &asked);
        let mut all = told::told(lenient);
        let (sound, shown) = rayon::join(
            || {
                let mut all = never::never(lenient, &items);
                all.extend(idle::idle(lenient, &items));
                all.extend(collide::collide(lenient, &items));
                all.extend(wild::wild(lenient, &items));
                all.extend(english::english(lenient));
                all
            },
            || shown::shown(lenient, &items, &asked, wanted.each_cue),
        );
        all.extend(sound);
        all.extend(shown);
        if let Some(seen) = wanted.seen {
            all.extend(seen::dead(&items, seen));
        }
        echoes::without(lenient, &items, &mut all);
        let silenced = silence::silence(lenient, &items, wanted, &mut all);
        finding::report(lenient, wanted, all, items.all.len(), silenced)
    }
}
