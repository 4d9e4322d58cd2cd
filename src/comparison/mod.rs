//! Comparison: what has changed between the visits of an authority, and whether it is more than chance.
//!
//! In: [`Visit`]s. Out: a [`Comparison`] for each authority with two or more visits whose dates are known, and
//! [`Grouping`]s of visits across authorities. Not decided here: what was found at a visit.
//!
//! Every method and its source is told in `docs/visits.md`.

mod difference;
mod groups;
mod make;
mod measured;
mod steps;
mod typical;
mod words;

use serde::{Deserialize, Serialize};

pub use groups::group;
pub use make::comparisons;
pub use measured::Measured;

use crate::visit::{Balance, Counts, Length, Mention, Moves, Quote, Visit};

/// The visits of an authority side by side, in order of date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Version of this form, [`crate::visit::SCHEMA`].
    pub schema: u32,
    /// The authority.
    pub authority: String,
    /// The visits, the earliest first. Every `visit`, `from` and `to` below is a place in this list, from 0.
    pub visits: Vec<Visit>,
    /// What speaks against the comparison, the gravest first.
    pub warnings: Vec<Warning>,
    /// Every theme that any of the visits mentions, in the order of the rules.
    pub themes: Vec<ThemeSeries>,
    /// From each visit to the next: what is new, what persists, what was put right, what has fallen silent.
    pub steps: Vec<Step>,
    /// For each visit, in their order, the words that are most typical of it among these visits.
    pub typical: Vec<Vec<TypicalWord>>,
    /// How many changes of balance were looked at.
    pub changes_tested: usize,
    /// How many of them would be expected to leave out zero by chance alone, were nothing to change.
    pub expected_by_chance: f64,
}

/// Something that speaks against a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// What it is about.
    pub about: About,
    /// What to know and what to do, in one or two sentences.
    pub message: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Visits were labelled under different rules. The program refuses such a comparison unless forced.
    Rules,
    /// Visits are of different kinds of inspection, or told by different kinds of documents.
    Kinds,
    /// One visit has much more text than another.
    Lengths,
    /// Visits whose dates are unknown are left out.
    Dates,
}

/// A theme from visit to visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeSeries {
    /// Id of the theme.
    pub theme: String,
    /// Its name for people.
    pub name: String,
    /// One for each visit, in their order.
    pub points: Vec<Point>,
    /// One for each visit at which the theme has a balance, the first aside: the change since the one before.
    pub changes: Vec<BalanceChange>,
    /// From the first visit at which the theme has a balance to the last; null where there are fewer than three.
    pub overall: Option<BalanceChange>,
}

/// A theme at one visit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Point {
    /// The visit.
    pub visit: usize,
    /// Whether the theme was judged there.
    pub mention: Mention,
    /// Sentences that count.
    pub counts: Counts,
    /// Strengths against concerns.
    pub balance: Option<Balance>,
    /// Share of the sentences that mention the theme.
    pub share: f64,
    /// What the inspectors themselves say has moved.
    pub moves: Moves,
}

/// The change of a balance between two visits.
///
/// The interval is Newcombe's hybrid score interval for the difference of two proportions (Newcombe 1998, method 10) at
/// 95 %, made from the Wilson limits, and mapped by 2d.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BalanceChange {
    /// The earlier visit.
    pub from: usize,
    /// The later visit.
    pub to: usize,
    /// Later balance less earlier balance, from −2 to 2.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// How likely a change as large is by chance alone: one less the widest level at which the interval leaves out zero.
    pub p: f64,
    /// What may be said of it.
    pub verdict: Verdict,
    /// It would still be called a change with all changes of this comparison taken together (Holm 1979, at 5 %).
    pub holds_among_all: bool,
}

/// What may be said of a change of balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The interval lies above zero: the balance is better.
    Better,
    /// The interval lies below zero: the balance is worse.
    Worse,
    /// The interval holds zero: it may be chance.
    NotShown,
}

/// From one visit to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The earlier visit.
    pub from: usize,
    /// The later visit.
    pub to: usize,
    /// Every theme of which there is something to say, in the order of the rules.
    pub themes: Vec<ThemeStep>,
}

