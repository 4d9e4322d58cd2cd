//! A lenient walk through a rule file that reports every mistake with its place.
//!
//! In: TOML. Out: typed values, each with its place, and [`Mistake`]s. Not decided here: which keys a file may have.
//!
//! serde would stop at the first mistake; an author wants to hear of all of them in one run.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::{Placed, RuleFile};
use super::not_toml;
use super::schema::{SchemaKind, schema};
use super::slips::near;
use crate::error::Mistake;
use crate::span::Span;

/// One file being walked.
pub(crate) struct Walk<'a> {
    pub(crate) file: &'a RuleFile,
    pub(crate) mistakes: &'a mut Vec<Mistake>,
}

pub(crate) type Table<'i> = DeTable<'i>;

impl<'a> Walk<'a> {
    /// Parses the file; mistakes of TOML itself are reported and what could be read is given.
    pub(crate) fn parse(&mut self) -> Table<'a> {
        let (table, errors) = DeTable::parse_recoverable(&self.file.text);
        let place = |error: &toml::de::Error| error.span().unwrap_or(0..0);
        let errors = errors
            .iter()
            .map(|error| (Span::new(place(error).start, place(error).end), error.message()));
        for fault in not_toml::faults(&self.file.text, errors) {
            self.mistake("E101", fault.at, fault.message);
        }
        table.into_inner()
    }

    pub(crate) fn mistake(&mut self, code: &'static str, at: Span, message: impl Into<String>) {
        self.mistakes
            .push(Mistake::new(self.file, at, message).coded(code));
    }

    /// Reports keys that the file as a whole may not have.
    pub(crate) fn file_keys(&mut self, table: &Table<'_>, known: &[&str]) {
        let file = self.file;
        self.unknown(table, known, |key| belongs(file, key));
    }

    /// Reports keys that a table inside the file may not have.
    pub(crate) fn keys(&mut self, table: &Table<'_>, known: &[&str]) {
        self.unknown(table, known, |_| None);
    }

    fn unknown(&mut self, table: &Table<'_>, known: &[&str], belongs: impl Fn(&str) -> Option<String>) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let near = known.iter().find(|other| near(other, name));
            let advice = match near {
                Some(other) => match table.get_key_value(*other) {
                    Some((first, value)) => {
                        let line = Mistake::new(self.file, span(first), "").line;
                        let what = match value.get_ref().as_array() {
                            Some(_) => "add these entries there",
                            None => "keep one of the two",
                        };
                        format!("did you mean `{other}`? It stands at line {line} already: {what}")
                    }
                    None => format!("did you mean `{other}`?"),
                },
                None => match belongs(name) {
                    Some(place) => format!("{place}; known keys here: {}", known.join(", ")),
                    None => format!("known keys: {}", known.join(", ")),
                },
            };
            self.mistake("E102", span(key), format!("unknown key `{name}`: {advice}"));
        }
    }

    pub(crate) fn string(&mut self, table: &Table<'_>, key: &str) -> Option<Placed<String>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Placed {
                value: text.to_string(),
                at: span(value),
            }),
            _ => {
                let message = format!(
                    "`{key}` is {}: it has to be a text, {key} = \"...\"",
                    shown(value.get_ref())
                );
                self.wrong(value, message)
            }
        }
    }

    pub(crate) fn number(&mut self, table: &Table<'_>, key: &str, from: u8, to: u8) -> Option<u8> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| n.as_str().parse::<u8>().ok());
        match number.filter(|n| (from..=to).contains(n)) {
            Some(number) => Some(number),
            None => {
                let bare = without_marks(value.get_ref());
                let message = format!(
                    "`{key}` is {}: it has to be a whole number from {from} to {to}{bare}",
                    shown(value.get_ref())
                );
                self.wrong(value, message)
            }
        }
    }

    pub(crate) fn boolean(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        match value.get_ref().as_bool() {
            Some(value) => Some(value),
            None => {
                let bare = without_marks(value.get_ref());
                let message = format!(
                    "`{key}` is {}: it has to be true or false{bare}",
                    shown(value.get_ref())
                );
                self.wrong(value, message)
            }
        }
    }

    pub(crate) fn strings(&mut self, table: &Table<'_>, key: &str) -> Vec<Placed<String>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            let message = match value.get_ref() {
                DeValue::String(text) => {
                    format!("`{key}` is a single text: write it in square brackets, {key} = [\"{text}\"]")
                }
                other => format!(
                    "`{key}` is {}: it has to be a list of texts, {key} = [\"one\", \"other\"]",
                    shown(other)
                ),
            };
            self.wrong::<()>(value, message);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => all.push(Placed {
                    value: text.to_owned(),
                    at: span(item),
                }),
                None => {
                    let what = shown(item.get_ref());
                    let advice = match item.get_ref() {
                        DeValue::Integer(number) => format!("write \"{number}\" or take it out"),
                        DeValue::Array(_) => "take its square brackets away".to_owned(),
                        _ => "write it in quotation marks or take it out".to_owned(),
                    };
                    let message =
                        format!("an entry of `{key}` is {what}: every entry has to be a text; {advice}");
                    self.wrong::<()>(item, message);
                }
            }
        }
        all
    }

    /// The tables of `[[key]]`, each with its place.
    pub(crate) fn tables<'t, 'i>(&mut self, table: &'t Table<'i>, key: &str) -> Vec<(Span, &'t Table<'i>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong::<()>(value, not_tables(key, value.get_ref()));
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(inner) => all.push((span(item), inner)),
                None => {
                    self.wrong::<()>(item, not_tables(key, item.get_ref()));
                }
            }
        }
        all
    }

    /// The table under `[key]`.
    pub(crate) fn inner<'t, 'i>(&mut self, table: &'t Table<'i>, key: &str) -> Option<&'t Table<'i>> {
        let value = table.get(key)?;
        match value.get_ref().as_table() {
            Some(inner) => Some(inner),
            None => {
                let what = shown(value.get_ref());
                let message = format!("`{key}` is {what}: its keys stand under a line `[{key}]`");
                self.wrong(value, message)
            }
        }
    }

    /// Whether a list is not there or empty; one that holds something of a wrong kind has been told of.
    pub(crate) fn lacks(&self, table: &Table<'_>, key: &str) -> bool {
        table.get(key).is_none_or(|value| {
            value
                .get_ref()
                .as_array()
                .is_some_and(|list| list.iter().next().is_none())
        })
    }

    fn wrong<T>(&mut self, value: &Spanned<DeValue<'_>>, message: String) -> Option<T> {
        self.mistake("E103", span(value), message);
        None
    }
}

