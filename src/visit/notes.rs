//! What whoever uses the counts of a visit should know, and how to mend it.

use super::{Basis, Visit};

/// One sentence for each thing to know. `unsure`: a document of the visit might as well belong to another.
pub(super) fn notes(visit: &Visit, unsure: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let first = visit.documents.first().map_or("", |document| &document.document);
    let missing = match (visit.authority.is_none(), visit.start.is_none()) {
        (true, true) => Some("neither its authority nor the dates of the inspection are known"),
        (true, false) => Some("its authority is not known"),
        (false, true) => Some("the dates of the inspection are not known"),
        (false, false) => None,
    };
    if let Some(missing) = missing {
        notes.push(format!(
            "{first} stands by itself, since {missing}; give them in a facts file (--facts FILE)"
        ));
    }
    match (visit.basis, visit.kind) {
        (Basis::Reported, Some(kind)) => {
            let what = kind.name().replace('_', " ");
            notes.push(format!(
                "no document of the inspectors was given: the counts come from {first} ({what})"
            ));
        }
        (Basis::Unknown, _) => notes.push(format!(
            "it is not known whose document {first} is; give its kind in a facts file (--facts FILE)"
        )),
        _ => {}
    }
    if unsure {
        notes.push(format!(
            "{first} may tell of more than one visit of the inspectors, so it stands apart from them; give exact dates in a facts file"
        ));
    }
    let apart = &visit.left_out;
    if visit.counts.judged() == 0 && apart.authority.judged() + apart.past.judged() + apart.other.judged() > 0
    {
        notes.push(
            "no current finding of the inspectors stands here: what is judged is said by others or of earlier visits, and is shown apart (--with counts it)"
                .to_owned(),
        );
    }
    if visit.rules.len() > 1 {
        notes.push(format!(
            "its documents were labelled under different rules ({}): label them anew with one set",
            visit.rules.join(", ")
        ));
    }
    notes
}
