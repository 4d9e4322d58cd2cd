//! Visits of any authorities in groups.
//!
//! In: [`Visit`]s, and how far the labels are right where that was measured. Out: a [`Grouping`]. Source of the design
//! effect: J. N. K. Rao and A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48
//! (1992), 577-585.

use std::collections::{BTreeMap, BTreeSet};

use super::make::{different_kinds, different_rules, lengths};
use super::measured::Measured;
use super::{About, By, Group, GroupTheme, Grouping, Warning};
use crate::visit::interval::{balance, proportion, rounded};
use crate::visit::{Counts, Length, Mention, SCHEMA, ThemeFindings, Visit, authority_key};

impl By {
    /// Every way to make groups.
    pub const ALL: &'static [Self] = &[Self::Authority, Self::Year, Self::Grade, Self::Kind];

    /// Its name on the command line and in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Year => "year",
            Self::Grade => "grade",
            Self::Kind => "kind",
        }
    }

    /// What a visit's group is called; `None` where the visit does not tell.
    fn key(self, visit: &Visit) -> Option<String> {
        match self {
            Self::Authority => visit.authority.clone(),
            Self::Year => visit.start.as_ref()?.get(..4).map(str::to_owned),
            Self::Grade => visit
                .judgements
                .get("overall")
                .map(|grade| grade.name().to_owned()),
            Self::Kind => visit.kind.map(|kind| kind.name().to_owned()),
        }
    }

    /// What comes first: years in their order, grades from the best to the worst, kinds as `findings facts` lists them,
    /// authorities by name.
    fn order(self, visit: &Visit) -> (bool, usize, String) {
        let place = match self {
            Self::Grade => visit.judgements.get("overall").map_or(0, |grade| *grade as usize),
            Self::Kind => visit.kind.map_or(0, |kind| kind as usize),
            Self::Authority | Self::Year => 0,
        };
        let key = self.key(visit);
        let name = key.as_deref().map(authority_key).unwrap_or_default();
        (key.is_none(), place, name)
    }
}

/// Puts visits into groups. `measured` says how far the labels are right, where that is known.
pub fn group(visits: &[Visit], by: By, measured: Option<&Measured>) -> Grouping {
    let mut groups: BTreeMap<(bool, usize, String), Vec<&Visit>> = BTreeMap::new();
    for visit in visits {
        groups.entry(by.order(visit)).or_default().push(visit);
    }
    let mentioned: Vec<(&str, &str)> = mentioned(visits);
    Grouping {
        schema: SCHEMA,
        by,
        groups: groups
            .into_values()
            .map(|visits| one(&visits, by, &mentioned, measured))
            .collect(),
        error: measured.map(|measured| measured.error.clone()),
        warnings: warnings(visits, measured),
    }
}

/// Themes that any visit mentions, in their order.
fn mentioned(visits: &[Visit]) -> Vec<(&str, &str)> {
    let mut themes: Vec<(&str, &str)> = Vec::new();
    let mut heard: BTreeSet<&str> = BTreeSet::new();
    for theme in visits.iter().flat_map(|visit| &visit.themes) {
        if !themes.iter().any(|(id, _)| *id == theme.theme) {
            themes.push((&theme.theme, &theme.name));
        }
        if theme.mention != Mention::NotMentioned {
            heard.insert(&theme.theme);
        }
    }
    themes.retain(|(id, _)| heard.contains(id));
    themes
}

