//! Warnings that files silence with a reason, and silences that have become idle.

use super::Wanted;
use super::finding::Found;
use super::fix::without_table;
use super::pages::page;
use crate::rules::Lenient;

/// Takes out what is silenced and reports silences that silence nothing; gives how many warnings were silenced.
pub(super) fn silence(lenient: &Lenient, wanted: &Wanted<'_>, all: &mut Vec<Found>) -> usize {
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
                format!("there is no code `{code}`: write the one that the warning shows in brackets")
            };
            let note = "`findings rules help` lists all codes";
            all.push(Found::new("E110", allow.file, allow.code.at, message).note(note));
            continue;
        }
        let of = allow
            .cue
            .as_ref()
            .map_or("the file".to_owned(), |cue| format!("`{}`", cue.value));
        let message =
            format!("the silence is idle: {code} has nothing to tell of {of} any more; take it out");
        let mut found = Found::new("W416", allow.file, allow.at, message);
        if let Some(edits) = without_table(&files[allow.file].text, allow.at) {
            found = found.fix("take the silence out", edits);
        }
        all.push(found);
    }
    silenced
}
