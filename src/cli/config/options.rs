//! The commands and options that a file can set, asked of the program itself.

use std::any::TypeId;

use clap::{Arg, ArgAction, Command};

/// Options that no file can set: an output that everybody writes over unasked helps nobody.
pub(super) const NEVER: [&str; 3] = ["output", "into", "no-config"];

/// Whether the values of an option are of a type.
pub(super) fn is<T: 'static>(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<T>()
}

/// Whether the values of an option are whole numbers.
pub(super) fn number(arg: &Arg) -> bool {
    is::<u8>(arg) || is::<u16>(arg) || is::<u32>(arg) || is::<u64>(arg) || is::<usize>(arg)
}

/// The commands that do something, with their names from the top.
pub(super) fn commands(program: &Command) -> Vec<(Vec<String>, &Command)> {
    let mut all = Vec::new();
    for command in program.get_subcommands() {
        let name = command.get_name().to_owned();
        let inner = commands(command);
        if inner.is_empty() {
            all.push((vec![name], command));
        } else {
            all.extend(
                inner
                    .into_iter()
                    .map(|(path, command)| ([vec![name.clone()], path].concat(), command)),
            );
        }
    }
    all
}

/// How a command's table is called in the file.
pub(super) fn table_name(path: &[String]) -> String {
    match path {
        [name] => format!("[{name}]"),
        _ => format!("[\"{}\"]", path.join(" ")),
    }
}

/// The options of a command that a file can set.
pub(super) fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| {
        let long = arg.get_long();
        long.is_some_and(|long| !NEVER.contains(&long))
            && matches!(
                arg.get_action(),
                ArgAction::Set | ArgAction::Append | ArgAction::SetTrue
            )
            && arg.get_id() != "version"
    })
}

pub(super) fn option<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    options(command).find(|arg| arg.get_long() == Some(name))
}
