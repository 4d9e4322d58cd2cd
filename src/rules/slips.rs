//! Names that are nearly right: how many slips part them, and which of the known ones was meant.
//!
//! In: a name as written, names that there are. Out: the nearest. Not decided here: what is said of it.

/// Whether two names differ by one slip at most.
pub(crate) fn near(a: &str, b: &str) -> bool {
    slips(a, b) <= 1
}

/// The names that fewest slips part from a wrong one, where they are few for its length: all that are equally near, each
/// once, and never the name itself.
pub(crate) fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let length = wrong.chars().count();
    let mut all: Vec<(usize, &str)> = known
        .filter(|name| *name != wrong && name.chars().count().abs_diff(length) * 3 <= length.max(name.len()))
        .map(|name| (slips(wrong, name), name))
        .filter(|(slips, name)| slips * 3 <= length.max(name.chars().count()))
        .collect();
    all.sort_unstable();
    all.dedup();
    let fewest = all.first().map(|(slips, _)| *slips);
    all.into_iter()
        .take_while(|(slips, _)| Some(*slips) == fewest)
        .map(|(_, name)| name)
        .collect()
}

/// "did you mean `plans` or `plan`"; `None` without any.
pub(crate) fn meant(names: &[&str]) -> Option<String> {
    let (last, others) = names.split_last()?;
    let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    Some(match others.is_empty() {
        true => format!("did you mean `{last}`"),
        false => format!("did you mean {} or `{last}`", others.join(", ")),
    })
}

/// Slips that make one of the other: a letter more, less or another, or two neighbours changed about (Damerau 1964, as
/// optimal string alignment).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let change = last[j] + usize::from(a[i] != b[j]);
            let mut least = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_slips() {
        for (a, b, count) in [
            ("kitten", "sitting", 3),
            ("plnas", "plans", 1),
            ("plnas", "plan", 2),
            ("", "ab", 2),
            ("same", "same", 0),
        ] {
            assert_eq!(slips(a, b), count, "{a} / {b}");
            assert_eq!(slips(b, a), count, "{b} / {a}");
        }
    }

    #[test]
    fn finds_the_nearest_names() {
        let known = ["caseloads", "plans", "plant", "supervision"];
        assert_eq!(nearest("caselods", known.into_iter()), ["caseloads"]);
        assert_eq!(nearest("suprevision", known.into_iter()), ["supervision"]);
        assert_eq!(nearest("planx", known.into_iter()), ["plans", "plant"]);
        assert_eq!(nearest("plans", known.into_iter()), ["plant"]);
        assert!(nearest("weather", known.into_iter()).is_empty());
        assert_eq!(
            meant(&["a", "b", "c"]).as_deref(),
            Some("did you mean `a`, `b` or `c`")
        );
    }
}
