//! What a document is and what its inspection was: kind, authority, dates, visit, lead inspector, judgements.
//!
//! In: [`Rules`] and a [`Reading`]. Out: [`Facts`], each with the words that it came from. Where a document is silent,
//! or says two things, the fact stays empty: a missing date is better than a wrong one. Not decided here: which documents
//! tell of the same visit.

mod authority;
mod dates;
mod dropped;
mod given;
mod judgements;
mod kind;
mod search;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::reading::Reading;
use crate::rules::Rules;
use crate::span::Span;
use crate::text::Text;

pub use crate::codebook::{Fact, Judgement, Kind};

pub use given::Given;
use kind::Sign;
use search::Search;

/// The facts of one document; `None` where it is silent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facts {
    /// The document: its path as given, or its id.
    pub document: String,
    /// Fingerprint of the rules that it was read by.
    pub rules: String,
    /// What it is.
    pub kind: Option<Kind>,
    /// The place whose services it is about, without "Council" and the like: `Kirklees`.
    pub authority: Option<String>,
    /// First day of the inspection or visit that it is about.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub inspection_start: Option<Date>,
    /// Last day of it, the same as the first where it took one day.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub inspection_end: Option<Date>,
    /// When the document was published or, for a letter, written.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub published: Option<Date>,
    /// Which visit since the inspection it tells of, from 1.
    pub visit_number: Option<u32>,
    /// Who led the inspection or signed the letter.
    pub lead_inspector: Option<String>,
    /// Judgements of the inspection that it is about, by area, such as `overall` or `care_leavers`.
    pub judgements: BTreeMap<String, Judgement>,
    /// The words that each fact came from, by the fact's name; a judgement's is `judgements.overall`.
    pub words: BTreeMap<String, Words>,
    /// Names of the facts that a person supplied or corrected, in order.
    pub corrected: Vec<String>,
    /// Further columns that came with the document or in a facts file, such as an ONS code.
    pub extra: Map<String, Value>,
}

/// Words of a document from which a fact was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Words {
    /// First character (Unicode scalar values from 0) of the text that `findings text` prints.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Physical page from 1 on which they begin, where the format has pages.
    pub page: Option<u32>,
    /// The words as read: line breaks as spaces.
    pub text: String,
}

/// The key under which rows of label files carry the facts of their document, in `extra`.
pub const KEY: &str = "facts";

/// The key of the list of facts that a person gave.
const CORRECTED: &str = "corrected";

/// The facts that rows carry: those that tell which visit a document is of.
const CARRIED: [Fact; 6] = [
    Fact::Kind,
    Fact::Authority,
    Fact::InspectionStart,
    Fact::InspectionEnd,
    Fact::Published,
    Fact::VisitNumber,
];

impl Facts {
    /// What the rows of the document carry in `extra`: further columns as they are, and under [`KEY`] kind, authority, dates
    /// and visit number, null where the document is silent. Where a person gave some, `corrected` names them.
    pub fn into_extra(self) -> Map<String, Value> {
        let mut all = serde_json::to_value(&self).unwrap_or_default();
        let mut take = |name: &str| {
            (
                name.to_owned(),
                all.get_mut(name).map(Value::take).unwrap_or_default(),
            )
        };
        let mut carried: Map<String, Value> = CARRIED.iter().map(|fact| take(fact.name())).collect();
        if !self.corrected.is_empty() {
            carried.extend([take(CORRECTED)]);
        }
        let mut extra = self.extra;
        extra.insert(KEY.to_owned(), Value::Object(carried));
        extra
    }

    /// The facts that a row of a label file carries in `extra`, with the further columns; `None` where it was written
    /// without.
    pub fn from_extra(document: &str, rules: &str, extra: &Map<String, Value>) -> Option<Self> {
        let mut extra = extra.clone();
        let mut facts = extra.remove(KEY)?;
        let all = facts.as_object_mut()?;
        let own = serde_json::to_value(Self {
            document: document.to_owned(),
            rules: rules.to_owned(),
            extra,
            ..Self::default()
        });
        for (name, value) in own.ok()?.as_object()? {
            all.entry(name.clone()).or_insert_with(|| value.clone());
        }
        serde_json::from_value(facts).ok()
    }
}

