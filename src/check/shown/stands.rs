//! Whether an example stands for or against the words of a role.

use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::rules::{Example, Role};

/// Whether an example stands for what a role does, and whether against it.
pub(super) fn stands(role: Role, example: &Example) -> (bool, bool) {
    let against = !example.not.is_empty();
    let tells = |wanted: bool, other: bool| (wanted, against || other);
    match role {
        Role::Past => tells(
            example.time == Some(Time::Past),
            example.time.is_some_and(|time| time != Time::Past),
        ),
        Role::Future => tells(
            example.time == Some(Time::Future),
            example.time.is_some_and(|time| time != Time::Future),
        ),
        Role::Improved => change(example, Change::Improved, against),
        Role::Declined => change(example, Change::Declined, against),
        Role::Unchanged => change(example, Change::Unchanged, against),
        Role::Inspector => speaker(example, Speaker::Inspector, against),
        Role::Authority => speaker(example, Speaker::Authority, against),
        Role::Other => speaker(example, Speaker::Other, against),
        Role::Neutral => tells(
            example.polarity == Some(Polarity::Neutral) || against,
            example
                .polarity
                .is_some_and(|polarity| polarity != Polarity::Neutral),
        ),
        Role::Strength => tells(
            positive(example),
            example.polarity.is_some_and(|p| p != Polarity::Strength),
        ),
        Role::Concern => tells(
            positive(example),
            example.polarity.is_some_and(|p| p != Polarity::Concern),
        ),
        _ => (positive(example), against || both(example)),
    }
}

pub(super) fn change(example: &Example, wanted: Change, against: bool) -> (bool, bool) {
    let own = example.change;
    (
        own == Some(wanted),
        against || own.is_some_and(|own| own != wanted),
    )
}

pub(super) fn speaker(example: &Example, wanted: Speaker, against: bool) -> (bool, bool) {
    let own = example.source;
    (
        own == Some(wanted),
        against || own.is_some_and(|own| own != wanted),
    )
}

pub(super) fn positive(example: &Example) -> bool {
    example.polarity.is_some() || !example.labels.is_empty()
}

/// An operator's examples show it from both sides where it turns praise in one and criticism in another.
pub(super) fn both(example: &Example) -> bool {
    matches!(example.polarity, Some(Polarity::Neutral | Polarity::Mixed))
}

/// What an example for and one against have to say, by role.
pub(super) fn advice(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Past => ("`time = \"past\"`", "another `time`, or `not`"),
        Role::Future => ("`time = \"future\"`", "another `time`, or `not`"),
        Role::Improved => ("`change = \"improved\"`", "another `change`, or `not`"),
        Role::Declined => ("`change = \"declined\"`", "another `change`, or `not`"),
        Role::Unchanged => ("`change = \"unchanged\"`", "another `change`, or `not`"),
        Role::Inspector => ("`source = \"inspector\"`", "another `source`, or `not`"),
        Role::Authority => ("`source = \"authority\"`", "another `source`, or `not`"),
        Role::Other => ("`source = \"other\"`", "another `source`, or `not`"),
        Role::Neutral => ("`polarity = \"neutral\"`", "another `polarity`"),
        Role::Strength => ("`polarity = \"strength\"`", "another `polarity`, or `not`"),
        Role::Concern => ("`polarity = \"concern\"`", "another `polarity`, or `not`"),
        _ => ("`polarity` or `labels`", "`polarity = \"neutral\"`, or `not`"),
    }
}
