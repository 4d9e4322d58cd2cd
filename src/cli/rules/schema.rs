//! `findings rules schema`: JSON Schemas for editors.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use findings::report::visible_line;
use findings::rules::{SchemaKind, schema};

use crate::cli::config;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output::{self, Output};

/// Name of the schema of `findings.toml`.
const CONFIG: &str = "config";

/// Print the JSON Schema of a kind of rule file, by which editors complete and check while you type
///
/// Taplo and Even Better TOML use it where the first line of a rule file names it: #:schema PATH
#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Which
    #[arg(
        value_name = "KIND",
        required_unless_present = "into",
        value_parser = PossibleValuesParser::new(kinds())
    )]
    kind: Option<String>,
    /// Write all of them into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    into: Option<PathBuf>,
}

fn kinds() -> Vec<PossibleValue> {
    let about = [
        "A theme of a full set",
        "A list of words of a full set",
        "Headings and standing lines",
        "Where sentences and clauses end",
        "Text that recurs in letters on any authority",
        "A family of documents and how it tells its facts",
        "What all families of documents share",
        "Names of authorities",
        "A theme of an overlay",
        "A list of words of an overlay",
    ];
    let kinds = SchemaKind::ALL.iter().zip(about);
    let mut all: Vec<PossibleValue> = kinds
        .map(|(kind, about)| PossibleValue::new(kind.name()).help(about))
        .collect();
    all.push(PossibleValue::new(CONFIG).help("The file findings.toml"));
    all
}

impl Schema {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        if let Some(kind) = &self.kind {
            output::print(&named(kind))?;
            return Ok(Outcome::Done);
        }
        let folder = self.into.clone().unwrap_or_default();
        fs::create_dir_all(&folder)
            .map_err(|error| Stop::not_written(&folder.display().to_string(), &error))?;
        let kinds = SchemaKind::ALL.iter().map(|kind| kind.name());
        for kind in kinds.chain([CONFIG]) {
            let path = folder.join(file_name(kind));
            let mut target = Output::open(Some(&path), false)?;
            target.write(|out| out.write_all(named(kind).as_bytes()))?;
            target.finish()?;
            output::print(&format!("{}\n", visible_line(&path.display().to_string())))?;
        }
        Ok(Outcome::Done)
    }
}

/// The schema of a kind of rule file.
pub(super) fn text(kind: SchemaKind) -> String {
    shown(&schema(kind))
}

/// How its file is called.
pub(super) fn file_name(kind: &str) -> String {
    format!("{kind}.schema.json")
}

fn named(kind: &str) -> String {
    SchemaKind::from_name(kind).map_or_else(|| shown(&config::schema()), text)
}

fn shown(schema: &serde_json::Value) -> String {
    format!("{schema:#}\n")
}
