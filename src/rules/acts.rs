//! Sets of what cues do, a bit each: what none of a clause's cues does is not looked for among them.

use super::lexicon::Act;
use super::written::Role;

/// A set of what cues do, whatever the theme and the tone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Acts(u32);

impl Acts {
    /// Names of themes, with those that judge.
    pub(crate) const NAME: Self = Self(1 << 31);
    /// Hints at themes.
    pub(crate) const HINT: Self = Self(1 << 30);
    /// What judges a theme by itself, or near its name.
    pub(crate) const JUDGE: Self = Self(1 << 29);
    /// What tells a circumstance.
    pub(crate) const CIRCUMSTANCE: Self = Self(1 << 28);
    /// What goes on with the sentence before.
    pub(crate) const GOING_ON: Self = Self(1 << 27);

    /// What a role does.
    pub(crate) const fn role(role: Role) -> Self {
        Self(1 << role as u32)
    }

    /// What any of these roles does.
    pub(crate) const fn roles(roles: &[Role]) -> Self {
        let (mut all, mut at) = (0, 0);
        while at < roles.len() {
            all |= Self::role(roles[at]).0;
            at += 1;
        }
        Self(all)
    }

    /// What one cue does.
    #[inline]
    pub(crate) fn of(act: Act) -> Self {
        match act {
            Act::Word(role) => Self::role(role),
            Act::Name { hint: false, .. } => Self::NAME,
            Act::Name { hint: true, .. } => Self::HINT,
            Act::Judge { .. } => Self::NAME.and(Self::JUDGE),
            Act::Near { .. } => Self::JUDGE,
            Act::Circumstance | Act::OpeningCircumstance | Act::Relative => Self::CIRCUMSTANCE,
            Act::GoingOn => Self::GOING_ON,
            Act::Exempt(_) | Act::Stop | Act::Content => Self(0),
        }
    }

    /// These and those.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any of these is among them.
    #[inline]
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_bit_of_its_own() {
        let others = [Acts::HINT, Acts::JUDGE, Acts::CIRCUMSTANCE, Acts::GOING_ON];
        let others = others.into_iter().fold(Acts::NAME, Acts::and);
        let mut seen = others;
        for role in Role::ALL {
            assert!(!seen.any(Acts::role(*role)), "{}", role.name());
            seen = seen.and(Acts::of(Act::Word(*role)));
        }
        assert_eq!(others.and(Acts::roles(Role::ALL)), seen);
    }
}
