//! What a document is and what its inspection was: kind, authority, dates, visit, lead inspector, judgements.
//!
//! In: [`Rules`] and a [`Reading`]. Out: [`Facts`], each with the words that it came from. Where a document is silent,
//! or says two things, the fact stays empty: a missing date is better than a wrong one. Not decided here: which documents
//! tell of the same visit.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::reading::Reading;
use crate::rules::Rules;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $value),+ }

        impl $name {
            /// Every value, in the order in which outputs list them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The value as outputs, rule files and facts files write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

names! {
    /// What a document is.
    Kind {
        /// A letter on a monitoring visit to an authority judged inadequate.
        MonitoringLetter = "monitoring_letter",
        /// A letter on a focused visit.
        FocusedLetter = "focused_letter",
        /// A report on an inspection of local authority children's services (ILACS), from 2018 on.
        InspectionReport = "inspection_report",
        /// A report of the single inspection framework, 2013 to 2017.
        SingleInspectionReport = "single_inspection_report",
        /// A letter or report on a joint targeted area inspection, or a joint area inspection of special educational needs.
        JointInspectionLetter = "joint_inspection_letter",
        /// Another report of the inspectorate.
        OtherReport = "other_report",
        /// An article of a newspaper, broadcaster or news site.
        PressArticle = "press_article",
        /// What a council or trust says on its own site or in a statement.
        CouncilStatement = "council_statement",
        /// Minutes, motions and other papers of a council's meetings.
        CouncilMinutes = "council_minutes",
    }
}

names! {
    /// What a judgement says. The scale had `adequate` before `requires_improvement` took its place in 2013.
    Judgement {
        /// The best.
        Outstanding = "outstanding",
        /// Good.
        Good = "good",
        /// Requires improvement to be good.
        RequiresImprovement = "requires_improvement",
        /// The third grade of four until 2013.
        Adequate = "adequate",
        /// The worst.
        Inadequate = "inadequate",
    }
}

/// The facts of one document; `None` where it is silent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facts {
    /// The document: its path as given, or its id.
    pub document: String,
    /// What it is.
    pub kind: Option<Kind>,
    /// The place whose services it is about, without "Council" and the like: `Kirklees`.
    pub authority: Option<String>,
    /// First day of the inspection or visit that it is about.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub inspection_start: Option<Date>,
    /// Last day of it, the same as the first where it took one day.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub inspection_end: Option<Date>,
    /// When the document was published or, for a letter, written.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub published: Option<Date>,
    /// Which visit since the inspection it tells of, from 1.
    pub visit_number: Option<u32>,
    /// Who led the inspection or signed the letter.
    pub lead_inspector: Option<String>,
    /// Judgements of the inspection that it is about, by area, such as `overall` or `care_leavers`.
    pub judgements: BTreeMap<String, Judgement>,
    /// The words that each fact came from, by the fact's name; a judgement's is `judgements.overall`.
    pub words: BTreeMap<String, Words>,
    /// Names of the facts that a person supplied or corrected, in order.
    pub corrected: Vec<String>,
    /// Further columns that came with the document or in a facts file, such as an ONS code.
    pub extra: Map<String, Value>,
}

/// Words of a document from which a fact was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Words {
    /// First character (Unicode scalar values from 0) of the text that `findings text` prints.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Physical page from 1 on which they begin, where the format has pages.
    pub page: Option<u32>,
    /// The words as read: line breaks as spaces.
    pub text: String,
}

/// The facts that a document tells.
///
/// A pure function of rules and reading: the same on every run and machine.
pub fn facts(_rules: &Rules, reading: &Reading) -> Facts {
    Facts {
        document: reading.document.clone(),
        ..Facts::default()
    }
}