pub(crate) fn span<T>(value: &Spanned<T>) -> Span {
    Span::new(value.span().start, value.span().end)
}

/// A value as a message tells of it.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(value) => format!("{value}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// What is to be said of quotation marks round a value that may have none.
fn without_marks(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => ", without quotation marks",
        _ => "",
    }
}

fn not_tables(key: &str, value: &DeValue<'_>) -> String {
    format!(
        "`{key}` is {}: write what belongs to each under a line `[[{key}]]` of its own",
        shown(value)
    )
}

/// Where a key belongs that this kind of file does not have at its top.
fn belongs(file: &RuleFile, key: &str) -> Option<String> {
    let own = match SchemaKind::of(file)? {
        SchemaKind::OverlayTheme => SchemaKind::Theme,
        SchemaKind::OverlayWords => SchemaKind::Words,
        kind => kind,
    };
    let keys = |kind| schema(kind)["properties"].take();
    let here = keys(own);
    if here.get(key).is_some() {
        return Some(
            "the file below that this one goes on with has it, and what stands there holds: take it out here"
                .to_owned(),
        );
    }
    let inside = here.as_object().into_iter().flatten().find_map(|(table, about)| {
        if about["items"]["properties"].get(key).is_some() {
            return Some(format!("it belongs under a line `[[{table}]]`"));
        }
        let one = about["properties"].get(key).is_some();
        one.then(|| format!("it belongs under a line `[{table}]`"))
    });
    if inside.is_some() {
        return inside;
    }
    if keys(SchemaKind::OverlayTheme).get(key).is_some() && keys(SchemaKind::Theme).get(key).is_none() {
        return Some(
            "only a file of an overlay has it that goes on with a file of the same name below".to_owned(),
        );
    }
    let places = [
        (SchemaKind::Theme, "files under themes/"),
        (SchemaKind::Words, "files under words/"),
        (SchemaKind::Letters, "files under letters/"),
        (SchemaKind::English, "english.toml"),
        (SchemaKind::Standing, "standing.toml"),
        (SchemaKind::Facts, "files under facts/"),
    ];
    let place = places
        .into_iter()
        .find(|(kind, _)| *kind != own && keys(*kind).get(key).is_some());
    place.map(|(_, place)| format!("it is a key of {place}"))
}