/// What has become of a theme at a visit, seen from the last visit before at which it was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeStep {
    /// Id of the theme.
    pub theme: String,
    /// Its name for people.
    pub name: String,
    /// What has become of it.
    pub course: Course,
    /// The last earlier visit at which it was judged; null where there is none.
    pub since: Option<usize>,
    /// The strongest concern at that visit, for a concern that persists, was put right or has fallen silent.
    pub before: Option<Quote>,
    /// The sentence of the later visit that shows the course: the strongest concern where it is new or persists, the
    /// strength where it was put right.
    pub now: Option<Quote>,
    /// Concerns of that earlier visit that are met by a strength or an improvement of the same theme now, the best
    /// matched first. A theme may persist as a concern while some of its concerns are met.
    pub met: Vec<Met>,
    /// What the inspectors themselves say at the later visit has improved, the strongest first.
    pub improved: Vec<Quote>,
    /// What they say has declined.
    pub declined: Vec<Quote>,
    /// What they say has not moved.
    pub unchanged: Vec<Quote>,
}

/// What has become of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// A concern now, and at no earlier visit.
    NewConcern,
    /// A concern now, none when last judged, but at a visit before that.
    Returned,
    /// A concern then and now.
    Persists,
    /// A concern then; now praised or said to have improved, and no concern.
    PutRight,
    /// A concern then; now mentioned, but not judged.
    NoLongerJudged,
    /// A strength then and now, no concern.
    StaysStrong,
    /// A strength now, never judged before.
    NewStrength,
    /// Judged at the visit before; not mentioned now.
    FallenSilent,
}

/// A concern and what meets it at a later visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Met {
    /// The concern at the earlier visit.
    pub concern: Quote,
    /// The strength or improvement at the later one.
    pub by: Quote,
    /// How alike their words are, from 0 to 1: the cosine of their words, rare words weighing more.
    pub likeness: f64,
}

/// A word, or a pair of neighbouring words, that is typical of a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TypicalWord {
    /// The word in normal form; a pair with a space between.
    pub word: String,
    /// How often it stands at this visit.
    pub here: usize,
    /// How often it stands at the other visits of the comparison.
    pub elsewhere: usize,
    /// Log-odds ratio with an informative Dirichlet prior, divided by its standard error (Monroe, Colaresi and Quinn
    /// 2008): 1.96 and more is rarely chance for one word.
    pub z: f64,
}

/// Visits of any authorities in groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grouping {
    /// Version of this form, [`crate::visit::SCHEMA`].
    pub schema: u32,
    /// What the groups are made by.
    pub by: By,
    /// The groups, in the order of their keys; those whose key is unknown last.
    pub groups: Vec<Group>,
    /// How far the labels behind the counts are right, where it was measured.
    pub error: Option<LabelError>,
    /// What speaks against setting the groups side by side.
    pub warnings: Vec<Warning>,
}

/// What groups are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The authority.
    Authority,
    /// The year in which the inspection began.
    Year,
    /// The grade of overall effectiveness.
    Grade,
    /// The kind of document that the counts come from.
    Kind,
}

/// A group of visits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// What its visits share; null where it is unknown.
    pub key: Option<String>,
    /// Ids of its visits, in order of date.
    pub visits: Vec<String>,
    /// Distinct authorities among them.
    pub authorities: usize,
    /// How much text the counts come from.
    pub length: Length,
    /// Sentences that count.
    pub counts: Counts,
    /// Every theme that any visit of the grouping mentions, in the order of the rules.
    pub themes: Vec<GroupTheme>,
}

/// A theme in a group of visits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupTheme {
    /// Id of the theme.
    pub theme: String,
    /// Its name for people.
    pub name: String,
    /// Sentences that count, of all visits of the group.
    pub counts: Counts,
    /// Visits that judge the theme.
    pub judged_at: usize,
    /// Visits that mention it without judging it.
    pub mentioned_at: usize,
    /// Visits with at least one concern about it, mixed sentences among them.
    pub concern_at: usize,
    /// Strengths against concerns. Sentences of one report are more alike than those of several, so the interval is
    /// Wilson's with the counts divided by the design effect (Rao and Scott 1992) where the group has two or more
    /// visits that judge the theme.
    pub balance: Option<Balance>,
    /// That design effect, at least 1; null where it cannot be known.
    pub design_effect: Option<f64>,
    /// How far the labels of this theme are right, where it was measured.
    pub error: Option<ThemeError>,
}

/// How far the labels are right, measured against labels made by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LabelError {
    /// The file that says so.
    pub file: String,
    /// Fingerprint of the rules that were measured; null where the file does not say.
    pub rules: Option<String>,
    /// Sentences labelled by hand.
    pub sentences: Option<usize>,
    /// Share of them whose polarity is the same.
    pub polarity_accuracy: Option<f64>,
}

/// How far the labels of a theme are right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThemeError {
    /// Of the program's labels of this theme, the share that a person gives too.
    pub precision: Option<f64>,
    /// Of a person's labels of this theme, the share that the program gives too.
    pub recall: Option<f64>,
    /// A person's labels of this theme that both are measured on.
    pub labels: Option<usize>,
}