fn one(visits: &[&Visit], by: By, themes: &[(&str, &str)], measured: Option<&Measured>) -> Group {
    let (mut counts, mut length) = (Counts::default(), Length::default());
    for visit in visits {
        counts.add_all(&visit.counts);
        length.sentences += visit.length.sentences;
        length.words += visit.length.words;
    }
    let authorities: BTreeSet<String> = visits
        .iter()
        .filter_map(|visit| visit.authority.as_deref().map(authority_key))
        .collect();
    Group {
        key: visits.first().and_then(|visit| by.key(visit)),
        visits: visits.iter().map(|visit| visit.id.clone()).collect(),
        authorities: authorities.len(),
        length,
        counts,
        themes: themes
            .iter()
            .map(|(id, name)| {
                let found = visits.iter().flat_map(|visit| &visit.themes);
                let found: Vec<&ThemeFindings> = found.filter(|theme| theme.theme == *id).collect();
                GroupTheme {
                    error: measured.and_then(|measured| measured.themes.get(*id).copied()),
                    ..theme(id, name, &found)
                }
            })
            .collect(),
    }
}

fn theme(id: &str, name: &str, found: &[&ThemeFindings]) -> GroupTheme {
    let mut counts = Counts::default();
    found.iter().for_each(|theme| counts.add_all(&theme.counts));
    let at = |holds: fn(&ThemeFindings) -> bool| found.iter().filter(|theme| holds(theme)).count();
    let parts: Vec<(f64, f64)> = found
        .iter()
        .filter_map(|theme| proportion(&theme.counts))
        .collect();
    let design_effect = design_effect(&parts);
    GroupTheme {
        theme: id.to_owned(),
        name: name.to_owned(),
        judged_at: at(|theme| theme.mention == Mention::Judged),
        mentioned_at: at(|theme| theme.mention == Mention::NotJudged),
        concern_at: at(|theme| theme.counts.concern + theme.counts.mixed > 0),
        balance: balance(&counts, design_effect.unwrap_or(1.0)),
        design_effect,
        counts,
        error: None,
    }
}

/// How much less is known from sentences in clusters than from as many drawn one by one; never below 1, since an effect
/// below it is chance with few clusters. `None` for fewer than two clusters, and where all sentences say the same, since
/// then there is nothing by which clusters could differ.
fn design_effect(parts: &[(f64, f64)]) -> Option<f64> {
    let clusters = u32::try_from(parts.len()).ok().filter(|clusters| *clusters > 1)?;
    let clusters = f64::from(clusters);
    let strengths: f64 = parts.iter().map(|(strengths, _)| strengths).sum();
    let all: f64 = parts.iter().map(|(_, all)| all).sum();
    let share = strengths / all;
    if share <= 0.0 || share >= 1.0 {
        return None;
    }
    let squares: f64 = parts
        .iter()
        .map(|(strengths, all)| (strengths - all * share).powi(2))
        .sum();
    let variance = clusters / (clusters - 1.0) * squares / (all * all);
    Some(rounded((variance * all / (share * (1.0 - share))).max(1.0)))
}

fn warnings(visits: &[Visit], measured: Option<&Measured>) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = [different_rules(visits), different_kinds(visits), lengths(visits)]
        .into_iter()
        .flatten()
        .collect();
    let rules: BTreeSet<&str> = visits
        .iter()
        .flat_map(|visit| &visit.rules)
        .map(String::as_str)
        .collect();
    if let Some(of) = measured.and_then(|measured| measured.error.rules.as_deref())
        && (rules.len() != 1 || !rules.contains(of))
    {
        warnings.push(Warning {
            about: About::Rules,
            message: format!(
                "The error was measured with the rules {of}, not with those that made these labels: measure it anew."
            ),
        });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python from the formulas of the paper: clusters of 8, 10 and 6.
    #[test]
    fn the_design_effect_is_that_of_the_paper() {
        let effect = design_effect(&[(7.0, 8.0), (2.0, 10.0), (3.0, 6.0)]).expect("three clusters");
        assert!((effect - 4.5).abs() < 1e-12, "{effect}");
        assert_eq!(design_effect(&[(4.0, 8.0), (5.0, 10.0)]), Some(1.0));
        assert_eq!(design_effect(&[(7.0, 8.0)]), None);
        assert_eq!(design_effect(&[(8.0, 8.0), (2.0, 2.0)]), None);
    }
}
