//! What a run of examples has shown, added up.
//!
//! In: examples with what became of them. Out: [`Tested`]. Not decided here: whose examples count.

use serde::Serialize;

use super::{Kind, State, Tried};
use crate::rules::Rules;

/// Version of the JSON form of [`Tested`]. It rises when a field changes its meaning or goes; new fields may come without.
pub const SCHEMA: u32 = 1;

/// A run of examples.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tested {
    /// Version of this form, [`SCHEMA`].
    pub schema: u32,
    /// Fingerprint of the rules.
    pub rules: String,
    /// Examples that were run and count.
    pub examples: usize,
    /// Those that hold.
    pub held: usize,
    /// Those that do not.
    pub failed: usize,
    /// Those that do not and are marked `state = "todo"`.
    pub todo: usize,
    /// Those that hold though they are marked so.
    pub todo_held: usize,
    /// Failed examples without a label that they must get; one that fails in several ways counts under each.
    pub missing: usize,
    /// Failed examples with a label that they must not get.
    pub noisy: usize,
    /// Failed examples with another polarity, source, time or change.
    pub differs: usize,
    /// Failed examples that are not read as the sentences that are meant.
    pub span: usize,
    /// Examples that do not hold, and those marked to do that hold.
    pub results: Vec<Tried>,
    /// Examples of the rules below that do not hold.
    pub below: Vec<Tried>,
}

impl Tested {
    /// Adds up examples that count, and those of the rules below.
    pub fn new(rules: &Rules, tested: Vec<Tried>, below: Vec<Tried>) -> Self {
        let are = |state: State| tested.iter().filter(|tried| tried.state == state).count();
        let fail = |kind: Kind| {
            let failed = tested.iter().filter(|tried| tried.state == State::Failed);
            failed
                .filter(|tried| tried.faults.iter().any(|fault| fault.kind == kind))
                .count()
        };
        Self {
            schema: SCHEMA,
            rules: rules.fingerprint().to_owned(),
            examples: tested.len(),
            held: are(State::Held),
            failed: are(State::Failed),
            todo: are(State::Todo),
            todo_held: are(State::TodoHeld),
            missing: fail(Kind::Missing),
            noisy: fail(Kind::Noisy),
            differs: fail(Kind::Differs),
            span: fail(Kind::Span),
            results: tested
                .into_iter()
                .filter(|tried| tried.state != State::Held)
                .collect(),
            below: below
                .into_iter()
                .filter(|tried| tried.state == State::Failed)
                .collect(),
        }
    }
}
