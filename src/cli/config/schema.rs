//! The JSON Schema of the file, from the options themselves.

use clap::{Arg, ArgAction};
use serde_json::{Map, Value, json};

use super::super::Arguments;
use super::options::{commands, number, options};

/// The JSON Schema of the file, for editors; draft 4 like those of rule files.
pub(crate) fn schema() -> Value {
    let program = <Arguments as clap::CommandFactory>::command();
    let mut properties: Map<String, Value> = options(&program).map(property).collect();
    for (path, command) in commands(&program) {
        let inner: Map<String, Value> = options(command).map(property).collect();
        let table = json!({
            "description": command.get_about().map(ToString::to_string).unwrap_or_default(),
            "type": "object",
            "properties": inner,
            "additionalProperties": false,
        });
        properties.insert(path.join(" "), table);
    }
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Settings of findings",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

pub(super) fn property(arg: &Arg) -> (String, Value) {
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    let mut schema = match arg.get_action() {
        ArgAction::SetTrue => json!({ "type": "boolean" }),
        _ if number(arg) => json!({ "type": "integer" }),
        _ if !possible.is_empty() => json!({ "type": "string", "enum": possible }),
        _ => json!({ "type": "string" }),
    };
    if matches!(arg.get_action(), ArgAction::Append) {
        schema = json!({ "type": "array", "items": schema });
    }
    schema["description"] = arg.get_help().map(ToString::to_string).unwrap_or_default().into();
    (arg.get_long().unwrap_or_default().to_owned(), schema)
}
