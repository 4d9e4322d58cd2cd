//! A person's corrections of labels.
//!
//! In: a file of corrections, and rows. Out: rows with the person's labels, and which they are. A correction always wins.
//!
//! The file is one of labels (see [`crate::gold`]): `id`, `polarity` and `labels`, and any of `source`, `time` and
//! `change`, which stay as the rules have them where the file leaves them out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::gold::{self, Gold, stem};
use crate::row::{Label, Row};
use crate::visit::Labelled;

/// Fields that a correction may leave out.
const OPTIONAL: [&str; 3] = ["source", "time", "change"];

/// The corrections of a file.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// By the id of the sentence; two documents may share ids, and then the correction names its document.
    by_id: BTreeMap<String, Vec<Correction>>,
}

#[derive(Clone, Debug)]
struct Correction {
    gold: Gold,
    /// Which of the optional fields the file has for it.
    given: [bool; OPTIONAL.len()],
}

/// What has become of corrections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrected {
    /// The corrected sentences, as gold labels.
    pub gold: Vec<Gold>,
    /// Ids that no document has, in order.
    pub unused: Vec<String>,
}

impl Corrections {
    /// Reads a file, JSON Lines or CSV.
    ///
    /// # Errors
    /// [`Error::Read`] where it cannot be read, [`Error::Labels`] with every mistake in it.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::from_bytes(&path.to_string_lossy(), &bytes)
    }

    /// The same from bytes; `name` is what messages call them.
    ///
    /// # Errors
    /// [`Error::Labels`] with every mistake.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let gold = gold::from_bytes(name, bytes)?;
        let given = given(&String::from_utf8_lossy(bytes));
        let mut by_id: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
        for (n, gold) in gold.into_iter().enumerate() {
            let given = given.get(n).copied().unwrap_or([true; OPTIONAL.len()]);
            by_id
                .entry(gold.id.clone())
                .or_default()
                .push(Correction { gold, given });
        }
        Ok(Self { by_id })
    }

    /// Themes that the corrections name, in order.
    pub fn themes(&self) -> BTreeSet<&str> {
        let all = self.by_id.values().flatten();
        all.flat_map(|correction| &correction.gold.labels)
            .map(|label| label.theme.as_str())
            .collect()
    }

    /// Puts the corrections in place of the labels that they correct, and marks the sentences.
    pub fn apply(&self, documents: &mut [Labelled]) -> Corrected {
        let mut done = Corrected::default();
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for document in documents {
            for row in &mut document.rows {
                let Some((id, corrections)) = self.by_id.get_key_value(&row.id) else {
                    continue;
                };
                let mut fitting = corrections.iter();
                let fits = |gold: &Gold| gold.doc.is_empty() || gold.doc == stem(&row.document);
                let Some(correction) = fitting.find(|correction| fits(&correction.gold)) else {
                    continue;
                };
                correction.correct(row);
                used.insert(id);
                document.corrected.insert(row.id.clone());
                done.gold.push(Gold::from(row.clone()));
            }
        }
        done.unused = self
            .by_id
            .keys()
            .filter(|id| !used.contains(id.as_str()))
            .cloned()
            .collect();
        done
    }
}

impl Correction {
    /// Words that made a label which the person keeps stay with it.
    fn correct(&self, row: &mut Row) {
        let before = std::mem::take(&mut row.labels);
        row.labels = self
            .gold
            .labels
            .iter()
            .map(|label| {
                let kept = |other: &&Label| (&other.theme, other.polarity) == (&label.theme, label.polarity);
                before.iter().find(kept).cloned().unwrap_or_else(|| Label {
                    theme: label.theme.clone(),
                    polarity: label.polarity,
                    evidence: Vec::new(),
                })
            })
            .collect();
        row.polarity = self.gold.polarity;
        let [source, time, change] = self.given;
        if source {
            row.source = self.gold.source;
        }
        if time {
            row.time = self.gold.time;
        }
        if change {
            row.change = self.gold.change;
        }
    }
}

/// Which optional fields each sentence of a file has; the file has been read without mistakes before.
fn given(text: &str) -> Vec<[bool; OPTIONAL.len()]> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return lines
            .map(|line| {
                let value: Value = serde_json::from_str(line).unwrap_or_default();
                OPTIONAL.map(|key| value.get(key).is_some_and(|value| !value.is_null()))
            })
            .collect();
    }
    // A table has the column for every sentence or for none.
    let head = text.lines().next().unwrap_or_default().to_lowercase();
    let columns: Vec<&str> = head
        .split([',', ';', '\t'])
        .map(|name| name.trim_matches(|c: char| c == '"' || c.is_whitespace()))
        .collect();
    let has = OPTIONAL.map(|key| columns.contains(&key));
    vec![has; text.lines().count()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Polarity, Time, Tone};
    use crate::{Rules, Source, row};

    fn labelled() -> Labelled {
        let rules = Rules::built_in();
        let text = "Findings\n\nCaseloads are too high. At the previous inspection, supervision was poor.\n";
        let reading = rules
            .read(&Source::from_text("letter.txt", text))
            .expect("it is text");
        Labelled {
            rows: row::rows(&rules, &reading),
            ..Labelled::default()
        }
    }

    fn apply(form: impl Fn(&[Row]) -> String) -> (Labelled, Corrected) {
        let mut documents = [labelled()];
        let corrections = form(&documents[0].rows);
        let corrections =
            Corrections::from_bytes("corrections", corrections.as_bytes()).expect("no mistakes");
        let done = corrections.apply(&mut documents);
        let [labelled] = documents;
        (labelled, done)
    }

    #[test]
    fn a_correction_wins_and_what_it_leaves_out_stays() {
        let (after, done) = apply(|rows| {
            format!(
                "{{\"id\":\"{}\",\"polarity\":\"neutral\",\"labels\":[[\"supervision\",\"neutral\"]]}}\n\
                 {{\"id\":\"nowhere\",\"polarity\":\"neutral\",\"labels\":[]}}\n",
                rows[1].id
            )
        });
        let before = labelled();
        assert_eq!(after.rows[0], before.rows[0]);
        assert_eq!(before.rows[1].time, Time::Past);
        assert_eq!(
            (after.rows[1].polarity, after.rows[1].time),
            (Polarity::Neutral, Time::Past)
        );
        assert_eq!(after.rows[1].labels[0].polarity, Tone::Neutral);
        assert_eq!(after.corrected, BTreeSet::from([before.rows[1].id.clone()]));
        assert_eq!(done.unused, ["nowhere"]);
        assert_eq!(done.gold.len(), 1);
        assert_eq!(done.gold[0].polarity, Polarity::Neutral);
    }

    #[test]
    fn a_label_that_is_kept_keeps_its_words() {
        let (after, _) = apply(|rows| {
            format!(
                "id,polarity,labels,time\n{},concern,caseloads:concern workforce:concern,past\n",
                rows[0].id
            )
        });
        assert!(!after.rows[0].labels[0].evidence.is_empty());
        assert!(after.rows[0].labels[1].evidence.is_empty());
        assert_eq!(after.rows[0].time, Time::Past);
    }

    #[test]
    fn a_correction_of_another_document_is_not_for_this_one() {
        let (after, done) = apply(|rows| {
            format!(
                "{{\"id\":\"{}\",\"doc\":\"other\",\"polarity\":\"neutral\",\"labels\":[]}}",
                rows[0].id
            )
        });
        assert!(after.corrected.is_empty());
        assert_eq!(done.unused.len(), 1);
    }
}
