//! `--only theme=caseloads,polarity=concern`: which sentences are kept.
//!
//! In: conditions as the user writes them. Out: yes or no for a row. Labels of a kept sentence all stay.

use std::str::FromStr;

use findings::Rules;
use findings::codebook::{Change, SectionRole, Speaker, Time, Tone};
use findings::row::{Label, Row};

/// The conditions of one `--only`. Values of one key are alternatives; different keys have to be met together, `theme`
/// and `polarity` by one and the same label.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Only {
    themes: Vec<String>,
    polarities: Vec<Tone>,
    sources: Vec<Speaker>,
    times: Vec<Time>,
    changes: Vec<Change>,
    section_roles: Vec<SectionRole>,
}

impl Only {
    /// Whether the sentence is kept.
    pub(crate) fn keeps(&self, row: &Row) -> bool {
        let label = |label: &Label| met(&self.themes, &label.theme) && met(&self.polarities, &label.polarity);
        let labels_matter = !self.themes.is_empty() || !self.polarities.is_empty();
        (!labels_matter || row.labels.iter().any(label))
            && met(&self.sources, &row.source)
            && met(&self.times, &row.time)
            && met(&self.changes, &row.change)
            && met(&self.section_roles, &row.section_role)
    }

    /// # Errors
    /// Names a theme that the rules do not have, and those that they have.
    pub(crate) fn check(&self, rules: &Rules) -> Result<(), String> {
        let known: Vec<_> = rules.themes().map(|theme| theme.id.as_str()).collect();
        match self.themes.iter().find(|theme| !known.contains(&theme.as_str())) {
            None => Ok(()),
            Some(theme) => Err(format!(
                "--only: no theme '{theme}' in the rules; themes: {}",
                known.join(", ")
            )),
        }
    }
}

fn met<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

impl FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut only = Self::default();
        for condition in text.split(',') {
            let (key, value) = condition
                .split_once('=')
                .ok_or_else(|| format!("'{condition}' is not KEY=VALUE, such as theme=caseloads"))?;
            let (key, value) = (key.trim(), value.trim());
            match key {
                "theme" if value.is_empty() => return Err("theme= needs the id of a theme".to_owned()),
                "theme" => only.themes.push(value.to_owned()),
                "polarity" => only.polarities.push(one_of(key, value, Tone::ALL, Tone::name)?),
                "source" => only
                    .sources
                    .push(one_of(key, value, Speaker::ALL, Speaker::name)?),
                "time" => only.times.push(one_of(key, value, Time::ALL, Time::name)?),
                "change" => only.changes.push(one_of(key, value, Change::ALL, Change::name)?),
                "section_role" => {
                    only.section_roles
                        .push(one_of(key, value, SectionRole::ALL, SectionRole::name)?)
                }
                _ => {
                    let keys = "theme, polarity, source, time, change, section_role";
                    return Err(format!("'{key}' is no key; keys: {keys}"));
                }
            }
        }
        Ok(only)
    }
}

fn one_of<T: Copy>(key: &str, value: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    all.iter()
        .copied()
        .find(|known| name(*known) == value)
        .ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|known| name(*known)).collect();
            format!("'{value}' is no value of {key}; values: {}", names.join(", "))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(labels: &[(&str, &str)]) -> Row {
        let labels: Vec<_> = labels
            .iter()
            .map(
                |(theme, polarity)| serde_json::json!({"theme": theme, "polarity": polarity, "evidence": []}),
            )
            .collect();
        serde_json::from_value(serde_json::json!({
            "schema": 1, "rules": "f", "id": "a", "document": "d", "sentence": 1, "section": null,
            "section_role": "findings", "section_grade": null, "page": null, "paragraph": null, "start": 0, "end": 1,
            "text": "A", "polarity": "concern", "labels": labels, "source": "inspector", "time": "current",
            "change": "declined",
        }))
        .unwrap()
    }

    fn keeps(only: &str, labels: &[(&str, &str)]) -> bool {
        only.parse::<Only>().unwrap().keeps(&row(labels))
    }

    #[test]
    fn one_label_has_to_meet_all_conditions() {
        let labels = [("caseloads", "strength"), ("supervision", "concern")];
        assert!(keeps("theme=caseloads,polarity=strength", &labels));
        assert!(!keeps("theme=caseloads,polarity=concern", &labels));
        assert!(keeps("polarity=concern", &labels));
        assert!(!keeps("polarity=concern", &[]));
    }

    #[test]
    fn values_of_one_key_are_alternatives() {
        assert!(keeps("theme=plans,theme=caseloads", &[("caseloads", "neutral")]));
        assert!(!keeps(
            "theme=plans,theme=caseloads,polarity=concern",
            &[("caseloads", "neutral")]
        ));
    }

    #[test]
    fn conditions_on_the_sentence_need_no_label() {
        assert!(keeps("change=declined", &[]));
        assert!(keeps(" change = declined , source=inspector", &[]));
        assert!(!keeps("change=declined,time=past", &[]));
        assert!(!keeps("section_role=summary", &[]));
    }

    #[test]
    fn mistakes_name_what_would_be_right() {
        let mistake = |text: &str| text.parse::<Only>().unwrap_err();
        assert_eq!(
            mistake("caseloads"),
            "'caseloads' is not KEY=VALUE, such as theme=caseloads"
        );
        assert_eq!(
            mistake("polarity=mixed"),
            "'mixed' is no value of polarity; values: strength, concern, neutral"
        );
        assert!(mistake("them=caseloads").contains("keys: theme, polarity"));
        assert!(mistake("theme=").contains("id of a theme"));
        assert!(mistake("").contains("KEY=VALUE"));
    }
}
