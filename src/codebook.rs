//! The closed lists of values that a label or a fact can take.
//!
//! What each value means is fixed by the codebook (`docs/output.md`); themes are not here, since they are data: one
//! file each in `rules/themes`.

use serde::{Deserialize, Serialize};

macro_rules! values {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $value),+ }

        impl $name {
            /// Every value, in the order in which outputs list them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The value as outputs and rule files write it.
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

pub(crate) use values;

values! {
    /// What a sentence as a whole says.
    Polarity {
        /// Something works, is good, has improved, or children benefit.
        Strength = "strength",
        /// Something is weak, late, missing, unsafe, has declined, or has to improve.
        Concern = "concern",
        /// Both, and neither is a mere aside.
        Mixed = "mixed",
        /// Nothing is evaluated.
        Neutral = "neutral",
    }
}

values! {
    /// What a sentence says of one theme.
    Tone {
        /// The theme is praised.
        Strength = "strength",
        /// The theme is criticised.
        Concern = "concern",
        /// The theme is what the sentence is about, but it is not evaluated.
        Neutral = "neutral",
    }
}

values! {
    /// Who makes the statement.
    Speaker {
        /// The inspectors; also where a press article quotes them.
        Inspector = "inspector",
        /// The council, trust, a leader or staff speaking for themselves, quoted or reported.
        Authority = "authority",
        /// Anyone else.
        Other = "other",
    }
}

values! {
    /// When the state holds that a sentence tells of.
    Time {
        /// At the visit.
        Current = "current",
        /// Background of an earlier visit.
        Past = "past",
        /// An intention or a plan.
        Future = "future",
    }
}

values! {
    /// Whether a sentence says that the state of the service has moved.
    Change {
        /// No movement is told.
        None = "none",
        /// Better than before.
        Improved = "improved",
        /// Worse than before.
        Declined = "declined",
        /// No movement, too little, or still there.
        Unchanged = "unchanged",
    }
}

values! {
    /// What part of a document a heading opens.
    SectionRole {
        /// A summary at the head of the document.
        Summary = "summary",
        /// What was found.
        Findings = "findings",
        /// A list of what works.
        Strengths = "strengths",
        /// A list of what has to improve.
        MustImprove = "must_improve",
        /// Earlier inspections, the area, the service.
        Background = "background",
        /// How the inspection was carried out, about the inspectorate, definitions of grades.
        Method = "method",
        /// Anything else.
        Other = "other",
    }
}

values! {
    /// A grade of the inspectorate's four-point scale.
    Grade {
        /// The best.
        Outstanding = "outstanding",
        /// Good.
        Good = "good",
        /// Requires improvement to be good.
        RequiresImprovement = "requires_improvement",
        /// The worst.
        Inadequate = "inadequate",
    }
}

values! {
    /// Where the words stand from which a label took its theme or polarity.
    Via {
        /// In the same clause.
        Clause = "clause",
        /// In another clause of the sentence.
        Sentence = "sentence",
        /// In an earlier sentence of the paragraph.
        Paragraph = "paragraph",
        /// In the heading of the section.
        Section = "section",
    }
}

values! {
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

values! {
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

values! {
    /// A fact of a document, by the name that outputs and facts files give it.
    Fact {
        /// What it is.
        Kind = "kind",
        /// The place.
        Authority = "authority",
        /// First day of the inspection.
        InspectionStart = "inspection_start",
        /// Last day of the inspection.
        InspectionEnd = "inspection_end",
        /// The day of publication, or of the letter.
        Published = "published",
        /// Which visit it is.
        VisitNumber = "visit_number",
        /// Who led it.
        LeadInspector = "lead_inspector",
        /// Judgements by area.
        Judgements = "judgements",
    }
}
