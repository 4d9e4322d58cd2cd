//! All of it as one object of JSON.

use serde::Serialize;

use super::BundleFormat;
use crate::comparison::{Comparison, Grouping};
use crate::facts::Facts;
use crate::report::whole::json;
use crate::row::Row;
use crate::visit::{SCHEMA, Visit};

pub(super) const FORMAT: BundleFormat = BundleFormat {
    name: "json",
    endings: &["json"],
    about: "one object with visits, comparisons, groups, facts and sentences",
    readings: false,
    binary: false,
    write: |bundle, out| {
        let visits = bundle.page.visits;
        let all = BundleJson {
            schema: SCHEMA,
            rules: bundle.page.rules.fingerprint(),
            visits,
            comparisons: bundle.page.comparisons,
            groups: bundle.page.groups,
            facts: bundle.facts,
            sentences: visits
                .iter()
                .flat_map(|visit| &visit.documents)
                .flat_map(|document| &document.rows)
                .collect(),
        };
        json(&all, out)?;
        Ok(Vec::new())
    },
};

/// What `findings report --format json` writes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BundleJson<'a> {
    /// Version of the form of visits, comparisons and groups.
    schema: u32,
    /// Fingerprint of the rules.
    rules: &'a str,
    /// Every visit, those of one authority in order of date.
    visits: &'a [Visit],
    /// A comparison for each authority with two or more visits whose dates are known.
    comparisons: &'a [Comparison],
    /// The visits by kind of document.
    groups: &'a Grouping,
    /// The facts of each document, in the order of the call.
    facts: &'a [Facts],
    /// Every sentence with its labels as corrected, as `findings tag` writes it, visit after visit.
    sentences: Vec<&'a Row>,
}
