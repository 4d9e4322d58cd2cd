//! Warnings that files silence with a reason, and silences that have become idle.

use super::Wanted;
use super::cues::Items;
use super::finding::Found;
use super::fix::without_table;
use super::pages::page;
use crate::rules::{Lenient, meant, nearest};

/// Takes out what is silenced and reports silences that silence nothing; gives how many warnings were silenced.
pub(super) fn silence(lenient: &Lenient, items: &Items, wanted: &Wanted<'_>, all: &mut Vec<Found>) -> usize {
    let files = lenient.rules.files();
    let mut used = vec![false; lenient.written.allows.len()];
    let before = all.len();
    all.retain(|found| {
        let mut keep = true;
        for (allow, used) in lenient.written.allows.iter().zip(&mut used) {
            let cue = allow.cue.as_ref().map(|cue| cue.value.as_str());
            if allow.file == found.file
                && allow.code.value == found.code
                && found.code.starts_with('W')
                && (cue.is_none() || cue == found.cue.as_deref())
            {
                *used = true;
                keep = false;
            }
        }
        keep || wanted.files.is_some_and(|wants| !wants(&files[found.file]))
    });
    let silenced = before - all.len();
    for (allow, used) in lenient.written.allows.iter().zip(used) {
        let code = allow.code.value.as_str();
        let not_looked_for =
            (code == "W415" && wanted.seen.is_none()) || (code == "W418" && !wanted.each_cue);
        if used || not_looked_for {
            continue;
        }
        if page(code).is_none() || !code.starts_with('W') {
            let message = if code.starts_with('E') {
                format!("`{code}` is an error, and errors cannot be silenced: mend what it tells")
            } else {
                format!(
                    "there is no code `{code}`: write the code of the warning that is to be silenced, or, if the file shows no warning, take the silence out"
                )
            };
            let note = "`findings rules help` lists all codes";
            all.push(Found::new("E110", allow.file, allow.code.at, message).note(note));
            continue;
        }
        // Of a silence without a reason, too, that is all that is to be said: it can go.
        all.retain(|found| !(found.code == "E109" && found.file == allow.file && found.at == allow.at));
        let code_of = if allow.reason { "W416" } else { "E109" };
        let lead = if allow.reason {
            "the silence is idle"
        } else {
            "the silence has no reason and is idle"
        };
        let own: Vec<&str> = items
            .all
            .iter()
            .filter(|item| item.file == allow.file)
            .map(|item| item.text.as_str())
            .collect();
        let mut found = match &allow.cue {
            Some(cue) if !own.contains(&cue.value.as_str()) => {
                let message = format!(
                    "{lead}: no cue `{}` stands in this file; write it as it stands there, or take the silence out",
                    cue.value
                );
                let found = Found::new(code_of, allow.file, allow.at, message);
                // What may be a slip of the pen is not taken out unasked.
                if let Some(meant) = meant(&nearest(&cue.value, own.into_iter())) {
                    all.push(found.note(format!("{meant}?")));
                    continue;
                }
                found
            }
            cue => {
                let of = cue
                    .as_ref()
                    .map_or("the file".to_owned(), |cue| format!("`{}`", cue.value));
                let message = format!("{lead}: {code} has nothing to tell of {of}; take it out");
                Found::new(code_of, allow.file, allow.at, message)
            }
        };
        if let Some(edits) = without_table(&files[allow.file].text, allow.at) {
            found = found.fix("take the silence out", edits);
        }
        all.push(found);
    }
    silenced
}