/// The facts that a document tells.
///
/// A pure function of rules and reading: the same on every run and machine.
pub fn facts(rules: &Rules, reading: &Reading) -> Facts {
    let text = &reading.text;
    let all = rules.facts();
    let mut facts = Facts {
        document: reading.document.clone(),
        rules: reading.rules.clone(),
        extra: reading.extra.clone().unwrap_or_default(),
        ..Facts::default()
    };
    let opening = opening(&text.read);
    let dropped = dropped::lines(text);
    let headers: Vec<&str> = dropped.iter().map(|line| line.of(&text.printed)).collect();
    let Some(family) = kind::family(all, &text.read, opening, &headers) else {
        return facts;
    };
    let mut words = Places::new(text);
    facts.kind = Some(family.kind);
    match kind::sign(family, &text.read, opening, &headers) {
        Some(Sign::Read(span)) => words.put(Fact::Kind.name(), span),
        Some(Sign::Header(line, span)) => words.put_printed(Fact::Kind.name(), dropped[line].start, span),
        None => {}
    }
    let search = Search {
        rules: all,
        family,
        read: &text.read,
        opening,
    };
    if let Some((place, span)) = search.authority() {
        facts.authority = Some(place);
        words.put(Fact::Authority.name(), span);
    } else if let Some((line, (place, span))) = search.header_authority(&headers) {
        facts.authority = Some(place);
        words.put_printed(Fact::Authority.name(), dropped[line].start, span);
    }
    if let Some(((first, last), span)) = search.inspection() {
        (facts.inspection_start, facts.inspection_end) = (Some(first), Some(last));
        words.put(Fact::InspectionStart.name(), span);
        words.put(Fact::InspectionEnd.name(), span);
    }
    if let Some((date, span)) = search.published() {
        facts.published = Some(date);
        words.put(Fact::Published.name(), span);
    }
    if let Some((number, span)) = search.visit_number() {
        facts.visit_number = Some(number);
        words.put(Fact::VisitNumber.name(), span);
    }
    if let Some((person, span)) = search.lead_inspector() {
        facts.lead_inspector = Some(person);
        words.put(Fact::LeadInspector.name(), span);
    }
    for (area, (grade, span)) in judgements::judgements(all, family, text) {
        words.put(&judgement(&area), span);
        facts.judgements.insert(area, grade);
    }
    facts.words = words.words;
    facts
}

/// The name of the judgement of an area among the facts: `judgements.overall`.
pub fn judgement(area: &str) -> String {
    format!("{}.{area}", Fact::Judgements)
}

/// The head of a document: so many bytes and the rest of the line.
fn opening(read: &str) -> &str {
    const LENGTH: usize = 4000;
    let end = read
        .char_indices()
        .find(|(at, c)| *at >= LENGTH && *c == '\n')
        .map_or(read.len(), |(at, _)| at);
    &read[..end]
}

/// Words with their places, as outputs count them.
struct Places<'t> {
    text: &'t Text,
    words: BTreeMap<String, Words>,
}

impl<'t> Places<'t> {
    fn new(text: &'t Text) -> Self {
        Self {
            text,
            words: BTreeMap::new(),
        }
    }

    /// Words of the text as read.
    fn put(&mut self, fact: &str, span: Span) {
        let words = span.of(&self.text.read).replace('\n', " ");
        let page = self.text.page(span.start);
        self.insert(fact, self.text.span_to_printed(span), page, words);
    }

    /// Words of a header, whose line begins at a byte of the printed text. Which page it heads is not kept.
    fn put_printed(&mut self, fact: &str, line: usize, span: Span) {
        let span = Span::new(line + span.start, line + span.end);
        self.insert(fact, span, None, span.of(&self.text.printed).to_owned());
    }

    fn insert(&mut self, fact: &str, printed: Span, page: Option<u32>, text: String) {
        let before = |at: usize| self.text.printed[..at].chars().count();
        let words = Words {
            start: before(printed.start),
            end: before(printed.end),
            page,
            text,
        };
        self.words.insert(fact.to_owned(), words);
    }
}
