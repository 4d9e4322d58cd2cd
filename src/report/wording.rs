//! What text and Markdown say alike of visits: numbers, bars, where a sentence stands, what has become of a theme.

use crate::codebook::Polarity;
use crate::comparison::{
    BalanceChange, Comparison, Course, LabelError, Step, ThemeError, ThemeStep, Verdict,
};
use crate::visit::{Balance, Basis, Counts, LeftOut, Quote, Visit};

/// Shown for what there is not.
pub(super) const NOTHING: &str = "–";

/// `+0.50`, `−0.33`, `0.00`.
pub(super) fn signed(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    match value {
        _ if text == "0.00" => text,
        value if value < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// `−0.64 (−0.85 to −0.20)`.
pub(super) fn balance(balance: Option<&Balance>) -> String {
    balance.map_or_else(
        || NOTHING.to_owned(),
        |balance| {
            let Balance { value, low, high } = balance;
            format!("{} ({} to {})", signed(*value), signed(*low), signed(*high))
        },
    )
}

/// `+1.20 (+0.31 to +1.70)`.
pub(super) fn change(change: &BalanceChange) -> String {
    let BalanceChange { value, low, high, .. } = change;
    format!("{} ({} to {})", signed(*value), signed(*low), signed(*high))
}

/// `14%`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A number with its thing: `1 sentence`, `7 sentences`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

/// `monitoring letter`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// Signs for concerns to the left and strengths to the right, `-----|++`: one for each sentence where `most` fit in
/// `room` signs, else in proportion, and at least one where there is any.
pub(super) fn bar(counts: &Counts, most: usize, room: usize) -> (String, String) {
    let signs = |count: usize, sign: &str| {
        let scaled = if most > room {
            (count * room).div_ceil(most)
        } else {
            count
        };
        sign.repeat(scaled)
    };
    (signs(counts.concern, "-"), signs(counts.strength, "+"))
}

/// The largest count of strengths or concerns.
pub(super) fn most<'a>(counts: impl Iterator<Item = &'a Counts>) -> usize {
    counts
        .map(|counts| counts.strength.max(counts.concern))
        .max()
        .unwrap_or(0)
}

/// What the sentence says of its theme, as a sign.
pub(super) fn sign(quote: &Quote) -> char {
    match quote.polarity {
        Polarity::Strength => '+',
        Polarity::Concern => '-',
        Polarity::Mixed => '±',
        Polarity::Neutral => '·',
    }
}

/// `page 2, paragraph 3`; the number of the sentence where the document has neither. The document stands in front where
/// there is more than one.
pub(super) fn place(quote: &Quote, documents: usize) -> String {
    let mut parts = Vec::new();
    if documents > 1 {
        parts.push(quote.document.clone());
    }
    parts.extend(quote.page.map(|page| format!("page {page}")));
    parts.extend(
        quote
            .paragraph
            .as_ref()
            .map(|number| format!("paragraph {number}")),
    );
    if quote.page.is_none() && quote.paragraph.is_none() {
        parts.push(format!("sentence {}", quote.sentence));
    }
    if quote.corrected {
        parts.push("corrected by a person".to_owned());
    }
    parts.join(", ")
}

/// How many documents the visit's counts come from.
pub(super) fn counted(visit: &Visit) -> usize {
    visit.documents.iter().filter(|document| document.counted).count()
}

/// What the visit was, and whose words are counted: `monitoring letter, visit 2`.
pub(super) fn kind(visit: &Visit) -> String {
    let mut parts = Vec::new();
    match (visit.kind, visit.basis) {
        (Some(kind), Basis::Reported) => parts.push(format!("{} only", spaced(kind.name()))),
        (Some(kind), _) => parts.push(spaced(kind.name())),
        (None, _) => parts.push("kind unknown".to_owned()),
    }
    parts.extend(visit.visit_number.map(|number| format!("visit {number}")));
    parts.extend(
        visit
            .judgements
            .get("overall")
            .map(|grade| format!("overall {}", spaced(grade.name()))),
    );
    parts.join(", ")
}

/// Why sentences do not count: `4 said by the authority, 2 of earlier visits, 1 repeat`; empty where all count.
pub(super) fn left_out(left_out: &LeftOut) -> String {
    let parts = [
        (left_out.authority.all(), "said by the authority"),
        (left_out.other.all(), "said by others"),
        (left_out.past.all(), "of earlier visits"),
        (left_out.future.all(), "of plans"),
        (left_out.repeats, "repeated"),
        (left_out.standing, "standing text"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
    parts.join(", ")
}

/// `26 strength, 27 concern, 3 mixed, 10 neutral`.
pub(super) fn counts(counts: &Counts) -> String {
    let Counts {
        strength,
        concern,
        mixed,
        neutral,
    } = counts;
    format!("{strength} strength, {concern} concern, {mixed} mixed, {neutral} neutral")
}

/// The headings under which themes stand by what has become of them, in the order in which readers want them.
pub(super) const COURSES: &[(Course, &str)] = &[
    (Course::NewConcern, "New concerns"),
    (Course::Returned, "Concerns that are back"),
    (Course::Persists, "Concerns that persist"),
    (Course::PutRight, "Put right"),
    (Course::NoLongerJudged, "Concerns mentioned but no longer judged"),
    (Course::NewStrength, "New strengths"),
    (Course::StaysStrong, "Strengths that stay"),
    (Course::FallenSilent, "Fallen silent"),
];

/// Themes of these courses are named without quotations: there is nothing to act on.
pub(super) const fn named_only(course: Course) -> bool {
    matches!(course, Course::FallenSilent | Course::StaysStrong)
}

/// A theme's name, with what was last said of it where it has fallen silent: `Early help (a concern)`.
pub(super) fn with_sign(theme: &ThemeStep) -> String {
    match (theme.course, &theme.before) {
        (Course::FallenSilent, Some(before)) if before.polarity == Polarity::Strength => {
            format!("{} (was a strength)", theme.name)
        }
        (Course::FallenSilent, Some(_)) => format!("{} (was a concern)", theme.name),
        _ => theme.name.clone(),
    }
}

/// `  last judged at 5 March 2024`, where that was not the visit before.
pub(super) fn since(comparison: &Comparison, step: &Step, theme: &ThemeStep) -> String {
    match theme.since {
        Some(since) if since != step.from => format!("  last judged at {}", comparison.visits[since].when()),
        _ => String::new(),
    }
}

/// `better`, `worse`, `not shown`.
pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::NotShown => "not shown",
    }
}

/// How many changes were tested, and how many of them chance alone would show.
pub(super) fn chance(tested: usize, shown: usize, hold: usize, expected: f64) -> String {
    match tested {
        0 => "No theme has strengths or concerns at two visits, so no change can be tested.".to_owned(),
        _ => format!(
            "{} tested; {shown} {} more than chance, where chance alone would give {expected:.1}; {hold} of them {} with all taken together (Holm).",
            match tested {
                1 => "1 change of balance was".to_owned(),
                _ => format!("{tested} changes of balance were"),
            },
            if shown == 1 { "is" } else { "are" },
            if hold == 1 { "holds" } else { "hold" },
        ),
    }
}

/// How far the labels are right, or that nobody has measured it.
pub(super) fn label_error(error: Option<&LabelError>) -> String {
    let Some(error) = error else {
        return "The error of these labels was not measured. Label some sentences of these documents by hand, run findings eval GOLD --documents DIR --format json -o eval.json, and give it by --eval eval.json.".to_owned();
    };
    let accuracy = error.polarity_accuracy.map_or_else(
        || "how often the polarity is right is not known".to_owned(),
        |share| format!("the polarity of {} is right", percent(share)),
    );
    let of = error.sentences.map_or_else(String::new, |sentences| {
        format!(" of {}", count(sentences, "sentence"))
    });
    format!(
        "Measured against labels made by hand ({}): {accuracy}{of}.",
        error.file
    )
}

/// `0.81, 0.77`: precision and recall of a theme's labels.
pub(super) fn theme_error(error: Option<&ThemeError>) -> String {
    let Some(error) = error else {
        return "not measured".to_owned();
    };
    let figure = |value: Option<f64>| value.map_or_else(|| NOTHING.to_owned(), |value| format!("{value:.2}"));
    format!("{}, {}", figure(error.precision), figure(error.recall))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_signs() {
        assert_eq!(
            [0.5, -1.0 / 3.0, 0.0, -0.001].map(signed),
            ["+0.50", "−0.33", "0.00", "0.00"]
        );
        assert_eq!(percent(0.144), "14%");
        assert_eq!(count(1, "sentence"), "1 sentence");
    }

    #[test]
    fn bars_keep_what_is_small() {
        let counts = Counts {
            strength: 1,
            concern: 40,
            ..Counts::default()
        };
        assert_eq!(bar(&counts, 40, 8), ("--------".to_owned(), "+".to_owned()));
        let few = Counts {
            strength: 2,
            concern: 0,
            ..Counts::default()
        };
        assert_eq!(bar(&few, 7, 8), (String::new(), "++".to_owned()));
    }
}
