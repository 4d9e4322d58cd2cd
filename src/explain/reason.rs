//! The closed list of reasons that decide.

use serde::{Deserialize, Serialize};

use crate::codebook::values;

values! {
    /// What decided the polarity of a sentence or its label of a theme, or why it has none. The list is closed.
    Reason {
        /// Words of praise or criticism speak.
        Words = "words",
        /// Such words are turned by others.
        Turned = "turned",
        /// Need or withheld credit: what needs to be is not.
        Need = "need",
        /// A negation or too small a share that turns nothing is a mild concern.
        Alone = "alone",
        /// Stronger words, or a concern of the same strength, decide against others of the same stretch.
        Outranks = "outranks",
        /// It praises and criticises, and neither outranks the other.
        Both = "both",
        /// What judges the theme stands in another clause.
        OtherClause = "other_clause",
        /// The theme is carried over from an earlier sentence of the paragraph.
        Topic = "topic",
        /// The theme is that of the heading.
        Heading = "heading",
        /// It goes on with the sentence before and takes its judgement.
        GoesOn = "goes_on",
        /// The section is a list of strengths, or of what has to improve.
        List = "list",
        /// A plain statement among findings tells what is in place.
        PlainFinding = "plain_finding",
        /// The section tells what was looked at, not what was found.
        Method = "method",
        /// Mild words judge nothing in a section of background.
        Background = "background",
        /// Words say that nothing is judged.
        NothingJudged = "nothing_judged",
        /// Only a plan is told.
        Plan = "plan",
        /// It tells the circumstances of a child or a case.
        Circumstance = "circumstance",
        /// What would turn a word does not reach it.
        OutOfReach = "out_of_reach",
        /// Words look like a cue, but an exemption stands over them.
        Exempt = "exempt",
        /// Words judge only where their theme is named in the same clause.
        NotNear = "not_near",
        /// Words say nothing without a rise or a fall.
        NeedsMovement = "needs_movement",
        /// No word of praise or criticism stands there.
        NoWords = "no_words",
        /// The theme is named, and the sentence judges something else.
        JudgesOther = "judges_other",
        /// Its cue lost to a longer one.
        Longer = "longer",
        /// Only a hint at the theme stands there, beside the name of another.
        Hint = "hint",
        /// The theme gives way to another that the sentence names.
        Yields = "yields",
        /// Its cue is cut by a stop: parts of it stand in different clauses.
        Cut = "cut",
        /// The parts of its cue stand too far apart.
        TooFar = "too_far",
        /// An earlier sentence of the paragraph names the theme, but it is not this sentence's.
        NamedBefore = "named_before",
        /// The heading names the theme, but gives way to what the sentence or its paragraph names.
        HeadingGivesWay = "heading_gives_way",
        /// No word of the sentence names the theme, nor does its paragraph or heading.
        NotNamed = "not_named",
        /// The section gives no findings.
        NoRows = "no_rows",
        /// A heading.
        IsHeading = "is_heading",
        /// Letterhead, sign-off, or a standing line such as an address.
        Standing = "standing",
        /// A cell of a table, a footnote or an entry of a table of contents.
        Layout = "layout",
        /// Page furniture: what every page repeats, such as headers and page numbers.
        Repeated = "repeated",
    }
}

impl Reason {
    /// What it means, for people.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Words => "words of praise or criticism speak",
            Self::Turned => "such words are turned by others (\"not timely\", \"delays have reduced\")",
            Self::Need => "need or withheld credit: what needs to be is not",
            Self::Alone => "a negation or too small a share that turns nothing is a mild concern",
            Self::Outranks => {
                "stronger words, or a concern of the same strength, decide against others of the same stretch"
            }
            Self::Both => "it praises and criticises, and neither outranks the other",
            Self::OtherClause => "what judges the theme stands in another clause of the sentence",
            Self::Topic => "the theme is carried over from an earlier sentence of the paragraph",
            Self::Heading => "the theme is that of the heading",
            Self::GoesOn => "it goes on with the sentence before and takes its judgement",
            Self::List => "the section is a list of strengths, or of what has to improve",
            Self::PlainFinding => "a plain statement among findings tells what is in place: praise",
            Self::Method => "the section tells what was looked at, not what was found",
            Self::Background => "mild words judge nothing in a section of background",
            Self::NothingJudged => "words say that nothing is judged",
            Self::Plan => "only a plan is told",
            Self::Circumstance => "its words of judgement tell the circumstances of a child or a case",
            Self::OutOfReach => "what would turn a word does not reach it",
            Self::Exempt => "words look like a cue, but an exemption stands over them",
            Self::NotNear => "words judge only where their theme is named in the same clause, and it is not",
            Self::NeedsMovement => "words say nothing without a rise or a fall",
            Self::NoWords => "no word of praise or criticism stands there",
            Self::JudgesOther => "the theme is named, and the sentence judges something else",
            Self::Longer => "the theme's cue lost to a longer one",
            Self::Hint => "only a hint at the theme stands there, beside the name of another",
            Self::Yields => "the theme gives way to another that the sentence names",
            Self::Cut => "the theme's cue is cut by a stop: parts of it stand in different clauses",
            Self::TooFar => "the parts of the theme's cue stand too far apart",
            Self::NamedBefore => {
                "an earlier sentence of the paragraph names the theme, but it is not this sentence's"
            }
            Self::HeadingGivesWay => {
                "the heading names the theme, but gives way to what the sentence or its paragraph names"
            }
            Self::NotNamed => "no word of the sentence names the theme, nor does its paragraph or heading",
            Self::NoRows => "the section gives no findings (contents, grades explained, complaints)",
            Self::IsHeading => "it is a heading",
            Self::Standing => "letterhead, sign-off, or a standing line such as an address",
            Self::Layout => "a cell of a table, a footnote or an entry of a table of contents",
            Self::Repeated => "page furniture: what pages repeat, such as headers and page numbers",
        }
    }
}
