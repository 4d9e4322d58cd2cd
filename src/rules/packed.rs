//! Rules as bytes that name themselves: to send them to another process or machine, where the same rules must stand.
//!
//! In: [`Rules`]. Out: bytes, and from bytes the rules. Not decided here: how the bytes travel.
//!
//! The bytes are a line that says what they are, a line with the fingerprint, and the files as JSON: to be read by people who
//! wonder what a cluster ran.

use serde::{Deserialize, Serialize};

use super::{Overlay, RuleFile, Rules};
use crate::error::Error;

/// The first line; its number rises when the form changes.
const FORM: &str = "findings rules 1";

/// A rule file as it travels.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    name: String,
    /// Ordinal and folder of the overlay that the file belongs to.
    overlay: Option<(usize, String)>,
    text: String,
}

impl Rules {
    /// The rules as bytes, by which [`Rules::unpack`] makes them again. The same rules give the same bytes.
    pub fn pack(&self) -> Vec<u8> {
        let files: Vec<Packed> = self.files().iter().map(Packed::from).collect();
        let files = serde_json::to_string(&files).expect("texts and numbers can be written as JSON");
        format!("{FORM}\n{}\n{files}\n", self.fingerprint()).into_bytes()
    }

    /// The rules that [`Rules::pack`] made bytes of.
    ///
    /// # Errors
    /// [`Error::Packed`] where the bytes are none of its making, or where this version of the engine would make other labels
    /// by the same files; [`Error::Rules`] where the files hold mistakes.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Packed { reason };
        let foreign = || wrong("they are not what `pack` writes".to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| foreign())?;
        let mut lines = text.splitn(3, '\n');
        let (form, fingerprint, files) = (lines.next(), lines.next(), lines.next());
        if form != Some(FORM) {
            return Err(foreign());
        }
        let (Some(fingerprint), Some(files)) = (fingerprint, files) else {
            return Err(foreign());
        };
        let files: Vec<Packed> =
            serde_json::from_str(files).map_err(|error| wrong(format!("they are damaged: {error}")))?;
        let rules = Self::from_files(files.into_iter().map(RuleFile::from).collect())?;
        if rules.fingerprint() == fingerprint {
            Ok(rules)
        } else {
            Err(wrong(format!(
                "they were packed as {fingerprint} and are {} here; use the same version of findings on both sides",
                rules.fingerprint()
            )))
        }
    }
}

impl From<&RuleFile> for Packed {
    fn from(file: &RuleFile) -> Self {
        let overlay = file.overlay.as_ref();
        Self {
            name: file.name.clone(),
            overlay: overlay.map(|overlay| (overlay.nth, overlay.folder.clone())),
            text: file.text.clone(),
        }
    }
}

impl From<Packed> for RuleFile {
    fn from(packed: Packed) -> Self {
        let mut file = Self::new(packed.name, packed.text);
        file.overlay = packed.overlay.map(|(nth, folder)| Overlay { nth, folder });
        file
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_the_same() {
        let folders = [PathBuf::from("tests/cmd/shared/rules")];
        for folders in [&folders[..], &[]] {
            let rules = Rules::from_folders(folders).unwrap();
            let packed = rules.pack();
            let again = Rules::unpack(&packed).unwrap();
            assert_eq!(rules.fingerprint(), again.fingerprint());
            assert_eq!(packed, again.pack());
        }
    }

    #[test]
    fn overlays_stay_overlays() {
        let mut files = Rules::built_in_files();
        files.push(RuleFile {
            overlay: Some(Overlay {
                nth: 1,
                folder: "ours".to_owned(),
            }),
            ..RuleFile::new(
                "themes/plans.toml",
                "names = [\"blueprint*\"]\n\n[[example]]\ntext = \"Blueprints are weak.\"\nlabels = [\"plans:concern\"]\n",
            )
        });
        let rules = Rules::from_files(files).unwrap();
        let again = Rules::unpack(&rules.pack()).unwrap();
        assert_eq!(rules.fingerprint(), again.fingerprint());
        assert!(again.cues().any(|cue| cue == "plans/blueprint*"));
    }

    #[test]
    fn other_bytes_are_refused() {
        let packed = String::from_utf8(Rules::built_in().pack()).unwrap();
        let fingerprint = packed.lines().nth(1).unwrap();
        let cases = [
            (String::new(), "not what `pack` writes"),
            ("findings rules 2\nx\n[]\n".to_owned(), "not what `pack` writes"),
            (FORM.to_owned(), "not what `pack` writes"),
            (format!("{FORM}\n{fingerprint}\n["), "damaged"),
            (
                packed.replace(fingerprint, "0123456789abcdef"),
                "same version of findings",
            ),
        ];
        for (bytes, reason) in cases {
            let error = Rules::unpack(bytes.as_bytes()).unwrap_err().to_string();
            assert!(
                error.starts_with("cannot unpack rules: ") && error.contains(reason),
                "{error}"
            );
        }
        assert!(Rules::unpack(&[0xff]).is_err());
    }
}
