//! What an output says of its own making.

use std::env;
use std::path::{Component, Path};

use findings::report::Made;
use jiff::Timestamp;

use super::outcome::Stop;
use super::output;

/// How an output of this call is made that will stand at `target`.
///
/// # Errors
/// Where SOURCE_DATE_EPOCH is no time.
pub(crate) fn made(target: Option<&Path>) -> Result<Made, Stop> {
    Ok(Made {
        command: command(env::args_os().map(|word| word.to_string_lossy().into_owned())),
        date: date()?,
        to_documents: target
            .filter(|path| *path != Path::new("-"))
            .and_then(to_documents),
    })
}

/// Bytes that are for a file or a pipe are not written to a terminal.
///
/// # Errors
/// Where they would be.
pub(crate) fn refuse_terminal(target: Option<&Path>, format: &str) -> Result<(), String> {
    if target.is_none() && output::on_terminal() {
        let ending = format.split('-').next().unwrap_or(format);
        return Err(format!(
            "{format} is not for a terminal: name a file by -o findings.{ending}"
        ));
    }
    Ok(())
}

/// The time that everything in this environment is made at, if there is one (reproducible-builds.org). The clock is not
/// asked: the same call gives the same bytes.
fn date() -> Result<Option<Timestamp>, Stop> {
    let Some(given) = env::var_os("SOURCE_DATE_EPOCH").filter(|given| !given.is_empty()) else {
        return Ok(None);
    };
    let seconds = given.to_str().and_then(|given| given.parse().ok());
    match seconds.map(Timestamp::from_second) {
        Some(Ok(date)) => Ok(Some(date)),
        _ => Err(Stop::Other(format!(
            "SOURCE_DATE_EPOCH is '{}', which is no number of seconds since 1970; correct it or leave it out",
            given.to_string_lossy()
        ))),
    }
}

/// The call as one could type it.
fn command(mut words: impl Iterator<Item = String>) -> String {
    words.next();
    let plain = |word: &str| {
        let safe = |letter: char| letter.is_alphanumeric() || "-_./=,:@%+".contains(letter);
        !word.is_empty() && word.chars().all(safe)
    };
    // How many threads there were changes no byte of an output, so it is not told there either.
    let mut number_follows = false;
    let words = words.filter(|word| {
        if std::mem::take(&mut number_follows) {
            return false;
        }
        number_follows = matches!(word.as_str(), "-j" | "--jobs");
        let short = word.strip_prefix("-j").map(|rest| rest.trim_start_matches('='));
        let joined = short.is_some_and(|number| number.parse::<u16>().is_ok());
        !(number_follows || joined || word.starts_with("--jobs="))
    });
    let words = words.map(|word| {
        if plain(&word) {
            word
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    });
    ["findings".to_owned()]
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The way from the folder in which the output will stand to the working folder, by which documents are named: `../` for
/// an output in a folder below it.
fn to_documents(target: &Path) -> Option<String> {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    way(
        &folder.canonicalize().ok()?,
        &env::current_dir().ok()?.canonicalize().ok()?,
    )
}

fn way(from: &Path, to: &Path) -> Option<String> {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(one, other)| one == other)
        .count();
    // Other drives cannot be reached.
    if common == 0 {
        return None;
    }
    let mut way = "../".repeat(from.components().count() - common);
    for part in to.components().skip(common) {
        let Component::Normal(part) = part else {
            return None;
        };
        way += part.to_str()?;
        way.push('/');
    }
    Some(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_can_be_typed_again() {
        let call = |words: &[&str]| command(words.iter().map(|word| (*word).to_owned()));
        assert_eq!(
            call(&["/bin/findings", "tag", "letters", "-o", "a.xlsx"]),
            "findings tag letters -o a.xlsx"
        );
        assert_eq!(
            call(&["findings", "tag", "it's one", "", "$x"]),
            "findings tag 'it'\\''s one' '' '$x'"
        );
        for jobs in [&["-j", "2"][..], &["-j2"], &["--jobs", "2"], &["--jobs=2"]] {
            let words = [&["findings", "tag"], jobs, &["letters", "-json"]].concat();
            assert_eq!(call(&words), "findings tag letters -json");
        }
    }

    #[cfg(unix)]
    #[test]
    fn documents_are_found_from_the_output() {
        let found = |from: &str, to: &str| way(Path::new(from), Path::new(to));
        assert_eq!(found("/a/b", "/a/b").as_deref(), Some(""));
        assert_eq!(found("/a/b/out/x", "/a/b").as_deref(), Some("../../"));
        assert_eq!(found("/tmp", "/a/b").as_deref(), Some("../a/b/"));
    }
}
