//! `findings rules init`: a folder of rules to start from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use findings::report::visible_line;
use findings::rules::SchemaKind;

use super::schema;
use crate::cli::outcome::{Outcome, Stop};
use crate::cli::output;

/// The files, by their place below the folder.
const STARTER: &[(&str, &str)] = &[
    ("README.md", include_str!("starter/README.md")),
    (
        "themes/school_transport.toml",
        include_str!("starter/themes/school_transport.toml"),
    ),
    (
        "words/our-criticism.toml",
        include_str!("starter/words/our-criticism.toml"),
    ),
];

/// Make a folder of rules to start from, which lies on top of the built-in rules
///
/// It holds a theme, a list of words, examples of both, and schemas by which editors complete and check while you type.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The folder to make; if it is there, it has to be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        let folder = &self.folder;
        match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                return Err(Stop::Other(format!(
                    "{} is not empty: nothing is written over; name a new folder",
                    folder.display()
                )));
            }
            Ok(false) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Stop::not_written(&folder.display().to_string(), &error)),
        }
        let schemas: Vec<(String, String)> = SchemaKind::ALL
            .iter()
            .map(|kind| {
                (
                    format!(".schema/{}", schema::file_name(kind.name())),
                    schema::text(*kind),
                )
            })
            .collect();
        let files = STARTER.iter().copied();
        let schemas = schemas.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        for (name, text) in files.chain(schemas) {
            let path = folder.join(name);
            write(&path, text).map_err(|error| Stop::not_written(&path.display().to_string(), &error))?;
        }
        let mut told = String::new();
        for (name, _) in STARTER {
            told += &format!("{}\n", visible_line(&folder.join(name).display().to_string()));
        }
        told += &format!(
            "\nnext: findings rules test {}\n",
            visible_line(&folder.display().to_string())
        );
        output::print(&told)?;
        Ok(Outcome::Done)
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Should somebody write the same file at the same time, theirs stays.
    let mut file = fs::File::create_new(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}
