//! JSON Lines: labels made by hand, and the program's own rows.

use serde_json::{Map, Value};

use super::read::{Found, Mistakes};
use super::{Gold, Place, stem};
use crate::codebook::{Change, Polarity, Speaker, Time, Tone};
use crate::row::Label;

/// The sentences of a text, one a line; empty lines are passed over.
pub(super) fn sentences(text: &str, mistakes: &mut Mistakes) -> Vec<Found> {
    let mut found = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(content) {
            Ok(Value::Object(fields)) => found.extend(
                Line {
                    fields,
                    line,
                    mistakes,
                }
                .sentence(),
            ),
            Ok(_) => mistakes.add(line, "this is no JSON object; write {\"id\": ..., ...}"),
            Err(error) => {
                let error = error.to_string().replace(" at line 1 column", " at column");
                mistakes.add(line, format!("this is no JSON: {error}"));
            }
        }
    }
    found
}

/// A line in hand.
struct Line<'a> {
    fields: Map<String, Value>,
    line: usize,
    mistakes: &'a mut Mistakes,
}

impl Line<'_> {
    /// The sentence; every mistake of the line is noted, and where there is one there is no sentence.
    fn sentence(mut self) -> Option<Found> {
        let place = self.place();
        let document = self.word("document");
        let doc = self.word("doc");
        let id = self.id();
        let text = self.word("text");
        let polarity = self.value("polarity", Polarity::ALL, None);
        let source = self.value("source", Speaker::ALL, Some(Speaker::Inspector));
        let time = self.value("time", Time::ALL, Some(Time::Current));
        let change = self.value("change", Change::ALL, Some(Change::None));
        let labels = self.labels();
        let (document, doc) = match (document?, doc?) {
            (Some(document), None) => (document.clone(), stem(&document)),
            (_, Some(doc)) => (doc.clone(), doc),
            (None, None) => (String::new(), String::new()),
        };
        let place = place?;
        let id = match (id?, place) {
            (Some(id), _) => id,
            (None, Some(Place { start, end })) if !doc.is_empty() => format!("{doc}:{start}-{end}"),
            _ => {
                self.wrong("it needs an \"id\", or \"doc\", \"start\" and \"end\"");
                return None;
            }
        };
        if place.is_some() && doc.is_empty() {
            self.wrong("\"start\" and \"end\" need the \"doc\" in which they count");
            return None;
        }
        Some(Found {
            gold: Gold {
                id,
                doc,
                place,
                text: text?.unwrap_or_default(),
                polarity: polarity?,
                labels: labels?,
                source: source?,
                time: time?,
                change: change?,
            },
            document,
            line: self.line,
        })
    }

    fn wrong(&mut self, message: impl Into<String>) {
        self.mistakes.add(self.line, message);
    }

    /// A string that may be missing; `None` where something else stands there.
    fn word(&mut self, key: &str) -> Option<Option<String>> {
        match self.fields.get(key) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(word)) => Some(Some(word.clone())),
            Some(_) => {
                self.wrong(format!("\"{key}\" is no string"));
                None
            }
        }
    }

    fn id(&mut self) -> Option<Option<String>> {
        match self.fields.get("id") {
            Some(Value::Number(number)) => Some(Some(number.to_string())),
            Some(Value::String(id)) if id.is_empty() => Some(None),
            _ => self.word("id"),
        }
    }

    fn place(&mut self) -> Option<Option<Place>> {
        let mut number = |key: &str| match self.fields.get(key) {
            None | Some(Value::Null) => Some(None),
            Some(value) => {
                let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
                if number.is_none() {
                    self.mistakes
                        .add(self.line, format!("\"{key}\" is no whole number from 0"));
                }
                number.map(Some)
            }
        };
        let (start, end) = (number("start"), number("end"));
        match (start?, end?) {
            (None, None) => Some(None),
            (Some(start), Some(end)) if start < end => Some(Some(Place { start, end })),
            (Some(_), Some(_)) => {
                self.wrong("\"end\" is not behind \"start\"");
                None
            }
            _ => {
                self.wrong("of \"start\" and \"end\" one is missing");
                None
            }
        }
    }

    fn value<T: Copy + Named>(&mut self, key: &str, all: &[T], usual: Option<T>) -> Option<T> {
        let word = self.word(key)?;
        match (word, usual) {
            (None, Some(usual)) => Some(usual),
            (None, None) => {
                self.wrong(format!("it has no \"{key}\"; values: {}", names(all)));
                None
            }
            (Some(word), _) => {
                let found = all.iter().copied().find(|value| value.named() == word);
                if found.is_none() {
                    self.wrong(format!("\"{word}\" is no {key}; values: {}", names(all)));
                }
                found
            }
        }
    }

    fn labels(&mut self) -> Option<Vec<Label>> {
        let written = match self.fields.remove("labels") {
            Some(Value::Array(written)) => written,
            None => {
                self.wrong("it has no \"labels\"; write [] where the sentence is of no theme");
                return None;
            }
            Some(_) => {
                self.wrong("\"labels\" is no list");
                return None;
            }
        };
        let labels: Vec<Option<Label>> = written.iter().map(|label| self.label(label)).collect();
        labels.into_iter().collect()
    }

    /// `["plans", "concern"]`, or an object as rows have it.
    fn label(&mut self, written: &Value) -> Option<Label> {
        let (theme, polarity, evidence) = match written {
            Value::Array(pair) if pair.len() == 2 => (&pair[0], &pair[1], None),
            Value::Object(label) => (
                label.get("theme").unwrap_or(&Value::Null),
                label.get("polarity").unwrap_or(&Value::Null),
                label.get("evidence"),
            ),
            _ => (&Value::Null, &Value::Null, None),
        };
        let (Value::String(theme), Value::String(polarity)) = (theme, polarity) else {
            self.wrong(format!(
                "the label {written} is neither [\"theme\", \"polarity\"] nor {{\"theme\": ..., \"polarity\": ...}}"
            ));
            return None;
        };
        let Some(tone) = Tone::from_name(polarity) else {
            let values = names(Tone::ALL);
            self.wrong(format!(
                "\"{polarity}\" is no polarity of a label; values: {values}"
            ));
            return None;
        };
        let evidence = match evidence.map(|evidence| serde_json::from_value(evidence.clone())) {
            None => Vec::new(),
            Some(Ok(evidence)) => evidence,
            Some(Err(error)) => {
                self.wrong(format!(
                    "the evidence of \"{theme}\" is not as rows have it: {error}"
                ));
                return None;
            }
        };
        Some(Label {
            theme: theme.clone(),
            polarity: tone,
            evidence,
        })
    }
}

/// A value of a closed list.
pub(super) trait Named {
    fn named(&self) -> &'static str;
}

macro_rules! named {
    ($($name:ident),+) => {
        $(impl Named for $name {
            fn named(&self) -> &'static str {
                self.name()
            }
        })+
    };
}

named!(Polarity, Tone, Speaker, Time, Change);

/// The values of a closed list, for messages.
pub(super) fn names<T: Named>(all: &[T]) -> String {
    let names: Vec<_> = all.iter().map(Named::named).collect();
    names.join(", ")
}
